/* acting.h: who acts, and what they may decide: from the vault's own rows alone, each under its
 * MAC. What the web process says about its visitor counts for nothing here. */
#ifndef VAULT_ACTING_H
#define VAULT_ACTING_H

#include "core/audit.h"
#include "store/right.h"
#include "vault/vault.h"

struct acting {
	bool is_operator;   /* signet-admin: may do everything, and confirmed nothing */
	struct actor actor; /* for audit rows */
};

/* All of these read: call them inside the transaction that changes something, after its lock. */

/* The account that confirmed its password for the request's session within VAULT_CONFIRMED. Address
 * and request id are the request's. E_UNCONFIRMED: there is none, its row was not written by the
 * vault, the request claims to act for another account, or the account is disabled. */
int acting_find(struct vault *v, unsigned peers, const struct vault_request *q,
		struct acting *out) WARN_UNUSED;
/* The right of an account in the subscription, or (0) its site role. E_NOT_FOUND: it has none;
 * E_DENIED: it has none of the vault's; logged. */
int acting_right_of(struct vault *v, int64_t account_id, enum right_table table,
		    int64_t subscription_id, struct right *out) WARN_UNUSED;
/* E_DENIED unless the operator or a site admin. */
int acting_site_admin(struct vault *v, const struct acting *who) WARN_UNUSED;
/* E_DENIED unless the operator or an admin of this subscription. */
int acting_admin(struct vault *v, const struct acting *who, int64_t subscription_id) WARN_UNUSED;

#endif
