/* scope_withdraw.c: taking the use of an account integration back. Each entry about a consent
 * stands in the subscription's chain under the account integration's id: while there is a newer one
 * than the row names, the vault believes no row, so what was taken back stays so. */
#include "store/scope_withdraw.h"

#include "base/clock.h"
#include "store/audit.h"
#include "store/binding.h"
#include "store/subscription.h"
#include "base/banned.h"

enum {
	LOCK,
	OWNER,
	SUBSCRIPTION,
	MINE,
	ROLE_NOW,
	HANDLES,
	HANDLE,
	HANDLE_DELETE,
	USED,
	END,
	UNDONE
};

static const struct stmt STMTS[] = {
	[LOCK] = {"SELECT account_id, name FROM integration WHERE id = ? AND account_id IS NOT NULL"
		  " FOR UPDATE",
		  "i", "is"},
	[OWNER] = {"SELECT login FROM account WHERE id = ?", "i", "s"},
	[SUBSCRIPTION] = {"SELECT slug, disabled_at FROM subscription WHERE id = ?", "i", "sI"},
	[MINE] = {"SELECT id FROM integration WHERE account_id = ? AND id = ?", "ii", "i"},
	[ROLE_NOW] = {"SELECT role FROM role WHERE account_id = ? AND subscription_id = ?", "ii",
		      "i"},
	[HANDLES] = {"SELECT integration_id FROM binding WHERE account_integration_id = ?"
		     " AND subscription_id = ? ORDER BY integration_id LIMIT ?",
		     "iii", "i"},
	[HANDLE] = {"SELECT i.name, b.undo_integration_id FROM binding b JOIN integration i ON"
		    " i.id = b.integration_id AND i.subscription_id = b.subscription_id"
		    " WHERE b.integration_id = ? AND b.subscription_id = ?"
		    " AND b.account_integration_id = ?",
		    "iii", "sI"},
	[HANDLE_DELETE] = {"DELETE FROM integration WHERE subscription_id = ? AND id = ?"
			   " AND bound = 1",
			   "ii", ""},
	[USED] = {"SELECT 1 FROM binding WHERE account_integration_id = ? AND subscription_id = ?"
		  " LIMIT 1",
		  "ii", "i"},
	[END] = {"DELETE FROM scope_grant WHERE integration_id = ? AND subscription_id = ?", "ii",
		 ""},
	[UNDONE] = {"SELECT i.account_id, i.name FROM scope_grant g JOIN integration i ON"
		    " i.id = g.integration_id WHERE g.integration_id = ? AND g.subscription_id = ?"
		    " AND g.released_until IS NOT NULL AND NOT EXISTS (SELECT 1 FROM binding b"
		    " WHERE b.undo_integration_id = g.integration_id AND"
		    " b.subscription_id = g.subscription_id)",
		    "ii", "is"},
};

const struct stmt_table STORE_SCOPE_WITHDRAW = {"scope_withdraw", STMTS, COUNT(STMTS)};

int store_scope_lock(struct db *db, struct arena *a, int64_t integration_id,
		     int64_t subscription_id, struct scope_lock *out)
{
	struct rows *rows, *owner, *sub;
	int64_t disabled;

	*out = (struct scope_lock){.integration_id = integration_id,
				   .subscription_id = subscription_id};
	TRY(db_select(db, a, &STMTS[LOCK], &rows, integration_id));
	if (!rows_next(rows, &out->account_id, &out->name))
		return E_NOT_FOUND;
	TRY(store_subscription_lock(db, a, subscription_id));
	TRY(db_select(db, a, &STMTS[OWNER], &owner, out->account_id));
	TRY(db_select(db, a, &STMTS[SUBSCRIPTION], &sub, subscription_id));
	if (!rows_next(owner, &out->login) || !rows_next(sub, &out->slug, &disabled))
		return E_BUG;
	out->disabled = disabled != 0;
	return OK;
}

static int note(struct db *db, struct arena *a, struct audit_entry e, struct span chain)
{
	e.chain = chain;
	return store_audit_write(db, a, &e);
}

/* In the subscription's chain by the account integration, and the same in its owner's. */
static int note_end(struct db *db, struct arena *a, const struct actor *actor,
		    const struct scope_lock *l)
{
	struct audit_entry e = {.actor = *actor,
				.action = AUDIT_SCOPE_WITHDRAW,
				.object_id = l->integration_id,
				.object = l->name};

	TRY(note(db, a, e, audit_chain_subscription(a, l->subscription_id)));
	e.fields = l->slug;
	return note(db, a, e, audit_chain_account(a, l->account_id));
}

int store_scope_end(struct db *db, struct arena *a, const struct actor *actor,
		    const struct scope_lock *l)
{
	int64_t gone;

	TRY(db_run(db, &STMTS[END], &gone, l->integration_id, l->subscription_id));
	return gone ? note_end(db, a, actor, l) : E_NOT_FOUND;
}

int store_scope_end_unused(struct db *db, struct arena *a, const struct actor *actor,
			   const struct scope_lock *l)
{
	struct rows *rows;
	int rc;

	TRY(db_select(db, a, &STMTS[USED], &rows, l->integration_id, l->subscription_id));
	if (rows_count(rows))
		return OK;
	rc = store_scope_end(db, a, actor, l);
	return rc == E_NOT_FOUND ? OK : rc;
}

/* The consent that was released for the undo of a handle which is no more. Its row is the
 * subscription's to order, so that its own account integration need not be locked. */
static int end_undone(struct db *db, struct arena *a, const struct actor *actor,
		      const struct scope_lock *l, int64_t integration_id)
{
	struct scope_lock other = *l;
	struct rows *rows;

	other.integration_id = integration_id;
	TRY(db_select(db, a, &STMTS[UNDONE], &rows, integration_id, l->subscription_id));
	if (!rows_next(rows, &other.account_id, &other.name))
		return OK;
	return store_scope_end(db, a, actor, &other);
}

int store_scope_handle_delete(struct db *db, struct arena *a, const struct actor *actor,
			      const struct scope_lock *l, int64_t handle_id)
{
	struct audit_entry e = {
		.actor = *actor, .action = AUDIT_BINDING_DELETE, .object_id = handle_id};
	struct rows *rows;
	struct span name;
	int64_t undo;

	TRY(db_select(db, a, &STMTS[HANDLE], &rows, handle_id, l->subscription_id,
		      l->integration_id));
	if (!rows_next(rows, &name, &undo))
		return E_NOT_FOUND;
	TRY(db_run(db, &STMTS[HANDLE_DELETE], NULL, l->subscription_id, handle_id));
	e.object = name;
	e.fields = arena_printf(a, "from %.*s", SPAN_ARG(l->login));
	TRY(note(db, a, e, audit_chain_subscription(a, l->subscription_id)));
	e.object_id = l->integration_id;
	e.object = l->name;
	e.fields = arena_printf(a, "%.*s / %.*s", SPAN_ARG(l->slug), SPAN_ARG(name));
	TRY(note(db, a, e, audit_chain_account(a, l->account_id)));
	return undo ? end_undone(db, a, actor, l, undo) : OK;
}

struct work {
	struct arena *arena;
	const struct scope *scope;
	const struct actor *actor;
	struct scope_removal *removal;
	struct scope_lock lock;
};

/* Asked before the transaction: nobody holds up somebody else's by naming it. (A plain read before
 * the locks inside it would decide which moment all later ones see.) */
static int is_mine(struct db *db, const struct work *w)
{
	struct rows *rows;

	TRY(db_select(db, w->arena, &STMTS[MINE], &rows, w->scope->account_id,
		      w->removal->integration_id));
	return rows_count(rows) ? OK : E_NOT_FOUND;
}

static int lock_mine(struct db *db, struct work *w)
{
	const struct scope_removal *c = w->removal;

	TRY(store_scope_lock(db, w->arena, c->integration_id, c->subscription_id, &w->lock));
	return w->lock.account_id == w->scope->account_id ? OK : E_NOT_FOUND;
}

static int end(struct db *db, const struct work *w)
{
	int rc = store_scope_end(db, w->arena, w->actor, &w->lock);

	return rc == E_NOT_FOUND ? E_CONFLICT : rc;
}

static int withdraw(struct db *db, void *arg)
{
	struct work *w = arg;

	TRY(lock_mine(db, w));
	return end(db, w);
}

int store_scope_withdraw(struct db *db, struct arena *a, const struct scope *s,
			 const struct actor *actor, int64_t integration_id, int64_t subscription_id)
{
	struct scope_removal c = {.integration_id = integration_id,
				  .subscription_id = subscription_id};
	struct work w = {.arena = a, .scope = s, .actor = actor, .removal = &c};

	TRY(is_mine(db, &w));
	return db_transaction(db, withdraw, &w);
}

/* Does the page know all that goes? */
static bool is_known(const struct scope_removal *c, const int64_t *ids, size_t n)
{
	return c->any ||
	       (n == c->nhandles && (n == 0 || memcmp(ids, c->handles, n * sizeof(*ids)) == 0));
}

/* Product rule 9: what workflow files name stays. Syncs take the subscription's lock, too. */
static int check_named(struct db *db, struct work *w)
{
	struct scope_removal *c = w->removal;
	struct binding_named *list;
	size_t n;

	TRY(store_binding_named(db, w->arena, w->scope, c->integration_id, c->subscription_id, 1, &list,
			    &n));
	c->in_use = n > 0;
	return n ? E_CONFLICT : OK;
}

static int delete_handles(struct db *db, struct work *w, size_t *n)
{
	struct scope_removal *c = w->removal;
	struct rows *rows;
	int64_t *ids;

	TRY(db_select(db, w->arena, &STMTS[HANDLES], &rows, c->integration_id, c->subscription_id,
		      (int64_t)BINDING_ROWS_MAX + 1));
	ids = ARENA_ARRAY(w->arena, int64_t, rows_count(rows) + 1);
	for (*n = 0; rows_next(rows, &ids[*n]);)
		++*n;
	if (*n > BINDING_ROWS_MAX)
		return E_TOO_BIG;
	c->stale = !is_known(c, ids, *n);
	if (c->stale)
		return E_CONFLICT;
	TRY(check_named(db, w));
	for (size_t k = 0; k < *n; k++)
		TRY(store_scope_handle_delete(db, w->arena, w->actor, &w->lock, ids[k]));
	return OK;
}

static int take_out(struct db *db, void *arg)
{
	struct work *w = arg;
	struct rows *role;
	size_t n;
	int rc;

	w->removal->stale = w->removal->in_use = false;
	TRY(lock_mine(db, w));
	TRY(db_select(db, w->arena, &STMTS[ROLE_NOW], &role, w->scope->account_id,
		      w->removal->subscription_id));
	if (rows_count(role) == 0)
		return end(db, w);
	if (w->lock.disabled)
		return E_DENIED;
	TRY(delete_handles(db, w, &n));
	rc = end(db, w);
	return rc == E_CONFLICT && n ? OK : rc;
}

int store_scope_remove(struct db *db, struct arena *a, const struct scope *s,
		       const struct actor *actor, struct scope_removal *c)
{
	struct work w = {.arena = a, .scope = s, .actor = actor, .removal = c};

	TRY(is_mine(db, &w));
	return db_transaction(db, take_out, &w);
}
