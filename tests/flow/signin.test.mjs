/* Signing in and out: the cookie, rotation, ages, throttling, and what a guesser can tell. */
import { after, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';

import { admin, argon2Calls, passwordOf, quote, sql, sqlValue, throttleClear } from './lib/stack.mjs';
import { Visitor, as } from './lib/client.mjs';
import { alerts, formOf, says } from './lib/html.mjs';
import { accountId, person } from './lib/people.mjs';
import { secondWeb } from './lib/second.mjs';

const IDLE = 12 * 3600, AGE = 30 * 86400, WINDOW = 15 * 60;

beforeEach(throttleClear);
after(() => {
	throttleClear();
	sql("UPDATE account SET disabled_at = NULL WHERE login LIKE 'flow-%'");
});

function cookieLine(answer, name) {
	return answer.all('set-cookie').find((line) => line.startsWith(`${name}=`));
}

async function isSignedIn(visitor) {
	const answer = await visitor.get('/account');

	assert.ok([200, 303].includes(answer.status));
	return answer.status === 200;
}

/* The password of a person who is signed in nowhere, so that their next session is their only one. */
function loner(login) {
	const password = person(login);

	sql(`DELETE FROM session WHERE account_id = ${accountId(login)}`);
	return password;
}

/* The row of a loner's session. */
function sessionOf(login) {
	const rows = sql(`SELECT HEX(token_hash) FROM session WHERE account_id = ${accountId(login)}`).flat();

	assert.equal(rows.length, 1);
	return rows[0];
}

test('a sign-in sets one cookie with all its flags, and leads home', async () => {
	const visitor = new Visitor();
	const answer = await visitor.tryLogin('admin', passwordOf('admin'));
	const line = cookieLine(answer, 'signet');

	assert.equal(answer.status, 303);
	assert.equal(answer.location, '/');
	assert.match(line, /^signet=[A-Za-z0-9_-]{43}; /);
	for (const flag of [/; HttpOnly(;|$)/, /; SameSite=Lax(;|$)/, /; Path=\/(;|$)/, /; Max-Age=\d+(;|$)/])
		assert.match(line, flag);
	assert.doesNotMatch(line, /Domain|Secure/i);
	assert.equal(await isSignedIn(visitor), true);
	assert.ok(!visitor.cookies.has('signet-visitor'), 'the cookie from before is taken back');
});

test('the database has the hash of the token alone', async () => {
	const visitor = await new Visitor().signIn('admin');
	const token = visitor.cookies.get('signet');
	const bytes = Buffer.from(token, 'base64url');
	const rows = sql('SELECT HEX(token_hash), address, agent FROM session').flat().join('\n');

	assert.equal(bytes.length, 32);
	assert.ok(sqlValue('SELECT COUNT(*) FROM session') > 0);
	for (const form of [token, bytes.toString('hex'), Buffer.from(token).toString('hex')])
		assert.ok(!rows.toLowerCase().includes(form.toLowerCase()), 'the token is not in its row');
});

test('signing in again gives a new token, and the old one is dead', async () => {
	const visitor = await new Visitor().signIn('member');
	const old = visitor.cookies.get('signet');
	const thief = new Visitor();

	thief.cookies.set('signet', old);
	assert.equal(await isSignedIn(thief), true, 'until then it works');
	/* a signed-in visitor has no sign-in form any more, but may send one from another tab */
	const answer = await visitor.post('/login', { login: 'member', password: passwordOf('member') });
	assert.equal(answer.status, 303);
	assert.notEqual(visitor.cookies.get('signet'), old);
	assert.equal(await isSignedIn(visitor), true);
	thief.cookies.set('signet', old);
	assert.equal(await isSignedIn(thief), false);
});

test('a token that somebody planted before is not taken over', async () => {
	const visitor = new Visitor();

	visitor.cookies.set('signet', 'A'.repeat(43));
	await visitor.signIn('member');
	assert.notEqual(visitor.cookies.get('signet'), 'A'.repeat(43));
});

test('signing out ends the session itself, not only the cookie', async () => {
	const visitor = await new Visitor().signIn('member');
	const token = visitor.cookies.get('signet');
	const answer = await visitor.post('/logout');
	const thief = new Visitor();

	assert.equal(answer.status, 303);
	assert.equal(answer.location, '/login');
	assert.match(cookieLine(answer, 'signet'), /^signet=; .*Max-Age=0/);
	assert.deepEqual(alerts((await visitor.get('/login')).text), ['You are signed out.']);
	assert.deepEqual(alerts((await visitor.get('/login')).text), [], 'said once');
	thief.cookies.set('signet', token);
	assert.equal(await isSignedIn(thief), false);
});

test('a session ends after its idle time, after its age, and with its account', async () => {
	const login = 'flow-person';
	const visitor = await new Visitor().signIn(login, loner(login));
	const row = `WHERE token_hash = UNHEX('${sessionOf(login)}')`;
	const ages = [['seen_at', IDLE], ['created_at', AGE]];

	for (const [column, seconds] of ages) {
		const was = sqlValue(`SELECT ${column} FROM session ${row}`);
		sql(`UPDATE session SET ${column} = UNIX_TIMESTAMP() - ${seconds - 30} ${row}`);
		assert.equal(await isSignedIn(visitor), true, `${column}: just before the end`);
		sql(`UPDATE session SET ${column} = UNIX_TIMESTAMP() - ${seconds + 1} ${row}`);
		assert.equal(await isSignedIn(visitor), false, `${column}: just after it`);
		sql(`UPDATE session SET ${column} = ${was} ${row}`);
		assert.equal(await isSignedIn(visitor), true);
	}
	sql(`UPDATE account SET disabled_at = UNIX_TIMESTAMP() WHERE login = ${quote(login)}`);
	assert.equal(await isSignedIn(visitor), false, 'disabled');
	sql(`UPDATE account SET disabled_at = NULL WHERE login = ${quote(login)}`);
});

test('use moves the end of the idle time', async () => {
	const visitor = await new Visitor().signIn('flow-person', loner('flow-person'));
	const row = `WHERE token_hash = UNHEX('${sessionOf('flow-person')}')`;

	sql(`UPDATE session SET seen_at = UNIX_TIMESTAMP() - ${IDLE - 30} ${row}`);
	assert.equal(await isSignedIn(visitor), true);
	assert.ok(sqlValue(`SELECT UNIX_TIMESTAMP() - seen_at FROM session ${row}`) < 5);
});

/* What differs between any two sign-in pages. */
function normal(answer, login) {
	return { status: answer.status,
		headers: answer.headers.filter(([name]) => !['date', 'x-request-id', 'set-cookie']
			.includes(name)).map(([name, value]) => `${name}: ${value}`).sort(),
		cookies: answer.all('set-cookie').map((line) => line.replace(/=[^;]*/, '=...')),
		body: answer.text.replaceAll(login, 'LOGIN')
			.replace(/name="csrf" value="[^"]*"/g, 'csrf').replace(/[0-9a-f]{32}/g, 'ID') };
}

test('wrong password, unknown, disabled and passwordless accounts look alike, one Argon2 each',
	async () => {
		person('flow-closed');
		person('flow-nopass');
		sql(`UPDATE account SET disabled_at = 1 WHERE login = 'flow-closed';
			DELETE FROM password WHERE account_id = ${accountId('flow-nopass')}`);
		const tries = [['flow-person', `${person('flow-person')}x`], ['flow-nobody', 'not a password'],
			['flow-closed', person('flow-closed')], ['flow-nopass', person('flow-nopass')],
			['flow-\u00fcrsel', 'not a password']];
		const answers = [];

		for (const [login, password] of tries) {
			const visitor = new Visitor();
			await visitor.get('/login');
			const before = argon2Calls();
			const answer = await visitor.tryLogin(login, password);
			assert.equal(argon2Calls() - before, 1, `${login}: Argon2 calls`);
			assert.ok(!visitor.cookies.has('signet'));
			answers.push(normal(answer, login));
		}
		assert.equal(answers[0].status, 422);
		assert.match(answers[0].body, /The login or the password is wrong/);
		for (const [k, answer] of answers.entries()) {
			if (tries[k][0].length === tries[0][0].length && k < 4)
				assert.deepEqual(answer, answers[0], tries[k][0]);
			assert.equal(answer.body, answers[0].body, tries[k][0]);
			assert.equal(answer.status, answers[0].status);
		}
		const before = argon2Calls();
		await new Visitor().signIn('flow-person', person('flow-person'));
		assert.equal(argon2Calls() - before, 1, 'the right password: Argon2 calls');
		sql("UPDATE account SET disabled_at = NULL WHERE login = 'flow-closed'");
	});

test('an empty name or password is told, without asking the vault', async () => {
	const visitor = new Visitor();
	const before = argon2Calls();

	for (const [login, password] of [['', 'x'], ['admin', ''], ['', ''], ['x'.repeat(5000), 'x']]) {
		const answer = await visitor.tryLogin(login, password);
		assert.equal(answer.status, 422);
		assert.equal(alerts(answer.text).length, 1);
	}
	assert.equal(argon2Calls(), before);
});

test('ten wrong passwords from a network lock the account there for a while, also for the right one', async () => {
	const visitor = new Visitor();
	const login = 'flow-person', password = person(login);

	for (let k = 0; k < 10; k++)
		assert.equal((await visitor.tryLogin(login, 'wrong password')).status, 422, `try ${k + 1}`);
	const before = argon2Calls();
	const answer = await visitor.tryLogin(login, password, {});
	assert.equal(answer.status, 429);
	assert.deepEqual(alerts(answer.text), ['Too many failed tries. Wait 15 minutes and try again.']);
	assert.equal(argon2Calls(), before, 'the vault is not asked any more');
	assert.equal(sqlValue(`SELECT COUNT(*) FROM session WHERE account_id = ${accountId(login)}
		AND created_at > UNIX_TIMESTAMP() - 1`), '0');
	assert.equal((await visitor.tryLogin('flow-nobody', 'wrong password')).status, 422, 'others may try');
	sql(`UPDATE throttle SET since = since - ${WINDOW + 1}`);
	await new Visitor().signIn(login, password);
	assert.equal(sqlValue('SELECT COUNT(*) FROM throttle WHERE since > UNIX_TIMESTAMP() - 900'), '0');
});

/* BLAKE2b-256, as src/seal/hash.c makes it of "account:LOGIN". */
const accountSubject = (login) => execFileSync('b2sum', ['-l', '256'], { input: `account:${login}`, encoding: 'utf8' })
	.slice(0, 64);

test('a hundred wrong passwords from anywhere lock the account everywhere, ninety-nine do not', async () => {
	const login = 'flow-person', password = person(login);
	const failures = (n) => sql(`INSERT INTO throttle (subject, failures, since)
		VALUES (UNHEX('${accountSubject(login)}'), ${n}, UNIX_TIMESTAMP())`);

	failures(99);
	await new Visitor().signIn(login, password);
	assert.equal(sqlValue('SELECT COUNT(*) FROM throttle'), '0', 'signing in clears the account');
	failures(100);
	const before = argon2Calls();
	assert.equal((await new Visitor().tryLogin(login, password)).status, 429);
	assert.equal(argon2Calls(), before);
});

test('fifty wrong passwords from an address lock it, whatever account and header', async () => {
	const visitor = new Visitor();

	/* two accounts, one address: its row is the one that counts both */
	await visitor.tryLogin('flow-nobody-1', 'wrong password');
	await visitor.tryLogin('flow-nobody-2', 'wrong password');
	assert.deepEqual(sql('SELECT failures FROM throttle ORDER BY failures').flat(), ['1', '1', '1', '1', '2']);
	sql('UPDATE throttle SET failures = 49 WHERE failures = 2');
	assert.equal((await visitor.tryLogin('flow-nobody-3', 'wrong password')).status, 422);
	for (const headers of [{}, { 'X-Forwarded-For': '192.0.2.1', 'X-Real-IP': '192.0.2.1' }]) {
		const other = new Visitor();
		await other.get('/login');
		const csrf = /name="csrf" value="([^"]+)"/.exec((await other.get('/login')).text)[1];
		const answer = await other.post('/login', { csrf, login: 'admin', password: passwordOf('admin') },
			{ headers });
		assert.equal(answer.status, 429);
		assert.match(alerts(answer.text)[0], /Too many failed tries/);
	}
	const rows = sql('SELECT HEX(subject) FROM throttle').flat().join();
	assert.ok(!rows.includes(Buffer.from('127.0.0.1').toString('hex').toUpperCase()));
});

test('pages are answered while sign-ins wait for Argon2', async () => {
	const visitor = await as('admin');
	const strangers = await Promise.all(Array.from({ length: 8 }, async () => {
		const stranger = new Visitor();
		const csrf = /name="csrf" value="([^"]+)"/.exec((await stranger.get('/login')).text)[1];
		return { stranger, csrf };
	}));
	let done = 0;
	const signIns = strangers.map(async ({ stranger, csrf }) => {
		const answer = await stranger.post('/login', { csrf, login: 'member',
			password: passwordOf('member') });
		done++;
		return answer;
	});
	const pendingAt = [];

	for (let k = 0; k < 4; k++) {
		const pages = await Promise.all([visitor.get('/s/acme/integrations'), visitor.get('/account')]);
		assert.deepEqual(pages.map((p) => p.status), [200, 200]);
		pendingAt.push(8 - done);
	}
	for (const answer of await Promise.all(signIns))
		assert.equal(answer.status, 303);
	assert.ok(pendingAt.every((n) => n > 0), `sign-ins pending after each round: ${pendingAt}`);
});

test('a form that arrives after the session has ended: one is told, and comes back to its page', async () => {
	const base = '/s/acme/integrations';

	for (const [path, page] of [[`${base}/42/edit`, `${base}/42/edit`], [`${base}/42/delete`, `${base}/42`], [`${base}/42/disable`, `${base}/42`],
		[`${base}/new`, `${base}/new`], ['/account/password', '/account']]) {
		const stranger = new Visitor();
		const sent = await stranger.send('POST', path, { body: 'name=x', headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: stranger.origin } });

		assert.equal(sent.status, 303, path);
		const answer = await stranger.get(sent.location);
		says(answer, /nothing of it is saved, and what you typed could not be kept/);
		const form = formOf(answer.text, '/login');
		assert.equal(form.value('next'), page);
		assert.equal((await stranger.submit(form.set('login', 'member').set('password', passwordOf('member')))).location, page);
	}
	/* nothing was typed to sign out */
	const stranger = new Visitor();
	assert.equal((await stranger.send('POST', '/logout', { body: '', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } })).location, '/login?next=/');
	assert.ok(!(await stranger.get('/login?next=/')).text.includes('login-lost'));
});

test('after signing in one is back at the page that was asked for, and nowhere else', async () => {
	const stranger = new Visitor();
	const asked = '/s/acme/integrations/new?type=jenkins';
	const sent = await stranger.get(asked);

	assert.equal(sent.status, 303);
	assert.equal(sent.location, `/login?next=${encodeURIComponent(asked).replaceAll('%2F', '/')}`);
	const form = await stranger.form(sent.location, '/login');
	assert.equal(form.value('next'), asked);
	form.set('login', 'member').set('password', passwordOf('member'));
	assert.equal((await stranger.submit(form)).location, asked);

	for (const next of ['//evil.example/', 'https://evil.example/', '/\\evil.example', '\\evil',
		'/\t/evil.example', 'javascript:alert(1)', '/a\r\nX-Evil: 1', '//x']) {
		const answer = await stranger.get(`/login?next=${encodeURIComponent(next)}`);
		assert.equal(answer.status, 303);
		assert.equal(answer.location, '/', JSON.stringify(next));
		assert.equal(answer.header('x-evil'), undefined);
	}
});

test('over TLS the cookie is __Host- and Secure, and the answer says HSTS', async () => {
	const web = await secondWeb({ secure: 'yes' });

	try {
		const visitor = web.visitor();
		const answer = await visitor.tryLogin('member', passwordOf('member'));
		assert.equal(answer.status, 303);
		const line = cookieLine(answer, '__Host-signet');
		assert.match(line, /; Secure(;|$)/);
		assert.match(line, /; Path=\/;/);
		assert.doesNotMatch(line, /Domain/i);
		assert.equal(cookieLine(answer, 'signet'), undefined);
		for (const cookie of answer.all('set-cookie'))
			assert.match(cookie, /^__Host-.*; Secure$/);
		assert.match(answer.header('strict-transport-security'), /^max-age=\d{7,}/);
		const page = await visitor.get('/s/acme/integrations');
		assert.equal(page.status, 200);
		for (const cookie of page.all('set-cookie'))
			assert.match(cookie, /^__Host-.*; Secure$/);
		/* a form from the plain-text twin of the site is foreign */
		const foreign = await visitor.post('/account/theme', { theme: 'dark' },
			{ headers: { Origin: web.origin.replace('https', 'http') } });
		assert.equal(foreign.status, 403);
		/* and its cookie, which anybody on the wire could set, is no session */
		const plain = web.visitor();
		plain.cookies.set('signet', visitor.cookies.get('__Host-signet'));
		assert.equal((await plain.get('/account')).status, 303);
	} finally {
		await web.stop();
	}
});

test('changing the password needs the old one; guesses at it are counted', async () => {
	const login = 'flow-changer', password = person(login);
	const visitor = await new Visitor().signIn(login, password);
	const change = (current, next, again = next) => visitor.post('/account/password',
		{ current, password: next, again });
	const next = `${password}-new`;

	try {
		let answer = await change('not this one', next);
		assert.equal(answer.status, 422);
		says(answer, /This is not your password\./);
		answer = await change(password, 'short');
		assert.equal(answer.status, 422);
		says(answer, /12 to 1024/);
		answer = await change(password, next, `${next}x`);
		assert.equal(answer.status, 422);
		says(answer, /not the same/);
		assert.ok(!answer.text.includes(next) && !answer.text.includes(password));
		answer = await change(password, next);
		assert.equal(answer.status, 303);
		assert.equal((await new Visitor().tryLogin(login, password)).status, 422);
		await new Visitor().signIn(login, next);
		sql('UPDATE throttle SET failures = 10');
		assert.equal((await change(next, `${next}2`)).status, 429);
	} finally {
		admin(['account', 'password', login], `${password}\n`);
	}
});
