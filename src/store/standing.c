/* standing.c: accounts, enabled or disabled. */
#include "store/standing.h"

#include "store/audit.h"
#include "store/confirmation.h"
#include "store/link.h"
#include "base/banned.h"

enum { FIND, DISABLE, ENABLE, END_SESSIONS, END_TOKENS };

static const struct stmt STMTS[] = {
	[FIND] = {"SELECT id, login, disabled_at FROM account WHERE id = ?", "i", "isI"},
	[DISABLE] = {"UPDATE account SET disabled_at = COALESCE(disabled_at, ?) WHERE id = ?", "ii",
		     ""},
	[ENABLE] = {"UPDATE account SET disabled_at = NULL WHERE id = ?", "i", ""},
	[END_SESSIONS] = {"DELETE FROM session WHERE account_id = ?", "i", ""},
	[END_TOKENS] = {"DELETE FROM access_token WHERE account_id = ?", "i", ""},
};

const struct stmt_table STORE_STANDING = {"standing", STMTS, COUNT(STMTS)};

int store_standing_find(struct db *db, struct arena *a, int64_t account_id, struct standing *out)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[FIND], &rows, account_id));
	if (!rows_next(rows, &out->account_id, &out->login, &out->disabled_at))
		return E_NOT_FOUND;
	out->disabled = out->disabled_at != 0;
	return OK;
}

int store_standing_end_sessions(struct db *db, int64_t account_id)
{
	ASSERT(db_in_transaction(db));
	return db_run(db, &STMTS[END_SESSIONS], NULL, account_id);
}

static int disable(struct db *db, int64_t account_id, int64_t at)
{
	TRY(db_run(db, &STMTS[DISABLE], NULL, at, account_id));
	TRY(store_standing_end_sessions(db, account_id));
	TRY(db_run(db, &STMTS[END_TOKENS], NULL, account_id));
	TRY(store_confirmation_drop(db, account_id));
	return store_link_drop(db, account_id);
}

int store_standing_set(struct db *db, struct arena *a, const struct actor *actor,
		       const struct standing *s, bool enabled, int64_t at)
{
	struct audit_entry e = {
		.chain = AUDIT_CHAIN_SITE,
		.at = at,
		.actor = *actor,
		.action = enabled ? AUDIT_ACCOUNT_ENABLE : AUDIT_ACCOUNT_DISABLE,
		.object_id = s->account_id,
		.object = s->login,
		.fields = SPAN(""),
	};

	TRY(store_audit_write(db, a, &e));
	if (!enabled)
		return disable(db, s->account_id, at);
	return db_run(db, &STMTS[ENABLE], NULL, s->account_id);
}
