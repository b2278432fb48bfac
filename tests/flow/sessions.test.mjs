/* Where one is signed in: seeing it, ending one session, ending all others. */
import { beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';

import { sql, sqlValue, throttleClear } from './lib/stack.mjs';
import { Visitor } from './lib/client.mjs';
import { says, textOf } from './lib/html.mjs';
import { accountId, person } from './lib/people.mjs';

const PAGE = '/account/sessions';
let password;

beforeEach(() => {
	throttleClear();
	password = person('flow-sessions');
	sql(`DELETE FROM session WHERE account_id = ${accountId('flow-sessions')}`);
});

async function signedIn(agent) {
	const visitor = new Visitor();
	const send = visitor.transport;

	visitor.transport = (request, body) => send({ ...request, headers: { ...request.headers, 'User-Agent': agent } }, body);
	return visitor.signIn('flow-sessions', password);
}

const isSignedIn = async (visitor) => (await visitor.get('/account')).status === 200;
const handles = (answer) => [...answer.text.matchAll(/name="session" value="([^"]+)"/g)].map(([, handle]) => handle);
const actions = () => sql(`SELECT action FROM audit WHERE chain = 'account:${accountId('flow-sessions')}' ORDER BY seq DESC LIMIT 1`)[0][0];

test('the page says which browser, from where, since when; this one is marked and has no button', async () => {
	const here = await signedIn('Mozilla/5.0 (X11) Here/1.0');
	await signedIn(`Mozilla/5.0 <b>&"x" ${'long '.repeat(80)}`);
	const page = await here.get(PAGE);

	says(page, /This session \(X11\) Here\/1\.0 127\.0\.0\.1 just now/);
	says(page, /<b>&"x" long long/);
	assert.ok(/<b>&"x" [long ]{120,160}…/.test(textOf(page.text)), 'a long one is cut');
	assert.equal(handles(page).length, 1);
	const hash = sqlValue(`SELECT HEX(token_hash) FROM session WHERE account_id = ${accountId('flow-sessions')} AND agent LIKE '%Here%'`);
	for (const handle of handles(page))
		assert.ok(!page.text.includes(hash) && handle.length === 22, 'the row\'s key stands in no page');
});

test('one is ended: that browser is out at its next request, the others are not', async () => {
	const here = await signedIn('here'), there = await signedIn('there'), third = await signedIn('third');
	const rows = (await here.get(PAGE)).text.split('<tr>').filter((row) => row.includes('name="session"'));
	const handle = /name="session" value="([^"]+)"/.exec(rows.find((row) => row.includes('>there<')))[1];

	const answer = await here.post(`${PAGE}/end`, { session: handle });
	assert.deepEqual([answer.status, answer.location], [303, PAGE]);
	says(await here.get(PAGE), /The session is ended/);
	assert.deepEqual([await isSignedIn(here), await isSignedIn(there), await isSignedIn(third)], [true, false, true]);
	assert.equal(actions(), 'session.end_one');
	assert.equal((await here.post(`${PAGE}/end`, { session: handle })).status, 404, 'it is no more');
});

test('another\'s session cannot be ended, whatever is sent', async () => {
	const here = await signedIn('here');
	const other = await new Visitor().signIn('flow-sessions-2', person('flow-sessions-2'));
	await new Visitor().signIn('flow-sessions-2', person('flow-sessions-2'));
	const [handle] = handles(await other.get(PAGE));

	assert.ok(handle);
	for (const session of [handle, '', "' OR ''='", '%'])
		assert.ok([400, 404].includes((await here.post(`${PAGE}/end`, { session })).status), session);
	assert.equal(handles(await other.get(PAGE)).length, sql(`SELECT 1 FROM session WHERE account_id = ${accountId('flow-sessions-2')}`).length - 1);
	assert.ok(!textOf((await here.get(PAGE)).text).includes('flow-sessions-2'));
});

test('all others are ended at once', async () => {
	const here = await signedIn('here'), others = [await signedIn('a'), await signedIn('b')];

	says(await here.get((await here.post(`${PAGE}/end-others`)).location), /All other sessions are ended/);
	assert.equal(await isSignedIn(here), true);
	for (const other of others)
		assert.equal(await isSignedIn(other), false);
	const page = await here.get(PAGE);
	assert.equal(handles(page).length, 0);
	assert.ok(!page.text.includes(`action="${PAGE}/end-others"`), 'nothing is left to end');
});
