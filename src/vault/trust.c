/* trust.c: which rows the vault believes. */
#include "vault/trust.h"

#include "core/audit.h"
#include "core/role.h"
#include "store/audit_newest.h"
#include "vault/mac.h"
#include "base/banned.h"

const char *trust_text(enum trust t)
{
	static const char *const TEXTS[] = {
		[TRUST_GOOD] = "is good",
		[TRUST_FORGED] = "was not written by the vault",
		[TRUST_REPLAYED] = "is an old one that was put back",
	};

	return TEXTS[t];
}

/* The newest entry of the subscription's chain, or of the site's (0). */
static int newest(struct vault *v, int64_t subscription_id, enum audit_about about, int64_t id,
		  struct audit_newest *out)
{
	struct span chain = subscription_id ? audit_chain_subscription(v->arena, subscription_id)
					    : AUDIT_CHAIN_SITE;

	return store_audit_newest(v->db, v->arena, chain, about, id, out);
}

static bool says(const struct audit_newest *e, enum audit_action action)
{
	return span_is(e->action, audit_action_text(action));
}

/* Rows of rights have no number of an entry, but what stands in the entry, and its time. */
static int last_right(struct vault *v, const struct right *r, bool *is)
{
	bool site = r->table == RIGHT_SITE_ROLE;
	struct audit_newest e;

	TRY(newest(v, r->subscription_id, site ? ABOUT_SITE_ROLE : ABOUT_ROLE, r->account_id, &e));
	*is = e.at == r->granted_at;
	if (site)
		*is = *is && says(&e, AUDIT_SITE_ADMIN_GRANT);
	else
		*is = *is && (says(&e, AUDIT_ROLE_GRANT) || says(&e, AUDIT_ROLE_APPOINT)) &&
		      span_eq(e.fields, role_text((enum role)r->role));
	return OK;
}

int trust_right(struct vault *v, const struct right *r, enum trust *out)
{
	bool is = true;

	*out = TRUST_FORGED;
	if (!mac_right_fits(v->key, r))
		return OK;
	if (r->table != RIGHT_COLLABORATOR)
		TRY(last_right(v, r, &is));
	*out = is ? TRUST_GOOD : TRUST_REPLAYED;
	return OK;
}

int trust_scope_grant(struct vault *v, const struct scope_grant *g, enum trust *out)
{
	struct audit_newest e;

	*out = TRUST_FORGED;
	if (!mac_scope_grant_fits(v->key, g))
		return OK;
	TRY(newest(v, g->subscription_id, ABOUT_SCOPE, g->integration_id, &e));
	*out = e.seq == g->entry ? TRUST_GOOD : TRUST_REPLAYED;
	return OK;
}

int trust_binding(struct vault *v, const struct binding_row *b, enum trust *out)
{
	struct audit_newest e;

	*out = TRUST_FORGED;
	if (!mac_binding_fits(v->key, b))
		return OK;
	TRY(newest(v, b->subscription_id, ABOUT_BINDING, b->integration_id, &e));
	*out = e.seq == b->entry ? TRUST_GOOD : TRUST_REPLAYED;
	return OK;
}

int trust_departure(struct vault *v, const struct departure *d, enum trust *out)
{
	struct audit_newest e;

	*out = TRUST_FORGED;
	if (!mac_departure_fits(v->key, d))
		return OK;
	TRY(newest(v, d->subscription_id, ABOUT_ROLE, d->account_id, &e));
	*out = e.at == d->left_at && says(&e, AUDIT_ROLE_REVOKE) ? TRUST_GOOD : TRUST_REPLAYED;
	return OK;
}
