/* What the operator's side promises: nginx's share of the answers, and who runs as whom. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { test } from 'node:test';
import assert from 'node:assert/strict';

const BASE = new URL(process.env.SIGNET_URL);
const VAR = process.env.SIGNET_VAR;
const ROOT = process.getuid() === 0;

/* {status, headers, text} of a request; nothing is followed, nothing is tidied up. */
function ask(path, { method = 'GET', headers = {}, body } = {}) {
	return new Promise((resolve, reject) => {
		const request = http.request({ host: BASE.hostname, port: BASE.port, path, method, headers,
			agent: false }, (answer) => {
			const parts = [];
			answer.on('data', (part) => parts.push(part));
			answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers,
				text: Buffer.concat(parts).toString() }));
		});
		request.on('error', reject);
		request.end(body);
	});
}

/* What comes back for bytes that are no request. */
function askRaw(bytes) {
	return new Promise((resolve, reject) => {
		const socket = net.connect(Number(BASE.port), BASE.hostname, () => socket.write(bytes));
		let text = '';
		socket.on('data', (part) => { text += part; });
		socket.on('end', () => resolve(text));
		socket.on('error', reject);
	});
}

function assertOwnPage(answer, status, words) {
	assert.equal(answer.status, status);
	assert.match(answer.text, words);
	assert.match(answer.text, new RegExp(`Status ${status}, request ${answer.headers['x-request-id']}<`));
	assert.match(answer.headers['content-security-policy'], /default-src 'none'/);
	assert.equal(answer.headers['cache-control'], 'no-store');
	assert.doesNotMatch(answer.text, /nginx/i);
	assert.doesNotMatch(answer.text, /<!--#/);
}

test('readyz names every part', async () => {
	const answer = await ask('/readyz');

	assert.equal(answer.status, 200);
	assert.match(answer.text, /^database: ok$/m);
	assert.match(answer.text, /^vault: ok$/m);
});

test('nothing tells the version of nginx', async () => {
	for (const path of ['/', '/static/app.css', '/static/nothing'])
		assert.equal((await ask(path)).headers.server, 'nginx');
});

test('a body beyond 1 MB is refused with a page that has the request\'s id', async () => {
	assertOwnPage(await ask('/login', { method: 'POST', body: Buffer.alloc(1_100_000, 'a'),
		headers: { 'content-type': 'application/x-www-form-urlencoded' } }), 413, /Too much was sent/);
});

test('an address that is too long is refused with our page', async () => {
	assertOwnPage(await ask(`/${'a'.repeat(9000)}`), 414, /The address is too long/);
});

test('what is no HTTP is refused in words', async () => {
	const text = await askRaw('GET / HTTP/1.1\r\nHost: \x01\r\n\r\n');

	assert.match(text, /^HTTP\/1\.1 400 /);
	assert.match(text, /This request could not be understood/);
});

test('the error page is not a page of its own', async () => {
	assert.equal((await ask('/static/50x.html')).status, 404);
});

test('static files: cached, compressed when asked, nothing beside them', async () => {
	const css = await ask('/static/app.css', { headers: { 'accept-encoding': 'gzip' } });
	const vendor = await ask('/static/vendor/htmx.min.js');

	assert.equal(css.headers['content-encoding'], 'gzip');
	assert.match(css.headers['cache-control'], /max-age=300/);
	assert.equal(vendor.status, 200);
	assert.match(vendor.headers['cache-control'], /max-age=3600/);
	assert.equal(vendor.headers['x-content-type-options'], 'nosniff');
	for (const path of ['package.json', 'package-lock.json', 'build.mjs', '.npmrc', 'vendor/.made',
		'node_modules/htmx.org/package.json', '../signet.conf', '..%2fkeys%2fpublic.key'])
		assert.notEqual((await ask(`/static/${path}`)).status, 200, path);
	assert.equal((await ask('/static/app.css', { method: 'POST' })).status, 403);
});

test('pages are not compressed', async () => {
	const page = await ask('/login', { headers: { 'accept-encoding': 'gzip' } });

	assert.equal(page.status, 200);
	assert.equal(page.headers['content-encoding'], undefined);
});

test('the access log has the path and the id of the page, and never the query', async () => {
	const answer = await ask('/nowhere-to-log?token=query-canary');
	const line = () => readFileSync(`${VAR}/log/access.log`, 'utf8').split('\n')
		.find((l) => l.includes('/nowhere-to-log'));

	for (let k = 0; k < 50 && !line(); k++)
		await new Promise((resolve) => { setTimeout(resolve, 20); });
	assert.ok(line().endsWith(` ${answer.headers['x-request-id']}`), line());
	for (const file of readdirSync(`${VAR}/log`))
		assert.ok(!readFileSync(`${VAR}/log/${file}`, 'utf8').includes('query-canary'), file);
});

/* {name of the program: set of its users}, for this instance alone. */
function users() {
	const seen = {};

	for (const line of execFileSync('ps', ['-eo', 'user:32,args'], { encoding: 'utf8' }).split('\n')) {
		const found = /^(\S+) +\S*?(signet-web|signet-vault|signet-mail|mariadbd) .*$/.exec(line);
		if (found && line.includes(VAR))
			(seen[found[2]] ??= new Set()).add(found[1]);
	}
	return seen;
}

/* A plain user has no such walls, and `make run` says so. */
const testAsRoot = ROOT ? test : () => {};

testAsRoot('every program has a user of its own', () => {
	assert.deepEqual(users(), { 'signet-web': new Set(['signet_web']),
		'signet-vault': new Set(['signet_vault']), 'signet-mail': new Set(['signet_mail']),
		mariadbd: new Set(['signet_db']) });
});

/* Does the command succeed as that user? */
function can(user, ...command) {
	try {
		execFileSync('setpriv', ['--reuid', user, '--regid', user, '--init-groups', ...command],
			{ stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
}

testAsRoot('the walls between the users', () => {
	const secret = `${VAR}/keys/vault.key`;

	assert.equal(statSync(secret).mode & 0o777, 0o400);
	for (const [user, allowed] of [['signet_vault', true], ['signet_web', false],
		['signet_admin', false], ['signet_mail', false], ['signet_db', false], ['www-data', false]])
		assert.equal(can(user, 'cat', secret), allowed, `${user} reads the secret key`);
	for (const [user, allowed] of [['signet_admin', true], ['signet_web', false], ['signet_vault', false], ['signet_mail', false]])
		assert.equal(can(user, 'cat', `${VAR}/admin/sign-ins`), allowed, `${user} reads passwords`);
	for (const user of ['signet_web', 'signet_vault', 'signet_mail', 'signet_admin', 'www-data'])
		assert.equal(can(user, 'touch', `${VAR}/keys/public.key`), false, `${user} changes the key`);
	for (const folder of ['run/db', 'run/vault', 'run/web', 'db', 'log'])
		assert.equal(can('signet_mail', 'ls', `${VAR}/${folder}`), false, `signet-mail enters ${folder}`);
	for (const folder of ['run/db', 'run/vault', 'run/mail', 'db', 'log'])
		assert.equal(can('www-data', 'ls', `${VAR}/${folder}`), false, `nginx enters ${folder}`);
	assert.equal(can('www-data', 'ls', `${VAR}/run/web`), true);
});

testAsRoot('a database account lets in its own user alone', () => {
	const accounts = ['signet_web', 'signet_vault', 'signet_admin'];

	for (const user of [...accounts, 'signet_mail'])
		for (const account of accounts)
			assert.equal(can(user, 'mariadb', '--no-defaults', '-S', `${VAR}/run/db/mariadb.sock`,
				'-u', account, '-e', 'DO 1', 'signet'), user === account, `${user} as ${account}`);
});
