/* acting.c: who acts. */
#include "vault/acting.h"

#include "base/clock.h"
#include "base/log.h"
#include "core/role.h"
#include "store/standing.h"
#include "vault/mac.h"
#include "vault/trust.h"
#include "base/banned.h"

/* Clocks of two machines may differ by as much: a confirmation is not refused for being younger
 * than now. */
enum { CLOCK_SLACK = 60 };

static bool is_fresh(const struct confirmation *c)
{
	int64_t age = clock_now() - c->at;

	return age >= -CLOCK_SLACK && age <= VAULT_CONFIRMED;
}

static int confirmed(struct vault *v, const struct vault_request *q, struct confirmation *out)
{
	int rc;

	if (q->session.n == 0)
		return E_UNCONFIRMED;
	rc = store_confirmation_find(v->db, v->arena, q->session, out);
	if (rc == E_NOT_FOUND)
		return E_UNCONFIRMED;
	TRY(rc);
	if (!mac_confirmation_fits(v->key, out)) {
		log_error("a confirmation of account %lld was not written by the vault",
			  (long long)out->account_id);
		return E_UNCONFIRMED;
	}
	if (!is_fresh(out))
		return E_UNCONFIRMED;
	if (out->account_id != q->actor.account_id) {
		log_warn("a request for account %lld came with the confirmation of account %lld",
			 (long long)q->actor.account_id, (long long)out->account_id);
		return E_UNCONFIRMED;
	}
	return OK;
}

int acting_find(struct vault *v, unsigned peers, const struct vault_request *q, struct acting *out)
{
	struct confirmation c;
	struct standing who;
	int rc;

	*out = (struct acting){
		.actor = {q->actor.account_id, q->actor.name, q->actor.address, q->actor.request}};
	/* where all users are one, a request without a session is the operator's command */
	out->is_operator = (peers & PEER_ADMIN) && q->session.n == 0;
	if (out->is_operator)
		return OK;
	TRY(confirmed(v, q, &c));
	rc = store_standing_find(v->db, v->arena, c.account_id, &who);
	if (rc == E_NOT_FOUND || (rc == OK && who.disabled))
		return E_UNCONFIRMED;
	TRY(rc);
	out->actor.account_id = who.account_id;
	out->actor.name = who.login;
	return OK;
}

int acting_right_of(struct vault *v, int64_t account_id, enum right_table table,
		    int64_t subscription_id, struct right *out)
{
	enum trust trust;

	TRY(store_right_find(v->db, v->arena, table, account_id, subscription_id, out));
	TRY(trust_right(v, out, &trust));
	if (trust == TRUST_GOOD)
		return OK;
	log_error("a right of account %lld %s", (long long)account_id, trust_text(trust));
	return E_DENIED;
}

/* OK with the actor's own right; E_DENIED: none, or none of the vault's. */
static int own_right(struct vault *v, const struct acting *who, enum right_table table,
		     int64_t subscription_id, struct right *out)
{
	int rc = acting_right_of(v, who->actor.account_id, table, subscription_id, out);

	return rc == E_NOT_FOUND ? E_DENIED : rc;
}

int acting_site_admin(struct vault *v, const struct acting *who)
{
	struct right r;

	return who->is_operator ? OK : own_right(v, who, RIGHT_SITE_ROLE, 0, &r);
}

int acting_admin(struct vault *v, const struct acting *who, int64_t subscription_id)
{
	struct right r;

	if (who->is_operator)
		return OK;
	TRY(own_right(v, who, RIGHT_ROLE, subscription_id, &r));
	return r.role == ROLE_ADMIN ? OK : E_DENIED;
}
