/* binding_change.c: bindings as rows, and what they tie together. */
#include "store/binding_change.h"

#include "store/batch.h"
#include "base/banned.h"

enum {
	LOCK,
	HEAD,
	NAMED,
	CREATE,
	RAISE,
	PLACE,
	PROJECTS,
	LIST_ALL,
	LIST,
	FIND,
	ROWS_TO,
	ROWS_UNDO,
	UPDATE,
	INSERT,
	COUNTS,
	PAGE,
};

#define HEAD_ROW                                                                                   \
	"SELECT id, subscription_id, account_id, name, type, version, bound, disabled_at"          \
	" FROM integration WHERE id = ?"
#define ROW                                                                                        \
	"SELECT integration_id, subscription_id, account_integration_id, account_id, bound_at,"    \
	" bound_by, undo_integration_id, undo_account_id, undo_until, entry, mac"                  \
	" FROM binding WHERE "
#define ROW_RESULTS "iiiiiIIIIib"

static const struct stmt STMTS[] = {
	[LOCK] = {HEAD_ROW " AND account_id IS NOT NULL FOR UPDATE", "i", "iIIssiiI"},
	[HEAD] = {HEAD_ROW, "i", "iIIssiiI"},
	[NAMED] = {"SELECT id FROM integration WHERE subscription_id = ? AND name = ?", "is", "i"},
	[CREATE] = {"INSERT INTO integration (uid, subscription_id, name, type, url, all_projects,"
		    " edit_roles, bound, created_at, created_by, changed_at, changed_by)"
		    " VALUES (?, ?, ?, ?, '', 1, 4, 1, ?, ?, ?, ?)",
		    "bissiiii", ""},
	[RAISE] = {"UPDATE integration SET version = version + 1, changed_at = ?, changed_by = ?"
		   " WHERE id = ?",
		   "iii", ""},
	[PLACE] = {"SELECT slug, disabled_at, grace_days FROM subscription WHERE id = ?", "i",
		   "sIi"},
	[PROJECTS] = {"SELECT id FROM project WHERE subscription_id = ? ORDER BY id", "i", "i"},
	[LIST_ALL] = {"SELECT all_projects FROM integration WHERE id = ?", "i", "i"},
	[LIST] = {"SELECT project_id FROM integration_project WHERE integration_id = ?"
		  " ORDER BY project_id",
		  "i", "i"},
	[FIND] = {ROW "integration_id = ?", "i", ROW_RESULTS},
	[ROWS_TO] = {ROW "account_integration_id = ? AND subscription_id = ?", "ii", ROW_RESULTS},
	[ROWS_UNDO] = {ROW "undo_integration_id = ? AND subscription_id = ?", "ii", ROW_RESULTS},
	[UPDATE] = {"UPDATE binding SET subscription_id = ?, account_integration_id = ?,"
		    " account_id = ?, bound_at = ?, bound_by = ?, undo_integration_id = ?,"
		    " undo_account_id = ?, undo_until = ?, entry = ?, mac = ?"
		    " WHERE integration_id = ?",
		    "iiiiIIIIibi", ""},
	[INSERT] = {"INSERT INTO binding (subscription_id, account_integration_id, account_id,"
		    " bound_at, bound_by, undo_integration_id, undo_account_id, undo_until, entry,"
		    " mac, integration_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		    "iiiiIIIIibi", ""},
	[COUNTS] = {"SELECT integration_id, 1 FROM binding WHERE integration_id > ?"
		    " ORDER BY integration_id LIMIT " BATCH_LIMIT,
		    "i", "ii"},
	[PAGE] = {ROW "integration_id > ? AND integration_id <= ? ORDER BY integration_id", "ii",
		  ROW_RESULTS},
};

const struct stmt_table STORE_BINDING_CHANGE = {"binding_change", STMTS, COUNT(STMTS)};

static int head_of(struct rows *rows, struct integration_head *h)
{
	return rows_next(rows, &h->id, &h->subscription_id, &h->account_id, &h->name, &h->type,
			 &h->version, &h->bound, &h->disabled_at)
		       ? OK
		       : E_NOT_FOUND;
}

int store_integration_head_lock(struct db *db, struct arena *a, int64_t id,
				struct integration_head *out)
{
	struct rows *rows;

	ASSERT(db_in_transaction(db));
	TRY(db_select(db, a, &STMTS[LOCK], &rows, id));
	return head_of(rows, out);
}

int store_integration_head_find(struct db *db, struct arena *a, int64_t id,
				struct integration_head *out)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[HEAD], &rows, id));
	return head_of(rows, out);
}

int store_integration_head_named(struct db *db, struct arena *a, int64_t subscription_id,
				 struct span name, bool *taken)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[NAMED], &rows, subscription_id, name));
	*taken = rows_count(rows) > 0;
	return OK;
}

int store_integration_head_create(struct db *db, struct span uid, int64_t by, int64_t now,
				  const struct integration_head *h, int64_t *id)
{
	TRY(db_run(db, &STMTS[CREATE], NULL, uid, h->subscription_id, h->name, h->type, now, by,
		   now, by));
	*id = db_last_id(db);
	return OK;
}

int store_integration_head_raise(struct db *db, int64_t id, int64_t by, int64_t now)
{
	return db_run(db, &STMTS[RAISE], NULL, now, by, id);
}

int store_binding_place(struct db *db, struct arena *a, int64_t subscription_id,
			struct binding_place *out)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[PLACE], &rows, subscription_id));
	return rows_next(rows, &out->slug, &out->disabled_at, &out->grace_days) ? OK : E_NOT_FOUND;
}

static struct project_set ids_of(struct arena *a, struct rows *rows)
{
	int64_t *ids = ARENA_ARRAY(a, int64_t, rows_count(rows) + 1);
	struct project_set set = {.ids = ids};

	while (rows_next(rows, &ids[set.n]))
		set.n++;
	return set;
}

int store_binding_projects(struct db *db, struct arena *a, int64_t subscription_id,
			   struct project_set *out)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[PROJECTS], &rows, subscription_id));
	*out = ids_of(a, rows);
	return OK;
}

int store_binding_own_list(struct db *db, struct arena *a, int64_t integration_id,
			   struct project_set *out)
{
	int64_t all = 0;
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[LIST], &rows, integration_id));
	*out = ids_of(a, rows);
	TRY(db_select(db, a, &STMTS[LIST_ALL], &rows, integration_id));
	if (rows_next(rows, &all) && all)
		*out = (struct project_set){.all = true};
	return OK;
}

static bool next_row(struct rows *rows, struct binding_row *b)
{
	return rows_next(rows, &b->integration_id, &b->subscription_id, &b->account_integration_id,
			 &b->account_id, &b->bound_at, &b->bound_by, &b->undo_integration_id,
			 &b->undo_account_id, &b->undo_until, &b->entry, &b->mac);
}

static void rows_of(struct arena *a, struct rows *rows, struct binding_row **list, size_t *n)
{
	struct binding_row *b = ARENA_ARRAY(a, struct binding_row, rows_count(rows) + 1);

	*list = b;
	for (*n = 0; next_row(rows, b); b++)
		++*n;
}

int store_binding_row_find(struct db *db, struct arena *a, int64_t integration_id,
			   struct binding_row *out)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[FIND], &rows, integration_id));
	return next_row(rows, out) ? OK : E_NOT_FOUND;
}

int store_binding_rows_to(struct db *db, struct arena *a, int64_t account_integration_id,
			  int64_t subscription_id, struct binding_row **list, size_t *n)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[ROWS_TO], &rows, account_integration_id, subscription_id));
	rows_of(a, rows, list, n);
	return OK;
}

int store_binding_rows_undo(struct db *db, struct arena *a, int64_t account_integration_id,
			    int64_t subscription_id, struct binding_row **list, size_t *n)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[ROWS_UNDO], &rows, account_integration_id, subscription_id));
	rows_of(a, rows, list, n);
	return OK;
}

static const int64_t *or_null(const int64_t *v)
{
	return *v ? v : NULL;
}

static int write_row(struct db *db, const struct stmt *s, const struct binding_row *b, int64_t *n)
{
	return db_run(db, s, n, b->subscription_id, b->account_integration_id, b->account_id,
		      b->bound_at, or_null(&b->bound_by), or_null(&b->undo_integration_id),
		      or_null(&b->undo_account_id), or_null(&b->undo_until), b->entry, b->mac,
		      b->integration_id);
}

int store_binding_row_put(struct db *db, const struct binding_row *b)
{
	int64_t there;

	ASSERT(db_in_transaction(db));
	TRY(write_row(db, &STMTS[UPDATE], b, &there));
	return there ? OK : write_row(db, &STMTS[INSERT], b, NULL);
}

int store_binding_row_page(struct db *db, struct arena *a, int64_t after, struct binding_row **list,
			   size_t *n, int64_t *next)
{
	struct rows *rows;
	int64_t last;

	TRY(store_batch(db, a, &STMTS[COUNTS], after, &last, next));
	TRY(db_select(db, a, &STMTS[PAGE], &rows, after, last));
	rows_of(a, rows, list, n);
	return OK;
}
