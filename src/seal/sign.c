/* sign.c: signing. */
#include "seal/sign.h"

#include <sodium.h>

#include "base/banned.h"

struct sign_key {
	unsigned char public_key[crypto_sign_PUBLICKEYBYTES];
	unsigned char secret[crypto_sign_SECRETKEYBYTES];
};

struct sign_key *sign_key_new(const struct open_key *k)
{
	struct sign_key *made = sodium_malloc(sizeof(*made));
	struct secret seed = secret_new(NULL, crypto_sign_SEEDBYTES);

	ASSERT(made != NULL && seed.n == OPEN_SEED_BYTES);
	open_key_derive(k, "SignetAH", seed.p);
	ASSERT(crypto_sign_seed_keypair(made->public_key, made->secret, seed.p) == 0);
	secret_release(&seed);
	sodium_mprotect_readonly(made);
	return made;
}

void sign_key_free(struct sign_key *k)
{
	sodium_free(k);
}

void sign_key_public(const struct sign_key *k, unsigned char out[SIGN_PUBLIC_BYTES])
{
	memcpy(out, k->public_key, SIGN_PUBLIC_BYTES);
}

void sign_text(const struct sign_key *k, struct span text, unsigned char out[SIGNATURE_BYTES])
{
	ASSERT(crypto_sign_detached(out, NULL, (const unsigned char *)text.p, text.n, k->secret) ==
	       0);
}
