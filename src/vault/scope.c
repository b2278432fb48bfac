/* scope.c: an owner's consent that a subscription may use an account integration. */
#include "core/name.h"
#include "vault/ties.h"
#include "base/banned.h"

_Static_assert((int)VAULT_SCOPE_PROJECTS == (int)SCOPE_PROJECTS_MAX, "as many as a row has");

struct scoping {
	struct vault *vault;
	unsigned peers;
	const struct vault_request *request;
	struct span uid;   /* of the bound integration to be made */
	int64_t handle_id; /* it */
};

/* The account integration is theirs, and they have a role in the subscription. */
static int may(struct ties *t, enum role *role)
{
	int64_t me = t->who.actor.account_id;
	struct right r;

	if (t->own.id == 0 || t->own.account_id != me)
		return E_NOT_FOUND;
	TRY(acting_right_of(t->vault, me, RIGHT_ROLE, t->subscription_id, &r));
	*role = (enum role)r.role;
	return t->place.disabled_at ? E_DENIED : OK;
}

/* How the consent stands; `rc` of ties_grant_find(). */
static bool is_live(int rc, const struct scope_grant *g)
{
	return rc == OK && !g->released_until;
}

/* What is not in use may have been shown as what it is, or as none. */
static bool as_expected(int rc, const struct scope_grant *g, int64_t expect)
{
	return expect == -1 || (expect == 0 && !is_live(rc, g)) || (expect && g->entry == expect);
}

static bool same_projects(struct ties *t, const struct scope_grant *g,
			  const struct project_set *projects)
{
	return (g->all_projects != 0) == projects->all &&
	       (projects->all || span_eq(g->projects, project_set_text(t->vault->arena, projects)));
}

/* Leaves a consent alone that says the same already. A row that cannot be believed is written
 * over: its owner says now what it shall be. */
static int consent(struct ties *t, const struct vault_scope *s, enum role role)
{
	struct project_set projects;
	struct scope_grant g = {0};
	int rc = ties_grant_find(t, t->own.id, &g);

	if (rc != OK && rc != E_NOT_FOUND && rc != E_DENIED)
		return rc;
	if (!as_expected(rc, &g, s->expect))
		return E_CONFLICT;
	if (s->keep)
		return rc == E_DENIED ? E_DENIED : is_live(rc, &g) ? OK : E_CONFLICT;
	TRY(ties_projects(t, role, s->all_projects, s->projects, s->nprojects, &projects));
	if (!is_live(rc, &g))
		return ties_grant_new(t, AUDIT_SCOPE_GRANT, &projects);
	return same_projects(t, &g, &projects) ? OK
					       : ties_grant_new(t, AUDIT_SCOPE_CHANGE, &projects);
}

static int create(struct ties *t, struct scoping *w)
{
	struct vault *v = t->vault;
	struct integration_head handle = {.subscription_id = t->subscription_id,
					  .name = w->request->scope.name,
					  .type = t->own.type};
	struct binding_row b = {0};
	bool taken;

	if (name_fault(v->arena, handle.name).n)
		return E_INVALID;
	TRY(store_integration_head_named(v->db, v->arena, t->subscription_id, handle.name, &taken));
	if (taken)
		return E_CONFLICT;
	TRY(store_integration_head_create(v->db, w->uid, t->who.actor.account_id, t->now, &handle,
					  &handle.id));
	w->handle_id = handle.id;
	return ties_binding_write(t, AUDIT_BINDING_CREATE, &handle, NULL, &b);
}

/* A consent without anything that is bound would be one that nobody sees. */
static int is_bound(struct ties *t)
{
	struct binding_row *list;
	size_t n;

	TRY(store_binding_rows_to(t->vault->db, t->vault->arena, t->own.id, t->subscription_id,
				  &list, &n));
	for (size_t k = 0; k < n; k++) {
		int rc = ties_binding_find(t, list[k].integration_id, &list[k]);
		if (rc != E_DENIED)
			return rc;
	}
	return E_CONFLICT;
}

/* Runs again after a deadlock. */
static int grant(struct db *db, void *arg)
{
	struct scoping *w = arg;
	const struct vault_scope *s = &w->request->scope;
	int64_t own = s->integration_id;
	const struct ties_wanted wanted = {&own, 1, own, s->subscription_id};
	struct ties t;
	enum role role;

	(void)db;
	w->handle_id = 0;
	TRY(ties_begin(w->vault, w->peers, w->request, &wanted, &t));
	TRY(may(&t, &role));
	if (!s->name.n)
		TRY(is_bound(&t));
	TRY(consent(&t, s, role));
	if (s->name.n)
		TRY(create(&t, w));
	return ties_end(&t);
}

int vault_op_scope_grant(struct vault *v, unsigned peers, const struct vault_request *q,
			 struct vault_answer *s)
{
	unsigned char uid[UID_BYTES];
	struct scoping w = {
		.vault = v,
		.peers = peers,
		.request = q,
		.uid = span_of((const char *)uid, sizeof(uid)),
	};

	if (q->scope.keep && q->scope.name.n == 0)
		return E_INVALID;
	random_bytes(uid, sizeof(uid));
	TRY(db_transaction(v->db, grant, &w));
	s->handle_id = w.handle_id;
	return OK;
}
