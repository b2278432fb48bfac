/* consent.h: may the values of an account integration go to a bound one now? The one place that
 * answers it; it believes rows under the vault's MAC and the newest entries alone. */
#ifndef VAULT_CONSENT_H
#define VAULT_CONSENT_H

#include "core/binding.h"
#include "vault/vault.h"

struct consent {
	int64_t integration_id, account_id; /* whose values: the account integration, its owner */
	enum binding_state state;    /* BINDING_LIVE, or BINDING_OWNER_LEFT within the grace */
	struct project_set projects; /* which projects may have them: consent and own list */
};

/* OK: they may go to these projects. E_NOT_FOUND: no bound integration has this id; E_DENIED: they
 * may not: withdrawn, released, erased, disabled by whomever, another type or owner, the owner left
 * for longer than the days of grace, or a row is not the vault's last word (logged). */
int vault_consent(struct vault *v, int64_t handle_id, struct consent *out) WARN_UNUSED;

#endif
