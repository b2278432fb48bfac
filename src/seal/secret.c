/* secret.c: guarded, wiped memory. */
#include "seal/secret.h"

#include <malloc.h>
#include <sodium.h>
#include <stdlib.h>

#include "base/log.h"
#include "base/banned.h"

void secret_setup(void)
{
	if (sodium_init() < 0) {
		log_error("libsodium does not start");
		exit(EXIT_FAILURE);
	}
#ifndef SIGNET_NO_WIPE
	/* libraries free buffers that held a form or a message unwiped; glibc then wipes them */
	mallopt(M_PERTURB, 0x5a);
#endif
}

static void release(void *data)
{
	sodium_free(data); /* wipes */
}

struct secret secret_new(struct arena *a, size_t n)
{
	struct secret s = {NULL, n};

	if (n == 0)
		return s;
	s.p = sodium_malloc(n);
	ASSERT(s.p != NULL);
	memset(s.p, 0, n);
	if (a)
		arena_defer(a, release, s.p);
	return s;
}

struct secret secret_take(struct arena *a, char *from, size_t n)
{
	struct secret s = secret_new(a, n);

	if (n)
		memcpy(s.p, from, n);
	wipe(from, n);
	return s;
}

void secret_release(struct secret *s)
{
	if (s->p)
		sodium_free(s->p);
	*s = (struct secret){NULL, 0};
}
