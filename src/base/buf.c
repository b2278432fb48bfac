/* buf.c: growable bytes. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/banned.h"

/* Room for `more` bytes and a NUL. The old block is wiped: it may have held a form. */
static int buf_grow(struct buf *b, size_t more)
{
	size_t need, size = b->size ? b->size : 256;
	char *p;

	if (b->err != OK)
		return b->err;
	if (__builtin_add_overflow(b->n, more, &need) || (b->cap && need > b->cap))
		return b->err = E_TOO_BIG;
	if (need + 1 <= b->size)
		return OK;
	while (size < need + 1)
		size *= 2;
	p = malloc(size);
	ASSERT(p != NULL);
	if (b->n)
		memcpy(p, b->p, b->n);
	wipe(b->p, b->n);
	free(b->p);
	b->p = p;
	b->size = size;
	return OK;
}

void buf_put(struct buf *b, struct span s)
{
	if (buf_grow(b, s.n) != OK)
		return;
	if (s.n)
		memcpy(b->p + b->n, s.p, s.n);
	b->n += s.n;
	b->p[b->n] = '\0';
}

void buf_puts(struct buf *b, const char *s)
{
	buf_put(b, span_str(s));
}

void buf_putc(struct buf *b, char c)
{
	buf_put(b, span_of(&c, 1));
}

void buf_printf(struct buf *b, const char *format, ...)
{
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(NULL, 0, format, ap);
	va_end(ap);
	ASSERT(n >= 0);
	if (buf_grow(b, (size_t)n) != OK)
		return;
	va_start(ap, format);
	vsnprintf(b->p + b->n, (size_t)n + 1, format, ap);
	va_end(ap);
	b->n += (size_t)n;
}

struct span buf_span(const struct buf *b)
{
	return span_of(b->p, b->n);
}

void buf_reset(struct buf *b)
{
	wipe(b->p, b->n);
	b->n = 0;
	b->err = OK;
}

void buf_release(struct buf *b)
{
	wipe(b->p, b->n);
	free(b->p);
	*b = (struct buf){.cap = b->cap};
}
