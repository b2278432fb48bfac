/* Edit permissions, projects, edits at the same time, and deleting. */
import { after, test } from 'node:test';
import assert from 'node:assert/strict';

import { doctor, sql, sqlValue } from './lib/stack.mjs';
import { as } from './lib/client.mjs';
import { raise } from './lib/people.mjs';
import { formOf, says, textOf } from './lib/html.mjs';
import { add, again, boxesOf, cleanUp, editForm, failsAt, fill, jenkins, listPath, newForm, newName, newSecret,
	pathOf, projectId, projectsOf, rowOf } from './lib/integration.mjs';

const MEMBER = 2, COLLABORATOR = 1, ADMIN = 4;

after(cleanUp);

const seesIt = async (login, id) => (await (await as(login)).get(pathOf(id))).status;
const mayEdit = async (login, id) => (await (await as(login)).get(`${pathOf(id)}/edit`)).status;

/* The pencil's form as `login` sees it, with the roles and projects of `by hand` whatever it offers. */
async function save(login, id, change = (form) => form) {
	const visitor = await as(login);

	return visitor.submit(change(await editForm(visitor, id)));
}

/* --- edit permissions --------------------------------------------------------------------------- */

test('a new one is for admins and members; what a member says about it counts for nothing', async () => {
	for (const login of ['admin', 'member']) {
		const id = await add(await as(login), 'jenkins', jenkins());
		assert.equal(rowOf(id).edit_roles, ADMIN + MEMBER, login);
	}
	const member = await as('member');
	const form = fill(await newForm(member, 'jenkins'), jenkins());
	assert.ok(!form.has('role_member') && !form.has('role_collaborator'), 'not even asked');
	form.force('role_collaborator', '1').force('role_admin', '1');
	const id = Number((await member.submit(form)).location.split('/').pop());
	assert.equal(rowOf(id).edit_roles, ADMIN + MEMBER);
});

test('admins set who may edit, and are always among them', async () => {
	const id = await add(await as('admin'), 'jenkins', jenkins());
	const sets = [[[], ADMIN, 403, 403], [['role_member'], ADMIN + MEMBER, 200, 403],
		[['role_collaborator'], ADMIN + COLLABORATOR, 403, 200],
		[['role_member', 'role_collaborator'], ADMIN + MEMBER + COLLABORATOR, 200, 200]];

	for (const [roles, bits, member, collaborator] of sets) {
		const answer = await save('admin', id, (form) => {
			for (const role of ['role_member', 'role_collaborator'])
				form.tick(role, undefined, roles.includes(role));
			return form;
		});
		assert.equal(answer.status, 303);
		assert.equal(rowOf(id).edit_roles, bits);
		assert.deepEqual([await mayEdit('admin', id), await mayEdit('member', id), await mayEdit('collaborator', id)],
			[200, member, collaborator], roles.join());
		assert.deepEqual([await seesIt('member', id), await seesIt('collaborator', id)], [200, 200]);
	}
});

test('a member or collaborator who may edit cannot widen or narrow who may', async () => {
	const id = await add(await as('admin'), 'jenkins', jenkins());

	await save('admin', id, (form) => form.tick('role_collaborator'));
	for (const login of ['member', 'collaborator']) {
		const name = newName();
		const answer = await save(login, id, (form) => form.set('name', name).force('role_nobody', '1'));
		assert.equal(answer.status, 303);
		assert.deepEqual([rowOf(id).name, rowOf(id).edit_roles], [name, 7], 'without the boxes: unchanged');
	}
	await save('admin', id, (form) => form.tick('role_collaborator', undefined, false));
	await save('member', id, (form) => form.force('role_collaborator', '1'));
	assert.equal(rowOf(id).edit_roles, ADMIN + MEMBER);
});

test('who may not edit cannot by hand either: no save, no delete, and the page says who can', async () => {
	const admin = await as('admin');
	const id = await add(admin, 'jenkins', jenkins());
	const form = await editForm(admin, id);
	const before = [rowOf(id), boxesOf(id)];
	const collaborator = await as('collaborator');
	const fields = form.set('name', newName()).set('secret.password', newSecret()).fields().filter(([n]) => n !== 'csrf');

	for (const [action, list] of [['edit', fields], ['delete', [['confirm', '1'], ['version', '1']]]]) {
		const answer = await collaborator.post(`${pathOf(id)}/${action}`, list);
		assert.equal(answer.status, 403, action);
		says(answer, /for those who may edit it: Admins and members\./);
		assert.deepEqual([rowOf(id), boxesOf(id)], before);
	}
	assert.equal((await collaborator.post(`${listPath()}/new`, fields)).status, 403);
});

/* --- projects ---------------------------------------------------------------------------------- */

test('all projects, some, none: each sees what their projects may use', async () => {
	const id = await add(await as('admin'), 'jenkins', jenkins());
	const choose = (names) => save('admin', id, (form) => {
		form.tick('scope', names ? 'some' : 'all');
		for (const name of ['api', 'docs', 'mobile', 'web'])
			form.tick('project', projectId('acme', name), names?.includes(name) ?? false);
		return form;
	});

	for (const [names, sees, words] of [[['web', 'api'], 200, 'api, web'], [['api'], 404, 'api'],
		[[], 404, 'No project'], [['api', 'docs', 'mobile', 'web'], 200, 'api, docs, mobile and 1 more'],
		[null, 200, 'All projects']]) {
		assert.equal((await choose(names)).status, 303);
		assert.equal(rowOf(id).all_projects, names ? 0 : 1);
		assert.deepEqual(projectsOf(id), names ? [...names].sort() : []);
		assert.equal(await seesIt('collaborator', id), sees, words);
		assert.equal(await seesIt('member', id), 200);
		assert.ok(textOf((await (await as('admin')).get(listPath())).text).includes(words), words);
	}
});

test('projects of another subscription, or none at all, are not taken', async () => {
	const admin = await as('admin');
	const foreign = projectId('globex', 'billing');
	const form = fill(await newForm(admin, 'jenkins'), jenkins()).tick('scope', 'some')
		.tick('project', projectId('acme', 'docs'));

	for (const value of [foreign, '0', '-1', '99999999', 'x', '1 OR 1=1'])
		form.force('project', value);
	const answer = await admin.submit(form);
	assert.equal(answer.status, 303);
	assert.deepEqual(projectsOf(Number(answer.location.split('/').pop())), ['docs']);
});

test('a collaborator changes only what they see of the projects; the rest stays, as a count', async () => {
	const admin = await as('admin');
	const id = await add(admin, 'jenkins', jenkins());

	await save('admin', id, (form) => form.tick('role_collaborator').tick('scope', 'some')
		.tick('project', projectId('acme', 'web')).tick('project', projectId('acme', 'api'))
		.tick('project', projectId('acme', 'docs')));
	const page = await (await as('collaborator')).get(`${pathOf(id)}/edit`);
	const form = formOf(page.text, `${pathOf(id)}/edit`);
	assert.deepEqual(form.values('project'), [projectId('acme', 'web')], 'only theirs is offered');
	assert.ok(!form.has('scope', 'all'), 'nor all');
	says(page, /and 2 more that you don't see/);
	assert.ok(!textOf(page.text).includes('docs'));
	const details = await (await as('collaborator')).get(pathOf(id));
	says(details, /and 2 more that you don't see/);

	/* by hand: foreign ones, and all */
	assert.equal((await save('collaborator', id, (f) => f.force('scope', 'all')
		.force('project', projectId('acme', 'mobile')))).status, 303);
	assert.deepEqual([rowOf(id).all_projects, projectsOf(id)], [0, ['api', 'docs', 'web']]);
	/* their own taken off: the rest stays, and they see it no more */
	const answer = await save('collaborator', id, (f) => f.tick('project', projectId('acme', 'web'), false));
	assert.equal(answer.status, 303);
	assert.deepEqual(projectsOf(id), ['api', 'docs']);
	assert.equal(await seesIt('collaborator', id), 404);
});

test('"all projects" is not narrowed by somebody who does not see all', async () => {
	const id = await add(await as('admin'), 'jenkins', jenkins());

	await save('admin', id, (form) => form.tick('role_collaborator'));
	const answer = await save('collaborator', id, (form) => {
		form.controls = form.controls.filter((c) => c.name !== 'scope');
		return form.set('name', newName()).force('scope', 'some').force('project', projectId('acme', 'web'));
	});
	assert.equal(answer.status, 303);
	assert.deepEqual([rowOf(id).all_projects, projectsOf(id)], [1, []]);
});

/* --- at the same time --------------------------------------------------------------------------- */

test('ten edits at once of one version: one is saved, nine are told', async () => {
	const admin = await as('admin');
	const id = await add(admin, 'jenkins', jenkins());
	const forms = [];

	for (let k = 0; k < 10; k++)
		forms.push((await editForm(admin, id)).set('value.username', `u${k}`));
	const answers = await Promise.all(forms.map((form) => admin.submit(form)));
	assert.deepEqual(answers.map((a) => a.status).sort(), [303, ...Array(9).fill(409)]);
	assert.equal(rowOf(id).version, 2);
});

test('a version that is missing or nonsense saves nothing', async () => {
	const admin = await as('admin');
	const id = await add(admin, 'jenkins', jenkins());

	for (const version of [undefined, '', '0', '-1', 'x', '99', '18446744073709551617']) {
		const fields = (await editForm(admin, id)).set('name', newName()).fields()
			.map(([n, v]) => [n, n === 'version' ? version : v]).filter(([, v]) => v !== undefined);
		const answer = await admin.post(`${pathOf(id)}/edit`, fields);
		assert.ok([409, 422].includes(answer.status), `${version}: ${answer.status}`);
		assert.equal(rowOf(id).version, 1);
	}
});

/* --- delete ------------------------------------------------------------------------------------- */

test('deleting needs the box ticked; then all of it is gone', async () => {
	const admin = await as('admin');
	const what = jenkins();
	const id = await add(admin, 'jenkins', what);
	const panel = formOf((await admin.get(`${pathOf(id)}/edit`)).text, `${pathOf(id)}/delete`);
	const answer = await admin.submit(panel);

	assert.equal(answer.status, 422);
	says(answer, /Nothing is deleted: tick the box/);
	assert.ok(rowOf(id));
	const edit = formOf(answer.text, `${pathOf(id)}/edit`);
	assert.equal(edit.value('name'), what.name, 'the form stands there as before');
	assert.equal((await admin.submit(panel.tick('confirm'))).status, 303);
	assert.equal(rowOf(id), undefined);
	assert.equal((await admin.submit(panel)).status, 410, 'twice');
	assert.equal((await admin.submit(edit)).status, 410, 'an edit of what is gone');
	assert.ok(!(await admin.get(listPath())).text.includes(what.name));
	await add(admin, 'jenkins', what); /* its name is free again */
});

test('the panel names what is stored, not what is typed', async () => {
	const admin = await as('admin');
	const what = jenkins();
	const id = await add(admin, 'jenkins', what);
	const answer = await admin.submit((await editForm(admin, id)).set('name', 'flow typed').set('url', 'x'));

	failsAt(answer, 'url-1', /./);
	const panel = /<section class="card border-red.*?<\/section>/s.exec(answer.text)[0];
	assert.ok(textOf(panel).includes(what.name) && !textOf(panel).includes('flow typed'));
});

/* --- lists and text ----------------------------------------------------------------------------- */

test('fifty a page: the rest by Next, in order, and back', async () => {
	const admin = await as('admin');
	const have = Number(sqlValue("SELECT COUNT(*) FROM integration WHERE subscription_id = (SELECT id FROM subscription WHERE slug = 'acme')"));

	sql(`INSERT INTO integration (uid, subscription_id, name, type, url, all_projects, edit_roles, created_at, changed_at)
		SELECT RANDOM_BYTES(16), s.id, CONCAT('flow page ', LPAD(seq, 3, '0'), ' +&?#/'), 'amazonKeys', '', 1, 6, 0, 0
		FROM seq_1_to_75 JOIN subscription s WHERE s.slug = 'acme'`);
	raise();
	const seen = [];
	let page = listPath(), pages = 0;
	while (page && pages < 9) {
		const answer = await admin.get(page);
		const rows = [...answer.text.matchAll(/<td><a href="integrations[^>]*>([^<]+)</g)].map(([, n]) => n);
		assert.ok(rows.length <= 50);
		seen.push(...rows);
		says(answer, new RegExp(`${rows.length} of ${have + 75} integrations`));
		const next = /<a class="btn" rel="next" href="(\?[^"]+)">Next/.exec(answer.text);
		page = next && listPath() + next[1].replaceAll('&amp;', '&');
		pages++;
	}
	assert.equal(seen.length, have + 75);
	assert.equal(new Set(seen).size, seen.length, 'none twice');
	assert.equal(pages, Math.ceil((have + 75) / 50));
	cleanUp();
});

test('text of several lines comes back as it was typed', async () => {
	const admin = await as('admin');
	const text = '\nssh-ed25519 AAAA first@one.example\n\n\tssh-rsa BBBB  second <x> & "y"\nlast';
	const id = await add(admin, 'sshKey', { name: newName(), values: { publicKey: text }, secrets: { privateKey: newSecret() } });

	assert.equal(sql(`SELECT value FROM integration_value WHERE integration_id = ${id}`)[0][0], text);
	const form = await editForm(admin, id);
	assert.equal(form.value('value.publicKey').replace(/\r\n/g, '\n'), text);
	assert.equal((await admin.submit(form)).status, 303);
	assert.equal(sql(`SELECT value FROM integration_value WHERE integration_id = ${id}`)[0][0], text, 'saving it changes nothing');
});
