/* keyfile.h: what the two key files have in common, for the files of seal/ alone. */
#ifndef SEAL_KEYFILE_H
#define SEAL_KEYFILE_H

#include "seal/seal.h"

#define KEYFILE_PUBLIC "signet-public-key v1"
#define KEYFILE_SECRET "signet-secret-key v1"
enum { KEYFILE_MAX = 4096, KEYFILE_BASE64_CHARS = 43 };

/* The key with its id, which is the front of the hash of its public half. */
void seal_key_of(const unsigned char public_key[SEAL_PUBLIC_BYTES], struct seal_key *out);
/* One line of base64url that must be exactly n bytes. E_INVALID. */
int keyfile_bytes(struct span line, unsigned char *out, size_t n) WARN_UNUSED;
/* Cuts the text into exactly `n` lines, each ended by '\n'. E_INVALID. */
int keyfile_lines(struct span text, struct span *lines, size_t n) WARN_UNUSED;

#endif
