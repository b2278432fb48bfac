/* signet lint against Signet itself: what is found, how it is told, and that nothing is stored. */
import { after, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { sql, sqlValue, throttleClear } from './lib/stack.mjs';
import { as, encodeParts } from './lib/client.mjs';
import { add, cleanUp, jenkins, newName } from './lib/integration.mjs';
import { lint, sarifFaults } from './lib/lint.mjs';
import { projectsClear, raise } from './lib/people.mjs';
import { Program, tokenId } from './lib/program.mjs';

let admin, program, project, home;

const job = (...names) => `jobs:\n  - name: build\n    type: runSh\n    integrations:\n${names.map((name) => `      - ${JSON.stringify(name)}\n`).join('')}`;

before(async () => {
	throttleClear();
	admin = await as('admin');
	program = await Program.of(admin, ['workflow']);
	home = mkdtempSync(path.join(tmpdir(), 'signet-lint-'));
});
beforeEach(async () => {
	const name = newName('web / ');
	const answer = await admin.post('/s/acme/projects/new', { name });

	project = { name, id: Number(/\/(\d+)$/.exec(answer.location)[1]) };
});
after(() => {
	rmSync(home, { recursive: true });
	cleanUp();
	projectsClear();
	sql(`DELETE FROM access_token WHERE name LIKE 'flow %'`);
	raise();
	throttleClear();
});

/* Writes the files and asks about them, by their names unless others are given. */
function ask(files, args = Object.keys(files), more = {}) {
	for (const [name, text] of Object.entries(files)) {
		mkdirSync(path.dirname(path.join(home, name)), { recursive: true });
		writeFileSync(path.join(home, name), text);
	}
	return lint(args, { token: program.token, project: `acme/${project.name}`, cwd: home, ...more });
}

async function asked(files, options = [], status = 1) {
	const result = await ask(files, [...options, '--format', 'json', ...Object.keys(files)]);

	assert.equal(result.status, status, result.err + result.out);
	return JSON.parse(result.out);
}

const kept = () => Number(sqlValue(`SELECT (SELECT COUNT(*) FROM workflow_file) + (SELECT COUNT(*) FROM reference) + (SELECT COUNT(*) FROM audit)`));

test('each reason, in lines: where, which, and what to do; nothing is stored', async () => {
	const off = newName('off '), id = await add(admin, 'jenkins', jenkins({ name: off }));
	await admin.post(`/s/acme/integrations/${id}/disable`, { reason: 'broken' });
	const count = kept();
	const { status, out, err } = await ask({
		'shippable.yml': job('docker hub', 'docker-hub', 'nothing like it', off, 'aws-prod', 'x-${BRANCH}'),
		'ci/ä.yml': 'resources:\n  - {name: ä, type: gitRepo, integration: aws-staging}\n',
		'broken.yml': 'jobs:\n  - name: "x\n    no end\n',
	});

	assert.equal(status, 1);
	assert.deepEqual(out.split('\n').slice(0, 7).map((line) => line.split(': ').slice(0, 3).join(': ')), [
		'shippable.yml:6:9: missing: docker-hub', 'shippable.yml:7:9: missing: nothing like it', `shippable.yml:8:9: disabled: ${off}`,
		'shippable.yml:9:9: denied: aws-prod', 'shippable.yml:10:9: dynamic: x-${BRANCH}', 'ci/ä.yml:2:43: wrong-type: aws-staging',
		out.split('\n')[6].split(': ').slice(0, 3).join(': ')]);
	assert.match(out, /^shippable\.yml:6:9: missing: docker-hub: No integration has this name\. Did you mean "docker hub"\?$/m);
	assert.match(out, /^ci\/ä\.yml:2:43: wrong-type: aws-staging: .*gitRepo.*\.$/m);
	assert.match(out, /^broken\.yml:\d+:\d+: unreadable: [A-Z].*\.$/m);
	assert.equal(err, 'signet lint: 7 places in 3 files; 6 to mend (2 missing, 1 disabled, 1 denied, 1 wrong-type, 1 unreadable); 1 to know (1 dynamic).\n');
	assert.equal(kept(), count);
});

test('what is fine: no line, exit status 0', async () => {
	const { status, out, err } = await ask({ 'a.yml': job('docker hub', 'team-slack'), 'nothing.yml': '', 'b.yml': 'language: c\n' });

	assert.deepEqual([status, out, err], [0, '', 'signet lint: 2 places in 3 files, all fine.\n']);
	const none = await ask({ 'b.yml': 'language: c\n' });
	assert.deepEqual([none.status, none.out, none.err], [0, '', 'signet lint: nothing in 1 file names an integration.\n']);
});

test('it says what a sync of the same files says', async () => {
	const files = { 'a.yml': job('docker hub', 'docker-hub', 'aws-prod', '$x'), 'ci/b.yml': job('gone', 'team-slack') };
	const { findings, references, fine } = await asked(files);
	const { type, body } = encodeParts(Object.entries(files).map(([name, file]) => ['file', { name, file }]));
	const synced = JSON.parse((await program.send('PUT', `/api/v1/s/acme/projects/${project.id}/workflows`,
		{ body: body.toString('latin1'), headers: { 'Content-Type': type } })).text);
	const row = ({ line, column, kind, consumer, key, name, reason, state, did_you_mean: meant, integration }) =>
		[line, column, kind, consumer, key, name, reason, state, meant, integration];
	const sorted = (list) => list.map(String).sort();

	assert.deepEqual([references, fine], [synced.references, synced.fine]);
	assert.equal(findings.length, 4);
	assert.deepEqual(sorted(findings.map((one) => [one.file, one.advice, ...row(one)])),
		sorted(synced.problems.map((one) => [one.path, one.message, ...row(one)])));
});

test('--fail-on: which findings fail the run', async () => {
	const files = { 'a.yml': job('docker-hub', '$x') };

	for (const [value, status] of [[null, 1], ['none', 0], ['all', 1], ['missing', 1], ['dynamic', 1], ['denied', 0], ['denied, dynamic', 1]])
		assert.equal((await ask(files, [...(value === null ? [] : ['--fail-on', value]), 'a.yml'])).status, status, value);
	assert.equal((await ask({ 'b.yml': job('$x') })).status, 0);
	assert.equal((await ask({ 'b.yml': 'a: [' }, ['--fail-on', 'none', 'b.yml'])).status, 1);
	const { findings, failing } = await asked(files, ['--fail-on', 'dynamic']);
	assert.deepEqual([findings.map(({ fails }) => fails), failing], [[false, true], 1]);
});

test('anchors: of a templates file among the files, or of --templates', async () => {
	const use = 'jobs:\n  - {name: j, type: runSh, integrations: *all}\n', anchors = 'x: &all [docker-hub, docker hub]\n';

	assert.match((await ask({ 'a.yml': use })).out, /^a\.yml:2:\d+: unreadable: .*anchor/);
	const among = await ask({ 'a.yml': use, 'shippable.templates.yml': anchors }, ['a.yml', './shippable.templates.yml']);
	assert.match(among.out, /^a\.yml:2:\d+: missing: docker-hub: .*\n$/);
	assert.match(among.err, /2 places in 2 files/);
	const beside = await ask({ 'a.yml': use, 'other/t.yml': `${anchors}jobs: [{name: t, integrations: [gone]}]\n` }, ['--templates', 'other/t.yml', 'a.yml']);
	assert.match(beside.out, /^a\.yml:2:\d+: missing: docker-hub: .*\n$/, 'nothing about what --templates names itself');
	assert.match(beside.err, /^signet lint: 2 places in 1 file; 1 to mend \(1 missing\)\.\n$/);
	const broken = await ask({ 'a.yml': job('docker hub'), 't.yml': 'a: [' }, ['--templates', 't.yml', 'a.yml']);
	assert.equal(broken.status, 1);
	assert.match(broken.out, /^t\.yml:\d+:1: unreadable: /);
});

test('names of files: odd ones, twice the same, standard input', async () => {
	const odd = 'a "b"\\c\n; ü.yml';
	const result = await ask({ [odd]: job('gone') }, [`./${odd}`]);

	assert.equal(result.out.split(': ')[0], './a "b"\\\\c\\n; ü.yml:5:9');
	assert.match((await ask({}, ['--format', 'sarif', path.join(home, odd)])).out, /"uri": "file:\/\/\/.*a%20%22b%22%5Cc%0A%3B%20%C3%BC\.yml"/);
	const twice = await ask({ 'a.yml': job('gone') }, ['a.yml', 'a.yml', '../' + path.basename(home) + '/a.yml']);
	assert.equal(twice.out.split('\n').length, 4);
	assert.match(twice.err, /3 places in 3 files/);
	const piped = await lint(['-'], { token: program.token, project: `acme/${project.name}`, input: job('gone') });
	assert.match(piped.out, /^-:5:9: missing: gone: /);
	assert.equal((await ask({ '-x.yml': job('docker hub') }, ['--', '-x.yml'])).status, 0);
});

test('SARIF: what its standard demands, with a rule for each reason', async () => {
	const result = await ask({ 'ci/a b.yml': job('docker-hub', 'x-${BRANCH}', '{0} [a](b)', 'c\u202ed'), 'b.yml': 'a: [' },
		['--format', 'sarif', 'ci/a b.yml', './b.yml']);
	const log = JSON.parse(result.out), [{ tool: { driver }, results }] = log.runs;

	assert.equal(result.status, 1);
	assert.deepEqual(sarifFaults(log), []);
	assert.deepEqual(results.map(({ ruleId, level, locations: [{ physicalLocation: { artifactLocation, region } }] }) =>
		[ruleId, level, artifactLocation.uri, region.startLine, region.startColumn]), [
		['missing', 'error', 'ci/a%20b.yml', 5, 9], ['dynamic', 'warning', 'ci/a%20b.yml', 6, 9], ['missing', 'error', 'ci/a%20b.yml', 7, 9],
		['missing', 'error', 'ci/a%20b.yml', 8, 9], ['unreadable', 'error', 'b.yml', results[4].locations[0].physicalLocation.region.startLine, 1]]);
	assert.match(results[0].message.text, /^"docker-hub": No integration has this name\. Did you mean "docker hub"\?$/);
	assert.match(results[1].message.text, /^"x-\$\{\{BRANCH\}\}": /);
	assert.match(results[2].message.text, /^"\{\{0\}\} \[a\] \(b\)": /);
	assert.match(results[3].message.text, /^"c\\u202ed": /);
	assert.deepEqual(driver.rules.map(({ id }) => id), ['missing', 'denied', 'wrong-type', 'disabled', 'withdrawn', 'erased', 'paused', 'owner-left',
		'dynamic', 'not-connected', 'unreadable']);
	/* the check itself sees what is wrong */
	for (const spoil of [(one) => { one.version = '2.0'; }, (one) => { one.runs[0].results[0].ruleIndex = 3; },
		(one) => { one.runs[0].results[0].message.text = 'a {0}'; }, (one) => { one.runs[0].results[0].level = 'bad'; },
		(one) => { delete one.runs[0].tool.driver.name; }, (one) => { one.runs[0].results[0].locations[0].physicalLocation.region.startLine = 0; },
		(one) => { one.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri = 'a b'; }]) {
		const spoilt = JSON.parse(result.out);
		spoil(spoilt);
		assert.notDeepEqual(sarifFaults(spoilt), [], String(spoil));
	}
	const empty = JSON.parse((await ask({ 'a.yml': job('docker hub') }, ['--format', 'sarif', 'a.yml'])).out);
	assert.deepEqual([sarifFaults(empty), empty.runs[0].results], [[], []]);
});

test('every reason that Signet can answer is one that signet knows, and --help tells', async () => {
	const source = readFileSync(new URL('../../src/core/reference.c', import.meta.url), 'utf8');
	const slugs = [...source.slice(source.indexOf('STATES[REFERENCE_STATES]')).matchAll(/\[REFERENCE_\w+\] = \{"([a-z-]+)"/g)].map(([, slug]) => slug).filter((slug) => slug !== 'fine');
	const help = (await lint(['--help'])).out;

	assert.ok(slugs.length >= 9, slugs.join());
	for (const slug of slugs) {
		assert.match(help, new RegExp(`^  ${slug} `, 'm'));
		assert.equal((await ask({ 'a.yml': job('docker hub') }, ['--fail-on', slug, 'a.yml'])).status, 0, slug);
	}
});

test('who may not ask: one sentence, exit status 3', async () => {
	const reader = await Program.of(admin, ['read']), stranger = await Program.of(await as('collaborator'), ['workflow']);
	const files = { 'a.yml': job('docker hub') };
	const wrong = async (more, pattern) => {
		const { status, out, err } = await ask(files, ['a.yml'], more);
		assert.deepEqual([status, out], [3, ''], err);
		assert.match(err, pattern);
		assert.ok(!err.includes(program.token));
	};

	await wrong({ token: 'sgp_none' }, /the token is not good here: This access token is unknown, expired or revoked\. Make a new one at \/account\/tokens\./);
	await wrong({ token: reader.token }, /the token may not ask this: .*workflow/);
	await wrong({ project: 'acme/no such project' }, /this token knows no project "no such project" in a subscription "acme"/);
	await wrong({ project: `nobody/${project.name}` }, /in a subscription "nobody"/);
	await wrong({ token: stranger.token }, /knows no project "flow web .*" in a subscription "acme"/);
	sql(`DELETE FROM access_token WHERE id = ${tokenId(stranger)}`);
	await wrong({ token: stranger.token }, /the token is not good here: This access token/);
});

test('a sync token: for its project, and no other', async () => {
	const made = await admin.post(`/s/acme/projects/${project.id}/tokens`, { name: newName(), days: 1 });
	const token = /sgs_[\w-]{43}/.exec(made.text)[0], files = { 'a.yml': job('docker hub', 'docker-hub', 'aws-prod') };
	const own = await ask(files, ['a.yml'], { token });

	assert.equal(own.status, 1);
	assert.match(own.out, /^a\.yml:6:9: missing: docker-hub: .*Did you mean "docker hub"\?\na\.yml:7:9: denied: aws-prod: .*\n$/);
	for (const other of ['acme/web', 'acme/no such project', 'globex/billing']) {
		const { status, err } = await ask(files, ['a.yml'], { token, project: other });
		assert.equal(status, 3);
		assert.match(err, /this token knows no project ".*" in a subscription ".*"/);
	}
});

test('limits: many files, large ones, many places', async () => {
	const many = Object.fromEntries(Array.from({ length: 201 }, (_, k) => [`many/${k}.yml`, '']));
	const over = await ask(many);

	assert.equal(over.status, 3);
	assert.match(over.err, /cannot take the files: .*at most 200/);
	delete many['many/200.yml'];
	assert.equal((await ask(many)).status, 0);
	const large = Object.fromEntries(Array.from({ length: 8 }, (_, k) => [`large/${k}.yml`, `#${'x'.repeat((1 << 20) - 1)}`]));
	const heavy = await ask(large);
	assert.equal(heavy.status, 3);
	assert.match(heavy.err, /too much at once/);
	delete large['large/7.yml'];
	assert.equal((await ask(large)).status, 0);
	const names = Array.from({ length: 3000 }, (_, k) => `gone ${k}`);
	const all = await ask({ 'a.yml': job(...names) });
	assert.equal(all.status, 1);
	assert.match(all.err, /^signet lint: 3000 places in 1 file; /);
	/* what is not listed is counted, and fails */
	const warned = await ask({ 'a.yml': job(...names.map((name) => `$${name}`)) });
	const lines = warned.out.split('\n').length - 1;
	assert.equal(warned.status, lines < 3000 ? 1 : 0);
	if (lines < 3000)
		assert.match(warned.err, new RegExp(`; ${3000 - lines} more that are not listed\\.`));
});
