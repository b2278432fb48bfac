/* scope.c: what the owner of an account integration allows, as they see it. */
#include "store/binding.h"

#include "base/clock.h"
#include "base/banned.h"

enum { MINE, LIST, GET, CANDIDATES, NAMED };

/* now, integration */
#define ROW                                                                                        \
	"SELECT s.id, s.slug, s.name, s.disabled_at, COALESCE(r.role, 0), d.left_at,"              \
	" g.integration_id IS NOT NULL, g.released_until, COALESCE(g.released_until > ?, 0),"      \
	" g.all_projects, g.projects, g.granted_at, g.entry,"                                      \
	" (SELECT COUNT(*) FROM binding b WHERE b.account_integration_id = ? AND"                  \
	" b.subscription_id = s.id) FROM "
/* account twice, integration */
#define JOINED                                                                                     \
	" LEFT JOIN role r ON r.account_id = ? AND r.subscription_id = s.id"                       \
	" LEFT JOIN departure d ON d.account_id = ? AND d.subscription_id = s.id"                  \
	" LEFT JOIN scope_grant g ON g.integration_id = ? AND g.subscription_id = s.id"
#define ROW_RESULTS "issIiIiIiIsIIi"

static const struct stmt STMTS[] = {
	[MINE] = {"SELECT id FROM integration WHERE account_id = ? AND id = ?", "ii", "i"},
	[LIST] = {ROW "(SELECT subscription_id AS id FROM role WHERE account_id = ?"
		      " UNION SELECT subscription_id FROM scope_grant WHERE integration_id = ?"
		      " UNION SELECT subscription_id FROM binding WHERE account_integration_id = ?)"
		      " k JOIN subscription s ON s.id = k.id" JOINED
		      " ORDER BY s.name, s.id LIMIT ?",
		  "iiiiiiiii", ROW_RESULTS},
	[GET] = {ROW "subscription s" JOINED " WHERE s.id = ?", "iiiiii", ROW_RESULTS},
	[CANDIDATES] = {"SELECT i.id, i.name, i.type, i.disabled_at,"
			" g.integration_id IS NOT NULL AND g.released_until IS NULL,"
			" g.all_projects, g.projects, g.entry,"
			" (SELECT COUNT(*) FROM binding b WHERE b.account_integration_id = i.id"
			" AND b.subscription_id = ?),"
			" (SELECT COUNT(*) FROM binding b WHERE b.account_integration_id = i.id"
			" AND b.subscription_id <> ?)"
			" FROM integration i LEFT JOIN scope_grant g ON g.integration_id = i.id AND"
			" g.subscription_id = ? WHERE i.account_id = ? ORDER BY i.name LIMIT ?",
			"iiiii", "issIiIsIii"},
	[NAMED] = {"SELECT id FROM integration WHERE subscription_id = ? AND name = ?", "is", "i"},
};

const struct stmt_table STORE_SCOPE = {"scope", STMTS, COUNT(STMTS)};

static int row_next(struct arena *a, struct rows *rows, struct scope_row *s, bool *there)
{
	int64_t disabled, role, grant, released, undoable, all;
	struct span projects;
	bool counts;

	*there = rows_next(rows, &s->subscription_id, &s->slug, &s->name, &disabled, &role,
			   &s->left_at, &grant, &released, &undoable, &all, &projects,
			   &s->granted_at, &s->entry, &s->handles);
	if (!*there)
		return OK;
	s->disabled = disabled != 0;
	s->role = (enum role)role;
	if (role)
		s->left_at = 0;
	counts = grant && (!released || undoable);
	s->released_until = counts ? released : 0;
	s->state = counts && !released ? SCOPE_LIVE
		   : s->handles	       ? SCOPE_WITHDRAWN
		   : counts	       ? SCOPE_RELEASED
				       : SCOPE_NONE;
	return store_binding_grant_read(a, counts, all, projects, &s->grant);
}

static int check_mine(struct db *db, struct arena *a, const struct scope *s, int64_t id)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[MINE], &rows, s->account_id, id));
	return rows_count(rows) ? OK : E_NOT_FOUND;
}

int store_scope_list(struct db *db, struct arena *a, const struct scope *s, int64_t integration_id,
		     struct scope_row **list, size_t *n)
{
	int64_t now = clock_now(), account = s->account_id;
	bool there = true;
	struct rows *rows;

	TRY(check_mine(db, a, s, integration_id));
	TRY(db_select(db, a, &STMTS[LIST], &rows, now, integration_id, account, integration_id,
		      integration_id, account, account, integration_id, (int64_t)BINDING_ROWS_MAX));
	*list = ARENA_ARRAY(a, struct scope_row, rows_count(rows) + 1);
	for (*n = 0; there; *n += there)
		TRY(row_next(a, rows, &(*list)[*n], &there));
	return OK;
}

int store_scope_get(struct db *db, struct arena *a, const struct scope *s, int64_t integration_id,
		    int64_t subscription_id, struct scope_row *out)
{
	int64_t now = clock_now(), account = s->account_id;
	struct rows *rows;
	bool there;

	TRY(check_mine(db, a, s, integration_id));
	TRY(db_select(db, a, &STMTS[GET], &rows, now, integration_id, account, account,
		      integration_id, subscription_id));
	TRY(row_next(a, rows, out, &there));
	/* to somebody who has nothing to do with it, it is not there */
	return there && (out->role || out->state != SCOPE_NONE) ? OK : E_NOT_FOUND;
}

int store_scope_candidates(struct db *db, struct arena *a, const struct scope *s,
			   struct scope_candidate **list, size_t *n)
{
	int64_t disabled, granted, all, sub = s->subscription_id;
	struct scope_candidate c = {0};
	struct span projects;
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[CANDIDATES], &rows, sub, sub, sub, s->account_id,
		      (int64_t)BINDING_ROWS_MAX));
	*list = ARENA_ARRAY(a, struct scope_candidate, rows_count(rows) + 1);
	for (*n = 0; rows_next(rows, &c.id, &c.name, &c.type, &disabled, &granted, &all, &projects,
			       &c.entry, &c.here, &c.elsewhere);
	     ++*n) {
		c.enabled = !disabled;
		c.granted = granted != 0;
		TRY(store_binding_grant_read(a, c.granted, all, projects, &c.grant));
		(*list)[*n] = c;
	}
	return OK;
}

int store_scope_name_taken(struct db *db, struct arena *a, int64_t subscription_id,
			   struct span name, bool *taken)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[NAMED], &rows, subscription_id, name));
	*taken = rows_count(rows) > 0;
	return OK;
}
