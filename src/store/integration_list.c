/* integration_list.c: lists of integrations. Each statement finds the ids of one page within one
 * index and joins the rows to them. Whether the viewer sees all, a filter that is not set, an empty
 * search: they are parameters, which the server folds away before it begins. */
#include "store/integration_list.h"

#include "store/own.h"
#include "base/banned.h"

/* What is walked. BY_SEARCH holds everything that is looked at, so it also serves where few of many
 * rows are meant; then they are sorted. */
enum walk { BY_SEARCH_NAME, BY_SEARCH_TYPE, BY_SEARCH_CHANGED, BY_TYPE, BY_CHANGED, WALKS };
enum { FORTH, BACK = WALKS, COUNT_ALL = 2 * WALKS, COUNT_SOME };

/* sees all (i), account (i), twice account and subscription: a collaborator, who is named on a
 * project, sees what these may use. */
#define SEEN                                                                                       \
	" AND (? = 1 OR ((i.all_projects = 1 OR i.id IN (SELECT x.integration_id FROM"             \
	" collaborator c JOIN integration_project x ON x.project_id = c.project_id WHERE"          \
	" c.account_id = ? AND c.subscription_id = ?)) AND EXISTS (SELECT 1 FROM collaborator c"   \
	" WHERE c.account_id = ? AND c.subscription_id = ?)))"
/* type twice, state twice, search twice, the roles of which the viewer has one, search */
#define MEANT                                                                                      \
	" AND (? = '' OR i.type = ?) AND (? = 0 OR (i.disabled_at IS NULL) = (? = 1))"             \
	" AND (? = '' OR (LOCATE(LOWER(?), i.words) > 0 AND ((i.edit_roles & ?) <> 0"              \
	" OR LOCATE(LOWER(?), SUBSTRING_INDEX(i.words, CHAR(10), 1)) > 0)))"
#define OF " WHERE i.subscription_id = ?" SEEN MEANT
#define OF_PARAMS                                                                                  \
	"i"                                                                                        \
	"iiiii"                                                                                    \
	"ssiissis"

#define ROW                                                                                        \
	"SELECT i.id, i.name, i.type, i.url, i.all_projects, i.edit_roles, i.disabled_at,"         \
	" i.changed_at, CASE WHEN i.all_projects = 1 THEN NULL ELSE (SELECT"                       \
	" GROUP_CONCAT(p.name ORDER BY p.name SEPARATOR '\n') FROM integration_project ip"         \
	" JOIN project p ON p.id = ip.project_id WHERE ip.integration_id = i.id AND (? = 1"        \
	" OR EXISTS (SELECT 1 FROM collaborator pc WHERE pc.project_id = p.id"                     \
	" AND pc.account_id = ?))) END"
#define PAGE(index, place, order)                                                                  \
	ROW " FROM (SELECT i.id FROM integration i FORCE INDEX (" index ")" OF " AND " place       \
	    " ORDER BY " order " LIMIT ?) k JOIN integration i ON i.id = k.id"                     \
	    " WHERE i.subscription_id = ? ORDER BY " order
#define LIST(index, place, order, place_params)                                                    \
	{                                                                                          \
		PAGE(index, place, order), "ii" OF_PARAMS place_params "ii", "isssiiIis"           \
	}
/* How the three orders go on: behind a place, and before it. */
#define NAME_FORTH(index) LIST(index, "i.name > ?", "i.name", "s")
#define NAME_BACK(index) LIST(index, "i.name < ?", "i.name DESC", "s")
#define TYPE_FORTH(index)                                                                          \
	LIST(index, "(i.type > ? OR (i.type = ? AND i.name > ?))", "i.type, i.name", "sss")
#define TYPE_BACK(index)                                                                           \
	LIST(index, "(i.type < ? OR (i.type = ? AND i.name < ?))", "i.type DESC, i.name DESC",     \
	     "sss")
#define CHANGED_FORTH(index)                                                                       \
	LIST(index, "(i.changed_at < ? OR (i.changed_at = ? AND i.id < ?))",                       \
	     "i.changed_at DESC, i.id DESC", "iii")
#define CHANGED_BACK(index)                                                                        \
	LIST(index, "(i.changed_at > ? OR (i.changed_at = ? AND i.id > ?))", "i.changed_at, i.id", \
	     "iii")

static const struct stmt STMTS[] = {
	[FORTH + BY_SEARCH_NAME] = NAME_FORTH("integration_search"),
	[FORTH + BY_SEARCH_TYPE] = TYPE_FORTH("integration_search"),
	[FORTH + BY_SEARCH_CHANGED] = CHANGED_FORTH("integration_search"),
	[FORTH + BY_TYPE] = TYPE_FORTH("integration_type"),
	[FORTH + BY_CHANGED] = CHANGED_FORTH("integration_changed"),
	[BACK + BY_SEARCH_NAME] = NAME_BACK("integration_search"),
	[BACK + BY_SEARCH_TYPE] = TYPE_BACK("integration_search"),
	[BACK + BY_SEARCH_CHANGED] = CHANGED_BACK("integration_search"),
	[BACK + BY_TYPE] = TYPE_BACK("integration_type"),
	[BACK + BY_CHANGED] = CHANGED_BACK("integration_changed"),
	[COUNT_ALL] = {"SELECT COUNT(*) FROM integration WHERE subscription_id = ?", "i", "i"},
	[COUNT_SOME] = {"SELECT COUNT(*) FROM integration i FORCE INDEX (integration_search)" OF,
			OF_PARAMS, "i"},
};

const struct stmt_table STORE_INTEGRATION_LIST = {"integration_list", STMTS, COUNT(STMTS)};

static enum walk walk_of(const struct integration_query *q)
{
	bool few = q->search.n || q->state != STATE_ANY || (q->type.n && q->sort == SORT_CHANGED);

	switch (q->sort) {
	case SORT_TYPE:
		return few ? BY_SEARCH_TYPE : BY_TYPE;
	case SORT_CHANGED:
		return few ? BY_SEARCH_CHANGED : BY_CHANGED;
	case SORT_NAME:
	case SORTS:
		break;
	}
	/* within one type, names are in order there, too */
	return q->type.n && !few ? BY_TYPE : BY_SEARCH_NAME;
}

static int64_t sees_all(const struct scope *s)
{
	return s->role == ROLE_ADMIN || s->role == ROLE_MEMBER;
}

/* The viewer sees the URLs of what one of these roles may edit (product rule 3). */
static int64_t url_roles(const struct scope *s)
{
	return s->role == ROLE_ADMIN  ? ROLE_SET_ALL
	       : s->role == ROLE_NONE ? 0
				      : (int64_t)ROLE_BIT(s->role);
}

#define OF_VALUES(s, q)                                                                            \
	(s)->subscription_id, sees_all(s), (s)->account_id, (s)->subscription_id, (s)->account_id, \
		(s)->subscription_id, (q)->type, (q)->type, (int64_t)(q)->state,                   \
		(int64_t)(q)->state, (q)->search, (q)->search, url_roles(s), (q)->search

static int select_page(struct db *db, struct arena *a, const struct scope *s,
		       const struct integration_query *q, struct rows **rows)
{
	static const struct integration_row START = {
		.changed_at = INT64_MAX, .id = INT64_MAX, .name = {"", 0}, .type = {"", 0}};
	const struct integration_row *from = q->from ? q->from : &START;
	struct span type = q->from && q->type.n ? q->type : from->type;
	enum walk walk = walk_of(q);
	const struct stmt *stmt = &STMTS[(q->back ? BACK : FORTH) + (int)walk];
	int64_t all = sees_all(s), sub = s->subscription_id;

	switch (walk) {
	case BY_SEARCH_TYPE:
	case BY_TYPE:
		return db_select(db, a, stmt, rows, all, s->account_id, OF_VALUES(s, q), type, type,
				 from->name, q->limit, sub);
	case BY_SEARCH_CHANGED:
	case BY_CHANGED:
		return db_select(db, a, stmt, rows, all, s->account_id, OF_VALUES(s, q),
				 from->changed_at, from->changed_at, from->id, q->limit, sub);
	case BY_SEARCH_NAME:
	case WALKS:
		break;
	}
	return db_select(db, a, stmt, rows, all, s->account_id, OF_VALUES(s, q), from->name,
			 q->limit, sub);
}

static void turn_round(struct integration_row *list, size_t n)
{
	for (size_t k = 0; k < n / 2; k++) {
		struct integration_row other = list[k];

		list[k] = list[n - 1 - k];
		list[n - 1 - k] = other;
	}
}

int store_integration_list(struct db *db, struct arena *a, const struct scope *s,
			   const struct integration_query *q, struct integration_row **list,
			   size_t *n)
{
	struct integration_row r = {0};
	int64_t all, roles, disabled;
	struct rows *rows;

	if (s->subscription_id == 0)
		return store_own_list(db, a, s, q, list, n);
	TRY(select_page(db, a, s, q, &rows));
	*list = ARENA_ARRAY(a, struct integration_row, rows_count(rows));
	*n = 0;
	while (rows_next(rows, &r.id, &r.name, &r.type, &r.url, &all, &roles, &disabled,
			 &r.changed_at, &r.projects)) {
		r.all_projects = all != 0;
		r.edit_roles = (role_set)roles;
		r.disabled = disabled != 0;
		(*list)[(*n)++] = r;
	}
	if (q->back)
		turn_round(*list, *n);
	return OK;
}

int store_integration_count(struct db *db, struct arena *a, const struct scope *s,
			    const struct integration_query *q, int64_t *total)
{
	bool some = q->search.n || q->type.n || q->state != STATE_ANY || !sees_all(s);
	struct rows *rows;

	if (s->subscription_id == 0)
		return store_own_count(db, a, s, q, total);
	if (some)
		TRY(db_select(db, a, &STMTS[COUNT_SOME], &rows, OF_VALUES(s, q)));
	else
		TRY(db_select_kept(db, a, &STMTS[COUNT_ALL], s->revision, &rows,
				   s->subscription_id));
	return rows_next(rows, total) ? OK : E_BUG;
}
