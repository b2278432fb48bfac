/* open.h: the vault's half: opening boxes. In an archive of its own; only signet-vault links it. */
#ifndef SEAL_OPEN_H
#define SEAL_OPEN_H

#include "seal/seal.h"

struct open_key; /* secret key and MAC key in guarded pages; lives as long as the process */

/* Reads the vault's secret key file (0400, owned by the vault's user). E_NOT_FOUND, E_INVALID;
 * E_DENIED when others than the owner may read it. All logged. */
int open_key_read(const char *path, struct open_key **out) WARN_UNUSED;
/* Locks the key's page in memory once more: a child of fork() does not inherit the lock. Logged
 * when the system does not let us. */
void open_key_lock(const struct open_key *k);
const struct seal_key *open_key_public(const struct open_key *k);
/* The MAC of a row's canonical bytes under the vault's MAC key. */
void open_key_mac(const struct open_key *k, struct span row, unsigned char out[HASH_BYTES]);
/* Wipes it: for a process that needs no more than what it derived. */
void open_key_free(struct open_key *k);
enum { OPEN_SEED_BYTES = 32 };
/* The seed of another key, made from the secret key for the purpose that `context` (8 characters) names. */
void open_key_derive(const struct open_key *k, const char *context,
		     unsigned char out[OPEN_SEED_BYTES]);
/* Opens a box; label spans point into the arena. E_CORRUPT when it does not open or its inside is
 * not a label and a value. */
int seal_open(struct arena *a, const struct open_key *k, struct span box, struct seal_label *label,
	      struct secret *value) WARN_UNUSED;

#endif
