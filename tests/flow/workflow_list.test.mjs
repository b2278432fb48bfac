/* The workflow files of all projects, for admins: who sends them, what needs somebody, and removing those of
 * projects that are dead. */
import { after, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';

import { sql, sqlValue, throttleClear } from './lib/stack.mjs';
import { as } from './lib/client.mjs';
import { byId, formOf, says, textOf } from './lib/html.mjs';
import { add, cleanUp, jenkins, newName } from './lib/integration.mjs';
import { projectsClear, raise } from './lib/people.mjs';
import { Program } from './lib/program.mjs';

const LIST = '/s/acme/workflow', REMOVE = `${LIST}/remove`;
const DAY = 86400;

let admin, program;

function clear() {
	cleanUp();
	projectsClear();
	raise();
}
before(async () => {
	throttleClear();
	admin = await as('admin');
	program = await Program.of(admin, ['read', 'write', 'workflow']);
});
beforeEach(clear);
after(() => {
	clear();
	sql("DELETE FROM access_token WHERE name LIKE 'flow %'");
	throttleClear();
});

const job = (...names) => `jobs:\n  - name: build\n    type: runSh\n    integrations: ${JSON.stringify(names)}\n`;
const rowOf = (answer, { id }) => {
	const inside = new RegExp(`<tr><td class="name-cell"><a [^>]*href="/s/acme/projects/${id}">.*?</tr>`, 's').exec(answer.text)?.[0];

	return inside && textOf(inside);
};
const state = async (query = '') => JSON.parse((await program.get(`/api/v1/s/acme/workflow${query}`)).text);
const inState = async ({ id }, query) => (await state(query)).projects.find((one) => one.id === id);
const files = ({ id }) => sql(`SELECT path FROM workflow_file WHERE project_id = ${id} ORDER BY path`).flat();
const entries = () => sql(`SELECT object, fields FROM audit WHERE action = 'workflow.remove' ORDER BY at DESC, seq DESC LIMIT 3`);
const remove = (...projects) => admin.get(`${REMOVE}?${projects.map(({ id }) => `project=${id}`).join('&')}`);

async function project(texts = {}) {
	const name = newName(), answer = await admin.post('/s/acme/projects/new', { name });
	const made = { name, id: Number(/\/(\d+)$/.exec(answer.location)[1]) };

	for (const [path, text] of Object.entries(texts))
		assert.equal((await program.send('PUT', `/api/v1/s/acme/projects/${made.id}/workflow?path=${path}`,
			{ body: text, headers: { 'Content-Type': 'application/octet-stream' } })).status, 200);
	return made;
}

test('each project with its files, references, what needs somebody, and who sent them last', async () => {
	const good = await project({ 'a.yml': job('docker hub', 'build-flags'), 'b.yml': job('docker hub') });
	const bad = await project({ 'a.yml': job('docker hub', 'flow none', 'x-${Y}', 'aws-prod') });
	const stale = await project({ 'a.yml': job('docker hub', 'flow none') });
	const none = await project();

	await program.send('PUT', `/api/v1/s/acme/projects/${stale.id}/workflow?path=a.yml`, { body: 'jobs: [', headers: { 'Content-Type': 'application/octet-stream' } });
	const page = await admin.get(`${LIST}?q=flow`);
	assert.equal(page.status, 200);
	assert.match(rowOf(page, good), / 2 3 All resolve just now by Admin of acme \(admin\)$/);
	assert.match(rowOf(page, bad), / 1 4 3 to look at just now by/);
	assert.match(rowOf(page, stale), / 1 2 2 to look at 1 not readable just now/);
	assert.match(rowOf(page, none), / 0 0 Nothing Never$/);
	const all = await state('?q=flow');
	assert.deepEqual([good, bad, stale, none].map(({ id }) => all.projects.find((one) => one.id === id)).map((one) =>
		[one.files, one.references, one.problems, one.unreadable, one.synced_by]), [[2, 3, 0, 0, 'Admin of acme (admin)'],
		[1, 4, 3, 0, 'Admin of acme (admin)'], [1, 2, 2, 1, 'Admin of acme (admin)'], [0, 0, 0, 0, null]]);
	assert.equal(all.total, 4);
	/* the project's page counts the same */
	for (const [one, count] of [[bad, 3], [stale, 2]])
		says(await admin.get(`/s/acme/projects/${one.id}`), new RegExp(`References ${count} to look at`));
	assert.ok((await admin.get('/s/acme/projects')).text.includes(`href="${LIST}"`), 'the list of projects leads there');
	assert.ok(!(await (await as('member')).get('/s/acme/projects')).text.includes(`href="${LIST}"`));
});

test('what needs somebody is what the project\'s page says: the wrong type of a resource, names that differ by a blank', async () => {
	const name = newName();
	await add(admin, 'jenkins', jenkins({ name }));
	const odd = await project({ 'a.yml': `resources:\n- {name: r, type: gitRepo, integration: ${name}}\n`, 'b.yml': job(name, `${name} `, `${name} `) });
	const { problems } = JSON.parse((await program.get(`/api/v1/s/acme/projects/${odd.id}/workflow`)).text);

	assert.equal(problems, 2 + 1);
	assert.equal((await inState(odd)).problems, problems);
	assert.match(rowOf(await admin.get(`${LIST}?q=flow`), odd), /3 to look at/);
});

test('not synced since a day', async () => {
	const old = await project({ 'a.yml': job('docker hub') }), fresh = await project({ 'a.yml': job('docker hub'), 'b.yml': job('build-flags') });
	const now = Math.floor(Date.now() / 1000), day = (at) => new Date(at * 1000).toISOString().slice(0, 10);

	sql(`UPDATE workflow_file SET synced_at = ${now - 40 * DAY} WHERE project_id = ${old.id} OR (project_id = ${fresh.id} AND path = 'a.yml')`);
	const since = day(now - 10 * DAY), page = await admin.get(`${LIST}?q=flow&since=${since}`);
	assert.ok(rowOf(page, old) && !rowOf(page, fresh));
	assert.match(rowOf(page, old), new RegExp(day(now - 40 * DAY)));
	assert.ok(await inState(old, `?since=${since}`) && !(await inState(fresh, `?since=${since}`)));
	assert.ok(!rowOf(await admin.get(`${LIST}?since=${day(now - 50 * DAY)}`), old));
	says(await admin.get(`${LIST}?q=flow&since=1971-01-01`), /No project matches/);
	for (const wrong of ['yesterday', '2026-02-30', '26-1-1']) {
		const answer = await admin.get(`${LIST}?since=${wrong}`);
		assert.equal(answer.status, 422);
		assert.match(byId(answer.text, 'since-error'), /year-month-day/);
		assert.ok(answer.text.includes(`name="since" value="${wrong}"`), 'what was typed stays');
		assert.equal((await program.get(`/api/v1/s/acme/workflow?since=${wrong}`)).status, 422);
	}
});

test('removing: the page says what becomes unused, then the files are gone and can be deleted what they named', async () => {
	const only = await add(admin, 'jenkins', jenkins()), both = await add(admin, 'jenkins', jenkins());
	const nameOf = (id) => sqlValue(`SELECT name FROM integration WHERE id = ${id}`);
	const dead = await project({ 'a.yml': job(nameOf(only), nameOf(both)), 'b.yml': job(nameOf(only), 'x-${Y}') });
	const gone = await project({ 'c.yml': job(nameOf(both)) }), alive = await project({ 'd.yml': job(nameOf(both)) });

	const page = await remove(dead, gone);
	says(page, /forgets 3 workflow files with 5 references, of:/);
	says(page, new RegExp(`1 integration is named nowhere else and can be deleted then: ${nameOf(only)} `));
	for (const { name } of [dead, gone])
		says(page, new RegExp(`${name} , last synced just now by Admin of acme`));
	/* without the one that is alive nothing but these two names it */
	says(await remove(dead, gone, alive), /2 integrations are named nowhere else/);
	assert.equal((await admin.submit(formOf(page.text, REMOVE))).location, LIST);
	says(await admin.get(LIST), /names no integration any more/);
	assert.deepEqual([files(dead), files(gone), files(alive)], [[], [], ['d.yml']]);
	assert.deepEqual(entries().slice(0, 2).map(([object, fields]) => [object, fields]).sort(), [[dead.name, 'all of them'], [gone.name, 'all of them']].sort());
	assert.deepEqual(sql(`SELECT uses FROM name_use WHERE name = '${nameOf(both)}'`), [['1']]);
	assert.match(rowOf(await admin.get(`${LIST}?q=flow`), dead), / 0 0 Nothing Never$/);
	const version = sqlValue(`SELECT version FROM integration WHERE id = ${only}`);
	assert.equal((await admin.post(`/s/acme/integrations/${only}/delete`, { version, confirm: '1' })).status, 303);
});

test('files that came meanwhile are not removed unseen', async () => {
	const dead = await project({ 'a.yml': job('docker hub') });
	const form = formOf((await remove(dead)).text, REMOVE);

	await program.send('PUT', `/api/v1/s/acme/projects/${dead.id}/workflow?path=b.yml`, { body: job('build-flags'), headers: { 'Content-Type': 'application/octet-stream' } });
	const late = await admin.submit(form);
	assert.equal(late.status, 409);
	says(late, /Nothing is removed: files were sent or removed in the meantime/);
	says(late, /forgets 2 workflow files with 2 references/);
	assert.deepEqual(files(dead), ['a.yml', 'b.yml']);
	assert.equal((await admin.submit(formOf(late.text, REMOVE))).status, 303);
	assert.deepEqual(files(dead), []);
	says(await admin.post(REMOVE, { project: dead.id }), /this page first says what it means/);
});

test('nothing chosen, what is not there, and too much', async () => {
	const one = await project({ 'a.yml': job('docker hub') }), empty = await project();

	says(await admin.get(REMOVE), /No files to remove/);
	says(await remove(empty), /No files to remove/);
	says(await admin.get(`${REMOVE}?project=x&project=-1&project=${'9'.repeat(30)}&projec=${one.id}`), /No files to remove/);
	/* another subscription's is not there */
	const far = sqlValue("SELECT p.id FROM project p JOIN subscription s ON s.id = p.subscription_id WHERE s.slug = 'globex' LIMIT 1");
	says(await admin.get(`${REMOVE}?project=${far}`), /No files to remove/);
	assert.equal((await admin.post(REMOVE, { project: far, files: 0, references: 0 })).status, 409);
	const answer = await program.post('/api/v1/s/acme/workflow/remove', { projects: [one.id, Number(far)] });
	assert.equal(answer.status, 409);
	assert.deepEqual(files(one), ['a.yml']);
	assert.equal((await program.post('/api/v1/s/acme/workflow/remove', { projects: Array.from({ length: 101 }, (_, k) => k + 1) })).status, 422);
	const done = await program.post('/api/v1/s/acme/workflow/remove', { projects: [one.id] });
	assert.equal(done.status, 200, done.text);
	assert.deepEqual(files(one), []);
});

test('pages of 25: each project once, the filter kept', async () => {
	sql(`INSERT INTO project (subscription_id, name, created_at) SELECT s.id, CONCAT('flow page ', LPAD(q.seq, 3, '0')), 1 FROM subscription s
		JOIN seq_1_to_60 q WHERE s.slug = 'acme'`);
	const seen = [];
	let next = `/api/v1/s/acme/workflow?q=flow%20page&since=2026-01-01`;

	while (next) {
		const { projects, next: after, total } = JSON.parse((await program.get(next)).text);
		assert.equal(total, 60);
		assert.ok(projects.length <= 25);
		seen.push(...projects.map(({ name }) => name));
		next = after;
	}
	assert.deepEqual(seen, Array.from({ length: 60 }, (_, k) => `flow page ${String(k + 1).padStart(3, '0')}`));
	const page = await admin.get(`${LIST}?q=flow%20page&since=2026-01-01`);
	says(page, /25 of 60 projects/);
	assert.ok(page.text.includes('href="/s/acme/workflow?q=flow+page&amp;since=2026-01-01&amp;after=flow+page+025">Next'));
});

test('deleting a project: its page says what becomes unused', async () => {
	const only = await add(admin, 'jenkins', jenkins()), name = sqlValue(`SELECT name FROM integration WHERE id = ${only}`);
	const dead = await project({ 'a.yml': job(name, 'docker hub'), 'b.yml': 'jobs: []\n' });
	await project({ 'a.yml': job('docker hub') });
	const page = await admin.get(`/s/acme/projects/${dead.id}/delete`);

	says(page, /forgets its 2 workflow files with 2 references/);
	says(page, new RegExp(`1 integration is named nowhere else and can be deleted then: ${name} `));
	says(await admin.get(`/s/acme/integrations/${only}/edit`), /a\.yml :4/);
	assert.equal((await admin.submit(formOf(page.text, `/s/acme/projects/${dead.id}/delete`))).status, 303);
	assert.deepEqual(sql(`SELECT COUNT(*) FROM reference WHERE project_id = ${dead.id}`), [['0']]);
	assert.deepEqual(sql(`SELECT uses FROM name_use WHERE name = '${name}' AND uses > 0`), []);
	const version = sqlValue(`SELECT version FROM integration WHERE id = ${only}`);
	assert.equal((await admin.post(`/s/acme/integrations/${only}/delete`, { version, confirm: '1' })).status, 303);
	const none = await project();
	says(await admin.get(`/s/acme/projects/${none.id}/delete`), /It has sent no workflow file/);
});

test('renaming a project changes nothing of what it names', async () => {
	const one = await project({ 'a.yml': job('docker hub') }), next = newName();
	const before = sql(`SELECT id, path, references_n, synced_at FROM workflow_file WHERE project_id = ${one.id}`);

	assert.equal((await admin.submit(formOf((await admin.get(`/s/acme/projects/${one.id}`)).text, `/s/acme/projects/${one.id}`).set('name', next))).status, 303);
	assert.deepEqual(sql(`SELECT id, path, references_n, synced_at FROM workflow_file WHERE project_id = ${one.id}`), before);
	const hub = sqlValue(`SELECT id FROM integration WHERE name = 'docker hub'`);
	assert.ok(JSON.parse((await program.get(`/api/v1/s/acme/integrations/${hub}/uses`)).text).places.some(({ project: p }) => p.name === next));
});
