/* binding.c: bound integrations: what the handle leads to, and how it stands. */
#include "store/binding.h"

#include "base/clock.h"
#include "store/account.h"
#include "base/banned.h"

enum { GET, OF_OWNER, OF_INTEGRATION, CANDIDATES, TOUCHED, NAMED };

/* now (i) twice: an undo leads back only where the consent is still there, in use or released. */
/* clang-format off */
#define ROW                                                                                        \
	"SELECT b.integration_id, b.subscription_id, s.slug, s.name, i.name, i.type,"              \
	" i.disabled_at, b.account_integration_id, ai.name, b.account_id,"                         \
	ACCOUNT_WHO("o") ", b.bound_at," ACCOUNT_WHO("bb") ","                                      \
	" ai.disabled_at, r.role IS NOT NULL, o.disabled_at, d.left_at,"                           \
	" CASE WHEN ug.integration_id IS NULL THEN NULL ELSE b.undo_until END,"                    \
	ACCOUNT_WHO("uo") ", g.all_projects, g.projects, g.entry,"                                 \
	" i.all_projects, (SELECT GROUP_CONCAT(x.project_id ORDER BY x.project_id SEPARATOR ',')"  \
	" FROM integration_project x WHERE x.integration_id = i.id)"                               \
	" FROM binding b"                                                                          \
	" JOIN integration i ON i.id = b.integration_id AND i.subscription_id = b.subscription_id" \
	" JOIN subscription s ON s.id = b.subscription_id"                                         \
	" JOIN account o ON o.id = b.account_id"                                                   \
	" LEFT JOIN account bb ON bb.id = b.bound_by"                                              \
	" LEFT JOIN account uo ON uo.id = b.undo_account_id"                                       \
	" LEFT JOIN integration ai ON ai.id = b.account_integration_id AND"                        \
	" ai.account_id = b.account_id"                                                            \
	" LEFT JOIN scope_grant g ON g.integration_id = b.account_integration_id AND"              \
	" g.subscription_id = b.subscription_id AND g.account_id = b.account_id AND"               \
	" g.released_until IS NULL"                                                                \
	" LEFT JOIN scope_grant ug ON ug.integration_id = b.undo_integration_id AND"               \
	" ug.subscription_id = b.subscription_id AND b.undo_until > ? AND"                         \
	" (ug.released_until IS NULL OR ug.released_until > ?)"                                    \
	" LEFT JOIN role r ON r.account_id = b.account_id AND"                                     \
	" r.subscription_id = b.subscription_id"                                                   \
	" LEFT JOIN departure d ON d.account_id = b.account_id AND"                                \
	" d.subscription_id = b.subscription_id"
#define ROW_RESULTS "iissssIisisisIiIIIsIsIis"

static const struct stmt STMTS[] = {
	[GET] = {ROW " WHERE b.subscription_id = ? AND b.integration_id = ?", "iiii", ROW_RESULTS},
	[OF_OWNER] = {ROW " WHERE b.subscription_id = ? AND b.account_id = ? ORDER BY i.name"
		      " LIMIT ?", "iiiii", ROW_RESULTS},
	[OF_INTEGRATION] = {ROW " WHERE b.account_integration_id = ? AND b.account_id = ?"
			    " ORDER BY s.name, s.id, i.name LIMIT ?", "iiiii", ROW_RESULTS},
	/* account twice, subscription, type, subscription twice */
	[CANDIDATES] = {"SELECT i.id, i.name, i.account_id," ACCOUNT_WHO("o") ","
			" i.account_id = ? AS own, r.role IS NOT NULL AND o.disabled_at IS NULL,"
			" i.disabled_at, g.integration_id IS NOT NULL, g.all_projects, g.projects,"
			" g.entry FROM (SELECT id FROM integration WHERE account_id = ?"
			" UNION SELECT integration_id FROM scope_grant WHERE subscription_id = ?"
			" AND released_until IS NULL) k"
			" JOIN integration i ON i.id = k.id AND i.type = ?"
			" JOIN account o ON o.id = i.account_id"
			" LEFT JOIN scope_grant g ON g.integration_id = i.id AND"
			" g.subscription_id = ? AND g.account_id = i.account_id AND"
			" g.released_until IS NULL"
			" LEFT JOIN role r ON r.account_id = i.account_id AND r.subscription_id = ?"
			" ORDER BY own DESC, i.name, i.id LIMIT ?",
			"iiisiii", "isisiiIiIsI"},
	[TOUCHED] = {"SELECT s.id, s.name, COUNT(*) FROM binding b JOIN subscription s ON"
		     " s.id = b.subscription_id WHERE b.account_id = ? GROUP BY s.id, s.name"
		     " ORDER BY s.name, s.id LIMIT ?", "ii", "isi"},
	[NAMED] = {"SELECT b.integration_id, b.subscription_id, i.name, s.name FROM binding b"
		   " JOIN integration i ON i.id = b.integration_id"
		   " AND i.subscription_id = b.subscription_id"
		   " JOIN subscription s ON s.id = b.subscription_id"
		   " JOIN role r ON r.subscription_id = b.subscription_id AND r.account_id = b.account_id"
		   " WHERE b.account_integration_id = ? AND b.account_id = ? AND ? IN (0, b.subscription_id)"
		   " AND EXISTS (SELECT 1 FROM reference f WHERE f.subscription_id = b.subscription_id"
		   " AND f.name = i.name AND LENGTH(f.name) = LENGTH(i.name) AND f.is_dynamic = 0)"
		   " ORDER BY s.name, b.subscription_id, i.name LIMIT ?",
		   "iiii", "iiss"},
};
/* clang-format on */

const struct stmt_table STORE_BINDING = {"binding", STMTS, COUNT(STMTS)};

/* As scope_grant.projects, but from integration_project, where there may be more of them. */
static struct project_set own_read(struct arena *a, int64_t all, struct span text)
{
	struct project_set set = {.all = all != 0};
	struct span word;
	int64_t *ids;

	if (set.all)
		return set;
	set.ids = ids = ARENA_ARRAY(a, int64_t, text.n + 1);
	while (span_cut(&text, ',', &word))
		if (span_i64(word, &ids[set.n]) == OK)
			set.n++;
	return set;
}

int store_binding_grant_read(struct arena *a, bool granted, int64_t all, struct span text,
			     struct project_set *out)
{
	*out = (struct project_set){.all = granted && all};
	return granted && !all ? project_set_read(a, text, out) : OK;
}

/* The earlier of both, where there are two reasons. */
static int64_t left_at(bool has_role, int64_t disabled_at, int64_t departed_at)
{
	if (has_role)
		return disabled_at;
	return disabled_at && disabled_at < departed_at ? disabled_at : departed_at;
}

static int row_next(struct arena *a, struct rows *rows, struct binding *b, bool *there)
{
	int64_t disabled, paused, role, gone, departed, all, own_all;
	struct span projects, own;
	struct binding_facts f;

	*there = rows_next(rows, &b->id, &b->subscription_id, &b->slug, &b->subscription, &b->name,
			   &b->type, &disabled, &b->account_integration_id, &b->account_integration,
			   &b->owner_id, &b->owner, &b->bound_at, &b->bound_by, &paused, &role,
			   &gone, &departed, &b->undo_until, &b->undo_owner, &all, &projects,
			   &b->grant_entry, &own_all, &own);
	if (!*there)
		return OK;
	f = (struct binding_facts){.there = b->account_integration.p != NULL,
				   .granted = b->grant_entry != 0,
				   .owner_here = role && !gone,
				   .enabled = !paused};
	b->state = binding_state(&f);
	if (!f.there)
		b->account_integration = SPAN("");
	b->paused = paused != 0;
	b->disabled = disabled != 0;
	b->left_at = f.owner_here ? 0 : left_at(role != 0, gone, departed);
	if (!b->undo_until)
		b->undo_owner = SPAN("");
	b->own = own_read(a, own_all, own);
	return store_binding_grant_read(a, f.granted, all, projects, &b->grant);
}

static int rows_read(struct arena *a, struct rows *rows, struct binding **list, size_t *n)
{
	bool there = true;

	*list = ARENA_ARRAY(a, struct binding, rows_count(rows) + 1);
	for (*n = 0; there; *n += there)
		TRY(row_next(a, rows, &(*list)[*n], &there));
	return OK;
}

int store_binding_get(struct db *db, struct arena *a, const struct scope *s, int64_t id,
		      struct binding *out)
{
	int64_t now = clock_now();
	struct rows *rows;
	bool there;

	TRY(db_select(db, a, &STMTS[GET], &rows, now, now, s->subscription_id, id));
	TRY(row_next(a, rows, out, &there));
	return there ? OK : E_NOT_FOUND;
}

int store_binding_of_owner(struct db *db, struct arena *a, const struct scope *s,
			   int64_t account_id, struct binding **list, size_t *n)
{
	int64_t now = clock_now();
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[OF_OWNER], &rows, now, now, s->subscription_id, account_id,
		      (int64_t)BINDING_ROWS_MAX));
	return rows_read(a, rows, list, n);
}

int store_binding_of_integration(struct db *db, struct arena *a, const struct scope *s,
				 int64_t integration_id, struct binding **list, size_t *n)
{
	int64_t now = clock_now();
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[OF_INTEGRATION], &rows, now, now, integration_id, s->account_id,
		      (int64_t)BINDING_ROWS_MAX));
	return rows_read(a, rows, list, n);
}

int store_binding_candidates(struct db *db, struct arena *a, const struct scope *s,
			     struct span type, struct binding_candidate **list, size_t *n)
{
	int64_t own, here, disabled, granted, all;
	struct binding_candidate c = {0};
	struct span projects;
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[CANDIDATES], &rows, s->account_id, s->account_id,
		      s->subscription_id, type, s->subscription_id, s->subscription_id,
		      (int64_t)BINDING_ROWS_MAX));
	*list = ARENA_ARRAY(a, struct binding_candidate, rows_count(rows) + 1);
	for (*n = 0; rows_next(rows, &c.id, &c.name, &c.owner_id, &c.owner, &own, &here, &disabled,
			       &granted, &all, &projects, &c.grant_entry);
	     ++*n) {
		c.own = own != 0;
		c.owner_here = here != 0;
		c.enabled = !disabled;
		c.granted = granted != 0;
		TRY(store_binding_grant_read(a, c.granted, all, projects, &c.grant));
		(*list)[*n] = c;
	}
	return OK;
}

int store_binding_touched(struct db *db, struct arena *a, int64_t account_id,
			  struct binding_touched **list, size_t *n)
{
	struct binding_touched *t;
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[TOUCHED], &rows, account_id, (int64_t)BINDING_ROWS_MAX));
	*list = t = ARENA_ARRAY(a, struct binding_touched, rows_count(rows) + 1);
	while (rows_next(rows, &t->subscription_id, &t->subscription, &t->bindings))
		t++;
	*n = (size_t)(t - *list);
	return OK;
}

int store_binding_named(struct db *db, struct arena *a, const struct scope *s, int64_t id,
		    int64_t subscription_id, int64_t limit, struct binding_named **list, size_t *n)
{
	struct binding_named *h;
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[NAMED], &rows, id, s->account_id, subscription_id, limit));
	*list = h = ARENA_ARRAY(a, struct binding_named, rows_count(rows) + 1);
	for (*n = 0; rows_next(rows, &h->id, &h->subscription_id, &h->name, &h->subscription); h++)
		++*n;
	return OK;
}
