/* span.c: comparing, cutting and reading runs of bytes. */
#include "base/span.h"

#include "base/err.h"
#include "base/banned.h"

bool span_starts(struct span s, struct span prefix)
{
	return s.n >= prefix.n && span_eq(span_of(s.p, prefix.n), prefix);
}

int span_cmp(struct span a, struct span b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;

	if (c != 0)
		return c;
	return (a.n > b.n) - (a.n < b.n);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct span span_trim(struct span s)
{
	while (s.n && is_blank(s.p[0])) {
		s.p++;
		s.n--;
	}
	while (s.n && is_blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

bool span_cut(struct span *rest, char sep, struct span *piece)
{
	const char *end;

	if (!rest->p)
		return false;
	end = rest->n ? memchr(rest->p, sep, rest->n) : NULL;
	if (!end) {
		*piece = *rest;
		*rest = SPAN_NONE;
		return true;
	}
	*piece = span_of(rest->p, (size_t)(end - rest->p));
	rest->n -= piece->n + 1;
	rest->p = end + 1;
	return true;
}

int span_i64(struct span s, int64_t *out)
{
	int64_t v = 0;

	if (s.n == 0)
		return E_INVALID;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return E_INVALID;
		if (__builtin_mul_overflow(v, (int64_t)10, &v) ||
		    __builtin_add_overflow(v, (int64_t)(s.p[i] - '0'), &v))
			return E_INVALID;
	}
	*out = v;
	return OK;
}

/* Length of the sequence that starts at p (n bytes left), 0 when it is not well formed. */
static size_t utf8_length(const unsigned char *p, size_t n)
{
	unsigned char low = 0x80, high = 0xBF;
	size_t len;

	if (p[0] < 0x80)
		return 1;
	if (p[0] >= 0xC2 && p[0] <= 0xDF) {
		len = 2;
	} else if (p[0] >= 0xE0 && p[0] <= 0xEF) {
		len = 3;
		low = p[0] == 0xE0 ? 0xA0 : 0x80;
		high = p[0] == 0xED ? 0x9F : 0xBF;
	} else if (p[0] >= 0xF0 && p[0] <= 0xF4) {
		len = 4;
		low = p[0] == 0xF0 ? 0x90 : 0x80;
		high = p[0] == 0xF4 ? 0x8F : 0xBF;
	} else {
		return 0;
	}
	if (n < len || p[1] < low || p[1] > high)
		return 0;
	for (size_t i = 2; i < len; i++)
		if (p[i] < 0x80 || p[i] > 0xBF)
			return 0;
	return len;
}

bool span_is_utf8(struct span s)
{
	const unsigned char *p = (const unsigned char *)s.p;

	for (size_t i = 0; i < s.n;) {
		size_t len = utf8_length(p + i, s.n - i);
		if (len == 0)
			return false;
		i += len;
	}
	return true;
}

/* The character at p, well-formed and n bytes long. */
static unsigned utf8_code(const unsigned char *p, size_t n)
{
	unsigned c = n == 1 ? p[0] : p[0] & (0x7Fu >> n);

	for (size_t k = 1; k < n; k++)
		c = c << 6 | (p[k] & 0x3Fu);
	return c;
}

static bool is_control(unsigned c, bool lines)
{
	if (lines && (c == '\t' || c == '\n'))
		return false;
	return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x061C || c == 0x200E || c == 0x200F ||
	       (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

bool span_has_control(struct span s, bool lines, unsigned *code, size_t *at)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t i = 0;

	for (*at = 1; i < s.n; (*at)++) {
		size_t len = utf8_length(p + i, s.n - i);
		if (len == 0)
			return false;
		*code = utf8_code(p + i, len);
		if (is_control(*code, lines))
			return true;
		i += len;
	}
	return false;
}

bool span_has_lone_cr(struct span s)
{
	const char *end = s.p + s.n, *at = s.p, *hit;

	while (at < end && (hit = memchr(at, '\r', (size_t)(end - at))) != NULL) {
		at = hit + 1;
		if (at == end || *at != '\n')
			return true;
	}
	return false;
}
