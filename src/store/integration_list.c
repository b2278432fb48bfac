/* integration_list.c: lists of integrations. A list with a filter finds the ids of one page within
 * one index and joins the rows to them; whether the viewer sees all, a filter that is not set, an
 * empty search: they are parameters, which the server folds away before it begins. Without any, for
 * those who see all, the rows are read as they lie. What hangs on the rows of a page is read in
 * integration_rows.c. */
#include "store/integration_list.h"

#include "store/binding_sql.h"
#include "store/own.h"
#include "base/banned.h"

/* What is walked. BY_SEARCH holds everything that is looked at, so it also serves where few of many
 * rows are meant; then they are sorted. */
enum walk {
	BY_SEARCH_NAME,
	BY_SEARCH_TYPE,
	BY_SEARCH_CHANGED,
	BY_TYPE,
	BY_CHANGED,
	ALL_BY_NAME,
	ALL_BY_TYPE,
	ALL_BY_CHANGED,
	WALKS
};
enum { FORTH, BACK = WALKS, COUNT_ALL = 2 * WALKS, COUNT_SOME };

/* sees all (i), account (i), twice account and subscription, then once more: a collaborator, who is
 * named on a project, sees what these may use. */
#define SEEN                                                                                       \
	" AND (? = 1 OR ((i.all_projects = 1 OR i.id IN (SELECT x.integration_id FROM"             \
	" collaborator c JOIN integration_project x ON x.project_id = c.project_id WHERE"          \
	" c.account_id = ? AND c.subscription_id = ?)) AND EXISTS (SELECT 1 FROM collaborator c"   \
	" WHERE c.account_id = ? AND c.subscription_id = ?)" BINDING_SEEN "))"
/* bound or not (-1: either) twice, whose (0: anybody's) twice, state of a binding thrice */
#define OWNED                                                                                      \
	" AND (? < 0 OR i.bound = ?) AND (? = 0 OR EXISTS (SELECT 1 FROM binding b WHERE"          \
	" b.integration_id = i.id AND b.account_id = ?)) AND (? = 0 OR (i.bound = 1 AND EXISTS "   \
	"(" BINDING_FLAGGED ")))"
/* type twice, enabled (1), disabled (2) or either (0) twice, search twice, the roles of which the
 * viewer has one, search */
#define MEANT                                                                                      \
	" AND (? = '' OR i.type = ?) AND (? = 0 OR (i.disabled_at IS NULL) = (? = 1))"             \
	" AND (? = '' OR (LOCATE(LOWER(?), i.words) > 0 AND ((i.edit_roles & ?) <> 0"              \
	" OR LOCATE(LOWER(?), SUBSTRING_INDEX(i.words, CHAR(10), 1)) > 0)))"
/* use (i), since: tables that are joined, or, where that does not matter, are none. What no index
 * holds is of the row `d`, since a column of `i` that is so much as named makes its index no more
 * than half of the answer. */
#define USES                                                                                       \
	" LEFT JOIN name_use n ON ? <> 0 AND n.subscription_id = i.subscription_id AND"            \
	" n.name = i.name LEFT JOIN integration d ON ? <> 0 AND d.id = i.id"
/* use, the roles of which the viewer has one, use, since twice */
#define USED                                                                                       \
	" AND (? = 0 OR ((i.edit_roles & ?) <> 0 AND (n.uses IS NOT NULL) = (? = 1) AND"           \
	" (? = 0 OR GREATEST(d.used_at, d.created_at) < ?)))"
#define OF USES " WHERE i.subscription_id = ?" SEEN OWNED MEANT USED
#define OF_PARAMS                                                                                  \
	"iii"                                                                                      \
	"iiiiii"                                                                                   \
	"iiiiiii"                                                                                  \
	"ssiissis"                                                                                 \
	"iiiii"

#define ROW                                                                                        \
	"SELECT i.id, i.name, i.type, i.url, i.all_projects, i.edit_roles, i.disabled_at,"         \
	" i.changed_at, i.bound, COALESCE(u.uses, 0), i.used_at"
#define ROW_RESULTS "isssiiIiiii"
#define COUNTED " LEFT JOIN name_use u ON u.subscription_id = i.subscription_id AND u.name = i.name"
#define PAGE(index, place, order)                                                                  \
	ROW " FROM (SELECT i.id FROM integration i FORCE INDEX (" index ")" OF " AND " place       \
	    " ORDER BY " order " LIMIT ?) k JOIN integration i ON i.id = k.id" COUNTED             \
	    " WHERE i.subscription_id = ? ORDER BY " order
#define LIST(index, place, order, place_params)                                                    \
	{                                                                                          \
		PAGE(index, place, order), OF_PARAMS place_params "ii", ROW_RESULTS                \
	}
#define ALL(index, place, order, place_params)                                                     \
	{                                                                                          \
		ROW " FROM integration i FORCE INDEX (" index ")" COUNTED                          \
		    " WHERE i.subscription_id = ? AND " place " ORDER BY " order " LIMIT ?",       \
			"i" place_params "i", ROW_RESULTS                                          \
	}
/* How the three orders go on: behind a place, and before it. */
#define NAME_FORTH(list, index) list(index, "i.name > ?", "i.name", "s")
#define NAME_BACK(list, index) list(index, "i.name < ?", "i.name DESC", "s")
#define TYPE_FORTH(list, index)                                                                    \
	list(index, "(i.type > ? OR (i.type = ? AND i.name > ?))", "i.type, i.name", "sss")
#define TYPE_BACK(list, index)                                                                     \
	list(index, "(i.type < ? OR (i.type = ? AND i.name < ?))", "i.type DESC, i.name DESC",     \
	     "sss")
#define CHANGED_FORTH(list, index)                                                                 \
	list(index, "(i.changed_at < ? OR (i.changed_at = ? AND i.id < ?))",                       \
	     "i.changed_at DESC, i.id DESC", "iii")
#define CHANGED_BACK(list, index)                                                                  \
	list(index, "(i.changed_at > ? OR (i.changed_at = ? AND i.id > ?))", "i.changed_at, i.id", \
	     "iii")

static const struct stmt STMTS[] = {
	[FORTH + BY_SEARCH_NAME] = NAME_FORTH(LIST, "integration_search"),
	[FORTH + BY_SEARCH_TYPE] = TYPE_FORTH(LIST, "integration_search"),
	[FORTH + BY_SEARCH_CHANGED] = CHANGED_FORTH(LIST, "integration_search"),
	[FORTH + BY_TYPE] = TYPE_FORTH(LIST, "integration_type"),
	[FORTH + BY_CHANGED] = CHANGED_FORTH(LIST, "integration_changed"),
	[FORTH + ALL_BY_NAME] = NAME_FORTH(ALL, "integration_name"),
	[FORTH + ALL_BY_TYPE] = TYPE_FORTH(ALL, "integration_type"),
	[FORTH + ALL_BY_CHANGED] = CHANGED_FORTH(ALL, "integration_changed"),
	[BACK + BY_SEARCH_NAME] = NAME_BACK(LIST, "integration_search"),
	[BACK + BY_SEARCH_TYPE] = TYPE_BACK(LIST, "integration_search"),
	[BACK + BY_SEARCH_CHANGED] = CHANGED_BACK(LIST, "integration_search"),
	[BACK + BY_TYPE] = TYPE_BACK(LIST, "integration_type"),
	[BACK + BY_CHANGED] = CHANGED_BACK(LIST, "integration_changed"),
	[BACK + ALL_BY_NAME] = NAME_BACK(ALL, "integration_name"),
	[BACK + ALL_BY_TYPE] = TYPE_BACK(ALL, "integration_type"),
	[BACK + ALL_BY_CHANGED] = CHANGED_BACK(ALL, "integration_changed"),
	[COUNT_ALL] = {"SELECT COUNT(*) FROM integration WHERE subscription_id = ?", "i", "i"},
	[COUNT_SOME] = {"SELECT COUNT(*) FROM integration i FORCE INDEX (integration_search)" OF,
			OF_PARAMS, "i"},
};

const struct stmt_table STORE_INTEGRATION_LIST = {"integration_list", STMTS, COUNT(STMTS)};

static bool sees_all(const struct scope *s)
{
	return s->role == ROLE_ADMIN || s->role == ROLE_MEMBER;
}

/* Are not all that there are meant? */
static bool is_filtered(const struct integration_query *q)
{
	return q->search.n || q->type.n || q->state != STATE_ANY || q->owner != OWNER_ANY ||
	       q->use != USE_ANY;
}

static enum walk walk_of(const struct scope *s, const struct integration_query *q)
{
	bool few = q->search.n || q->state != STATE_ANY || q->owner != OWNER_ANY ||
		   q->use != USE_ANY || (q->type.n && q->sort == SORT_CHANGED);
	bool all = sees_all(s) && !is_filtered(q);

	switch (q->sort) {
	case SORT_TYPE:
		return all ? ALL_BY_TYPE : few ? BY_SEARCH_TYPE : BY_TYPE;
	case SORT_CHANGED:
		return all ? ALL_BY_CHANGED : few ? BY_SEARCH_CHANGED : BY_CHANGED;
	case SORT_NAME:
	case SORTS:
		break;
	}
	/* within one type, names are in order there, too */
	return all ? ALL_BY_NAME : q->type.n && !few ? BY_TYPE : BY_SEARCH_NAME;
}

/* The viewer sees the URLs of what one of these roles may edit (product rule 3). */
static int64_t url_roles(const struct scope *s)
{
	return s->role == ROLE_ADMIN  ? ROLE_SET_ALL
	       : s->role == ROLE_NONE ? 0
				      : (int64_t)ROLE_BIT(s->role);
}

/* The query as numbers. */
struct filter {
	int64_t all, bound, whose, flag, able, count_roles;
};

static struct filter filter_of(const struct scope *s, const struct integration_query *q)
{
	bool flagged = q->state == STATE_LEFT || q->state == STATE_WITHDRAWN;

	return (struct filter){
		.all = sees_all(s),
		.bound = q->owner == OWNER_ANY ? -1 : q->owner != OWNER_ORG,
		.whose = q->owner == OWNER_MINE ? s->account_id : 0,
		.flag = q->state == STATE_LEFT	      ? BINDING_FLAG_LEFT
			: q->state == STATE_WITHDRAWN ? BINDING_FLAG_WITHDRAWN
						      : 0,
		.able = flagged ? 0 : (int64_t)q->state,
		.count_roles = sees_all(s) ? ROLE_SET_ALL : url_roles(s),
	};
}

#define OF_VALUES(s, q, f)                                                                         \
	(int64_t)(q)->use, (q)->since, (s)->subscription_id, (f).all, (s)->account_id,             \
		(s)->subscription_id, (s)->account_id, (s)->subscription_id, (s)->account_id,      \
		(f).bound, (f).bound, (f).whose, (f).whose, (f).flag, (f).flag, (f).flag,          \
		(q)->type, (q)->type, (f).able, (f).able, (q)->search, (q)->search, url_roles(s),  \
		(q)->search, (int64_t)(q)->use, (f).count_roles, (int64_t)(q)->use, (q)->since,    \
		(q)->since

static int select_page(struct db *db, struct arena *a, const struct scope *s,
		       const struct integration_query *q, struct rows **rows)
{
	static const struct integration_row START = {
		.changed_at = INT64_MAX, .id = INT64_MAX, .name = {"", 0}, .type = {"", 0}};
	const struct integration_row *from = q->from ? q->from : &START;
	struct span type = q->from && q->type.n ? q->type : from->type;
	enum walk walk = walk_of(s, q);
	const struct stmt *stmt = &STMTS[(q->back ? BACK : FORTH) + (int)walk];
	struct filter f = filter_of(s, q);
	int64_t sub = s->subscription_id;

	switch (walk) {
	case ALL_BY_NAME:
		return db_select(db, a, stmt, rows, sub, from->name, q->limit);
	case ALL_BY_TYPE:
		return db_select(db, a, stmt, rows, sub, type, type, from->name, q->limit);
	case ALL_BY_CHANGED:
		return db_select(db, a, stmt, rows, sub, from->changed_at, from->changed_at,
				 from->id, q->limit);
	case BY_SEARCH_TYPE:
	case BY_TYPE:
		return db_select(db, a, stmt, rows, OF_VALUES(s, q, f), type, type, from->name,
				 q->limit, sub);
	case BY_SEARCH_CHANGED:
	case BY_CHANGED:
		return db_select(db, a, stmt, rows, OF_VALUES(s, q, f), from->changed_at,
				 from->changed_at, from->id, q->limit, sub);
	case BY_SEARCH_NAME:
	case WALKS:
		break;
	}
	return db_select(db, a, stmt, rows, OF_VALUES(s, q, f), from->name, q->limit, sub);
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
	int64_t all, roles, disabled, bound;
	struct rows *rows;

	if (s->subscription_id == 0)
		return store_own_list(db, a, s, q, list, n);
	TRY(select_page(db, a, s, q, &rows));
	*list = ARENA_ARRAY(a, struct integration_row, rows_count(rows));
	*n = 0;
	while (rows_next(rows, &r.id, &r.name, &r.type, &r.url, &all, &roles, &disabled,
			 &r.changed_at, &bound, &r.uses, &r.used_at)) {
		r.all_projects = all != 0;
		r.edit_roles = (role_set)roles;
		r.disabled = disabled != 0;
		r.bound = bound != 0;
		(*list)[(*n)++] = r;
	}
	if (q->back)
		turn_round(*list, *n);
	return store_integration_rows_fill(db, a, s, *list, *n);
}

int store_integration_count(struct db *db, struct arena *a, const struct scope *s,
			    const struct integration_query *q, int64_t *total)
{
	struct filter f = filter_of(s, q);
	struct rows *rows;

	if (s->subscription_id == 0)
		return store_own_count(db, a, s, q, total);
	if (is_filtered(q) || !sees_all(s))
		TRY(db_select(db, a, &STMTS[COUNT_SOME], &rows, OF_VALUES(s, q, f)));
	else
		TRY(db_select_kept(db, a, &STMTS[COUNT_ALL], s->revision, &rows,
				   s->subscription_id));
	return rows_next(rows, total) ? OK : E_BUG;
}
