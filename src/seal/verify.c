/* verify.c: checking signatures. */
#include "seal/verify.h"

#include <sodium.h>

#include "base/file.h"
#include "seal/hash.h"
#include "seal/keyfile.h"
#include "base/banned.h"

#define FIRST_LINE "signet-audit-key v1"

bool signature_fits(const unsigned char public_key[SIGN_PUBLIC_BYTES], struct span text,
		    const unsigned char signature[SIGNATURE_BYTES])
{
	return crypto_sign_verify_detached(signature, (const unsigned char *)text.p, text.n,
					   public_key) == 0;
}

struct span sign_public_text(struct arena *a, const unsigned char public_key[SIGN_PUBLIC_BYTES])
{
	struct span key = base64_text(a, span_of((const char *)public_key, SIGN_PUBLIC_BYTES));

	return arena_printf(a, FIRST_LINE "\n%.*s\n", SPAN_ARG(key));
}

int sign_public_read(struct arena *a, const char *path, unsigned char out[SIGN_PUBLIC_BYTES])
{
	struct span text, lines[2];
	int rc = file_read(a, path, KEYFILE_MAX, &text);

	if (rc != OK)
		return rc == E_NOT_FOUND ? rc : E_INVALID;
	TRY(keyfile_lines(text, lines, COUNT(lines)));
	if (!span_is(lines[0], FIRST_LINE))
		return E_INVALID;
	return keyfile_bytes(lines[1], out, SIGN_PUBLIC_BYTES);
}
