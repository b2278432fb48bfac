/* link.c: one-time links. */
#include "store/link.h"

#include "store/audit.h"
#include "store/batch.h"
#include "base/banned.h"

enum { DROP, INSERT, BY_CODE, COUNTS, PAGE };

#define ROW                                                                                        \
	"SELECT l.account_id, l.code_hash, l.created_at, l.expires_at, l.mac, p.mac"               \
	" FROM password_link l LEFT JOIN password p ON p.account_id = l.account_id WHERE "

static const struct stmt STMTS[] = {
	[DROP] = {"DELETE FROM password_link WHERE account_id = ?", "i", ""},
	[INSERT] = {"INSERT INTO password_link (account_id, code_hash, created_at, expires_at, mac)"
		    " VALUES (?, ?, ?, ?, ?)",
		    "ibiib", ""},
	[BY_CODE] = {ROW "l.code_hash = ? FOR UPDATE", "b", "ibiibb"},
	[COUNTS] = {"SELECT account_id, 1 FROM password_link WHERE account_id > ?"
		    " ORDER BY account_id LIMIT " BATCH_LIMIT,
		    "i", "ii"},
	[PAGE] = {ROW "l.account_id > ? AND l.account_id <= ? ORDER BY l.account_id", "ii",
		  "ibiibb"},
};

const struct stmt_table STORE_LINK = {"link", STMTS, COUNT(STMTS)};

static bool next_row(struct rows *rows, struct password_link *l)
{
	return rows_next(rows, &l->account_id, &l->code_hash, &l->created_at, &l->expires_at,
			 &l->mac, &l->password_mac);
}

/* The audit row first: the head of the site's chain is the lock between two links at once. */
int store_link_put(struct db *db, struct arena *a, const struct actor *actor,
		   const struct password_link *l, struct span login)
{
	struct audit_entry e = {
		.chain = AUDIT_CHAIN_SITE,
		.at = l->created_at,
		.actor = *actor,
		.action = AUDIT_PASSWORD_LINK,
		.object_id = l->account_id,
		.object = login,
		.fields = SPAN(""),
	};

	TRY(store_audit_write(db, a, &e));
	TRY(store_link_drop(db, l->account_id));
	return db_run(db, &STMTS[INSERT], NULL, l->account_id, l->code_hash, l->created_at,
		      l->expires_at, l->mac);
}

int store_link_by_code(struct db *db, struct arena *a, struct span code_hash,
		       struct password_link *out)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[BY_CODE], &rows, code_hash));
	return next_row(rows, out) ? OK : E_NOT_FOUND;
}

int store_link_drop(struct db *db, int64_t account_id)
{
	return db_run(db, &STMTS[DROP], NULL, account_id);
}

int store_link_page(struct db *db, struct arena *a, int64_t after, struct password_link **list,
		    size_t *n, int64_t *next)
{
	struct password_link *l;
	struct rows *rows;
	int64_t last;

	TRY(store_batch(db, a, &STMTS[COUNTS], after, &last, next));
	TRY(db_select(db, a, &STMTS[PAGE], &rows, after, last));
	*list = l = ARENA_ARRAY(a, struct password_link, rows_count(rows));
	for (*n = 0; next_row(rows, l); l++)
		++*n;
	return OK;
}
