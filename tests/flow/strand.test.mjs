/* Nothing can be stranded (product rule 11): whatever happens around a bound integration, a living person can
 * edit, rebind or delete it, and what its owner has stays theirs. One test for each way. */
import { after, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';

import { quote, sql, sqlValue, throttleClear } from './lib/stack.mjs';
import { Visitor, as } from './lib/client.mjs';
import { formOf, says } from './lib/html.mjs';
import { cleanUp, newName, projectId, rowOf } from './lib/integration.mjs';
import { broken } from './lib/invariants.mjs';
import { accountId, person, projectsClear, subscriptionMake, subscriptionRemove } from './lib/people.mjs';
import { bindingsClear, handleMake, ownMake, somebody, subId } from './lib/binding.mjs';

const OWNER = 'flow-strand-owner', LONE = 'flow-strand-lone', SUB = 'flow-strand';
let admin, owner, earlier; /* earlier: what other tests left that is not whole */

before(async () => {
	admin = await as('admin');
});
beforeEach(async () => {
	throttleClear();
	owner = await somebody(OWNER);
	earlier = broken();
});
after(() => {
	subscriptionRemove(SUB, LONE);
	projectsClear();
	bindingsClear(OWNER, LONE);
	cleanUp();
	throttleClear();
});

async function projectNew() {
	const name = newName('project ');
	assert.equal((await admin.post('/s/acme/projects/new', { name })).status, 303);
	return name;
}
async function projectDelete(name) {
	const path = `/s/acme/projects/${projectId('acme', name)}/delete`;
	assert.equal((await admin.submit(formOf((await admin.get(path)).text, path))).status, 303);
}

/* An admin can open its pencil and its rebind page, and delete it; its owner keeps theirs. */
async function isNotStranded(handle, own) {
	const path = `/s/acme/integrations/${handle}`;

	assert.equal((await admin.get(`${path}/rebind`)).status, 200);
	const edit = await admin.get(`${path}/edit`);
	assert.equal(edit.status, 200);
	assert.deepEqual(broken(), earlier);
	assert.equal((await admin.submit(formOf(edit.text, `${path}/delete`).tick('confirm'))).status, 303);
	assert.equal(sqlValue(`SELECT account_id FROM integration WHERE id = ${own}`), String(accountId(OWNER)));
	assert.equal((await owner.visitor.get(`/integrations/${own}/edit`)).status, 200);
	assert.deepEqual(broken(), earlier);
}

test('project deleted: what was limited to it can be edited, rebound and deleted', async () => {
	const name = await projectNew(), own = await ownMake(owner);
	const handle = await handleMake(owner, own);

	const { version, name: handleName } = rowOf(handle);
	assert.equal((await admin.post(`/s/acme/integrations/${handle}/edit`, [['version', version], ['name', handleName], ['scope', 'some'],
		['project', projectId('acme', name)]])).status, 303);
	await projectDelete(name);
	assert.equal(sqlValue(`SELECT COUNT(*) FROM integration_project WHERE integration_id = ${handle}`), '0');
	await isNotStranded(handle, own);
});

test('project renamed: the consent and the list go along', async () => {
	const name = await projectNew(), renamed = newName('project '), own = await ownMake(owner);
	const id = projectId('acme', name), handle = await handleMake(owner, own, { projects: [name] });

	assert.equal((await admin.post(`/s/acme/projects/${id}`, { was: name, name: renamed })).status, 303);
	assert.equal(sqlValue(`SELECT projects FROM scope_grant WHERE integration_id = ${own}`), String(id));
	await isNotStranded(handle, own);
});

test('owner left: the admins go on with it', async () => {
	const own = await ownMake(owner), handle = await handleMake(owner, own);

	assert.equal((await admin.post(`/s/acme/people/${owner.id}/remove`)).status, 303);
	await isNotStranded(handle, own);
});

test('scope emptied: the last allowed project is deleted; owner and admins can still act', async () => {
	const name = await projectNew(), own = await ownMake(owner);
	const handle = await handleMake(owner, own, { projects: [name] });

	await projectDelete(name);
	says(await admin.get(`/s/acme/integrations/${handle}`), /So can use it No project/);
	const scope = `/integrations/${own}/scope/${subId()}`;
	assert.equal((await owner.visitor.post(scope, { scope: 'all' })).status, 303, 'widened again by its owner');
	await isNotStranded(handle, own);
});

test('last admin: neither leaves, nor is removed, nor becomes less; subscription deleted: only an empty one', async () => {
	const site = await as('siteadmin');

	subscriptionMake(SUB);
	person(LONE);
	const id = subId(SUB);
	assert.equal((await site.post(`/admin/subscriptions/${id}/admin`, { admin: LONE })).status, 303);
	const lone = await new Visitor().signIn(LONE, person(LONE));
	const roles = () => sqlValue(`SELECT role FROM role WHERE subscription_id = ${id} AND account_id = ${accountId(LONE)}`);
	for (const answer of [await lone.post(`/s/${SUB}/leave`, { was: 'admin' }),
		await lone.post(`/s/${SUB}/people/${accountId(LONE)}/remove`, { was: 'admin' }),
		await lone.post(`/s/${SUB}/people/${accountId(LONE)}`, { was: 'admin', role: 'member' })]) {
		assert.ok([409, 422].includes(answer.status), String(answer.status));
		assert.equal(roles(), '3');
	}
	const made = await lone.post(`/integrations/new`, { type: 'slackKey', name: newName(), 'secret.webhookUrl': 'https://hooks.example.com/T0/B0' });
	const own = Number(made.location.split('/').pop());
	assert.equal((await lone.post(`/integrations/${own}/scope/${id}`, { name: 'stays', scope: 'all' })).status, 303);
	assert.notEqual((await site.post(`/admin/subscriptions/${id}/delete`, { confirm: '1' })).status, 303);
	assert.equal(sqlValue(`SELECT slug FROM subscription WHERE id = ${id}`), SUB);
	const handle = sqlValue(`SELECT id FROM integration WHERE subscription_id = ${id} AND name = ${quote('stays')}`);
	const path = `/s/${SUB}/integrations/${handle}`;
	assert.equal((await lone.submit(formOf((await lone.get(`${path}/edit`)).text, `${path}/delete`).tick('confirm'))).status, 303);
	assert.equal((await site.post(`/admin/subscriptions/${id}/delete`, { confirm: '1' })).status, 303);
	assert.equal((await lone.get(`/integrations/${own}`)).status, 200, 'what they own lives on');
	assert.deepEqual(broken(), earlier);
});
