/* consent.c: the vault's own answer to "may this go there now". */
#include "vault/consent.h"

#include "base/clock.h"
#include "base/log.h"
#include "store/standing.h"
#include "vault/acting.h"
#include "vault/trust.h"
#include "base/banned.h"

struct asking {
	struct vault *vault;
	int64_t now;
	struct integration_head handle, own;
	struct binding_row binding;
	struct binding_place place;
	struct scope_grant grant;
};

static int believed(const struct asking *q, const char *what, enum trust t)
{
	if (t == TRUST_GOOD)
		return OK;
	log_error("the %s of bound integration %lld %s", what, (long long)q->handle.id,
		  trust_text(t));
	return E_DENIED;
}

/* What is not there is a refusal, once the handle itself is. */
static int there(int rc)
{
	return rc == E_NOT_FOUND ? E_DENIED : rc;
}

static int handle_side(struct asking *q, int64_t handle_id)
{
	struct vault *v = q->vault;
	enum trust trust;

	TRY(store_integration_head_find(v->db, v->arena, handle_id, &q->handle));
	if (!q->handle.bound)
		return E_NOT_FOUND;
	TRY(there(store_binding_row_find(v->db, v->arena, handle_id, &q->binding)));
	TRY(trust_binding(v, &q->binding, &trust));
	TRY(believed(q, "binding", trust));
	TRY(there(store_binding_place(v->db, v->arena, q->handle.subscription_id, &q->place)));
	if (q->binding.subscription_id != q->handle.subscription_id || q->handle.disabled_at ||
	    q->place.disabled_at)
		return E_DENIED;
	return OK;
}

static int owner_side(struct asking *q)
{
	struct vault *v = q->vault;
	enum trust trust;

	TRY(there(store_integration_head_find(v->db, v->arena, q->binding.account_integration_id,
					      &q->own)));
	if (q->own.account_id != q->binding.account_id || q->own.disabled_at ||
	    !span_eq(q->own.type, q->handle.type))
		return E_DENIED;
	TRY(there(store_scope_grant_find(v->db, v->arena, q->own.id, q->binding.subscription_id,
					 &q->grant)));
	TRY(trust_scope_grant(v, &q->grant, &trust));
	TRY(believed(q, "consent", trust));
	return q->grant.released_until || q->grant.account_id != q->own.account_id ? E_DENIED : OK;
}

/* Since when somebody without a role has none. A role that is not the vault's is none. */
static int departed_at(struct asking *q, int64_t *at)
{
	struct vault *v = q->vault;
	struct departure d;
	enum trust trust;

	TRY(there(store_departure_find(v->db, v->arena, q->own.account_id,
				       q->binding.subscription_id, &d)));
	TRY(trust_departure(v, &d, &trust));
	TRY(believed(q, "departure", trust));
	*at = d.left_at;
	return OK;
}

/* Is the owner here (*at = 0), or since when not? A disabled account has left everywhere. */
static int left_at(struct asking *q, int64_t *at)
{
	struct vault *v = q->vault;
	struct standing owner;
	struct right role;
	int rc;

	*at = 0;
	TRY(there(store_standing_find(v->db, v->arena, q->own.account_id, &owner)));
	rc = acting_right_of(v, q->own.account_id, RIGHT_ROLE, q->binding.subscription_id, &role);
	if (rc == E_NOT_FOUND)
		rc = departed_at(q, at);
	TRY(rc);
	if (owner.disabled && (*at == 0 || owner.disabled_at < *at))
		*at = owner.disabled_at;
	return OK;
}

int vault_consent(struct vault *v, int64_t handle_id, struct consent *out)
{
	struct asking q = {.vault = v, .now = clock_now()};
	struct project_set granted, own;
	int64_t left;

	TRY(handle_side(&q, handle_id));
	TRY(owner_side(&q));
	TRY(left_at(&q, &left));
	if (left && !binding_in_grace(left, q.place.grace_days, q.now))
		return E_DENIED;
	TRY(project_set_read(v->arena, q.grant.projects, &granted));
	granted.all = q.grant.all_projects != 0;
	TRY(store_binding_own_list(v->db, v->arena, handle_id, &own));
	*out = (struct consent){
		.integration_id = q.own.id,
		.account_id = q.own.account_id,
		.state = left ? BINDING_OWNER_LEFT : BINDING_LIVE,
		.projects = project_set_both(v->arena, &granted, &own),
	};
	return OK;
}
