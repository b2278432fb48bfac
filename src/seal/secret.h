/* secret.h: the one home of a secret in memory: guarded, not in core dumps, wiped. There is no way
 * to print one. */
#ifndef SEAL_SECRET_H
#define SEAL_SECRET_H

#include "base/arena.h"

struct secret {
	unsigned char *p; /* sodium_malloc'd; NULL when empty */
	size_t n;
};

/* sodium_init() and what else must happen once, first thing in main(); ends the process on failure.
 */
void secret_setup(void);
/* Room for n bytes, zeroed. Released with the arena, wiped, when `a` is given; else
 * secret_release(). */
struct secret secret_new(struct arena *a, size_t n);
/* Copies `n` bytes and wipes the source. */
struct secret secret_take(struct arena *a, char *from, size_t n);
void secret_release(struct secret *s);

#endif
