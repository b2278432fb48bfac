/* rename.c: places by name, file by file.
 *
 * The database takes "a " for "a", so a name is compared by its length, too. The rows of a page are
 * found in an index before anything is joined to them: there may be thousands. */
#include "store/rename.h"

#include "store/project.h"
#include "base/banned.h"

enum { PLACES, PLACES_NAMED, OF_PROJECT, COUNT_NAMED, MARK, DYNAMIC };

#define CELLS                                                                                      \
	"SELECT r.project_id, p.name, p.url, p.git_host, r.file_id, w.path, w.fault <> '', "       \
	"r.kind, r.line, r.col,"                                                                   \
	" r.consumer, r.ref_key, r.spot_line, r.spot_at, r.spot_bytes"
#define RESULTS "issiisiiiissiii"
#define NAMED " STRAIGHT_JOIN collaborator c ON c.project_id = r.project_id AND c.account_id = ?"
#define OF_NAME                                                                                    \
	" WHERE r.subscription_id = ? AND r.name = ? AND LENGTH(r.name) = LENGTH(?) AND"           \
	" r.is_dynamic = 0"
#define FOUND(named)                                                                               \
	" FROM (SELECT r.file_id, r.n FROM reference r FORCE INDEX (reference_use)" named OF_NAME  \
	" ORDER BY r.project_id, r.file_id, r.n LIMIT ? OFFSET ?) k"                               \
	" JOIN reference r ON r.file_id = k.file_id AND r.n = k.n"                                 \
	" JOIN workflow_file w ON w.id = r.file_id JOIN project p ON p.id = r.project_id"          \
	" ORDER BY r.project_id, r.file_id, r.n"

static const struct stmt STMTS[] = {
	[PLACES] = {CELLS FOUND(""), "issii", RESULTS},
	[PLACES_NAMED] = {CELLS FOUND(NAMED), "iissii", RESULTS},
	[OF_PROJECT] = {CELLS " FROM reference r JOIN workflow_file w ON w.id = r.file_id"
			      " JOIN project p ON p.id = r.project_id" OF_NAME
			      " AND r.project_id = ? ORDER BY r.file_id, r.n",
			"issi", RESULTS},
	[COUNT_NAMED] =
		{"SELECT COUNT(*) FROM collaborator c STRAIGHT_JOIN reference r FORCE INDEX "
		 "(reference_use) ON c.account_id = ? AND r.project_id = c.project_id" OF_NAME,
		 "iiss", "i"},
	[MARK] = {"SELECT COUNT(*), COALESCE(SUM(r.file_id), 0) FROM reference r FORCE INDEX "
		  "(reference_use)" OF_NAME,
		  "iss", "ii"},
	[DYNAMIC] = {"SELECT COALESCE(SUM(dynamic_n), 0) FROM workflow_file WHERE"
		     " subscription_id = ? AND dynamic_n > 0",
		     "i", "i"},
};

const struct stmt_table STORE_RENAME = {"rename", STMTS, COUNT(STMTS)};

static bool sees_all(const struct scope *s)
{
	return s->role == ROLE_ADMIN || s->role == ROLE_MEMBER;
}

static int read_mark(struct db *db, struct arena *a, const struct scope *s, struct span name,
		     int64_t *all, struct span *mark)
{
	int64_t files = 0;
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[MARK], &rows, s->subscription_id, name, name));
	if (!rows_next(rows, all, &files))
		return E_BUG;
	*mark = *all ? arena_printf(a, "%lld:%lld", (long long)*all, (long long)files) : SPAN("");
	return OK;
}

static int read_counts(struct db *db, struct arena *a, const struct scope *s, struct span name,
		       struct rename_places *out)
{
	struct rows *rows;
	int64_t all = 0;

	TRY(read_mark(db, a, s, name, &all, &out->mark));
	out->seen = all;
	if (!sees_all(s) && all) {
		TRY(db_select(db, a, &STMTS[COUNT_NAMED], &rows, s->account_id, s->subscription_id,
			      name, name));
		if (!rows_next(rows, &out->seen))
			return E_BUG;
	}
	out->hidden = all - out->seen;
	TRY(db_select(db, a, &STMTS[DYNAMIC], &rows, s->subscription_id));
	return rows_next(rows, &out->dynamic) ? OK : E_BUG;
}

static void read_rows(struct arena *a, struct rows *rows, struct span name,
		      struct rename_place **list, size_t *n)
{
	struct rename_place p = {.reference.name = name};
	struct reference *r = &p.reference;
	int64_t stale, kind, host;

	*list = ARENA_ARRAY(a, struct rename_place, rows_count(rows) + 1);
	for (*n = 0; rows_next(rows, &p.project_id, &p.project, &p.place.url, &host, &p.file_id,
			       &p.path, &stale, &kind, &r->line, &r->column, &r->consumer, &r->key,
			       &r->spot.line, &r->spot.at, &r->spot.bytes);
	     ++*n) {
		p.stale = stale != 0;
		p.place.host = (enum git_host)host;
		r->file_id = p.file_id;
		r->kind = (enum reference_kind)kind;
		(*list)[*n] = p;
	}
}

int store_rename_places(struct db *db, struct arena *a, const struct scope *s, struct span name,
			int64_t offset, int64_t limit, struct rename_places *out)
{
	int64_t sub = s->subscription_id;
	struct rows *rows;

	*out = (struct rename_places){0};
	TRY(read_counts(db, a, s, name, out));
	if (out->seen == 0)
		return OK;
	if (sees_all(s))
		TRY(db_select(db, a, &STMTS[PLACES], &rows, sub, name, name, limit, offset));
	else
		TRY(db_select(db, a, &STMTS[PLACES_NAMED], &rows, s->account_id, sub, name, name,
			      limit, offset));
	read_rows(a, rows, name, &out->list, &out->n);
	return OK;
}

int store_rename_project(struct db *db, struct arena *a, const struct scope *s, struct span name,
			 int64_t project_id, struct rename_place **list, size_t *n)
{
	struct project_row project;
	struct rows *rows;

	TRY(store_project_get(db, a, s, project_id, &project));
	TRY(db_select(db, a, &STMTS[OF_PROJECT], &rows, s->subscription_id, name, name,
		      project_id));
	read_rows(a, rows, name, list, n);
	return OK;
}

int store_rename_check(struct db *db, struct arena *a, const struct scope *s, struct span name,
		       struct integration_change *c)
{
	struct span mark;
	int64_t all = 0;

	ASSERT(db_in_transaction(db));
	TRY(read_mark(db, a, s, name, &all, &mark));
	c->moved = c->places.p && !span_eq(c->places, mark);
	c->in_use = all > 0 && !c->sure;
	return c->moved || c->in_use ? E_CONFLICT : OK;
}
