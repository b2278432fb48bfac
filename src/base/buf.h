/* buf.h: a growable run of bytes with a sticky error: append as often as you like, look once at the
 * end. Memory is malloc'd and reused; buf_release() gives it back. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/err.h"
#include "base/span.h"

struct buf {
	char *p;
	size_t n, size;
	size_t cap;  /* appending past it sets err to E_TOO_BIG; 0 = no cap */
	int err;     /* OK or the first error; later appends do nothing */
};

#define BUF_INIT {NULL, 0, 0, 0, OK}

void buf_put(struct buf *b, struct span s);
void buf_puts(struct buf *b, const char *s);
void buf_putc(struct buf *b, char c);
void buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* What has been written, borrowed until the next call. */
struct span buf_span(const struct buf *b);
/* Empty again, wiped, memory and cap kept, error forgotten. */
void buf_reset(struct buf *b);
/* Wiped and freed; usable again afterwards. */
void buf_release(struct buf *b);

#endif
