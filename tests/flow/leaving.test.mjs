/* People leave: the days of grace that a subscription gives, what pages say before a role is taken or an account disabled,
 * leaving by oneself, the leaver's bindings, and coming back. */
import { after, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';

import { quote, sql, sqlValue, throttleClear } from './lib/stack.mjs';
import { Visitor, as } from './lib/client.mjs';
import { byId, formOf, says, textOf } from './lib/html.mjs';
import { failsAt, newName, projectId } from './lib/integration.mjs';
import { accountId, person } from './lib/people.mjs';
import { bindingOf, bindingsClear, demo, handleMake, ownMake, somebody, subId, withdraw } from './lib/binding.mjs';
import { Program } from './lib/program.mjs';

const SETTINGS = '/s/acme/settings';
const MAYA = 'flow-maya', JON = 'flow-jon';
let admin, maya;
let boss; /* the same with a program that has confirmed */

before(async () => {
	throttleClear();
	boss = await demo('admin');
	admin = boss.visitor;
});
beforeEach(throttleClear);
after(() => {
	bindingsClear(MAYA, JON);
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

/* --- leaving with something bound ------------------------------------------------------------------------- */

const DAY = 24 * 3600;
const bindings = (id) => `/s/acme/people/${id}/bindings`;
const LISTS = ['/s/acme/integrations', '/s/acme/people'];
const departureOf = (who) => sqlValue(`SELECT ROUND((UNIX_TIMESTAMP() - left_at) / 60) FROM departure WHERE account_id = ${who.id}
	AND subscription_id = ${subId()}`);
const day = (days) => new Date(Date.now() + days * DAY * 1000).toISOString().slice(0, 10);
const give = async (who, role) => assert.equal((await admin.post('/s/acme/people/new', { login: who.login, role })).status, 303);
const handleName = (id) => sqlValue(`SELECT name FROM integration WHERE id = ${id}`);

/* Maya again with a role, two Jenkins and a Slack of hers bound here. */
async function mayaHere(role = 'member') {
	bindingsClear(MAYA);
	maya = await somebody(MAYA, role);
	const own = await ownMake(maya), slack = await ownMake(maya, 'slackKey');

	return { own, slack, one: await handleMake(maya, own, { projects: ['web'] }), two: await handleMake(maya, own, { name: newName('bound z'), projects: ['web'] }),
		chat: await handleMake(maya, slack) };
}
/* No notice, no flag: nothing needs a rebind. */
async function isQuiet(what) {
	for (const list of LISTS)
		assert.doesNotMatch(textOf((await admin.get(list)).text), /needs? a rebind/, `${what}: ${list}`);
}
async function isFlagged(w, state, runners) {
	for (const list of LISTS)
		says(await admin.get(list), new RegExp(`3 integrations need a rebind.*${MAYA} : 3|3 integrations need a rebind.*${MAYA}: 3`), list);
	assert.equal((await admin.get(LISTS[0])).text.split(`<a href="people/${maya.id}/bindings">${MAYA}</a>`).length - 1, 3, 'each flagged row leads to the leaver');
	assert.ok(!(await (await as('member')).get(LISTS[0])).text.includes('/bindings'), 'for admins alone');
	const page = await admin.get(bindings(maya.id));
	assert.equal(page.text.split(`>${state}</span>`).length - 1, 3, state);
	says(page, runners);
	says(await admin.get(`/s/acme/integrations/${w.one}/rebind`), runners);
}

test('removing: the page names what is bound and says what will happen; then it stays, flagged; coming back clears it', async () => {
	const w = await mayaHere();

	await isQuiet('before');
	says(await admin.get(`/s/acme/people/${maya.id}`), /Personal integrations in use here 3 integrations of acme/);
	const asked = await admin.get(`/s/acme/people/${maya.id}/remove`);
	for (const id of [w.one, w.two, w.chat])
		assert.ok(textOf(asked.text).includes(handleName(id)));
	says(asked, new RegExp(`These 3 integrations take their values from personal ones of theirs, and stay, flagged “owner left”.*Runners still get the values for 30 days, until ${day(30)}`));
	assert.ok(asked.text.includes(`href="${bindings(maya.id)}"`));
	const told = JSON.parse((await boss.program.get(`/api/v1/s/acme/people/${maya.id}`)).text);
	assert.deepEqual([told.bindings.map(({ id }) => id).sort(), told.grace_days], [[w.one, w.two, w.chat].sort(), 30]);

	assert.equal((await admin.submit(await admin.form(`/s/acme/people/${maya.id}/remove`))).status, 303);
	assert.equal(departureOf(maya), '0');
	await isFlagged(w, 'owner left', new RegExp(`Runners still get its values until ${day(30)} .*, 30 days after its owner left`));
	says(await admin.get(bindings(maya.id)), new RegExp(`${MAYA} has no role in acme any more`));
	assert.equal((await admin.get(`/s/acme/people/${maya.id}`)).status, 404, 'they are none of its people');
	assert.deepEqual(bindingOf(w.one), { to: w.own, owner: MAYA, undo: null, days: null });
	await give(maya, 'collaborator');
	assert.equal(departureOf(maya), undefined);
	await isQuiet('back');
	says(await admin.get(bindings(maya.id)), new RegExp(`${MAYA} has the role collaborator here`));
});

test('disabling an account: the page says how many in which subscription, and no name; enabling clears the flag', async () => {
	const w = await mayaHere();
	const site = await as('siteadmin');
	const page = `/admin/accounts/${maya.id}`;

	assert.ok((await site.get(page)).text.includes(`href="${page}/disable"`));
	const asked = await site.get(`${page}/disable`);
	says(asked, /Integrations take their values from personal ones of this account: acme : 3 integrations|acme: 3 integrations/);
	for (const id of [w.one, w.two, w.chat, w.own, w.slack])
		assert.ok(!asked.text.includes(handleName(id)), 'site admins see no integration');
	const told = JSON.parse((await (await Program.of(site)).get(`/api/v1${page}`)).text);
	assert.deepEqual(told.bound_integrations, [{ subscription_id: subId(), subscription: 'acme', count: 3 }]);
	says(await site.get(`/admin/accounts/${accountId('siteadmin')}/disable`), /This is your own account/);

	assert.equal((await site.submit(await site.form(`${page}/disable`))).status, 303);
	says(await site.get(`${page}/disable`), /disabled already/);
	await isFlagged(w, 'owner left', new RegExp(`Runners still get its values until ${day(30)}`));
	says(await admin.get(bindings(maya.id)), new RegExp(`The account of ${MAYA} is disabled, which counts as leaving`));
	assert.equal((await site.post(`${page}/enable`)).status, 303);
	await isQuiet('enabled again');
	assert.equal((await site.get(`${page}/disable`)).status, 200);
	says(await site.get(`/admin/accounts/${accountId('collaborator')}/disable`), /No integration of any subscription takes its values/);
});

test('leaving by oneself: a page first, then the password, then out', async () => {
	const w = await mayaHere();
	const account = await maya.visitor.get('/account');

	assert.ok(account.text.includes('href="/s/acme/leave"'));
	const asked = await maya.visitor.get('/s/acme/leave');
	says(asked, /You lose the role member.*personal ones of yours.*Runners still get the values for 30 days.*You can withdraw your consent at any time/);
	assert.ok(textOf(asked.text).includes(handleName(w.one)));
	assert.equal((await maya.visitor.post('/s/acme/leave', { was: 'admin' })).status, 409);
	sql(`DELETE FROM confirmation WHERE account_id = ${maya.id}`);
	const form = await maya.visitor.form('/s/acme/leave');
	const confirm = await maya.visitor.submit(form);
	says(confirm, /Type your password/);
	assert.equal(departureOf(maya), undefined);
	const on = await maya.visitor.submit(formOf(confirm.text, '/confirm').set('confirm_password', maya.password));
	assert.equal(on.status, 307);
	const left = await maya.visitor.post(on.location, form.fields());
	assert.equal(left.location, '/');
	says(await maya.visitor.get('/'), /You gave up your role/);
	assert.equal((await maya.visitor.get('/s/acme/leave')).status, 404);
	assert.deepEqual(sql(`SELECT actor, action, object FROM audit WHERE request = ${quote(left.header('x-request-id'))}`), [[MAYA, 'role.revoke', MAYA]]);
	assert.equal(departureOf(maya), '0');
	await isFlagged(w, 'owner left', /Runners still get its values/);

	/* also later, they end it: at once */
	await withdraw(maya, w.own);
	await withdraw(maya, w.slack);
	await isFlagged(w, 'withdrawn', /Runners get no value: its owner withdrew the consent/);
});

test('the last admin cannot leave, and is told', async () => {
	const asked = await admin.get('/s/acme/leave');

	says(asked, /You are the only admin who can act in acme, so you cannot leave it: make somebody else an admin first/);
	assert.ok(!/btn-danger/.test(asked.text));
	const answer = await admin.post('/s/acme/leave', { was: 'admin' });
	assert.equal(answer.status, 422);
	says(answer, /You are the only admin who can act here: make somebody else an admin first/);
	/* two who leave at once: one remains */
	for (let round = 0; round < 3; round++) {
		const two = [await somebody(MAYA, 'admin'), await somebody(JON, 'admin')];
		sql(`UPDATE account SET disabled_at = 1 WHERE login = 'admin'`);
		try {
			const answers = await Promise.all(two.map(({ visitor }) => visitor.post('/s/acme/leave', { was: 'admin' })));
			assert.deepEqual(answers.map(({ status }) => status === 303).sort(), [false, true], answers.map(({ status }) => status).join());
			assert.ok(answers.some(({ status }) => [409, 422].includes(status)));
		} finally {
			sql(`UPDATE account SET disabled_at = NULL WHERE login = 'admin'; UPDATE people_revision SET revision = revision + 1`);
		}
		admin = await new Visitor().signIn('admin');
		bindingsClear(MAYA, JON);
	}
});

test('days of grace decide until when runners get values', async () => {
	const w = await mayaHere();
	const runners = async () => textOf((await admin.get(`/s/acme/integrations/${w.one}/rebind`)).text);

	assert.equal((await admin.submit((await admin.form(SETTINGS)).set('grace_days', '0'))).status, 303);
	says(await admin.get(`/s/acme/people/${maya.id}/remove`), /Runners get none of the values from that moment on: acme gives no days of grace/);
	assert.equal((await maya.visitor.post('/s/acme/leave')).status, 303);
	assert.match(await runners(), /Runners get no value since its owner left: this subscription gives no days of grace/);
	assert.equal((await admin.submit((await admin.form(SETTINGS)).set('grace_days', '1'))).status, 303);
	assert.match(await runners(), new RegExp(`Runners still get its values until ${day(1)} .* 1 day after its owner left`));
	sql(`UPDATE departure SET left_at = left_at - ${DAY} WHERE account_id = ${maya.id}`);
	assert.match(await runners(), new RegExp(`Runners get no value: the 1 day of grace since its owner left were over on ${day(0)}`));
	says(await admin.get(bindings(maya.id)), /runners get the values for 1 day more/);
	assert.equal((await admin.submit((await admin.form(SETTINGS)).set('grace_days', '30'))).status, 303);
});

/* --- the leaver's page ------------------------------------------------------------------------------------ */

test('who has neither role nor binding has no such page', async () => {
	bindingsClear(MAYA);
	person(MAYA);
	const member = await as('member');

	for (const id of [accountId(MAYA), accountId('siteadmin'), '99999999', '0', 'x'])
		assert.equal((await admin.get(bindings(id))).status, 404, String(id));
	says(await admin.get(bindings(accountId('member'))), /Nothing here is bound to theirs/);
	assert.equal((await member.get(bindings(accountId('member')))).status, 403);
	const w = await mayaHere();
	assert.equal((await maya.visitor.post('/s/acme/leave')).status, 303);
	assert.equal((await admin.get(bindings(maya.id))).status, 200, 'bound to theirs still');
	assert.equal((await member.get(`/s/globex/people/${maya.id}/bindings`)).status, 404, 'but nothing there');
	assert.ok(w.one);
});

const post = (fields) => admin.post(bindings(maya.id), fields);
const all = (ids) => ids.map((id) => ['handle', id]);

test('many of a type are bound to one candidate at once, or none', async () => {
	const w = await mayaHere(), jon = await somebody(JON);
	const mine = await ownMake(boss), theirs = await ownMake(jon);

	await handleMake(jon, theirs);
	assert.equal((await maya.visitor.post('/s/acme/leave')).status, 303);
	const page = await admin.get(bindings(maya.id));
	assert.deepEqual([...page.text.matchAll(/name="handle" value="(\d+)" id="h-\d+" checked/g)].map(([, id]) => Number(id)).sort(), [w.one, w.two].sort(), 'flagged ones are ticked');
	says(page, /There is nothing to bind them to yet. Add a Slack integration of your own/);
	for (const id of [w.one, w.two, w.chat])
		assert.ok(page.text.includes(`href="/s/acme/integrations/${id}/rebind"`), 'one by one');

	for (const [fields, status, pattern] of [
		[[['type', 'jenkins'], ['to', theirs]], 422, /Tick the integrations to rebind/],
		[[['type', 'jenkins'], ...all([w.one])], 422, /Choose what to bind them to/],
		[[['type', 'jenkins'], ['to', '99999999'], ...all([w.one])], 422, /cannot be bound to that one/],
		[[['type', 'jenkins'], ['to', w.own], ...all([w.one])], 422, /cannot be bound to that one/],
		[[['type', 'jenkins'], ['to', mine], ...all([w.one])], 422, /Say which projects may use it/],
		[[['type', 'jenkins'], ['to', mine], ['scope', 'some'], ...all([w.one])], 422, /Tick at least one project/],
		[[['type', 'jenkins'], ['to', theirs], ...all([w.one, w.chat])], 409, /not all of these integrations are bound to theirs, of this type/],
		[[['type', 'slackKey'], ['to', theirs], ...all([w.chat])], 422, /There is nothing to bind them to yet/],
		[[['type', 'jenkins'], ['to', theirs], ...all([w.one, '99999999'])], 409, /not all of these/]]) {
		const answer = await post(fields);
		assert.equal(answer.status, status, JSON.stringify(fields));
		says(answer, pattern, JSON.stringify(fields));
		for (const id of [w.one, w.two, w.chat])
			assert.equal(bindingOf(id).owner, MAYA, JSON.stringify(fields));
	}
	const kept = await post([['type', 'jenkins'], ['to', mine], ['scope', 'some'], ...all([w.two])]);
	assert.match(kept.text, new RegExp(`value="${w.two}" id="h-${w.two}" checked`));
	assert.doesNotMatch(kept.text, new RegExp(`value="${w.one}" id="h-${w.one}" checked`));
	assert.match(kept.text, new RegExp(`value="${mine}" selected`));

	const done = await post([['type', 'jenkins'], ['to', theirs], ...all([w.one, w.two])]);
	assert.equal(done.status, 303);
	assert.equal(done.location, bindings(maya.id));
	for (const id of [w.one, w.two])
		assert.deepEqual([bindingOf(id).owner, bindingOf(id).undo], [JON, w.own]);
	assert.deepEqual(sql(`SELECT object, fields FROM audit WHERE request = ${quote(done.header('x-request-id'))} AND action = 'binding.rebind'
		AND chain LIKE 'sub:%' ORDER BY object`), [w.one, w.two].map(handleName).sort().map((name) => [name, `from ${MAYA} to ${JON}`]));
	says(await admin.get('/s/acme/people'), /1 integration needs a rebind/);

	/* the last one: then there is no page of somebody who left */
	const slack = await ownMake(boss, 'slackKey');
	const last = await post([['type', 'slackKey'], ['to', slack], ['scope', 'all'], ...all([w.chat])]);
	assert.equal(last.location, '/s/acme/people');
	assert.equal((await admin.get(bindings(maya.id))).status, 404);
	await isQuiet('all rebound');
	bindingsClear(JON);
});

test('places that many at once would deny are warned of first, and it is done when that was seen', async () => {
	const w = await mayaHere(), mine = await ownMake(boss);
	const octets = { headers: { 'Content-Type': 'application/octet-stream' } };
	const program = await Program.of(boss.visitor, ['workflow']);
	const file = (name) => `/api/v1/s/acme/projects/${projectId('acme', name)}/workflow?path=flow-leaving.yml`;
	const names = [w.one, w.two].map((id) => JSON.stringify(handleName(id)));
	const body = `jobs:\n  - name: ship\n    integrations: [${names}]\n  - name: test\n    integrations: [${names[0]}]\n`;
	const fields = [['type', 'jenkins'], ['to', mine], ['scope', 'some'], ['project', projectId('acme', 'web')], ...all([w.one, w.two])];

	try {
		for (const name of ['web', 'mobile'])
			assert.equal((await program.send('PUT', file(name), { body, ...octets })).status, 200);
		const warned = await post(fields);
		assert.equal(warned.status, 409);
		says(warned, /Nothing is changed yet. 3 places in workflow files name them in projects that could not use them any more: they would be denied/);
		says(warned, new RegExp(`${handleName(w.one)} ?: 2 places`));
		says(warned, new RegExp(`${handleName(w.two)} ?: 1 place`));
		says(warned, /Rebind the ticked ones nevertheless/);
		assert.equal(bindingOf(w.one).owner, MAYA);
		/* fewer were warned of than there are by now */
		assert.equal((await post([...fields, ['denied', 2]])).status, 409);
		assert.deepEqual([...warned.text.matchAll(/name="denied" value="(\d+)"/g)].map(([, n]) => n), ['3'], 'in the form of its type');
		const done = await post([...fields, ['denied', 3]]);
		assert.equal(done.status, 303, textOf(done.text));
		assert.equal(bindingOf(w.two).owner, 'admin');
	} finally {
		for (const name of ['web', 'mobile'])
			await program.send('DELETE', file(name));
	}
});

test('somebody else rebound one of them meanwhile: nothing is changed, and the page says so', async () => {
	const w = await mayaHere();
	const mine = await ownMake(boss), second = await ownMake(boss);

	assert.equal((await maya.visitor.post('/s/acme/leave')).status, 303);
	const fields = [['type', 'jenkins'], ['to', mine], ['scope', 'all'], ...all([w.one, w.two])];
	assert.equal((await admin.post(`/s/acme/integrations/${w.two}/rebind`, { version: 1, to: second, scope: 'all' })).status, 303);
	const late = await post(fields);
	assert.equal(late.status, 409);
	says(late, /Nothing is changed: not all of these integrations are bound to theirs/);
	assert.deepEqual([bindingOf(w.one).to, bindingOf(w.two).to], [w.own, second]);
});

test('a program does the same', async () => {
	const w = await mayaHere();
	const mine = await ownMake(boss), at = `/api/v1${bindings(maya.id)}`;
	const read = JSON.parse((await boss.program.get(at)).text);

	assert.deepEqual([read.who, read.role, read.grace_days, read.types.map(({ type, bindings: list }) => [type, list.length]).sort()],
		[MAYA, 'member', 30, [['jenkins', 2], ['slackKey', 1]]]);
	const bad = await boss.program.post(at, { handles: [w.one], to: 99999999 });
	assert.deepEqual([bad.status, JSON.parse(bad.text).errors[0].field], [422, 'to']);
	const done = await boss.program.post(at, { handles: [w.one, w.two], to: mine, scope: 'some', projects: [Number(projectId('acme', 'web'))] });
	assert.equal(done.status, 200, done.text);
	assert.deepEqual(JSON.parse(done.text).types.map(({ type }) => type), ['slackKey']);
	const left = await maya.program.post('/api/v1/s/acme/leave', { was: 'member' });
	assert.deepEqual([left.status, left.bytes.length], [204, 0]);
});
