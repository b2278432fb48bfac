/* project.c: projects: reading them within a scope. The changes are in project_change.c. */
#include "store/project.h"

#include "store/binding_sql.h"
#include "base/banned.h"

enum {
	ALL,
	ALL_NAMED,
	COUNT_ALL,
	FIND,
	FIND_NAMED,
	PAGE,
	PAGE_NAMED,
	COUNT_LIKE,
	COUNT_LIKE_NAMED,
	GET,
	GET_NAMED,
	INTEGRATIONS,
	INTEGRATIONS_NAMED,
};

/* A collaborator sees what they are named on. */
#define NAMED " JOIN collaborator n ON n.project_id = p.id AND n.account_id = ?"
#define ROW_OF(seen)                                                                               \
	"SELECT p.id, p.name, p.created_at, p.url, p.git_host,"                                    \
	" (SELECT COUNT(*) FROM integration_project x JOIN integration i ON i.id ="                \
	" x.integration_id AND i.all_projects = 0 WHERE x.project_id = p.id" seen "),"             \
	" (SELECT COUNT(*) FROM collaborator c WHERE c.project_id = p.id) FROM project p"
#define ROW ROW_OF("")
/* account (i): without bound ones that the grant of their owner keeps from the viewer */
#define ROW_SEEN ROW_OF(BINDING_SEEN)
#define LIMITED                                                                                    \
	"SELECT i.id, i.name, i.type, NOT EXISTS (SELECT 1 FROM integration_project y WHERE"       \
	" y.integration_id = i.id AND y.project_id <> x.project_id) FROM integration_project x"    \
	" JOIN integration i ON i.id = x.integration_id AND i.subscription_id = ? AND"             \
	" i.all_projects = 0 WHERE x.project_id = ?"
#define LIMITED_ORDER " ORDER BY i.name LIMIT ?"
/* An empty text is in every name. */
#define LIKE " AND INSTR(LOWER(p.name), LOWER(?)) > 0"
#define AFTER " WHERE p.subscription_id = ? AND p.name > ?" LIKE " ORDER BY p.name LIMIT ?"

static const struct stmt STMTS[] = {
	[ALL] = {"SELECT id, name FROM project WHERE subscription_id = ? ORDER BY name", "i", "is"},
	[ALL_NAMED] = {"SELECT p.id, p.name FROM project p" NAMED
		       " WHERE p.subscription_id = ? ORDER BY p.name",
		       "ii", "is"},
	[COUNT_ALL] = {"SELECT COUNT(*) FROM project WHERE subscription_id = ?", "i", "i"},
	[FIND] = {"SELECT id, name FROM project WHERE subscription_id = ? AND name = ?", "is",
		  "is"},
	[FIND_NAMED] = {"SELECT p.id, p.name FROM project p" NAMED
			" WHERE p.subscription_id = ? AND p.name = ?",
			"iis", "is"},
	[PAGE] = {ROW AFTER, "issi", "isisiii"},
	[PAGE_NAMED] = {ROW_SEEN NAMED AFTER, "iiissi", "isisiii"},
	[COUNT_LIKE] = {"SELECT COUNT(*) FROM project p WHERE p.subscription_id = ?" LIKE, "is",
			"i"},
	[COUNT_LIKE_NAMED] = {"SELECT COUNT(*) FROM project p" NAMED
			      " WHERE p.subscription_id = ?" LIKE,
			      "iis", "i"},
	[GET] = {ROW " WHERE p.subscription_id = ? AND p.id = ?", "ii", "isisiii"},
	[GET_NAMED] = {ROW_SEEN NAMED " WHERE p.subscription_id = ? AND p.id = ?", "iiii", "isisiii"},
	[INTEGRATIONS] = {LIMITED LIMITED_ORDER, "iii", "issi"},
	[INTEGRATIONS_NAMED] = {LIMITED BINDING_SEEN LIMITED_ORDER, "iiii", "issi"},
};

const struct stmt_table STORE_PROJECT = {"project", STMTS, COUNT(STMTS)};

static bool sees_all(const struct scope *s)
{
	return s->role == ROLE_ADMIN || s->role == ROLE_MEMBER;
}

static int count_all(struct db *db, struct arena *a, int64_t subscription, int64_t *total)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[COUNT_ALL], &rows, subscription));
	return rows_next(rows, total) ? OK : E_BUG;
}

int store_project_list(struct db *db, struct arena *a, const struct scope *s, struct project **list,
		       size_t *n, int64_t *total)
{
	struct project p = {0};
	struct rows *rows;

	if (!sees_all(s))
		TRY(db_select(db, a, &STMTS[ALL_NAMED], &rows, s->account_id, s->subscription_id));
	else
		TRY(db_select(db, a, &STMTS[ALL], &rows, s->subscription_id));
	*list = ARENA_ARRAY(a, struct project, rows_count(rows));
	*n = 0;
	while (rows_next(rows, &p.id, &p.name))
		(*list)[(*n)++] = p;
	*total = (int64_t)*n;
	return sees_all(s) ? OK : count_all(db, a, s->subscription_id, total);
}

/* Its own, which is read by its id: what other names there are takes no part in it. */
static int find_of_token(struct db *db, struct arena *a, const struct scope *s, struct span name,
			 int64_t *id)
{
	struct project_row p;

	TRY(store_project_get(db, a, s, s->project_id, &p));
	*id = p.id;
	return span_eq(p.name, name) ? OK : E_NOT_FOUND;
}

int store_project_find(struct db *db, struct arena *a, const struct scope *s, struct span name,
		       int64_t *id)
{
	struct span found;
	struct rows *rows;

	if (s->sync_token_id)
		return find_of_token(db, a, s, name, id);
	if (!sees_all(s))
		TRY(db_select(db, a, &STMTS[FIND_NAMED], &rows, s->account_id, s->subscription_id,
			      name));
	else
		TRY(db_select(db, a, &STMTS[FIND], &rows, s->subscription_id, name));
	/* the database takes "web " for "web" */
	return rows_next(rows, id, &found) && span_eq(found, name) ? OK : E_NOT_FOUND;
}

static bool row_next(struct rows *rows, struct project_row *p)
{
	int64_t host = 0;
	bool more = rows_next(rows, &p->id, &p->name, &p->created_at, &p->place.url, &host,
			      &p->integrations, &p->collaborators);

	p->place.host = (enum git_host)host;
	return more;
}

int store_project_page(struct db *db, struct arena *a, const struct scope *s,
		       const struct project_query *q, struct project_row **list, size_t *n)
{
	struct rows *rows;

	if (sees_all(s))
		TRY(db_select(db, a, &STMTS[PAGE], &rows, s->subscription_id, q->after, q->search,
			      q->limit));
	else
		TRY(db_select(db, a, &STMTS[PAGE_NAMED], &rows, s->account_id, s->account_id,
			      s->subscription_id, q->after, q->search, q->limit));
	*list = ARENA_ARRAY(a, struct project_row, rows_count(rows) + 1);
	for (*n = 0; row_next(rows, &(*list)[*n]);)
		++*n;
	return OK;
}

int store_project_count(struct db *db, struct arena *a, const struct scope *s, struct span search,
			int64_t *total)
{
	struct rows *rows;

	if (sees_all(s))
		TRY(db_select(db, a, &STMTS[COUNT_LIKE], &rows, s->subscription_id, search));
	else
		TRY(db_select(db, a, &STMTS[COUNT_LIKE_NAMED], &rows, s->account_id,
			      s->subscription_id, search));
	return rows_next(rows, total) ? OK : E_BUG;
}

int store_project_get(struct db *db, struct arena *a, const struct scope *s, int64_t id,
		      struct project_row *out)
{
	struct rows *rows;

	if (s->sync_token_id && s->project_id != id)
		return E_NOT_FOUND;
	if (sees_all(s) || s->sync_token_id)
		TRY(db_select(db, a, &STMTS[GET], &rows, s->subscription_id, id));
	else
		TRY(db_select(db, a, &STMTS[GET_NAMED], &rows, s->account_id, s->account_id,
			      s->subscription_id, id));
	return row_next(rows, out) ? OK : E_NOT_FOUND;
}

int store_project_integrations(struct db *db, struct arena *a, const struct scope *s, int64_t id,
			       int64_t limit, struct project_integration **list, size_t *n)
{
	struct project_integration i = {0};
	struct rows *rows;
	int64_t alone;

	if (sees_all(s))
		TRY(db_select(db, a, &STMTS[INTEGRATIONS], &rows, s->subscription_id, id, limit));
	else
		TRY(db_select(db, a, &STMTS[INTEGRATIONS_NAMED], &rows, s->subscription_id, id,
			      s->account_id, limit));
	*list = ARENA_ARRAY(a, struct project_integration, rows_count(rows) + 1);
	for (*n = 0; rows_next(rows, &i.id, &i.name, &i.type, &alone); ++*n) {
		i.alone = alone != 0;
		(*list)[*n] = i;
	}
	return OK;
}
