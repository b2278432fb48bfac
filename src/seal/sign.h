/* sign.h: the vault's signatures under the heads of the audit chains. In an archive of its own;
 * only signet-vault links it. Who checks them needs verify.h alone. */
#ifndef SEAL_SIGN_H
#define SEAL_SIGN_H

#include "seal/open.h"
#include "seal/verify.h"

struct sign_key; /* Ed25519, in guarded pages */

/* The signing key that belongs to the vault's secret key; always the same one. */
struct sign_key *sign_key_new(const struct open_key *k);
void sign_key_free(struct sign_key *k);
void sign_key_public(const struct sign_key *k, unsigned char out[SIGN_PUBLIC_BYTES]);
void sign_text(const struct sign_key *k, struct span text, unsigned char out[SIGNATURE_BYTES]);

#endif
