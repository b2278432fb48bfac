/* A bound integration is pointed at another personal integration: who may, to which, what it reaches, both owners
 * in the trail; and back again. */
import { after, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';

import { passwordOf, quote, sql, sqlValue, throttleClear } from './lib/stack.mjs';
import { as } from './lib/client.mjs';
import { formOf, says, textOf } from './lib/html.mjs';
import { add, cleanUp, jenkins, newName, projectId, rowOf } from './lib/integration.mjs';
import { accountId } from './lib/people.mjs';
import { Program } from './lib/program.mjs';
import { allow, bindingOf, bindingsClear, demo, entriesOf, grantOf, handleMake, ownMake, somebody, withdraw } from './lib/binding.mjs';

const MAYA = 'flow-maya', JON = 'flow-jon', ANN = 'flow-adm';
const path = (handle) => `/s/acme/integrations/${handle}/rebind`;
const api = (handle) => `/api/v1/s/acme/integrations/${handle}/rebind`;
const project = (name) => Number(projectId('acme', name));

let admin, maya, jon, ann;

before(async () => {
	throttleClear();
	admin = await demo('admin');
	maya = await somebody(MAYA);
	jon = await somebody(JON, 'member');
	ann = await somebody(ANN, 'admin');
});
beforeEach(throttleClear);
after(() => {
	bindingsClear(MAYA, JON, ANN);
	throttleClear();
});

/* Maya's, bound under some name; and Jon's, which has a handle of its own here. */
async function world({ type = 'jenkins', projects, hers } = {}) {
	const own = await ownMake(maya, type), other = await ownMake(jon, type);
	const handle = await handleMake(maya, own, { projects: hers });

	const theirs = await handleMake(jon, other, { projects });
	return { own, other, handle, theirs };
}
const rebind = (visitor, handle, to, more = {}) => visitor.post(path(handle), { version: rowOf(handle).version, to, ...more });
const sentence = (answer) => textOf(/<main\b.*<\/main>/s.exec(answer.text)?.[0] ?? '');

/* --- the page ----------------------------------------------------------------------------------------- */

test('the page: whose it is, to what it could be bound, and what that reaches', async () => {
	const w = await world({ projects: ['web', 'docs'] });
	const mine = await ownMake(admin), slack = await ownMake(admin, 'slackKey'), hidden = await ownMake(maya);
	const page = await admin.visitor.get(path(w.handle));

	says(page, new RegExp(`Bound to now ${MAYA} Jenkins in use`));
	const candidates = [...page.text.matchAll(/type="radio" name="to" value="(\d+)"/g)].map(([, id]) => Number(id));
	assert.ok(candidates.includes(mine) && candidates.includes(w.other), 'one\'s own and what is granted here');
	for (const not of [slack, hidden, w.own])
		assert.ok(!candidates.includes(not), 'not another type, nor what it is bound to, nor what nobody granted');
	says(page, new RegExp(`${JON} · Jenkins · Not checked yet Its owner allows: docs, web`));
	says(page, /Not used here yet: you choose for which projects/);
	says(page, /What it reaches now .*All projects, also future ones/);
	assert.ok(!page.text.includes('Undo the rebind') && !page.text.includes('id="confirm"'), 'nothing is chosen yet');

	const chosen = await admin.visitor.get(`${path(w.handle)}?to=${w.other}`);
	says(chosen, /What this reaches .*then only those that stay. api no longer docs stays mobile no longer web stays/);
	assert.match(chosen.text, new RegExp(`type="hidden" name="to" value="${w.other}"`));
	assert.ok(!/name="scope"/.test(chosen.text), 'its owner\'s consent stands');
	const own = await admin.visitor.get(`${path(w.handle)}?to=${mine}`);
	says(own, /All projects, also future ones, now and then/);
	assert.match(own.text, /name="scope" value="all" checked/);
	says(own, /Runners of acme will receive the values of your/);
	for (const nonsense of ['x', '0', '99999999', slack, hidden])
		assert.ok(!(await admin.visitor.get(`${path(w.handle)}?to=${nonsense}`)).text.includes('id="confirm"'), `?to=${nonsense}`);
});

test('places that would be denied are warned of, before anything is done', async () => {
	const w = await world({ projects: ['web'] });
	const program = await Program.of(admin.visitor, ['workflow']);
	const octets = { headers: { 'Content-Type': 'application/octet-stream' } };
	const files = ['web', 'mobile'].map((name) => `/api/v1/s/acme/projects/${project(name)}/workflow?path=flow-rebind.yml`);
	const body = `jobs:\n  - name: ship\n    type: runSh\n    integrations: [${JSON.stringify(rowOf(w.handle).name)}]\n`;

	try {
		for (const file of files)
			assert.equal((await program.send('PUT', file, { body, ...octets })).status, 200);
		const page = await admin.visitor.get(`${path(w.handle)}?to=${w.other}`);
		says(page, /One place in workflow files names it in a project that could not use it any more: it would be denied\. mobile flow-rebind\.yml ?:4 job ship/);
		assert.ok(!/web flow-rebind/.test(textOf(page.text)), 'what stays is no reason to warn');
		const mine = await ownMake(admin);
		assert.ok(!(await admin.visitor.get(`${path(w.handle)}?to=${mine}`)).text.includes('would be denied'), 'all projects stay');
	} finally {
		for (const file of files)
			await program.send('DELETE', file);
	}
});

test('the page shows a subscription admin nothing of the owner\'s', async () => {
	const w = await world();
	const texts = [(await admin.visitor.get(path(w.handle))).text, (await admin.program.get(api(w.handle))).text];

	for (const text of texts)
		for (const secret of ['ci.own.example', 'ci-bot', sqlValue(`SELECT name FROM integration WHERE id = ${w.own}`)])
			assert.ok(!text.includes(secret), secret);
});

test('with nothing to bind it to, the page says what to do', async () => {
	const handle = await handleMake(maya, await ownMake(maya, 'slackKey'));
	const page = await ann.visitor.get(path(handle));

	says(page, /Nothing to bind it to yet.*Add one of your own, or ask somebody/);
	assert.ok(page.text.includes('href="/integrations/new?type=slackKey"'));
	const mine = await ownMake(ann, 'slackKey');
	const one = await ann.visitor.get(path(handle));
	assert.ok(one.text.includes('id="confirm"'), 'the only one is chosen already');
	assert.match(one.text, new RegExp(`name="to" value="${mine}" checked`));
});

/* --- the act ------------------------------------------------------------------------------------------ */

test('to one that its owner granted: name and list stay, both owners are in the trail, the old consent waits for an undo', async () => {
	const w = await world({ projects: ['web'] });
	const name = rowOf(w.handle).name;
	const answer = await rebind(admin.visitor, w.handle, w.other);

	assert.equal(answer.status, 303, sentence(answer));
	assert.equal(answer.location, `/s/acme/integrations/${w.handle}`);
	assert.deepEqual({ ...bindingOf(w.handle), days: Math.round(bindingOf(w.handle).days) }, { to: w.other, owner: JON, undo: w.own, days: 30 });
	assert.deepEqual([rowOf(w.handle).name, rowOf(w.handle).version], [name, 2]);
	assert.deepEqual([grantOf(w.own).live, grantOf(w.other)], [false, { live: true, projects: [project('web')] }]);
	const entries = entriesOf(answer), own = (id) => sqlValue(`SELECT name FROM integration WHERE id = ${id}`);
	assert.deepEqual(entries.filter(([, , action]) => action.startsWith('binding.')).sort(), [
		[`account:${maya.id}`, 'admin', 'binding.rebind', own(w.own), `acme / ${name}`],
		[`account:${jon.id}`, 'admin', 'binding.rebind', own(w.other), `acme / ${name}`],
		[`sub:${sqlValue("SELECT id FROM subscription WHERE slug = 'acme'")}`, 'admin', 'binding.rebind', name, `from ${MAYA} to ${JON}`],
	].sort());
	assert.ok(entries.some(([chain, , action]) => chain.startsWith('sub:') && action === 'scope.release'));

	const page = await admin.visitor.get(path(w.handle));
	says(page, new RegExp(`Bound to now ${JON}.*The last rebind can be undone until \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC: back to ${MAYA}`));
	says(await admin.visitor.get(answer.location), new RegExp(`The last rebind can be undone until .*: back to ${MAYA}.*Rebind or undo`));
	says(await admin.visitor.get('/s/acme/audit'), /rebound integration/);
});

test('undone: bound as before, the released consent in use again, what is left without a binding gone', async () => {
	const own = await ownMake(maya), mine = await ownMake(admin);
	const handle = await handleMake(maya, own, { projects: ['api', 'web'] });

	assert.equal((await rebind(admin.visitor, handle, mine, { scope: 'all' })).status, 303);
	assert.deepEqual([grantOf(own).live, grantOf(mine)], [false, { live: true, projects: 'all' }]);
	const form = await admin.visitor.form(path(handle), `${path(handle)}/undo`);
	const answer = await admin.visitor.submit(form);
	assert.equal(answer.status, 303);
	says(await admin.visitor.get(answer.location), /The rebind is undone/);
	assert.deepEqual(bindingOf(handle), { to: own, owner: MAYA, undo: null, days: null });
	assert.deepEqual([grantOf(own), grantOf(mine)], [{ live: true, projects: [project('api'), project('web')].sort((a, b) => a - b) }, null]);
	const acts = entriesOf(answer).map(([chain, , action, , fields]) => `${chain.split(':')[0]} ${action} ${fields}`);
	assert.ok(acts.includes(`sub binding.undo from admin to ${MAYA}`), acts.join('\n'));
	assert.ok(acts.some((act) => act.startsWith('sub scope.restore')) && acts.some((act) => act.startsWith('sub scope.withdraw')));
	assert.equal((await admin.visitor.submit(form)).status, 409, 'once');
	says(await admin.visitor.get(path(handle)), /Bound to now/);
	assert.ok(!(await admin.visitor.get(path(handle))).text.includes('Undo the rebind'));
});

test('to one\'s own: the consent is given by this, for all projects or those that are ticked', async () => {
	const w = await world();
	const mine = await ownMake(admin), second = await ownMake(admin);

	for (const [fields, pattern] of [[{}, /Say which projects may use it/], [{ scope: 'some' }, /Tick at least one project/],
		[{ scope: 'king' }, /Say which projects/], [{ scope: 'some', project: '99999999' }, /not there any more/],
		[{ scope: 'some', project: projectId('globex', 'billing') }, /not there any more/], [{ scope: 'some', project: 'x' }, /not there any more/]]) {
		const answer = await rebind(admin.visitor, w.handle, mine, fields);
		assert.equal(answer.status, 422, JSON.stringify(fields));
		assert.match(/id="projects-error">([^<]+)/.exec(answer.text)[1], pattern);
		assert.match(answer.text, new RegExp(`name="to" value="${mine}" checked`), 'the choice stays');
		assert.equal(grantOf(mine), null);
	}
	const some = await rebind(admin.visitor, w.handle, mine, { scope: 'some', project: project('docs') });
	assert.equal(some.status, 303, sentence(some));
	assert.deepEqual(grantOf(mine), { live: true, projects: [project('docs')] });
	says(await admin.visitor.get(path(w.handle)), /What it reaches now .* docs$|What it reaches now .* docs /);
	/* a consent that is there stays as it is, whatever the form says */
	const again = await rebind(admin.visitor, w.theirs, mine, { scope: 'all' });
	assert.equal(again.status, 303);
	assert.deepEqual(grantOf(mine).projects, [project('docs')]);
	assert.equal((await rebind(admin.visitor, w.handle, second, { scope: 'all' })).status, 303);
	assert.equal(grantOf(mine).live, true, 'another handle still uses it');
});

/* --- refused ------------------------------------------------------------------------------------------- */

test('admins of the subscription alone, and it stands in the trail', async () => {
	const w = await world();
	const member = await demo('member'), collaborator = await demo('collaborator');

	for (const [who, visitor] of [['maya', maya.visitor], ['member', member.visitor], ['collaborator', collaborator.visitor]]) {
		for (const answer of [await visitor.get(path(w.handle)), await visitor.post(path(w.handle), { version: 1, to: w.other }),
			await visitor.post(`${path(w.handle)}/undo`, { version: 1 })]) {
			assert.equal(answer.status, 403, who);
			const [row] = sql(`SELECT action, object FROM audit WHERE request = ${quote(answer.header('x-request-id'))}`);
			assert.ok(row === undefined || row[0] === 'denied', who);
		}
		assert.ok(Number(sqlValue(`SELECT COUNT(*) FROM audit WHERE action = 'denied' AND object = ${quote(path(w.handle))}
			AND actor = ${quote(visitor.login)}`)) > 0, `${who}'s refusal is noted`);
	}
	for (const visitor of [await as('siteadmin')])
		assert.equal((await visitor.get(path(w.handle))).status, 404);
	assert.equal((await member.program.get(api(w.handle))).status, 403);
	assert.equal(bindingOf(w.handle).to, w.own);
});

test('only what is bound can be rebound; another subscription\'s is not there', async () => {
	const org = await add(admin.visitor, 'jenkins', jenkins());
	const answer = await admin.visitor.get(path(org));

	assert.equal(answer.status, 409);
	says(answer, /Only an integration that takes its values from somebody's personal one can be rebound/);
	assert.equal((await admin.visitor.post(path(org), { version: 1, to: 1 })).status, 409);
	assert.equal((await admin.visitor.post(`${path(org)}/undo`, { version: 1 })).status, 409);
	const far = await add((await demo('member')).visitor, 'jenkins', jenkins(), 'globex');
	assert.equal((await admin.visitor.get(path(far))).status, 404);
	assert.equal((await admin.visitor.get(path(await ownMake(admin)))).status, 404, 'a personal one is no handle');
	cleanUp();
});

test('to nothing else than a candidate', async () => {
	const w = await world();
	const slack = await ownMake(admin, 'slackKey'), hidden = await ownMake(maya), anns = await ownMake(ann);
	const before = JSON.stringify(bindingOf(w.handle));

	for (const [to, pattern] of [[undefined, /Choose what to bind it to/], ['', /Choose what to bind it to/], [w.own, /not any more/],
		[slack, /not any more/], [hidden, /not any more/], [anns, /not any more/], [w.handle, /not any more/], ['99999999', /not any more/]]) {
		const answer = await rebind(admin.visitor, w.handle, to, { scope: 'all' });
		assert.equal(answer.status, 422, String(to));
		assert.match(/id="to-error">([^<]+)/.exec(answer.text)[1], pattern, String(to));
		assert.equal(JSON.stringify(bindingOf(w.handle)), before);
	}
	await withdraw(jon, w.other);
	assert.equal((await rebind(admin.visitor, w.handle, w.other)).status, 422, 'its owner took it back');
});

test('of two admins the second is told, with the page as it is now', async () => {
	const w = await world();
	const mine = await ownMake(admin), anns = await ownMake(ann);
	const late = { version: rowOf(w.handle).version, to: mine, scope: 'all' };

	assert.equal((await rebind(ann.visitor, w.handle, anns, { scope: 'all' })).status, 303);
	const answer = await admin.visitor.post(path(w.handle), late);
	assert.equal(answer.status, 409);
	says(answer, new RegExp(`Nothing is changed: somebody else changed this integration.*Bound to now ${ANN}`));
	assert.match(answer.text, /name="version" value="2"/);
	assert.match(answer.text, new RegExp(`name="to" value="${mine}" checked`), 'what they chose stays');
	assert.equal((await admin.visitor.post(`${path(w.handle)}/undo`, { version: 1 })).status, 409);
	assert.equal(bindingOf(w.handle).to, anns);
	const program = await admin.program.send('PUT', api(w.handle), { version: '"1"', body: { to: mine, scope: 'all' } });
	assert.equal(program.status, 412);
	assert.equal((await admin.program.send('PUT', api(w.handle), { body: { to: mine } })).status, 428);

	for (let round = 0; round < 4; round++) {
		const version = rowOf(w.handle).version, now = bindingOf(w.handle).to;
		const [a, b] = [mine, anns, w.other, w.own].filter((id) => id !== now && id !== w.own);
		const both = await Promise.all([[admin, a], [ann, b]].map(([who, to]) =>
			who.visitor.post(path(w.handle), { version, to, scope: 'all' })));
		const done = both.filter(({ status }) => status === 303).length;
		assert.ok(done <= 1, both.map(({ status }) => status).join());
		assert.equal(rowOf(w.handle).version, version + done);
	}
});

test('it waits for the password, and goes on with what was chosen', async () => {
	const w = await world();
	const mine = await ownMake(admin);

	sql(`DELETE FROM confirmation WHERE account_id = ${accountId('admin')}`);
	const asked = await rebind(admin.visitor, w.handle, mine, { scope: 'all' });
	says(asked, /Type your password/);
	assert.equal(bindingOf(w.handle).to, w.own);
	const form = formOf(asked.text, '/confirm').set('confirm_password', passwordOf('admin'));
	const on = await admin.visitor.submit(form);
	assert.equal(on.status, 307);
	assert.equal(on.location, path(w.handle));
	assert.equal((await admin.visitor.post(on.location, form.fields())).status, 303);
	assert.equal(bindingOf(w.handle).to, mine);
	await admin.program.confirm(passwordOf('admin'));
});

/* --- what ends an undo ------------------------------------------------------------------------------------ */

test('the owner ends the undo by withdrawing; what was withdrawn before is never kept for one', async () => {
	const w = await world();
	const mine = await ownMake(admin);

	assert.equal((await rebind(admin.visitor, w.handle, mine, { scope: 'all' })).status, 303);
	const form = await admin.visitor.form(path(w.handle), `${path(w.handle)}/undo`);
	await withdraw(maya, w.own);
	assert.ok(!(await admin.visitor.get(path(w.handle))).text.includes('Undo the rebind'));
	const answer = await admin.visitor.submit(form);
	assert.equal(answer.status, 409);
	says(answer, /There is nothing to undo any more/);
	assert.equal(bindingOf(w.handle).to, mine);

	await withdraw(jon, w.other);
	says(await admin.visitor.get(path(w.theirs)), /withdrawn Runners get no value: its owner withdrew the consent/);
	says(await admin.visitor.get(`${path(w.theirs)}?to=${mine}`), /so this cannot be undone/);
	assert.equal((await rebind(admin.visitor, w.theirs, mine)).status, 303);
	assert.equal(bindingOf(w.theirs).undo, null);
});

test('after its time there is nothing to undo', async () => {
	const w = await world();
	const mine = await ownMake(admin);

	assert.equal((await rebind(admin.visitor, w.handle, mine, { scope: 'all' })).status, 303);
	const form = await admin.visitor.form(path(w.handle), `${path(w.handle)}/undo`);
	sql(`UPDATE binding SET undo_until = UNIX_TIMESTAMP() WHERE integration_id = ${w.handle}`);
	assert.ok(!(await admin.visitor.get(path(w.handle))).text.includes('Undo the rebind'));
	assert.equal((await admin.visitor.submit(form)).status, 409);
	assert.equal(bindingOf(w.handle).to, mine);
	assert.equal(JSON.parse((await admin.program.get(api(w.handle))).text).undo_until, null);
});

test('what its owner deleted can be rebound, too', async () => {
	const own = await ownMake(maya), mine = await ownMake(admin);
	const handle = await handleMake(maya, own);

	assert.equal((await admin.visitor.post(`/s/acme/people/${maya.id}/remove`, { was: 'member' })).status, 303);
	const gone = await maya.program.delete(`/api/v1/integrations/${own}`);
	assert.equal(gone.status, 204, gone.text);
	says(await admin.visitor.get(path(handle)), /deleted by its owner Runners get no value: its owner deleted it/);
	assert.equal((await rebind(admin.visitor, handle, mine, { scope: 'all' })).status, 303);
	assert.equal(bindingOf(handle).to, mine);
	assert.equal((await admin.visitor.post('/s/acme/people/new', { login: MAYA, role: 'member' })).status, 303);
});

/* --- the API ---------------------------------------------------------------------------------------------- */

test('a program reads it, rebinds by what it read, and undoes', async () => {
	const w = await world({ projects: ['web'] });
	const read = await admin.program.get(api(w.handle));
	const body = JSON.parse(read.text);

	assert.deepEqual([body.name, body.type, body.owner, body.state, body.usable_by, body.undo_until, body.version],
		[rowOf(w.handle).name, 'jenkins', MAYA, 'in use', 'All projects', null, 1]);
	assert.equal(read.header('etag'), '"1"');
	const theirs = body.candidates.find(({ id }) => id === w.other);
	assert.deepEqual([theirs.owner, theirs.own, theirs.granted, theirs.allows], [JON, false, true, 'web']);
	const done = await admin.program.put(api(w.handle), { ...body, to: w.other });
	assert.equal(done.status, 200, done.text);
	assert.deepEqual([JSON.parse(done.text).owner, JSON.parse(done.text).undo_owner, done.header('etag')], [JON, MAYA, '"2"']);
	const back = await admin.program.delete(api(w.handle));
	assert.deepEqual([back.status, bindingOf(w.handle).to], [204, w.own]);
	assert.equal((await admin.program.delete(api(w.handle))).status, 409);
	const wrong = await admin.program.put(api(w.handle), { to: w.own });
	assert.deepEqual([wrong.status, JSON.parse(wrong.text).errors[0].field], [422, 'to']);
});
