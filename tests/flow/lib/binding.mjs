/* binding.mjs: personal integrations, and what subscriptions bind to them: made through the API, so that every
 * row has the vault's seal and its entries. */
import assert from 'node:assert/strict';

import { passwordOf, quote, sql, sqlValue } from './stack.mjs';
import { Visitor, as } from './client.mjs';
import { Program } from './program.mjs';
import { newName, newSecret, projectId } from './integration.mjs';
import { accountId, person, roleTake } from './people.mjs';

export const subId = (slug = 'acme') => Number(sqlValue(`SELECT id FROM subscription WHERE slug = ${quote(slug)}`));

/* Somebody signed in, with a program that has confirmed; with this role in acme, granted by its admin. */
export async function somebody(login, role = 'member') {
	const password = person(login);

	roleTake(login);
	if (role)
		assert.equal((await (await as('admin')).post('/s/acme/people/new', { login, role })).status, 303, `${login} gets a role`);
	const visitor = await new Visitor().signIn(login, password);
	const program = await (await Program.of(visitor)).confirm(password);

	return { login, id: accountId(login), password, visitor, program };
}

/* One of the demo's accounts in the same way. */
export async function demo(login) {
	const visitor = await as(login);

	return { login, id: accountId(login), password: passwordOf(login), visitor,
		program: await (await Program.of(visitor)).confirm(passwordOf(login)) };
}

const BODIES = {
	jenkins: () => ({ urls: [{ key: 'apiUrl', url: 'https://ci.own.example/' }], values: { username: 'ci-bot' }, secrets: { password: newSecret() } }),
	slackKey: () => ({ secrets: { webhookUrl: 'https://hooks.example.com/services/T0/B0' } }),
};

/* A personal integration; answers its id. */
export async function ownMake(owner, type = 'jenkins', name = newName('own ')) {
	const answer = await owner.program.post('/api/v1/integrations', { type, name, ...BODIES[type]() });

	assert.equal(answer.status, 201, answer.text);
	return JSON.parse(answer.text).id;
}

/* Lets the subscription use it: for all projects, or those of these names. */
export async function allow(owner, own, { slug = 'acme', name, projects } = {}) {
	const body = projects ? { scope: 'some', projects: projects.map((p) => Number(projectId(slug, p))) } : { scope: 'all' };
	const answer = await owner.program.send('PUT', `/api/v1/integrations/${own}/scope/${subId(slug)}`, { body: { ...body, ...(name && { name }) } });

	assert.equal(answer.status, 200, answer.text);
}

/* The bound integration of this name; answers its id. */
export async function handleMake(owner, own, { slug = 'acme', name = newName('bound '), projects } = {}) {
	await allow(owner, own, { slug, name, projects });
	return Number(sqlValue(`SELECT i.id FROM integration i JOIN subscription s ON s.id = i.subscription_id
		WHERE s.slug = ${quote(slug)} AND i.name = ${quote(name)}`));
}

export async function withdraw(owner, own, slug = 'acme') {
	const answer = await owner.program.post(`/api/v1/integrations/${own}/scope/${subId(slug)}/withdraw`, {});

	assert.ok([200, 204].includes(answer.status), answer.text);
}

/* {to, owner, undo, undoOwner, left}: as the database has it. */
export function bindingOf(handle) {
	const [to, owner, undo, days] = sql(`SELECT account_integration_id, (SELECT login FROM account WHERE id = account_id),
		undo_integration_id, ROUND((undo_until - UNIX_TIMESTAMP()) / 86400, 1) FROM binding WHERE integration_id = ${handle}`)[0];

	return { to: Number(to), owner, undo: undo === 'NULL' ? null : Number(undo), days: days === 'NULL' ? null : Number(days) };
}

/* 'live', 'released' or null. */
export function grantOf(own, slug = 'acme') {
	const row = sql(`SELECT released_until IS NULL, all_projects, projects FROM scope_grant WHERE integration_id = ${own}
		AND subscription_id = ${subId(slug)}`)[0];

	return row ? { live: row[0] === '1', projects: row[1] === '1' ? 'all' : row[2].split(',').filter(Boolean).map(Number) } : null;
}

/* Every entry of a request: [chain, actor, action, object, fields]. */
export const entriesOf = (answer) => sql(`SELECT chain, actor, action, object, fields FROM audit
	WHERE request = ${quote(answer.header('x-request-id'))} ORDER BY chain, seq`);

/* Nothing of the tests is left, and nobody of them has a role. */
export function bindingsClear(...logins) {
	logins.forEach(roleTake);
	sql(`DELETE FROM integration WHERE name LIKE 'flow %' AND subscription_id IS NOT NULL;
		DELETE FROM integration WHERE name LIKE 'flow %'`);
	for (const login of logins) {
		sql(`DELETE d FROM departure d JOIN account a ON a.id = d.account_id WHERE a.login = ${quote(login)};
			UPDATE account SET disabled_at = NULL WHERE login = ${quote(login)};
			UPDATE people_revision SET revision = revision + 1`);
	}
	sql('UPDATE subscription SET revision = revision + 1');
}

/* A bound integration without the vault's seal, for pages alone; answers its id. */
export function boundMake(login, { slug = 'acme', type = 'jenkins', name = newName('bound ') } = {}) {
	const sub = subId(slug), owner = accountId(login), own = newName('own ');
	const one = (what) => `(SELECT id FROM integration WHERE name = ${quote(what)})`;

	sql(`INSERT INTO integration (uid, account_id, name, type, url, all_projects, edit_roles, created_at, changed_at)
			VALUES (RANDOM_BYTES(16), ${owner}, ${quote(own)}, ${quote(type)}, '', 1, 4, 1, 1);
		INSERT INTO integration (uid, subscription_id, bound, name, type, url, all_projects, edit_roles, created_at, changed_at)
			VALUES (RANDOM_BYTES(16), ${sub}, 1, ${quote(name)}, ${quote(type)}, '', 1, 4, 1, 1);
		INSERT INTO binding (integration_id, subscription_id, account_integration_id, account_id, bound_at, entry, mac)
			SELECT ${one(name)}, ${sub}, ${one(own)}, ${owner}, 1, 0, '';
		INSERT INTO scope_grant (integration_id, subscription_id, account_id, all_projects, projects, granted_at, entry, mac)
			SELECT ${one(own)}, ${sub}, ${owner}, 1, '', 1, 0, '';
		UPDATE subscription SET revision = revision + 1`);
	return sqlValue(`SELECT id FROM integration WHERE name = ${quote(name)}`);
}
