/* rebind.c: pointing bound integrations at another account integration, and back. */
#include "vault/ties.h"
#include "base/banned.h"

enum { UNDO_SECONDS = BINDING_UNDO_DAYS * 24 * 3600 };

struct rebinding {
	struct vault *vault;
	unsigned peers;
	const struct vault_request *request;
	struct ties_wanted
		wanted; /* all account integrations that may be concerned, to be locked */
};

/* Who acts must be admin here, before they learn what there is. */
static int begin(const struct rebinding *w, struct ties *t)
{
	const struct vault_rebind *r = &w->request->rebind;

	TRY(ties_begin(w->vault, w->peers, w->request, &w->wanted, t));
	TRY(acting_admin(w->vault, &t->who, r->subscription_id));
	return t->place.disabled_at ? E_DENIED : OK;
}

/* What it shall be bound to: the admin's own, which is consented to by this, or somebody's who has
 * consented. */
static int candidate(struct ties *t, const struct vault_rebind *r)
{
	bool mine = t->own.account_id == t->who.actor.account_id;
	struct project_set projects;
	struct scope_grant g = {0};
	int rc;

	if (t->own.id == 0)
		return E_NOT_FOUND;
	rc = ties_grant_find(t, t->own.id, &g);
	if (rc != OK && rc != E_NOT_FOUND && rc != E_DENIED)
		return rc;
	if (rc == OK && !g.released_until && g.account_id == t->own.account_id)
		return OK;
	if (!mine)
		return E_DENIED;
	TRY(ties_projects(t, ROLE_ADMIN, r->all_projects, r->projects, r->nprojects, &projects));
	return ties_grant_new(t, AUDIT_SCOPE_GRANT, &projects);
}

static int handle_find(struct ties *t, const struct vault_rebind *r, int64_t id,
		       struct integration_head *out)
{
	TRY(store_integration_head_find(t->vault->db, t->vault->arena, id, out));
	if (out->subscription_id != r->subscription_id || !out->bound)
		return E_NOT_FOUND;
	if (r->nhandles == 1 && r->expect && r->expect != out->version)
		return E_CONFLICT;
	return span_eq(out->type, t->own.type) ? OK : E_CONFLICT;
}

/* What the handle was bound to can come back while its owner's consent is there. */
static int undo_note(struct ties *t, const struct binding_row *was, struct binding_row *b)
{
	struct scope_grant g;
	int rc = ties_grant_find(t, was->account_integration_id, &g);

	if (rc == E_NOT_FOUND || rc == E_DENIED)
		return OK;
	TRY(rc);
	b->undo_integration_id = was->account_integration_id;
	b->undo_account_id = was->account_id;
	b->undo_until = t->now + UNDO_SECONDS;
	return OK;
}

/* A handle whose own binding cannot be believed, or is gone, is bound as if it were new: so nobody
 * can strand it. touched[0..1]: the account integrations that it leads to no more. */
static int rebind_one(struct ties *t, const struct vault_rebind *r, int64_t id, int64_t *touched)
{
	struct integration_head handle;
	struct binding_row was, b = {0};
	int rc;

	TRY(handle_find(t, r, id, &handle));
	rc = ties_binding_find(t, id, &was);
	if (rc != OK && rc != E_NOT_FOUND && rc != E_DENIED)
		return rc;
	if (rc == OK) {
		if (was.account_integration_id == t->own.id)
			return E_CONFLICT;
		touched[0] = was.account_integration_id;
		touched[1] = was.undo_integration_id;
		TRY(undo_note(t, &was, &b));
	}
	TRY(ties_binding_write(t, AUDIT_BINDING_REBIND, &handle, rc == OK ? &was : NULL, &b));
	return store_integration_head_raise(t->vault->db, id, t->who.actor.account_id, t->now);
}

static int rebind(struct db *db, void *arg)
{
	const struct rebinding *w = arg;
	const struct vault_rebind *r = &w->request->rebind;
	struct ties t;
	int64_t *touched;

	(void)db;
	TRY(begin(w, &t));
	TRY(candidate(&t, r));
	touched = ARENA_ARRAY(w->vault->arena, int64_t, 2 * r->nhandles);
	for (size_t k = 0; k < r->nhandles; k++)
		TRY(rebind_one(&t, r, r->handles[k], touched + 2 * k));
	TRY(ties_settle(&t, touched, 2 * r->nhandles));
	return ties_end(&t);
}

/* E_CONFLICT: nothing is left to go back to. The consent that was released is in use again. */
static int restore_grant(struct ties *t)
{
	struct scope_grant g;
	int rc = ties_grant_find(t, t->own.id, &g);

	if (rc == E_NOT_FOUND)
		return E_CONFLICT;
	TRY(rc);
	if (g.account_id != t->own.account_id)
		return E_DENIED;
	if (!g.released_until)
		return OK;
	g.released_until = 0;
	return ties_grant_write(t, AUDIT_SCOPE_RESTORE, t->own.name, &g);
}

static int undo(struct db *db, void *arg)
{
	const struct rebinding *w = arg;
	const struct vault_rebind *r = &w->request->rebind;
	struct integration_head handle;
	struct binding_row was, b = {0};
	struct ties t;
	int rc;

	(void)db;
	TRY(begin(w, &t));
	/* of the handle before the type: t.own may be gone */
	TRY(store_integration_head_find(w->vault->db, w->vault->arena, r->handles[0], &handle));
	if (handle.subscription_id != r->subscription_id || !handle.bound)
		return E_NOT_FOUND;
	rc = ties_binding_find(&t, handle.id, &was);
	if (rc != OK)
		return rc == E_NOT_FOUND ? E_CONFLICT : rc;
	if (!t.own.id || was.undo_integration_id != t.own.id || was.undo_until <= t.now ||
	    was.undo_account_id != t.own.account_id)
		return E_CONFLICT;
	TRY(handle_find(&t, r, handle.id, &handle));
	TRY(restore_grant(&t));
	TRY(ties_binding_write(&t, AUDIT_BINDING_UNDO, &handle, &was, &b));
	TRY(store_integration_head_raise(w->vault->db, handle.id, t.who.actor.account_id, t.now));
	TRY(ties_settle(&t, &was.account_integration_id, 1));
	return ties_end(&t);
}

/* What must be locked before it can be read under a lock: where the handles lead, and shall. When
 * that changes meanwhile it is seen inside: an undo does not go elsewhere, and a binding that
 * leaves an account integration only needs the subscription's lock, this one being for the order's
 * sake. */
static int look_ahead(struct vault *v, const struct vault_rebind *r, struct ties_wanted *out)
{
	struct binding_row b;

	*out = (struct ties_wanted){.ids = ARENA_ARRAY(v->arena, int64_t, r->nhandles + 1),
				    .own_id = r->undo ? 0 : r->to,
				    .subscription_id = r->subscription_id};
	for (size_t k = 0; k < r->nhandles; k++) {
		int rc = store_binding_row_find(v->db, v->arena, r->handles[k], &b);
		if (rc == E_NOT_FOUND)
			continue;
		TRY(rc);
		out->ids[out->n++] = b.account_integration_id;
		if (r->undo)
			out->own_id = b.undo_integration_id;
	}
	out->ids[out->n++] = out->own_id;
	return OK;
}

static bool once_each(const int64_t *ids, size_t n)
{
	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; i < k; i++)
			if (ids[i] == ids[k])
				return false;
	return true;
}

int vault_op_rebind(struct vault *v, unsigned peers, const struct vault_request *q,
		    struct vault_answer *s)
{
	const struct vault_rebind *r = &q->rebind;
	struct rebinding w = {.vault = v, .peers = peers, .request = q};

	(void)s;
	if (r->nhandles == 0 || (r->undo && r->nhandles != 1) ||
	    !once_each(r->handles, r->nhandles))
		return E_INVALID;
	TRY(look_ahead(v, r, &w.wanted));
	return db_transaction(v->db, r->undo ? undo : rebind, &w);
}
