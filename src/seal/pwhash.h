/* pwhash.h: Argon2id, for the vault alone. Each call costs about 140 ms and 64 MiB. */
#ifndef SEAL_PWHASH_H
#define SEAL_PWHASH_H

#include "seal/secret.h"

/* The PHC string of the password, in the arena. */
int pwhash_make(struct arena *a, const struct secret *password, struct span *out) WARN_UNUSED;
/* OK or E_DENIED. Never faster for a wrong one. */
int pwhash_check(struct span hash, const struct secret *password) WARN_UNUSED;
/* How often Argon2 ran in this process. */
int64_t pwhash_calls(void);

#endif
