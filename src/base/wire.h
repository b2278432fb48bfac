/* wire.h: bytes of our own formats (the vault's protocol, the inside of a sealed box): big-endian
 * numbers and length-prefixed runs, written into memory of the caller's, read back without copying.
 * Errors are sticky: put or get as often as you like, look once at the end. */
#ifndef BASE_WIRE_H
#define BASE_WIRE_H

#include "base/err.h"
#include "base/span.h"

struct wire_out {
	unsigned char *p;
	size_t n, size;
	int err; /* E_TOO_BIG once something did not fit */
};

struct wire_in {
	const unsigned char *p;
	size_t left;
	int err; /* E_CORRUPT once something was not there or past its cap */
};

/* The bytes that wire_put_run() needs for a run of n. */
#define WIRE_RUN(n) (4 + (n))

struct wire_out wire_into(void *p, size_t size);
void wire_put_byte(struct wire_out *w, unsigned v);
void wire_put_i64(struct wire_out *w, int64_t v);
/* Exactly `n` bytes, no length before them. */
void wire_put_fixed(struct wire_out *w, const void *p, size_t n);
/* A length and the bytes; more than `most` is E_TOO_BIG. */
void wire_put_run(struct wire_out *w, struct span s, size_t most);

struct wire_in wire_from(struct span bytes);
/* After an error all of these give zeros, nothing or false. */
unsigned wire_get_byte(struct wire_in *r);
int64_t wire_get_i64(struct wire_in *r);
void wire_get_fixed(struct wire_in *r, void *p, size_t n);
/* Borrowed from the bytes that are read; never SPAN_NONE's NULL, also when empty. */
struct span wire_get_run(struct wire_in *r, size_t most);
/* The end: E_CORRUPT when anything was wrong or bytes are left over. */
int wire_end(struct wire_in *r) WARN_UNUSED;

#endif
