/* password.c: password hashes. */
#include "store/password.h"

#include "store/audit.h"
#include "store/batch.h"
#include "store/confirmation.h"
#include "store/link.h"
#include "base/banned.h"

#define ROW                                                                                        \
	"SELECT a.id, a.login, a.disabled_at, p.hash, p.set_at, p.mac"                             \
	" FROM account a LEFT JOIN password p ON p.account_id = a.id WHERE "

enum { BY_LOGIN, BY_ACCOUNT, UPDATE, EXCHANGE, INSERT, NOTE, COUNTS, PAGE };

static const struct stmt STMTS[] = {
	[BY_LOGIN] = {ROW "a.login = ?", "s", "isIsIb"},
	[BY_ACCOUNT] = {ROW "a.id = ?", "i", "isIsIb"},
	[UPDATE] = {"UPDATE password SET hash = ?, set_at = ?, mac = ? WHERE account_id = ?",
		    "sibi", ""},
	[EXCHANGE] = {"UPDATE password SET hash = ?, set_at = ?, mac = ?"
		      " WHERE account_id = ? AND mac = ?",
		      "sibib", ""},
	[INSERT] = {"INSERT INTO password (hash, set_at, mac, account_id) VALUES (?, ?, ?, ?)",
		    "sibi", ""},
	[NOTE] = {"UPDATE account SET password_at = ? WHERE id = ?", "ii", ""},
	[COUNTS] = {"SELECT account_id, 1 FROM password WHERE account_id > ? ORDER BY account_id"
		    " LIMIT " BATCH_LIMIT,
		    "i", "ii"},
	[PAGE] = {"SELECT account_id, hash, set_at, mac FROM password"
		  " WHERE account_id > ? AND account_id <= ? ORDER BY account_id",
		  "ii", "isib"},
};

const struct stmt_table STORE_PASSWORD = {"password", STMTS, COUNT(STMTS)};

static bool next_row(struct rows *rows, struct password_row *out)
{
	int64_t disabled_at = 0;

	if (!rows_next(rows, &out->account_id, &out->login, &disabled_at, &out->hash, &out->set_at,
		       &out->mac))
		return false;
	out->disabled = disabled_at != 0;
	return true;
}

int store_password_by_login(struct db *db, struct arena *a, struct span login,
			    struct password_row *out)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[BY_LOGIN], &rows, login));
	return next_row(rows, out) && span_eq(out->login, login) ? OK : E_NOT_FOUND;
}

int store_password_by_account(struct db *db, struct arena *a, int64_t account_id,
			      struct password_row *out)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[BY_ACCOUNT], &rows, account_id));
	return next_row(rows, out) ? OK : E_NOT_FOUND;
}

struct change {
	struct arena *arena;
	const struct actor *actor;
	const struct password_row *row;
	struct span expected;
};

static int put(struct db *db, const struct password_row *r)
{
	int64_t there;

	TRY(db_run(db, &STMTS[UPDATE], &there, r->hash, r->set_at, r->mac, r->account_id));
	if (there)
		return OK;
	return db_run(db, &STMTS[INSERT], NULL, r->hash, r->set_at, r->mac, r->account_id);
}

static int exchange(struct db *db, const struct password_row *r, struct span expected)
{
	int64_t there;

	TRY(db_run(db, &STMTS[EXCHANGE], &there, r->hash, r->set_at, r->mac, r->account_id,
		   expected));
	return there ? OK : E_CONFLICT;
}

/* The audit row first: the head of the account's chain is the lock between two changes at once. */
int store_password_put(struct db *db, struct arena *a, const struct actor *actor,
		       const struct password_row *row, struct span expected,
		       enum audit_action action)
{
	struct audit_entry e = {
		.chain = audit_chain_account(a, row->account_id),
		.at = row->set_at,
		.actor = *actor,
		.action = action,
		.object_id = row->account_id,
		.object = row->login,
		.fields = SPAN("password"),
	};

	TRY(store_audit_write(db, a, &e));
	/* for lists: those who show them may not read this table */
	TRY(db_run(db, &STMTS[NOTE], NULL, row->set_at, row->account_id));
	TRY(expected.n ? exchange(db, row, expected) : put(db, row));
	TRY(store_confirmation_drop(db, row->account_id));
	return store_link_drop(db, row->account_id);
}

static int change(struct db *db, void *arg)
{
	struct change *c = arg;

	return store_password_put(db, c->arena, c->actor, c->row, c->expected, AUDIT_PASSWORD_SET);
}

int store_password_write(struct db *db, struct arena *a, const struct actor *actor,
			 const struct password_row *row, struct span expected)
{
	struct change c = {a, actor, row, expected};

	return db_transaction(db, change, &c);
}

int store_password_page(struct db *db, struct arena *a, int64_t after, struct password_row **list,
			size_t *n, int64_t *next)
{
	struct password_row *r;
	struct rows *rows;
	int64_t last;

	TRY(store_batch(db, a, &STMTS[COUNTS], after, &last, next));
	TRY(db_select(db, a, &STMTS[PAGE], &rows, after, last));
	*list = r = ARENA_ARRAY(a, struct password_row, rows_count(rows));
	for (*n = 0; rows_next(rows, &r->account_id, &r->hash, &r->set_at, &r->mac); r++)
		++*n;
	return OK;
}
