/* The scope of an account integration: its owner allows, narrows, widens, withdraws and takes out, and what that
 * does to the bound integrations; and "Use an account integration", the same act seen from the subscription. */
import { after, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';

import { doctor, passwordOf, quote, sql, sqlValue, throttleClear } from './lib/stack.mjs';
import { Visitor, as } from './lib/client.mjs';
import { alerts, byId, formOf, says, textOf } from './lib/html.mjs';
import { add, cleanUp, errorsOf, failsAt, fill, jenkins, newForm, newName, projectId } from './lib/integration.mjs';
import { accountId, person, projectsClear, raise, roleTake } from './lib/people.mjs';
import { Program } from './lib/program.mjs';

const OWNER = 'flow-scope', COL = 'flow-scope-col', OTHER = 'flow-scope-other';
const URL_SECRET = 'https://scope-secret.example/a';
const subscriptionId = (slug) => sqlValue(`SELECT id FROM subscription WHERE slug = ${quote(slug)}`);
const ACME = subscriptionId('acme'), GLOBEX = subscriptionId('globex');
const NEW = '/s/acme/integrations/new';

let admin, owner, col, other;

/* With the vault's MAC, which consents want. */
async function give(login, role, project) {
	const answer = await admin.post('/s/acme/people/new', { login, role });

	assert.equal(answer.status, 303, errorsOf(answer).join());
	if (project)
		assert.equal((await admin.post(`/s/acme/people/${accountId(login)}/projects`, { project })).status, 303);
}

async function confirm() {
	assert.equal((await owner.post('/confirm', { confirm_password: person(OWNER), confirm_next: '/account' })).status, 303);
}

before(async () => {
	throttleClear();
	admin = await as('admin');
	for (const login of [OWNER, COL, OTHER]) {
		person(login);
		roleTake(login);
	}
	[owner, col, other] = await Promise.all([OWNER, COL, OTHER].map((login) => new Visitor().signIn(login, person(login))));
	await give(COL, 'collaborator', 'web');
});
beforeEach(async () => {
	throttleClear();
	if (!Number(sqlValue(`SELECT COUNT(*) FROM confirmation WHERE account_id = ${accountId(OWNER)}`)))
		await confirm();
	if (!sqlValue(`SELECT role FROM role WHERE account_id = ${accountId(OWNER)} AND subscription_id = ${ACME}`))
		await give(OWNER, 'member');
});
after(() => {
	sql('UPDATE subscription SET disabled_at = NULL');
	projectsClear();
	[OWNER, COL, OTHER].forEach(roleTake);
	cleanUp();
	throttleClear();
});

const own = async (visitor = owner, name = newName()) => ({ name,
	id: await add(visitor, 'jenkins', jenkins({ name, urls: [['apiUrl', URL_SECRET]] }), null) });
const scopeOf = ({ id }) => `/integrations/${id}/scope`;
const placeOf = (one, sub = ACME) => `${scopeOf(one)}/${sub}`;
const grantOf = ({ id }, sub = ACME) => sql(`SELECT all_projects, projects, entry FROM scope_grant WHERE integration_id = ${id}
	AND subscription_id = ${sub}`)[0];
const handlesOf = ({ id }) => sql(`SELECT i.id, i.name, i.subscription_id FROM binding b JOIN integration i ON i.id = b.integration_id
	WHERE b.account_integration_id = ${id} ORDER BY i.id`).map(([handle, name, sub]) => ({ id: handle, name, sub }));
const ids = (...names) => names.map((name) => Number(projectId('acme', name))).sort((a, b) => a - b).join(',');
const trail = (chain) => sql(`SELECT action, object, fields FROM audit WHERE chain = ${quote(chain)} ORDER BY seq DESC LIMIT 3`)
	.map((row) => row.join(' '));

/* Allowed for all projects, under its own name. */
async function allowed(visitor = owner) {
	const one = await own(visitor);
	const answer = await visitor.submit((await visitor.form(placeOf(one))));

	assert.equal(answer.status, 303, errorsOf(answer).join());
	one.handle = handlesOf(one)[0].id;
	return one;
}

/* The list as an admin of acme sees it, with this one alone. */
const asAdmin = (one) => admin.get(`/s/acme/integrations?q=${encodeURIComponent(one.name)}`);

/* --- the page ----------------------------------------------------------------------------------------- */

test('the page has each subscription with a role, and says in words what a consent means', async () => {
	const one = await own(admin, newName('<b>"&'));
	const list = await admin.get(scopeOf(one));

	says(list, /acme you are an admin not in scope – Add globex you are a member not in scope – Add/);
	assert.ok(!list.text.includes('<b>"&'), 'the name is escaped');
	const page = await admin.get(placeOf(one));
	for (const words of [/Admins of acme can have runners receive these values/, /never for more projects than you choose here/,
		/No page shows the values to anybody/, /take it back at any time, also after you left acme/,
		/runners still get the values for 30 days/])
		says(page, words);
	assert.equal(formOf(page.text, placeOf(one)).value('name'), one.name, 'the name is its own unless another is given');
	assert.ok(formOf(page.text, placeOf(one)).ticked('scope', 'all'));
	/* without any role there is nothing to choose */
	const lonely = await own(other);
	says(await other.get(scopeOf(lonely)), /You are in no subscription/);
});

/* --- allowing ------------------------------------------------------------------------------------------- */

test('allowing makes the bound integration, under the vault\'s MAC, with entries in both chains', async () => {
	const before = doctor().rights.at(-1), one = await allowed();
	const [handle] = handlesOf(one);

	assert.deepEqual(grantOf(one).slice(0, 2), ['1', '']);
	assert.equal(handle.name, one.name);
	assert.equal(handle.sub, ACME);
	assert.equal(doctor().rights.at(-1), before, 'the vault knows its rows as its own');
	assert.ok(trail(`sub:${ACME}`).some((line) => line.startsWith(`binding.create ${one.name}`)), trail(`sub:${ACME}`).join());
	assert.ok(trail(`sub:${ACME}`).some((line) => line.startsWith(`scope.grant ${one.name}`)));
	assert.ok(trail(`account:${accountId(OWNER)}`).some((line) => line === `scope.grant ${one.name} acme`), trail(`account:${accountId(OWNER)}`).join());
	says(await owner.get(scopeOf(one)), new RegExp(`acme you are a member in scope All projects, also future ones ${one.name}`));
	/* what an admin of acme sees of it */
	for (const path of [`/s/acme/integrations/${handle.id}`, `/s/acme/integrations?q=${encodeURIComponent(one.name)}`]) {
		const seen = await admin.get(path);
		assert.equal(seen.status, 200);
		says(seen, new RegExp(one.name));
		assert.ok(!seen.text.includes('scope-secret') && !seen.text.includes('ci-bot'), `${path} shows nothing of the owner's`);
	}
});

test('a taken name: an error that names the clash, a free one, and nothing typed is lost', async () => {
	const one = await own();
	const form = (await owner.form(placeOf(one))).set('name', 'jenkins-prod').tick('scope', 'some').tick('project', projectId('acme', 'docs'));
	const answer = await owner.submit(form);

	failsAt(answer, 'name', /"jenkins-prod" is taken in acme, by an integration of type Jenkins\. "jenkins-prod-2" is free/);
	const again = formOf(answer.text, placeOf(one));
	assert.equal(again.value('name'), 'jenkins-prod');
	assert.ok(again.ticked('scope', 'some') && again.ticked('project', projectId('acme', 'docs')));
	const there = sqlValue(`SELECT id FROM integration WHERE name = 'jenkins-prod'`);
	assert.ok(answer.text.includes(`href="/s/acme/integrations/${there}"`), 'a link to what has it');
	assert.equal(grantOf(one), undefined);
	const button = again.buttons.find(({ name }) => name === 'use_name');
	assert.equal(button.value, 'jenkins-prod-2');
	assert.equal((await owner.submit(again, ['use_name', button.value])).status, 303);
	try {
		assert.equal(handlesOf(one)[0].name, 'jenkins-prod-2');
		assert.deepEqual(grantOf(one).slice(0, 2), ['0', ids('docs')]);
	} finally {
		await owner.post(`${placeOf(one)}/remove`, { handle: handlesOf(one)[0].id });
	}
});

test('what is wrong is said beside the field, and nothing is asked of the vault', async () => {
	const one = await own();

	for (const [fields, input, pattern] of [[{ name: '', scope: 'all' }, 'name', /./], [{ name: ' x', scope: 'all' }, 'name', /space|blank/],
		[{ name: 'a\u202eb', scope: 'all' }, 'name', /U\+202E/], [{ name: 'x'.repeat(81), scope: 'all' }, 'name', /80/]]) {
		failsAt(await owner.post(placeOf(one), fields), input, pattern, JSON.stringify(fields));
		assert.equal(grantOf(one), undefined);
	}
	for (const [fields, pattern] of [[{ name: one.name }, /Choose: all projects/], [{ name: one.name, scope: 'none' }, /Choose: all projects/],
		[{ name: one.name, scope: 'some', project: 'x' }, /not there any more/],
		[{ name: one.name, scope: 'some', project: sqlValue(`SELECT id FROM project WHERE subscription_id = ${GLOBEX} LIMIT 1`) }, /not there any more/]]) {
		const answer = await owner.post(placeOf(one), fields);
		assert.equal(answer.status, 422, JSON.stringify(fields));
		assert.match(byId(answer.text, 'projects-error'), pattern);
		assert.equal(formOf(answer.text, placeOf(one)).value('name'), one.name);
	}
	assert.equal(grantOf(one), undefined);
});

test('projects are narrowed and widened; whoever looked at another state is shown this one', async () => {
	const one = await allowed();
	const first = await owner.form(placeOf(one)), late = await owner.form(placeOf(one));

	assert.equal((await owner.submit(first.tick('scope', 'some').tick('project', projectId('acme', 'web')))).status, 303);
	assert.deepEqual(grantOf(one).slice(0, 2), ['0', ids('web')]);
	assert.ok(trail(`sub:${ACME}`)[0].startsWith(`scope.change ${one.name}`), trail(`sub:${ACME}`)[0]);
	says(await owner.get(placeOf(one)), /Your changes are saved.*in scope Projects web Known there as/);
	const answer = await owner.submit(late.tick('scope', 'all'));
	assert.equal(answer.status, 409);
	says(answer, /what you allow acme was changed elsewhere after this page was opened\. It is shown as it is now/);
	assert.ok(formOf(answer.text, placeOf(one)).ticked('project', projectId('acme', 'web')));
	assert.deepEqual(grantOf(one).slice(0, 2), ['0', ids('web')]);
	const widen = formOf(answer.text, placeOf(one)).tick('project', projectId('acme', 'docs'));
	assert.equal((await owner.submit(widen)).status, 303);
	assert.deepEqual(grantOf(one).slice(0, 2), ['0', ids('web', 'docs')]);
	/* none is a choice, too: nothing may use it */
	assert.equal((await owner.post(placeOf(one), { scope: 'some' })).status, 303);
	assert.deepEqual(grantOf(one).slice(0, 2), ['0', '']);
	says(await owner.get(scopeOf(one)), /in scope No project/);
	assert.equal(handlesOf(one).length, 1, 'none of this made another one');
});

test('another name for it: the consent stays as it is', async () => {
	const one = await allowed(), name = newName();
	const entry = grantOf(one)[2];

	assert.equal((await owner.post(placeOf(one), { name, was: entry })).status, 303);
	assert.deepEqual(handlesOf(one).map((h) => h.name), [one.name, name]);
	assert.equal(grantOf(one)[2], entry);
	says(await owner.get(placeOf(one)), new RegExp(`Known there as ${[one.name, name].sort().join(' , ')}`));
	failsAt(await owner.post(placeOf(one), { name }), 'name', new RegExp(`"${name}" is taken`));
});

test('"Confirm it\'s you": the form waits, nothing changes, and then it goes on', async () => {
	const one = await own();

	sql(`DELETE FROM confirmation WHERE account_id = ${accountId(OWNER)}`);
	const asked = await owner.submit((await owner.form(placeOf(one))).tick('scope', 'some').tick('project', projectId('acme', 'web')));
	assert.equal(asked.status, 403);
	assert.equal(grantOf(one), undefined);
	const confirm = formOf(asked.text, '/confirm');
	assert.equal(confirm.value('confirm_to'), placeOf(one));
	const on = await owner.submit(confirm.set('confirm_password', person(OWNER)));
	assert.equal(on.status, 307);
	assert.equal((await owner.post(on.location, confirm.fields().filter(([name]) => !/^confirm_/.test(name)))).status, 303);
	assert.deepEqual(grantOf(one).slice(0, 2), ['0', ids('web')]);
});

/* --- withdrawing, taking out ------------------------------------------------------------------------------ */

test('withdrawn: the handles stay, flagged; allowed again, they work again', async () => {
	const one = await allowed();

	sql(`DELETE FROM confirmation WHERE account_id = ${accountId(OWNER)}`); /* to take back needs no password */
	says(await owner.get(placeOf(one)), /Values are refused to runners at once\. The bound integration stays, flagged, for an admin of acme to rebind/);
	assert.equal((await owner.submit(await owner.form(placeOf(one), `${placeOf(one)}/withdraw`))).status, 303);
	assert.equal(grantOf(one), undefined);
	assert.equal(handlesOf(one).length, 1);
	says(await owner.get(scopeOf(one)), /Withdrawn\. Runners get no value.*withdrawn Runners get nothing\. The bound integration stays there until an admin/);
	says(await asAdmin(one), new RegExp(`${one.name}.*Withdrawn`));
	assert.equal(trail(`account:${accountId(OWNER)}`)[0], `scope.withdraw ${one.name} acme`);
	assert.ok(trail(`sub:${ACME}`)[0].startsWith(`scope.withdraw ${one.name}`));
	const twice = await owner.post(`${placeOf(one)}/withdraw`);
	assert.equal(twice.status, 409);
	says(twice, /There is nothing to withdraw/);
	await confirm();
	const form = await owner.form(placeOf(one));
	says(await owner.get(placeOf(one)), /Allow it again .*The bound integration there will work again/);
	assert.ok(!form.has('name'), 'no other one is made');
	assert.equal((await owner.submit(form.tick('scope', 'some').tick('project', projectId('acme', 'web')))).status, 303);
	assert.deepEqual(grantOf(one).slice(0, 2), ['0', ids('web')]);
	assert.deepEqual(handlesOf(one).map((h) => h.id), [one.handle]);
});

test('taken out: the page names what goes, the handles and the consent go, one\'s own stays', async () => {
	const one = await allowed(), second = newName();

	await owner.post(placeOf(one), { name: second });
	const page = await owner.get(`${placeOf(one)}/remove`);
	says(page, new RegExp(`These 2 bound integrations of acme are deleted.*${[one.name, second].sort().join(' ')}.*Your integration ${one.name} stays`));
	const form = formOf(page.text, `${placeOf(one)}/remove`), third = newName();
	await owner.post(placeOf(one), { name: third });
	const late = await owner.submit(form);
	assert.equal(late.status, 409);
	says(late, new RegExp(`other integrations are bound there than you were shown.*These 3 bound.*${third}`));
	assert.equal(handlesOf(one).length, 3);
	for (const fields of [{}, { handle: one.handle }, { handle: '1' }, { handle: 'x' }])
		assert.equal((await owner.post(`${placeOf(one)}/remove`, fields)).status, 409, JSON.stringify(fields));
	assert.equal((await owner.submit(formOf(late.text, `${placeOf(one)}/remove`))).status, 303);
	assert.deepEqual(handlesOf(one), []);
	assert.equal(grantOf(one), undefined);
	assert.equal(sqlValue(`SELECT name FROM integration WHERE id = ${one.id}`), one.name);
	assert.equal((await admin.get(`/s/acme/integrations/${one.handle}`)).status, 404);
	says(await owner.get(scopeOf(one)), /out of the scope.*acme you are a member not in scope/);
	const again = await owner.post(`${placeOf(one)}/remove`, {});
	assert.equal(again.status, 409);
	says(again, /nothing to take out/);
});

test('what workflow files name is neither taken out nor deleted; where one left, it stands against nothing', async () => {
	const one = await allowed(), free = await allowed();
	const file = `/api/v1/s/acme/projects/${projectId('acme', 'web')}/workflow?path=flow-named.yml`;
	const program = await Program.of(admin, ['workflow']);
	const octets = { headers: { 'Content-Type': 'application/octet-stream' } };
	const text = `jobs:\n  - name: deploy\n    type: runSh\n    integrations: [${JSON.stringify(one.name)}, "$${free.name}"]\n`;

	assert.equal((await program.send('PUT', file, { body: text, ...octets })).status, 200);
	try {
		const remove = `${placeOf(one)}/remove`, edit = `/integrations/${one.id}/edit`, gone = `/integrations/${one.id}/delete`;
		for (const path of [remove, edit]) {
			const page = await owner.get(path);

			says(page, new RegExp(`Workflow files .*acme ?: ${one.name} web flow-named.yml ?:4 job deploy`));
			assert.ok(!page.text.includes(`action="${path === edit ? gone : remove}"`), 'no form that does it');
		}
		/* a form from before the file came */
		const fields = { shown: '1', handle: one.handle };
		const [version] = sql(`SELECT version FROM integration WHERE id = ${one.id}`)[0];
		for (const answer of [await owner.post(remove, fields),
			await owner.post(gone, { version, confirm: '1', handles: one.handle })]) {
			assert.equal(answer.status, 409);
			says(answer, /(Nothing is changed: workflow files there name|Nothing is deleted: workflow files of acme name)/);
		}
		const writer = await Program.of(owner);
		assert.equal((await writer.send('DELETE', `/api/v1${gone.replace('/delete', '')}`, { version: `"${version}"` })).status, 409);
		assert.equal((await writer.send('DELETE', `/api/v1${placeOf(one)}`)).status, 409);
		assert.deepEqual(handlesOf(one).map((h) => h.id), [one.handle]);
		assert.equal(grantOf(one)[0], '1');
		/* what a variable may name at run time is no reason */
		assert.equal((await owner.submit(formOf((await owner.get(`${placeOf(free)}/remove`)).text, `${placeOf(free)}/remove`))).status, 303);
		/* withdrawn: no project may use it */
		const reader = await Program.of(admin, ['read']);
		const denied = async () => JSON.parse((await reader.get(`/api/v1/s/acme/integrations/${one.handle}/uses`)).text).places
			.map((place) => place.denied);
		assert.deepEqual(await denied(), [false]);
		assert.equal((await owner.post(`${placeOf(one)}/withdraw`)).status, 303);
		assert.deepEqual(await denied(), [true]);
		/* the owner left: theirs goes, what acme calls by that name stays */
		assert.equal((await admin.post(`/s/acme/people/${accountId(OWNER)}/remove`, { was: 'member' })).status, 303);
		const form = formOf((await owner.get(edit)).text, gone);
		assert.equal((await owner.submit(form.tick('confirm'))).status, 303);
		assert.equal(sqlValue(`SELECT name FROM integration WHERE id = ${one.handle}`), one.name);
		assert.equal(sqlValue(`SELECT COUNT(*) FROM integration WHERE id = ${one.id}`), '0');
	} finally {
		await program.send('DELETE', file);
	}
});

test('who left: nothing can be given any more, only withdrawn; what is there stays for the admins', async () => {
	const one = await allowed(), two = await allowed();

	assert.equal((await admin.post(`/s/acme/people/${accountId(OWNER)}/remove`, { was: 'member' })).status, 303);
	says(await owner.get(scopeOf(one)), /acme you left on .* in scope/);
	const page = await owner.get(placeOf(one));
	says(page, /Having left, you cannot allow it again/);
	assert.ok(!page.text.includes(`action="${placeOf(one)}"`) && !page.text.includes(`${placeOf(one)}/remove`));
	assert.ok(!page.text.includes(`href="/s/acme/`), 'no way into a subscription that is not theirs');
	const refused = await owner.post(placeOf(one), { scope: 'all' });
	assert.equal(refused.status, 403);
	assert.match(alerts(refused.text).join(), /you have no role in this subscription any more/);
	says(await asAdmin(one), new RegExp(`${one.name}.*Owner left`));
	/* taking out is withdrawing now */
	assert.equal((await owner.post(`${placeOf(one)}/remove`, {})).status, 303);
	assert.equal(grantOf(one), undefined);
	assert.deepEqual(handlesOf(one).map((h) => h.id), [one.handle]);
	assert.equal((await owner.post(`${placeOf(two)}/withdraw`)).status, 303);
	assert.equal(grantOf(two), undefined);
	says(await asAdmin(two), new RegExp(`${two.name}.*Withdrawn`));
});

test('a disabled subscription: nothing but withdrawing', async () => {
	const one = await allowed();

	sql(`UPDATE subscription SET disabled_at = 1 WHERE id = ${ACME}`);
	raise();
	try {
		says(await owner.get(scopeOf(one)), /disabled by a site admin/);
		for (const [path, fields] of [[placeOf(one), { scope: 'some' }], [`${placeOf(one)}/remove`, { handle: one.handle }]]) {
			const answer = await owner.post(path, fields);
			assert.equal(answer.status, 403, path);
			says(answer, /a site admin disabled this subscription/);
		}
		assert.deepEqual(grantOf(one).slice(0, 2), ['1', '']);
		assert.equal((await owner.post(`${placeOf(one)}/withdraw`)).status, 303);
	} finally {
		sql(`UPDATE subscription SET disabled_at = NULL WHERE id = ${ACME}`);
		raise();
	}
	assert.equal(grantOf(one), undefined);
	assert.equal(handlesOf(one).length, 1);
});

/* --- whose -------------------------------------------------------------------------------------------------- */

test('another\'s integration, and a subscription that is nothing to one, are not there', async () => {
	const one = await allowed(), mine = await own();
	const bare = (answer) => answer.text.replaceAll(answer.header('x-request-id'), 'ID');

	for (const visitor of [admin, other, owner])
		await visitor.get('/account'); /* messages that wait */
	for (const visitor of [admin, other]) {
		const never = bare(await visitor.get('/integrations/999999999/scope'));
		for (const path of [scopeOf(one), placeOf(one), `${placeOf(one)}/remove`]) {
			const answer = await visitor.get(path);
			assert.equal(answer.status, 404, path);
			assert.equal(bare(answer), never);
		}
		for (const [path, fields] of [[placeOf(one), { scope: 'all', name: newName() }], [`${placeOf(one)}/withdraw`, {}],
			[`${placeOf(one)}/remove`, { handle: one.handle }]])
			assert.equal((await visitor.post(path, fields)).status, 404, path);
	}
	const never = bare(await owner.get(placeOf(mine, 999999999)));
	for (const path of [placeOf(mine, GLOBEX), `${placeOf(mine, GLOBEX)}/remove`])
		assert.equal(bare(await owner.get(path)), never, path);
	for (const path of [placeOf(mine, GLOBEX), `${placeOf(mine, GLOBEX)}/withdraw`, `${placeOf(mine, GLOBEX)}/remove`])
		assert.equal((await owner.post(path, { scope: 'all', name: newName() })).status, 404, path);
	/* nor is the handle itself somebody's account integration */
	assert.equal((await admin.get(`/integrations/${one.handle}/scope`)).status, 404);
	assert.deepEqual(grantOf(one).slice(0, 2), ['1', '']);
	assert.equal(grantOf(mine, GLOBEX), undefined);
});

test('a collaborator: the projects on which they are named, never all; and of a clash no more than that it is one', async () => {
	const one = await own(col);
	const form = await col.form(placeOf(one));

	assert.deepEqual(form.values('project'), [projectId('acme', 'web')]);
	assert.deepEqual(form.values('scope'), ['some'], 'no choice of all');
	const all = await col.post(placeOf(one), [['name', one.name], ['scope', 'all']]);
	assert.equal(all.status, 422);
	assert.match(byId(all.text, 'projects-error'), /not for all/);
	assert.equal(grantOf(one), undefined);
	const forged = await col.post(placeOf(one), [['name', one.name], ['scope', 'some'], ['project', projectId('acme', 'docs')]]);
	assert.equal(forged.status, 422);
	assert.match(byId(forged.text, 'projects-error'), /you don't see it/);
	/* limited to a project that they are not on */
	const hidden = await add(admin, 'jenkins', jenkins());
	sql(`UPDATE integration SET all_projects = 0 WHERE id = ${hidden}`);
	raise();
	const clash = await col.post(placeOf(one), { name: sqlValue(`SELECT name FROM integration WHERE id = ${hidden}`), scope: 'some', project: projectId('acme', 'web') });
	failsAt(clash, 'name', /taken in acme, by an integration that you don't see/);
	assert.ok(!clash.text.includes('Jenkins') && !clash.text.includes(`/s/acme/integrations/${hidden}`));
	assert.equal((await col.submit(form.tick('scope', 'some').tick('project', projectId('acme', 'web')))).status, 303);
	assert.deepEqual(grantOf(one).slice(0, 2), ['0', ids('web')]);
	assert.equal((await col.get(NEW)).status, 403, 'there is no + Add for them');
	assert.equal((await col.post(NEW, { account_integration: one.id, name: newName(), scope: 'all' })).status, 403);
	/* of projects that they lost they learn the number, and saving takes them back */
	sql(`UPDATE collaborator SET project_id = ${projectId('acme', 'docs')} WHERE account_id = ${accountId(COL)}`);
	raise();
	says(await col.get(placeOf(one)), /Projects 1 that you don't see.*also allowed for 1 project that you don't see any more/);
	sql(`UPDATE collaborator SET project_id = ${projectId('acme', 'web')} WHERE account_id = ${accountId(COL)}`);
	raise();
});

/* --- from the subscription's side ------------------------------------------------------------------------------ */

const TAB = `${NEW}?tab=own`;
const chosen = (one) => `${TAB}&use=${one.id}`;

test('+ Add has two tabs; the second has one\'s own, to choose from', async () => {
	const one = await own(), used = await allowed(), theirs = await own(admin);
	const first = await owner.get(NEW), second = await owner.get(TAB);

	for (const page of [first, second, await owner.get(`${NEW}?type=jenkins`), await owner.get(chosen(one))])
		says(page, /Create a subscription integration Use an account integration/);
	assert.match(first.text, /active" aria-current="page" href="\/s\/acme\/integrations\/new">/);
	assert.match(second.text, /active" aria-current="page" href="\/s\/acme\/integrations\/new\?tab=own">/);
	says(second, new RegExp(`${one.name} Jenkins · not checked yet Not used yet`));
	says(second, new RegExp(`${used.name} Jenkins · not checked yet Used here under 1 name`));
	assert.ok(!second.text.includes(theirs.name));
	says(await owner.get(`${TAB}&q=${encodeURIComponent(one.name.toUpperCase())}`), /One account integration for/);
	says(await owner.get(`${TAB}&q=jenk`), new RegExp(one.name));
	says(await owner.get(`${TAB}&q=%3Cb%3E`), /None for “<b>”.*None of yours fits/);
	/* one that is somebody else's, or nobody's, is not chosen */
	for (const id of [theirs.id, used.handle, '999999999', 'x', ''])
		says(await owner.get(`${TAB}&use=${id}`), /Which of yours\?/);
	assert.equal(byId((await owner.get('/integrations/new')).text, 'types-said')?.includes('types'), true);
	assert.ok(!(await owner.get('/integrations/new')).text.includes('Use an account integration'), 'one\'s own pages have no tabs');
});

test('using one\'s own: name, projects, and the new integration\'s page', async () => {
	const one = await own();
	const form = await owner.form(chosen(one), NEW);

	assert.equal(form.value('name'), one.name);
	const answer = await owner.submit(form.tick('scope', 'some').tick('project', projectId('acme', 'web')));
	assert.equal(answer.status, 303);
	assert.equal(answer.location, `/s/acme/integrations/${handlesOf(one)[0].id}`);
	assert.deepEqual(grantOf(one).slice(0, 2), ['0', ids('web')]);
	says(await owner.get(answer.location), /The bound integration is there/);
	/* there is a consent now: it is shown, and stays */
	const kept = await owner.get(chosen(one));
	says(kept, /Projects that may use it web You allowed acme this before, and it stays as it is/);
	const second = formOf(kept.text, NEW);
	assert.ok(!second.has('scope'));
	failsAt(await owner.submit(second), 'name', new RegExp(`"${one.name}" is taken.*"${one.name}-2" is free`));
	const entry = grantOf(one)[2];
	assert.equal((await owner.submit(second, ['use_name', `${one.name}-2`])).status, 303);
	assert.equal(handlesOf(one).length, 2);
	assert.equal(grantOf(one)[2], entry);
	/* changed meanwhile */
	const late = await owner.form(chosen(one), NEW);
	assert.equal((await owner.post(placeOf(one), { scope: 'all' })).status, 303);
	const told = await owner.submit(late.set('name', newName()));
	assert.equal(told.status, 409);
	says(told, /It is shown as it is now.*All projects, also future ones You allowed acme this before/);
	/* withdrawn: another consent brings back what is there */
	assert.equal((await owner.post(`${placeOf(one)}/withdraw`)).status, 303);
	says(await owner.get(chosen(one)), new RegExp(`This brings back what is still bound to it there: ${one.name}, ${one.name}-2`));
});

test('one that is made on the spot: back to the form as it was, the new one chosen', async () => {
	const one = await own(), typed = newName('typed é '), name = newName();
	const form = (await owner.form(chosen(one), NEW)).set('name', typed).tick('scope', 'some').tick('project', projectId('acme', 'docs'));
	const away = await owner.submit(form, ['go', 'create']);

	assert.equal(away.status, 303);
	assert.match(away.location, /^\/integrations\/new\?back=[\w-]+$/);
	const types = await owner.get(away.location);
	says(types, /Once it is saved, you go on where you came from/);
	const link = /href="(\?type=jenkins[^"]*)"/.exec(types.text)[1].replaceAll('&amp;', '&');
	const page = await owner.get(`/integrations/new${link}`);
	const bad = await owner.submit(fill(formOf(page.text, '/integrations/new'), jenkins({ name: '' })));
	assert.equal(bad.status, 422, 'a fault on the way loses nothing');
	const back = await owner.submit(fill(formOf(bad.text, '/integrations/new'), { name, secrets: {} }));
	assert.equal(back.status, 303, errorsOf(back).join());
	const id = sqlValue(`SELECT id FROM integration WHERE name = ${quote(name)}`);
	assert.ok(back.location.startsWith(`/s/acme/integrations/new?tab=own&use=${id}&typed=`), back.location);
	const again = await owner.form(back.location, NEW);
	assert.equal(again.value('account_integration'), id);
	assert.equal(again.value('name'), typed);
	assert.ok(again.ticked('scope', 'some') && again.ticked('project', projectId('acme', 'docs')) && !again.ticked('project', projectId('acme', 'web')));
	assert.equal((await owner.submit(again)).status, 303);
	assert.deepEqual(handlesOf({ id }).map((h) => h.name), [typed]);
	/* its own name is not what was typed */
	const untouched = await owner.submit(await owner.form(chosen(one), NEW), ['go', 'choose']);
	assert.ok(untouched.location.startsWith(`${TAB}&typed=`));
	const cards = await owner.get(untouched.location);
	const card = new RegExp(`href="(\\?tab=own&amp;use=${id}[^"]*)"`).exec(cards.text)[1].replaceAll('&amp;', '&');
	assert.equal((await owner.form(`${NEW}${card}`, NEW)).value('name'), name);
});

test('what an address brings leads nowhere else', async () => {
	for (const back of ['//evil.example/', 'https://evil.example/', '/s/acme/integrations/new', 'AAAA', Buffer.from('\0\0\0\x0e//evil.example\0\0\0\0\0', 'latin1')
		.toString('base64url'), 'x'.repeat(1800)]) {
		const page = await owner.get(`/integrations/new?type=jenkins&back=${encodeURIComponent(back)}`);
		const form = formOf(page.text, '/integrations/new');
		assert.ok(!form.has('back'), back);
		const name = newName();
		const saved = await owner.submit(fill(form.force('back', back.slice(0, 1700)), jenkins({ name })));
		assert.equal(saved.status, 303, errorsOf(saved).join());
		assert.match(saved.location, /^\/integrations\/\d+$/, back);
	}
	/* a word of another subscription brings nothing into this one */
	const one = await own();
	const away = await owner.submit((await owner.form(chosen(one), NEW)).set('name', newName('else')), ['go', 'choose']);
	const word = /typed=([\w-]+)$/.exec(away.location)[1];
	const bytes = Buffer.from(word, 'base64url');
	bytes.write('acmf', 4);
	assert.equal((await owner.form(`${chosen(one)}&typed=${bytes.toString('base64url')}`, NEW)).value('name'), one.name);
	assert.match((await owner.form(`${chosen(one)}&typed=${word}`, NEW)).value('name'), /^flow else/);
});

test('what cannot be chosen is refused: another\'s, nobody\'s, one of no approved type', async () => {
	const theirs = await own(admin), one = await own();

	sql(`UPDATE integration SET type = 'gone' WHERE id = ${one.id}`);
	for (const id of [theirs.id, one.id, '999999999', handlesOf(await allowed())[0].id]) {
		const answer = await owner.post(NEW, { account_integration: id, name: newName(), scope: 'all' });
		assert.equal(answer.status, 422, id);
		says(answer, /Choose one of your account integrations, of an approved type/);
	}
	assert.equal(grantOf(theirs), undefined);
	assert.equal(grantOf(one), undefined);
});

/* --- programs ------------------------------------------------------------------------------------------------------ */

test('the API: how it stands, changed as it was read; another state is 409; values have no place in a bound one', async () => {
	const one = await own(), program = await (await Program.of(owner)).confirm(person(OWNER));
	const at = `/api/v1${placeOf(one)}`;
	const none = JSON.parse((await program.get(at)).text);

	assert.deepEqual([none.state, none.was, none.handles, none.scope, none.role], ['none', 0, [], null, 'member']);
	const made = await program.send('PUT', at, { body: { scope: 'some', projects: [Number(projectId('acme', 'web'))], was: 0 } });
	assert.equal(made.status, 200, made.text);
	const live = JSON.parse(made.text);
	assert.deepEqual([live.state, live.scope, live.projects], ['live', 'some', [Number(projectId('acme', 'web'))]]);
	assert.deepEqual(live.handles.map((h) => h.name), [one.name], 'its own name where none is given');
	assert.equal((await program.send('PUT', at, { body: { ...live, scope: 'all' } })).status, 200);
	assert.equal((await program.send('PUT', at, { body: { ...live, scope: 'some' } })).status, 409, 'it is another by now');
	const all = JSON.parse((await program.get(`/api/v1${scopeOf(one)}`)).text);
	assert.deepEqual(all.scope.map((place) => [place.subscription.slug, place.state, place.scope]), [['acme', 'live', 'all']]);
	const gone = await program.send('DELETE', at, { body: { handle: [live.handles[0].id] } });
	assert.deepEqual([gone.status, handlesOf(one).length], [204, 0]);
	const bound = await program.post('/api/v1/s/acme/integrations', { account_integration: one.id, scope: 'all' });
	assert.equal(bound.status, 201, bound.text);
	assert.equal(bound.location, `/api/v1/s/acme/integrations/${handlesOf(one)[0].id}`);
	const wrong = await program.post('/api/v1/s/acme/integrations', { account_integration: one.id, name: newName(), scope: 'all', type: 'gitlab',
		urls: [{ key: 'apiUrl', url: 'https://x.example' }], secrets: { password: 'x' } });
	assert.equal(wrong.status, 422);
	assert.deepEqual(JSON.parse(wrong.text).errors.map(({ field }) => field).sort(), ['secrets.password', 'type', 'urls']);
	const unconfirmed = await Program.of(owner);
	const asked = await unconfirmed.send('PUT', at, { body: { scope: 'some' } });
	assert.deepEqual([asked.status, JSON.parse(asked.text).type], [403, 'urn:signet:confirmation-needed']);
	assert.equal((await unconfirmed.post(`${at}/withdraw`, {})).status, 200, 'to take back needs no confirmation');
});
