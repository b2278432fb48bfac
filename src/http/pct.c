/* pct.c: percent-escapes. */
#include "http/pct.h"

#include "base/banned.h"

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

int pct_decode(char *p, size_t *n, bool plus)
{
	size_t out = 0;

	for (size_t i = 0; i < *n; i++) {
		char c = p[i];

		if (c == '%') {
			int high = *n - i > 2 ? hex_value(p[i + 1]) : -1;
			int low = high >= 0 ? hex_value(p[i + 2]) : -1;

			if (low < 0)
				return E_INVALID;
			c = (char)(high * 16 + low);
			i += 2;
		} else if (plus && c == '+') {
			c = ' ';
		}
		if (c == '\0')
			return E_INVALID;
		p[out++] = c;
	}
	*n = out;
	return OK;
}

static size_t count_slashes(const char *p, size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += p[i] == '/';
	return count;
}

static bool is_plain(struct span path)
{
	for (size_t i = 0; i < path.n; i++) {
		unsigned char c = (unsigned char)path.p[i];
		if (c < 0x20 || c == 0x7F || c == '\\')
			return false;
	}
	return span_is_utf8(path);
}

/* No part that another reader of the same path could take for a step up, or leave out. */
static bool parts_are_sound(struct span path)
{
	struct span rest = span_of(path.p + 1, path.n - 1), part;

	while (span_cut(&rest, '/', &part)) {
		if (part.n == 0 && rest.p)
			return false;
		if (span_is(part, ".") || span_is(part, ".."))
			return false;
	}
	return true;
}

int pct_decode_path(char *p, size_t *n)
{
	size_t slashes = count_slashes(p, *n);

	if (*n == 0 || p[0] != '/' || memchr(p, '#', *n))
		return E_INVALID;
	TRY(pct_decode(p, n, false));
	/* one slash more than before is an escaped one */
	if (count_slashes(p, *n) != slashes || !is_plain(span_of(p, *n)))
		return E_INVALID;
	return parts_are_sound(span_of(p, *n)) ? OK : E_INVALID;
}

static bool stays_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '.' || c == '_' || c == '~' || c == '/';
}

struct span pct_encode(struct arena *a, struct span s)
{
	static const char HEX[] = "0123456789ABCDEF";
	size_t n = 0, size;
	char *p;

	ASSERT(!__builtin_mul_overflow(s.n, (size_t)3, &size));
	p = arena_alloc(a, size + 1);
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (stays_plain(s.p[i])) {
			p[n++] = s.p[i];
			continue;
		}
		p[n++] = '%';
		p[n++] = HEX[c >> 4];
		p[n++] = HEX[c & 15];
	}
	return span_of(p, n);
}
