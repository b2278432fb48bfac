/* signet lint where it works: in a Git hook with real pushes, and in a step of a real Buildbot, both as README.md shows them. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, closeSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { BASE, ROOT, sql, throttleClear, until } from './lib/stack.mjs';
import { as } from './lib/client.mjs';
import { decode } from './lib/html.mjs';
import { newName } from './lib/integration.mjs';
import { SIGNET, run } from './lib/lint.mjs';
import { freePort } from './lib/mail.mjs';
import { Program } from './lib/program.mjs';
import { projectsClear } from './lib/people.mjs';

let home, project, token, env;

const job = (name) => `jobs:\n  - name: build\n    type: runSh\n    integrations:\n      - ${name}\n`;
const GOOD = job('docker hub'), BAD = job('docker-hub');

before(async () => {
	throttleClear();
	const admin = await as('admin');

	project = newName();
	assert.equal((await admin.post('/s/acme/projects/new', { name: project })).status, 303);
	({ token } = await Program.of(admin, ['workflow']));
	home = mkdtempSync(path.join(tmpdir(), 'signet-ci-'));
	env = { PATH: `${path.dirname(SIGNET)}:${process.env.PATH}`, HOME: home, GIT_CONFIG_NOSYSTEM: '1', TMPDIR: home };
	writeFileSync(path.join(home, 'token'), `${token}\n`);
});
after(() => {
	rmSync(home, { recursive: true, force: true });
	projectsClear();
	sql(`DELETE FROM access_token WHERE name LIKE 'flow %'`);
	throttleClear();
});

/* What it prints; it must go well. */
async function git(cwd, ...args) {
	const { status, out, err } = await run('git', args, { cwd, env });

	assert.equal(status, 0, `git ${args.join(' ')}: ${err}`);
	return out.trim();
}

const originOf = (folder) => `${folder}.git`;

/* An empty one, with where it is pushed to beside it. */
async function repository(name) {
	const folder = path.join(home, name);

	await git(home, 'init', '-q', '--bare', '-b', 'main', originOf(folder));
	await git(home, 'clone', '-q', originOf(folder), folder);
	await git(folder, 'config', 'user.name', 'Flow');
	await git(folder, 'config', 'user.email', 'flow@example.com');
	await git(folder, 'checkout', '-q', '-B', 'main');
	return folder;
}

/* A commit with these files. */
async function commit(folder, files) {
	for (const [name, text] of Object.entries(files)) {
		mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
		writeFileSync(path.join(folder, name), text);
	}
	await git(folder, 'add', '-A');
	await git(folder, 'commit', '-q', '--allow-empty', '-m', 'A change');
	return git(folder, 'rev-parse', 'HEAD');
}

const headOf = async (folder, branch = 'main') => (await run('git', ['rev-parse', '-q', '--verify', `refs/heads/${branch}`],
	{ cwd: originOf(folder), env })).out.trim();

/* --- the hook ---------------------------------------------------------------------------------------- */

async function hooked(name) {
	const folder = await repository(name), hook = path.join(folder, '.git/hooks/pre-push');

	mkdirSync(path.dirname(hook), { recursive: true });
	copyFileSync(path.join(ROOT, 'deploy/hooks/pre-push'), hook);
	await git(folder, 'config', 'signet.server', BASE);
	await git(folder, 'config', 'signet.project', `acme/${project}`);
	await git(folder, 'config', 'signet.tokenFile', '~/token');
	return folder;
}

const push = (folder, ...args) => run('git', ['push', 'origin', ...args], { cwd: folder, env });

test('pre-push: what resolves is pushed, what does not is not', async () => {
	const folder = await hooked('one');
	const good = await commit(folder, { 'shippable.yml': GOOD, 'README': 'no workflow' });
	const first = await push(folder, 'main');

	assert.equal(first.status, 0, first.err);
	assert.match(first.err, /signet lint: 1 place in 1 file, all fine\./);
	assert.equal(await headOf(folder), good);
	const bad = await commit(folder, { 'shippable.yml': BAD, 'ci folder/b\'s\nshippable.yml': 'a: [' });
	const second = await push(folder, 'main');
	assert.equal(second.status, 1);
	assert.match(second.err, /^shippable\.yml:5:9: missing: docker-hub: No integration has this name\. Did you mean "docker hub"\?$/m);
	assert.match(second.err, /^ci folder\/b's\\nshippable\.yml:\d+:\d+: unreadable: /m);
	assert.match(second.err, /^pre-push: main is not pushed: mend these lines/m);
	assert.equal(await headOf(folder), good);
	/* the commit counts, not what lies in the folder */
	writeFileSync(path.join(folder, 'shippable.yml'), GOOD);
	assert.equal((await push(folder, 'main')).status, 1);
	assert.equal((await push(folder, '--no-verify', 'main')).status, 0);
	assert.equal(await headOf(folder), bad);
	await git(folder, 'rm', '-q', '-r', '-f', 'ci folder');
	const mended = await commit(folder, { 'shippable.yml': GOOD });
	writeFileSync(path.join(folder, 'shippable.yml'), BAD);
	assert.equal((await push(folder, 'main')).status, 0);
	assert.equal(await headOf(folder), mended);
});

test('pre-push: several branches, tags, a branch that is deleted, a commit without workflow files', async () => {
	const folder = await hooked('two');
	const none = await commit(folder, { 'README': 'nothing' });
	const quiet = await push(folder, 'main:none');

	assert.equal(quiet.status, 0, quiet.err);
	assert.ok(!/signet lint/.test(quiet.err), quiet.err);
	assert.equal(await headOf(folder, 'none'), none);
	await commit(folder, { 'shippable.yml': BAD });
	await git(folder, 'branch', 'bad');
	await git(folder, 'tag', 'v1');
	await commit(folder, { 'shippable.yml': GOOD });
	await git(folder, 'branch', 'good');
	const both = await push(folder, 'good', 'bad');
	assert.equal(both.status, 1);
	assert.match(both.err, /pre-push: bad is not pushed/);
	assert.ok(!/pre-push: good/.test(both.err), both.err);
	assert.equal(await headOf(folder, 'good'), '');
	assert.equal((await push(folder, 'good')).status, 0);
	assert.equal((await push(folder, 'v1')).status, 0, 'a tag runs nothing');
	assert.equal((await push(folder, ':none')).status, 0);
	assert.equal(await headOf(folder, 'none'), '');
});

test('pre-push: a symbolic link leads to nothing outside the repository', async () => {
	const folder = await hooked('three');

	writeFileSync(path.join(home, 'outside.yml'), job('name-of-another-repository'));
	writeFileSync(path.join(folder, 'shippable.yml'), GOOD);
	symlinkSync(path.join(home, 'outside.yml'), path.join(folder, 'b-shippable.yml'));
	await commit(folder, {});
	const { status, err } = await push(folder, 'main:links');
	assert.equal(status, 0, err);
	assert.match(err, /1 place in 2 files, all fine/);
	assert.ok(!err.includes('name-of-another-repository'));
});

test('pre-push: who cannot ask is told so, and how to push all the same', async () => {
	const folder = await hooked('four');
	const wrong = async (pattern, more = env) => {
		const { status, err } = await run('git', ['push', 'origin', 'main:four'], { cwd: folder, env: more });
		assert.equal(status, 1, err);
		assert.match(err, pattern);
		assert.ok(!err.includes(token), err);
	};

	await commit(folder, { 'shippable.yml': GOOD });
	await git(folder, 'config', 'signet.server', `http://127.0.0.1:${await freePort()}`);
	await wrong(/cannot connect to it.*\npre-push: four is not pushed: Signet was not asked; --no-verify/);
	await git(folder, 'config', 'signet.server', BASE);
	await git(folder, 'config', 'signet.tokenFile', '~/none');
	await wrong(/none cannot be read.*\npre-push: four is not pushed/);
	await git(folder, 'config', '--unset', 'signet.tokenFile');
	await wrong(/there is no token/);
	assert.equal((await run('git', ['push', 'origin', 'main:four'], { cwd: folder, env: { ...env, SIGNET_TOKEN: token } })).status, 0);
	await commit(folder, { 'shippable.yml': job('$x') });
	await git(folder, 'config', 'signet.failOn', 'dynamic');
	await wrong(/1 to mend \(1 dynamic\)/, { ...env, SIGNET_TOKEN: token });
	await wrong(/the program signet is not in PATH/, { ...env, PATH: process.env.PATH });
	await git(folder, 'config', '--unset', 'signet.project');
	await wrong(/set it up first: git config signet\.server/);
});

/* --- the project's page ------------------------------------------------------------------------------- */

test('the line of the project\'s page, for a project with an odd name', async () => {
	const admin = await as('admin'), name = `${newName()} it's "<b>" $HOME`, folder = await repository('page');
	const { location } = await admin.post('/s/acme/projects/new', { name });
	const { text } = await admin.get(location);
	const line = decode(/<pre[^>]* id="ci-lint"[^>]*>(.*?)<\/pre>/s.exec(text)[1]);

	await commit(folder, { 'shippable.yml': GOOD, 'ci folder/b\'s shippable.yml': BAD, '--server=http:/127.0.0.1:9/shippable.yml': BAD });
	const { status, out, err } = await run('bash', ['-c', line], { cwd: folder, env: { ...env, SIGNET_TOKEN: token } });
	assert.equal(status, 123, `xargs says that a command failed: ${err}`);
	assert.match(out, /^--server=http:\/127\.0\.0\.1:9\/shippable\.yml:5:9: missing: .*\nci folder\/b's shippable\.yml:5:9: missing: docker-hub: .*\n$/);
});

/* --- Buildbot ---------------------------------------------------------------------------------------- */

/* The step as README.md has it, for this Signet and project. */
function stepOf() {
	const lines = readFileSync(path.join(ROOT, 'README.md'), 'utf8').split('\n');
	const at = lines.findIndex((line) => line.startsWith('    factory.addStep('));

	assert.ok(at > 0, 'README.md has the step');
	const step = lines.slice(at, lines.indexOf('', at)).map((line) => line.slice(4)).join('\n');
	const here = step.replace('https://signet.example.com', BASE).replace('acme/web', `acme/'${project}'`);
	assert.ok(here.includes(BASE) && here.includes(project));
	return here;
}

const masterOf = (port, origin) => `from buildbot.plugins import *
c = BuildmasterConfig = {}
c['workers'] = [worker.Worker('one', 'worker-password')]
c['protocols'] = {'pb': {'port': 'tcp:${port}:interface=127.0.0.1'}}
c['change_source'] = [changes.PBChangeSource(user='change', passwd='change-password')]
c['schedulers'] = [schedulers.SingleBranchScheduler(name='all', change_filter=util.ChangeFilter(branch='main'),
    treeStableTimer=None, builderNames=['web'])]
c['secretsProviders'] = [secrets.SecretInAFile(dirname='${home}/secrets')]
c['logCompressionMethod'] = 'raw'
c['buildbotNetUsageData'] = None
c['db'] = {'db_url': 'sqlite:///state.sqlite'}
factory = util.BuildFactory()
factory.addStep(steps.Git(repourl='${origin}', branch='main', mode='full', method='fresh'))
${stepOf()}
factory.addStep(steps.ShellCommand(name='deploy', command=['touch', util.Interpolate('${home}/deployed-%(prop:got_revision)s')]))
c['builders'] = [util.BuilderConfig(name='web', workernames=['one'], factory=factory)]
`;

/* Rows of Buildbot's own database, as soon as there are any. */
const ROWS = `import json, sqlite3, sys, time
end = time.time() + 60
while True:
    c = sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True)
    rows = c.execute(sys.argv[2]).fetchall()
    c.close()
    if rows or time.time() > end:
        break
    time.sleep(0.1)
print(json.dumps([[v.decode() if isinstance(v, bytes) else v for v in r] for r in rows]))
`;

async function rows(statement) {
	const { status, out, err } = await run('/usr/bin/python3', ['-c', ROWS, path.join(home, 'master/state.sqlite'), statement], { env });

	assert.equal(status, 0, err);
	return JSON.parse(out);
}

const logOf = async (build) => (await rows(`SELECT c.content FROM steps s JOIN logs l ON l.stepid = s.id JOIN logchunks c ON c.logid = l.id
	WHERE s.buildid = ${build} AND s.name = 'signet lint' ORDER BY c.first_line`)).map(([text]) => text).join('\n');

test('Buildbot: a step fails the build before anything runs, and lets a mended one through', async () => {
	const port = await freePort(), running = [];
	const start = (...words) => {
		const log = openSync(path.join(home, 'buildbot.log'), 'a');
		const child = spawn(words[0], words.slice(1), { cwd: home, env, stdio: ['ignore', log, log] });
		closeSync(log);
		running.push(new Promise((resolve) => child.on('exit', resolve)));
		running.push(child);
	};
	const ok = async (...words) => {
		const { status, out, err } = await run(words[0], words.slice(1), { cwd: home, env });
		assert.equal(status, 0, `${words.join(' ')}: ${out}${err}`);
	};
	const build = async (text, number) => {
		const revision = await commit(folder, { 'shippable.yml': text });
		await git(folder, 'push', '-q', '--no-verify', 'origin', 'main');
		await ok('/usr/bin/buildbot', 'sendchange', '--master', `127.0.0.1:${port}`, '--auth', 'change:change-password', '--branch', 'main',
			'--revision', revision, '--who', 'flow', '--vc', 'git', '--repository', originOf(folder), 'shippable.yml');
		const [[id, result]] = await rows(`SELECT id, results FROM builds WHERE number = ${number} AND complete_at IS NOT NULL`);
		return { id, result, deployed: existsSync(path.join(home, `deployed-${revision}`)) };
	};
	const folder = await repository('five');

	mkdirSync(path.join(home, 'secrets'), { mode: 0o700 });
	writeFileSync(path.join(home, 'secrets/signet-token'), token, { mode: 0o600 });
	chmodSync(path.join(home, 'secrets'), 0o700);
	await ok('/usr/bin/buildbot', 'create-master', '-q', 'master');
	writeFileSync(path.join(home, 'master/master.cfg'), masterOf(port, originOf(folder)));
	await ok('/usr/bin/buildbot-worker', 'create-worker', '-q', 'worker', `127.0.0.1:${port}`, 'one', 'worker-password');
	try {
		start('/usr/bin/buildbot', 'start', '--nodaemon', 'master');
		start('/usr/bin/buildbot-worker', 'start', '--nodaemon', 'worker');
		await until(async () => (await run('bash', ['-c', `exec 3<>/dev/tcp/127.0.0.1/${port}`])).status === 0 || running[1].exitCode !== null,
			60, 'Buildbot listens');
		assert.equal(running[1].exitCode, null, readFileSync(path.join(home, 'buildbot.log'), 'utf8'));
		const bad = await build(BAD, 1), log = await logOf(bad.id);
		assert.deepEqual([bad.result, bad.deployed], [2, false], log);
		assert.match(log, /^oshippable\.yml:5:9: missing: docker-hub: No integration has this name\. Did you mean "docker hub"\?$/m);
		assert.match(log, /signet lint: 1 place in 1 file; 1 to mend \(1 missing\)\./);
		assert.ok(!log.includes(token), 'the token is in no log');
		const good = await build(GOOD, 2);
		assert.deepEqual([good.result, good.deployed], [0, true], await logOf(good.id));
		assert.match(await logOf(good.id), /signet lint: 1 place in 1 file, all fine\./);
		const all = JSON.stringify(await rows('SELECT content FROM logchunks'));
		assert.ok(!all.includes(token));
	} finally {
		for (let k = running.length - 1; k > 0; k -= 2) {
			running[k].kill('SIGTERM');
			await running[k - 1];
		}
	}
});
