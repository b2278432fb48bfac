/* grant.c: who may give which right, and writing it under the vault's MAC. */
#include "base/clock.h"
#include "core/role.h"
#include "vault/acting.h"
#include "vault/mac.h"
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

/* A site admin has no say in a subscription but this: where no enabled account is admin, they may
 * make somebody that. */
static int appoint(struct vault *v, const struct acting *who, struct grant *g)
{
	const struct right nobody = {.table = RIGHT_ROLE,
				     .subscription_id = g->right.subscription_id};
	int64_t admins;

	if (g->act != RIGHT_GRANT || g->right.table != RIGHT_ROLE || g->right.role != ROLE_ADMIN)
		return E_DENIED;
	TRY(acting_site_admin(v, who));
	TRY(store_right_other_admins(v->db, v->arena, &nobody, &admins));
	if (admins)
		return E_DENIED;
	g->act = RIGHT_APPOINT;
	return OK;
}

static int may(struct vault *v, const struct acting *who, struct grant *g)
{
	int rc;

	if (g->right.table == RIGHT_SITE_ROLE)
		return acting_site_admin(v, who);
	rc = acting_admin(v, who, g->right.subscription_id);
	return rc == E_DENIED ? appoint(v, who, g) : rc;
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
	return store_right_change(db, v->arena, &who.actor, &g.right, g.act);
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
