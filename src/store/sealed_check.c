/* sealed_check.c: reading sealed fields in pages. */
#include "store/sealed_check.h"

#include "store/batch.h"
#include "base/banned.h"

enum { COUNTS, ROWS, ORIGINS };

static const struct stmt STMTS[] = {
	[COUNTS] = {"SELECT integration_id, COUNT(*) FROM sealed WHERE integration_id > ?"
		    " GROUP BY integration_id ORDER BY integration_id LIMIT " BATCH_LIMIT,
		    "i", "ii"},
	/* 131072: more than any box has; a longer one is not ours, and 500 of 16 MiB too much */
	[ROWS] = {"SELECT s.integration_id, s.field, s.key_id,"
		  " IF(LENGTH(x.box) <= 131072, x.box, NULL), COALESCE(b.uid, a.uid), i.uid, i.type, s.origins"
		  " FROM sealed s LEFT JOIN sealed_box x ON x.integration_id = s.integration_id"
		  " AND x.field = s.field JOIN integration i ON i.id = s.integration_id"
		  " LEFT JOIN subscription b ON b.id = i.subscription_id"
		  " LEFT JOIN account a ON a.id = i.account_id"
		  " WHERE s.integration_id > ? AND s.integration_id <= ? ORDER BY s.integration_id",
		  "ii", "issbbbss"},
	[ORIGINS] = {"SELECT u.integration_id, u.origin FROM integration_url u"
		     " WHERE u.integration_id > ? AND u.integration_id <= ? AND EXISTS"
		     " (SELECT 1 FROM sealed s WHERE s.integration_id = u.integration_id)"
		     " ORDER BY u.integration_id", "ii", "is"},
};

const struct stmt_table STORE_SEALED_CHECK = {"sealed_check", STMTS, COUNT(STMTS)};

struct reading {
	struct arena *arena;
	int64_t after;
	struct sealed_page page;
};

static int read_rows(struct db *db, struct reading *g, int64_t last)
{
	struct sealed_row *r;
	struct rows *rows;

	TRY(db_select(db, g->arena, &STMTS[ROWS], &rows, g->after, last));
	r = g->page.rows = ARENA_ARRAY(g->arena, struct sealed_row, rows_count(rows));
	g->page.nrows = rows_count(rows);
	while (rows_next(rows, &r->integration_id, &r->field, &r->key_id, &r->box, &r->owner_uid,
			 &r->thing_uid, &r->type, &r->origins))
		r++;
	return OK;
}

static int read_origins(struct db *db, struct reading *g, int64_t last)
{
	struct sealed_origin *o;
	struct rows *rows;

	TRY(db_select(db, g->arena, &STMTS[ORIGINS], &rows, g->after, last));
	o = g->page.origins = ARENA_ARRAY(g->arena, struct sealed_origin, rows_count(rows));
	g->page.norigins = rows_count(rows);
	while (rows_next(rows, &o->integration_id, &o->origin))
		o++;
	return OK;
}

/* In a transaction, so that a URL changed between two of its reads gives no false alarm. */
static int read_page(struct db *db, void *arg)
{
	struct reading *g = arg;
	int64_t last;

	TRY(store_batch(db, g->arena, &STMTS[COUNTS], g->after, &last, &g->page.next));
	TRY(read_rows(db, g, last));
	return read_origins(db, g, last);
}

int store_sealed_page(struct db *db, struct arena *a, int64_t after, struct sealed_page *out)
{
	struct reading g = {.arena = a, .after = after};

	TRY(db_transaction(db, read_page, &g));
	*out = g.page;
	return OK;
}
