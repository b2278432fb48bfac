/* scope.c: an owner's consent that a subscription may use an account integration. */
#include "vault/vault.h"
#include "base/banned.h"

int vault_op_scope_grant(struct vault *v, unsigned peers, const struct vault_request *q,
			 struct vault_answer *s)
{
	(void)v;
	(void)peers;
	(void)q;
	(void)s;
	return E_UNAVAILABLE;
}
