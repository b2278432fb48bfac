/* The gate before a run: files are judged as a sync would judge them, and nothing is stored. */
import { after, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';

import { CONFIG, sql, sqlValue, throttleClear } from './lib/stack.mjs';
import { Visitor, as, encodeParts } from './lib/client.mjs';
import { decode, formOf, says, textOf } from './lib/html.mjs';
import { add, cleanUp, failsAt, jenkins, newName } from './lib/integration.mjs';
import { collaboratorGive, person, projectsClear, raise, roleGive, roleTake } from './lib/people.mjs';
import { Program } from './lib/program.mjs';

const OUT = 'flow-check-out';

let admin, program, project;

const api = () => `/api/v1/s/acme/projects/${project.id}`;
const page = () => `/s/acme/projects/${project.id}`;
const job = (...names) => `jobs:\n  - name: build\n    type: runSh\n    integrations: ${JSON.stringify(names)}\n`;

const send = (method, address, files, one) => {
	const { type, body } = encodeParts(files.map(([name, file]) => ['file', { name, file }]));
	return one.send(method, address, { body: body.toString('latin1'), headers: { 'Content-Type': type } });
};
const check = (files, one = program) => send('POST', `${api()}/workflow/check`, Object.entries(files), one);
const putAll = (files, one = program) => send('PUT', `${api()}/workflows`, Object.entries(files), one);
const json = (answer, status = 200) => {
	assert.equal(answer.status, status, answer.text.slice(0, 600));
	return JSON.parse(answer.text);
};
/* All that a sync would touch. */
const stored = () => sql(`SELECT 'file', id, path, HEX(hash), synced_at, fault, HEX(kept_lines) FROM workflow_file UNION ALL
	SELECT 'reference', file_id, n, name, line, '', '' FROM reference UNION ALL
	SELECT 'entry', chain, seq, action, object, fields, '' FROM audit WHERE action <> 'denied' UNION ALL
	SELECT 'subscription', id, revision, activity, '', '', '' FROM subscription ORDER BY 1, 2, 3`);

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

test('every reason, with place and advice; nothing is stored, and there is no entry', async () => {
	const off = await add(admin, 'jenkins', jenkins({ name: newName('off ') }));
	const offName = sqlValue(`SELECT name FROM integration WHERE id = ${off}`);
	await admin.post(`/s/acme/integrations/${off}/disable`, { reason: 'broken' });
	const before = stored();
	const answer = json(await check({
		'ci/a.yml': job('team-slack', 'docker-hub', 'aws-prod', offName, 'x-${BRANCH}'),
		'./b.yml': 'resources:\n- {name: r, type: gitRepo, integration: team-slack}\n',
		'c.yml': 'a: [\n',
	}));

	assert.deepEqual(stored(), before);
	assert.deepEqual(answer.problems.map(({ path, line, kind, consumer, key, name, reason }) => [path, line, kind, consumer, key, name, reason]), [
		['ci/a.yml', 4, 'job', 'build', 'integrations', 'docker-hub', 'missing'],
		['ci/a.yml', 4, 'job', 'build', 'integrations', 'aws-prod', 'denied'],
		['b.yml', 2, 'resource', 'r', 'integration', 'team-slack', 'wrong-type'],
		['ci/a.yml', 4, 'job', 'build', 'integrations', offName, 'disabled'],
		['ci/a.yml', 4, 'job', 'build', 'integrations', 'x-${BRANCH}', 'dynamic'],
	]);
	assert.ok(answer.problems.every(({ message, column }) => message.endsWith('.') || message.endsWith('?') ? column > 0 : false));
	assert.equal(answer.problems[0].did_you_mean, 'docker hub');
	assert.deepEqual([answer.references, answer.fine, answer.removed], [6, 1, []]);
	assert.deepEqual(answer.files.map(({ path, change, references, fault }) => [path, change, references, fault?.line]),
		[['ci/a.yml', 'new', 5, undefined], ['b.yml', 'new', 1, undefined], ['c.yml', 'stale', 0, 2]]);
});

test('it says what the sync then says', async () => {
	const files = { 'shippable.templates.yml': 'x: &all [docker hub, nope]\n', 'a.yml': 'jobs:\n  - {name: j, type: runSh, integrations: *all}\n',
		'b.yml': job('team-slack', 'gh-relase') };
	const judged = json(await check(files)), synced = json(await putAll(files));

	assert.deepEqual(judged, synced);
	/* and again, when all is known: the same bytes, and others */
	assert.deepEqual(json(await check(files)), json(await putAll(files)));
	files['b.yml'] = job('team-slack', 'gh-release');
	const next = json(await check(files));
	assert.deepEqual(next.files.map(({ change, added, gone }) => [change, added, gone]),
		[['same', [], []], ['same', [], []], ['changed', ['gh-release'], ['gh-relase']]]);
	assert.deepEqual(next, json(await putAll(files)));
	/* a known file needs no templates file beside it, as in a sync; another one does */
	assert.deepEqual(json(await check({ 'a.yml': files['a.yml'] })).files.map(({ change, references }) => [change, references]), [['same', 2]]);
	assert.match(json(await check({ 'a.yml': `${files['a.yml']}# \n` })).files[0].fault.message, /anchor is not in this file/);
});

test('things change without a sync: what is judged is how they are now', async () => {
	const name = newName('check '), files = { 'a.yml': job(name) };

	assert.equal(json(await check(files)).problems[0].reason, 'missing');
	await add(admin, 'jenkins', jenkins({ name }));
	assert.deepEqual(json(await check(files)).problems, []);
	await putAll(files);
	sql(`UPDATE integration SET all_projects = 0 WHERE name = '${name}'`);
	raise();
	assert.equal(json(await check(files)).problems[0].reason, 'denied');
});

test('by the name of the project, exactly', async () => {
	const named = (query, one = program) => send('POST', `/api/v1/s/acme/workflow/check${query}`, [['a.yml', job('docker-hub')]], one);

	assert.equal(json(await named(`?project=${encodeURIComponent(project.name)}`)).problems[0].reason, 'missing');
	assert.equal((await named(`?project=${encodeURIComponent(project.name.toUpperCase())}`)).status, 404);
	assert.equal((await named(`?project=${encodeURIComponent(`${project.name} `)}`)).status, 404);
	assert.equal((await named('?project=nobody%20has%20it')).status, 404);
	for (const query of ['', '?project=', '?projects=web'])
		assert.deepEqual(json(await named(query), 422).errors.map(({ field }) => field), ['project']);
	const odd = await admin.post('/s/acme/projects/new', { name: newName('ä&b=c+%2F ') });
	const oddName = sqlValue(`SELECT name FROM project WHERE id = ${/\/(\d+)$/.exec(odd.location)[1]}`);
	assert.equal((await named(`?project=${encodeURIComponent(oddName)}`)).status, 200);
	/* globex has its own; neither by name nor by id is it reached from here */
	const foreign = sql(`SELECT p.id, p.name FROM project p JOIN subscription s ON s.id = p.subscription_id WHERE s.slug = 'globex' LIMIT 1`)[0];
	assert.equal((await send('POST', `/api/v1/s/acme/projects/${foreign[0]}/workflow/check`, [['a.yml', '']], program)).status, 404);
	assert.equal((await send('POST', '/api/v1/s/globex/workflow/check?project=x', [['a.yml', '']], program)).status, 404);
});

test('what cannot be checked: a sentence, as for a sync', async () => {
	assert.match(json(await send('POST', `${api()}/workflow/check`, [], program), 422).errors[0].message, /Send at least one file/);
	assert.match(json(await check({ '../a.yml': '' }), 422).errors[0].message, /"\.\.\/a\.yml": Write the path/);
	assert.match(json(await send('POST', `${api()}/workflow/check`, [['a.yml', 'x'], ['./a.yml', 'y']], program), 422).errors[0].message, /is there twice/);
	assert.match(json(await check(Object.fromEntries(Array.from({ length: 201 }, (_, k) => [`${k}.yml`, '']))), 422).errors[0].message,
		/Nothing is checked: a project has at most 200 workflow files/);
	const many = `jobs:\n${Array.from({ length: 6000 }, (_, k) => `- {name: j${k}, integration: n${k}}\n`).join('')}`;
	assert.match(json(await check({ 'a.yml': many, 'b.yml': many }), 422).errors[0].message, /at most 10000 places/);
	assert.match(json(await check({ 'a.yml': 'x'.repeat((1 << 20) + 1) }), 422).errors[0].message, /a\.yml is too large/);
	assert.equal((await check(Object.fromEntries(Array.from({ length: 9 }, (_, k) => [`${k}`, 'x'.repeat(1 << 20)])))).status, 413);
	assert.equal((await program.send('POST', `${api()}/workflow/check`, { body: {} })).status, 415);
	/* up to there all of them are told, and each name is looked up */
	const answer = json(await check({ 'a.yml': many, 'b.yml': job('docker hub') }));
	assert.deepEqual([answer.references, answer.fine, answer.problems.length], [6001, 1, 6000]);
});

/* The most memory that a web process has had, in KiB. */
function webPeak() {
	const statuses = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((pid) => {
		try {
			return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(CONFIG) ? readFileSync(`/proc/${pid}/status`, 'utf8') : '';
		} catch {
			return '';
		}
	}).filter((text) => text.startsWith('Name:\tsignet-web'));

	assert.ok(statuses.length);
	return Math.max(...statuses.map((text) => Number(/^VmHWM:\s+(\d+) kB/m.exec(text)[1])));
}

test('what is too much is not read first: neither a check nor a sync of short files takes memory by aliases', async () => {
	const templates = `t: &t [${Array.from({ length: 9990 }, (_, k) => `n${k}`).join()}]\n`;
	const files = (n) => ({ 'shippable.templates.yml': templates,
		...Object.fromEntries(Array.from({ length: n }, (_, k) => [`${k}.yml`, 'jobs: [{name: b, integrations: *t}]\n'])) });
	const before = webPeak();

	for (const act of [check, putAll]) {
		const places = json(await act(files(199)), 422), many = json(await act(files(400)), 422);
		assert.deepEqual([places.errors.length, many.errors.length], [1, 1]);
		assert.match(places.errors[0].message, /at most 10000 places/);
		assert.match(many.errors[0].message, /at most 200 workflow files/);
	}
	assert.ok(webPeak() - before < 400 * 1024, `${webPeak() - before} KiB more`);
});

test('who may: scope "workflow" is enough and needed; collaborators of the project are told what they see', async () => {
	const password = person(OUT);

	for (const [scopes, status] of [[['read'], 403], [['write'], 403], [['read', 'write'], 403], [['workflow'], 200]])
		assert.equal((await check({ 'a.yml': '' }, await Program.of(admin, scopes))).status, status, scopes.join());
	assert.equal((await check({ 'a.yml': '' }, new Program())).status, 401);
	assert.equal((await check({ 'a.yml': '' }, await Program.of(await as('member'), ['workflow']))).status, 200);
	for (const login of ['collaborator', 'siteadmin'])
		assert.equal((await check({ 'a.yml': '' }, await Program.of(await as(login), ['workflow']))).status, 404, login);
	roleGive(OUT, 'acme', 1);
	const out = await Program.of(await new Visitor().signIn(OUT, password), ['workflow']);
	const named = () => send('POST', `/api/v1/s/acme/workflow/check?project=${encodeURIComponent(project.name)}`, [['a.yml', '']], out);
	assert.deepEqual([(await check({ 'a.yml': '' }, out)).status, (await named()).status], [404, 404]);
	collaboratorGive(OUT, 'acme', project.name);
	assert.equal((await named()).status, 200);
	const answer = json(await check({ 'a.yml': job('aws-prod', 'gitlab-mirro') }, out));
	assert.deepEqual(answer.problems.map(({ reason, integration, did_you_mean }) => [reason, integration, did_you_mean]),
		[['missing', null, null], ['denied', null, null]]);
	roleTake(OUT);
});

/* --- by hand ------------------------------------------------------------------------------------------ */

test('the button beside Send: a page with what was found, and the paste to go on with', async () => {
	const text = `${job('docker-hub', 'team-slack')}# <b>&amp;\n`;
	const before = stored();
	const found = await admin.post(`${page()}/workflow`, { path: 'ci/a.yml', text, check: '1' });

	assert.equal(found.status, 200);
	assert.deepEqual(stored(), before);
	says(found, /1 of 2 places to look at\. Nothing is stored\./);
	says(found, /4 integrations: \[ "docker-hub" ,"team-slack"\] 5 #/);
	says(found, /docker-hub missing ci\/a\.yml ?:4 job build ?, integrations No integration has this name\. Did you mean "docker hub"\?/);
	assert.ok(!textOf(found.text).includes('team-slack ci/a.yml'));
	assert.equal(decode(/<textarea[^>]* id="text"[^>]*>\n?(.*?)<\/textarea>/s.exec(found.text)[1]), text);
	/* mended there, checked again, and sent from there */
	const form = formOf(found.text, `${page()}/workflow`).set('text', text.replace('docker-hub', 'docker hub'));
	const fine = await admin.submit(form, ['check', '1']);
	says(fine, /All is fine: 2 places in 1 file\. Nothing is stored\./);
	assert.equal((await admin.submit(formOf(fine.text, `${page()}/workflow`))).location, page());
	assert.equal(sqlValue(`SELECT path FROM workflow_file WHERE project_id = ${project.id}`), 'ci/a.yml');
});

test('chosen files: what cannot be read, and the way back', async () => {
	const { type, body } = encodeParts([['csrf', await admin.csrf()], ['check', '1'], ['folder', 'ci'],
		['file', { name: 'a.yml', file: 'a: [\n' }], ['file', { name: 'b.yml', file: job('docker hub') }]]);
	const found = await admin.send('POST', `${page()}/workflow`, { body, headers: { 'Content-Type': type, Origin: admin.origin } });

	says(found, /1 file not readable\. Nothing is stored\./);
	says(found, /Not readable ci\/a\.yml Line 2: /);
	says(found, /A browser forgets chosen files/);
	assert.ok(found.text.includes(`href="${page()}"`));
	assert.equal(sqlValue(`SELECT COUNT(*) FROM workflow_file WHERE project_id = ${project.id}`), '0');
});

test('what is wrong with the form stands beside its input, as when sending', async () => {
	failsAt(await admin.post(`${page()}/workflow`, { path: '../x.yml', text: 'x', check: '1' }), 'path', /Write the path from the top/);
	failsAt(await admin.post(`${page()}/workflow`, { path: 'x.yml', text: '', check: '1' }), 'text', /Paste the file here/);
	failsAt(await admin.post(`${page()}/workflow`, { check: '1' }), 'file', /Choose the files/);
	const many = await admin.post(`${page()}/workflow`, { path: 'a.yml', check: '1',
		text: `jobs:\n${Array.from({ length: 600 }, (_, k) => `- {name: j${k}, integration: "n${k}\\u202e"}\n`).join('')}` });
	says(many, /600 of 600 places to look at/);
	says(many, /and 100 more/);
	assert.ok(many.text.includes('n1\\u202E') && !textOf(many.text).includes('\u202e'));
});
