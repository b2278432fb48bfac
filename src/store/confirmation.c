/* confirmation.c: confirmed passwords. */
#include "store/confirmation.h"

#include "store/batch.h"
#include "base/banned.h"

enum { UPDATE, INSERT, FIND, DROP, SWEEP, COUNTS, PAGE };

static const struct stmt STMTS[] = {
	[UPDATE] = {"UPDATE confirmation SET account_id = ?, at = ?, mac = ?"
		    " WHERE session_hash = ?",
		    "iibb", ""},
	[INSERT] = {"INSERT INTO confirmation (account_id, at, mac, session_hash)"
		    " VALUES (?, ?, ?, ?)",
		    "iibb", ""},
	[FIND] = {"SELECT session_hash, account_id, at, mac FROM confirmation"
		  " WHERE session_hash = ?",
		  "b", "biib"},
	[DROP] = {"DELETE FROM confirmation WHERE account_id = ?", "i", ""},
	[SWEEP] = {"DELETE FROM confirmation WHERE at < ? ORDER BY at LIMIT 100", "i", ""},
	[COUNTS] = {"SELECT account_id, COUNT(*) FROM confirmation WHERE account_id > ?"
		    " GROUP BY account_id ORDER BY account_id LIMIT " BATCH_LIMIT,
		    "i", "ii"},
	[PAGE] = {"SELECT session_hash, account_id, at, mac FROM confirmation"
		  " WHERE account_id > ? AND account_id <= ? ORDER BY account_id",
		  "ii", "biib"},
};

const struct stmt_table STORE_CONFIRMATION = {"confirmation", STMTS, COUNT(STMTS)};

static const struct stmt AT = {
	"SELECT at FROM confirmation WHERE session_hash = ? AND account_id = ?", "bi", "i"};

const struct stmt_table STORE_CONFIRMATION_READ = {"confirmation_read", &AT, 1};

static bool next_row(struct rows *rows, struct confirmation *c)
{
	return rows_next(rows, &c->session_hash, &c->account_id, &c->at, &c->mac);
}

/* Only one request of a session confirms at a time; should two, the second insert is E_CONFLICT and
 * the first one's row is as good. */
int store_confirmation_put(struct db *db, const struct confirmation *c, int64_t edge)
{
	int64_t there;
	int rc;

	TRY(db_run(db, &STMTS[SWEEP], NULL, edge));
	TRY(db_run(db, &STMTS[UPDATE], &there, c->account_id, c->at, c->mac, c->session_hash));
	if (there)
		return OK;
	rc = db_run(db, &STMTS[INSERT], NULL, c->account_id, c->at, c->mac, c->session_hash);
	return rc == E_CONFLICT ? OK : rc;
}

int store_confirmation_find(struct db *db, struct arena *a, struct span session_hash,
			    struct confirmation *out)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[FIND], &rows, session_hash));
	return next_row(rows, out) ? OK : E_NOT_FOUND;
}

int store_confirmation_drop(struct db *db, int64_t account_id)
{
	return db_run(db, &STMTS[DROP], NULL, account_id);
}

int store_confirmation_page(struct db *db, struct arena *a, int64_t after,
			    struct confirmation **list, size_t *n, int64_t *next)
{
	struct confirmation *c;
	struct rows *rows;
	int64_t last;

	TRY(store_batch(db, a, &STMTS[COUNTS], after, &last, next));
	TRY(db_select(db, a, &STMTS[PAGE], &rows, after, last));
	*list = c = ARENA_ARRAY(a, struct confirmation, rows_count(rows));
	for (*n = 0; next_row(rows, c); c++)
		++*n;
	return OK;
}

int store_confirmation_at(struct db *db, struct arena *a, struct span session_hash,
			  int64_t account_id, int64_t *at)
{
	struct rows *rows;

	*at = 0;
	TRY(db_select(db, a, &AT, &rows, session_hash, account_id));
	rows_next(rows, at);
	return OK;
}
