/* Parts that die: what users see meanwhile, and that all comes back by itself. Light load goes on. */
import { after, afterEach, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, renameSync } from 'node:fs';
import path from 'node:path';

import { VAR, config, databasePid, doctor, execFile, killHard, passwordOf, program, sleep, sql, sqlValue, throttleClear,
	until } from './lib/stack.mjs';
import { Visitor, as } from './lib/client.mjs';
import { alerts, formOf, says, textOf } from './lib/html.mjs';
import { add, cleanUp, editForm, fill, jenkins, listPath, newForm, pathOf } from './lib/integration.mjs';

let target, admin;

before(async () => {
	/* what is committed must outlive the server's process here, as it does in production */
	sql('SET GLOBAL innodb_flush_log_at_trx_commit = 2');
	throttleClear();
	admin = await as('admin');
	target = await add(admin, 'jenkins', jenkins());
	await admin.csrf();
});
after(() => {
	cleanUp();
	throttleClear();
	sql('SET GLOBAL innodb_flush_log_at_trx_commit = 0');
});

/* A page that says what is going on, whether ours or nginx's. */
function isClear(answer, what) {
	const words = textOf(answer.text);

	assert.ok(/Signet/.test(words) && words.length > 60, `${what}: words: ${words.slice(0, 80)}`);
	assert.match(answer.header('x-request-id') ?? '', /^[0-9a-f]{16,32}$/, what);
	assert.ok(answer.text.includes(answer.header('x-request-id')), `${what}: shows its request id`);
	assert.ok(!/SQL|MariaDB|socket|FastCGI|E_[A-Z]/i.test(words), what);
}

/* A test that fails half-way must not leave its visitors behind: they would go on for ever. */
let endLoad = async () => {};
afterEach(() => endLoad());

/* Visitors who look and save all the time. stop() answers [[status...]] and checks what was promised. */
function load() {
	const answers = [], saved = [];
	let on = true, username = 0;
	const note = (answer, what) => {
		answers.push(answer.status);
		if (answer.status >= 500)
			isClear(answer, what);
		return answer;
	};
	const looker = async (page) => {
		while (on) {
			note(await admin.get(page), page);
			await sleep(15);
		}
	};
	const writer = async () => {
		while (on) {
			const page = note(await admin.get(`${pathOf(target)}/edit`), 'edit');
			if (page.status === 200) {
				const form = formOf(page.text, `${pathOf(target)}/edit`);
				const value = `user-${++username}`;
				if (note(await admin.submit(form.set('value.username', value)), 'save').status === 303)
					saved.push(value);
			}
			await sleep(15);
		}
	};
	const all = [looker(listPath()), looker(pathOf(target)), looker('/account'), writer()];

	endLoad = async () => {
		on = false;
		await Promise.allSettled(all);
	};
	return { answers, saved, async stop() {
		on = false;
		await Promise.all(all);
		return answers;
	} };
}

function onlyThese(answers, allowed) {
	const seen = [...new Set(answers)].sort();

	assert.ok(seen.every((status) => allowed.includes(status)), `answers: ${seen}`);
	assert.ok(answers.filter((status) => status === 200).length > 5, 'and some were pages');
}

/* What was said to be saved is there; nothing is half-done. */
function nothingIsLost(saved) {
	const stored = sqlValue(`SELECT value FROM integration_value WHERE integration_id = ${target} AND field = 'username'`);
	const version = Number(sqlValue(`SELECT version FROM integration WHERE id = ${target}`));
	const edits = Number(sqlValue(`SELECT COUNT(*) FROM audit WHERE action = 'integration.edit' AND object_id = ${target}`));
	const number = (value) => Number(value?.split('-')[1] ?? 0);

	assert.ok(saved.length > 0, 'there were saves');
	assert.ok(number(stored) >= number(saved.at(-1)), `stored ${stored}, promised ${saved.at(-1)}`);
	assert.equal(version, edits + 1, 'an entry for each edit');
	const counts = doctor();
	assert.equal(counts.sealed[0], counts.sealed[1]);
}

const ready = async () => (await new Visitor().get('/readyz')).status === 200;
const readyz = async () => {
	const answer = await new Visitor().get('/readyz');

	return [answer.status, Object.fromEntries(answer.text.trim().split('\n').map((line) => line.split(': ')))];
};

test('everything is there: readyz says so, part by part', async () => {
	const [status, parts] = await readyz();

	assert.equal(status, 200);
	assert.deepEqual(parts, { database: 'ok', vault: 'ok', 'public key': 'ok' });
	assert.equal((await new Visitor().get('/healthz')).text, 'ok\n');
});

test('kill -9 of web workers, one after the other: the rest answers, each is replaced', async () => {
	const before = program('signet-web').workers;
	const users = load();

	await sleep(200);
	for (const pid of before) {
		killHard(pid);
		await until(() => !program('signet-web').workers.includes(pid), 2, 'it is gone');
		const answer = await admin.get(listPath());
		assert.ok([200, 502].includes(answer.status), 'the others answer');
	}
	await until(() => program('signet-web').workers.length === before.length, 5, 'all are replaced');
	assert.ok(program('signet-web').workers.every((pid) => !before.includes(pid)));
	await sleep(200);
	const answers = await users.stop();
	onlyThese(answers, [200, 303, 502]);
	assert.ok(answers.filter((status) => status === 502).length <= before.length * 2, 'only requests in flight were lost');
	nothingIsLost(users.saved);
	await new Visitor().signIn('member');
});

test('kill -9 of the web master: nginx says so, and all comes back', async () => {
	const { master, workers } = program('signet-web');
	const old = [master, ...workers];
	const users = load();

	await sleep(100);
	killHard(master);
	/* an old worker may answer once more before it ends with its master */
	await until(async () => {
		const now = program('signet-web');
		return now.workers.length === workers.length && !old.includes(now.master) &&
			!now.workers.some((pid) => old.includes(pid)) && await ready();
	}, 30, 'it is started again');
	await sleep(100);
	onlyThese(await users.stop(), [200, 303, 502, 503]);
	nothingIsLost(users.saved);
});

test('kill -9 of a vault worker in the midst of sign-ins: one try fails at most, the next works', async () => {
	const { workers } = program('signet-vault');
	const signIns = [1, 2, 3, 4].map(() => new Visitor().tryLogin('member', passwordOf('member')));

	await sleep(250);
	killHard(workers[0]);
	const answers = await Promise.all(signIns);
	onlyThese([...answers.map((a) => a.status), ...Array(6).fill(200)], [200, 303, 503]);
	assert.ok(answers.filter((a) => a.status === 503).length <= 1);
	await new Visitor().signIn('member');
	await until(() => program('signet-vault').workers.length === workers.length, 5, 'it is replaced');
	killHard(program('signet-vault').workers.find((pid) => pid !== workers[0]));
	await new Visitor().signIn('member');
	await until(() => program('signet-vault').workers.length === workers.length, 5, 'it is replaced');
});

test('without the vault: signing in says so, pages and saving go on, readyz names it', async () => {
	const key = config.vault.secret_key, away = `${key}.away`;
	const { master } = program('signet-vault');
	const stranger = new Visitor();
	const users = load();

	await stranger.get('/login');
	renameSync(key, away); /* so that it cannot start again at once */
	try {
		killHard(master);
		await until(() => program('signet-vault').workers.length === 0, 3, 'its workers go with it');
		const answer = await stranger.tryLogin('member', passwordOf('member'));
		assert.equal(answer.status, 503);
		assert.deepEqual(alerts(answer.text),
			['Signing in does not work at the moment: the vault does not answer. Try again in a minute.']);
		assert.equal(sqlValue('SELECT COUNT(*) FROM throttle'), '0', 'and that is no failed try');
		const [status, parts] = await readyz();
		assert.equal(status, 503);
		assert.equal(parts.database, 'ok');
		assert.notEqual(parts.vault, 'ok');
		assert.equal((await stranger.get('/healthz')).status, 200);
		await add(admin, 'jenkins', jenkins());
		await sleep(200);
	} finally {
		renameSync(away, key);
	}
	await until(ready, 30, 'it is started again');
	await stranger.tryLogin('member', passwordOf('member')).then((answer) => assert.equal(answer.status, 303));
	onlyThese(await users.stop(), [200, 303]);
	nothingIsLost(users.saved);
});

const databaseAnswers = () => new Promise((resolve) => {
	execFile('mariadb', ['--no-defaults', '-S', config.database.socket, '-u', process.env.SIGNET_DB_USER ?? 'signet_test',
		'-e', 'DO 1', config.database.name], (error) => resolve(!error));
});

test('without MariaDB: a clear 503 within 5 s, and 2 s after its return all works, without a restart', async () => {
	const data = path.join(VAR, 'db'), away = `${data}.away`;
	const web = program('signet-web').workers;
	const users = load();

	assert.ok(existsSync(data));
	await sleep(300);
	const pid = databasePid();
	renameSync(data, away); /* so that it cannot start again at once */
	try {
		killHard(pid);
		await until(async () => !await databaseAnswers(), 5, 'it is gone');
		for (const page of [listPath(), pathOf(target), '/account', '/']) {
			const start = Date.now();
			const answer = await admin.get(page);
			assert.ok(Date.now() - start < 5000, `${page}: within 5 s`);
			assert.equal(answer.status, 503, page);
			isClear(answer, page);
			says(answer, /cannot be reached right now\. Try again in a few seconds/);
			assert.equal(answer.header('retry-after'), '2');
		}
		const [status, parts] = await readyz();
		assert.equal(status, 503);
		assert.notEqual(parts.database, 'ok');
		assert.equal(parts.vault, 'ok');
		assert.equal((await new Visitor().get('/healthz')).status, 200);
		const login = await new Visitor().get('/login');
		assert.equal(login.status, 200, 'the sign-in page needs no database');
		const tried = await new Visitor().tryLogin('member', passwordOf('member'));
		assert.equal(tried.status, 503);
		isClear(tried, 'signing in');
	} finally {
		renameSync(away, data);
	}
	await until(databaseAnswers, 40, 'the supervisor starts it again');
	const back = Date.now();
	await until(async () => (await admin.get(listPath())).status === 200, 2, 'pages are back');
	await until(ready, Math.max(0.1, 2 - (Date.now() - back) / 1000), 'readyz is green');
	assert.ok(Date.now() - back < 2500);
	await new Visitor().signIn('member');
	await sleep(200);
	assert.deepEqual(program('signet-web').workers, web, 'no worker was replaced');
	onlyThese(await users.stop(), [200, 303, 503]);
	nothingIsLost(users.saved);
});

/* [answer, milliseconds] */
async function timed(answer) {
	const start = Date.now();

	return [await answer, Date.now() - start];
}

/* All that a save of the target could leave behind. */
const traces = () => sql(`SELECT version, revision, (SELECT COUNT(*) FROM audit WHERE chain = CONCAT('sub:', s.id)), (SELECT MAX(id) FROM integration),
	(SELECT GROUP_CONCAT(field, value) FROM integration_value WHERE integration_id = i.id), (SELECT MD5(GROUP_CONCAT(box))
	FROM sealed_box WHERE integration_id = i.id) FROM integration i JOIN subscription s ON s.id = i.subscription_id
	WHERE i.id = ${target}`)[0];

test('a MariaDB that hangs: clear 503s within 5 s to all who ask, and all is well when it goes on', async () => {
	const pid = databasePid(), before = traces(), web = program('signet-web').workers;
	const form = (await editForm(admin, target)).set('value.username', 'never');

	process.kill(pid, 'SIGSTOP');
	try {
		/* three times as many as there are workers: none may wait for the patience of another */
		const pages = Array.from({ length: web.length * 3 }, (_, k) => timed(admin.get([listPath(), pathOf(target), '/account'][k % 3])));
		const answers = await Promise.all([...pages, timed(admin.submit(form)), timed(new Visitor().get('/healthz'))]);
		const [healthz] = answers.pop();
		for (const [answer, ms] of answers) {
			assert.equal(answer.status, 503);
			assert.ok(ms < 5000, `after ${ms} ms`);
			isClear(answer, 'hanging');
		}
		assert.equal(healthz.status, 200, 'healthz needs no database');
	} finally {
		process.kill(pid, 'SIGCONT');
	}
	await until(async () => (await Promise.all(web.map(() => admin.get(listPath())))).every((answer) => answer.status === 200), 2,
		'pages are back');
	assert.deepEqual(traces(), before, 'nothing is half done');
	assert.deepEqual(program('signet-web').workers, web, 'no worker was replaced');
	assert.equal((await admin.submit(form)).status, 303, 'and the same form can be saved');
});

/* Holds the lock of a subscription's row until the function that it answers is called. */
async function lockHold(slug) {
	const child = spawn('mariadb', ['--no-defaults', '-n', '-N', '-S', config.database.socket, '-u', process.env.SIGNET_DB_USER ?? 'signet_test',
		config.database.name], { stdio: ['pipe', 'pipe', 'inherit'] });
	const ended = new Promise((resolve) => child.on('exit', resolve));
	let out = '';

	child.stdout.on('data', (part) => { out += part; });
	child.stdin.write(`START TRANSACTION; SELECT 'held', slug FROM subscription WHERE slug = '${slug}' FOR UPDATE;\n`);
	await until(() => out.includes('held'), 5, 'the lock is held');
	return () => {
		child.stdin.end();
		return ended;
	};
}

test('a lock that somebody holds: a save says so within 5 s, nothing is half done, pages go on', async () => {
	const before = traces();
	const form = (await editForm(admin, target)).set('value.username', 'in vain').set('secret.password', 'in vain');
	const added = fill(await newForm(admin, 'jenkins'), jenkins());
	const release = await lockHold('acme');

	try {
		const saves = [form, added].map((f) => timed(admin.submit(f)));
		const other = (await as('member')).get(listPath('globex'));
		const pages = await Promise.all([listPath(), pathOf(target), `${pathOf(target)}/edit`].map((page) => timed(admin.get(page))));
		for (const [answer, ms] of pages) {
			assert.equal(answer.status, 200, 'reading waits for nobody');
			assert.ok(ms < 5000, `after ${ms} ms`);
		}
		assert.equal((await other).status, 200);
		for (const [answer, ms] of await Promise.all(saves)) {
			assert.equal(answer.status, 503);
			assert.ok(ms < 5000, `after ${ms} ms`);
			isClear(answer, 'a save that waits');
			says(answer, /Try again in a few seconds/);
			assert.equal(answer.header('retry-after'), '2');
		}
		assert.deepEqual(traces(), before, 'nothing is half done');
	} finally {
		await release();
	}
	assert.equal((await admin.submit(form)).status, 303, 'and the same form can be saved');
	assert.equal((await admin.submit(added)).status, 303);
});

test('all that was shown and said stays so: the target can be changed and deleted', async () => {
	assert.equal((await admin.submit((await editForm(admin, target)).set('value.username', 'user-99999'))).status, 303);
	const version = sqlValue(`SELECT version FROM integration WHERE id = ${target}`);
	assert.equal((await admin.post(`${pathOf(target)}/delete`, { confirm: '1', version })).status, 303);
});
