/* people.mjs: accounts beside those of the demo. They stay after a test, without rights, since the
 * audit trail names them. */
import { randomBytes } from 'node:crypto';

import { admin, quote, sql, sqlValue } from './stack.mjs';

const PASSWORDS = new Map();

/* Makes the account, or gives it a new password; answers its password. */
export function person(login) {
	if (!PASSWORDS.has(login)) {
		const password = randomBytes(12).toString('base64url');
		const there = sqlValue(`SELECT id FROM account WHERE login = ${quote(login)}`);

		admin(there ? ['account', 'password', login] : ['account', 'create', login], `${password}\n`);
		sql(`UPDATE account SET disabled_at = NULL WHERE login = ${quote(login)}`);
		PASSWORDS.set(login, password);
	}
	return PASSWORDS.get(login);
}

export function accountId(login) {
	return Number(sqlValue(`SELECT id FROM account WHERE login = ${quote(login)}`));
}

/* What the programs do with each change of people or of a subscription's things: workers keep under
 * these numbers what they show. */
export function raise() {
	sql('UPDATE people_revision SET revision = revision + 1');
	sql('UPDATE subscription SET revision = revision + 1');
}

/* A role without the vault's MAC: enough for the web process, and taken back by roleTake(). */
export function roleGive(login, slug, role) {
	sql(`REPLACE INTO role (account_id, subscription_id, role, granted_at, mac) SELECT a.id, s.id,
		${role}, 0, '' FROM account a, subscription s WHERE a.login = ${quote(login)} AND s.slug =
		${quote(slug)}`);
	raise();
}

export function roleTake(login) {
	for (const table of ['role', 'collaborator'])
		sql(`DELETE r FROM ${table} r JOIN account a ON a.id = r.account_id WHERE a.login = ${quote(login)}`);
	raise();
}

/* Names a collaborator on a project, without the vault's MAC. */
export function collaboratorGive(login, slug, project) {
	sql(`REPLACE INTO collaborator (account_id, project_id, subscription_id, granted_at, mac) SELECT a.id, p.id,
		s.id, 0, '' FROM account a, project p JOIN subscription s ON s.id = p.subscription_id WHERE a.login =
		${quote(login)} AND s.slug = ${quote(slug)} AND p.name = ${quote(project)}`);
	raise();
}

/* A subscription without anybody in it, for a test that leaves marks. */
export function subscriptionMake(slug) {
	sql(`INSERT INTO subscription (uid, slug, name, created_at) VALUES (UNHEX('${randomBytes(16).toString('hex')}'),
		${quote(slug)}, ${quote(slug)}, 0)`);
}

export function projectMake(slug, name) {
	sql(`INSERT INTO project (subscription_id, name, created_at) SELECT id, ${quote(name)}, 0 FROM subscription
		WHERE slug = ${quote(slug)}`);
}

/* The projects that tests made, with their workflow files; what these named is counted anew. */
export function projectsClear() {
	sql(`DELETE FROM project WHERE name LIKE 'flow %'; DELETE FROM name_use;
		INSERT INTO name_use (subscription_id, name, uses) SELECT subscription_id, name, COUNT(*) FROM reference
		WHERE is_dynamic = 0 AND CHAR_LENGTH(name) BETWEEN 1 AND 80 AND name NOT LIKE '% ' GROUP BY subscription_id, name`);
}

/* All of it but its audit trail; and whatever role these accounts have. */
export function subscriptionRemove(slug, ...logins) {
	const id = sqlValue(`SELECT id FROM subscription WHERE slug = ${quote(slug)}`);

	logins.forEach(roleTake);
	if (!id)
		return; /* a page has deleted it */
	for (const table of ['role', 'collaborator', 'integration', 'project'])
		sql(`DELETE FROM ${table} WHERE subscription_id = ${id}`);
	sql(`DELETE FROM subscription WHERE id = ${id}`);
	raise();
}
