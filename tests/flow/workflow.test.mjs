/* Workflow files: sent by programs and people, what is answered, what a project's page shows. */
import { after, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { sql, sqlValue, throttleClear } from './lib/stack.mjs';
import { Visitor, as, encodeParts } from './lib/client.mjs';
import { byId, decode, formOf, says, textOf } from './lib/html.mjs';
import { add, cleanUp, failsAt, jenkins, newName } from './lib/integration.mjs';
import { collaboratorGive, person, projectsClear, raise, roleGive, roleTake } from './lib/people.mjs';
import { Program } from './lib/program.mjs';

const OUT = 'flow-out';

let admin, program, project;

/* What a file of each form names: [line, kind, consumer, name]. */
const FORMS = {
	ci: [`language: node_js
integrations:
  hub:
    - integrationName: docker hub   # a comment
      type: dockerRegistryLogin
  notifications:
    - {integrationName: team-slack, type: slack, recipients: "#builds"}
    - {integrationName: email, type: email, recipients: [--last_committer]}
  key:
    - integrationName: 'deploy-key'
      type: sshKey
`, [[4, 'ci', 'ci', 'docker hub'], [7, 'ci', 'ci', 'team-slack'], [10, 'ci', 'ci', 'deploy-key']]],
	resources: [`resources:
  - name: sources
    type: gitRepo
    integration: gh-release
    versionTemplate: {sourceName: acme/app}
  - {name: flags, type: integration, integration: build-flags}
  - name: mail
    type: notification
    method: email
`, [[4, 'resource', 'sources', 'gh-release'], [6, 'resource', 'flags', 'build-flags']]],
	jobs: [`jobs:
  - name: ship_it
    type: runSh
    integrations: [build-flags, "docker hub"]
    steps:
      - IN: sources
  - name: old_job
    type: jenkinsJob
    integration: jenkins-prod
`, [[4, 'job', 'ship_it', 'build-flags'], [4, 'job', 'ship_it', 'docker hub'], [9, 'job', 'old_job', 'jenkins-prod']]],
	anchors: [`common: &names
  - build-flags
  - team-slack
jobs:
  - {name: one, type: runSh, integrations: *names}
  - {name: two, type: runSh, integrations: *names}
`, [[5, 'job', 'one', 'build-flags'], [5, 'job', 'one', 'team-slack'], [6, 'job', 'two', 'build-flags'], [6, 'job', 'two', 'team-slack']]],
	nothing: ['language: c\n', []],
	empty: ['', []],
};

const api = () => `/api/v1/s/acme/projects/${project.id}`;
const page = () => `/s/acme/projects/${project.id}`;
const job = (...names) => `jobs:\n  - name: build\n    type: runSh\n    integrations: ${JSON.stringify(names)}\n`;

const put = (name, text, one = program) => one.send('PUT', `${api()}/workflow?path=${encodeURIComponent(name)}`,
	{ body: text, headers: { 'Content-Type': 'application/octet-stream' } });
const putAll = (files, one = program) => {
	const { type, body } = encodeParts(Object.entries(files).map(([name, file]) => ['file', { name, file }]));
	return one.send('PUT', `${api()}/workflows`, { body: body.toString('latin1'), headers: { 'Content-Type': type } });
};
const json = (answer, status = 200) => {
	assert.equal(answer.status, status, answer.text.slice(0, 600));
	return JSON.parse(answer.text);
};
const stored = (id = project.id) => sql(`SELECT w.path, r.line, ELT(r.kind + 1, 'ci', 'resource', 'job'), r.consumer, r.name FROM workflow_file w
	LEFT JOIN reference r ON r.file_id = w.id WHERE w.project_id = ${id} ORDER BY w.path, r.n`);
const names = () => stored().map((row) => row[4]).join();
const entry = () => sql(`SELECT action, object, fields FROM audit WHERE chain = (SELECT CONCAT('sub:', id) FROM subscription
	WHERE slug = 'acme') AND action <> 'denied' ORDER BY seq DESC LIMIT 1`)[0];
const entries = () => Number(sqlValue(`SELECT COUNT(*) FROM audit WHERE action LIKE 'workflow.%'`));

before(async () => {
	throttleClear();
	admin = await as('admin');
	program = await Program.of(admin, ['workflow']);
});
beforeEach(async () => {
	const name = newName();
	const answer = await admin.post('/s/acme/projects/new', { name });

	project = { name, id: Number(/\/(\d+)$/.exec(answer.location)[1]) };
});
after(() => {
	cleanUp();
	roleTake(OUT);
	projectsClear();
	sql(`DELETE FROM access_token WHERE name LIKE 'flow %'`);
	raise();
	throttleClear();
});

/* --- one file ---------------------------------------------------------------------------------------- */

for (const [form, [text, wanted]] of Object.entries(FORMS)) {
	test(`a file of the form "${form}": each line that names an integration`, async () => {
		const answer = json(await put('ci/shippable.yml', text));

		assert.deepEqual(stored().filter((row) => row[1] !== 'NULL').map(([file, line, ...rest]) => [file, Number(line), ...rest]),
			wanted.map((row) => ['ci/shippable.yml', ...row]));
		assert.deepEqual([answer.references, answer.files.length, answer.files[0].change], [wanted.length, 1, 'new']);
		assert.deepEqual(answer.files[0].added, [...new Set(wanted.map((row) => row[3]))].sort());
		assert.deepEqual(entry(), ['workflow.sync', project.name, 'ci/shippable.yml']);
	});
}

test('what changed: names that came and went; the same again leaves no entry', async () => {
	await put('a.yml', job('docker hub', 'team-slack'));
	const count = entries();
	const again = json(await put('a.yml', job('docker hub', 'team-slack')));
	assert.equal(again.files[0].change, 'same');
	assert.deepEqual([again.files[0].added, again.files[0].gone, again.references, again.fine], [[], [], 2, 2]);
	assert.equal(entries(), count);
	const changed = json(await put('a.yml', job('docker hub', 'build-flags')));
	assert.deepEqual([changed.files[0].change, changed.files[0].added, changed.files[0].gone], ['changed', ['build-flags'], ['team-slack']]);
	assert.equal(entries(), count + 1);
	assert.equal(names(), 'build-flags,docker hub');
});

test('what does not resolve, and why; did you mean', async () => {
	const off = await add(admin, 'jenkins', jenkins({ name: newName('off ') }));
	const offName = sqlValue(`SELECT name FROM integration WHERE id = ${off}`);
	await admin.post(`/s/acme/integrations/${off}/disable`, { reason: 'broken' });
	const answer = json(await put('a.yml', job('team-slack', 'docker-hub', 'nothing like it', 'aws-prod', offName, 'x-${BRANCH}')));
	const of = (name) => answer.problems.find((row) => row.name === name);

	assert.deepEqual([answer.references, answer.fine, answer.problems.length], [6, 1, 5]);
	assert.deepEqual(answer.problems.map(({ state }) => state), ['missing', 'missing', 'denied', 'disabled', 'dynamic']);
	assert.equal(of('docker-hub').did_you_mean, 'docker hub');
	assert.match(of('docker-hub').message, /No integration has this name\. Did you mean "docker hub"\?/);
	assert.equal(of('nothing like it').did_you_mean, null);
	assert.equal(of('aws-prod').integration, Number(sqlValue(`SELECT id FROM integration WHERE name = 'aws-prod'`)));
	assert.deepEqual([of('aws-prod').path, of('aws-prod').line, of('aws-prod').consumer, of('aws-prod').key], ['a.yml', 4, 'build', 'integrations']);
	/* the page says the same, those first */
	const shown = await admin.get(page());
	says(shown, /References 5 to look at/);
	for (const { advice, message } of answer.problems)
		assert.ok(textOf(shown.text).includes(message), message);
	assert.ok(shown.text.indexOf('docker-hub') < shown.text.indexOf('>team-slack<'));
	/* things change without a sync: what is judged is how they are now */
	await admin.post(`/s/acme/integrations/${off}/enable`);
	assert.equal(json(await put('a.yml', job(offName))).fine, 1);
});

test('the wrong type for a resource: said with what it takes, to programs and people', async () => {
	const answer = json(await put('a.yml', `resources:
- {name: a, type: gitRepo, integration: docker hub}
- {name: b, type: image, integration: docker hub}
- {name: c, type: time, integration: docker hub}
- {name: d, type: integration, integration: docker hub}
- {name: e, type: ourOwn, integration: docker hub}
- {name: f, type: notification, integration: nothing like it}
`));

	assert.deepEqual(answer.problems.map(({ line, state, reason }) => [line, state, reason]),
		[[7, 'missing', 'missing'], [2, 'wrong type', 'wrong-type'], [4, 'wrong type', 'wrong-type']]);
	assert.equal(answer.problems[1].message, 'This is of type Docker Registry; a resource of type gitRepo takes GitHub or GitLab.');
	assert.equal(answer.problems[2].message, 'A resource of type time takes no integration: take this line out.');
	const shown = await admin.get(page());
	says(shown, /docker hub wrong type/);
	says(shown, /takes GitHub or GitLab/);
});

test('a file that is not YAML: what it named stays, marked stale, with line and sentence', async () => {
	await put('a.yml', job('docker hub'));
	const answer = json(await put('a.yml', 'jobs:\n  - name: "x\n    no end\n'));

	assert.equal(answer.files[0].change, 'stale');
	assert.ok(answer.files[0].fault.line > 0 && /^[A-Z]/.test(answer.files[0].fault.message), JSON.stringify(answer.files[0]));
	assert.equal(names(), 'docker hub');
	assert.equal(answer.references, 1);
	const shown = await admin.get(page());
	says(shown, /1 not readable/);
	says(shown, new RegExp(`Line ${answer.files[0].fault.line}: .* What it named .* is kept`));
	says(shown, /docker hub stale/);
	assert.deepEqual(json(await put('a.yml', job('team-slack'))).files[0].gone, ['docker hub']);
	says(await admin.get(page()), /All resolve/);
	assert.equal(json(await put('new.yml', '{')).files[0].references, 0);
});

test('wrong paths: refused with a sentence, nothing stored', async () => {
	for (const wrong of ['', '/etc/a.yml', '../a.yml', 'a//b.yml', 'a/./b', 'a\\b.yml', ' a.yml', 'a.yml ', 'a\tb', 'a\u202eb', 'x'.repeat(301), '.']) {
		const answer = json(await put(wrong, job('docker hub')), 422);
		assert.deepEqual(answer.errors.map(({ field }) => field), ['path'], wrong);
	}
	assert.equal(json(await program.send('PUT', `${api()}/workflow`, { body: 'x' }), 422).errors[0].field, 'path');
	assert.equal(stored().length, 0);
	/* legal, if odd */
	for (const odd of ['.ci/a b.yml', 'ä/ß.yml', 'a&b=c?d#e%2F.yml', '<b>.yml', 'a\'"b.yml'])
		assert.equal(json(await put(odd, '')).files[0].path, odd);
	const shown = (await admin.get(page())).text;
	assert.ok(!shown.includes('<b>.yml') && shown.includes('&lt;b&gt;.yml'));
});

test('limits: a file of 1 MiB, references, a hostile one', async () => {
	const room = '# '.padEnd((1 << 20) - job('docker hub').length, 'x');

	assert.equal(json(await put('a.yml', `${job('docker hub')}${room}`)).references, 1);
	const large = json(await put('a.yml', `${job('docker hub')}${room}x`), 413);
	assert.match(large.detail, /at most 1048576 bytes/);
	const bomb = ['a: &a0 [x, x, x, x, x, x, x, x, x]', ...Array.from({ length: 12 }, (_, k) => `b${k}: &a${k + 1} [${Array(9).fill(`*a${k}`).join()}]`),
		'jobs: [{name: j, integrations: *a12}]'].join('\n');
	const answer = json(await put('bomb.yml', bomb));
	assert.equal(answer.files[0].change, 'stale');
	assert.match(json(await put('deep.yml', '['.repeat(5000))).files[0].fault.message, /./);
	assert.equal(json(await put('binary.yml', '\u0000\u0001\u0002')).files[0].change, 'stale');
	const many = `jobs:\n${Array.from({ length: 6000 }, (_, k) => `- {name: j${k}, integration: n${k}}\n`).join('')}`;
	assert.equal(json(await put('many.yml', many)).references, 6000);
	const over = json(await put('more.yml', many), 422);
	assert.match(over.detail, /at most 10000 places/);
	assert.equal(names().split(',').filter((name) => name.startsWith('n')).length, 6000);
	says(await admin.get(page()), /6001 to look at|6000 to look at/);
	says(await admin.get(`${page()}?from=50`), /51 to 100 of 6001/);
	says(await admin.get(`${page()}?from=-1`), /1 to 50 of 6001/);
	says(await admin.get(`${page()}?from=999999`), /1 to 50 of 6001/);
});

/* --- all files --------------------------------------------------------------------------------------- */

test('all files at once: what is not among them is gone with its references', async () => {
	await put('old.yml', job('gh-release'));
	const answer = json(await putAll({ 'ci/a.yml': job('docker hub'), './b.yml': job('team-slack') }));

	assert.deepEqual(answer.removed, ['old.yml']);
	assert.deepEqual(answer.files.map(({ path: p, change }) => [p, change]), [['ci/a.yml', 'new'], ['b.yml', 'new']]);
	assert.deepEqual(entry(), ['workflow.sync', project.name, 'ci/a.yml, b.yml, removed: old.yml']);
	assert.equal(names(), 'team-slack,docker hub');
	const count = entries();
	const again = json(await putAll({ 'ci/a.yml': job('docker hub'), 'b.yml': job('team-slack') }));
	assert.deepEqual(again.files.map(({ change, references }) => [change, references]), [['same', 1], ['same', 1]]);
	assert.equal(entries(), count);
});

test('all files at once: wrong ones, and nothing is done by halves', async () => {
	await put('old.yml', job('gh-release'));
	const twice = encodeParts([['file', { name: 'a.yml', file: 'x' }], ['file', { name: 'a.yml', file: 'y' }]]);
	const send = ({ type, body }) => program.send('PUT', `${api()}/workflows`, { body: body.toString(), headers: { 'Content-Type': type } });

	assert.match(json(await send(twice), 422).errors[0].message, /"a\.yml" is there twice/);
	assert.match(json(await putAll({ 'a.yml': 'x', '../b.yml': 'x' }), 422).errors[0].message, /"\.\.\/b\.yml": Write the path/);
	assert.match(json(await send(encodeParts([])), 422).errors[0].message, /Send at least one file/);
	assert.match(json(await send(encodeParts([['file', 'no file']])), 422).errors[0].message, /Send at least one file/);
	assert.equal((await program.send('PUT', `${api()}/workflows`, { body: {} })).status, 415);
	const files = Object.fromEntries(Array.from({ length: 201 }, (_, k) => [`${k}.yml`, '']));
	assert.match(json(await putAll(files), 422).errors[0].message, /at most 200 workflow files/);
	assert.match(json(await putAll({ 'a.yml': 'x'.repeat((1 << 20) + 1) }), 422).errors[0].message, /a\.yml is too large/);
	assert.equal(json(await putAll(Object.fromEntries(Array.from({ length: 8 }, (_, k) => [`${k}`, 'x'.repeat(1 << 20)]))), 413).status, 413);
	assert.equal(names(), 'gh-release');
	delete files['200.yml'];
	assert.equal(json(await putAll(files)).files.length, 200);
});

test('anchors of the templates file; another one is read with all that use it', async () => {
	const use = 'jobs:\n  - {name: j, type: runSh, integrations: *all}\n';
	const files = { 'shippable.templates.yml': 'x: &all [docker hub]\n', 'a.yml': use };

	assert.equal(json(await put('a.yml', use)).files[0].change, 'stale');
	assert.deepEqual(json(await putAll(files)).files.map(({ change }) => change), ['new', 'changed']);
	assert.equal(names().replace('NULL,', '').replace(',NULL', ''), 'docker hub');
	files['shippable.templates.yml'] = 'x: &all [team-slack]\n';
	assert.deepEqual(json(await putAll(files)).files.map(({ change, added }) => [change, added]), [['changed', []], ['changed', ['team-slack']]]);
	/* without it the anchor is gone, and what was good stays */
	assert.deepEqual(json(await putAll({ 'a.yml': use })).files.map(({ change, references }) => [change, references]), [['stale', 1]]);
});

test('the lines of the page do it, in a repository with odd names', async () => {
	const home = mkdtempSync(path.join(tmpdir(), 'signet-flow-'));
	const lines = (id) => {
		const html = admin.text;
		return decode(new RegExp(`<pre[^>]* id="${id}"[^>]*>(.*?)</pre>`, 's').exec(html)[1]);
	};
	const run = (command) => execFileSync('bash', ['-euo', 'pipefail', '-c', command],
		{ cwd: home, encoding: 'utf8', env: { PATH: process.env.PATH, HOME: home, SIGNET_TOKEN: program.token } });

	try {
		admin.text = (await admin.get(page())).text;
		mkdirSync(path.join(home, 'ci folder'));
		writeFileSync(path.join(home, 'shippable.yml'), job('docker hub'));
		writeFileSync(path.join(home, 'ci folder', "b's shippable.yml"), job('team-slack'));
		run('git init -q . && git add -A');
		const all = JSON.parse(run(lines('ci-all')));
		assert.deepEqual(all.files.map(({ path: p }) => p).sort(), ["ci folder/b's shippable.yml", 'shippable.yml']);
		assert.equal(all.fine, 2);
		writeFileSync(path.join(home, 'shippable.yml'), job('build-flags'));
		assert.deepEqual(JSON.parse(run(lines('ci-one'))).files[0].added, ['build-flags']);
		assert.equal(stored().length, 2);
	} finally {
		rmSync(home, { recursive: true });
	}
});

test('a file gone', async () => {
	await put('a b.yml', job('docker hub'));
	await put('c.yml', job('team-slack'));
	const remove = (name) => program.send('DELETE', `${api()}/workflow?path=${encodeURIComponent(name)}`);

	assert.equal((await remove('a b.yml')).status, 204);
	assert.equal((await remove('a b.yml')).status, 404);
	assert.equal((await remove('')).status, 422);
	assert.equal(names(), 'team-slack');
	assert.deepEqual(entry(), ['workflow.remove', project.name, 'a b.yml']);
});

/* --- who may ------------------------------------------------------------------------------------------ */

test('tokens: the scope "workflow" sends and does nothing else; no other scope sends', async () => {
	for (const [scopes, status] of [[['read'], 403], [['write'], 403], [['read', 'write'], 403], [['workflow'], 200], [['read', 'write', 'workflow'], 200]]) {
		const one = await Program.of(admin, scopes), answer = await put('a.yml', '', one);
		assert.equal(answer.status, status, scopes.join());
		if (status === 403)
			assert.match(JSON.parse(answer.text).detail, /scope "workflow"/);
	}
	assert.equal((await program.get(`${api()}/workflow`)).status, 403);
	assert.equal((await program.send('PUT', api(), { body: { name: 'x' } })).status, 403);
	assert.equal((await put('a.yml', '', new Program())).status, 401);
});

test('members send, collaborators of the project, nobody else', async () => {
	const password = person(OUT);
	const sender = async (login, word) => Program.of(word ? await new Visitor().signIn(login, word) : await as(login), ['workflow']);

	assert.equal((await put('a.yml', job('docker hub'), await sender('member'))).status, 200);
	assert.equal((await put('a.yml', '', await sender('collaborator'))).status, 404);
	assert.equal((await put('a.yml', '', await sender('siteadmin'))).status, 404);
	roleGive(OUT, 'acme', 1);
	const out = await sender(OUT, password);
	assert.equal((await put('b.yml', '', out)).status, 404);
	collaboratorGive(OUT, 'acme', project.name);
	const answer = json(await put('b.yml', job('aws-prod', 'gitlab-mirro'), out));
	/* they are told no name and led to no page that they do not see */
	assert.deepEqual(answer.problems.map(({ state, integration, did_you_mean }) => [state, integration, did_you_mean]),
		[['missing', null, null], ['denied', null, null]]);
	roleTake(OUT);
	assert.equal((await put('b.yml', 'x', out)).status, 404);
	assert.equal(names(), 'docker hub,aws-prod,gitlab-mirro');
	says(await (await as('member')).get(page()), /synced .* by/);
});

test('programs read what is there', async () => {
	const reader = await Program.of(admin, ['read']);
	await put('a.yml', job('docker hub', 'nope'));
	const answer = json(await reader.get(`${api()}/workflow`));

	assert.deepEqual([answer.total, answer.problems, answer.next], [2, 1, null]);
	assert.deepEqual(answer.references.map(({ name, state }) => [name, state]), [['nope', 'missing'], ['docker hub', 'fine']]);
	assert.deepEqual([answer.files[0].path, answer.files[0].references, answer.files[0].fault], ['a.yml', 2, null]);
	await put('many.yml', job(...Array.from({ length: 700 }, (_, k) => `m${k}`)));
	const first = json(await reader.get(`${api()}/workflow`)), second = json(await reader.get(first.next));
	assert.deepEqual([first.references.length, second.references.length, second.next], [500, 202, null]);
});

/* --- where used --------------------------------------------------------------------------------------- */

test('where used: by project, file and line; what one does not see is a number', async () => {
	const reader = await Program.of(admin, ['read']);
	const name = newName('hub '), id = await add(admin, 'jenkins', jenkins({ name }));
	const uses = (one = reader) => one.get(`/api/v1/s/acme/integrations/${id}/uses`).then((answer) => json(answer));

	says(await admin.get(`/s/acme/integrations/${id}`), /Where used 0 places No workflow file that was sent names it/);
	await put('ci/a.yml', job('docker hub', name, '$x'));
	const web = project;
	project = { name: 'web', id: Number(sqlValue(`SELECT p.id FROM project p JOIN subscription s ON s.id = p.subscription_id
		WHERE s.slug = 'acme' AND p.name = 'web'`)) };
	await put('flow b.yml', job(name));
	await put('flow b.yml', 'a: [');
	const all = await uses();
	assert.deepEqual(all.places.map((row) => [row.project.name, row.path, row.line, row.kind, row.consumer, row.stale]).sort(),
		[[web.name, 'ci/a.yml', 4, 'job', 'build', false], ['web', 'flow b.yml', 4, 'job', 'build', true]]);
	assert.deepEqual([all.total, all.hidden, all.next], [2, 0, null]);
	assert.ok(all.dynamic >= 1);
	const page = await admin.get(`/s/acme/integrations/${id}`);
	says(page, /Where used 2 places/);
	says(page, /web stale flow b\.yml ?:4 job build ?, integrations/);
	says(page, /in this subscription names? an integration by a variable/);
	const collaborator = await as('collaborator');
	sql(`UPDATE integration SET edit_roles = 7 WHERE id = ${id}`);
	raise();
	const theirs = await uses(await Program.of(collaborator, ['read']));
	assert.deepEqual([theirs.places.map((row) => row.project.name), theirs.total, theirs.hidden], [['web'], 1, 1]);
	says(await collaborator.get(`/s/acme/integrations/${id}`), /1 place in projects that you don't see/);
	await program.send('DELETE', `${api()}/workflow?path=flow%20b.yml`);
	project = web;
	assert.equal((await uses()).total, 1);
});

test('where used: pages of many', async () => {
	const reader = await Program.of(admin, ['read']);
	const name = newName('many '), id = await add(admin, 'jenkins', jenkins({ name }));

	await put('a.yml', `jobs:\n${Array.from({ length: 230 }, (_, k) => `- {name: j${k}, integration: "${name}"}\n`).join('')}`);
	const details = await admin.get(`/s/acme/integrations/${id}`);
	says(details, /Where used 230 places/);
	says(details, /All 230 places/);
	says(await admin.get(`/s/acme/integrations/${id}/uses?from=9223372036854775807`), / 1 to 100 of 230/);
	const lines = [];
	for (let at = `/s/acme/integrations/${id}/uses`; at;) {
		const page = await admin.get(at);
		lines.push(...[...page.text.matchAll(/<bdi>a\.yml<\/bdi>:(\d+)/g)].map(([, line]) => Number(line)));
		const next = /rel="next" href="(\?from=\d+)"/.exec(page.text)?.[1];
		at = next && `/s/acme/integrations/${id}/uses${next}`;
	}
	assert.deepEqual(lines, Array.from({ length: 230 }, (_, k) => k + 2));
	let count = 0;
	for (let at = `/api/v1/s/acme/integrations/${id}/uses`; at;) {
		const answer = json(await reader.get(at));
		count += answer.places.length;
		at = answer.next;
	}
	assert.equal(count, 230);
});

/* --- deleting ----------------------------------------------------------------------------------------- */

test('what is in use is not deleted: where it is named stands in the place of the button', async () => {
	const writer = await Program.of(admin, ['read', 'write']);
	const name = newName('hub '), id = await add(admin, 'jenkins', jenkins({ name }));
	const edit = `/s/acme/integrations/${id}/edit`, there = () => sqlValue(`SELECT COUNT(*) FROM integration WHERE id = ${id}`);
	const before = formOf((await admin.get(edit)).text, `/s/acme/integrations/${id}/delete`).tick('confirm', '1');

	await put('ci/a.yml', job('docker hub', name));
	const page = await admin.get(edit);
	says(page, /Workflow files name it, so it cannot be deleted.*ci\/a\.yml ?:4/);
	assert.ok(!page.text.includes(`/s/acme/integrations/${id}/delete"`), 'no button');
	/* a page that was opened before, and a program */
	const late = await admin.submit(before);
	assert.equal(late.status, 409);
	says(late, /Nothing is deleted: workflow files name it in 1 place\./);
	says(late, /ci\/a\.yml ?:4/);
	const refused = await writer.delete(`/api/v1/s/acme/integrations/${id}`);
	assert.match(json(refused, 409).detail, /Nothing is deleted: workflow files name it in 1 place\./);
	assert.equal(there(), '1');
	/* stale and denied ones block as well */
	await put('ci/a.yml', 'a: [');
	sql(`UPDATE integration SET all_projects = 0 WHERE id = ${id}`);
	raise();
	says(await admin.get(edit), /denied stale ci\/a\.yml/);
	assert.equal((await writer.delete(`/api/v1/s/acme/integrations/${id}`)).status, 409);
	/* as soon as nothing names it any more, the button is there again */
	await put('ci/a.yml', job('docker hub', '$x'));
	const form = formOf((await admin.get(edit)).text, `/s/acme/integrations/${id}/delete`);
	assert.equal((await admin.submit(form.tick('confirm', '1'))).status, 303);
	assert.equal(there(), '0');
	assert.equal(json(await put('ci/a.yml', job(name))).problems[0].state, 'missing');
});

test('in use where one does not see it: a number', async () => {
	const name = newName('hub '), id = await add(admin, 'jenkins', jenkins({ name }));

	await put('a.yml', job(name));
	sql(`UPDATE integration SET edit_roles = 7 WHERE id = ${id}`);
	raise();
	const page = await (await as('collaborator')).get(`/s/acme/integrations/${id}/edit`);
	says(page, /Workflow files name it.*1 place in projects that you don't see/);
	assert.ok(!page.text.includes('a.yml'));
});

/* --- by hand ------------------------------------------------------------------------------------------ */

test('the page: what to do first, a paste, chosen files, removing', async () => {
	const empty = await admin.get(page());
	says(empty, /No workflow files yet.*From a CI step.*scope “workflow”/);
	const paste = async (fields) => admin.post(`${page()}/workflow`, fields);
	assert.equal((await paste({ path: 'a.yml', text: job('docker hub').replaceAll('\n', '\r\n') })).location, page());
	says(await admin.get(page()), /The files are synced\. What they name is below.*docker hub/);
	assert.equal(names(), 'docker hub');
	/* as the program sends it: the same bytes */
	assert.equal(json(await put('a.yml', job('docker hub'))).files[0].change, 'same');
	const send = async (fields) => {
		const { type, body } = encodeParts([['csrf', await admin.csrf()], ...fields]);
		return admin.send('POST', `${page()}/workflow`, { body, headers: { 'Content-Type': type, Origin: admin.origin } });
	};
	const sent = await send([['folder', 'ci/'], ['file', { name: 'b.yml', file: job('team-slack') }], ['file', { name: 'c.yml', file: job('aws-staging') }]]);
	assert.equal(sent.location, page());
	assert.deepEqual(stored().map((row) => [row[0], row[4]]), [['a.yml', 'docker hub'], ['ci/b.yml', 'team-slack'], ['ci/c.yml', 'aws-staging']]);
	const form = formOf((await admin.get(page())).text, `${page()}/workflow/remove`);
	assert.ok(form);
	assert.equal((await admin.post(`${page()}/workflow/remove`, { path: 'ci/b.yml' })).location, page());
	assert.deepEqual(stored().map((row) => row[0]), ['a.yml', 'ci/c.yml']);
	assert.equal((await admin.post(`${page()}/workflow/remove`, { path: 'ci/b.yml' })).status, 303, 'gone is gone');
	assert.equal((await admin.post(`${page()}/workflow/remove`, {})).status, 400);
	assert.equal((await admin.post(`${page()}/workflow/remove`, { all: '1' })).status, 303);
	assert.equal(stored().length, 0);
});

test('the page: what is wrong stands beside its input, and nothing typed is lost', async () => {
	const text = `${job('docker hub')}# <b>&amp;\n`;
	const wrong = await admin.post(`${page()}/workflow`, { path: '../x.yml', text });

	failsAt(wrong, 'path', /Write the path from the top/);
	assert.ok(decode(/<textarea[^>]* id="text"[^>]*>\n?(.*?)<\/textarea>/s.exec(wrong.text)[1]) === text);
	failsAt(await admin.post(`${page()}/workflow`, { path: 'x.yml', text: '' }), 'text', /Paste the file here/);
	failsAt(await admin.post(`${page()}/workflow`, { path: '', text }), 'path', /Say which file it is/);
	failsAt(await admin.post(`${page()}/workflow`, {}), 'file', /Choose the files to send/);
	assert.equal((await admin.post(`${page()}/workflow`, { path: 'x.yml', text: 'a: [' })).status, 303);
	says(await admin.get(page()), /A file could not be read/);
	assert.equal((await admin.post(`${page()}/workflow`, { path: 'x.yml', text, csrf: undefined })).status, 403);
});

test('names that no integration can have are shown as what they are', async () => {
	await put('a.yml', `jobs:\n- {name: "j\\u202e", integrations: ["a\\tb", "<script>", "c\\u202ed", "${'n'.repeat(300)}", "docker hub "]}\n`);
	const shown = await admin.get(page());

	says(shown, /a\\u0009b/);
	says(shown, /c\\u202Ed/);
	assert.ok(!shown.text.includes('<script>"') && shown.text.includes('&lt;script&gt;') && !shown.text.includes('\u202e'));
	says(shown, /5 to look at/);
	assert.equal(byId(shown.text, 'references-title'), 'References');
});

test('deleting a project takes its files along', async () => {
	await put('a.yml', job('docker hub'));
	assert.equal((await admin.submit(await admin.form(`${page()}/delete`))).status, 303);
	assert.equal(stored().length, 0);
	assert.equal((await put('a.yml', '')).status, 404);
	assert.equal(sqlValue(`SELECT COUNT(*) FROM reference WHERE project_id = ${project.id}`), '0');
});

test('another subscription\'s project, and one of none', async () => {
	const foreign = sqlValue(`SELECT p.id FROM project p JOIN subscription s ON s.id = p.subscription_id WHERE s.slug = 'globex' LIMIT 1`);

	for (const id of [foreign, '999999999'])
		for (const [method, way] of [['PUT', 'workflow?path=a.yml'], ['DELETE', 'workflow?path=a.yml']])
			assert.equal((await program.send(method, `/api/v1/s/acme/projects/${id}/${way}`, { body: method === 'PUT' ? 'x' : undefined })).status, 404);
	assert.equal(sqlValue(`SELECT COUNT(*) FROM workflow_file WHERE project_id = ${foreign}`), '0');
});
