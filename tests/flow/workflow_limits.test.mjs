/* Workflow files at their limits: too large, too many, two syncs at once, a project that goes meanwhile. */
import { after, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';

import { sql, sqlValue, throttleClear } from './lib/stack.mjs';
import { as, encodeParts } from './lib/client.mjs';
import { decode } from './lib/html.mjs';
import { failsAt, newName } from './lib/integration.mjs';
import { projectsClear, raise } from './lib/people.mjs';
import { Program } from './lib/program.mjs';

const ROUNDS = 12, AT_ONCE = 6, MIB = 1 << 20;

let admin, programs, project;

const api = () => `/api/v1/s/acme/projects/${project}`;
const page = () => `/s/acme/projects/${project}`;
const jobs = (names) => `jobs:\n${names.map((name, k) => `- {name: j${k}, type: runSh, integrations: [${name}]}\n`).join('')}`;
const some = (n, what) => Array.from({ length: n }, (_, k) => `${what}${k}`);
const send = (files, one = programs[0]) => {
	const { type, body } = encodeParts(Object.entries(files).map(([name, file]) => ['file', { name, file }]));
	return one.send('PUT', `${api()}/workflows`, { body: body.toString('latin1'), headers: { 'Content-Type': type } });
};
const put = (name, text, one = programs[0]) => one.send('PUT', `${api()}/workflow?path=${encodeURIComponent(name)}`,
	{ body: text, headers: { 'Content-Type': 'application/octet-stream' } });
const errorOf = (answer, status) => {
	assert.equal(answer.status, status, answer.text.slice(0, 300));
	const { detail, errors = [] } = JSON.parse(answer.text);
	return [detail, ...errors.map(({ message }) => message)].join(' ');
};
const names = () => sql(`SELECT r.name FROM workflow_file w JOIN reference r ON r.file_id = w.id WHERE w.project_id = ${project}
	ORDER BY w.path, r.n`).map(([name]) => name);
const left = () => sqlValue(`SELECT (SELECT COUNT(*) FROM workflow_file WHERE project_id = ${project})
	+ (SELECT COUNT(*) FROM reference WHERE project_id = ${project})`);

before(async () => {
	throttleClear();
	admin = await as('admin');
	programs = [];
	for (let k = 0; k < AT_ONCE; k++)
		programs.push(await Program.of(admin, ['workflow']));
});
beforeEach(async () => {
	const answer = await admin.post('/s/acme/projects/new', { name: newName() });

	project = Number(/\/(\d+)$/.exec(answer.location)[1]);
});
after(() => {
	projectsClear();
	sql(`DELETE FROM access_token WHERE name LIKE 'flow %'`);
	raise();
	throttleClear();
});

test('1 MiB a file: to programs, in a paste and as a chosen file', async () => {
	const whole = '# '.padEnd(MIB - 1, 'x') + '\n';

	assert.equal((await put('a.yml', whole)).status, 200);
	assert.match(errorOf(await put('a.yml', `${whole}x`), 413), /at most 1048576 bytes/);
	assert.match(errorOf(await send({ 'a.yml': `${whole}x`, 'b.yml': '' }), 422), /a\.yml is too large/);
	const paste = await admin.post(`${page()}/workflow`, { path: 'b.yml', text: `${whole}x` });
	failsAt(paste, 'text', /1048576|too long/);
	assert.equal(decode(/id="path" name="path" value="([^"]*)"/.exec(paste.text)[1]), 'b.yml');
	const { type, body } = encodeParts([['csrf', await admin.csrf()], ['file', { name: 'b.yml', file: `${whole}x` }]]);
	failsAt(await admin.send('POST', `${page()}/workflow`, { body, headers: { 'Content-Type': type, Origin: admin.origin } }), 'file',
		/b\.yml is too large/);
	assert.deepEqual(sql(`SELECT path, size FROM workflow_file WHERE project_id = ${project}`), [['a.yml', String(MIB)]]);
});

test('200 files a project: sent together, or one by one', async () => {
	const files = Object.fromEntries(some(200, 'f').map((name) => [`${name}.yml`, '']));

	assert.match(errorOf(await send({ ...files, 'more.yml': '' }), 422), /at most 200 workflow files/);
	assert.equal(left(), '0');
	assert.equal((await send(files)).status, 200);
	assert.match(errorOf(await put('more.yml', ''), 422), /at most 200 workflow files/);
	failsAt(await admin.post(`${page()}/workflow`, { path: 'more.yml', text: '# x' }), 'file', /at most 200 workflow files/);
	/* in the place of one, and as one that is there, it fits */
	assert.equal((await put('f0.yml', '# other')).status, 200);
	assert.equal((await programs[0].send('DELETE', `${api()}/workflow?path=f1.yml`)).status, 204);
	assert.equal((await put('more.yml', '')).status, 200);
	assert.equal(left(), '200');
});

test('10,000 references a project: what would be too many changes nothing', async () => {
	assert.equal((await put('a.yml', jobs(some(6000, 'a')))).status, 200);
	assert.match(errorOf(await put('b.yml', jobs(some(4001, 'b'))), 422), /at most 10000 places/);
	failsAt(await admin.post(`${page()}/workflow`, { path: 'b.yml', text: jobs(some(4001, 'b')) }), 'file', /at most 10000 places/);
	assert.equal((await put('b.yml', jobs(some(4000, 'b')))).status, 200);
	assert.match(errorOf(await put('a.yml', jobs(some(6001, 'c'))), 422), /at most 10000 places/);
	assert.deepEqual([names().length, names()[0]], [10000, 'a0']);
	assert.equal((await send({ 'a.yml': jobs(some(10000, 'd')) })).status, 200);
	/* more than that in one file is the file's fault */
	const answer = JSON.parse((await send({ 'a.yml': jobs(some(10001, 'e')) })).text);
	assert.match(answer.files[0].fault.message, /more than 10000 references/);
	assert.deepEqual([names().length, names()[0]], [10000, 'd0']);
});

test('syncs of one project at once: each is whole, the last one stays', async () => {
	const mine = (k, round) => some(20, `p${k}-${round}-`);

	for (let round = 0; round < ROUNDS; round++) {
		const before = Number(sqlValue(`SELECT COUNT(*) FROM audit WHERE action = 'workflow.sync' AND object_id = ${project}`));
		const answers = await Promise.all(programs.map((one, k) =>
			send({ 'a.yml': jobs(mine(k, round)), [`own-${k}.yml`]: jobs([`own-${k}`]) }, one)));
		const stored = names();

		assert.deepEqual(answers.map(({ status }) => status), programs.map(() => 200), `round ${round}`);
		/* the same one's files throughout */
		const winner = Number(/^p(\d+)-/.exec(stored[0])[1]);
		assert.deepEqual(stored, [...mine(winner, round), `own-${winner}`]);
		/* what each was told of is what it sent */
		answers.forEach((answer, k) => assert.deepEqual(JSON.parse(answer.text).files.map(({ path }) => path), ['a.yml', `own-${k}.yml`]));
		assert.equal(Number(sqlValue(`SELECT COUNT(*) FROM audit WHERE action = 'workflow.sync' AND object_id = ${project}`)), before + AT_ONCE);
	}
});

test('single files of one project at once: none is lost', async () => {
	for (let round = 0; round < ROUNDS; round++) {
		const answers = await Promise.all(programs.map((one, k) => put(`f${k}.yml`, jobs([`r${round}`, `f${k}`]), one)));

		assert.deepEqual(answers.map(({ status }) => status), programs.map(() => 200));
		assert.deepEqual(names(), programs.flatMap((_, k) => [`r${round}`, `f${k}`]));
	}
});

test('a sync of a project that is being deleted: done before, or not found; nothing stays', async () => {
	for (let round = 0; round < 3 * ROUNDS; round++) {
		const name = newName();
		const made = await admin.post('/s/acme/projects/new', { name });
		project = Number(/\/(\d+)$/.exec(made.location)[1]);
		const form = await admin.form(`${page()}/delete`);
		const acts = programs.map((one, k) => () => (k % 2 ? put(`${k}.yml`, jobs(['team-slack']), one)
			: send({ 'a.yml': jobs(some(50, 'n')) }, one)));
		/* before all of them, after one, after two ... */
		acts.splice(round % (AT_ONCE + 1), 0, () => admin.submit(form));
		const answers = await Promise.all(acts.map((act) => act()));
		const [deleted] = answers.splice(round % (AT_ONCE + 1), 1);

		assert.equal(deleted.status, 303);
		for (const { status, text } of answers)
			assert.ok([200, 404].includes(status), `${status}: ${text.slice(0, 200)}`);
		assert.equal(left(), '0');
		assert.equal((await put('late.yml', '')).status, 404);
	}
});
