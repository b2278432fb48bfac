/* One-time links for a first or forgotten password: where the code goes, and that it works once. */
import { after, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { BASE, VAR, admin, argon2Calls, quote, sql, sqlValue, throttleClear } from './lib/stack.mjs';
import { Visitor } from './lib/client.mjs';
import { alerts, textOf } from './lib/html.mjs';
import { accountId, person } from './lib/people.mjs';

const LOGIN = 'flow-link';

beforeEach(() => {
	throttleClear();
	person(LOGIN);
});
after(throttleClear);

const newPassword = () => randomBytes(12).toString('base64url');

/* The path of a new link, as the operator gets it. */
function linkMake(login = LOGIN) {
	const [address] = admin(['account', 'link', login]).split('\n');

	assert.match(address, new RegExp(`^${BASE}/password\\?code=[A-Za-z0-9_-]{43}$`));
	return address.slice(BASE.length);
}

/* Somebody who opened it: at the form. */
async function opened(link) {
	const visitor = new Visitor();
	const first = await visitor.get(link);

	assert.equal(first.status, 303);
	assert.equal(first.location, '/password');
	return visitor;
}

async function set(visitor, password, again = password) {
	const form = await visitor.form('/password');

	return visitor.submit(form.set('password', password).set('again', again));
}

function isOver(answer, what) {
	assert.equal(answer.status, 410, what);
	assert.match(textOf(answer.text), /This link is not good any more/, what);
	assert.doesNotMatch(answer.text, /type="password"/, what);
}

test('the code leaves the address at once, into a cookie that no script reads', async () => {
	const link = linkMake(), code = link.split('=')[1];
	const visitor = new Visitor();
	const answer = await visitor.get(link);
	const line = answer.all('set-cookie').find((l) => l.startsWith('signet-link='));

	assert.equal(answer.status, 303);
	assert.equal(answer.location, '/password');
	assert.ok(line.startsWith(`signet-link=${code}; `));
	for (const flag of [/; HttpOnly(;|$)/, /; SameSite=Lax(;|$)/, /; Path=\/(;|$)/, /; Max-Age=900(;|$)/])
		assert.match(line, flag);
	assert.equal(answer.header('cache-control'), 'no-store');
	const page = await visitor.get('/password');
	assert.equal(page.status, 200);
	assert.ok(!page.text.includes(code), 'not in the page');
	assert.doesNotMatch(page.text, /<nav/);
});

test('a password by a link: once, and then one signs in with it', async () => {
	const link = linkMake(), password = newPassword();
	const session = await new Visitor().signIn(LOGIN, person(LOGIN));
	const visitor = await opened(link);
	const calls = argon2Calls();
	const answer = await set(visitor, password);

	assert.equal(answer.status, 303);
	assert.equal(answer.location, `/login?login=${LOGIN}`);
	assert.equal(argon2Calls() - calls, 1);
	assert.ok(!visitor.cookies.has('signet-link'), 'the cookie is taken back');
	assert.ok(!visitor.cookies.has('signet'), 'nobody is signed in by it');
	const page = await visitor.get(answer.location);
	assert.deepEqual(alerts(page.text), ['Your password is set. Sign in with it.']);
	assert.match(page.text, new RegExp(`name="login" value="${LOGIN}"`));
	assert.equal((await session.get('/account')).status, 303, 'older sessions are over');
	assert.equal((await new Visitor().tryLogin(LOGIN, person(LOGIN))).status, 422, 'the old password is none');
	await visitor.signIn(LOGIN, password);
	/* once */
	const late = await opened(link);
	isOver(await set(late, newPassword()), 'again');
	assert.ok(!late.cookies.has('signet-link'));
	await new Visitor().signIn(LOGIN, password);
	admin(['account', 'password', LOGIN], `${person(LOGIN)}\n`);
});

test('unknown, cut, expired, replaced, of a disabled account: one page for all, and no Argon2', async () => {
	const calls = argon2Calls();
	const older = linkMake(), link = linkMake();

	isOver(await new Visitor().get('/password'), 'without a code');
	isOver(await new Visitor().get(link.slice(0, -1)), 'cut');
	isOver(await new Visitor().get('/password?code='), 'empty');
	isOver(await new Visitor().get(`/password?code=${'%22'.repeat(43)}`), 'no code');
	isOver(await set(await opened(`/password?code=${'A'.repeat(43)}`), newPassword()), 'unknown');
	isOver(await set(await opened(older), newPassword()), 'replaced');
	sql(`UPDATE password_link SET expires_at = UNIX_TIMESTAMP() - 1 WHERE account_id = ${accountId(LOGIN)}`);
	isOver(await set(await opened(link), newPassword()), 'a time that the vault did not write');
	const last = linkMake();
	admin(['account', 'disable', LOGIN]);
	isOver(await set(await opened(last), newPassword()), 'disabled');
	assert.throws(() => linkMake(), /this account is disabled/);
	admin(['account', 'enable', LOGIN]);
	isOver(await set(await opened(last), newPassword()), 'it does not come back');
	assert.equal(argon2Calls(), calls);
	await new Visitor().signIn(LOGIN, person(LOGIN));
});

test('short and unlike passwords are told beside the field, and the link is still good', async () => {
	const visitor = await opened(linkMake());
	const password = newPassword();

	for (const [first, second, sentence] of [['short', 'short', /A password needs 12 to 1024 characters\./],
		['', '', /New password must be filled in/], [password, `${password}x`, /The two passwords are not the same\./]]) {
		const answer = await set(visitor, first, second);
		assert.equal(answer.status, 422);
		assert.match(textOf(answer.text), sentence);
		assert.ok(!answer.text.includes(password));
	}
	assert.equal((await set(visitor, person(LOGIN))).status, 303);
});

test('the form of a stranger is refused', async () => {
	const visitor = await opened(linkMake());
	const answer = await visitor.post('/password', { csrf: 'x'.repeat(43), password: 'x'.repeat(20), again: 'x'.repeat(20) });

	assert.equal(answer.status, 403);
});

test('whoever is signed in there is signed out by it', async () => {
	const visitor = await new Visitor().signIn('flow-link-other', person('flow-link-other'));

	await visitor.get(linkMake());
	assert.equal((await set(visitor, person(LOGIN))).status, 303);
	assert.equal((await visitor.get('/account')).status, 303);
});

test('no code and no new password is in a log, the database or the audit trail', async () => {
	const link = linkMake(), code = link.split('=')[1], password = newPassword();

	await set(await opened(link), password);
	admin(['account', 'password', LOGIN], `${person(LOGIN)}\n`);
	const logs = readdirSync(path.join(VAR, 'log')).map((name) => readFileSync(path.join(VAR, 'log', name), 'latin1')).join();
	assert.match(logs, /\/password/, 'the logs are read');
	const rows = sql('SELECT * FROM audit').flat().join(' ') + sql('SELECT * FROM session').flat().join(' ') +
		sql('SELECT HEX(code_hash) FROM password_link').flat().join();
	for (const secret of [code, password]) {
		assert.ok(!logs.includes(secret));
		assert.ok(!rows.includes(secret));
	}
	assert.deepEqual(sql(`SELECT actor, object FROM audit WHERE action = 'password.by_link' AND chain =
		'account:${accountId(LOGIN)}' ORDER BY seq DESC LIMIT 1`), [[LOGIN, LOGIN]]);
	assert.equal(sqlValue(`SELECT actor FROM audit WHERE action = 'password.link' AND object = ${quote(LOGIN)}
		ORDER BY seq DESC LIMIT 1`), 'operator');
});

test('the operator disables an account and enables it again; the last site admin stays', async () => {
	const visitor = await new Visitor().signIn(LOGIN, person(LOGIN));

	admin(['account', 'disable', LOGIN]);
	assert.equal((await visitor.get('/account')).status, 303);
	assert.equal(sqlValue(`SELECT COUNT(*) FROM session WHERE account_id = ${accountId(LOGIN)}`), '0');
	assert.equal((await new Visitor().tryLogin(LOGIN, person(LOGIN))).status, 422);
	admin(['account', 'enable', LOGIN]);
	await new Visitor().signIn(LOGIN, person(LOGIN));
	assert.equal((await visitor.get('/account')).status, 303, 'the old session does not come back');
	const others = sql(`SELECT login FROM site_role JOIN account ON id = account_id WHERE disabled_at IS NULL AND login <>
		'siteadmin'`).flat();
	assert.deepEqual(others, [], 'the demo has one site admin');
	assert.throws(() => admin(['account', 'disable', 'siteadmin']), /the last site admin/);
});
