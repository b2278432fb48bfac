/* lines.c: reading lines. */
#include "base/lines.h"

#include <errno.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/banned.h"

enum { CHUNK = 64 * 1024 };

/* Calls fn for each whole line in `b`; what is left moves to its front. */
static int whole_lines(struct buf *b, int (*fn)(void *, struct span, bool), void *arg)
{
	struct span rest = buf_span(b);
	const char *end;
	int rc = OK;

	while (rc == OK && rest.n && (end = memchr(rest.p, '\n', rest.n)) != NULL) {
		size_t n = (size_t)(end - rest.p);
		rc = fn(arg, span_of(rest.p, n), true);
		rest = span_of(end + 1, rest.n - n - 1);
	}
	if (rest.n)
		memmove(b->p, rest.p, rest.n);
	b->n = rest.n;
	return rc;
}

static int read_lines(int fd, struct buf *b, int (*fn)(void *, struct span, bool), void *arg)
{
	static char chunk[CHUNK];

	for (;;) {
		ssize_t got = read(fd, chunk, sizeof(chunk));
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return E_UNAVAILABLE;
		if (got == 0)
			return b->n ? fn(arg, buf_span(b), false) : OK;
		buf_put(b, span_of(chunk, (size_t)got));
		TRY(whole_lines(b, fn, arg));
		if (b->n > LINES_LONGEST)
			return E_TOO_BIG;
	}
}

int lines_each(int fd, int (*fn)(void *arg, struct span line, bool ended), void *arg)
{
	struct buf b = BUF_INIT;
	int rc = read_lines(fd, &b, fn, arg);

	buf_release(&b);
	return rc;
}
