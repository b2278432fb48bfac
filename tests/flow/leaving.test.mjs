/* People leave: the days of grace that a subscription gives, what pages say before a role is taken or an account disabled,
 * leaving by oneself, the leaver's bindings, and coming back. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';

import { sql, sqlValue, throttleClear } from './lib/stack.mjs';
import { as } from './lib/client.mjs';
import { byId, formOf, says } from './lib/html.mjs';
import { failsAt } from './lib/integration.mjs';

const SETTINGS = '/s/acme/settings';
let admin;

before(async () => {
	throttleClear();
	admin = await as('admin');
});
after(() => {
	sql(`UPDATE subscription SET grace_days = 30, revision = revision + 1 WHERE slug = 'acme'`);
	throttleClear();
});

/* --- days of grace ------------------------------------------------------------------------------------ */

const graceOf = () => sqlValue(`SELECT grace_days FROM subscription WHERE slug = 'acme'`);
const graceEntries = () => sql(`SELECT actor, object, fields FROM audit WHERE action = 'subscription.grace' ORDER BY at, seq`);

test('days of grace: what they mean, 30 at first, from 0 to 365, in the trail', async () => {
	says(await admin.get(SETTINGS), /When its owner loses their role here.*0: none from that moment on/);
	const form = await admin.form(SETTINGS);
	assert.equal(form.value('grace_days'), '30');
	assert.equal((await admin.submit(form.set('grace_days', '0'))).status, 303);
	assert.equal(graceOf(), '0');
	assert.deepEqual(graceEntries().at(-1), ['admin', 'acme', 'from 30 to 0']);
	assert.equal((await admin.submit((await admin.form(SETTINGS)).set('grace_days', ' 365 '))).status, 303);
	assert.equal(graceOf(), '365');
	const count = graceEntries().length;
	assert.equal((await admin.submit(await admin.form(SETTINGS))).status, 303);
	assert.equal(graceEntries().length, count, 'nothing changed, nothing written');
	for (const wrong of ['', '366', '-1', '1.5', 'a week', '9999999999999999999999'.slice(0, 20)]) {
		const answer = await admin.submit((await admin.form(SETTINGS)).set('grace_days', wrong));
		failsAt(answer, 'grace_days', /from 0 \(at once\) to 365/, wrong);
		assert.equal(formOf(answer.text, SETTINGS).value('grace_days'), wrong, 'what was typed stays');
	}
	assert.equal(graceOf(), '365');
});

test('days of grace: of two admins the second is told; what one left alone is not overwritten', async () => {
	const mine = await admin.form(SETTINGS), theirs = await admin.form(SETTINGS), third = await admin.form(SETTINGS);

	assert.equal((await admin.submit(mine.set('grace_days', '14'))).status, 303);
	const late = await admin.submit(theirs.set('grace_days', '7'));
	assert.equal(late.status, 409);
	says(late, /Nothing is saved yet: somebody else changed the days of grace/);
	assert.equal(graceOf(), '14');
	assert.equal(formOf(late.text, SETTINGS).value('grace_days'), '7');
	assert.equal((await admin.submit(formOf(late.text, SETTINGS))).status, 303);
	assert.equal(graceOf(), '7');
	assert.equal((await admin.submit(third.set('name', 'Acme for a while'))).status, 303, 'a form from before: the name alone');
	assert.equal(graceOf(), '7');
	const wrong = await admin.submit((await admin.form(SETTINGS)).set('name', ' acme'));
	assert.equal(wrong.status, 422);
	assert.equal(byId(wrong.text, 'grace_days-error'), null);
	assert.equal((await admin.submit((await admin.form(SETTINGS)).set('name', 'acme').set('grace_days', '30'))).status, 303);
	assert.deepEqual([graceOf(), sqlValue(`SELECT name FROM subscription WHERE slug = 'acme'`)], ['30', 'acme']);
});
