/* rebind.c: pointing bound integrations at another account integration, and back. */
#include "vault/vault.h"
#include "base/banned.h"

int vault_op_rebind(struct vault *v, unsigned peers, const struct vault_request *q,
		    struct vault_answer *s)
{
	(void)v;
	(void)peers;
	(void)q;
	(void)s;
	return E_UNAVAILABLE;
}
