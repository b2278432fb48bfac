/* reference.c: the table of references.
 *
 * The database takes "a " for "a", so a name is compared by its length, too. */
#include "store/reference.h"

#include "store/binding.h"
#include "store/binding_sql.h"
#include "store/name_use.h"
#include "base/banned.h"

enum {
	INSERT_50,
	INSERT_10,
	INSERT_1,
	LIST,
	LIST_FILE,
	USES,
	USES_NAMED,
	COUNT_USES_NAMED,
	COUNT_DYNAMIC,
	BLOCKS,
};

#define INSERT                                                                                     \
	"INSERT INTO reference (file_id, n, subscription_id, project_id, line, col, kind,"         \
	" is_dynamic, ref_key, consumer, name, resource_type, spot_line, spot_at, spot_bytes)"     \
	" VALUES "
#define ROW "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
#define ROWS_5 ROW "," ROW "," ROW "," ROW "," ROW
#define ROWS_10 ROWS_5 "," ROWS_5
#define CELLS "iiiiiiiissssiii"
#define CELLS_5 CELLS CELLS CELLS CELLS CELLS
#define CELLS_10 CELLS_5 CELLS_5
enum { CELLS_N = sizeof(CELLS) - 1 };

#define SPOT " r.resource_type, r.spot_line, r.spot_at, r.spot_bytes"
#define SPOT_CELLS "siii"
#define ROW_READ                                                                                   \
	"SELECT r.file_id, r.kind, r.line, r.col, r.is_dynamic, r.consumer, r.ref_key, "           \
	"r.name," SPOT " FROM workflow_file w JOIN reference r ON r.file_id = w.id"                \
	" WHERE w.subscription_id = ? AND w.project_id = ?"
/* The order of tables is told: a page is at the first rows of the index, a count at all of few
 * projects. */
#define NAMED " STRAIGHT_JOIN collaborator n ON n.project_id = r.project_id AND n.account_id = ?"
#define OF_NAMED                                                                                   \
	" FROM collaborator n STRAIGHT_JOIN reference r FORCE INDEX (reference_use) ON"            \
	" n.account_id = ? AND r.project_id = n.project_id"
#define OF_NAME                                                                                    \
	" WHERE r.subscription_id = ? AND r.name = ? AND LENGTH(r.name) = LENGTH(?) AND"           \
	" r.is_dynamic = 0"
/* A page of keys, within one index, and then what hangs on them: whether its project may use it
 * (the integration's own list, and for a bound one also what its owner granted). */
#define USE_FROM                                                                                   \
	"SELECT r.project_id, p.name, p.url, p.git_host, w.path, w.fault <> '',"                   \
	" i.all_projects = 1 OR EXISTS"                                                            \
	" (SELECT 1 FROM integration_project x WHERE x.integration_id = i.id AND x.project_id ="   \
	" r.project_id), IF(i.bound = 1, COALESCE(g.all_projects, 0), 1),"                         \
	" COALESCE(g.projects, ''), r.file_id, r.kind, r.line, r.col, r.consumer, r.ref_key," SPOT \
	" FROM (SELECT r.file_id, r.n FROM reference r FORCE INDEX (reference_use)"
#define USE_JOINED                                                                                 \
	" LIMIT ? OFFSET ?) k JOIN reference r ON r.file_id = k.file_id AND r.n = k.n"             \
	" JOIN workflow_file w ON w.id = r.file_id JOIN project p ON p.id = r.project_id"          \
	" JOIN integration i ON i.subscription_id = r.subscription_id AND i.id = ?" BINDING_JOINED \
		USE_ORDER
#define USE_ORDER " ORDER BY r.project_id, r.file_id, r.n"

static const struct stmt STMTS[] = {
	[INSERT_50] = {INSERT ROWS_10 "," ROWS_10 "," ROWS_10 "," ROWS_10 "," ROWS_10,
		       CELLS_10 CELLS_10 CELLS_10 CELLS_10 CELLS_10, ""},
	[INSERT_10] = {INSERT ROWS_10, CELLS_10, ""},
	[INSERT_1] = {INSERT ROW, CELLS, ""},
	[LIST] = {ROW_READ, "ii", "iiiiisss" SPOT_CELLS},
	[LIST_FILE] = {ROW_READ " AND w.id = ? ORDER BY r.n", "iii", "iiiiisss" SPOT_CELLS},
	[USES] = {USE_FROM OF_NAME USE_ORDER USE_JOINED, "issiii", "issisiiisiiiiss" SPOT_CELLS},
	[USES_NAMED] = {USE_FROM NAMED OF_NAME USE_ORDER USE_JOINED, "iissiii",
			"issisiiisiiiiss" SPOT_CELLS},
	[COUNT_USES_NAMED] = {"SELECT COUNT(*)" OF_NAMED OF_NAME, "iiss", "i"},
	[COUNT_DYNAMIC] = {"SELECT COALESCE(SUM(dynamic_n), 0) FROM workflow_file WHERE"
			   " subscription_id = ? AND dynamic_n > 0",
			   "i", "i"},
	[BLOCKS] = {"SELECT r.n FROM integration i JOIN reference r ON r.subscription_id ="
		    " i.subscription_id AND r.name = i.name AND LENGTH(r.name) = LENGTH(i.name) AND"
		    " r.is_dynamic = 0 WHERE i.subscription_id = ? AND i.id = ? LIMIT 1",
		    "ii", "i"},
};

const struct stmt_table STORE_REFERENCE = {"reference", STMTS, COUNT(STMTS)};

static bool sees_all(const struct scope *s)
{
	return s->role == ROLE_ADMIN || s->role == ROLE_MEMBER || s->account_id == 0;
}

static struct db_cell number(int64_t n)
{
	return (struct db_cell){.number = n};
}

static struct db_cell text(struct span s)
{
	return (struct db_cell){.text = s};
}

int store_reference_write(struct db *db, struct arena *a, const struct scope *s, int64_t project_id,
			  int64_t file_id, const struct reference *list, size_t n)
{
	struct db_cell *cells = ARENA_ARRAY(a, struct db_cell, n * CELLS_N + 1);
	size_t at = 0;

	for (size_t k = 0; k < n; k++) {
		const struct reference *r = &list[k];
		struct span type = r->resource_type.p ? r->resource_type : SPAN("");
		const struct db_cell row[CELLS_N] = {
			number(file_id),
			number((int64_t)k),
			number(s->subscription_id),
			number(project_id),
			number(r->line),
			number(r->column),
			number(r->kind),
			number(r->dynamic),
			text(r->key),
			text(reference_cut(r->consumer, REFERENCE_TEXT_CHARS_MAX)),
			text(reference_cut(r->name, REFERENCE_TEXT_CHARS_MAX)),
			text(reference_cut(type, REFERENCE_TEXT_CHARS_MAX)),
			number(r->spot.line),
			number(r->spot.at),
			number(r->spot.bytes),
		};

		memcpy(cells + k * CELLS_N, row, sizeof(row));
	}
	while (at < n) {
		size_t rows = n - at >= 50 ? 50 : n - at >= 10 ? 10 : 1;
		int which = rows == 50 ? INSERT_50 : rows == 10 ? INSERT_10 : INSERT_1;

		TRY(db_run_cells(db, a, &STMTS[which], cells + at * CELLS_N));
		at += rows;
	}
	return OK;
}

int store_reference_list(struct db *db, struct arena *a, const struct scope *s, int64_t project_id,
			 int64_t file_id, struct reference **list, size_t *n)
{
	struct rows *rows;
	struct reference r = {0};
	int64_t kind, dynamic;

	if (file_id)
		TRY(db_select(db, a, &STMTS[LIST_FILE], &rows, s->subscription_id, project_id,
			      file_id));
	else
		TRY(db_select(db, a, &STMTS[LIST], &rows, s->subscription_id, project_id));
	*list = ARENA_ARRAY(a, struct reference, rows_count(rows) + 1);
	for (*n = 0;
	     rows_next(rows, &r.file_id, &kind, &r.line, &r.column, &dynamic, &r.consumer, &r.key,
		       &r.name, &r.resource_type, &r.spot.line, &r.spot.at, &r.spot.bytes);
	     ++*n) {
		r.kind = (enum reference_kind)kind;
		r.dynamic = dynamic != 0;
		(*list)[*n] = r;
	}
	return OK;
}

static int count(struct rows *rows, int64_t *out)
{
	return rows_next(rows, out) ? OK : E_BUG;
}

static int count_uses(struct db *db, struct arena *a, const struct scope *s, struct span name,
		      struct reference_uses *out)
{
	struct rows *rows;
	int64_t all;

	TRY(store_name_use_count(db, a, s, name, &all));
	out->seen = all;
	if (!sees_all(s) && all) {
		TRY(db_select(db, a, &STMTS[COUNT_USES_NAMED], &rows, s->account_id,
			      s->subscription_id, name, name));
		TRY(count(rows, &out->seen));
	}
	out->hidden = all - out->seen;
	TRY(db_select(db, a, &STMTS[COUNT_DYNAMIC], &rows, s->subscription_id));
	return count(rows, &out->dynamic);
}

static int use_next(struct rows *rows, struct arena *a, struct span name, struct reference_use *u,
		    bool *more)
{
	struct reference *r = &u->reference;
	int64_t host, stale, own, all, kind;
	struct span ids;
	struct project_set grant;

	*more = rows_next(rows, &u->project_id, &u->project, &u->place.url, &host, &u->path, &stale,
			  &own, &all, &ids, &r->file_id, &kind, &r->line, &r->column, &r->consumer,
			  &r->key, &r->resource_type, &r->spot.line, &r->spot.at, &r->spot.bytes);
	if (!*more)
		return OK;
	TRY(store_binding_grant_read(a, true, all, ids, &grant));
	u->stale = stale != 0;
	u->denied = own == 0 || !project_set_has(&grant, u->project_id);
	r->kind = (enum reference_kind)kind;
	r->name = name;
	return OK;
}

int store_reference_uses(struct db *db, struct arena *a, const struct scope *s,
			 int64_t integration_id, struct span name, int64_t offset, int64_t limit,
			 struct reference_uses *out)
{
	struct rows *rows;
	bool more = true;

	*out = (struct reference_uses){0};
	TRY(count_uses(db, a, s, name, out));
	if (out->seen == 0)
		return OK;
	if (sees_all(s))
		TRY(db_select(db, a, &STMTS[USES], &rows, s->subscription_id, name, name, limit,
			      offset, integration_id));
	else
		TRY(db_select(db, a, &STMTS[USES_NAMED], &rows, s->account_id, s->subscription_id,
			      name, name, limit, offset, integration_id));
	out->list = ARENA_ARRAY(a, struct reference_use, rows_count(rows) + 1);
	for (; more; out->n += more)
		TRY(use_next(rows, a, name, &out->list[out->n], &more));
	return OK;
}

int store_reference_blocks(struct db *db, struct arena *a, int64_t subscription_id,
			   int64_t integration_id, bool *blocks)
{
	struct rows *rows;

	ASSERT(db_in_transaction(db));
	TRY(db_select(db, a, &STMTS[BLOCKS], &rows, subscription_id, integration_id));
	*blocks = rows_count(rows) > 0;
	return OK;
}
