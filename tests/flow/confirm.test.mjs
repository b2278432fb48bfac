/* "Confirm it's you": the password once more, then on with what was filled in. */
import { after, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';

import { argon2Calls, quote, sql, sqlValue, throttleClear } from './lib/stack.mjs';
import { Visitor } from './lib/client.mjs';
import { textOf } from './lib/html.mjs';
import { accountId, person } from './lib/people.mjs';

const LOGIN = 'flow-confirm';

beforeEach(throttleClear);
after(() => {
	throttleClear();
	sql(`UPDATE account SET theme = 'auto' WHERE login = ${quote(LOGIN)}`);
});

/* Somebody signed in whose confirmations are gone. */
async function unconfirmed() {
	const visitor = await new Visitor().signIn(LOGIN, person(LOGIN));

	sql(`DELETE FROM confirmation WHERE account_id = ${accountId(LOGIN)}`);
	return visitor;
}

const confirmations = () => Number(sqlValue(`SELECT COUNT(*) FROM confirmation WHERE account_id = ${accountId(LOGIN)}
	AND at > UNIX_TIMESTAMP() - 60`));
const theme = () => sqlValue(`SELECT theme FROM account WHERE login = ${quote(LOGIN)}`);

async function confirm(visitor, fields, password = person(LOGIN)) {
	return visitor.post('/confirm', [...fields, ['confirm_password', password], ['csrf', await visitor.csrf()]]);
}

test('signing in is a confirmation, of that session alone, with one Argon2', async () => {
	const first = await unconfirmed(), second = new Visitor();
	const calls = argon2Calls();

	await second.signIn(LOGIN, person(LOGIN));
	assert.equal(argon2Calls() - calls, 1);
	const rows = sql(`SELECT HEX(c.session_hash) = HEX(s.token_hash) FROM confirmation c JOIN session s USING (account_id)
		WHERE account_id = ${accountId(LOGIN)}`).flat();
	assert.equal(confirmations(), 1);
	assert.equal(rows.filter((same) => same === '1').length, 1, 'it is the hash of a session');
	assert.ok(first.cookies.get('signet') && second.cookies.get('signet'));
});

test('by its address: the password, and on to the page that was asked for', async () => {
	const visitor = await unconfirmed();
	const form = await visitor.form('/confirm?next=/account%3Fa%3Db', '/confirm');
	const calls = argon2Calls();

	assert.equal(form.value('confirm_next'), '/account?a=b');
	const answer = await visitor.submit(form.set('confirm_password', person(LOGIN)));
	assert.equal(answer.status, 303);
	assert.equal(answer.location, '/account?a=b');
	assert.equal(argon2Calls() - calls, 1);
	assert.equal(confirmations(), 1);
});

test('with a form: the same form again, to where it was for, and it is as if it had never waited', async () => {
	const visitor = await unconfirmed();
	const fields = [['theme', 'dark'], ['confirm_to', '/account/theme'], ['more', 'a'], ['more', 'b\r\n"<c>']];
	const answer = await confirm(visitor, fields);

	assert.equal(answer.status, 307);
	assert.equal(answer.location, '/account/theme');
	assert.equal(confirmations(), 1);
	/* what a browser does with a 307: the same body once more */
	const done = await visitor.post(answer.location, [...fields, ['confirm_password', 'x'.repeat(1000)]]);
	assert.equal(done.status, 303);
	assert.equal(theme(), 'dark');
});

test('a wrong password: the page again with all that was filled in, and without the password', async () => {
	const visitor = await unconfirmed();
	const typed = 'not the password';
	const answer = await confirm(visitor, [['name', 'x "y" <z>'], ['note', 'one\r\n two'], ['role', '1'], ['role', '2'],
		['confirm_to', '/s/acme/people?a=1&b=2']], typed);
	const text = answer.text;

	assert.equal(answer.status, 422);
	assert.match(textOf(text), /This is not your password\. Try again\./);
	for (const part of ['name="name" value="x &quot;y&quot; &lt;z&gt;"', 'name="role" value="1"', 'name="role" value="2"',
		'<textarea name="note" hidden>\none\r\n two</textarea>', 'name="confirm_to" value="/s/acme/people?a=1&amp;b=2"'])
		assert.ok(text.includes(part), `${part} in ${text}`);
	assert.ok(!text.includes(typed));
	assert.equal(confirmations(), 0);
	const empty = await confirm(visitor, [['name', 'x']], '');
	assert.equal(empty.status, 422);
	assert.match(textOf(empty.text), /Type your password\./);
});

test('guesses are counted with those at sign-in', async () => {
	const visitor = await unconfirmed();

	for (let k = 0; k < 10; k++)
		assert.equal((await confirm(visitor, [], 'wrong password')).status, 422, `try ${k + 1}`);
	const calls = argon2Calls();
	const answer = await confirm(visitor, [['name', 'kept']]);
	assert.equal(answer.status, 429);
	assert.ok(answer.text.includes('name="name" value="kept"'));
	assert.equal((await new Visitor().tryLogin(LOGIN, person(LOGIN))).status, 429);
	assert.equal(argon2Calls(), calls, 'the vault is not asked');
	assert.equal(confirmations(), 0);
});

test('it leads to no other site, and is refused without the token of the session', async () => {
	const visitor = await unconfirmed();

	for (const to of ['//evil.example/', 'https://evil.example/', '/\\evil.example', 'javascript:alert(1)']) {
		assert.equal((await confirm(visitor, [['confirm_to', to]])).location, '/', to);
		assert.equal((await confirm(visitor, [['confirm_next', to]])).location, '/', to);
	}
	const foreign = await visitor.post('/confirm', [['confirm_password', person(LOGIN)], ['csrf', 'x'.repeat(43)]]);
	assert.equal(foreign.status, 403);
	const stranger = await new Visitor().get('/confirm');
	assert.equal(stranger.status, 303);
	assert.match(stranger.location, /^\/login\?next=/);
});

test('a new password ends the confirmations that rest on the old one', async () => {
	const visitor = await new Visitor().signIn(LOGIN, person(LOGIN));

	assert.equal(confirmations() >= 1, true);
	const answer = await visitor.post('/account/password', { current: person(LOGIN), password: person(LOGIN),
		again: person(LOGIN) });
	assert.equal(answer.status, 303);
	assert.equal(confirmations(), 0);
});

test('the row belongs to a session of the account', async () => {
	const visitor = await unconfirmed();

	await confirm(visitor, []);
	assert.equal(sqlValue(`SELECT COUNT(*) FROM confirmation c JOIN session s ON s.token_hash = c.session_hash AND
		s.account_id = c.account_id WHERE c.account_id = ${accountId(LOGIN)}`), '1');
});
