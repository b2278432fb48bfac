/* seal.h: the public half of sealing: anybody may seal, only the vault opens.
 *
 * crypto_box_seal has no associated data and no sender, so the plaintext begins with a label that
 * says what the value is and where it may go; see architecture.md "Sealing". Padded to a multiple
 * of 64. */
#ifndef SEAL_SEAL_H
#define SEAL_SEAL_H

#include "base/buf.h"
#include "seal/secret.h"
#include "seal/hash.h"

enum { SEAL_PUBLIC_BYTES = 32, SEAL_KEY_ID_CHARS = 16, SEAL_VALUE_MAX = 64 * 1024 };

struct seal_key {
	char id[SEAL_KEY_ID_CHARS + 1]; /* hex, the front of the hash of the public key */
	unsigned char public_key[SEAL_PUBLIC_BYTES];
};

struct seal_label {
	unsigned char owner_uid[UID_BYTES]; /* the subscription's or account's */
	unsigned char thing_uid[UID_BYTES]; /* the integration's */
	struct span field;                  /* "apiToken", "envs:KEY" */
	struct span type;                   /* "jenkins" */
	struct span origins;                /* origins_text(): where it may be sent */
	int64_t sealed_at;
};

/* Reads a public key file as signet-admin keys init writes it. E_NOT_FOUND, E_INVALID (logged). */
int seal_key_read(const char *path, struct seal_key *out) WARN_UNUSED;
/* Seals value under label; the box in the arena. E_TOO_BIG past SEAL_VALUE_MAX. */
int seal_value(struct arena *a, const struct seal_key *k, const struct seal_label *label,
	       const struct secret *value, struct span *box) WARN_UNUSED;

#endif
