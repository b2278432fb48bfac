/* keyfile.c: lines and ids of key files. */
#include "seal/keyfile.h"

#include <sodium.h>

#include "base/banned.h"

void seal_key_of(const unsigned char public_key[SEAL_PUBLIC_BYTES], struct seal_key *out)
{
	unsigned char hash[HASH_BYTES];

	hash_bytes(span_of((const char *)public_key, SEAL_PUBLIC_BYTES), hash);
	sodium_bin2hex(out->id, sizeof(out->id), hash, SEAL_KEY_ID_CHARS / 2);
	memcpy(out->public_key, public_key, SEAL_PUBLIC_BYTES);
}

int keyfile_bytes(struct span line, unsigned char *out, size_t n)
{
	size_t got = 0;

	if (sodium_base642bin(out, n, line.p, line.n, NULL, &got, NULL,
			      sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 || got != n)
		return E_INVALID;
	return OK;
}

int keyfile_lines(struct span text, struct span *lines, size_t n)
{
	if (text.n == 0 || text.p[text.n - 1] != '\n')
		return E_INVALID;
	text.n--;
	for (size_t i = 0; i < n; i++)
		if (!span_cut(&text, '\n', &lines[i]))
			return E_INVALID;
	return text.p ? E_INVALID : OK;
}
