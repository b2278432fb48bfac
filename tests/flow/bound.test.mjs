/* Bound integrations as a subscription sees them: told apart in the list, opened and narrowed by its admins
 * alone, deleted without touching what is their owner's; and nothing of the owner's in any answer. */
import { after, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';

import { quote, sql, sqlValue, throttleClear } from './lib/stack.mjs';
import { as } from './lib/client.mjs';
import { Program } from './lib/program.mjs';
import { alerts, decode, formOf, says, textOf } from './lib/html.mjs';
import { add, cleanUp, editForm, errorsOf, jenkins, listPath, newName, newSecret, pathOf, projectId, rowOf, watch } from './lib/integration.mjs';
import { allow, bindingsClear, demo, entriesOf, grantOf, handleMake, somebody, withdraw } from './lib/binding.mjs';

const MAYA = 'flow-bound-maya', JON = 'flow-bound-jon', ZOE = 'flow-bound-zoe';
const LOGINS = [MAYA, JON, ZOE];
const project = (name) => Number(projectId('acme', name));

let admin, member, collaborator, maya, jon, zoe;

before(async () => {
	throttleClear();
	bindingsClear(...LOGINS);
	admin = await demo('admin');
	member = await demo('member');
	collaborator = await demo('collaborator');
	maya = await somebody(MAYA);
	jon = await somebody(JON);
	zoe = await somebody(ZOE, 'admin');
});
beforeEach(throttleClear);
after(() => {
	bindingsClear(...LOGINS);
	cleanUp();
	throttleClear();
});

/* What its owner has, and nobody else may ever see. */
async function personal(owner, more = {}) {
	const hers = { url: `https://${newName().slice(5)}.hers.example/x`, user: `user-${newName().slice(5)}`, secret: newSecret(), ...more };
	const answer = await owner.program.post('/api/v1/integrations', { type: 'jenkins', name: newName('own '),
		urls: [{ key: 'apiUrl', url: hers.url }], values: { username: hers.user }, secrets: { password: hers.secret } });

	assert.equal(answer.status, 201, answer.text);
	return { ...hers, id: JSON.parse(answer.text).id };
}

async function bound(owner, { name = newName('bound '), projects } = {}) {
	const hers = await personal(owner);

	return { ...hers, own: hers.id, name, id: await handleMake(owner, hers.id, { name, projects }) };
}

const rowIn = (answer, id) => new RegExp(`<tr>(?:(?!</tr>).)*"integrations/${id}".*?</tr>`, 's').exec(answer.text)?.[0];
const list = (who, query = '') => who.visitor.get(`${listPath()}${query}`);
const searched = (b, more = '') => `?q=${encodeURIComponent(b.name)}${more}`;
const apiRow = async (who, b) => JSON.parse((await who.program.get(`/api/v1/s/acme/integrations?name=${encodeURIComponent(b.name)}`)).text).integrations[0];

/* --- the list ----------------------------------------------------------------------------------------- */

test('the list tells org from personal, names the owner, and shows nobody a URL of theirs', async () => {
	const b = await bound(maya);
	const org = { name: newName('org ') };

	org.id = await add(admin.visitor, 'jenkins', jenkins(org));
	for (const who of [admin, member, maya, jon]) {
		const page = await list(who, searched(b));
		const row = rowIn(page, b.id);

		assert.match(row, /<span class="org personal"><span class="visually-hidden">Personal: <\/span><bdi>/, 'an icon, and the word');
		assert.match(textOf(row), new RegExp(`${MAYA}.*All projects`));
		assert.match(textOf(row), /visible to its owner/);
		assert.ok(!page.text.includes(b.url) && !page.text.includes(b.user), 'nor its URL');
		assert.equal(row.includes('/edit"'), who === admin, 'the pencil is the admins\'');
		assert.match(rowIn(await list(who, searched(org)), org.id), /<span class="org">Org<\/span>/);
		assert.match((await list(who, `?q=${encodeURIComponent(new URL(b.url).host)}`)).text, /No integration matches/);
	}
	const json = await apiRow(admin, b);
	assert.equal(json.kind, 'personal');
	assert.match(json.owner, new RegExp(MAYA));
	assert.equal(json.owner_id, maya.id);
	assert.equal(json.state, 'in use');
	assert.equal(json.url, null);
	assert.deepEqual([(await apiRow(member, org)).kind, (await apiRow(member, org)).owner], ['org', null]);
});

test('what its owner left or took back is flagged, for admins with the way to rebind it', async () => {
	const left = await bound(zoe), taken = await bound(maya);

	await withdraw(maya, taken.own);
	sql(`DELETE FROM role WHERE account_id = ${zoe.id}; UPDATE people_revision SET revision = revision + 1`);
	for (const [b, words, state] of [[left, /Owner left/, 'owner left'], [taken, /Withdrawn/, 'withdrawn']]) {
		const row = rowIn(await list(admin, searched(b)), b.id);

		assert.match(textOf(row), words);
		assert.match(row, new RegExp(`href="integrations/${b.id}/rebind"`));
		assert.match(textOf(rowIn(await list(member, searched(b)), b.id)), words);
		assert.ok(!(await list(member, searched(b))).text.includes('/rebind"'));
		assert.equal((await apiRow(member, b)).state, state);
	}
	zoe = await somebody(ZOE, 'admin');
	assert.doesNotMatch(textOf(rowIn(await list(admin, searched(left)), left.id)), /Owner left/, 'returning clears it');
});

test('filters: owner and state, in the address, page and API alike', async () => {
	const mark = newName('mark ');
	const hers = await bound(maya, { name: `${mark} hers` }), his = await bound(jon, { name: `${mark} his` });
	const gone = await bound(zoe, { name: `${mark} gone` }), taken = await bound(maya, { name: `${mark} taken` });
	const org = await add(admin.visitor, 'jenkins', jenkins({ name: `${mark} org` }));

	await withdraw(maya, taken.own);
	sql(`DELETE FROM role WHERE account_id = ${zoe.id}; UPDATE people_revision SET revision = revision + 1`);
	const found = async (who, query) => {
		const page = await list(who, `?q=${encodeURIComponent(mark)}&${query}`);
		const api = JSON.parse((await who.program.get(`/api/v1/s/acme/integrations?q=${encodeURIComponent(mark)}&${query}`)).text);
		const ids = [...page.text.matchAll(/<td><a href="integrations\/(\d+)">/g)].map(([, id]) => Number(id));

		assert.deepEqual(api.integrations.map((i) => i.id), ids, query);
		return ids.sort((a, b) => a - b);
	};
	const sorted = (...ids) => ids.sort((a, b) => a - b);

	assert.deepEqual(await found(admin, 'owner='), sorted(hers.id, his.id, gone.id, taken.id, org));
	assert.deepEqual(await found(admin, 'owner=org'), [org]);
	assert.deepEqual(await found(admin, 'owner=personal'), sorted(hers.id, his.id, gone.id, taken.id));
	assert.deepEqual(await found(admin, 'owner=mine'), []);
	for (let k = 0; k < 8; k++) {   /* whichever worker answers, and whoever asked it before */
		assert.deepEqual(await found(maya, 'owner=mine'), sorted(hers.id, taken.id));
		assert.deepEqual(await found(jon, 'owner=mine'), [his.id]);
	}
	assert.deepEqual(await found(admin, 'state=left'), [gone.id]);
	assert.deepEqual(await found(admin, 'state=withdrawn'), [taken.id]);
	assert.deepEqual(await found(admin, 'state=withdrawn&owner=org'), []);
	assert.deepEqual(await found(admin, 'state=enabled&owner=personal&sort=changed'), sorted(hers.id, his.id, gone.id, taken.id));
	assert.deepEqual(await found(admin, 'owner=nonsense&state=nonsense'), sorted(hers.id, his.id, gone.id, taken.id, org));
	const page = await list(admin, '?owner=personal&state=withdrawn');
	assert.match(page.text, /<option value="personal" selected>/);
	assert.match(page.text, /<option value="withdrawn" selected>/);
	zoe = await somebody(ZOE, 'admin');
});

test('what stands in the address stays when one goes on', async () => {
	const sub = sqlValue("SELECT id FROM subscription WHERE slug = 'acme'");

	sql(`INSERT INTO integration (uid, subscription_id, bound, name, type, url, all_projects, edit_roles, created_at, changed_at)
		SELECT RANDOM_BYTES(16), ${sub}, 0, CONCAT('flow page ', LPAD(seq, 3, '0')), 'jenkins', '', 1, 6, 1, 1 FROM seq_1_to_60;
		UPDATE subscription SET revision = revision + 1`);
	const next = /rel="next" href="([^"]*)"/.exec((await list(admin, '?q=flow+page&owner=org&state=enabled')).text)[1];
	assert.match(decode(next), /owner=org&state=enabled&/);
	assert.match((await list(admin, decode(next))).text, /10 of 60 that match/);
	sql("DELETE FROM integration WHERE name LIKE 'flow page %'; UPDATE subscription SET revision = revision + 1");
});

test('a collaborator sees one when a project of theirs can use it: allowed by the owner, and in the list', async () => {
	const web = await bound(maya, { projects: ['web'] }), docs = await bound(maya, { projects: ['docs'] });
	const named = sql(`SELECT p.name FROM collaborator c JOIN project p ON p.id = c.project_id WHERE c.account_id = ${collaborator.id}`).flat();
	const inside = named.includes('web') ? web : docs, outside = inside === web ? docs : web;

	assert.ok(named.length && !(named.includes('web') && named.includes('docs')), `${named}`);
	assert.ok(rowIn(await list(collaborator, searched(inside)), inside.id));
	assert.ok(!rowIn(await list(collaborator, searched(outside)), outside.id));
	assert.equal((await collaborator.visitor.get(pathOf(outside.id))).status, 404);
	assert.equal((await collaborator.visitor.get(pathOf(inside.id))).status, 200);
	const form = (await editForm(admin.visitor, inside.id)).tick('scope', 'some');
	assert.equal((await admin.visitor.submit(form)).status, 303);
	assert.ok(!rowIn(await list(collaborator, searched(inside)), inside.id), 'the list of the handle counts as well');
	assert.equal((await collaborator.visitor.get(pathOf(inside.id))).status, 404);
});

/* --- details ------------------------------------------------------------------------------------------ */

test('details are for admins: what the owner allows, what is chosen here, what results', async () => {
	const b = await bound(maya, { projects: ['web', 'api'] });
	const form = (await editForm(admin.visitor, b.id)).tick('scope', 'some').tick('project', String(project('web')));

	says(await admin.visitor.get(pathOf(b.id)), /Its owner allows api, web Chosen here All projects So can use it api, web/);
	assert.equal((await admin.visitor.submit(form)).status, 303);
	const page = await admin.visitor.get(pathOf(b.id));
	says(page, /Its owner allows api, web Chosen here web So can use it web/);
	says(page, new RegExp(`Personal integration of .*${MAYA}.*in use`));
	says(page, /integration: "flow bound/);
	assert.match(page.text, new RegExp(`${pathOf(b.id)}/rebind"`));
	const json = JSON.parse((await admin.program.get(`/api/v1${pathOf(b.id)}`)).text);
	assert.equal(json.kind, 'personal');
	assert.deepEqual([json.bound.allowed, json.bound.listed, json.bound.usable_by], ['api, web', 'web', 'web']);
	assert.ok(json.bound.not_allowed.includes('docs') && !json.bound.not_allowed.includes('web'));
	assert.deepEqual([json.urls, json.values, json.sealed], [[], {}, []]);
});

test('others who see it get its name, type and owner; Edit and every act is refused, and that is in the trail', async () => {
	const b = await bound(maya);

	for (const who of [member, maya]) {
		const page = await who.visitor.get(pathOf(b.id));

		assert.equal(page.status, 200);
		says(page, new RegExp(`Jenkins, a personal integration of .*${MAYA}`));
		assert.ok(!page.text.includes(`${pathOf(b.id)}/edit`));
		const json = JSON.parse((await who.program.get(`/api/v1${pathOf(b.id)}`)).text);
		assert.deepEqual([json.may_edit, json.kind, json.state], [false, 'personal', 'in use']);
		for (const path of ['edit', 'disable', 'delete']) {
			const answer = await who.visitor.post(`${pathOf(b.id)}/${path}`, { version: '1', confirm: '1', name: 'flow taken', reason: 'x' });
			assert.equal(answer.status, 403, path);
			assert.ok(entriesOf(answer).some(([chain, , action]) => /^sub:/.test(chain) && action === 'denied'), path);
		}
	}
	assert.equal(rowOf(b.id).name, b.name);
	const stranger = await as('outsider').catch(() => null);
	if (stranger)
		assert.equal((await stranger.get(pathOf(b.id))).status, 404);
});

test('nothing of the owner\'s in any answer: page, API, conflict, error, trail', async () => {
	const b = await bound(maya);
	const saw = watch(admin.visitor);

	sql(`UPDATE integration SET disabled_at = 5, disabled_by = ${maya.id}, disabled_reason = 'hers alone to know' WHERE id = ${b.own};
		UPDATE subscription SET revision = revision + 1`);
	const texts = [];
	const form = await editForm(admin.visitor, b.id), other = await editForm(admin.visitor, b.id);
	for (const path of ['', '/edit', '/rebind'])
		texts.push((await admin.visitor.get(`${pathOf(b.id)}${path}`)).text);
	texts.push((await list(admin, searched(b))).text, (await admin.program.get(`/api/v1${pathOf(b.id)}`)).text,
		(await admin.program.get('/api/v1/s/acme/integrations?owner=personal')).text);
	assert.equal((await admin.visitor.submit(other.set('name', newName('theirs ')))).status, 303);
	const conflict = await admin.visitor.submit(form.set('name', newName('mine ')));
	assert.equal(conflict.status, 409);
	texts.push(conflict.text, (await admin.visitor.get(`/s/acme/audit?id=${b.id}`)).text, (await admin.visitor.get('/s/acme/audit')).text);
	for (const text of texts)
		for (const hers of [b.url, new URL(b.url).host, b.user, 'hers alone to know'])
			assert.ok(!text.includes(hers));
	saw(b.secret, b.user);
	says({ text: texts[0] }, /disabled by its owner/);
});

/* --- Edit --------------------------------------------------------------------------------------------- */

test('Edit: its name, fewer projects; those that the owner does not allow cannot be chosen', async () => {
	const b = await bound(maya, { projects: ['web', 'api'] });
	const page = await admin.visitor.get(`${pathOf(b.id)}/edit`);
	const name = newName('renamed ');

	assert.ok(!/name="(url|url_key|value\.|secret\.|role_member)/.test(page.text), 'no values, no URLs, no edit permissions');
	assert.match(page.text, /type="checkbox" disabled><span class="form-check-label text-secondary">docs/);
	says(page, /Its owner allows: api, web. Of these you can choose fewer, never more/);
	const form = (await editForm(admin.visitor, b.id)).set('name', name).tick('scope', 'some').tick('project', String(project('web')));
	const saved = await admin.visitor.submit(form);
	assert.equal(saved.status, 303);
	assert.deepEqual(entriesOf(saved).map(([, , action, object, fields]) => [action, object, fields]), [['integration.edit', name, 'name, projects']]);
	assert.equal(rowOf(b.id).name, name);
	assert.deepEqual(sql(`SELECT project_id FROM integration_project WHERE integration_id = ${b.id}`).flat().map(Number), [project('web')]);
	assert.deepEqual([...grantOf(b.own).projects].sort(), [project('api'), project('web')].sort(), 'the owner\'s consent is untouched');
	const wider = await admin.visitor.post(`${pathOf(b.id)}/edit`, [['name', name], ['version', String(rowOf(b.id).version)], ['scope', 'some'], ['project', String(project('docs'))]]);
	assert.equal(wider.status, 422);
	assert.ok(errorsOf(wider).some((text) => /does not allow one of these projects/.test(text)), `${errorsOf(wider)}`);
	const api = await admin.program.put(`/api/v1${pathOf(b.id)}`, { name, scope: 'some', projects: [project('docs')] });
	assert.equal(api.status, 422);
	assert.match(api.text, /does not allow one of these projects/);
	assert.equal((await admin.program.put(`/api/v1${pathOf(b.id)}`, { name, scope: 'some', projects: [project('api')] })).status, 200);
	/* and what a program read goes back as it is, but for what it changes */
	const whole = JSON.parse((await admin.program.get(`/api/v1${pathOf(b.id)}`)).text);
	assert.equal((await admin.program.put(`/api/v1${pathOf(b.id)}`, { ...whole, projects: [project('web')] })).status, 200);
	assert.deepEqual(sql(`SELECT project_id FROM integration_project WHERE integration_id = ${b.id}`).flat().map(Number), [project('web')]);
});

test('what the list had when the owner allowed more stays, and counts again once they do', async () => {
	const b = await bound(maya, { projects: ['web', 'api'] });
	const list = () => sql(`SELECT project_id FROM integration_project WHERE integration_id = ${b.id} ORDER BY 1`).flat().map(Number);
	let form = (await editForm(admin.visitor, b.id)).tick('scope', 'some').tick('project', String(project('web'))).tick('project', String(project('api')));

	assert.equal((await admin.visitor.submit(form)).status, 303);
	await allow(maya, b.own, { projects: ['web'] });
	const page = await admin.visitor.get(`${pathOf(b.id)}/edit`);
	assert.match(page.text, /type="checkbox" disabled checked><span class="form-check-label text-secondary">api/);
	form = (await editForm(admin.visitor, b.id)).set('name', newName('again '));
	assert.equal((await admin.visitor.submit(form)).status, 303);
	assert.deepEqual(list(), [project('web'), project('api')].sort((x, y) => x - y));
	says(await admin.visitor.get(pathOf(b.id)), /Its owner allows web Chosen here api, web So can use it web/);
});

test('values and URLs are the owner\'s: sent all the same, they are refused with a sentence', async () => {
	const b = await bound(maya);
	const version = String(rowOf(b.id).version);

	for (const more of [{ url_key: 'apiUrl', url: 'https://evil.example/' }, { 'value.username': 'me' }, { 'secret.password': newSecret() }]) {
		const answer = await admin.visitor.post(`${pathOf(b.id)}/edit`, { name: b.name, version, scope: 'all', ...more });

		assert.equal(answer.status, 422, Object.keys(more)[0]);
		assert.ok(alerts(answer.text).some((text) => /takes its values and URLs from an account integration of/.test(text)), `${alerts(answer.text)}`);
	}
	const api = await admin.program.put(`/api/v1${pathOf(b.id)}`, { name: b.name, scope: 'all', values: { username: 'me' } });
	assert.equal(api.status, 422, api.text);
	for (const table of ['integration_url', 'integration_value', 'sealed'])
		assert.equal(sqlValue(`SELECT COUNT(*) FROM ${table} WHERE integration_id = ${b.id}`), '0');
	assert.equal(rowOf(b.id).version, Number(version));
});

test('two admins at once: field by field, as for org ones', async () => {
	const b = await bound(maya, { projects: ['web', 'api'] });
	const mine = await editForm(admin.visitor, b.id), theirs = await editForm(zoe.visitor, b.id);
	const name = newName('second ');

	assert.equal((await zoe.visitor.submit(theirs.tick('scope', 'some').tick('project', String(project('web'))))).status, 303);
	const page = await admin.visitor.submit(mine.set('name', name));
	assert.equal(page.status, 409);
	says(page, /Taken over, since you had not touched it Projects that can use it web/);
	assert.ok(!/You both changed this/.test(page.text));
	assert.equal((await admin.visitor.submit(formOf(page.text, `${pathOf(b.id)}/edit`))).status, 303);
	assert.equal(rowOf(b.id).name, name);
	assert.deepEqual(sql(`SELECT project_id FROM integration_project WHERE integration_id = ${b.id}`).flat().map(Number), [project('web')]);
});

test('disabled with a reason and enabled again, by admins', async () => {
	const b = await bound(maya);

	assert.equal((await admin.visitor.post(`${pathOf(b.id)}/disable`, { reason: 'for a while' })).status, 303);
	assert.match(rowIn(await list(member, searched(b)), b.id), /Disabled/);
	says(await admin.visitor.get(pathOf(b.id)), /Disabled .* for a while/);
	assert.equal((await admin.visitor.post(`${pathOf(b.id)}/enable`, {})).status, 303);
	assert.doesNotMatch(rowIn(await list(member, searched(b)), b.id), /Disabled/);
});

/* --- Delete ------------------------------------------------------------------------------------------- */

test('Delete: the last one takes the subscription out of the scope; nothing of the owner\'s is deleted', async () => {
	const b = await bound(maya);
	const second = await handleMake(maya, b.own, { name: newName('second ') });

	says(await admin.visitor.get(`${pathOf(b.id)}/edit`), /Nothing of .* is deleted, and other names here go on/);
	let answer = await admin.visitor.post(`${pathOf(second)}/delete`, { confirm: '1', version: String(rowOf(second).version) });
	assert.equal(answer.status, 303);
	assert.ok(grantOf(b.own), 'the other one still uses it');
	says(await admin.visitor.get(`${pathOf(b.id)}/edit`), new RegExp(`Deleting it takes acme out of the scope of the integration of .*${MAYA}.*; nothing of theirs is deleted`));
	answer = await admin.visitor.post(`${pathOf(b.id)}/delete`, { confirm: '1', version: '99' });
	assert.equal(answer.status, 409);
	answer = await admin.visitor.post(`${pathOf(b.id)}/delete`, { confirm: '1', version: String(rowOf(b.id).version) });
	assert.equal(answer.status, 303);
	assert.equal(grantOf(b.own), null);
	assert.equal(sqlValue(`SELECT COUNT(*) FROM binding WHERE integration_id IN (${b.id}, ${second})`), '0');
	const entries = entriesOf(answer).map(([chain, actor, action]) => `${chain.replace(/:.*/, '')} ${actor} ${action}`).sort();
	assert.deepEqual(entries, ['account admin binding.delete', 'account admin scope.withdraw', 'sub admin binding.delete', 'sub admin scope.withdraw']);
	assert.equal((await maya.visitor.get(`/integrations/${b.own}`)).status, 200);
	assert.equal(sqlValue(`SELECT COUNT(*) FROM sealed WHERE integration_id = ${b.own}`), '1');
});

test('Delete by a program, and of one whose owner deleted what it led to', async () => {
	const b = await bound(maya), erased = await bound(maya);

	assert.equal((await admin.program.delete(`/api/v1${pathOf(b.id)}`, { version: `"${rowOf(b.id).version}"` })).status, 204);
	assert.equal(grantOf(b.own), null);
	sql(`DELETE FROM integration WHERE id = ${erased.own}; UPDATE subscription SET revision = revision + 1`);
	assert.match(textOf(rowIn(await list(admin, searched(erased, '&state=withdrawn')), erased.id)), /Deleted by its owner/);
	says(await admin.visitor.get(pathOf(erased.id)), /Its owner allows No project .* So can use it No project/);
	const answer = await admin.visitor.post(`${pathOf(erased.id)}/delete`, { confirm: '1', version: String(rowOf(erased.id).version) });
	assert.equal(answer.status, 303);
	assert.equal(sqlValue(`SELECT COUNT(*) FROM integration WHERE id = ${erased.id}`), '0');
	assert.equal((await admin.visitor.post(`${pathOf(erased.id)}/delete`, { confirm: '1', version: '1' })).status, 404);
});
