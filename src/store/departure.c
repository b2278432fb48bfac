/* departure.c: who left which subscription, and when. */
#include "store/departure.h"

#include "store/batch.h"
#include "base/banned.h"

enum { FIND, UPDATE, INSERT, DROP, COUNTS, PAGE };

#define ROW "SELECT account_id, subscription_id, left_at, mac FROM departure WHERE "

static const struct stmt STMTS[] = {
	[FIND] = {ROW "account_id = ? AND subscription_id = ?", "ii", "iiib"},
	[UPDATE] = {"UPDATE departure SET left_at = ?, mac = ? WHERE account_id = ?"
		    " AND subscription_id = ?",
		    "ibii", ""},
	[INSERT] = {"INSERT INTO departure (left_at, mac, account_id, subscription_id)"
		    " VALUES (?, ?, ?, ?)",
		    "ibii", ""},
	[DROP] = {"DELETE FROM departure WHERE account_id = ? AND subscription_id = ?", "ii", ""},
	[COUNTS] = {"SELECT account_id, COUNT(*) FROM departure WHERE account_id > ?"
		    " GROUP BY account_id ORDER BY account_id LIMIT " BATCH_LIMIT,
		    "i", "ii"},
	[PAGE] = {ROW "account_id > ? AND account_id <= ? ORDER BY account_id", "ii", "iiib"},
};

const struct stmt_table STORE_DEPARTURE = {"departure", STMTS, COUNT(STMTS)};

static bool next_departure(struct rows *rows, struct departure *d)
{
	return rows_next(rows, &d->account_id, &d->subscription_id, &d->left_at, &d->mac);
}

int store_departure_find(struct db *db, struct arena *a, int64_t account_id,
			 int64_t subscription_id, struct departure *out)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[FIND], &rows, account_id, subscription_id));
	return next_departure(rows, out) ? OK : E_NOT_FOUND;
}

int store_departure_put(struct db *db, const struct departure *d)
{
	int64_t there;

	ASSERT(db_in_transaction(db));
	TRY(db_run(db, &STMTS[UPDATE], &there, d->left_at, d->mac, d->account_id,
		   d->subscription_id));
	return there ? OK
		     : db_run(db, &STMTS[INSERT], NULL, d->left_at, d->mac, d->account_id,
			      d->subscription_id);
}

int store_departure_drop(struct db *db, int64_t account_id, int64_t subscription_id)
{
	ASSERT(db_in_transaction(db));
	return db_run(db, &STMTS[DROP], NULL, account_id, subscription_id);
}

int store_departure_page(struct db *db, struct arena *a, int64_t after, struct departure **list,
			 size_t *n, int64_t *next)
{
	struct departure *d;
	struct rows *rows;
	int64_t last;

	TRY(store_batch(db, a, &STMTS[COUNTS], after, &last, next));
	TRY(db_select(db, a, &STMTS[PAGE], &rows, after, last));
	*list = d = ARENA_ARRAY(a, struct departure, rows_count(rows) + 1);
	for (*n = 0; next_departure(rows, d); d++)
		++*n;
	return OK;
}
