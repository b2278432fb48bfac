/* Where a project's repository is at its Git host, and the links from a line that names an integration. */
import { after, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';

import { sql, sqlValue, throttleClear } from './lib/stack.mjs';
import { as } from './lib/client.mjs';
import { decode, formOf, says, textOf } from './lib/html.mjs';
import { cleanUp, failsAt, newName } from './lib/integration.mjs';
import { boundMake } from './lib/binding.mjs';
import { projectsClear, raise } from './lib/people.mjs';
import { Program } from './lib/program.mjs';

const JOB = 'jobs:\n  - name: build\n    type: runSh\n    integrations: [docker hub, no such one]\n';
const GITHUB = 'https://github.com/acme/web';

let admin, member, reader, sender, project;

before(async () => {
	throttleClear();
	admin = await as('admin');
	member = await as('member');
	reader = await Program.of(admin);
	sender = await Program.of(admin, ['workflow']);
});
beforeEach(async () => {
	const name = newName(), answer = await admin.post('/s/acme/projects/new', { name });

	project = { name, id: Number(/\/(\d+)$/.exec(answer.location)[1]) };
});
after(() => {
	cleanUp();
	projectsClear();
	sql(`DELETE FROM access_token WHERE name LIKE 'flow %'`);
	raise();
	throttleClear();
});

const page = () => `/s/acme/projects/${project.id}`;
const api = () => `/api/v1${page()}`;
const hub = () => sqlValue(`SELECT id FROM integration WHERE name = 'docker hub'`);
const place = () => sql(`SELECT url, git_host FROM project WHERE id = ${project.id}`)[0];
const form = async () => formOf((await admin.get(page())).text, page());
const send = (path, text = JOB) => sender.send('PUT', `${api()}/workflow?path=${encodeURIComponent(path)}`,
	{ body: text, headers: { 'Content-Type': 'application/octet-stream' } });
const entry = () => sql(`SELECT action, object, fields FROM audit WHERE action LIKE 'project.%' ORDER BY at DESC, seq DESC LIMIT 1`)[0];
/* Where the links lead whose text is this place. */
const linksOf = (answer, where) => [...answer.text.matchAll(/<a\b[^>]*href="([^"]*)"[^>]*>(.*?)<\/a>/gs)]
	.filter(([, , inside]) => textOf(inside).replaceAll(' ', '') === where.replaceAll(' ', '')).map(([, href]) => decode(href));

async function save(fields) {
	const sent = await form();

	for (const [name, value] of Object.entries(fields))
		sent.set(name, value);
	return admin.submit(sent);
}

test('the address makes each place a link: on the project, where used, at Delete, for programs', async () => {
	await send('ci/build one.yml');
	assert.deepEqual(linksOf(await admin.get(page()), 'ci/build one.yml:4'), []);
	assert.equal((await save({ url: `  ${GITHUB}.git ` })).status, 303);
	assert.deepEqual(place(), [`${GITHUB}.git`, '0']);
	assert.deepEqual(entry(), ['project.url', project.name, 'url']);
	const link = `${GITHUB}/blob/HEAD/ci/build%20one.yml#L4`;
	for (const [who, address] of [[admin, page()], [member, page()], [member, `/s/acme/integrations/${hub()}/uses`],
		[member, `/s/acme/integrations/${hub()}`], [member, `/s/acme/integrations/${hub()}/edit`]])
		assert.ok(linksOf(await who.get(address), 'ci/build one.yml:4').includes(link), address);
	const state = JSON.parse((await reader.get(`${api()}/workflow`)).text), uses = JSON.parse((await reader.get(
		`/api/v1/s/acme/integrations/${hub()}/uses`)).text);
	assert.deepEqual(state.references.map((one) => one.link), [link, link]);
	assert.equal(uses.places.find((one) => one.project.id === project.id).link, link);
	assert.equal(JSON.parse((await send('ci/build one.yml')).text).problems[0].link, link);
	says(await member.get(page()), new RegExp(`Repository ${GITHUB.replaceAll('.', '\\.')}\\.git`));
	assert.deepEqual((({ url, git_host }) => [url, git_host])(JSON.parse((await reader.get(api())).text)), [`${GITHUB}.git`, 'auto']);
	/* and without it no more */
	assert.equal((await save({ url: '' })).status, 303);
	assert.deepEqual(place(), ['', '0']);
	assert.deepEqual(linksOf(await admin.get(page()), 'ci/build one.yml:4'), []);
	assert.equal(JSON.parse((await reader.get(`${api()}/workflow`)).text).references[0].link, null);
});

test('what stands against deleting an own integration: its places are links, too', async () => {
	const bound = boundMake('member'), name = sqlValue(`SELECT name FROM integration WHERE id = ${bound}`);
	const own = sqlValue(`SELECT account_integration_id FROM binding WHERE integration_id = ${bound}`);
	const link = `${GITHUB}/blob/HEAD/own.yml#L4`;

	await send('own.yml', JOB.replace('docker hub', name));
	await save({ url: GITHUB });
	for (const [who, address] of [[member, `/integrations/${own}/edit`], [admin, `/s/acme/integrations/${bound}/edit`],
		[admin, `/s/acme/integrations/${bound}`]])
		assert.deepEqual(linksOf(await who.get(address), 'own.yml:4'), [link], address);
});

const HOSTS = [['https://gitlab.com/a/b/c', 'auto', 'https://gitlab.com/a/b/c/-/blob/HEAD/x.yml#L4'],
	['https://bitbucket.org/a/b', 'auto', 'https://bitbucket.org/a/b/src/HEAD/x.yml#lines-4'],
	['https://bitbucket.acme.example/scm/ac/web.git', 'auto', 'https://bitbucket.acme.example/projects/ac/repos/web/browse/x.yml#4'],
	['http://git.acme.example:3000/a/b', 'gitea', 'http://git.acme.example:3000/a/b/src/branch/HEAD/x.yml#L4'],
	['https://git.acme.example/a/b', 'github', 'https://git.acme.example/a/b/blob/HEAD/x.yml#L4'],
	['https://git.acme.example/a/b', 'other', undefined]];

test('each kind of Git host has its own links; one whose name says nothing is chosen', async () => {
	await send('x.yml');
	for (const [url, host, link] of HOSTS) {
		assert.equal((await save({ url, git_host: host })).status, 303, url);
		assert.equal(linksOf(await admin.get(page()), 'x.yml:4')[0], link);
		assert.equal((await form()).value('git_host'), host);
	}
	const unknown = await save({ url: 'https://code.acme.example/a', git_host: 'auto' });
	failsAt(unknown, 'git_host', /Choose what runs at code\.acme\.example: its name does not say/);
	assert.equal(formOf(unknown.text, page()).value('url'), 'https://code.acme.example/a');
	assert.equal((await admin.submit(formOf(unknown.text, page()).set('git_host', 'gitlab'))).status, 303);
	assert.deepEqual(place(), ['https://code.acme.example/a', '2']);
});

test('what is no address of a repository: beside the field, with a better one; what was typed stays', async () => {
	for (const [url, pattern] of [['git@github.com:acme/web.git', /opens: https:\/\/github\.com\/acme\/web/], ['github.com/acme', /scheme/],
		['javascript:alert(1)', /scheme/], ['https://me:word@github.com/a/b', /Take out the user name or password/],
		[`${GITHUB}/blob/main/a.yml`, /itself: https:\/\/github\.com\/acme\/web/], ['https://github.com/', /of the repository/],
		[`${GITHUB}?x=<b>`, /./], [`https://github.com/${'a'.repeat(500)}`, /500 characters/], ['https://github.com/\u00fc/b', /ASCII/]])
		for (const [address, was] of [[page(), project.name], ['/s/acme/projects/new']]) {
			const answer = await admin.post(address, { name: newName(), was, url, git_host: 'gitlab' });
			failsAt(answer, 'url', pattern, url);
			assert.equal(formOf(answer.text, address).value('url'), url);
			assert.equal(formOf(answer.text, address).value('git_host'), 'gitlab');
		}
	failsAt(await save({ url: GITHUB, git_host: 'svn' }), 'git_host', /Choose one/);
	assert.deepEqual(place(), ['', '0']);
});

test('+ Add takes it at once', async () => {
	const answer = await admin.post('/s/acme/projects/new', { name: newName(), url: GITHUB, git_host: 'auto' });

	assert.equal(answer.status, 303);
	assert.deepEqual(sql(`SELECT url, git_host FROM project WHERE id = ${/\d+$/.exec(answer.location)[0]}`), [[GITHUB, '0']]);
	assert.deepEqual(entry().slice(2), ['name, url']);
});

test('of two admins the second is told, and neither loses what they changed', async () => {
	const mine = await form(), theirs = await form(), next = newName();

	assert.equal((await admin.submit(mine.set('url', GITHUB))).status, 303);
	const late = await admin.submit(theirs.set('name', next));
	assert.equal(late.status, 409);
	says(late, /Nothing is changed: somebody else changed this project/);
	const again = formOf(late.text, page());
	assert.deepEqual([again.value('name'), again.value('url')], [next, GITHUB], 'the address that was not touched is the new one');
	assert.equal((await admin.submit(again)).status, 303);
	assert.deepEqual([place(), sqlValue(`SELECT name FROM project WHERE id = ${project.id}`)], [[GITHUB, '0'], next]);
	/* an address that was typed stays */
	const third = await form(), fourth = await form();
	assert.equal((await admin.submit(third.set('url', 'https://gitlab.com/a/b'))).status, 303);
	const later = await admin.submit(fourth.set('url', 'https://github.com/x/y'));
	assert.equal(later.status, 409);
	assert.equal(formOf(later.text, page()).value('url'), 'https://github.com/x/y');
	assert.equal(formOf(later.text, page()).value('was_url'), 'https://gitlab.com/a/b');
});

test('programs: left out it stays, what was read can be sent back, members may not', async () => {
	const put = (body, one = reader) => one.send('PUT', api(), { body });

	assert.equal((await put({ name: project.name, url: GITHUB })).status, 200);
	assert.equal((await put({ name: project.name })).status, 200);
	assert.deepEqual(place(), [GITHUB, '0']);
	assert.equal((await put({ name: project.name, git_host: 'gitea' })).status, 200);
	assert.deepEqual(place(), [GITHUB, '5']);
	const all = JSON.parse((await reader.get(api())).text);
	assert.equal((await put({ ...all, name: newName() })).status, 200);
	assert.deepEqual(place(), [GITHUB, '5']);
	const tag = (await reader.get(api())).header('etag');
	assert.equal((await reader.send('PUT', api(), { body: { name: all.name, url: 'https://gitlab.com/a/b' }, version: tag })).status, 200);
	assert.equal((await reader.send('PUT', api(), { body: { name: all.name, url: GITHUB, git_host: 'gitea' }, version: tag })).status, 412);
	assert.deepEqual(place(), ['https://gitlab.com/a/b', '0']);
	assert.equal((await put({ name: all.name, url: GITHUB, git_host: 'gitea' })).status, 200);
	const wrong = JSON.parse((await put({ ...all, url: 'ftp://x' })).text);
	assert.equal(wrong.errors[0].field, 'url');
	assert.equal((await put({ name: project.name, url: '' }, await Program.of(member))).status, 403);
	assert.deepEqual(place(), [GITHUB, '5']);
});

test('a path with marks and blanks leads to that file and nowhere else', async () => {
	await save({ url: GITHUB });
	const name = `x"><b>&' #%2e?\u00fc.yml`;
	assert.equal((await send(name)).status, 200);
	assert.deepEqual(linksOf(await admin.get(page()), `${name}:4`), Array(2).fill(
		`${GITHUB}/blob/HEAD/x%22%3E%3Cb%3E%26%27%20%23%252e%3F%C3%BC.yml#L4`));
	assert.ok(!(await admin.get(page())).text.includes('<b>&'));
});
