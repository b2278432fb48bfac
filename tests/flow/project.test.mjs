/* A subscription's projects: adding, renaming, deleting, collaborators; and the subscription's own name. */
import { after, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';

import { quote, sql, sqlValue, throttleClear } from './lib/stack.mjs';
import { Visitor, as } from './lib/client.mjs';
import { byId, formOf, says, textOf } from './lib/html.mjs';
import { add, cleanUp, editForm, failsAt, fill, jenkins, newForm, newName, projectId, projectsOf,
	rowOf } from './lib/integration.mjs';
import { accountId, person, projectsClear, raise, roleTake } from './lib/people.mjs';
import { boundMake } from './lib/binding.mjs';
import { Program } from './lib/program.mjs';

const PROJECTS = '/s/acme/projects';
const ANN = 'flow-ann';

let admin;

function clear() {
	cleanUp();
	projectsClear();
	roleTake(ANN);
}
before(async () => {
	admin = await as('admin');
	person(ANN);
});
beforeEach(() => {
	clear();
	throttleClear();
});
after(() => {
	clear();
	throttleClear();
	sql("UPDATE subscription SET name = 'acme' WHERE slug = 'acme'");
});

const pageOf = (id) => `${PROJECTS}/${id}`;
const there = (id) => sqlValue(`SELECT name FROM project WHERE id = ${id}`);
const lastEntry = () => sql(`SELECT action, object, fields FROM audit WHERE chain = (SELECT CONCAT('sub:', id) FROM subscription
	WHERE slug = 'acme') AND action <> 'denied' ORDER BY seq DESC LIMIT 1`)[0];
const entriesOf = (id) => sql(`SELECT action, fields FROM audit WHERE object_id = ${id} AND action LIKE 'integration.%'
	ORDER BY seq DESC LIMIT 1`)[0];
const names = (answer) => [...answer.text.matchAll(/<a class="fw-bold text-reset" href="projects\/\d+"><bdi>([^<]+)</g)].map(([, n]) => n);

async function newProject(name = newName()) {
	const answer = await admin.post(`${PROJECTS}/new`, { name });

	assert.equal(answer.status, 303, byId(answer.text, 'name-error') ?? '');
	return { id: Number(/\/(\d+)$/.exec(answer.location)[1]), name };
}

/* An integration that these projects may use, edited by members. */
async function limitedTo(...ids) {
	const form = fill(await newForm(admin, 'jenkins'), jenkins());

	form.tick('scope', 'some');
	for (const id of ids)
		form.tick('project', id);
	const answer = await admin.submit(form);
	assert.equal(answer.status, 303);
	return Number(/\/(\d+)$/.exec(answer.location)[1]);
}

const WRONG = [['', /filled in/], [' a', /blank|space/i], ['a ', /blank|space/i], ['a\u202eb', /U\+202E/], ['a\tb', /./],
	['e\u0301', /./], ['x'.repeat(81), /80/], ['x'.repeat(2000), /too long/], ['\u2028', /./]];

test('+ Add: listed, in the trail, and ready for integrations', async () => {
	const name = newName('DC/OS %26 <b>'), { id } = await newProject(name);

	assert.deepEqual(lastEntry(), ['project.create', name, 'name']);
	says(await admin.get(pageOf(id)), /The project was added/);
	assert.equal(names(await admin.get(`${PROJECTS}?q=${encodeURIComponent(name)}`)).length, 1);
	const form = await newForm(admin, 'jenkins');
	assert.ok(form.has('project', id));
	assert.ok((await (await as('member')).get(PROJECTS)).text.includes(`href="projects/${id}"`));
});

test('names that break the rule, and one that is taken: beside the field, and what was typed stays', async () => {
	const { id, name } = await newProject();

	for (const [wrong, pattern] of WRONG)
		for (const [address, fields] of [[`${PROJECTS}/new`, {}], [pageOf(id), { was: name }], ['/s/acme/settings', { was: 'acme' }]])
			failsAt(await admin.post(address, { name: wrong, ...fields }), 'name', pattern, `${address} ${wrong.slice(0, 9)}`);
	for (const [address, fields] of [[`${PROJECTS}/new`, {}], [pageOf(id), { was: name }]]) {
		const answer = await admin.post(address, { name: 'web', ...fields });
		failsAt(answer, 'name', /Another project of this subscription has this name/);
		assert.ok(answer.text.includes('value="web"'));
	}
	assert.equal(there(id), name);
	/* exact: capitals are another name; another subscription's is free */
	await newProject('flow Web');
	await newProject('flow web');
});

test('rename: shown in lists at once; of two, the second is told and nothing is lost', async () => {
	const { id, name } = await newProject();
	const integration = await limitedTo(id), next = newName();
	const list = async () => (await (await as('member')).get('/s/acme/integrations')).text;
	const mine = await admin.form(pageOf(id)), theirs = await admin.form(pageOf(id));

	assert.ok((await list()).includes(name));
	assert.equal((await admin.submit(mine.set('name', next))).status, 303);
	assert.ok((await list()).includes(next) && !(await list()).includes(name), 'kept rows are not shown again');
	assert.deepEqual(lastEntry(), ['project.rename', next, 'name']);
	const late = await admin.submit(theirs.set('name', 'flow third'));
	assert.equal(late.status, 409);
	says(late, /Nothing is changed: somebody else changed this project/);
	assert.equal(there(id), next);
	const again = formOf(late.text, pageOf(id));
	assert.equal(again.value('name'), 'flow third');
	assert.equal(again.value('was'), next);
	assert.equal((await admin.submit(again)).status, 303);
	assert.equal(there(id), 'flow third');
	assert.deepEqual(projectsOf(integration), ['flow third']);
});

test('delete: the page says what happens, and that happens', async () => {
	const one = await newProject(), two = await newProject();
	const both = await limitedTo(one.id, two.id), only = await limitedTo(one.id), all = await add(admin, 'jenkins', jenkins());
	const before = [both, only, all].map((id) => rowOf(id).version);
	const page = await admin.get(`${pageOf(one.id)}/delete`);

	says(page, /off the list of 2 integrations/);
	says(page, new RegExp(`${rowOf(only).name} ?, only this project: afterwards no project may use it`));
	says(page, /Nobody is named on it/);
	const edit = await editForm(admin, both);
	assert.equal((await admin.submit(formOf(page.text, `${pageOf(one.id)}/delete`))).location, PROJECTS);
	assert.deepEqual(lastEntry(), ['project.delete', one.name, '']);
	assert.equal(there(one.id), undefined);
	assert.deepEqual(projectsOf(both), [two.name]);
	assert.deepEqual(projectsOf(only), []);
	assert.equal(rowOf(only).all_projects, 0, 'an emptied list is no "all"');
	assert.equal(rowOf(all).all_projects, 1);
	assert.deepEqual([both, only, all].map((id) => rowOf(id).version - before.shift()), [1, 1, 0]);
	assert.deepEqual(entriesOf(only), ['integration.edit', 'projects']);
	says(await admin.get(`/s/acme/integrations/${only}`), /No project/);
	assert.ok(textOf((await (await as('member')).get('/s/acme/integrations')).text).includes('No project'));
	/* nothing is stranded: an editor gives it to another project */
	assert.equal((await admin.submit((await editForm(admin, only)).tick('project', two.id))).status, 303);
	assert.deepEqual(projectsOf(only), [two.name]);
	/* whoever was editing meanwhile is told, and does not bring the project back */
	assert.equal((await admin.submit(edit)).status, 409);
	assert.deepEqual(projectsOf(both), [two.name]);
	assert.equal((await admin.get(pageOf(one.id))).status, 404);
});

test('delete: what is concerned has changed since the page was read', async () => {
	const { id } = await newProject();
	const form = await admin.form(`${pageOf(id)}/delete`);
	await limitedTo(id);
	const late = await admin.submit(form);

	assert.equal(late.status, 409);
	says(late, /Nothing is deleted/);
	says(late, /off the list of 1 integration limited to it/);
	assert.ok(there(id));
	const unread = await admin.post(`${pageOf(id)}/delete`, {});
	assert.equal(unread.status, 422);
	says(unread, /Nothing is deleted: this page first says what it means/);
	assert.equal((await admin.submit(formOf(late.text, `${pageOf(id)}/delete`))).status, 303);
	assert.equal(there(id), undefined);
});

test('deleting a project takes its collaborators off it; whose last one it was sees nothing', async () => {
	const { id, name } = await newProject();
	await admin.post('/s/acme/people/new', { login: ANN, role: 'collaborator' });
	const ann = await new Visitor().signIn(ANN, person(ANN));

	assert.equal((await admin.post(`${pageOf(id)}/people`, { login: ANN })).status, 303);
	assert.equal((await ann.get(pageOf(id))).status, 200);
	assert.deepEqual(names(await ann.get(PROJECTS)), [name]);
	says(await admin.get(`${pageOf(id)}/delete`), /1 collaborator is taken off it/);
	assert.equal((await admin.submit(await admin.form(`${pageOf(id)}/delete`))).status, 303);
	assert.equal((await ann.get(pageOf(id))).status, 404);
	says(await ann.get('/s/acme/integrations'), /You are on no project/);
	says(await admin.get(`/s/acme/people/${accountId(ANN)}`), /On no project/);
});

test('collaborators of a project: added by login, taken off, wrongly', async () => {
	const { id } = await newProject();
	const people = () => sql(`SELECT account_id FROM collaborator WHERE project_id = ${id}`).flat().map(Number);
	const addOne = (login) => admin.post(`${pageOf(id)}/people`, { login });

	for (const [login, pattern] of [['', /Write the login/], ['flow-nobody', /Nobody of this subscription/], [ANN, /Nobody of this/],
		['siteadmin', /Nobody of this/], ['member', /is a member and sees all/], ['admin', /is an admin and sees/]])
		failsAt(await addOne(login), 'login', pattern, login);
	assert.deepEqual(people(), []);
	assert.equal((await addOne('collaborator')).status, 303);
	assert.equal((await addOne('collaborator')).status, 303, 'twice is once');
	assert.deepEqual(people(), [accountId('collaborator')]);
	says(await admin.get(pageOf(id)), /Collaborator on web collaborator/);
	const taken = await admin.post(`${pageOf(id)}/people`, { remove: accountId('collaborator') });
	assert.equal(taken.status, 303);
	assert.deepEqual(people(), []);
	says(await admin.get(pageOf(id)), /Nobody is named on this project/);
});

test('members and collaborators look: theirs alone, without forms, logins and ways to change anything', async () => {
	const web = projectId('acme', 'web');

	assert.deepEqual(names(await (await as('collaborator')).get(PROJECTS)), ['web']);
	for (const login of ['member', 'collaborator']) {
		const visitor = await as(login), page = (await visitor.get(pageOf(web))).text, list = (await visitor.get(PROJECTS)).text;
		for (const text of [page, list])
			assert.doesNotMatch(text, /\/delete|\/people|\/new"|\/settings/, `${login} gets no way in`);
		const main = /<main\b.*<\/main>/s.exec(page)[0];
		assert.deepEqual([...new Set([...main.matchAll(/<form[^>]* action="([^"]*)"/g)].map(([, action]) => action))],
			[`${pageOf(web)}/workflow`], 'files are all that they may send');
		says({ text: page, status: 200 }, /Collaborators Collaborator on web Integrations limited to it deploy-key/);
		assert.ok(!(await visitor.get('/s/acme/integrations')).text.includes('/settings'));
	}
	assert.ok((await admin.get('/s/acme/integrations')).text.includes('aria-label="Settings of the subscription" href="/s/acme/settings"'));
});

test('a bound integration that its owner keeps from a project is not on the page that its collaborators see', async () => {
	const web = projectId('acme', 'web'), api = projectId('acme', 'api'), name = newName('bound ');
	const id = boundMake('member', { name }), visitor = await as('collaborator'), program = await Program.of(visitor);
	const counts = async () => [JSON.parse((await program.get(`/api/v1${pageOf(web)}`)).text).integrations,
		JSON.parse((await program.get(`/api/v1${PROJECTS}`)).text).projects.find((p) => p.name === 'web').integrations];
	const grant = (all, ids) => {
		sql(`UPDATE scope_grant g JOIN binding b ON b.account_integration_id = g.integration_id SET g.all_projects = ${all},
			g.projects = ${quote(ids)} WHERE b.integration_id = ${id}`);
		raise();
	};

	sql(`UPDATE integration SET all_projects = 0 WHERE id = ${id};
		INSERT INTO integration_project (integration_id, project_id) VALUES (${id}, ${web})`);
	try {
		grant(0, String(web));
		says(await visitor.get(pageOf(web)), new RegExp(name));
		const [all, listed] = await counts();
		grant(0, String(api));
		for (const answer of [await visitor.get(pageOf(web)), await program.get(`/api/v1${pageOf(web)}`)])
			assert.ok(!answer.text.includes(name), 'its name is not shown');
		assert.deepEqual(await counts(), [all - 1, listed - 1], 'nor is it counted');
		says(await admin.get(pageOf(web)), new RegExp(name));
	} finally {
		sql(`DELETE i, o FROM integration i JOIN binding b ON b.integration_id = i.id JOIN integration o ON
			o.id = b.account_integration_id WHERE i.id = ${id}`);
		raise();
	}
});

test('pages of 50: each project once, from name to name, with the search kept', async () => {
	sql(`INSERT INTO project (subscription_id, name, created_at) SELECT s.id, CONCAT('flow p', LPAD(q.seq, 3, '0')), 1
		FROM subscription s, seq_1_to_120 q WHERE s.slug = 'acme'`);
	const seen = [];
	let address = `${PROJECTS}?q=FLOW+P`;

	for (let k = 0; address && k < 5; k++) {
		const page = await admin.get(address);
		says(page, /of 120 projects/);
		seen.push(...names(page));
		address = /href="([^"]*after=[^"]*)">Next/.exec(page.text)?.[1].replaceAll('&amp;', '&');
	}
	assert.deepEqual(seen, [...seen].sort());
	assert.equal(new Set(seen).size, 120);
	says(await admin.get(`${PROJECTS}?q=nothing+of+the+kind`), /No project matches/);
});

test('settings: the name changes for everybody, the address stays; of two, the second is told', async () => {
	const mine = await admin.form('/s/acme/settings'), theirs = await admin.form('/s/acme/settings');

	says(await admin.get('/s/acme/settings'), /1 admin, 1 member, 1 collaborator/);
	assert.equal((await admin.submit(mine.set('name', 'Acme & Söhne'))).status, 303);
	assert.deepEqual(lastEntry(), ['subscription.rename', 'Acme & Söhne', 'name']);
	says(await (await as('member')).get('/s/acme/integrations'), /Acme & Söhne/);
	assert.equal(sqlValue(`SELECT slug FROM subscription WHERE name = ${quote('Acme & Söhne')}`), 'acme');
	const late = await admin.submit(theirs.set('name', 'Third'));
	assert.equal(late.status, 409);
	says(late, /somebody else changed the name/);
	const again = formOf(late.text, '/s/acme/settings');
	assert.equal(again.value('name'), 'Third');
	assert.equal((await admin.submit(again.set('name', 'acme'))).status, 303);
});

test('the front door: a site admin without a role', async () => {
	const home = await (await as('siteadmin')).get('/');

	says(home, /You have no role in any subscription.*You administer the installation/);
	assert.ok(home.text.includes('href="/admin/subscriptions"') && home.text.includes('href="/admin/accounts"'));
});
