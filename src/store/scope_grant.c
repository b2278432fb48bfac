/* scope_grant.c: rows of consent. */
#include "store/scope_grant.h"

#include "store/batch.h"
#include "base/banned.h"

enum { FIND, UPDATE, INSERT, DROP, COUNTS, PAGE };

#define ROW                                                                                        \
	"SELECT integration_id, subscription_id, account_id, all_projects, projects, granted_at,"  \
	" released_until, entry, mac FROM scope_grant WHERE "

static const struct stmt STMTS[] = {
	[FIND] = {ROW "integration_id = ? AND subscription_id = ?", "ii", "iiiisiIib"},
	[UPDATE] = {"UPDATE scope_grant SET account_id = ?, all_projects = ?, projects = ?,"
		    " granted_at = ?, released_until = ?, entry = ?, mac = ?"
		    " WHERE integration_id = ? AND subscription_id = ?",
		    "iisiIibii", ""},
	[INSERT] = {"INSERT INTO scope_grant (account_id, all_projects, projects, granted_at,"
		    " released_until, entry, mac, integration_id, subscription_id)"
		    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		    "iisiIibii", ""},
	[DROP] = {"DELETE FROM scope_grant WHERE integration_id = ? AND subscription_id = ?", "ii",
		  ""},
	[COUNTS] = {"SELECT integration_id, COUNT(*) FROM scope_grant WHERE integration_id > ?"
		    " GROUP BY integration_id ORDER BY integration_id LIMIT " BATCH_LIMIT,
		    "i", "ii"},
	[PAGE] = {ROW "integration_id > ? AND integration_id <= ? ORDER BY integration_id", "ii",
		  "iiiisiIib"},
};

const struct stmt_table STORE_SCOPE_GRANT = {"scope_grant", STMTS, COUNT(STMTS)};

static bool next_grant(struct rows *rows, struct scope_grant *g)
{
	return rows_next(rows, &g->integration_id, &g->subscription_id, &g->account_id,
			 &g->all_projects, &g->projects, &g->granted_at, &g->released_until,
			 &g->entry, &g->mac);
}

int store_scope_grant_find(struct db *db, struct arena *a, int64_t integration_id,
			   int64_t subscription_id, struct scope_grant *out)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[FIND], &rows, integration_id, subscription_id));
	return next_grant(rows, out) ? OK : E_NOT_FOUND;
}

static int write_row(struct db *db, const struct stmt *s, const struct scope_grant *g, int64_t *n)
{
	const int64_t *until = g->released_until ? &g->released_until : NULL;

	return db_run(db, s, n, g->account_id, g->all_projects, g->projects, g->granted_at, until,
		      g->entry, g->mac, g->integration_id, g->subscription_id);
}

int store_scope_grant_put(struct db *db, const struct scope_grant *g)
{
	int64_t there;

	ASSERT(db_in_transaction(db));
	TRY(write_row(db, &STMTS[UPDATE], g, &there));
	return there ? OK : write_row(db, &STMTS[INSERT], g, NULL);
}

int store_scope_grant_drop(struct db *db, int64_t integration_id, int64_t subscription_id)
{
	ASSERT(db_in_transaction(db));
	return db_run(db, &STMTS[DROP], NULL, integration_id, subscription_id);
}

int store_scope_grant_page(struct db *db, struct arena *a, int64_t after, struct scope_grant **list,
			   size_t *n, int64_t *next)
{
	struct scope_grant *g;
	struct rows *rows;
	int64_t last;

	TRY(store_batch(db, a, &STMTS[COUNTS], after, &last, next));
	TRY(db_select(db, a, &STMTS[PAGE], &rows, after, last));
	*list = g = ARENA_ARRAY(a, struct scope_grant, rows_count(rows) + 1);
	for (*n = 0; next_grant(rows, g); g++)
		++*n;
	return OK;
}
