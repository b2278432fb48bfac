/* A subscription's people: who they are, adding, roles, the last admin, collaborators, removing. */
import { after, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';

import { doctor, passwordOf, quote, sql, sqlValue, throttleClear } from './lib/stack.mjs';
import { Visitor, as } from './lib/client.mjs';
import { byId, formOf, says, textOf } from './lib/html.mjs';
import { add, cleanUp, failsAt, jenkins, projectId } from './lib/integration.mjs';
import { accountId, person, roleTake } from './lib/people.mjs';

const PEOPLE = '/s/acme/people';
const ANN = 'flow-ann', BOB = 'flow-bob', OFF = 'flow-off';
const ROLES = ['', 'collaborator', 'member', 'admin'];

let admin;

before(async () => {
	admin = await as('admin');
	for (const login of [ANN, BOB, OFF])
		person(login);
});
const clear = () => [ANN, BOB, OFF].forEach(roleTake);
beforeEach(() => {
	clear();
	throttleClear();
});
after(() => {
	clear();
	cleanUp();
	throttleClear();
});

const roleOf = (login) => ROLES[Number(sqlValue(`SELECT r.role FROM role r JOIN subscription s ON s.id = r.subscription_id
	WHERE s.slug = 'acme' AND r.account_id = ${accountId(login)}`) ?? 0)];
const projectsOf = (login) => sql(`SELECT p.name FROM collaborator c JOIN project p ON p.id = c.project_id
	WHERE c.account_id = ${accountId(login)} ORDER BY p.name`).flat();
const pageOf = (login) => `${PEOPLE}/${accountId(login)}`;
const entries = (action, login) => sql(`SELECT actor, object, fields FROM audit WHERE action = ${quote(action)} AND
	object = ${quote(login)} ORDER BY at DESC, seq DESC LIMIT 1`)[0];

const addPerson = async (login, role, visitor = admin) => visitor.post(`${PEOPLE}/new`, { login, role });
async function give(login, role) {
	const answer = await addPerson(login, role);

	assert.equal(answer.status, 303, textOf(answer.text).slice(0, 300));
	assert.equal(roleOf(login), role);
}
async function name(login, project) {
	assert.equal((await admin.post(`${pageOf(login)}/projects`, { project })).status, 303);
}

const names = (answer) => [...answer.text.matchAll(/<a class="fw-bold text-reset" href="people\/\d+"><bdi>([^<]+)</g)].map(([, n]) => n);

test('the list: role, where it came from, a collaborator\'s projects; search and filter, kept in the address', async () => {
	await give(ANN, 'collaborator');
	await name(ANN, 'web');
	await name(ANN, 'docs');
	const all = await admin.get(PEOPLE);
	assert.ok(names(all).includes('Admin of acme') && names(all).includes(ANN));
	assert.deepEqual(names(all), [...names(all)].sort());
	says(all, /flow-ann flow-ann collaborator By hand, just now docs, web/);
	says(all, /(\d+) of \1 people/);
	for (const [query, wanted] of [['q=FLOW-A', [ANN]], ['q=flow&role=member', []], ['role=collaborator', ['Collaborator on web', ANN]],
		['q=%25', []], ['q=siteadmin', []]])
		assert.deepEqual(names(await admin.get(`${PEOPLE}?${query}`)), wanted, query);
	const none = await admin.get(`${PEOPLE}?q=%22%3Cb%3E&role=member`);
	says(none, /Nobody matches/);
	assert.ok(none.text.includes('value="&quot;&lt;b&gt;"'), 'what was searched for stays');
	assert.match(none.text, /value="member" selected/);
});

test('+ Add: an account that exists gets a role, with an entry in the trail and a good MAC', async () => {
	const before = doctor().rights;

	await give(ANN, 'member');
	assert.deepEqual(entries('role.grant', ANN), ['admin', ANN, 'member']);
	assert.equal(doctor().rights.at(-1), before.at(-1), 'the vault knows the row as its own');
	says(await admin.get(PEOPLE), /The person was added/);
	/* their next request sees it */
	const ann = await new Visitor().signIn(ANN, person(ANN));
	assert.equal((await ann.get('/s/acme/integrations')).status, 200);
	assert.equal((await ann.get(PEOPLE)).status, 403);
});

test('+ Add, wrongly: a sentence beside the field, and what was typed', async () => {
	const cases = [['', 'member', 'login', /filled in/], ['flow-nobody', 'member', 'login', /No account.*ask a site admin/],
		['FLOW-ANN', 'member', 'login', /No account/], [`${ANN} `, 'member', 'login', /No account/],
		['a\u202eb', 'member', 'login', /control characters/], ['x'.repeat(400), 'member', 'login', /too long/],
		['member', 'admin', 'login', /is a member here already/], ['admin', 'member', 'login', /is an admin here already/]];

	for (const [login, role, field, pattern] of cases) {
		const answer = await addPerson(login, role);
		failsAt(answer, field, pattern, login);
		assert.equal(roleOf(ANN), '');
		assert.match(answer.text, new RegExp(`value="${role}" checked`), 'the role that was chosen stays');
	}
	for (const role of [undefined, '', 'owner', '3']) {
		const answer = await addPerson(ANN, role);
		assert.equal(answer.status, 422);
		assert.match(byId(answer.text, 'role-error'), /one of the three/);
		assert.ok(answer.text.includes(`value="${ANN}"`));
	}
	const there = await addPerson('member', 'admin');
	assert.ok(there.text.includes(`href="${pageOf('member')}"`), 'a link to who is there already');
	assert.equal(roleOf('member'), 'member');
});

test('who may not sign in is as unknown as who does not exist', async () => {
	const unknown = byId((await addPerson('flow-nobody', 'member')).text, 'login-error');

	sql(`UPDATE account SET disabled_at = 1 WHERE login = ${quote(OFF)}`);
	try {
		assert.equal(byId((await addPerson(OFF, 'member')).text, 'login-error'), unknown);
	} finally {
		sql(`UPDATE account SET disabled_at = NULL WHERE login = ${quote(OFF)}`);
	}
	/* the site's accounts are not listed anywhere here */
	const page = await admin.get(`${PEOPLE}/new`);
	assert.ok(!page.text.includes('siteadmin') && !page.text.includes(ANN));
});

test('trying out logins is stopped after twenty misses; hits do not count', async () => {
	for (let k = 0; k < 5; k++)
		assert.match(byId((await addPerson('member', 'member')).text, 'login-error'), /already/);
	for (let k = 0; k < 20; k++)
		assert.equal((await addPerson(`flow-guess-${k}`, 'member')).status, 422);
	assert.equal((await addPerson('flow-guess', 'member')).status, 429);
	assert.equal((await addPerson(ANN, 'member')).status, 429);
	assert.equal((await admin.post(`/s/acme/projects/${projectId('acme', 'web')}/people`, { login: 'flow-guess' })).status, 429);
	assert.equal(roleOf(ANN), '');
});

test('a role is changed; the second of two who change it gets to see the first\'s change', async () => {
	await give(ANN, 'member');
	const mine = await admin.form(pageOf(ANN)), theirs = await admin.form(pageOf(ANN));

	assert.equal(mine.value('was'), 'member');
	assert.ok(mine.ticked('role', 'member'));
	assert.equal((await admin.submit(mine.tick('role', 'admin'))).status, 303);
	assert.equal(roleOf(ANN), 'admin');
	assert.deepEqual(entries('role.grant', ANN), ['admin', ANN, 'admin']);
	const late = await admin.submit(theirs.tick('role', 'collaborator'));
	assert.equal(late.status, 409);
	says(late, /Nothing is changed: somebody else made this person an admin/);
	assert.equal(roleOf(ANN), 'admin');
	assert.match(late.text, /value="collaborator" checked/, 'what they chose is still chosen');
	assert.match(late.text, /name="was" value="admin"/, 'and can be sent again');
	assert.equal((await admin.post(`${pageOf(ANN)}/remove`, { was: 'member' })).status, 409);
	assert.equal(roleOf(ANN), 'admin');
});

test('at the same moment: one change is made, the other is told', async () => {
	for (let round = 0; round < 5; round++) {
		clear();
		await give(ANN, 'member');
		const answers = await Promise.all(['admin', 'collaborator'].map((role) =>
			admin.post(pageOf(ANN), { role, was: 'member' })));
		assert.deepEqual(answers.map((a) => a.status).sort(), [303, 409]);
		assert.equal(roleOf(ANN), answers[0].status === 303 ? 'admin' : 'collaborator');
		clear();
		const added = await Promise.all(['admin', 'member'].map((role) => addPerson(ANN, role)));
		assert.equal(added.filter((a) => a.status === 303).length, 1);
		assert.equal(roleOf(ANN), added[0].status === 303 ? 'admin' : 'member');
		for (const answer of added.filter((a) => a.status !== 303))
			assert.match(byId(answer.text, 'login-error'), /here already/);
	}
});

test('the last admin: said before one tries, and refused', async () => {
	const page = await admin.get(pageOf('admin'));

	says(page, /You are the only admin who can act here, so the role stays/);
	says(page, /cannot be removed/);
	assert.ok(!page.text.includes(`${pageOf('admin')}/remove`) && !page.text.includes('Save role'));
	for (const role of ['member', 'collaborator']) {
		const answer = await admin.post(pageOf('admin'), { role, was: 'admin' });
		assert.equal(answer.status, 422);
		assert.match(byId(answer.text, 'role-error'), /Make somebody else an admin first/);
	}
	const asked = await admin.get(`${pageOf('admin')}/remove`);
	says(asked, /cannot be removed/);
	assert.ok(!/<button[^>]*btn-danger/.test(asked.text));
	assert.equal((await admin.post(`${pageOf('admin')}/remove`, { was: 'admin' })).status, 422);
	/* one who is disabled does not help */
	await give(ANN, 'admin');
	sql(`UPDATE account SET disabled_at = 1 WHERE login = ${quote(ANN)}`);
	try {
		assert.equal((await admin.post(pageOf('admin'), { role: 'member', was: 'admin' })).status, 422);
		says(await admin.get(pageOf(ANN)), /account disabled/);
	} finally {
		sql(`UPDATE account SET disabled_at = NULL WHERE login = ${quote(ANN)}`);
	}
	assert.equal(roleOf('admin'), 'admin');
});

test('two admins who remove each other at once: one remains', async () => {
	for (let round = 0; round < 3; round++) {
		clear();
		await give(ANN, 'admin');
		await give(BOB, 'admin');
		const [ann, bob] = [await new Visitor().signIn(ANN, person(ANN)), await new Visitor().signIn(BOB, person(BOB))];
		const answers = await Promise.all([ann.post(`${pageOf(BOB)}/remove`, { was: 'admin' }),
			bob.post(`${pageOf(ANN)}/remove`, { was: 'admin' })]);
		const left = [ANN, BOB].filter((login) => roleOf(login) === 'admin');
		assert.equal(left.length, 1, `${answers.map((a) => a.status)}`);
		assert.equal(answers.filter((a) => a.status === 303).length, 1);
	}
});

test('giving up one\'s own role', async () => {
	await give(ANN, 'admin');
	const ann = await new Visitor().signIn(ANN, person(ANN));

	says(await ann.get(`${pageOf(ANN)}/remove`), /You lose the role admin/);
	const lower = await ann.post(pageOf(ANN), { role: 'member', was: 'admin' });
	assert.equal(lower.location, '/s/acme/integrations');
	assert.equal((await ann.get(PEOPLE)).status, 403);
	await admin.post(pageOf(ANN), { role: 'admin', was: 'member' });
	const left = await ann.post(`${pageOf(ANN)}/remove`, { was: 'admin' });
	assert.equal(left.location, '/');
	const home = await ann.get('/');
	says(home, /You gave up your role/);
	says(home, /You have no role in any subscription.*need your login: flow-ann/);
	assert.equal((await ann.get('/s/acme')).status, 404);
});

test('a collaborator sees what their projects may use, from the next request on', async () => {
	await give(ANN, 'collaborator');
	const ann = await new Visitor().signIn(ANN, person(ANN));
	const list = async () => ann.get('/s/acme/integrations');

	says(await admin.get(pageOf(ANN)), /On no project, so flow-ann sees no integration/);
	says(await list(), /You are on no project, so you see no integration/);
	says(await ann.get('/s/acme/projects'), /You are on no project of acme/);
	await name(ANN, 'mobile');
	assert.deepEqual(projectsOf(ANN), ['mobile']);
	assert.deepEqual(entries('collaborator.grant', ANN), ['admin', ANN, 'mobile']);
	const seen = (await list()).text;
	assert.ok(seen.includes('>signing-cert<') && seen.includes('>jenkins-prod<') && !seen.includes('>deploy-key<'));
	const taken = await admin.post(`${pageOf(ANN)}/projects`, { remove: projectId('acme', 'mobile') });
	assert.equal(taken.status, 303);
	assert.deepEqual(entries('collaborator.revoke', ANN), ['admin', ANN, 'mobile']);
	says(await list(), /You are on no project/);
	/* somebody else was quicker: it is as wanted */
	assert.equal((await admin.post(`${pageOf(ANN)}/projects`, { remove: projectId('acme', 'mobile') })).status, 303);
});

test('naming on a project, wrongly', async () => {
	await give(ANN, 'collaborator');
	await name(ANN, 'web');
	for (const [project, pattern] of [['', /Write the name/], ['Web', /no project of exactly this name/], ['billing', /no project/],
		['web', /named on this project already/], ['web ', /no project/], ['a\nb', /one line/]])
		failsAt(await admin.post(`${pageOf(ANN)}/projects`, { project }), 'project', pattern, project);
	assert.equal((await admin.post(`${pageOf(ANN)}/projects`, { remove: projectId('globex', 'billing') })).status, 303);
	assert.deepEqual(projectsOf(ANN), ['web']);
	const member = await admin.post(`${pageOf('member')}/projects`, { project: 'web' });
	assert.equal(member.status, 422);
	assert.deepEqual(projectsOf('member'), []);
	/* whoever sees everything is named nowhere, also when they come back */
	await admin.post(pageOf(ANN), { role: 'member', was: 'collaborator' });
	assert.deepEqual(projectsOf(ANN), []);
	await admin.post(pageOf(ANN), { role: 'collaborator', was: 'member' });
	assert.deepEqual(projectsOf(ANN), []);
});

test('removing: what it means, then at once; what they added stays', async () => {
	await give(ANN, 'member');
	const ann = await new Visitor().signIn(ANN, person(ANN));
	const id = await add(ann, 'jenkins', jenkins());
	await admin.post(pageOf(ANN), { role: 'collaborator', was: 'member' });
	await name(ANN, 'web');
	const asked = await admin.form(`${pageOf(ANN)}/remove`);

	says(await admin.get(`${pageOf(ANN)}/remove`), /flow-ann loses the role collaborator.*The places on projects end: web/);
	assert.equal((await ann.get('/s/acme/integrations')).status, 200);
	const done = await admin.submit(asked);
	assert.equal(done.location, PEOPLE);
	assert.deepEqual(entries('role.revoke', ANN), ['admin', ANN, '']);
	assert.equal(roleOf(ANN), '');
	assert.deepEqual(projectsOf(ANN), []);
	for (const address of ['/s/acme', '/s/acme/integrations', `/s/acme/integrations/${id}`, '/s/acme/projects'])
		assert.equal((await ann.get(address)).status, 404, address);
	assert.equal((await admin.get(`/s/acme/integrations/${id}`)).status, 200);
	assert.equal((await admin.submit(asked)).status, 404, 'a second time there is nobody');
});

test('a change waits for the password, with everything kept', async () => {
	await give(ANN, 'member');
	sql(`DELETE FROM confirmation WHERE account_id = ${accountId('admin')}`);
	const asked = await admin.post(pageOf(ANN), { role: 'collaborator', was: 'member' });

	says(asked, /Type your password/);
	assert.equal(roleOf(ANN), 'member');
	for (const kept of ['name="role" value="collaborator"', 'name="was" value="member"', `name="confirm_to" value="${pageOf(ANN)}"`])
		assert.ok(asked.text.includes(kept), kept);
	const form = formOf(asked.text, '/confirm').set('confirm_password', passwordOf('admin'));
	const on = await admin.submit(form);
	assert.equal(on.status, 307);
	assert.equal(on.location, pageOf(ANN));
	/* what a browser does with a 307: the same body once more */
	assert.equal((await admin.post(on.location, form.fields())).status, 303);
	assert.equal(roleOf(ANN), 'collaborator');
});
