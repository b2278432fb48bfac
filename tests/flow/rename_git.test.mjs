/* Diffs of a rename, as git sees them: generated files, our own odd ones and, where they lie beside the
 * checkout, real ones. Each is synced, renamed by its diff with "git apply" alone, and synced again: then
 * everything resolves, and nothing but names has changed. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { ROOT, quote, sql, sqlValue, throttleClear } from './lib/stack.mjs';
import { Visitor, as, encodeParts } from './lib/client.mjs';
import { add, cleanUp, jenkins, newName, projectId } from './lib/integration.mjs';
import { projectsClear, raise } from './lib/people.mjs';
import { Program } from './lib/program.mjs';

const CORPUS = path.join(ROOT, '..', 'shared', 'corpus');
const FILES_MOST = 150;

let admin, reader, sender, home;
const made = [];

before(async () => {
	throttleClear();
	admin = await as('admin');
	reader = await Program.of(admin);
	sender = await Program.of(admin, ['workflow']);
	home = mkdtempSync(path.join(tmpdir(), 'signet-git-'));
});
after(() => {
	rmSync(home, { recursive: true, force: true });
	sql(`DELETE FROM integration WHERE id IN (${[0, ...made].join()})`);
	cleanUp();
	projectsClear();
	sql(`DELETE FROM access_token WHERE name LIKE 'flow %'`);
	raise();
	throttleClear();
});

async function projectMake() {
	const name = newName();

	assert.equal((await admin.post('/s/acme/projects/new', { name })).status, 303);
	return projectId('acme', name);
}

async function integrationMake(name) {
	made.push(await add(admin, 'jenkins', jenkins({ name })));
	return made.at(-1);
}

const api = (id, rest = '') => `/api/v1/s/acme/integrations/${id}/rename${rest}`;

const bearer = () => ({ Authorization: `Bearer ${sender.token}` });

async function syncOne(project, name, body) {
	const answer = await new Visitor().send('PUT', `/api/v1/s/acme/projects/${project}/workflow?path=${encodeURIComponent(name)}`,
		{ body, headers: { 'Content-Type': 'application/octet-stream', ...bearer() } });

	assert.equal(answer.status, 200, answer.text.slice(0, 600));
	return JSON.parse(answer.text);
}

/* files: [path, bytes] of all of them. */
async function sync(project, files) {
	const { type, body } = encodeParts(files.map(([name, file]) => ['file', { name, file }]));
	const answer = await new Visitor().send('PUT', `/api/v1/s/acme/projects/${project}/workflows`,
		{ body, headers: { 'Content-Type': type, ...bearer() } });

	assert.equal(answer.status, 200, answer.text.slice(0, 600));
	return JSON.parse(answer.text);
}

/* What git says, on both ways; as it is for nobody in particular. */
function git(folder, ...args) {
	const done = spawnSync('git', ['-c', 'core.autocrlf=false', '-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args],
		{ cwd: folder, encoding: 'utf8', env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' } });

	assert.equal(done.status, 0, `git ${args[0]}: ${done.stderr.split('\n').filter((line) => line.startsWith('error')).join('\n')}`);
	return `${done.stdout}${done.stderr}`;
}

/* A repository with these files, committed. */
function repository(files) {
	const folder = mkdtempSync(path.join(home, 'repository-'));

	for (const [name, bytes] of files) {
		mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
		writeFileSync(path.join(folder, name), bytes);
	}
	git(folder, 'init', '-q');
	git(folder, 'add', '-A');
	git(folder, 'commit', '-q', '-m', 'before');
	return folder;
}

const rowsOf = (project, name) => sql(`SELECT w.path, r.line, r.kind, r.consumer, r.ref_key FROM workflow_file w
	JOIN reference r ON r.file_id = w.id WHERE w.project_id = ${project} AND r.name = ${quote(name)} AND r.is_dynamic = 0
	ORDER BY w.path, r.n`);

/* What somebody would do: the diff of a project from the page's address, git apply, the rename, a sync. */
async function renameByDiff(files, from, to, { one = false } = {}) {
	const id = await integrationMake(from);
	const project = await projectMake();
	const folder = repository(files);

	const syncAll = async (all) => {
		for (const [name, bytes] of one ? all : [])
			await syncOne(project, name, bytes);
		if (!one)
			await sync(project, all);
	};
	await syncAll(files);
	const before = rowsOf(project, from);
	assert.ok(before.length > 0, 'something is named');
	const what = JSON.parse((await reader.get(`${api(id)}?name=${encodeURIComponent(to)}`)).text);
	assert.equal(what.total, before.length);
	const answer = await reader.get(`/api/v1${what.diffs[0].diff.slice('/api/v1'.length)}`);
	assert.equal(answer.status, 200, answer.text);
	assert.equal(answer.header('content-type'), 'text/x-diff; charset=utf-8');
	const file = path.join(home, 'rename.diff');
	writeFileSync(file, answer.bytes);
	const said = git(folder, 'apply', '--check', '-v', file);
	git(folder, 'apply', file);
	const changed = git(folder, 'diff', '--numstat', '-z').split('\0').filter(Boolean).map((row) => row.split('\t'));
	for (const [plus, minus, name] of changed)
		assert.equal(plus, minus, `${name}: as many lines as before`);
	const renamed = await reader.post(api(id), { name: to, again: to });
	assert.equal(renamed.status, 200, renamed.text);
	const now = files.map(([name]) => [name, readFileSync(path.join(folder, name))]);
	await syncAll(now);
	assert.deepEqual(rowsOf(project, to), before, 'the same places have the new name');
	assert.equal(rowsOf(project, from).length, 0, 'nothing has the old one');
	for (const [k, [name, bytes]] of files.entries()) {
		const count = (text, part) => text.toString('latin1').split(part).length;

		assert.equal(count(now[k][1], '\n'), count(bytes, '\n'), `${name}: lines`);
		assert.equal(count(now[k][1], '\r\n'), count(bytes, '\r\n'), `${name}: line ends`);
		assert.equal(now[k][1].at(-1) === 10, bytes.at(-1) === 10, `${name}: its end`);
	}
	return { said, changed, diff: answer.text };
}

/* --- generated ---------------------------------------------------------------------------------------- */

/* The same numbers each time. */
function dice(seed) {
	let state = seed;

	return (n) => {
		state = (Math.imul(state, 1103515245) + 12345) >>> 0;
		return Math.floor(state / 65536) % n;
	};
}

/* Ways to write a name as a scalar; the plain one where the name allows it. */
const scalars = (name) => [JSON.stringify(name), `'${name.replaceAll("'", "''")}'`, ...(/^[a-z][\w./-]*$/i.test(name) ? [name, name] : []),
	...(/^[\w ./ÄÖäöüß€-]+$/u.test(name) ? [name] : [])];

/* Parts of a file, as lines; `s()` writes the name. */
const PARTS = [
	(s, k) => [`  - name: r${k}`, '    type: gitRepo', `    integration: ${s()}`],
	(s, k) => [`  - { name: r${k}, integration: ${s()}, type: gitRepo }`],
	(s, k) => [`  - {"name":"r${k}","integration":${s()},"type":"gitRepo"}   # and why`],
	(s, k) => [`  - name: r${k}`, `    integration: ${s()}# no comment`.replace(/# no comment$/, '   # a comment'), '', '    # more', '    type: image'],
	(s, k) => [`  - name: r${k}`, '    configuration:', `      integrationName: ${s()}`, `      bastionIntegrationName: ${s()}`],
	(s, k) => [`  - name: r${k}`, `    integration: &a${k} ${s()}`, `  - {name: again${k}, integration: *a${k}}`, `  - name: third${k}`, `    integration: *a${k}  # by an alias`],
	(s, k) => [`  - &m${k}`, `    name: base${k}`, `    integration: ${s()}`, `  - <<: *m${k}`, `    name: merged${k}`, `  - {<<: *m${k}, name: flow${k}}`],
	(s, k) => [`  - name: r${k}`, '    type: other', `    integration: someone else ${k}`, '    filler: |', ...Array.from({ length: 1 + k % 9 }, (_, n) => `      text ${n}`)],
	(s, k) => [`  - name: "häßlich ${k} €"`, `    integration: ${s()}`],
	(s, k) => [`  - name: r${k}`, `    integration: !!str ${s()}`],
	/* a line of which Signet keeps the beginning alone: no context on that side */
	(s, k) => [`  - name: r${k}`, `    # ${'x'.repeat(2100)}`, `    integration: ${s()}`, '    type:\tlast'],
];
const JOBS = [
	(s, k) => [`  - name: j${k}`, '    type: runSh', `    integrations: [${s()}, other, ${s()}]`],
	(s, k) => [`  - name: j${k}`, '    integrations:', `      - ${s()}`, '      - other', `      - ${s()}`],
	(s, k) => [`  - name: j${k}`, '    integrations:', `      - {name: ${s()}}`, `      - integrationName: ${s()}`],
	(s, k) => [`  - {name: j${k}, integrations: [`, `      ${s()},`, `      ${s()}`, '    ]}'],
	(s, k) => [`  - name: j${k}`, `    integration: ${s()}`, `    integrations: ${s()}`],
];

function fileOf(roll, name) {
	const pick = (list) => list[roll(list.length)];
	const s = () => pick(scalars(name));
	const some = (parts, n) => Array.from({ length: n }, (_, k) => pick(parts)(s, k)).flat();
	const sections = [['resources:', ...some(PARTS, roll(7))], ['jobs:', ...some(JOBS, 1 + roll(4))]];
	const ci = [['integrations:', '  hub:', `    - integrationName: ${s()}`, '      type: dockerRegistryLogin'], ['# nothing here', '']];
	const lines = [...pick([[], ['---'], [`# häß ${roll(9)}`, ''], ['language: c']]), ...pick(ci), ...(roll(2) ? sections : sections.reverse()).flat()];
	const end = pick(['\n', '\n', '\r\n']);

	/* half of them end in the midst of a line, so that a name may be the last there is */
	return Buffer.from(`${roll(8) ? '' : '\ufeff'}${lines.join(end)}${roll(2) ? end : ''}`);
}

const NAMES = [
	['flow_hub-1.a/b', 'flow_hub-2'],
	['flow docker hub', 'flow_hub'],
	['flow_git', "flow it's \"quoted\" \\ and: #odd, [x] {y}"],
	['flow ÄÖ € ß', 'flow 漢字 🔑'],
	['flow_plain', 'yes'],
];

for (const [k, [from, to]] of NAMES.entries()) {
	test(`${FILES_MOST} generated files: from ${from} to ${to}`, async () => {
		const roll = dice(k + 1);
		const files = Array.from({ length: FILES_MOST }, (_, n) => [`ci/${n % 7}/file ${n}.yml`, fileOf(roll, from)]);
		const { changed, said } = await renameByDiff(files, from, to);

		assert.ok(changed.length > FILES_MOST / 2, `${changed.length} files changed`);
		assert.equal(said.match(/^Checking patch/gm).length, changed.length);
	});
}

test('paths that git quotes, blanks and what looks like a date among them', async () => {
	const text = (k) => Buffer.from(`jobs:\n  - name: j${k}\n    integration: flow_paths\n`);
	const paths = ['a b.yml', 'ä/ß €.yml', 'a "quoted" one.yml', "it's.yml", 'x 2020-01-01 10:00:00.yml', 'a\'b"c d.yml', '+++ b.yml', '#1.yml', '🔑.yml'];
	const { diff, changed } = await renameByDiff(paths.map((name, k) => [name, text(k)]), 'flow_paths', 'flow_path', { one: true });

	assert.deepEqual(changed.map((row) => row[2]).sort(), [...paths].sort());
	assert.ok(diff.includes('--- "a/\\303\\244/\\303\\237 \\342\\202\\254.yml"\t\n') && diff.includes('+++ b/a b.yml\t\n'), diff);
});

test('one file alone; the file that is downloaded has the project\'s name', async () => {
	const id = await integrationMake('flow_single'), project = await projectMake();

	await sync(project, ['a.yml', 'b.yml'].map((name) => [name, Buffer.from('jobs:\n- {name: j, integration: flow_single}\n')]));
	const [fileId] = sql(`SELECT id FROM workflow_file WHERE project_id = ${project} AND path = 'b.yml'`)[0];
	const at = `${api(id, '/diff')}?project=${project}&name=flow_solo`;
	const one = await reader.get(`${at}&file=${fileId}`);
	assert.equal(one.text, 'diff --git a/b.yml b/b.yml\n--- a/b.yml\n+++ b/b.yml\n@@ -1,2 +1,2 @@\n jobs:\n' +
		'-- {name: j, integration: flow_single}\n+- {name: j, integration: flow_solo}\n');
	const name = sqlValue(`SELECT name FROM project WHERE id = ${project}`);
	assert.equal(one.header('content-disposition'), `attachment; filename="${name.replace(' ', '-')}.diff"`);
	assert.ok((await reader.get(at)).text.includes('a/a.yml'));
	/* the page has the same file */
	assert.equal((await admin.get(`${at.replace('/api/v1', '')}&file=${fileId}`)).text, one.text);
	for (const wrong of [`${at}&file=1`, `${at}&file=x`, at.replace(project, projectId('acme', 'web')), at.replace(project, '999999')])
		assert.equal((await reader.get(wrong)).status, 404, wrong);
	assert.equal((await reader.get(at.replace('flow_solo', ''))).status, 400);
	assert.equal((await reader.get(at.replace('flow_solo', 'a%01b'))).status, 400);
});

/* --- by hand ------------------------------------------------------------------------------------------ */

const LONG = `# ${'x'.repeat(2500)}`;
const HAND = [
	['a name over several lines', 'jobs:\n- {name: j, integration: "flow\n  hand"}\n', /several lines/],
	['a block scalar', 'jobs:\n- name: j\n  integration: >-\n    flow\n    hand\n', /several lines/],
	['an anchor of the templates file', 'jobs:\n- name: j\n  <<: *shared\n', /anchor in shippable\.templates\.yml/],
	['a file that is not UTF-8', Buffer.from('\ufeffjobs:\n- {name: j, integration: flow hand}\n', 'utf16le'), /not UTF-8/],
	['a line that is too long', `jobs:\n- {name: j, integration: flow hand} ${LONG}\nx: y\n`, /Its line is too long/],
	['a line before one that is too long', `jobs:\n- {name: j, integration: flow hand}\n${LONG}\nx: y\n`, /line after it is too long/],
];

test('what no diff can change is listed with the reason, and noted in the diff of the rest', async () => {
	const id = await integrationMake('flow hand'), project = await projectMake();
	const files = [['shippable.templates.yml', 'shared: &shared\n  integration: flow hand\n'],
		...HAND.map(([, bytes], k) => [`${k}.yml`, Buffer.from(bytes)])];

	await sync(project, files.map(([name, bytes]) => [name, Buffer.from(bytes)]));
	const read = async () => JSON.parse((await reader.get(`${api(id)}?name=flow_x`)).text);
	const shown = await admin.get(`${api(id).replace('/api/v1', '')}?name=flow_x`);
	const { places, diffs } = await read();
	assert.equal(places.length, HAND.length);
	for (const [k, [what, , why]] of HAND.entries()) {
		assert.match(places[k].by_hand, why, what);
		assert.ok(shown.text.includes(places[k].by_hand), what);
	}
	assert.ok(!shown.text.includes('Diff of'), 'there is none to download');
	const none = await reader.get(diffs[0].diff);
	assert.equal(none.status, 409);
	assert.match(JSON.parse(none.text).detail, /change them by hand/);
	/* with one that can be changed beside them */
	await syncOne(project, 'good.yml', 'jobs:\n- {name: j, integration: flow hand}\n');
	const diff = (await reader.get((await read()).diffs[0].diff)).text;
	assert.equal(diff.match(/^# By hand: \d\.yml:\d+: .*\.$/gm).length, HAND.length, diff);
	const folder = repository([['good.yml', 'jobs:\n- {name: j, integration: flow hand}\n']]);
	writeFileSync(path.join(folder, 'x.diff'), diff);
	git(folder, 'apply', 'x.diff');
	assert.equal(readFileSync(path.join(folder, 'good.yml'), 'utf8'), 'jobs:\n- {name: j, integration: flow_x}\n');
});

/* --- real ones ---------------------------------------------------------------------------------------- */

/* One name after the other becomes that of one integration, by ?was=, until all places have it. */
async function renameAll(files) {
	const to = `flow_real_${made.length}`, id = await integrationMake(to), project = await projectMake();
	const folder = repository(files);
	const now = () => files.map(([name]) => [name, readFileSync(path.join(folder, name))]);
	const names = () => sql(`SELECT DISTINCT name FROM reference WHERE project_id = ${project} AND is_dynamic = 0
		AND name <> '${to}'`).flat();

	await sync(project, files);
	const total = Number(sqlValue(`SELECT COUNT(*) FROM reference WHERE project_id = ${project} AND is_dynamic = 0`));
	const spotless = Number(sqlValue(`SELECT COUNT(*) FROM reference WHERE project_id = ${project} AND is_dynamic = 0 AND spot_line = 0`));
	let hand = 0;
	for (const name of names()) {
		const was = `was=${encodeURIComponent(name)}`;
		let at = `${api(id)}?${was}`;
		for (let answer; at; at = answer.next) {
			answer = JSON.parse((await reader.get(at)).text);
			hand += answer.places.filter((place) => place.by_hand).length;
		}
		const diff = await reader.get(`${api(id, '/diff')}?project=${project}&${was}`);
		if (diff.status === 409)
			continue;
		writeFileSync(path.join(home, 'one.diff'), diff.bytes);
		git(folder, 'apply', path.join(home, 'one.diff'));
		await sync(project, now());
	}
	assert.equal(Number(sqlValue(`SELECT COUNT(*) FROM reference WHERE project_id = ${project} AND name = '${to}'`)), total - hand);
	assert.equal(Number(sqlValue(`SELECT COUNT(*) FROM workflow_file WHERE project_id = ${project} AND fault <> ''`)),
		Number(sqlValue(`SELECT COUNT(*) FROM workflow_file WHERE project_id = ${project} AND read_at = 0`)), 'none was broken');
	return { total, hand, spotless };
}

function filesBelow(folder) {
	return spawnSync('find', ['.', '-type', 'f'], { cwd: folder, encoding: 'utf8' }).stdout.split('\n').filter(Boolean).sort()
		.map((name) => [name.slice(2), readFileSync(path.join(folder, name))]);
}

test('our own odd files', async () => {
	const { total, hand, spotless } = await renameAll(filesBelow(path.join(ROOT, 'tests', 'ref', 'files')));

	assert.ok(total > 20 && spotless < total / 2, `${spotless} of ${total} have no spot`);
	assert.equal(hand, spotless, 'only those are changed by hand');
});

test('real files, if they lie beside the checkout', async () => {
	if (!existsSync(CORPUS))
		return;
	const { total, hand } = await renameAll(filesBelow(CORPUS));

	assert.ok(total > 100 && hand < total / 20, `${hand} of ${total} by hand`);
});
