/* ties.c: consents and bindings under the vault's MAC. */
#include "vault/ties.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "store/audit.h"
#include "store/standing.h"
#include "store/subscription.h"
#include "vault/mac.h"
#include "base/banned.h"

struct tie_note {
	int64_t account_id;
	struct audit_entry entry;
	struct tie_note *next;
};

static int id_cmp(const void *left, const void *right)
{
	int64_t l = *(const int64_t *)left, r = *(const int64_t *)right;

	return l < r ? -1 : l > r;
}

static int lock_integrations(struct vault *v, const struct ties_wanted *w, struct ties *t)
{
	struct integration_head head;
	int rc;

	qsort(w->ids, w->n, sizeof(*w->ids), id_cmp);
	for (size_t k = 0; k < w->n; k++) {
		if (k && w->ids[k] == w->ids[k - 1])
			continue;
		rc = store_integration_head_lock(v->db, v->arena, w->ids[k], &head);
		if (rc == OK && head.id == w->own_id)
			t->own = head;
		else if (rc != OK && rc != E_NOT_FOUND)
			return rc;
	}
	return OK;
}

int ties_begin(struct vault *v, unsigned peers, const struct vault_request *q,
	       const struct ties_wanted *w, struct ties *out)
{
	int sub;

	*out = (struct ties){.vault = v, .now = clock_now(), .subscription_id = w->subscription_id};
	/* all locks before the first plain read: that one decides which moment is read */
	TRY(lock_integrations(v, w, out));
	sub = store_subscription_lock(v->db, v->arena, w->subscription_id);
	if (sub != OK && sub != E_NOT_FOUND)
		return sub;
	TRY(acting_find(v, peers, q, &out->who));
	if (out->who.is_operator)
		return E_DENIED;
	TRY(sub);
	return store_binding_place(v->db, v->arena, w->subscription_id, &out->place);
}

int ties_end(struct ties *t)
{
	for (struct tie_note *n = t->notes; n; n = n->next)
		TRY(store_audit_write(t->vault->db, t->vault->arena, &n->entry));
	return OK;
}

/* An entry in the subscription's chain; its number in *seq. */
static int note(struct ties *t, enum audit_action action, int64_t object_id, struct span object,
		struct span fields, int64_t *seq)
{
	struct audit_entry e = {
		.chain = audit_chain_subscription(t->vault->arena, t->subscription_id),
		.at = t->now,
		.actor = t->who.actor,
		.action = action,
		.object_id = object_id,
		.object = object,
		.fields = fields,
	};

	TRY(store_audit_write(t->vault->db, t->vault->arena, &e));
	*seq = e.seq;
	return OK;
}

/* An entry in an account's chain, about its account integration. By account, so that two
 * transactions never wait for each other's chains. */
static void note_account(struct ties *t, int64_t account_id, enum audit_action action,
			 int64_t object_id, struct span object, struct span fields)
{
	struct tie_note **at = &t->notes, *n = ARENA_NEW(t->vault->arena, struct tie_note);

	while (*at && (*at)->account_id <= account_id)
		at = &(*at)->next;
	*n = (struct tie_note){
		.account_id = account_id,
		.entry =
			{
				.chain = audit_chain_account(t->vault->arena, account_id),
				.at = t->now,
				.actor = t->who.actor,
				.action = action,
				.object_id = object_id,
				.object = object,
				.fields = fields,
			},
		.next = *at,
	};
	*at = n;
}

static int believed(const struct ties *t, const char *what, int64_t id, enum trust trust)
{
	if (trust == TRUST_GOOD)
		return OK;
	log_error("the %s of integration %lld in subscription %lld %s", what, (long long)id,
		  (long long)t->subscription_id, trust_text(trust));
	return E_DENIED;
}

int ties_grant_find(struct ties *t, int64_t integration_id, struct scope_grant *out)
{
	struct vault *v = t->vault;
	enum trust trust;

	TRY(store_scope_grant_find(v->db, v->arena, integration_id, t->subscription_id, out));
	TRY(trust_scope_grant(v, out, &trust));
	TRY(believed(t, "consent", integration_id, trust));
	return out->released_until && out->released_until <= t->now ? E_NOT_FOUND : OK;
}

int ties_binding_find(struct ties *t, int64_t handle_id, struct binding_row *out)
{
	struct vault *v = t->vault;
	enum trust trust;

	TRY(store_binding_row_find(v->db, v->arena, handle_id, out));
	TRY(trust_binding(v, out, &trust));
	if (out->subscription_id != t->subscription_id)
		trust = TRUST_FORGED; /* the handle is of another subscription than when it was
					 bound */
	return believed(t, "binding", handle_id, trust);
}

int ties_grant_write(struct ties *t, enum audit_action action, struct span name,
		     struct scope_grant *g)
{
	struct vault *v = t->vault;
	unsigned char *mac = arena_alloc(v->arena, HASH_BYTES);
	struct project_set set;
	struct span projects;

	TRY(project_set_read(v->arena, g->projects, &set));
	projects = g->all_projects ? SPAN("all projects")
				   : arena_printf(v->arena, "projects: %zu", set.n);
	TRY(note(t, action, g->integration_id, name, projects, &g->entry));
	note_account(t, g->account_id, action, g->integration_id, name, t->place.slug);
	mac_scope_grant(v->key, g, mac);
	g->mac = span_of((const char *)mac, HASH_BYTES);
	return store_scope_grant_put(v->db, g);
}

int ties_grant_new(struct ties *t, enum audit_action action, const struct project_set *projects)
{
	struct scope_grant g = {
		.integration_id = t->own.id,
		.subscription_id = t->subscription_id,
		.account_id = t->own.account_id,
		.all_projects = projects->all,
		.projects = projects->all ? SPAN("") : project_set_text(t->vault->arena, projects),
		.granted_at = t->now,
	};

	return ties_grant_write(t, action, t->own.name, &g);
}

static int login_of(struct ties *t, int64_t account_id, struct span *out)
{
	struct standing who;

	TRY(store_standing_find(t->vault->db, t->vault->arena, account_id, &who));
	*out = who.login;
	return OK;
}

/* For whom it was bound until now: the account integration may be gone, its owner is not. */
static int note_loser(struct ties *t, enum audit_action action, struct span fields,
		      const struct integration_head *handle, const struct binding_row *was)
{
	struct integration_head old = {.name = handle->name};
	int rc = store_integration_head_find(t->vault->db, t->vault->arena,
					     was->account_integration_id, &old);

	if (rc != OK && rc != E_NOT_FOUND)
		return rc;
	note_account(t, was->account_id, action, was->account_integration_id, old.name, fields);
	return OK;
}

/* In all chains that the change concerns; its number in the subscription's goes into the row. */
static int note_binding(struct ties *t, enum audit_action action,
			const struct integration_head *handle, const struct binding_row *was,
			int64_t *seq)
{
	struct arena *a = t->vault->arena;
	struct span to, from, owners,
		place = arena_printf(a, "%.*s / %.*s", SPAN_ARG(t->place.slug),
				     SPAN_ARG(handle->name));

	TRY(login_of(t, t->own.account_id, &to));
	owners = arena_printf(a, "to %.*s", SPAN_ARG(to));
	if (was) {
		TRY(login_of(t, was->account_id, &from));
		owners = arena_printf(a, "from %.*s to %.*s", SPAN_ARG(from), SPAN_ARG(to));
		TRY(note_loser(t, action, place, handle, was));
	}
	note_account(t, t->own.account_id, action, t->own.id, t->own.name, place);
	return note(t, action, handle->id, handle->name, owners, seq);
}

int ties_binding_write(struct ties *t, enum audit_action action,
		       const struct integration_head *handle, const struct binding_row *was,
		       struct binding_row *b)
{
	struct vault *v = t->vault;
	unsigned char *mac = arena_alloc(v->arena, HASH_BYTES);

	TRY(note_binding(t, action, handle, was, &b->entry));
	b->integration_id = handle->id;
	b->subscription_id = t->subscription_id;
	b->account_integration_id = t->own.id;
	b->account_id = t->own.account_id;
	b->bound_at = t->now;
	b->bound_by = t->who.actor.account_id;
	mac_binding(v->key, b, mac);
	b->mac = span_of((const char *)mac, HASH_BYTES);
	return store_binding_row_put(v->db, b);
}

/* Does a binding that can be believed go there? */
static int used(struct ties *t, int64_t integration_id, bool *out)
{
	struct vault *v = t->vault;
	struct binding_row *list;
	enum trust trust;
	size_t n;

	*out = false;
	TRY(store_binding_rows_to(v->db, v->arena, integration_id, t->subscription_id, &list, &n));
	for (size_t k = 0; k < n && !*out; k++) {
		TRY(trust_binding(v, &list[k], &trust));
		*out = trust == TRUST_GOOD;
	}
	return OK;
}

/* Until when an undo may go back there; 0: none may. */
static int undo_until(struct ties *t, int64_t integration_id, int64_t *out)
{
	struct vault *v = t->vault;
	struct binding_row *list;
	enum trust trust;
	size_t n;

	*out = 0;
	TRY(store_binding_rows_undo(v->db, v->arena, integration_id, t->subscription_id, &list,
				    &n));
	for (size_t k = 0; k < n; k++) {
		if (list[k].undo_until <= t->now || list[k].undo_until <= *out)
			continue;
		TRY(trust_binding(v, &list[k], &trust));
		if (trust == TRUST_GOOD)
			*out = list[k].undo_until;
	}
	return OK;
}

static int drop(struct ties *t, const struct scope_grant *g, struct span name)
{
	int64_t seq;

	TRY(note(t, AUDIT_SCOPE_WITHDRAW, g->integration_id, name, SPAN(""), &seq));
	note_account(t, g->account_id, AUDIT_SCOPE_WITHDRAW, g->integration_id, name,
		     t->place.slug);
	return store_scope_grant_drop(t->vault->db, g->integration_id, g->subscription_id);
}

static int settle_one(struct ties *t, int64_t integration_id)
{
	struct vault *v = t->vault;
	struct integration_head own;
	struct scope_grant g;
	int64_t until;
	bool in_use;
	int rc = ties_grant_find(t, integration_id, &g);

	if (rc == E_NOT_FOUND || rc == E_DENIED)
		return OK; /* nothing that counts; the doctor names what is wrong with it */
	TRY(rc);
	TRY(used(t, integration_id, &in_use));
	if (in_use)
		return OK;
	TRY(undo_until(t, integration_id, &until));
	TRY(store_integration_head_find(v->db, v->arena, integration_id, &own));
	if (!until)
		return drop(t, &g, own.name);
	if (g.released_until == until)
		return OK;
	g.released_until = until;
	return ties_grant_write(t, AUDIT_SCOPE_RELEASE, own.name, &g);
}

int ties_settle(struct ties *t, const int64_t *integration_ids, size_t n)
{
	for (size_t k = 0; k < n; k++) {
		bool seen = integration_ids[k] == 0;
		for (size_t i = 0; i < k && !seen; i++)
			seen = integration_ids[i] == integration_ids[k];
		if (!seen)
			TRY(settle_one(t, integration_ids[k]));
	}
	return OK;
}

/* The projects that who acts may name: all of the subscription, or a collaborator's own. */
static int choice(struct ties *t, enum role role, struct project_set *out)
{
	struct vault *v = t->vault;
	struct right *list;
	enum trust trust;
	int64_t *ids;
	size_t n;

	TRY(store_binding_projects(v->db, v->arena, t->subscription_id, out));
	if (role != ROLE_COLLABORATOR)
		return OK;
	TRY(store_right_projects(v->db, v->arena, t->who.actor.account_id, t->subscription_id,
				 &list, &n));
	ids = ARENA_ARRAY(v->arena, int64_t, n + 1);
	struct project_set own = {.ids = ids};
	for (size_t k = 0; k < n; k++) {
		TRY(trust_right(v, &list[k], &trust));
		if (trust == TRUST_GOOD && project_set_has(out, list[k].project_id))
			ids[own.n++] = list[k].project_id;
	}
	*out = own;
	return OK;
}

/* Into its place among the ids before it; twice is once. */
static void insert(int64_t *ids, size_t *n, int64_t id)
{
	size_t at = *n;

	while (at > 0 && ids[at - 1] > id)
		at--;
	if (at > 0 && ids[at - 1] == id)
		return;
	memmove(ids + at + 1, ids + at, (*n - at) * sizeof(*ids));
	ids[at] = id;
	++*n;
}

int ties_projects(struct ties *t, enum role role, bool all, const int64_t *ids, size_t n,
		  struct project_set *out)
{
	struct project_set may;
	int64_t *list;

	*out = (struct project_set){.all = all};
	if (all)
		return role == ROLE_COLLABORATOR ? E_NOT_FOUND : OK;
	if (n > SCOPE_PROJECTS_MAX)
		return E_INVALID;
	TRY(choice(t, role, &may));
	out->ids = list = ARENA_ARRAY(t->vault->arena, int64_t, n + 1);
	for (size_t k = 0; k < n; k++) {
		if (!project_set_has(&may, ids[k]))
			return E_NOT_FOUND;
		insert(list, &out->n, ids[k]);
	}
	return OK;
}
