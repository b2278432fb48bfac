/* keygen.h: makes the vault's keys; linked by signet-admin (and tests) only. */
#ifndef SEAL_KEYGEN_H
#define SEAL_KEYGEN_H

#include "seal/seal.h"

/* Makes a key pair and a MAC key: writes `secret_path` (mode 0400, must not exist) and
 * `public_path` (0644). E_CONFLICT when secret_path exists; E_UNAVAILABLE when a file cannot be
 * written. */
int keygen_write(const char *secret_path, const char *public_path,
		 struct seal_key *out) WARN_UNUSED;

#endif
