/* own_delete.c: an account integration goes, and with it what hangs on it in every subscription:
 * where its owner has a role, its handles; where they left, the handles stay, without values, for
 * an admin to rebind (product rule 9). */
#include "store/own.h"

#include <stdlib.h>

#include "store/audit.h"
#include "store/binding.h"
#include "store/scope_withdraw.h"
#include "store/subscription.h"
#include "base/banned.h"

enum { LOCK, BOUND_IN, GRANTED_IN, HANDLES, DELETE };

/* clang-format off */
#define HANDLE                                                                                     \
	"SELECT b.integration_id, b.subscription_id, s.slug, i.name, r.role IS NOT NULL"           \
	" FROM binding b JOIN integration i ON i.id = b.integration_id"                            \
	" AND i.subscription_id = b.subscription_id JOIN subscription s ON s.id = b.subscription_id" \
	" LEFT JOIN role r ON r.subscription_id = b.subscription_id AND r.account_id = b.account_id" \
	" WHERE b.account_integration_id = ? AND b.account_id = ?"                                 \
	" ORDER BY b.integration_id"

static const struct stmt STMTS[] = {
	[LOCK] = {"SELECT version, name FROM integration WHERE account_id = ? AND id = ? FOR UPDATE",
		  "ii", "is"},
	/* reads that lock: others would fix what later ones see, before all locks are there */
	[BOUND_IN] = {"SELECT subscription_id FROM binding WHERE account_integration_id = ?"
		      " LOCK IN SHARE MODE", "i", "i"},
	[GRANTED_IN] = {"SELECT subscription_id FROM scope_grant WHERE integration_id = ?"
			" LOCK IN SHARE MODE", "i", "i"},
	[HANDLES] = {HANDLE, "ii", "iissi"},
	[DELETE] = {"DELETE FROM integration WHERE account_id = ? AND id = ?", "ii", ""},
};
/* clang-format on */

const struct stmt_table STORE_OWN_DELETE = {"own_delete", STMTS, COUNT(STMTS)};

int store_own_handles(struct db *db, struct arena *a, const struct scope *s, int64_t id,
		      struct own_handle **list, size_t *n)
{
	struct own_handle h = {0};
	struct rows *rows;
	int64_t here;

	TRY(db_select(db, a, &STMTS[HANDLES], &rows, id, s->account_id));
	*list = ARENA_ARRAY(a, struct own_handle, rows_count(rows) + 1);
	for (*n = 0; rows_next(rows, &h.id, &h.subscription_id, &h.slug, &h.name, &here); ++*n) {
		h.here = here != 0;
		(*list)[*n] = h;
	}
	return OK;
}

struct span own_handles_text(struct arena *a, const struct own_handle *list, size_t n)
{
	struct buf out = BUF_INIT;
	struct span text;

	for (size_t k = 0; k < n; k++)
		buf_printf(&out, "%s%s%lld", k ? " " : "", list[k].here ? "" : "!",
			   (long long)list[k].id);
	text = arena_span(a, buf_span(&out));
	buf_release(&out);
	return text;
}

struct work {
	struct arena *arena;
	const struct scope *scope;
	const struct actor *actor;
	struct own_delete *what;
	struct span name;
	int64_t *subscriptions; /* ascending, each once */
	size_t nsubscriptions;
};

static int id_cmp(const void *left, const void *right)
{
	int64_t l = *(const int64_t *)left, r = *(const int64_t *)right;

	return l < r ? -1 : l > r;
}

/* Those with a handle or a grant of it, put in order. Its own row is locked, so none comes or goes.
 * */
static int find_subscriptions(struct db *db, struct work *w)
{
	struct rows *bound, *granted;
	int64_t *ids;
	size_t n = 0;

	TRY(db_select(db, w->arena, &STMTS[BOUND_IN], &bound, w->what->id));
	TRY(db_select(db, w->arena, &STMTS[GRANTED_IN], &granted, w->what->id));
	w->subscriptions = ids =
		ARENA_ARRAY(w->arena, int64_t, rows_count(bound) + rows_count(granted) + 1);
	while (rows_next(bound, &ids[n]) || rows_next(granted, &ids[n]))
		n++;
	qsort(ids, n, sizeof(*ids), id_cmp);
	w->nsubscriptions = 0;
	for (size_t k = 0; k < n; k++)
		if (k == 0 || ids[k] != ids[k - 1])
			ids[w->nsubscriptions++] = ids[k];
	return OK;
}

/* First the account integration, then the subscriptions in ascending order: everybody does so. */
static int lock_all(struct db *db, struct work *w)
{
	struct rows *rows;
	int64_t version;

	TRY(db_select(db, w->arena, &STMTS[LOCK], &rows, w->scope->account_id, w->what->id));
	if (!rows_next(rows, &version, &w->name))
		return E_NOT_FOUND;
	w->what->stale = version != w->what->version;
	if (w->what->stale)
		return E_CONFLICT;
	TRY(find_subscriptions(db, w));
	for (size_t k = 0; k < w->nsubscriptions; k++)
		TRY(store_subscription_lock(db, w->arena, w->subscriptions[k]));
	return OK;
}

static int check_handles(const struct work *w, const struct own_handle *list, size_t n)
{
	struct span now = own_handles_text(w->arena, list, n);

	w->what->moved = w->what->shown.p && !span_eq(now, w->what->shown);
	return w->what->moved ? E_CONFLICT : OK;
}

/* Syncs take the subscriptions' locks, so the answer is true until the commit. */
static int check_named(struct db *db, const struct work *w)
{
	struct binding_named *list;
	size_t n;

	TRY(store_binding_named(db, w->arena, w->scope, w->what->id, 0, 1, &list, &n));
	w->what->in_use = n > 0;
	return n ? E_CONFLICT : OK;
}

/* What one subscription has of it. */
static int leave_one(struct db *db, const struct work *w, int64_t subscription,
		     const struct own_handle *list, size_t n)
{
	struct scope_lock l;
	int rc;

	TRY(store_scope_lock(db, w->arena, w->what->id, subscription, &l));
	for (size_t k = 0; k < n; k++)
		if (list[k].subscription_id == subscription && list[k].here)
			TRY(store_scope_handle_delete(db, w->arena, w->actor, &l, list[k].id));
	rc = store_scope_end(db, w->arena, w->actor, &l);
	return rc == E_NOT_FOUND ? OK : rc; /* withdrawn before */
}

static int delete(struct db *db, void *arg)
{
	struct work *w = arg;
	struct own_handle *list;
	size_t n;
	struct audit_entry e = {
		.chain = audit_chain_of(w->arena, w->scope),
		.actor = *w->actor,
		.action = AUDIT_INTEGRATION_DELETE,
		.object_id = w->what->id,
	};

	TRY(lock_all(db, w));
	TRY(store_own_handles(db, w->arena, w->scope, w->what->id, &list, &n));
	TRY(check_handles(w, list, n));
	TRY(check_named(db, w));
	for (size_t k = 0; k < w->nsubscriptions; k++)
		TRY(leave_one(db, w, w->subscriptions[k], list, n));
	TRY(db_run(db, &STMTS[DELETE], NULL, w->scope->account_id, w->what->id));
	e.object = w->name;
	return store_audit_write(db, w->arena, &e);
}

int store_own_delete(struct db *db, struct arena *a, const struct scope *s,
		     const struct actor *actor, struct own_delete *what)
{
	struct work w = {.arena = a, .scope = s, .actor = actor, .what = what};

	ASSERT(s->subscription_id == 0);
	what->stale = what->moved = what->in_use = false;
	return db_transaction(db, delete, &w);
}
