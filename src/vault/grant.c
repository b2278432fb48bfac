/* grant.c: writing rights under the vault's MAC. */
#include "base/clock.h"
#include "core/role.h"
#include "vault/mac.h"
#include "vault/vault.h"
#include "base/banned.h"

/* The row that the request means, with zeros where its table has no column. E_INVALID. */
static int right_of(const struct vault_grant *g, struct right *out)
{
	*out = (struct right){.account_id = g->account_id, .granted_at = clock_now(),
			      .source = SPAN("hand")};
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

int vault_op_role_grant(struct vault *v, unsigned peers, const struct vault_request *q,
			struct vault_answer *s)
{
	const struct actor actor = {q->actor.account_id, q->actor.name, q->actor.address,
				    q->actor.request};
	unsigned char mac[HASH_BYTES];
	struct right r;

	(void)peers;
	(void)s;
	TRY(right_of(&q->grant, &r));
	if (q->grant.revoke || (r.table == RIGHT_ROLE && r.role == ROLE_NONE))
		return store_right_remove(v->db, v->arena, &actor, &r);
	TRY(mac_right(v->key, &r, mac));
	r.mac = span_of((const char *)mac, sizeof(mac));
	return store_right_put(v->db, v->arena, &actor, &r);
}
