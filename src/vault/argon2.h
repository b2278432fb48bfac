/* argon2.h: at most one Argon2 at a time over all workers (64 MiB each), and counted. */
#ifndef VAULT_ARGON2_H
#define VAULT_ARGON2_H

#include "seal/secret.h"
#include "vault/vault.h"

/* Shared memory for the workers to come; ends the process when there is none. */
struct vault_shared *vault_shared_new(void);
/* pwhash_check() and pwhash_make() under the lock. */
int vault_argon2_check(struct vault *v, struct span hash,
		       const struct secret *password) WARN_UNUSED;
int vault_argon2_make(struct vault *v, const struct secret *password, struct span *out) WARN_UNUSED;
int64_t vault_argon2_calls(const struct vault *v);

#endif
