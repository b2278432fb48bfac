/* own_list.c: lists of an account's own integrations. Somebody has a few of them, so all are looked
 * at in the order of their names; only of those of the page it is counted where they are used. */
#include "store/own.h"

#include "base/banned.h"

enum { NAME_FORTH, TYPE_FORTH, CHANGED_FORTH, NAME_BACK, TYPE_BACK, CHANGED_BACK, SOME, USED };

/* clang-format off */
/* Places that name a handle of it in subscriptions in which its owner has a role: those of others
 * are none of their business. */
#define PLACES                                                                                     \
	" FROM binding b JOIN role o ON o.account_id = b.account_id AND o.subscription_id ="       \
	" b.subscription_id JOIN integration h ON h.id = b.integration_id JOIN name_use n ON"      \
	" n.subscription_id = b.subscription_id AND n.name = h.name"                               \
	" WHERE b.account_integration_id = i.id"
/* account; type twice, state twice, search twice, use twice, since thrice */
#define MEANT                                                                                      \
	" WHERE i.account_id = ? AND (? = '' OR i.type = ?)"                                       \
	" AND (? = 0 OR (i.disabled_at IS NULL) = (? = 1))"                                        \
	" AND (? = '' OR LOCATE(LOWER(?), i.words) > 0)"                                           \
	" AND (? = 0 OR (EXISTS (SELECT 1" PLACES ") = (? = 1) AND (? = 0 OR (i.created_at < ?"    \
	" AND NOT EXISTS (SELECT 1 FROM binding b JOIN role o ON o.account_id = b.account_id AND"  \
	" o.subscription_id = b.subscription_id JOIN integration h ON h.id = b.integration_id"     \
	" WHERE b.account_integration_id = i.id AND h.used_at >= ?)))))"
#define MEANT_PARAMS "issiissiiiii"
#define HANDLES                                                                                    \
	" (SELECT COUNT(*) FROM binding b WHERE b.account_integration_id = i.id),"                 \
	" (SELECT COUNT(DISTINCT b.subscription_id) FROM binding b"                                \
	" WHERE b.account_integration_id = i.id),"                                                 \
	" (SELECT COALESCE(SUM(n.uses), 0)" PLACES ")"
#define LIST(place, order, place_params)                                                           \
	{"SELECT i.id, i.name, i.type, i.url, i.disabled_at, i.changed_at," HANDLES                \
	 " FROM (SELECT i.id FROM integration i FORCE INDEX (integration_own_name)" MEANT          \
	 " AND " place " ORDER BY " order " LIMIT ?) k JOIN integration i ON i.id = k.id"          \
	 " WHERE i.account_id = ? ORDER BY " order,                                                \
	 MEANT_PARAMS place_params "ii", "isssIiiii"}

static const struct stmt STMTS[] = {
	[NAME_FORTH] = LIST("i.name > ?", "i.name", "s"),
	[TYPE_FORTH] = LIST("(i.type > ? OR (i.type = ? AND i.name > ?))", "i.type, i.name", "sss"),
	[CHANGED_FORTH] = LIST("(i.changed_at < ? OR (i.changed_at = ? AND i.id < ?))",
			       "i.changed_at DESC, i.id DESC", "iii"),
	[NAME_BACK] = LIST("i.name < ?", "i.name DESC", "s"),
	[TYPE_BACK] = LIST("(i.type < ? OR (i.type = ? AND i.name < ?))",
			   "i.type DESC, i.name DESC", "sss"),
	[CHANGED_BACK] = LIST("(i.changed_at > ? OR (i.changed_at = ? AND i.id > ?))",
			      "i.changed_at, i.id", "iii"),
	[SOME] = {"SELECT COUNT(*) FROM integration i FORCE INDEX (integration_own_name)" MEANT,
		  MEANT_PARAMS, "i"},
	[USED] = {"SELECT" HANDLES " FROM integration i WHERE i.account_id = ? AND i.id = ?", "ii",
		  "iii"},
};
/* clang-format on */

const struct stmt_table STORE_OWN_LIST = {"own_list", STMTS, COUNT(STMTS)};

#define MEANT_VALUES(s, q)                                                                         \
	(s)->account_id, (q)->type, (q)->type, (int64_t)(q)->state, (int64_t)(q)->state,           \
		(q)->search, (q)->search, (int64_t)(q)->use, (int64_t)(q)->use, (q)->since,        \
		(q)->since, (q)->since

static int select_page(struct db *db, struct arena *a, const struct scope *s,
		       const struct integration_query *q, struct rows **rows)
{
	static const struct integration_row START = {
		.changed_at = INT64_MAX, .id = INT64_MAX, .name = {"", 0}, .type = {"", 0}};
	const struct integration_row *from = q->from ? q->from : &START;
	const struct stmt *stmt = &STMTS[(q->back ? NAME_BACK : NAME_FORTH) + (int)q->sort];

	switch (q->sort) {
	case SORT_TYPE:
		return db_select(db, a, stmt, rows, MEANT_VALUES(s, q), from->type, from->type,
				 from->name, q->limit, s->account_id);
	case SORT_CHANGED:
		return db_select(db, a, stmt, rows, MEANT_VALUES(s, q), from->changed_at,
				 from->changed_at, from->id, q->limit, s->account_id);
	case SORT_NAME:
	case SORTS:
		break;
	}
	return db_select(db, a, stmt, rows, MEANT_VALUES(s, q), from->name, q->limit,
			 s->account_id);
}

int store_own_list(struct db *db, struct arena *a, const struct scope *s,
		   const struct integration_query *q, struct integration_row **list, size_t *n)
{
	struct integration_row r = {.all_projects = true, .edit_roles = ROLE_BIT(ROLE_ADMIN)};
	int64_t disabled;
	struct rows *rows;
	size_t count;

	TRY(select_page(db, a, s, q, &rows));
	*n = count = rows_count(rows);
	*list = ARENA_ARRAY(a, struct integration_row, count + 1);
	for (size_t k = 0; rows_next(rows, &r.id, &r.name, &r.type, &r.url, &disabled,
				     &r.changed_at, &r.handles, &r.subscriptions, &r.uses);
	     k++) {
		r.disabled = disabled != 0;
		(*list)[q->back ? count - 1 - k : k] = r;
	}
	return OK;
}

int store_own_count(struct db *db, struct arena *a, const struct scope *s,
		    const struct integration_query *q, int64_t *total)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[SOME], &rows, MEANT_VALUES(s, q)));
	return rows_next(rows, total) ? OK : E_BUG;
}

int store_own_used(struct db *db, struct arena *a, const struct scope *s, int64_t id,
		   int64_t *handles, int64_t *subscriptions, int64_t *uses)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[USED], &rows, s->account_id, id));
	return rows_next(rows, handles, subscriptions, uses) ? OK : E_NOT_FOUND;
}
