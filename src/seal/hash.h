/* hash.h: hashes, MACs, random bytes and tokens: what needs no secret of the vault's. */
#ifndef SEAL_HASH_H
#define SEAL_HASH_H

#include "base/arena.h"

enum { HASH_BYTES = 32, UID_BYTES = 16, TOKEN_BYTES = 32 };

/* BLAKE2b-256. */
void hash_bytes(struct span data, unsigned char out[HASH_BYTES]);
/* Keyed BLAKE2b-256; the key is any 16 to 64 bytes. */
void mac_bytes(struct span key, struct span data, unsigned char out[HASH_BYTES]);
/* Constant time. */
bool mac_equal(const unsigned char a[HASH_BYTES], struct span b);
void random_bytes(unsigned char *out, size_t n);
/* Base64url without padding, in the arena. */
struct span base64_text(struct arena *a, struct span bytes);
/* E_INVALID when it is none, or decodes to more than `most` bytes. */
int base64_read(struct arena *a, struct span text, size_t most, struct span *out) WARN_UNUSED;
/* 32 random bytes as base64url: a session token. */
struct span token_new(struct arena *a);

#endif
