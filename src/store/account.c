/* account.c: accounts. */
#include "store/account.h"

#include "base/clock.h"
#include "store/audit.h"
#include "base/banned.h"

enum { INSERT, FIND, LOGIN, UID, THEME };

static const struct stmt STMTS[] = {
	[INSERT] = {"INSERT INTO account (uid, login, name, email, created_at)"
		    " VALUES (?, ?, ?, NULLIF(?, ''), ?)",
		    "bsssi", ""},
	[FIND] = {"SELECT id, login FROM account WHERE login = ?", "s", "is"},
	[LOGIN] = {"SELECT login FROM account WHERE id = ?", "i", "s"},
	[UID] = {"SELECT uid FROM account WHERE id = ?", "i", "b"},
	[THEME] = {"UPDATE account SET theme = ? WHERE id = ?", "si", ""},
};

const struct stmt_table STORE_ACCOUNT = {"account", STMTS, COUNT(STMTS)};

struct creation {
	struct arena *arena;
	const struct account_new *new;
	int64_t id;
};

static int create(struct db *db, void *arg)
{
	struct creation *c = arg;
	struct audit_entry e = {
		.chain = AUDIT_CHAIN_SITE,
		.actor = c->new->actor,
		.action = AUDIT_ACCOUNT_CREATE,
		.object = c->new->login,
		.fields = c->new->email.n ? SPAN("login, name, email") : SPAN("login, name"),
	};

	TRY(db_run(db, &STMTS[INSERT], NULL, c->new->uid, c->new->login, c->new->name,
		   c->new->email, clock_now()));
	e.object_id = c->id = db_last_id(db);
	return store_audit_write(db, c->arena, &e);
}

int store_account_create(struct db *db, struct arena *a, const struct account_new *n, int64_t *id)
{
	struct creation c = {a, n, 0};

	TRY(db_transaction(db, create, &c));
	*id = c.id;
	return OK;
}

int store_account_find(struct db *db, struct arena *a, struct span login, int64_t *id)
{
	struct span found;
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[FIND], &rows, login));
	/* the database takes "ann " for "ann" */
	return rows_next(rows, id, &found) && span_eq(found, login) ? OK : E_NOT_FOUND;
}

int store_account_login(struct db *db, struct arena *a, int64_t id, struct span *login)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[LOGIN], &rows, id));
	return rows_next(rows, login) ? OK : E_NOT_FOUND;
}

int store_account_uid(struct db *db, struct arena *a, int64_t id, struct span *uid)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[UID], &rows, id));
	return rows_next(rows, uid) ? OK : E_NOT_FOUND;
}

struct theme_change {
	struct arena *arena;
	const struct actor *actor;
	struct span theme;
};

static int set_theme(struct db *db, void *arg)
{
	struct theme_change *c = arg;
	struct audit_entry e = {
		.chain = audit_chain_account(c->arena, c->actor->account_id),
		.actor = *c->actor,
		.action = AUDIT_THEME_SET,
		.object_id = c->actor->account_id,
		.object = c->actor->name,
		.fields = SPAN("theme"),
	};

	TRY(db_run(db, &STMTS[THEME], NULL, c->theme, c->actor->account_id));
	return store_audit_write(db, c->arena, &e);
}

int store_account_theme(struct db *db, struct arena *a, const struct actor *actor,
			struct span theme)
{
	struct theme_change c = {a, actor, theme};

	return db_transaction(db, set_theme, &c);
}
