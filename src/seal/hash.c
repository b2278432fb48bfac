/* hash.c: BLAKE2b, random bytes, base64url. */
#include "seal/hash.h"

#include <sodium.h>

#include "base/banned.h"

enum { VARIANT = sodium_base64_VARIANT_URLSAFE_NO_PADDING };

void hash_bytes(struct span data, unsigned char out[HASH_BYTES])
{
	crypto_generichash(out, HASH_BYTES, (const unsigned char *)data.p, data.n, NULL, 0);
}

void mac_bytes(struct span key, struct span data, unsigned char out[HASH_BYTES])
{
	ASSERT(key.n >= crypto_generichash_KEYBYTES_MIN);
	ASSERT(key.n <= crypto_generichash_KEYBYTES_MAX);
	crypto_generichash(out, HASH_BYTES, (const unsigned char *)data.p, data.n,
			   (const unsigned char *)key.p, key.n);
}

bool mac_equal(const unsigned char a[HASH_BYTES], struct span b)
{
	return b.n == HASH_BYTES && sodium_memcmp(a, b.p, HASH_BYTES) == 0;
}

void random_bytes(unsigned char *out, size_t n)
{
	randombytes_buf(out, n);
}

struct span base64_text(struct arena *a, struct span bytes)
{
	size_t room = sodium_base64_encoded_len(bytes.n, VARIANT); /* with the NUL */
	char *text = arena_alloc(a, room);

	sodium_bin2base64(text, room, (const unsigned char *)bytes.p, bytes.n, VARIANT);
	return span_of(text, room - 1);
}

int base64_read(struct arena *a, struct span text, size_t most, struct span *out)
{
	size_t room = text.n / 4 * 3 + 3, n = 0;
	unsigned char *bytes;

	if (text.n / 4 > most / 3 + 1)
		return E_INVALID;
	bytes = arena_alloc(a, room);
	if (text.n && sodium_base642bin(bytes, room, text.p, text.n, NULL, &n, NULL, VARIANT) != 0)
		return E_INVALID;
	if (n > most)
		return E_INVALID;
	*out = span_of((char *)bytes, n);
	return OK;
}

struct span token_new(struct arena *a)
{
	unsigned char raw[TOKEN_BYTES];
	struct span text;

	random_bytes(raw, sizeof(raw));
	text = base64_text(a, span_of((char *)raw, sizeof(raw)));
	wipe(raw, sizeof(raw));
	return text;
}
