/* Sync tokens: a project's CI sends its workflow files with one. What it may do, and above all what not: with
 * one, every row of the route table is asked, at its own place and at those of others. */
import { after, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { VAR, passwordOf, program, quote, sql, sqlValue, throttleClear } from './lib/stack.mjs';
import { Visitor, as, encodeParts } from './lib/client.mjs';
import { handleMake, ownMake } from './lib/binding.mjs';
import { decode, says, textOf } from './lib/html.mjs';
import { add, cleanUp, failsAt, fill, formsOf, jenkins, newForm, newName, projectId } from './lib/integration.mjs';
import { person, projectsClear, raise, roleGive, roleTake } from './lib/people.mjs';
import { Program } from './lib/program.mjs';
import { keyOf, routesOfProgram } from './lib/routes.mjs';
import { statementsOf } from './lib/statements.mjs';

const SUB = 'acme', API = '/api/v1';
const TABLE = routesOfProgram();
const isApi = ({ pattern }) => pattern.startsWith(`${API}/`);
const changes = ({ method }) => method !== 'GET';

/* All that one may do. */
const MAY = ['PUT /api/v1/s/:sub/projects/:id/workflow', 'DELETE /api/v1/s/:sub/projects/:id/workflow',
	'PUT /api/v1/s/:sub/projects/:id/workflows', 'POST /api/v1/s/:sub/projects/:id/workflow/check',
	'POST /api/v1/s/:sub/workflow/check'];

let admin, project, made;

const api = (id = project.id, sub = SUB) => `${API}/s/${sub}/projects/${id}`;
const page = (id = project.id) => `/s/${SUB}/projects/${id}/tokens`;
const job = (...names) => `jobs:\n  - name: build\n    type: runSh\n    integrations: ${JSON.stringify(names)}\n`;
const json = (answer, status = 200) => {
	assert.equal(answer.status, status, answer.text.slice(0, 600));
	return JSON.parse(answer.text);
};

const tokenIn = (answer) => /id="made-token"[^>]*>(sgs_[\w-]{43})</.exec(answer.text)?.[1];

/* A token of the project, made on its page: {name, id, program}. */
async function tokenMake(id = project.id, fields = {}) {
	const name = newName();
	const answer = await admin.post(page(id), { name, days: '30', ...fields });

	assert.equal(answer.status, 200, textOf(answer.text));
	const token = tokenIn(answer);
	assert.ok(token, 'the page shows the token');
	return { name, token, program: new Program(token), answer,
		id: sqlValue(`SELECT id FROM sync_token WHERE name = ${quote(name)}`) };
}

async function projectMake() {
	const name = newName();
	const answer = await admin.post(`/s/${SUB}/projects/new`, { name });

	return { name, id: Number(/\/(\d+)$/.exec(answer.location)[1]) };
}

const put = (text, one = made.program, at = api(), file = 'a.yml') => one.send('PUT', `${at}/workflow?path=${encodeURIComponent(file)}`,
	{ body: text, headers: { 'Content-Type': 'application/octet-stream' } });
function putAll(files, one = made.program, at = api()) {
	const { type, body } = encodeParts(Object.entries(files).map(([name, file]) => ['file', { name, file }]));

	return one.send('PUT', `${at}/workflows`, { body: body.toString('latin1'), headers: { 'Content-Type': type } });
}
const remove = (one = made.program, at = api(), file = 'a.yml') => one.send('DELETE', `${at}/workflow?path=${file}`);
const stored = (id = project.id) => sql(`SELECT w.path, r.name FROM workflow_file w LEFT JOIN reference r ON r.file_id = w.id
	WHERE w.project_id = ${id} ORDER BY w.path, r.n`).map((row) => row.join(': ')).join(', ');
const entry = (where = '1 = 1') => sql(`SELECT actor_id, actor, action, object, fields FROM audit WHERE chain = (SELECT CONCAT('sub:', id)
	FROM subscription WHERE slug = ${quote(SUB)}) AND ${where} ORDER BY seq DESC LIMIT 1`)[0];

/* The answer without what differs each time. */
const bare = (answer) => [answer.status, ...answer.headers.filter(([name]) => name !== 'date').map((h) => h.join(': ')), answer.text]
	.join('\n').replaceAll(answer.header('x-request-id'), 'ID');

before(async () => {
	throttleClear();
	admin = await as('admin');
});
beforeEach(async () => {
	project = await projectMake();
	made = await tokenMake();
});
after(() => {
	cleanUp();
	roleTake('flow-sync');
	sql(`UPDATE subscription SET disabled_at = NULL WHERE slug = ${quote(SUB)}; DELETE FROM sync_token WHERE name LIKE 'flow %';
		DELETE FROM access_token WHERE name LIKE 'flow %'`);
	projectsClear();
	raise();
	throttleClear();
});

/* --- making and revoking ----------------------------------------------------------------------------- */

test('a token is shown once, listed with who made it, kept as a hash, revoked at once', async () => {
	const listed = await admin.get(page());

	says(made.answer, /The sync token .* is made Copy it now: it is not kept here and cannot be shown again/);
	assert.match(made.answer.header('cache-control'), /no-store/);
	assert.equal(made.answer.header('location'), undefined, 'no address leads to it');
	says(listed, new RegExp(`${made.name} Made [^.]*by Admin of acme \\(admin\\) Never`));
	for (const text of [listed.text, (await admin.get(`/s/${SUB}/projects/${project.id}`)).text, JSON.stringify(sql('SELECT * FROM audit'))])
		for (const form of formsOf(made.token))
			assert.ok(!text.includes(form), 'not shown again');
	assert.equal(sqlValue(`SELECT LENGTH(token_hash) FROM sync_token WHERE id = ${made.id}`), '32');
	assert.deepEqual(entry(), [sqlValue(`SELECT id FROM account WHERE login = 'admin'`), 'admin', 'sync_token.create', made.name,
		`of project ${project.name}`]);
	json(await put(job('docker hub')));
	const answer = await admin.post(`${page()}/${made.id}/delete`);
	assert.deepEqual([answer.status, answer.location], [303, page()]);
	says(await admin.get(page()), /The sync token is revoked: nobody can use it any more.*No sync tokens/);
	assert.deepEqual(entry().slice(1), ['admin', 'sync_token.revoke', made.name, `of project ${project.name}`]);
	assert.equal((await put(job('team-slack'))).status, 401, 'the next request');
	assert.equal(stored(), 'a.yml: docker hub');
	assert.equal((await admin.post(`${page()}/${made.id}/delete`)).status, 404);
});

test('what is typed wrong comes back with what to mend', async () => {
	const other = await tokenMake();

	for (const [fields, input, pattern] of [[{ name: '' }, 'name', /Give the token a name/], [{ name: ' x' }, 'name', /begins with a blank|space/],
		[{ name: 'x'.repeat(61) }, 'name', /at most 60 characters/], [{ name: other.name }, 'name', /Another sync token of this project/],
		[{ name: newName(), days: '0' }, 'days', /at least 1/], [{ name: newName(), days: '366' }, 'days', /1 to 365 days/],
		[{ name: newName(), days: 'x' }, 'days', /at least 1/]]) {
		const answer = await admin.post(page(), { days: '30', ...fields });
		assert.equal(answer.status, 422, JSON.stringify(fields));
		failsAt(answer, input, pattern);
		assert.equal(tokenIn(answer), undefined);
	}
	assert.equal(sqlValue(`SELECT COUNT(*) FROM sync_token WHERE project_id = ${project.id}`), '2');
	const longest = await tokenMake(project.id, { name: 'x'.repeat(60), days: '' });
	assert.ok(longest.token, '60 characters and no days are fine');
});

test('twenty a project; then one is to be revoked first', async () => {
	sql(`INSERT INTO sync_token (subscription_id, project_id, token_hash, name, created_at, created_by, expires_at)
		SELECT subscription_id, project_id, RANDOM_BYTES(32), CONCAT('flow filler ', seq), 1, created_by, 2 FROM sync_token, seq_1_to_19
		WHERE id = ${made.id}`);
	const full = await admin.get(page());
	says(full, /This project has 20 of them, which is the most\. Revoke one first\./);
	const typed = newName();
	const answer = await admin.post(page(), { name: typed });
	assert.equal(answer.status, 422);
	says(answer, /No token is made: this project has 20 of them\. Revoke one first\./);
	assert.ok(answer.text.includes(`value="${typed}"`), 'what was typed stays');
	assert.equal((await admin.post(`${page()}/${made.id}/delete`)).status, 303);
	await tokenMake();
});

test('one of another project is not this one\'s to revoke', async () => {
	const other = await projectMake(), nobodys = '9'.repeat(made.id.length), one = await Program.of(admin);

	await admin.get(page()); /* takes the message that waits */
	const same = (answer, never) => assert.equal(bare(answer).replaceAll(`/${made.id}/`, `/${nobodys}/`), bare(never));
	const answer = await admin.post(`${page(other.id)}/${made.id}/delete`);
	assert.equal(answer.status, 404);
	same(answer, await admin.post(`${page(other.id)}/${nobodys}/delete`));
	const [found, statements] = await statementsOf(() => one.send('DELETE', `${api(other.id)}/tokens/${made.id}`));
	const [never, wanted] = await statementsOf(() => one.send('DELETE', `${api(other.id)}/tokens/${nobodys}`));
	assert.equal(found.status, 404);
	same(found, never);
	assert.deepEqual(statements, wanted);
	assert.equal((await put(job('docker hub'))).status, 200, 'it still works');
});

test('made by programs, too, behind a confirmation', async () => {
	const one = await Program.of(admin);

	assert.deepEqual(JSON.parse((await one.post(`${api()}/tokens`, { name: newName() })).text).type, 'urn:signet:confirmation-needed');
	await one.confirm(passwordOf('admin'));
	const answer = json(await one.post(`${api()}/tokens`, { name: newName(), days: 3 }), 201);
	assert.match(answer.token, /^sgs_[\w-]{43}$/);
	assert.equal(answer.created_by, 'Admin of acme (admin)');
	json(await put(job('docker hub'), new Program(answer.token)));
	const list = json(await one.get(`${api()}/tokens`)).tokens;
	assert.deepEqual(list.map(({ id, token }) => [id, token]), [[answer.id, undefined], [Number(made.id), undefined]]);
	assert.deepEqual([list[0].seen_address, list[1].seen_at], ['127.0.0.1', null]);
	assert.equal((await one.send('DELETE', `${api()}/tokens/${answer.id}`)).status, 204);
	assert.equal((await put(job('docker hub'), new Program(answer.token))).status, 401);
});

/* --- what it is for ---------------------------------------------------------------------------------- */

test('it sends and removes the files of its project, in its own name', async () => {
	const answer = json(await put(job('docker hub', 'team-slack')));

	assert.deepEqual([answer.references, answer.fine, answer.files[0].added], [2, 2, ['docker hub', 'team-slack']]);
	assert.deepEqual(entry(), ['NULL', `token ${made.name}`, 'workflow.sync', project.name, 'a.yml']);
	says(await admin.get(`/s/${SUB}/projects/${project.id}`), new RegExp(`a\\.yml 2 references, synced [^.]* by token ${made.name}`));
	json(await putAll({ 'b.yml': job('build-flags'), 'c.yml': 'jobs: [' }));
	assert.equal(stored(), 'b.yml: build-flags, c.yml: NULL');
	assert.equal((await remove(made.program, api(), 'b.yml')).status, 204);
	assert.deepEqual(entry().slice(1), [`token ${made.name}`, 'workflow.remove', project.name, 'b.yml']);
	/* as people see it */
	says(await admin.get(`/s/${SUB}/audit?object=project:${project.id}`), new RegExp(`token ${made.name} .*removed workflow files of`));
	says(await admin.get(`/s/${SUB}/audit?who=${encodeURIComponent(`token ${made.name}`)}`), /synced workflow files of/);
});

test('last use is noted, once a minute, with where from', async () => {
	const seen = () => sql(`SELECT seen_at, seen_address FROM sync_token WHERE id = ${made.id}`)[0];

	assert.deepEqual(seen(), ['0', '']);
	await put(job());
	assert.equal(seen()[1], '127.0.0.1');
	says(await admin.get(page()), /from 127\.0\.0\.1/);
	sql(`UPDATE sync_token SET seen_at = seen_at - 30 WHERE id = ${made.id}`);
	const [before] = seen();
	await put(job());
	assert.equal(seen()[0], before);
	sql(`UPDATE sync_token SET seen_at = seen_at - 40 WHERE id = ${made.id}`);
	await put(job());
	assert.ok(Number(seen()[0]) > Number(before));
});

/* --- what it is told --------------------------------------------------------------------------------- */

/* An integration that only this project may use. */
async function addFor(id, name) {
	const form = fill(await newForm(admin, 'jenkins'), jenkins({ name }));

	form.tick('scope', 'some');
	form.tick('project', String(id));
	const answer = await admin.submit(form);
	assert.equal(answer.status, 303);
	return Number(/\/(\d+)$/.exec(answer.location)[1]);
}

test('names and ids are those of what its project may use; others at most answer "denied"', async () => {
	const other = projectId(SUB, 'docs');
	const mine = newName('mine '), theirs = newName('theirs ');
	const mineId = await addFor(project.id, mine);
	await addFor(other, theirs);
	const wanted = [mine, theirs, `${mine}x`, `${theirs}x`, 'docker hub', 'docker-hub', 'aws-prd', 'nothing like it'];
	const tell = async (one) => Object.fromEntries(json(await put(job(...wanted, 'aws-prod', `${one.token}`.slice(0, 4)), one)).problems
		.map((row) => [row.name, row]));
	const told = await tell(made.program), toldAdmin = await tell(await Program.of(admin, ['workflow']));

	assert.deepEqual([told[theirs].state, told[theirs].integration, told[theirs].did_you_mean], ['denied', null, null]);
	assert.equal(told[`${mine}x`].did_you_mean, mine);
	assert.equal(told[`${theirs}x`].did_you_mean, null, 'no name of what it may not use');
	assert.ok(!told[`${theirs}x`].message.includes(theirs));
	assert.equal(told['docker-hub'].did_you_mean, 'docker hub');
	assert.deepEqual([told['aws-prd'].did_you_mean, told['aws-prod'].integration], [null, null]);
	/* somebody who sees all is told more, so the words above could have been there */
	assert.equal(toldAdmin[`${theirs}x`].did_you_mean, theirs);
	assert.equal(toldAdmin['aws-prd'].did_you_mean, 'aws-prod');
	assert.ok(toldAdmin[theirs].integration > 0);
	await admin.post(`/s/${SUB}/integrations/${mineId}/disable`, { reason: 'a reason that is for people' });
	const off = await put(job(mine), made.program, api(), 'off.yml');
	assert.deepEqual(json(off).problems.map(({ name, state, integration }) => [name, state, integration]), [[mine, 'disabled', mineId]]);
	assert.ok(!off.text.includes('a reason that is for people'));
});

test('of bound ones: what their owners let its project use', async () => {
	const owner = { program: await (await Program.of(admin)).confirm(passwordOf('admin')) };
	const name = newName('bound ');
	const own = await ownMake(owner);

	await handleMake(owner, own, { name, projects: ['docs'] });
	const problems = async () => json(await put(job(name, `${name}x`))).problems.map(({ state, integration, did_you_mean }) =>
		[state, integration, did_you_mean]);
	assert.deepEqual(await problems(), [['missing', null, null], ['denied', null, null]]);
});

/* --- what it may not ----------------------------------------------------------------------------------- */

const PLACE = /:(\w+)/g;
/* Somewhere for each part of an address: its own project where that is asked for. */
function addressOf(row, sub = SUB) {
	const id = /projects\/:id/.test(row.pattern) ? project.id : '1';

	return row.pattern.replace(PLACE, (all, name) => ({ sub, id, token: made.id, subscription: '1' })[name] ?? '1');
}

const ask = (row, uri, method = row.method) => made.program.send(method, uri, { version: '"1"',
	body: changes(row) && method !== 'HEAD' ? '{}' : undefined });

test('every row of the API: five may be reached, all else is 403 in the same words, wherever it is', async () => {
	const rows = TABLE.filter(isApi), reached = rows.filter((row) => MAY.includes(keyOf(row))).map(keyOf);
	const sentences = new Set();

	assert.ok(rows.length > 60, `${rows.length} rows`);
	assert.deepEqual(reached.sort(), [...MAY].sort());
	/* what a row demands is the whole of it: no other has this permission */
	assert.deepEqual(rows.filter((row) => row.permission === 'workflow sync').map(keyOf).sort(), reached);
	for (const row of rows.filter((one) => !MAY.includes(keyOf(one)))) {
		const answers = [];
		for (const sub of [SUB, 'globex', 'no-such-sub'])
			answers.push(await ask(row, addressOf(row, sub)));
		if (row.method === 'GET')
			answers.push(await ask(row, addressOf(row), 'HEAD'));
		for (const answer of answers) {
			assert.equal(answer.status, 403, `${keyOf(row)}: ${answer.text}`);
			if (answer.text)
				sentences.add(JSON.parse(answer.text).detail);
		}
		assert.equal(bare(answers[1]), bare(answers[2]), `${keyOf(row)}: another's subscription looks like none`);
	}
	assert.deepEqual([...sentences].map((text) => /^A sync token may send and remove the workflow files/.test(text)), [true]);
	/* in its own subscription's trail, wherever it tried */
	for (const object of [`${API}/account`, `${API}/s/globex/people`, `${API}/s/${SUB}/integrations`, `${API}/admin/accounts`])
		assert.deepEqual(entry(`action = 'denied' AND object = ${quote(object)} AND actor = ${quote(`token ${made.name}`)}`)?.slice(0, 2),
			['NULL', `token ${made.name}`], object);
	assert.equal(sqlValue(`SELECT COUNT(*) FROM audit WHERE chain <> (SELECT CONCAT('sub:', id) FROM subscription WHERE slug = ${quote(SUB)})
		AND actor LIKE 'token flow%'`), '0', 'and in no other');
});

test('another project, of any subscription, is as if there never was one; also its own under another name', async () => {
	const file = { body: job('docker hub'), headers: { 'Content-Type': 'application/octet-stream' } };
	const parts = encodeParts([['file', { name: 'a.yml', file: job('docker hub') }]]);
	const files = { body: parts.body.toString('latin1'), headers: { 'Content-Type': parts.type } };
	const far = sqlValue(`SELECT p.id FROM project p JOIN subscription s ON s.id = p.subscription_id WHERE s.slug = 'globex' LIMIT 1`);
	const never = (sub = SUB) => `${API}/s/${sub}/projects/999999999`;
	const elsewhere = [[api(projectId(SUB, 'web')), never()], [api(far), never()], [api(far, 'globex'), never('globex')],
		[api(project.id, 'globex'), never('globex')], [api(project.id, 'globex'), api(project.id, 'no-such-sub')],
		[api(far, 'globex'), api(far, 'no-such-sub')]];
	const asks = { 'PUT /workflow?path=a.yml': file, 'DELETE /workflow?path=a.yml': {}, 'PUT /workflows': files, 'POST /workflow/check': files };
	const count = sqlValue('SELECT COUNT(*) FROM workflow_file');

	assert.ok(far);
	for (const [what, options] of Object.entries(asks)) {
		const [method, rest] = what.split(' ');
		for (const [there, wanted] of elsewhere) {
			const [answer, statements] = await statementsOf(() => made.program.send(method, there + rest, options));
			const [like, wantedStatements] = await statementsOf(() => made.program.send(method, wanted + rest, options));
			assert.equal(answer.status, 404, `${method} ${there}${rest}: ${answer.text}`);
			assert.equal(bare(answer), bare(like), `${there} looks like ${wanted}`);
			assert.ok(statements.length > 0);
			assert.deepEqual(statements, wantedStatements, `${there} takes what ${wanted} takes`);
		}
		const own = await made.program.send(method, api() + rest, options);
		assert.ok(own.status < 300 || (method === 'DELETE' && own.status === 404), `${what}: ${own.status} at its own`);
		await put(job('docker hub'));
	}
	assert.equal(stored(), 'a.yml: docker hub');
	assert.equal(Number(sqlValue('SELECT COUNT(*) FROM workflow_file')), Number(count) + 1, 'nothing elsewhere');
});

test('checks by a project\'s name: its own alone', async () => {
	const parts = encodeParts([['file', { name: 'a.yml', file: job('docker hub') }]]);
	const check = (name, sub = SUB) => made.program.send('POST', `${API}/s/${sub}/workflow/check?project=${encodeURIComponent(name)}`,
		{ body: parts.body.toString('latin1'), headers: { 'Content-Type': parts.type } });

	assert.equal(json(await check(project.name)).fine, 1);
	const [never, wanted] = await statementsOf(() => check('no such project'));
	assert.equal(never.status, 404);
	for (const [name, sub] of [['web', SUB], [`${project.name} `, SUB], ['docs', SUB], [project.name.toUpperCase(), SUB]]) {
		const [answer, statements] = await statementsOf(() => check(name, sub));
		assert.equal(bare(answer), bare(never), `${name} of ${sub}`);
		assert.deepEqual(statements, wanted, `${name} of ${sub}`);
	}
	for (const sub of ['globex', 'no-such-sub'])
		assert.equal(bare(await check(project.name, sub)), bare(await check('no such project', sub)), sub);
	assert.equal((await check(project.name, 'globex')).status, 404);
});

test('a check tells no more than a sync, stores nothing and leaves no entry', async () => {
	const theirs = newName('theirs '), mine = newName('mine ');
	await addFor(projectId(SUB, 'docs'), theirs);
	await addFor(project.id, mine);
	const text = job(mine, theirs, `${mine}x`, `${theirs}x`, 'aws-prd', 'docker-hub', 'nothing like it');
	const count = sqlValue('SELECT COUNT(*) FROM audit');
	const parts = encodeParts([['file', { name: 'a.yml', file: text }]]);
	const checked = json(await made.program.post(`${api()}/workflow/check`, parts.body.toString('latin1'), { headers: { 'Content-Type': parts.type } }));

	assert.equal(sqlValue('SELECT COUNT(*) FROM audit'), count);
	assert.equal(stored(), '');
	const synced = json(await put(text));
	assert.deepEqual(checked.problems, synced.problems);
	assert.deepEqual(checked.problems.map(({ state, integration, did_you_mean }) => [state, integration, did_you_mean]),
		[['missing', null, mine], ['missing', null, null], ['missing', null, null], ['missing', null, 'docker hub'], ['missing', null, null],
			['denied', null, null]]);
	assert.equal(checked.fine, 1);
});

test('it opens no page, and counts nowhere but in its header', async () => {
	const nobody = new Visitor(), bearer = { headers: { Authorization: `Bearer ${made.token}` } };

	for (const row of TABLE.filter((one) => !isApi(one) && one.method === 'GET')) {
		const uri = addressOf(row);
		const [one, other] = [await nobody.get(uri, { cookies: false, ...bearer }), await nobody.get(uri, { cookies: false })];
		assert.deepEqual([one.status, one.location], [other.status, other.location], uri);
	}
	const sent = { body: job(), headers: { 'Content-Type': 'application/octet-stream' } };
	const at = `${api()}/workflow?path=a.yml`;
	const t = made.token;
	for (const header of [t, `Basic ${t}`, `Bearer ${t}x`, `Bearer ${t.slice(0, -1)}`, `Bearer ${t.replace('sgs_', 'sgp_')}`,
		`Bearer ${t.slice(4)}`, `Bearer sgs_${'A'.repeat(43)}`, `Bearer ${t.toUpperCase()}`, `Bearer ${t} ${t}`, 'Bearer sgs_',
		`Basic ${Buffer.from(`token:${t}`).toString('base64')}`])
		assert.equal((await new Program().send('PUT', at, { body: sent.body, headers: { ...sent.headers, Authorization: header } })).status,
			401, header.replace(t, 'TOKEN'));
	for (const uri of [`${at}&token=${t}`, `${at}&access_token=${t}`])
		assert.equal((await new Program().send('PUT', uri, sent)).status, 401);
	for (const cookie of [`signet=${t}`, `signet=${t.slice(4)}`])
		assert.equal((await nobody.send('PUT', at, { ...sent, headers: { ...sent.headers, Cookie: cookie } })).status, 401);
	assert.equal((await new Program().send('PUT', at, { ...sent, headers: { ...sent.headers, 'X-Authorization': `Bearer ${t}` } })).status, 401);
	assert.equal(stored(), '');
	/* nor does a person's access token turn into one */
	const access = await Program.of(admin, ['workflow']);
	assert.equal((await put(job(), new Program(access.token.replace('sgp_', 'sgs_')))).status, 401);
});

test('what it may not send: the files of the project\'s page, and more than the limits', async () => {
	const count = Number(sqlValue(`SELECT COUNT(*) FROM audit WHERE actor LIKE 'token %' AND action <> 'denied'`));

	assert.equal((await put('x'.repeat((1 << 20) + 1))).status, 413);
	assert.equal((await put(job(), made.program, api(), '../a.yml')).status, 422);
	assert.equal((await put(job(), made.program, api(), '')).status, 422);
	assert.equal((await remove(made.program, api(), 'none.yml')).status, 404);
	assert.equal((await putAll(Object.fromEntries(Array.from({ length: 201 }, (x, k) => [`${k}.yml`, ''])))).status, 422);
	assert.equal(stored(), '');
	assert.equal(Number(sqlValue(`SELECT COUNT(*) FROM audit WHERE actor LIKE 'token %' AND action <> 'denied'`)), count);
});

/* --- what ends it ------------------------------------------------------------------------------------ */

test('unknown, ended, revoked, its subscription disabled, its project gone: the same 401', async () => {
	const unknown = await put(job(), new Program(`sgs_${'A'.repeat(43)}`));
	const is = async (what) => assert.equal(bare(await put(job())), bare(unknown), what);

	assert.equal(unknown.status, 401);
	assert.equal(unknown.header('www-authenticate'), 'Bearer realm="Signet"');
	assert.match(JSON.parse(unknown.text).detail, /This sync token is unknown, ended or revoked\./);
	json(await put(job('docker hub')));
	sql(`UPDATE subscription SET disabled_at = 1, revision = revision + 1 WHERE slug = ${quote(SUB)}`);
	await is('disabled');
	assert.equal(bare(await made.program.get(`${API}/account`)), bare(unknown));
	sql(`UPDATE subscription SET disabled_at = NULL, revision = revision + 1 WHERE slug = ${quote(SUB)}`);
	json(await put(job('docker hub')));
	sql(`UPDATE sync_token SET expires_at = UNIX_TIMESTAMP() WHERE id = ${made.id}`);
	await is('ended');
	says(await admin.get(page()), /Ended/);
	made = await tokenMake();
	json(await put(job('docker hub')));
	const [found, wanted] = await statementsOf(() => put(job(), new Program(`sgs_${'B'.repeat(43)}`)));
	assert.equal(found.status, 401);
	says(await admin.get(`/s/${SUB}/projects/${project.id}/delete`), /Its sync tokens end\./);
	assert.equal((await admin.post(`/s/${SUB}/projects/${project.id}/delete`, { was: project.name, integrations: 0, collaborators: 0 })).status, 303);
	const [gone, statements] = await statementsOf(() => put(job()));
	assert.equal(bare(gone), bare(unknown));
	assert.deepEqual(statements, wanted);
	assert.equal(sqlValue(`SELECT COUNT(*) FROM sync_token WHERE project_id = ${project.id}`), '0');
});

test('its maker may leave: it goes on, and the page still says who made it', async () => {
	const login = 'flow-sync', password = person(login);

	roleGive(login, SUB, 3);
	const maker = await new Visitor().signIn(login, password);
	const name = newName();
	const answer = await maker.post(page(), { name, days: '30' });
	assert.equal(answer.status, 200, textOf(answer.text));
	const one = new Program(tokenIn(answer));
	roleTake(login);
	sql(`UPDATE account SET disabled_at = 1 WHERE login = ${quote(login)}`);
	json(await put(job('docker hub'), one));
	says(await admin.get(page()), new RegExp(`${name} Made [^.]*by ${login} Has left: may still know it`));
	sql(`UPDATE account SET disabled_at = NULL WHERE login = ${quote(login)}`);
	/* and who is no admin any more makes and revokes none */
	roleGive(login, SUB, 2);
	const member = await new Visitor().signIn(login, password);
	assert.equal((await member.get(page())).status, 403);
	assert.equal((await member.post(page(), { name: newName() })).status, 403);
	const shown = await member.get(`/s/${SUB}/projects/${project.id}`);
	says(shown, /sync token of this project, which admins make/);
	assert.ok(!shown.text.includes(page()));
});

test('a login that looks like a token\'s entry is refused', async () => {
	const site = await as('siteadmin');
	const answer = await site.post('/admin/accounts/new', { login: 'token nightly', name: 'x' });

	assert.equal(answer.status, 422);
	failsAt(answer, 'login', /stands for a sync token in audit trails/);
});

/* --- where it must not stand -------------------------------------------------------------------------- */

/* Logs, and the database as it is stored. */
function* textsKept(folder = VAR) {
	for (const name of readdirSync(folder)) {
		const at = path.join(folder, name), is = statSync(at);
		if (is.isDirectory() && !['bin', 'app', 'keys', 'run'].includes(name))
			yield* textsKept(at);
		else if (is.isFile())
			yield [at, readFileSync(at)];
	}
}

const cmdlines = () => readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((pid) => {
	try {
		return readFileSync(`/proc/${pid}/cmdline`, 'utf8') + readFileSync(`/proc/${pid}/comm`, 'utf8');
	} catch {
		return ''; /* ended meanwhile, or another's */
	}
}).join('\n');

test('in no log, no row, no process list; the name of one that is refused is', async () => {
	await put(job('docker hub'));
	await put('jobs: [');
	await made.program.get(`${API}/account`);
	await put(job(), made.program, api(1));
	await put(job(), new Program(`${made.token}x`));
	await put(job(), new Program(made.token.slice(0, -1)));
	sql('FLUSH TABLES');
	const secret = made.token.slice(4);
	const needles = [secret, secret.slice(0, 20), Buffer.from(secret).toString('base64').slice(4, 40)];
	let read = 0, controls = 0;
	for (const [file, bytes] of textsKept()) {
		for (const needle of needles)
			assert.ok(!bytes.includes(needle), `${file} has it`);
		read++;
		controls += bytes.includes(made.name); /* what is stored is found so */
	}
	assert.ok(read > 5 && controls > 0, `${read} files read, the name is in ${controls}`);
	assert.ok(!cmdlines().includes(secret));
	for (const pid of program('signet-web').workers)
		assert.ok(!readFileSync(`/proc/${pid}/environ`, 'latin1').includes(secret));
});

test('the lines that the page shows for a CI step keep it out of process lists', async () => {
	const home = mkdtempSync(path.join(tmpdir(), 'signet-flow-'));
	const html = (await admin.get(`/s/${SUB}/projects/${project.id}`)).text;
	const lines = (id) => decode(new RegExp(`<pre[^>]* id="${id}"[^>]*>(.*?)</pre>`, 's').exec(html)[1]);
	const real = Object.fromEntries(['curl', 'sed', 'git'].map((name) => [name, execFileSync('which', [name], { encoding: 'utf8' }).trim()]));
	const run = (command) => execFileSync('bash', ['-euo', 'pipefail', '-c', command], { cwd: home, encoding: 'utf8',
		env: { PATH: `${home}/bin:${process.env.PATH}`, HOME: home, SIGNET_TOKEN: made.token } });

	try {
		/* each program that the lines start notes how it was called */
		mkdirSync(path.join(home, 'bin'));
		for (const [name, at] of Object.entries(real))
			writeFileSync(path.join(home, 'bin', name), `#!/bin/sh\ntr '\\0' ' ' < /proc/$$/cmdline >> "$HOME/called"\nexec ${at} "$@"\n`,
				{ mode: 0o755 });
		writeFileSync(path.join(home, 'shippable.yml'), job('docker hub'));
		run('git init -q . && git add shippable.yml');
		assert.equal(JSON.parse(run(lines('ci-all'))).fine, 1);
		assert.equal(JSON.parse(run(lines('ci-one'))).files[0].change, 'same');
		const called = readFileSync(path.join(home, 'called'), 'utf8');
		assert.match(called, /curl .*--fail-with-body.*workflow\?path=shippable\.yml/);
		assert.ok(!called.includes(made.token.slice(4)), 'not in what a process list shows');
	} finally {
		rmSync(home, { recursive: true });
	}
	assert.deepEqual(entry().slice(1, 3), [`token ${made.name}`, 'workflow.sync']);
});
