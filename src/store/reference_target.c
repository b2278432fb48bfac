/* reference_target.c: what references lead to, as things are at this moment. */
#include "store/reference.h"

#include <stdlib.h>

#include "store/binding.h"
#include "store/binding_sql.h"
#include "store/names_sql.h"
#include "base/banned.h"

enum { TARGETS_FEW, TARGETS_MANY, NAMES, NAMES_PROJECT };

/* For a scope's account of 0 (and for those who see all) everything. */
#define SEEN                                                                                       \
	" (? = 0 OR (EXISTS (SELECT 1 FROM collaborator c WHERE c.account_id = ? AND"              \
	" c.subscription_id = i.subscription_id AND (i.all_projects = 1 OR EXISTS (SELECT 1 FROM"  \
	" integration_project x WHERE x.integration_id = i.id AND x.project_id = "                 \
	"c.project_id)))" BINDING_SEEN "))"
/* The project, thrice who looks, the subscription. */
#define TARGET                                                                                     \
	"SELECT i.id, i.name, i.type, i.all_projects = 1 OR EXISTS (SELECT 1 FROM"                 \
	" integration_project x WHERE x.integration_id = i.id AND x.project_id = ?)," SEEN         \
	", i.disabled_at IS NOT NULL, i.bound, t.id IS NOT NULL,"                                  \
	" g.integration_id IS NOT NULL, COALESCE(g.all_projects, 1),"                              \
	" COALESCE(g.projects, ''), o.role IS NOT NULL AND y.disabled_at IS NULL,"                 \
	" t.disabled_at IS NULL FROM integration i" BINDING_JOINED                                 \
	" LEFT JOIN integration t ON t.id = b.account_integration_id"                              \
	" LEFT JOIN role o ON o.account_id = b.account_id AND o.subscription_id ="                 \
	" i.subscription_id LEFT JOIN account y ON y.id = b.account_id"                            \
	" WHERE i.subscription_id = ?"
#define TARGET_CELLS "iiiii"
#define TARGET_RESULTS "issiiiiiiisii"
enum { TARGETS_BEFORE = sizeof(TARGET_CELLS) - 1 };

static const struct stmt STMTS[] = {
	[TARGETS_FEW] = {TARGET " AND i.name" IN_FEW, TARGET_CELLS IN_FEW_PARAMS, TARGET_RESULTS},
	[TARGETS_MANY] = {TARGET " AND i.name" IN_MANY, TARGET_CELLS IN_MANY_PARAMS,
			  TARGET_RESULTS},
	[NAMES] = {"SELECT i.name FROM integration i WHERE i.subscription_id = ? AND" SEEN
		   " ORDER BY i.name",
		   "iiii", "s"},
	[NAMES_PROJECT] = {"SELECT i.name, IF(i.bound = 1, COALESCE(g.all_projects, 0), 1),"
			   " COALESCE(g.projects, '') FROM integration i" BINDING_JOINED
			   " WHERE i.subscription_id = ? AND (i.all_projects = 1 OR EXISTS (SELECT"
			   " 1 FROM integration_project x WHERE x.integration_id = i.id AND"
			   " x.project_id = ?)) ORDER BY i.name",
			   "ii", "sis"},
};

const struct stmt_table STORE_REFERENCE_TARGET = {"reference_target", STMTS, COUNT(STMTS)};

/* The account by which SEEN looks; 0: it need not look. A sync token's finds nothing. */
static int64_t looker(const struct scope *s)
{
	return s->role == ROLE_ADMIN || s->role == ROLE_MEMBER ? 0 : s->account_id;
}

static int by_name(const void *a, const void *b)
{
	const struct reference_target *x = a, *y = b;

	return span_cmp(x->name, y->name);
}

static int target_next(struct rows *rows, struct arena *a, int64_t project_id,
		       struct reference_target *t, bool *more)
{
	int64_t own, seen, disabled, bound, there, granted, all, here, enabled;
	struct span ids;
	struct project_set grant;

	*more = rows_next(rows, &t->id, &t->name, &t->type, &own, &seen, &disabled, &bound, &there,
			  &granted, &all, &ids, &here, &enabled);
	if (!*more)
		return OK;
	TRY(store_binding_grant_read(a, true, all, ids, &grant));
	t->allowed = own != 0 && (bound == 0 || project_set_has(&grant, project_id));
	t->seen = seen != 0;
	t->disabled = disabled != 0;
	t->bound = bound != 0;
	t->binding = binding_state(
		&(struct binding_facts){there != 0, granted != 0, here != 0, enabled != 0});
	return OK;
}

/* A sync token sees what its project may use; of one whose owner took the consent back or deleted it, the
 * state alone. */
static bool token_sees(const struct scope *s, int64_t project_id, const struct reference_target *t)
{
	bool gone = t->bound &&
		    (t->binding == BINDING_WITHDRAWN || t->binding == BINDING_ERASED);

	return t->allowed && !gone && project_id == s->project_id;
}

static int targets_add(struct arena *a, const struct scope *s, struct rows *rows,
		       int64_t project_id, struct reference_targets *out)
{
	bool more = true;

	for (; more; out->n += more) {
		struct reference_target *t = &out->list[out->n];

		TRY(target_next(rows, a, project_id, t, &more));
		if (s->sync_token_id)
			t->seen = token_sees(s, project_id, t);
	}
	return OK;
}

static int by_bytes(const void *a, const void *b)
{
	return span_cmp(*(const struct span *)a, *(const struct span *)b);
}

/* The names that are no variables, each once. */
static struct span *names_once(struct arena *a, const struct reference *list, size_t n,
			       size_t *nnames)
{
	struct span *names = ARENA_ARRAY(a, struct span, n + 1);
	size_t all = 0, once = 0;

	for (size_t k = 0; k < n; k++)
		if (!list[k].dynamic)
			names[all++] = list[k].name;
	if (all)
		qsort(names, all, sizeof(*names), by_bytes);
	for (size_t k = 0; k < all; k++)
		if (once == 0 || !span_eq(names[k], names[once - 1]))
			names[once++] = names[k];
	*nnames = once;
	return names;
}

static int select_targets(struct db *db, struct arena *a, const struct scope *s, int64_t project_id,
			  const struct span *names, size_t n, struct rows **rows)
{
	size_t room = names_room(n);
	struct db_cell *cells = ARENA_ARRAY(a, struct db_cell, TARGETS_BEFORE + room);

	cells[0].number = project_id;
	cells[1].number = cells[2].number = cells[3].number = looker(s);
	cells[4].number = s->subscription_id;
	names_fill(cells + TARGETS_BEFORE, room, names, n);
	return db_select_cells(db, a, &STMTS[room == NAMES_FEW ? TARGETS_FEW : TARGETS_MANY], cells,
			       rows);
}

int store_reference_targets(struct db *db, struct arena *a, const struct scope *s,
			    int64_t project_id, const struct reference *list, size_t n,
			    struct reference_targets *out)
{
	size_t nnames, step;
	struct span *names = names_once(a, list, n, &nnames);
	struct rows *rows;

	*out = (struct reference_targets){
		.list = ARENA_ARRAY(a, struct reference_target, nnames + 1)};
	for (size_t at = 0; at < nnames; at += step) {
		step = nnames - at < NAMES_MANY ? nnames - at : NAMES_MANY;
		TRY(select_targets(db, a, s, project_id, names + at, step, &rows));
		TRY(targets_add(a, s, rows, project_id, out));
	}
	if (out->n > 1)
		qsort(out->list, out->n, sizeof(*out->list), by_name);
	return OK;
}

const struct reference_target *store_reference_target(const struct reference_targets *all,
						      struct span name)
{
	const struct reference_target key = {.name = name};

	return all->n ? bsearch(&key, all->list, all->n, sizeof(key), by_name) : NULL;
}

/* Of what the token's project may use. */
static int names_of_token(struct db *db, struct arena *a, const struct scope *s, struct span **list,
			  size_t *n)
{
	struct project_set grant;
	struct span name, ids;
	struct rows *rows;
	int64_t all;

	TRY(db_select(db, a, &STMTS[NAMES_PROJECT], &rows, s->subscription_id, s->project_id));
	*list = ARENA_ARRAY(a, struct span, rows_count(rows) + 1);
	for (*n = 0; rows_next(rows, &name, &all, &ids);) {
		TRY(store_binding_grant_read(a, true, all, ids, &grant));
		if (project_set_has(&grant, s->project_id))
			(*list)[(*n)++] = name;
	}
	return OK;
}

int store_reference_names(struct db *db, struct arena *a, const struct scope *s, struct span **list,
			  size_t *n)
{
	struct rows *rows;

	if (s->sync_token_id)
		return names_of_token(db, a, s, list, n);
	TRY(db_select(db, a, &STMTS[NAMES], &rows, s->subscription_id, looker(s), looker(s),
		      looker(s)));
	*list = ARENA_ARRAY(a, struct span, rows_count(rows) + 1);
	for (*n = 0; rows_next(rows, &(*list)[*n]);)
		++*n;
	return OK;
}
