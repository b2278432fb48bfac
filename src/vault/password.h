/* password.h: what setting a password by itself and by a one-time link share. */
#ifndef VAULT_PASSWORD_H
#define VAULT_PASSWORD_H

#include "seal/secret.h"
#include "store/password.h"
#include "vault/vault.h"

/* Bytes of the request into guarded memory; there they are wiped. */
struct secret password_take(struct vault *v, struct span from);
/* 12 to 1024 bytes. */
bool password_length_fits(const struct secret *password);
/* Fills in the row's hash, time and MAC, in the arena; runs Argon2 once. */
int password_make(struct vault *v, const struct secret *password,
		  struct password_row *row) WARN_UNUSED;

#endif
