/* workflow_list.c: workflow files by project. */
#include "store/workflow_list.h"

#include "base/buf.h"
#include "store/account.h"
#include "store/subscription.h"
#include "store/workflow_file.h"
#include "base/banned.h"

enum { PAGE, COUNT_ALL, CHOSEN, GROUPS, UNUSED };

/* Whoever sent a project's newest file. */
#define SYNCED_BY                                                                                  \
	"COALESCE((SELECT IF(x.synced_token <> '', x.synced_token," ACCOUNT_WHO(                   \
		"a") ") FROM workflow_file x LEFT JOIN account a ON a.id = x.synced_by WHERE"      \
		     " x.project_id = p.id ORDER BY x.synced_at DESC, x.id LIMIT 1), '')"
#define ROW                                                                                        \
	"SELECT p.id, p.name, COUNT(w.id), COALESCE(SUM(w.references_n), 0),"                      \
	" COALESCE(SUM(w.fault <> ''), 0), COALESCE(MAX(w.synced_at), 0)," SYNCED_BY               \
	" FROM project p LEFT JOIN workflow_file w ON w.project_id = p.id"                         \
	" WHERE p.subscription_id = ?"
#define ROW_CELLS "isiiiis"
/* An empty text is in every name. */
#define LIKE " AND INSTR(LOWER(p.name), LOWER(?)) > 0"
#define BEFORE                                                                                     \
	" AND (? = 0 OR NOT EXISTS (SELECT 1 FROM workflow_file y WHERE y.project_id = p.id AND"   \
	" y.synced_at >= ?))"
#define BY_NAME " GROUP BY p.id, p.name ORDER BY p.name"

static const struct stmt STMTS[] = {
	[PAGE] = {ROW " AND p.name > ?" LIKE BEFORE BY_NAME " LIMIT ?", "issiii", ROW_CELLS},
	[COUNT_ALL] = {"SELECT COUNT(*) FROM project p WHERE p.subscription_id = ?" LIKE BEFORE,
		       "isii", "i"},
	[CHOSEN] = {ROW " AND FIND_IN_SET(p.id, ?) > 0" BY_NAME, "is", ROW_CELLS},
	/* "a " is "a" to the database, and another name */
	[GROUPS] = {"SELECT r.name, r.kind, r.ref_key, r.is_dynamic, r.resource_type,"
		    " w.fault <> '', COUNT(*) FROM workflow_file w JOIN reference r ON r.file_id = w.id"
		    " WHERE w.subscription_id = ? AND w.project_id = ?"
		    " GROUP BY r.name, LENGTH(r.name), r.kind, r.ref_key, r.is_dynamic,"
		    " r.resource_type, w.fault <> ''",
		    "ii", "sisisii"},
	[UNUSED] = {"SELECT i.id, i.name FROM (SELECT DISTINCT r.name FROM workflow_file w JOIN"
		    " reference r ON r.file_id = w.id WHERE w.subscription_id = ? AND"
		    " FIND_IN_SET(w.project_id, ?) > 0 AND r.is_dynamic = 0) m"
		    " JOIN integration i ON i.subscription_id = ? AND i.name = m.name AND"
		    " LENGTH(i.name) = LENGTH(m.name) WHERE NOT EXISTS (SELECT 1 FROM reference o"
		    " WHERE o.subscription_id = i.subscription_id AND o.name = i.name AND"
		    " LENGTH(o.name) = LENGTH(i.name) AND o.is_dynamic = 0 AND"
		    " FIND_IN_SET(o.project_id, ?) = 0) ORDER BY i.name LIMIT ?",
		    "isisi", "is"},
};

const struct stmt_table STORE_WORKFLOW_LIST = {"workflow_list", STMTS, COUNT(STMTS)};

/* "3,7,12", for FIND_IN_SET. */
static struct span set_of(struct arena *a, const int64_t *ids, size_t n)
{
	struct buf out = BUF_INIT;
	struct span text;

	for (size_t k = 0; k < n; k++)
		buf_printf(&out, "%s%lld", k ? "," : "", (long long)ids[k]);
	text = arena_span(a, buf_span(&out));
	buf_release(&out);
	return text;
}

static void read_rows(struct arena *a, struct rows *rows, struct workflow_project **list, size_t *n)
{
	struct workflow_project p = {0};

	*list = ARENA_ARRAY(a, struct workflow_project, rows_count(rows) + 1);
	for (*n = 0; rows_next(rows, &p.id, &p.name, &p.files, &p.references, &p.unreadable,
			       &p.synced_at, &p.synced_by);)
		(*list)[(*n)++] = p;
}

int store_workflow_projects(struct db *db, struct arena *a, const struct scope *s,
			    const struct workflow_query *q, struct workflow_project **list,
			    size_t *n)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[PAGE], &rows, s->subscription_id, q->after, q->search,
		      q->before, q->before, q->limit));
	read_rows(a, rows, list, n);
	return OK;
}

int store_workflow_projects_count(struct db *db, struct arena *a, const struct scope *s,
				  const struct workflow_query *q, int64_t *total)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[COUNT_ALL], &rows, s->subscription_id, q->search, q->before,
		      q->before));
	return rows_next(rows, total) ? OK : E_BUG;
}

int store_workflow_chosen(struct db *db, struct arena *a, const struct scope *s, const int64_t *ids,
			  size_t nids, struct workflow_project **list, size_t *n)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[CHOSEN], &rows, s->subscription_id, set_of(a, ids, nids)));
	read_rows(a, rows, list, n);
	return OK;
}

int store_workflow_groups(struct db *db, struct arena *a, const struct scope *s, int64_t project_id,
			  struct workflow_group **list, size_t *n)
{
	struct workflow_group g = {0};
	int64_t kind, dynamic, stale;
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[GROUPS], &rows, s->subscription_id, project_id));
	*list = ARENA_ARRAY(a, struct workflow_group, rows_count(rows) + 1);
	for (*n = 0; rows_next(rows, &g.reference.name, &kind, &g.reference.key, &dynamic,
			       &g.reference.resource_type, &stale, &g.n);
	     ++*n) {
		g.reference.kind = (enum reference_kind)kind;
		g.reference.dynamic = dynamic != 0;
		g.stale = stale != 0;
		(*list)[*n] = g;
	}
	return OK;
}

int store_workflow_unused(struct db *db, struct arena *a, const struct scope *s, const int64_t *ids,
			  size_t nids, int64_t limit, struct workflow_unused **list, size_t *n)
{
	struct span set = set_of(a, ids, nids);
	struct workflow_unused u = {0};
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[UNUSED], &rows, s->subscription_id, set, s->subscription_id,
		      set, limit));
	*list = ARENA_ARRAY(a, struct workflow_unused, rows_count(rows) + 1);
	for (*n = 0; rows_next(rows, &u.id, &u.name);)
		(*list)[(*n)++] = u;
	return OK;
}

/* --- removing --- */

struct work {
	struct arena *arena;
	const struct scope *scope;
	const struct actor *actor;
	const struct workflow_clear *clear;
};

static int check_same(const struct workflow_clear *c, const struct workflow_project *list, size_t n)
{
	int64_t files = 0, references = 0;

	for (size_t k = 0; k < n; k++) {
		files += list[k].files;
		references += list[k].references;
	}
	if (n != c->n)
		return E_CONFLICT;
	if (c->files >= 0 && (files != c->files || references != c->references))
		return E_CONFLICT;
	return OK;
}

static int clear(struct db *db, void *arg)
{
	const struct work *w = arg;
	const struct workflow_clear *c = w->clear;
	struct workflow_project *list;
	int64_t removed;
	size_t n;

	TRY(store_subscription_lock_admin(db, w->arena, w->scope));
	TRY(store_workflow_chosen(db, w->arena, w->scope, c->ids, c->n, &list, &n));
	TRY(check_same(c, list, n));
	for (size_t k = 0; k < n; k++)
		if (list[k].files)
			TRY(store_workflow_remove(db, w->arena, w->scope, w->actor, list[k].id,
						  SPAN(""), &removed));
	return OK;
}

int store_workflow_clear(struct db *db, struct arena *a, const struct scope *s,
			 const struct actor *actor, const struct workflow_clear *c)
{
	struct work w = {a, s, actor, c};

	return db_transaction(db, clear, &w);
}
