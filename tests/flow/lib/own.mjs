/* own.mjs: handles of an account integration without the vault's seal: enough for what the web process shows
 * and deletes; the doctor complains about them. */
import { quote, sql, sqlValue } from './stack.mjs';
import { accountId, raise } from './people.mjs';

/* A bound integration of the subscription that leads to the account integration `id`, bound by the demo's admin;
 * with its owner's consent, or without. Answers its id. */
export function bind(id, slug, name, granted = true) {
	const sub = sqlValue(`SELECT id FROM subscription WHERE slug = ${quote(slug)}`);

	sql(`INSERT INTO integration (uid, subscription_id, name, type, url, all_projects, edit_roles, bound, created_at, changed_at)
		SELECT RANDOM_BYTES(16), ${sub}, ${quote(name)}, type, '', 1, 4, 1, 0, 0 FROM integration WHERE id = ${id};
		SET @h = LAST_INSERT_ID();
		INSERT INTO binding (integration_id, subscription_id, account_integration_id, account_id, bound_at, bound_by, entry, mac)
		SELECT @h, ${sub}, id, account_id, 1, ${accountId('admin')}, 1, '' FROM integration WHERE id = ${id}`);
	if (granted)
		sql(`INSERT IGNORE INTO scope_grant (integration_id, subscription_id, account_id, all_projects, projects, granted_at, entry, mac)
			SELECT id, ${sub}, account_id, 1, '', 1, 1, '' FROM integration WHERE id = ${id}`);
	raise();
	return Number(sqlValue(`SELECT id FROM integration WHERE subscription_id = ${sub} AND name = ${quote(name)}`));
}
