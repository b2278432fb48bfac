/* verify.h: checking the vault's signatures, with the public half of its signing key. */
#ifndef SEAL_VERIFY_H
#define SEAL_VERIFY_H

#include "base/arena.h"

enum { SIGN_PUBLIC_BYTES = 32, SIGNATURE_BYTES = 64 };

bool signature_fits(const unsigned char public_key[SIGN_PUBLIC_BYTES], struct span text,
		    const unsigned char signature[SIGNATURE_BYTES]);
/* The file that the vault writes beside what it signs: two lines, of which the second is the key.
 */
struct span sign_public_text(struct arena *a, const unsigned char public_key[SIGN_PUBLIC_BYTES]);
/* E_NOT_FOUND; E_INVALID when it is no such file. */
int sign_public_read(struct arena *a, const char *path,
		     unsigned char out[SIGN_PUBLIC_BYTES]) WARN_UNUSED;

#endif
