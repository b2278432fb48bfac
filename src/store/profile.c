/* profile.c: name and mail address of an account. */
#include "store/profile.h"

#include "store/audit.h"
#include "base/banned.h"

enum { GET, LOCK, NAME, EMAIL };

static const struct stmt STMTS[] = {
	[GET] = {"SELECT name, email FROM account WHERE id = ?", "i", "ss"},
	[LOCK] = {"SELECT login, name, email FROM account WHERE id = ? FOR UPDATE", "i", "sss"},
	[NAME] = {"UPDATE account SET name = ? WHERE id = ?", "si", ""},
	[EMAIL] = {"UPDATE account SET email = NULLIF(?, '') WHERE id = ?", "si", ""},
};

const struct stmt_table STORE_PROFILE = {"profile", STMTS, COUNT(STMTS)};

int store_profile_get(struct db *db, struct arena *a, int64_t account_id, struct profile *out)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[GET], &rows, account_id));
	return rows_next(rows, &out->name, &out->email) ? OK : E_NOT_FOUND;
}

struct change {
	struct arena *arena;
	const struct actor *actor;
	struct span chain;
	int64_t account_id;
	const struct profile *to;
};

static int set_one(struct db *db, const struct change *c, struct span login,
		   enum audit_action action, struct span field)
{
	struct audit_entry e = {
		.chain = c->chain,
		.actor = *c->actor,
		.action = action,
		.object_id = c->account_id,
		.object = login,
		.fields = field,
	};

	if (action == AUDIT_ACCOUNT_NAME)
		TRY(db_run(db, &STMTS[NAME], NULL, c->to->name, c->account_id));
	else
		TRY(db_run(db, &STMTS[EMAIL], NULL, c->to->email, c->account_id));
	return store_audit_write(db, c->arena, &e);
}

static int set(struct db *db, void *arg)
{
	const struct change *c = arg;
	struct profile was;
	struct span login;
	struct rows *rows;

	TRY(db_select(db, c->arena, &STMTS[LOCK], &rows, c->account_id));
	if (!rows_next(rows, &login, &was.name, &was.email))
		return E_NOT_FOUND;
	if (!span_eq(was.name, c->to->name))
		TRY(set_one(db, c, login, AUDIT_ACCOUNT_NAME, SPAN("name")));
	if (!span_eq(was.email, c->to->email))
		TRY(set_one(db, c, login, AUDIT_ACCOUNT_EMAIL, SPAN("email")));
	return OK;
}

int store_profile_set(struct db *db, struct arena *a, const struct actor *actor, struct span chain,
		      int64_t account_id, const struct profile *p)
{
	struct change c = {a, actor, chain, account_id, p};

	return db_transaction(db, set, &c);
}
