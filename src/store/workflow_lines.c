/* workflow_lines.c: reading what syncs keep of files' text. */
#include "store/workflow_lines.h"

#include "base/banned.h"

enum { ONE, TEN };
enum { AT_ONCE = 10 };

/* Members and admins see all projects; so does a scope without account. */
#define SEEN                                                                                       \
	" AND (? = 0 OR EXISTS (SELECT 1 FROM collaborator n WHERE n.project_id = w.project_id"    \
	" AND n.account_id = ?))"

static const struct stmt STMTS[] = {
	[ONE] = {"SELECT w.kept_lines FROM workflow_file w WHERE w.subscription_id = ?"
		 " AND w.project_id = ? AND w.id = ?" SEEN,
		 "iiiii", "b"},
	[TEN] = {"SELECT w.id, w.kept_lines FROM workflow_file w WHERE w.subscription_id = ?"
		 " AND w.id IN (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)" SEEN,
		 "iiiiiiiiiiiii", "ib"},
};

const struct stmt_table STORE_WORKFLOW_LINES = {"workflow_lines", STMTS, COUNT(STMTS)};

/* The account to look by; 0: it need not be looked. */
static int64_t looker(const struct scope *s)
{
	return s->role == ROLE_ADMIN || s->role == ROLE_MEMBER ? 0 : s->account_id;
}

int store_workflow_lines(struct db *db, struct arena *a, const struct scope *s, int64_t project_id,
			 int64_t file_id, struct workflow_lines *out)
{
	struct span packed = SPAN_NONE;
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[ONE], &rows, s->subscription_id, project_id, file_id, looker(s),
		      looker(s)));
	rows_next(rows, &packed);
	return workflow_lines_unpack(a, packed, out);
}

/* Of up to AT_ONCE files. */
static int read_some(struct db *db, struct arena *a, const struct scope *s, const int64_t *ids,
		     size_t n, struct workflow_lines *out)
{
	int64_t i[AT_ONCE] = {0}, id;
	struct span packed;
	struct rows *rows;

	memcpy(i, ids, n * sizeof(*ids));
	TRY(db_select(db, a, &STMTS[TEN], &rows, s->subscription_id, i[0], i[1], i[2], i[3], i[4],
		      i[5], i[6], i[7], i[8], i[9], looker(s), looker(s)));
	while (rows_next(rows, &id, &packed))
		for (size_t k = 0; k < n; k++)
			if (ids[k] == id)
				TRY(workflow_lines_unpack(a, packed, &out[k]));
	return OK;
}

int store_workflow_lines_many(struct db *db, struct arena *a, const struct scope *s,
			      const int64_t *file_ids, size_t n, struct workflow_lines **out)
{
	*out = ARENA_ARRAY(a, struct workflow_lines, n + 1);
	for (size_t k = 0; k < n; k += AT_ONCE)
		TRY(read_some(db, a, s, file_ids + k, n - k < AT_ONCE ? n - k : AT_ONCE, *out + k));
	return OK;
}
