/* On a project's page each reference stands with its line as the file has it. */
import { after, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';

import { sql, throttleClear } from './lib/stack.mjs';
import { as } from './lib/client.mjs';
import { decode } from './lib/html.mjs';
import { newName } from './lib/integration.mjs';
import { Program } from './lib/program.mjs';
import { projectsClear } from './lib/people.mjs';

let admin, sender, project;

before(async () => {
	throttleClear();
	admin = await as('admin');
	sender = await Program.of(admin, ['workflow']);
});
beforeEach(async () => {
	const answer = await admin.post('/s/acme/projects/new', { name: newName() });

	project = Number(/\/(\d+)$/.exec(answer.location)[1]);
});
after(() => {
	projectsClear();
	sql(`DELETE FROM access_token WHERE name LIKE 'flow %'`);
	throttleClear();
});

const send = (text, path = 'a.yml') => sender.send('PUT', `/api/v1/s/acme/projects/${project}/workflow?path=${path}`,
	{ body: text, headers: { 'Content-Type': 'application/octet-stream' } });
const raw = (html) => decode(html.replace(/<[^>]*>/g, ''));

/* name: [[number, text, marked, "here", "gap"]...] of the page, in its order */
async function shown(query = '') {
	const { text } = await admin.get(`/s/acme/projects/${project}${query}`);

	return [...text.matchAll(/<li class="list-group-item reference">(.*?)<\/li>/gs)].map(([, item]) => [raw(/<bdi>(.*?)<\/bdi>/.exec(item)[1]),
		[...item.matchAll(/<span class="code-line([^"]*)"><span class="code-number">(\d+)<\/span><span>(.*?)<\/span><\/span>/gs)]
			.map(([, classes, number, inside]) => [Number(number), raw(inside), raw(/<mark>(.*?)<\/mark>/s.exec(inside)?.[1] ?? ''),
				classes.trim()])]);
}
const one = async (name) => (await shown()).find(([found]) => found === name)[1];

test('the line, one above and one below; the name is marked', async () => {
	await send('jobs:\n  - name: build\n    type: runSh\n    integrations: [docker hub, "no <b> such"]\n    steps:\n      - IN: x\n');
	assert.deepEqual(await shown(), ['no <b> such', 'docker hub'].map((name, k) => [name, [[3, '    type: runSh', '', ''],
		[4, '    integrations: [docker hub, "no <b> such"]', k ? 'docker hub' : '"no <b> such"', 'code-here'],
		[5, '    steps:', '', '']]]));
});

test('at the first and at the last line there is less', async () => {
	await send('jobs: [{name: a, type: runSh, integrations: [docker hub]}]');
	assert.deepEqual(await one('docker hub'), [[1, 'jobs: [{name: a, type: runSh, integrations: [docker hub]}]', 'docker hub', 'code-here']]);
});

test('by an alias: the alias in its line, and the name where the anchor has it', async () => {
	await send('x: &names\n  - build-flags\n\njobs:\n  - name: one\n    type: runSh\n    integrations: *names\n');
	assert.deepEqual(await one('build-flags'), [[2, '  - build-flags', 'build-flags', ''], [6, '    type: runSh', '', 'code-gap'],
		[7, '    integrations: *names', '*names', 'code-here']]);
	await send('jobs:\n  - {name: one, type: runSh, integrations: &n [build-flags]}\n  - name: two\n    type: runSh\n    integrations: *n\n');
	assert.deepEqual((await shown()).map(([, lines]) => lines.filter(([, , marked]) => marked).map(([number, , marked]) => [number, marked])),
		[[[2, 'build-flags']], [[2, 'build-flags'], [5, '*n']]]);
});

test('carriage returns end lines and are not shown; what nobody sees is', async () => {
	await send('jobs:\r\n  - name: one\r\n    integrations: ["a\u202eb"] # x\u200ey\r\n    type: runSh\r\n');
	assert.deepEqual(await one('a\\u202Eb'), [[2, '  - name: one', '', ''],
		[3, '    integrations: ["a\\u202Eb"] # x\\u200Ey', '"a\\u202Eb"', 'code-here'], [4, '    type: runSh', '', '']]);
});

test('of a long line the part around the name', async () => {
	const names = Array.from({ length: 140 }, (_, k) => `\u00fc-integration-${k}`);
	await send(`jobs:\n  - {name: one, type: runSh, integrations: [${names.join(', ')}]}\n`);
	const all = await shown(), [, text, marked] = (await one('\u00fc-integration-40')).find(([number]) => number === 2);

	assert.equal(all.length, 50);
	assert.equal(marked, '\u00fc-integration-40');
	assert.match(text, /^\u2026.{120,180}\u00fc-integration-40.{120,180}\u2026$/u);
	for (const [name, lines] of all)
		assert.ok(lines.length === 2 && !JSON.stringify(lines).includes('\ufffd'), name);
	/* behind what is kept of it */
	const last = (await shown('?from=100')).at(-1);
	assert.deepEqual([last[0], last[1][1][2]], ['\u00fc-integration-139', '']);
	assert.match(last[1][1][1], /^\u2026.*\u2026$/u);
});

test('a variable, and a name over several lines: the line is there all the same', async () => {
	await send('jobs:\n  - name: one\n    type: runSh\n    integrations:\n      - x-${BRANCH}\n      - "docker\n        hub"\n');
	assert.deepEqual((await one('x-${BRANCH}'))[1], [5, '      - x-${BRANCH}', 'x-${BRANCH}', 'code-here']);
	assert.deepEqual((await one('docker hub'))[1], [6, '      - "docker', '"docker', 'code-here']);
});

test('of a file that cannot be read any more: the lines of before', async () => {
	await send('jobs:\n  - {name: one, type: runSh, integrations: [docker hub]}\n');
	await send('jobs: [\n');
	assert.deepEqual((await one('docker hub'))[1].slice(2), ['docker hub', 'code-here']);
});
