/* pwhash.c: Argon2id with libsodium's interactive limits (64 MiB). */
#include "seal/pwhash.h"

#include <sodium.h>

#include "base/banned.h"

#define OPSLIMIT crypto_pwhash_OPSLIMIT_INTERACTIVE
#define MEMLIMIT crypto_pwhash_MEMLIMIT_INTERACTIVE

static int64_t calls;

static int make(char out[crypto_pwhash_STRBYTES], const struct secret *password)
{
	const char *p = password->n ? (const char *)password->p : "";

	calls++;
	/* Fails only when 64 MiB are not to be had. */
	return crypto_pwhash_str(out, p, password->n, OPSLIMIT, MEMLIMIT) == 0 ? OK : E_UNAVAILABLE;
}

int pwhash_make(struct arena *a, const struct secret *password, struct span *out)
{
	char text[crypto_pwhash_STRBYTES];

	TRY(make(text, password));
	*out = arena_span(a, span_str(text));
	return OK;
}

int pwhash_check(struct span hash, const struct secret *password)
{
	const char *p = password->n ? (const char *)password->p : "";
	char text[crypto_pwhash_STRBYTES] = "";
	bool readable = hash.n < sizeof(text) && (hash.n == 0 || !memchr(hash.p, '\0', hash.n));

	if (readable && hash.n)
		memcpy(text, hash.p, hash.n);
	if (!readable || crypto_pwhash_str_needs_rehash(text, OPSLIMIT, MEMLIMIT) < 0) {
		/* Not a hash at all: take as long as for one. */
		TRY(make(text, password));
		return E_DENIED;
	}
	calls++;
	return crypto_pwhash_str_verify(text, p, password->n) == 0 ? OK : E_DENIED;
}

int64_t pwhash_calls(void)
{
	return calls;
}
