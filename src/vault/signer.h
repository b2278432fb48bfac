/* signer.h: the vault's process that signs the heads of the audit chains. */
#ifndef VAULT_SIGNER_H
#define VAULT_SIGNER_H

#include "vault/vault.h"

/* Signs the heads that moved each options->sign_every seconds, until SIGTERM. It answers nobody, so
 * however much there is to sign, no request waits. Of the keys it keeps the signing key alone. Ends
 * the process: EXIT_SUCCESS when the next file is due, EXIT_FAILURE when the file cannot be
 * written. */
__attribute__((noreturn)) void vault_signer(struct vault *v);

#endif
