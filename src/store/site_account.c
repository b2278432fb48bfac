/* site_account.c: accounts as site administration sees them. */
#include "store/site_account.h"

#include "store/audit.h"
#include "base/banned.h"

enum { LIST, COUNT_ALL, GET, ROLES };

#define ROW                                                                                        \
	"SELECT a.id, a.login, a.name, a.email, a.created_at, a.disabled_at, a.signed_in_at,"               \
	" a.password_at, sr.account_id"
#define FROM " FROM account a LEFT JOIN site_role sr ON sr.account_id = a.id"
/* enum site_account_state */
#define STATE                                                                                      \
	"CASE WHEN a.disabled_at IS NOT NULL THEN 2 WHEN a.signed_in_at IS NULL THEN 3 ELSE 1 END"
#define MATCHES                                                                                    \
	" (? = '' OR LOCATE(LOWER(?), LOWER(a.login)) > 0 OR LOCATE(LOWER(?), LOWER(a.name)) > 0)" \
	" AND (? = 0 OR " STATE " = ?) AND (? = 0 OR sr.account_id IS NOT NULL)"

static const struct stmt STMTS[] = {
	[LIST] = {ROW FROM " WHERE a.login > ? AND" MATCHES " ORDER BY a.login LIMIT ?", "ssssiiii",
		  "isssiIIII"},
	[COUNT_ALL] = {"SELECT COUNT(*)" FROM " WHERE" MATCHES, "sssiii", "i"},
	[GET] = {ROW FROM " WHERE a.id = ?", "i", "isssiIIII"},
	[ROLES] = {"SELECT s.id, s.slug, s.name, r.role, s.disabled_at, r.role = 3 AND NOT EXISTS"
		   " (SELECT 1 FROM role o JOIN account x ON x.id = o.account_id WHERE"
		   " o.subscription_id = s.id AND o.role = 3 AND o.account_id <> r.account_id"
		   " AND x.disabled_at IS NULL) FROM role r"
		   " JOIN subscription s ON s.id = r.subscription_id WHERE r.account_id = ?"
		   " ORDER BY s.slug",
		   "i", "issiIi"},
};

const struct stmt_table STORE_SITE_ACCOUNT = {"site_account", STMTS, COUNT(STMTS)};

static bool next(struct rows *rows, struct site_account *out)
{
	int64_t site = 0;

	if (!rows_next(rows, &out->id, &out->login, &out->name, &out->email, &out->created_at,
		       &out->disabled_at, &out->signed_in_at, &out->password_at, &site))
		return false;
	out->site_admin = site != 0;
	return true;
}

int store_site_account_list(struct db *db, struct arena *a, const struct site_account_filter *f,
			    struct span after, int64_t limit, struct site_account **list, size_t *n)
{
	int64_t state = f->state, admins = f->site_admins;
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[LIST], &rows, after, f->search, f->search, f->search, state,
		      state, admins, limit));
	*list = ARENA_ARRAY(a, struct site_account, rows_count(rows) + 1);
	for (*n = 0; next(rows, &(*list)[*n]);)
		++*n;
	return OK;
}

int store_site_account_count(struct db *db, struct arena *a, const struct site_account_filter *f,
			     int64_t *total)
{
	int64_t state = f->state, admins = f->site_admins;
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[COUNT_ALL], &rows, f->search, f->search, f->search, state,
		      state, admins));
	return rows_next(rows, total) ? OK : E_BUG;
}

int store_site_account_get(struct db *db, struct arena *a, int64_t id, struct site_account *out)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[GET], &rows, id));
	return next(rows, out) ? OK : E_NOT_FOUND;
}

int store_site_account_roles(struct db *db, struct arena *a, int64_t id,
			     struct site_account_role **list, size_t *n)
{
	struct site_account_role r = {0};
	int64_t role, disabled, only;
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[ROLES], &rows, id));
	*list = ARENA_ARRAY(a, struct site_account_role, rows_count(rows) + 1);
	*n = 0;
	while (rows_next(rows, &r.subscription_id, &r.slug, &r.name, &role, &disabled, &only)) {
		r.role = (enum role)role;
		r.disabled = disabled != 0;
		r.only_admin = only != 0;
		(*list)[(*n)++] = r;
	}
	return OK;
}
