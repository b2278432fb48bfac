/* grant.c: who may give which right, and writing it under the vault's MAC. */
#include "base/clock.h"
#include "core/role.h"
#include "vault/acting.h"
#include "vault/mac.h"
#include "vault/trust.h"
#include "base/banned.h"

/* The row that the request means, with zeros where its table has no column. E_INVALID. */
static int right_of(const struct vault_grant *g, struct right *out)
{
	*out = (struct right){
		.account_id = g->account_id, .granted_at = clock_now(), .source = SPAN("hand")};
	switch (g->kind) {
	case GRANT_SITE_ADMIN:
		out->table = RIGHT_SITE_ROLE;
		return OK;
	case GRANT_ROLE:
		out->table = RIGHT_ROLE;
		out->subscription_id = g->subscription_id;
		out->role = g->role;
		return g->role >= ROLE_NONE && g->role <= ROLE_ADMIN ? OK : E_INVALID;
	case GRANT_COLLABORATOR:
		out->table = RIGHT_COLLABORATOR;
		out->subscription_id = g->subscription_id;
		out->project_id = g->project_id;
		return OK;
	}
	return E_INVALID;
}

struct grant {
	struct vault *vault;
	unsigned peers;
	const struct vault_request *request;
	struct right right;
	enum right_act act;
};

/* Can anybody act as an admin there? A row that cannot be believed lets nobody. */
static int has_admin(struct vault *v, int64_t subscription_id, bool *out)
{
	struct right *list;
	enum trust trust;
	size_t n;

	*out = false;
	TRY(store_right_admins(v->db, v->arena, subscription_id, &list, &n));
	for (size_t k = 0; k < n && !*out; k++) {
		TRY(trust_right(v, &list[k], &trust));
		*out = trust == TRUST_GOOD;
	}
	return OK;
}

/* A site admin has no say in a subscription but this: where no enabled account is admin, they may
 * make somebody that. */
static int appoint(struct vault *v, const struct acting *who, struct grant *g)
{
	bool has;

	if (g->act != RIGHT_GRANT || g->right.table != RIGHT_ROLE || g->right.role != ROLE_ADMIN)
		return E_DENIED;
	TRY(acting_site_admin(v, who));
	TRY(has_admin(v, g->right.subscription_id, &has));
	if (has)
		return E_DENIED;
	g->act = RIGHT_APPOINT;
	return OK;
}

/* Whoever has a role may give it back. */
static bool leaves(const struct acting *who, const struct grant *g)
{
	return !who->is_operator && g->act == RIGHT_REVOKE && g->right.table == RIGHT_ROLE &&
	       g->right.account_id == who->actor.account_id;
}

static int may(struct vault *v, const struct acting *who, struct grant *g)
{
	int rc;

	if (g->right.table == RIGHT_SITE_ROLE)
		return acting_site_admin(v, who);
	if (leaves(who, g))
		return OK;
	rc = acting_admin(v, who, g->right.subscription_id);
	return rc == E_DENIED ? appoint(v, who, g) : rc;
}

/* E_CONFLICT: the role is not the one that the asker saw. */
static int as_expected(struct vault *v, const struct grant *g)
{
	const struct right *r = &g->right;
	struct right now = {.role = ROLE_NONE};
	int rc;

	if (g->request->grant.expect == 0 || r->table != RIGHT_ROLE)
		return OK;
	rc = store_right_find(v->db, v->arena, r->table, r->account_id, r->subscription_id, &now);
	if (rc != OK && rc != E_NOT_FOUND)
		return rc;
	return GRANT_EXPECT(rc == OK ? now.role : ROLE_NONE) == g->request->grant.expect
		       ? OK
		       : E_CONFLICT;
}

/* When somebody's role goes, the days of grace of what they shared begin; with a new one they are
 * back (product rule 8). */
static int note_departure(struct vault *v, const struct grant *g)
{
	unsigned char mac[HASH_BYTES];
	struct departure d = {.account_id = g->right.account_id,
			      .subscription_id = g->right.subscription_id,
			      .left_at = g->right.granted_at,
			      .mac = span_of((const char *)mac, sizeof(mac))};

	if (g->right.table != RIGHT_ROLE)
		return OK;
	if (g->act != RIGHT_REVOKE)
		return store_departure_drop(v->db, d.account_id, d.subscription_id);
	mac_departure(v->key, &d, mac);
	return store_departure_put(v->db, &d);
}

/* Runs again after a deadlock, so it changes no more of `arg` than it can change twice. */
static int change(struct db *db, void *arg)
{
	struct grant g = *(struct grant *)arg;
	struct vault *v = g.vault;
	struct acting who;

	TRY(store_right_lock(db, v->arena, &g.right));
	TRY(acting_find(v, g.peers, g.request, &who));
	TRY(may(v, &who, &g));
	TRY(as_expected(v, &g));
	TRY(store_right_change(db, v->arena, &who.actor, &g.right, g.act));
	return note_departure(v, &g);
}

int vault_op_role_grant(struct vault *v, unsigned peers, const struct vault_request *q,
			struct vault_answer *s)
{
	struct grant g = {.vault = v, .peers = peers, .request = q, .act = RIGHT_GRANT};
	unsigned char mac[HASH_BYTES];

	(void)s;
	TRY(right_of(&q->grant, &g.right));
	if (q->grant.revoke || (g.right.table == RIGHT_ROLE && g.right.role == ROLE_NONE))
		g.act = RIGHT_REVOKE;
	TRY(mac_right(v->key, &g.right, mac));
	g.right.mac = span_of((const char *)mac, sizeof(mac));
	return db_transaction(v->db, change, &g);
}
