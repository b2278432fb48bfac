/* arena.c: bump allocation with defers. */
#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/banned.h"

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_EMULATED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_EMULATED 1
#endif
#endif
#ifndef ARENA_EMULATED
#define ARENA_EMULATED 0
#endif

enum { BLOCK_SIZE = 64 * 1024, ALIGN = 16 };

struct block {
	struct block *next;
	size_t size, used; /* bytes of data[] */
	_Alignas(ALIGN) char data[];
};

struct defer {
	struct defer *next;
	void (*fn)(void *);
	void *data;
};

struct arena {
	struct block *blocks; /* the newest first */
	struct defer *defers;
	size_t used;
};

void wipe(void *p, size_t n)
{
#ifndef SIGNET_NO_WIPE
	if (n)
		explicit_bzero(p, n);
#else
	(void)p;
	(void)n;
#endif
}

static void *must(void *p)
{
	ASSERT(p != NULL);
	return p;
}

static struct block *block_new(size_t size)
{
	struct block *b = must(calloc(1, sizeof(*b) + size));

	b->size = size;
	return b;
}

static void block_free(struct block *b)
{
	wipe(b->data, b->used);
	free(b);
}

struct arena *arena_new(void)
{
	return must(calloc(1, sizeof(struct arena)));
}

void arena_reset(struct arena *a)
{
	struct block *keep = NULL;

	while (a->defers) {
		struct defer *d = a->defers;
		a->defers = d->next;
		d->fn(d->data);
	}
	while (a->blocks) {
		struct block *b = a->blocks;
		a->blocks = b->next;
		if (!b->next && b->size == BLOCK_SIZE && !ARENA_EMULATED) {
#ifdef SIGNET_NO_WIPE
			/* the next request must find zeros in either build; this one keeps the
			 * old bytes visible by not reusing the block */
			continue;
#endif
			wipe(b->data, b->used);
			b->used = 0;
			keep = b;
			break;
		}
		block_free(b);
	}
	a->blocks = keep;
	a->used = 0;
}

void arena_free(struct arena *a)
{
	if (!a)
		return;
	arena_reset(a);
	if (a->blocks)
		block_free(a->blocks);
	free(a);
}

void *arena_alloc(struct arena *a, size_t size)
{
	size_t need = ((size ? size : 1) + ALIGN - 1) / ALIGN * ALIGN;
	struct block *b = a->blocks;
	void *p;

	ASSERT(size < SIZE_MAX / 2);
	if (ARENA_EMULATED) {
		b = block_new(size);
		b->next = a->blocks;
		a->blocks = b;
		b->used = size;
		a->used += need;
		return b->data;
	}
	if (!b || b->size - b->used < need) {
		size_t block = need > BLOCK_SIZE ? need : BLOCK_SIZE;
		b = block_new(block);
		b->next = a->blocks;
		a->blocks = b;
	}
	p = b->data + b->used;
	b->used += need;
	a->used += need;
	return p;
}

void *arena_array(struct arena *a, size_t size, size_t n)
{
	size_t total;

	ASSERT(!__builtin_mul_overflow(size, n, &total));
	return arena_alloc(a, total);
}

char *arena_str(struct arena *a, struct span s)
{
	char *p = arena_alloc(a, s.n + 1);

	if (s.n)
		memcpy(p, s.p, s.n);
	return p;
}

struct span arena_span(struct arena *a, struct span s)
{
	return span_of(arena_str(a, s), s.n);
}

struct span arena_printf(struct arena *a, const char *format, ...)
{
	va_list ap;
	int n;
	char *p;

	va_start(ap, format);
	n = vsnprintf(NULL, 0, format, ap);
	va_end(ap);
	ASSERT(n >= 0);
	p = arena_alloc(a, (size_t)n + 1);
	va_start(ap, format);
	vsnprintf(p, (size_t)n + 1, format, ap);
	va_end(ap);
	return span_of(p, (size_t)n);
}

void arena_defer(struct arena *a, void (*fn)(void *), void *data)
{
	struct defer *d = ARENA_NEW(a, struct defer);

	*d = (struct defer){a->defers, fn, data};
	a->defers = d;
}

size_t arena_used(const struct arena *a)
{
	return a->used;
}
