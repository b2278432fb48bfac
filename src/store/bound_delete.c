/* bound_delete.c: deleting a bound integration. The account integration's row is locked before the
 * subscription's, as everywhere; to which it leads is therefore read before the transaction. A
 * rebind in between raises the version, so nothing else is deleted than what was shown. */
#include "store/bound_delete.h"

#include "store/account.h"
#include "store/binding.h"
#include "store/reference.h"
#include "store/scope_withdraw.h"
#include "store/subscription.h"
#include "base/banned.h"

enum { LEADS_TO, VERSION, ROLE_NOW };

static const struct stmt STMTS[] = {
	[LEADS_TO] =
		{"SELECT b.account_integration_id, b.account_id, o.login, s.slug FROM binding b"
		 " JOIN account o ON o.id = b.account_id"
		 " JOIN subscription s ON s.id = b.subscription_id"
		 " WHERE b.subscription_id = ? AND b.integration_id = ?",
		 "ii", "iiss"},
	[VERSION] = {"SELECT version FROM integration WHERE subscription_id = ? AND id = ?"
		     " AND bound = 1 FOR UPDATE",
		     "ii", "i"},
	[ROLE_NOW] = {"SELECT r.role FROM role r JOIN account a ON a.id = r.account_id"
		      " WHERE r.subscription_id = ? AND r.account_id = ?"
		      " AND a.disabled_at IS NULL",
		      "ii", "i"},
};

const struct stmt_table STORE_BOUND_DELETE = {"bound_delete", STMTS, COUNT(STMTS)};

struct work {
	struct arena *arena;
	const struct scope *scope;
	const struct actor *actor;
	struct integration_change *change;
	struct scope_lock to; /* as read before any lock */
};

/* Where its owner deleted what it leads to, there is no row to lock. */
static int lock_both(struct db *db, const struct work *w, struct scope_lock *l)
{
	int64_t sub = w->scope->subscription_id;
	int rc = store_scope_lock(db, w->arena, w->to.integration_id, sub, l);

	if (rc != E_NOT_FOUND)
		return rc;
	*l = w->to;
	return store_subscription_lock(db, w->arena, sub);
}

static int check_rights(struct db *db, const struct work *w)
{
	const struct scope *s = w->scope;
	struct rows *rows;
	int64_t role;

	TRY(db_select(db, w->arena, &STMTS[ROLE_NOW], &rows, s->subscription_id, s->account_id));
	if (!rows_next(rows, &role))
		return E_NOT_FOUND;
	w->change->refused = role != ROLE_ADMIN;
	return w->change->refused ? E_DENIED : OK;
}

static int check_version(struct db *db, const struct work *w)
{
	struct integration_change *c = w->change;
	struct rows *rows;
	int64_t version;

	TRY(db_select(db, w->arena, &STMTS[VERSION], &rows, w->scope->subscription_id, c->id));
	if (!rows_next(rows, &version))
		return E_NOT_FOUND;
	c->stale = version != c->version;
	return c->stale ? E_CONFLICT : OK;
}

static int check_unused(struct db *db, const struct work *w)
{
	struct integration_change *c = w->change;

	TRY(store_reference_blocks(db, w->arena, w->scope->subscription_id, c->id, &c->in_use));
	return c->in_use ? E_CONFLICT : OK;
}

static int delete (struct db *db, void *arg)
{
	struct work *w = arg;
	struct scope_lock l;

	w->change->stale = w->change->refused = w->change->in_use = false;
	TRY(lock_both(db, w, &l));
	TRY(check_rights(db, w));
	TRY(check_version(db, w));
	TRY(check_unused(db, w));
	TRY(store_scope_handle_delete(db, w->arena, w->actor, &l, w->change->id));
	return store_scope_end_unused(db, w->arena, w->actor, &l);
}

int store_bound_delete(struct db *db, struct arena *a, const struct scope *s,
		       const struct actor *actor, struct integration_change *c, bool *bound)
{
	struct work w = {.arena = a, .scope = s, .actor = actor, .change = c};
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[LEADS_TO], &rows, s->subscription_id, c->id));
	w.to.subscription_id = s->subscription_id;
	w.to.name = SPAN("");
	*bound = rows_next(rows, &w.to.integration_id, &w.to.account_id, &w.to.login, &w.to.slug);
	return *bound ? db_transaction(db, delete, &w) : OK;
}
