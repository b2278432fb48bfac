/* leaver.c: people whose integrations in a subscription need another owner. */
#include "store/leaver.h"

#include "store/account.h"
#include "base/banned.h"

enum { LIST, GET };

/* The same joins as store/binding.c has for the state of one. */
/* clang-format off */
static const struct stmt STMTS[] = {
	[LIST] = {"SELECT b.account_id," ACCOUNT_WHO("o") " AS who, COUNT(*) FROM binding b"
		  " JOIN account o ON o.id = b.account_id"
		  " LEFT JOIN scope_grant g ON g.integration_id = b.account_integration_id AND"
		  " g.subscription_id = b.subscription_id AND g.account_id = b.account_id AND"
		  " g.released_until IS NULL"
		  " LEFT JOIN role r ON r.account_id = b.account_id AND"
		  " r.subscription_id = b.subscription_id"
		  " WHERE b.subscription_id = ? AND (g.integration_id IS NULL OR r.role IS NULL OR"
		  " o.disabled_at IS NOT NULL)"
		  " GROUP BY b.account_id, o.id, o.name, o.login ORDER BY who, b.account_id LIMIT ?",
		  "ii", "isi"},
	[GET] = {"SELECT" ACCOUNT_WHO("a") ", r.role, a.disabled_at FROM account a"
		 " LEFT JOIN role r ON r.account_id = a.id AND r.subscription_id = ?"
		 " WHERE a.id = ? AND (r.role IS NOT NULL OR EXISTS (SELECT 1 FROM binding b"
		 " WHERE b.account_id = a.id AND b.subscription_id = ?))",
		 "iii", "sII"},
};
/* clang-format on */

const struct stmt_table STORE_LEAVER = {"leaver", STMTS, COUNT(STMTS)};

int store_leaver_list(struct db *db, struct arena *a, const struct scope *s, int64_t limit,
		      struct leaver **list, size_t *n)
{
	struct leaver *l;
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[LIST], &rows, s->subscription_id, limit));
	*list = l = ARENA_ARRAY(a, struct leaver, rows_count(rows) + 1);
	while (rows_next(rows, &l->account_id, &l->who, &l->bindings))
		l++;
	*n = (size_t)(l - *list);
	return OK;
}

int store_leaver_get(struct db *db, struct arena *a, const struct scope *s, int64_t account_id,
		     struct leaver_account *out)
{
	int64_t role, disabled_at;
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[GET], &rows, s->subscription_id, account_id,
		      s->subscription_id));
	if (!rows_next(rows, &out->who, &role, &disabled_at))
		return E_NOT_FOUND;
	out->role = (enum role)role;
	out->disabled = disabled_at != 0;
	return OK;
}
