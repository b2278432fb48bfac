/* invariants.mjs: what is true of the database at any moment, whatever people do at the same time (product
 * rule 11, and how scope grants, bindings and handles fit each other). Each is a query for what must not be. */
import { sql } from './stack.mjs';

const NOW = 'UNIX_TIMESTAMP()';
/* The newest entry of this kind about a thing, in its subscription's chain. */
const newest = (kind, subscription, id) => `(SELECT MAX(e.seq) FROM audit e WHERE e.chain = CONCAT('sub:', ${subscription})
	AND e.object_id = ${id} AND e.action LIKE '${kind}.%')`;

const NEVER = {
	'an integration has one owner, a subscription or an account':
		`SELECT id FROM integration WHERE (subscription_id IS NULL) = (account_id IS NULL)`,
	'a bound integration has a binding, and no other has one':
		`SELECT i.id FROM integration i LEFT JOIN binding b ON b.integration_id = i.id
		WHERE (i.bound = 1) <> (b.integration_id IS NOT NULL)`,
	'a binding is of the subscription that its handle is of':
		`SELECT i.id FROM integration i JOIN binding b ON b.integration_id = i.id WHERE NOT (i.subscription_id <=> b.subscription_id)`,
	'a bound integration has nothing of its own to hand out, and is its admins\' to edit':
		`SELECT i.id FROM integration i WHERE i.bound = 1 AND (i.url <> '' OR i.edit_roles <> 4
			OR EXISTS (SELECT 1 FROM integration_url x WHERE x.integration_id = i.id)
			OR EXISTS (SELECT 1 FROM integration_value x WHERE x.integration_id = i.id)
			OR EXISTS (SELECT 1 FROM sealed x WHERE x.integration_id = i.id))`,
	'a binding leads to an account integration of the same type and of the owner that it names, or to none':
		`SELECT b.integration_id FROM binding b JOIN integration h ON h.id = b.integration_id
		JOIN integration o ON o.id = b.account_integration_id
		WHERE NOT (o.account_id <=> b.account_id) OR o.type <> h.type`,
	'no binding uses a grant that is released':
		`SELECT b.integration_id FROM binding b JOIN scope_grant g ON g.integration_id = b.account_integration_id
		AND g.subscription_id = b.subscription_id WHERE g.released_until IS NOT NULL`,
	'a grant is its account integration\'s owner\'s':
		`SELECT g.integration_id FROM scope_grant g JOIN integration o ON o.id = g.integration_id
		WHERE NOT (o.account_id <=> g.account_id)`,
	'a grant that is in use has a binding':
		`SELECT g.integration_id FROM scope_grant g WHERE g.released_until IS NULL AND NOT EXISTS (SELECT 1 FROM binding b
		WHERE b.account_integration_id = g.integration_id AND b.subscription_id = g.subscription_id)`,
	'a released grant waits for an undo':
		`SELECT g.integration_id FROM scope_grant g WHERE g.released_until > ${NOW} AND NOT EXISTS (SELECT 1 FROM binding b
		WHERE b.undo_integration_id = g.integration_id AND b.subscription_id = g.subscription_id AND b.undo_until > ${NOW})`,
	'an undo is whole or not there':
		`SELECT integration_id FROM binding WHERE (undo_integration_id IS NULL) <> (undo_account_id IS NULL)
		OR (undo_integration_id IS NULL) <> (undo_until IS NULL)`,
	'a grant was written with the newest entry about it':
		`SELECT g.integration_id FROM scope_grant g WHERE NOT (g.entry <=> ${newest('scope', 'g.subscription_id', 'g.integration_id')})`,
	'a binding was written with the newest entry about it':
		`SELECT b.integration_id FROM binding b WHERE NOT (b.entry <=> ${newest('binding', 'b.subscription_id', 'b.integration_id')})`,
	'who has a role has not left':
		`SELECT d.account_id FROM departure d JOIN role r ON r.account_id = d.account_id AND r.subscription_id = d.subscription_id`,
	'where there is an integration or a project, there is an admin who can act':
		`SELECT s.id FROM subscription s WHERE (EXISTS (SELECT 1 FROM integration i WHERE i.subscription_id = s.id)
			OR EXISTS (SELECT 1 FROM project p WHERE p.subscription_id = s.id))
		AND NOT EXISTS (SELECT 1 FROM role r JOIN account a ON a.id = r.account_id
			WHERE r.subscription_id = s.id AND r.role = 3 AND a.disabled_at IS NULL)
		AND NOT EXISTS (SELECT 1 FROM site_role r JOIN account a ON a.id = r.account_id WHERE a.disabled_at IS NULL)`,
	'a project in a list is one of the integration\'s subscription':
		`SELECT x.integration_id FROM integration_project x JOIN integration i ON i.id = x.integration_id
		JOIN project p ON p.id = x.project_id WHERE NOT (i.subscription_id <=> p.subscription_id)`,
	'as many places are counted for a name as there are':
		`SELECT CONCAT(subscription_id, ' ', name) FROM (SELECT subscription_id, name, uses n FROM name_use UNION ALL
			SELECT subscription_id, name, -1 FROM reference WHERE is_dynamic = 0 AND CHAR_LENGTH(name) BETWEEN 1 AND 80
			AND name NOT LIKE '% ') u GROUP BY subscription_id, name HAVING SUM(n) <> 0 OR MAX(n) <= 0`,
	'a sync token is of its project\'s subscription':
		`SELECT t.id FROM sync_token t JOIN project p ON p.id = t.project_id WHERE t.subscription_id <> p.subscription_id`,
	'a box belongs to a sealed field':
		`SELECT b.integration_id FROM sealed_box b LEFT JOIN sealed s USING (integration_id, field) WHERE s.integration_id IS NULL`,
};

/* What is broken, as "words: ids"; [] when all holds. Looks at the whole database. */
export function broken() {
	return Object.entries(NEVER).map(([words, query]) => [words, sql(query).map(([id]) => id)])
		.filter(([, ids]) => ids.length).map(([words, ids]) => `${words}: ${ids.slice(0, 10)}`);
}
