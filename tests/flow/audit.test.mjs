/* Every change has its entry, in the same transaction; the chains are whole. */
import { after, test } from 'node:test';
import assert from 'node:assert/strict';

import { passwordOf, sql, sqlValue, throttleClear } from './lib/stack.mjs';
import { Visitor, as } from './lib/client.mjs';
import { formOf } from './lib/html.mjs';
import { bytesOf, entries, hashes } from './lib/chain.mjs';
import { accountId, person } from './lib/people.mjs';
import { add, again, cleanUp, editForm, fill, formsOf, jenkins, newForm, newName, newSecret, pathOf,
	projectId } from './lib/integration.mjs';

after(() => {
	cleanUp();
	throttleClear();
});

const acme = () => sqlValue("SELECT CONCAT('sub:', id) FROM subscription WHERE slug = 'acme'");

/* The entries that `act` brings; it answers what the server answered. */
async function brings(act) {
	const key = (e) => `${e.chain} ${e.seq}`;
	const before = new Set(entries().map(key));
	const answer = await act();

	return { answer, rows: entries().filter((e) => !before.has(key(e))) };
}

function check(rows, answer, login, wanted) {
	assert.equal(rows.length, 1, `one entry: ${rows.map((r) => r.action)}`);
	const [row] = rows;

	assert.deepEqual([row.actor, row.actor_id, row.address, row.request],
		[login, String(accountId(login)), '127.0.0.1', answer.header('x-request-id')]);
	assert.ok(Math.abs(Number(row.at) - Date.now() / 1000) < 5);
	for (const [key, value] of Object.entries(wanted))
		assert.equal(row[key], String(value), key);
}

test('each change of an integration is one entry with the names of what changed, never a value', async () => {
	const admin = await as('admin');
	const what = jenkins();
	const secret2 = newSecret();
	const seen = [];
	const step = async (act, wanted) => {
		const { answer, rows } = await brings(act);
		assert.equal(answer.status, 303);
		check(rows, answer, 'admin', { chain: acme(), ...wanted });
		seen.push(JSON.stringify(rows));
		return answer;
	};
	const created = await step(async () => admin.submit(fill(await newForm(admin, 'jenkins'), what)),
		{ action: 'integration.create', object: what.name,
			fields: 'name, urls, username, password, edit permissions, projects' });
	const id = Number(created.location.split('/').pop());
	const edit = (change, fields, object = what.name) => step(async () => admin.submit(change(await editForm(admin, id))),
		{ action: 'integration.edit', object, object_id: id, fields });

	await edit((f) => f.set('url', 'https://ci.one.example/other'), 'urls');
	await edit((f) => f.set('value.username', 'somebody-else'), 'username');
	await edit((f) => f.set('secret.password', secret2), 'password');
	await edit((f) => f.tick('role_collaborator'), 'edit permissions');
	await edit((f) => f.tick('scope', 'some').tick('project', projectId('acme', 'web')), 'projects');
	const name = newName();
	await edit((f) => f.set('name', name).set('url', 'https://ci.one.example/'), 'name, urls', name);
	await step(async () => admin.submit(formOf((await admin.get(`${pathOf(id)}/edit`)).text, `${pathOf(id)}/delete`)
		.tick('confirm')), { action: 'integration.delete', object: name, object_id: id });
	for (const value of [what.secrets.password, secret2])
		for (const form of formsOf(value))
			assert.ok(!seen.join().includes(form), 'an entry holds a secret');
	for (const value of ['ci.one.example', 'somebody-else'])
		assert.ok(!seen.join().includes(value), 'an entry holds a value');
});

test('what changes nothing leaves no entry: pages, errors, rows, a stale version, a missing tick', async () => {
	const admin = await as('admin');
	const id = await add(admin, 'jenkins', jenkins());
	const { rows } = await brings(async () => {
		let form = await editForm(admin, id);
		const stale = formOf((await admin.get(`${pathOf(id)}/edit`)).text, form.action);
		form = again(await admin.submit(form, ['add_url', '1']), form);
		assert.equal((await admin.submit(form.set('name', ''))).status, 422);
		stale.controls.find((c) => c.name === 'version').value = '99';
		assert.equal((await admin.submit(stale)).status, 409);
		assert.equal((await admin.post(`${pathOf(id)}/delete`, { version: '1' })).status, 422);
		assert.equal((await admin.post('/account/theme', { theme: 'dark', csrf: 'x' })).status, 403);
		await admin.get(pathOf(id));
		await admin.get('/s/globex/integrations/1');
	});

	assert.deepEqual(rows.map((r) => r.action), []);
});

test('signing in and out, theme and password are in the account\'s chain', async () => {
	const login = 'flow-audited', password = person(login);
	const chain = `account:${accountId(login)}`;
	const visitor = new Visitor();
	let { answer, rows } = await brings(() => visitor.tryLogin(login, password));

	check(rows, answer, login, { chain, action: 'session.create' });
	({ answer, rows } = await brings(() => visitor.post('/account/theme', { theme: 'dark' })));
	check(rows, answer, login, { chain, action: 'account.theme' });
	({ answer, rows } = await brings(() => visitor.post('/account/password',
		{ current: password, password: `${password}2`, again: `${password}2` })));
	check(rows, answer, login, { action: 'password.set' });
	({ answer, rows } = await brings(() => visitor.post('/logout')));
	check(rows, answer, login, { chain, action: 'session.end' });
});

test('a change and its entry are one: without the one there is not the other', async () => {
	const admin = await as('admin');
	const what = jenkins();
	const form = fill(await newForm(admin, 'jenkins'), what);

	sql('RENAME TABLE audit TO audit_away');
	try {
		assert.equal((await admin.submit(form)).status, 500);
		assert.equal((await new Visitor().tryLogin('member', passwordOf('member'))).status, 500);
	} finally {
		sql('RENAME TABLE audit_away TO audit');
	}
	assert.equal(sqlValue(`SELECT COUNT(*) FROM integration WHERE name = '${what.name}'`), '0');
	assert.equal((await admin.submit(form)).status, 303);
});

test('changes raise the subscription\'s revision, each by one', async () => {
	const revision = () => Number(sqlValue("SELECT revision FROM subscription WHERE slug = 'acme'"));
	const admin = await as('admin');
	const before = revision();
	const id = await add(admin, 'jenkins', jenkins());

	assert.equal(revision(), before + 1);
	await admin.submit((await editForm(admin, id)).set('name', newName()));
	assert.equal(revision(), before + 2);
	await admin.post(`${pathOf(id)}/delete`, { confirm: '1', version: '2' });
	assert.equal(revision(), before + 3);
});

/* --- the chains --------------------------------------------------------------------------------- */

test('every chain is whole: numbers without a gap, each with the hash before it, and its own', async () => {
	/* at once, so that they meet at the chain's head */
	const admin = await as('admin');
	const forms = await Promise.all(Array.from({ length: 8 }, async () => fill(await newForm(admin, 'jenkins'), jenkins())));
	for (const answer of await Promise.all(forms.map((form) => admin.submit(form))))
		assert.equal(answer.status, 303);

	const all = entries();
	const computed = hashes(all.map(bytesOf));
	const heads = new Map(sql('SELECT chain, seq, HEX(hash) FROM audit_head').map(([chain, seq, hash]) => [chain, { seq, hash }]));
	const last = new Map();

	assert.ok(all.length > 20);
	all.forEach((e, k) => {
		const before = last.get(e.chain) ?? { seq: '0', hash: '0'.repeat(64) };
		assert.equal(Number(e.seq), Number(before.seq) + 1, `${e.chain}: no gap`);
		assert.equal(e.prev, before.hash, `${e.chain} ${e.seq}: the hash before it`);
		assert.equal(e.hash, computed[k], `${e.chain} ${e.seq}: its own hash`);
		last.set(e.chain, { seq: e.seq, hash: e.hash });
	});
	assert.deepEqual(Object.fromEntries(last), Object.fromEntries(heads), 'the heads');
	const changed = hashes([bytesOf({ ...all[0], object: `${all[0].object}x` })]);
	assert.notEqual(changed[0], all[0].hash, 'a changed entry would be seen');
});

test('neither web nor vault may change or remove an entry', () => {
	for (const [user, may] of [['signet_web', 'SELECT, INSERT'], ['signet_vault', 'SELECT, INSERT']]) {
		const grants = sql(`SHOW GRANTS FOR ${user}@localhost`).flat().filter((line) => /`audit`|\.audit /.test(line));
		assert.equal(grants.length, 1);
		assert.ok(grants[0].startsWith(`GRANT ${may} ON`), `${user}: ${grants[0]}`);
	}
});
