/* span.h: a borrowed run of bytes: pointer and length, not NUL-terminated. Whoever made the bytes
 * owns them; a span never frees. */
#ifndef BASE_SPAN_H
#define BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct span {
	const char *p;
	size_t n;
};

#define SPAN(literal) ((struct span){"" literal, sizeof(literal) - 1})
#define SPAN_NONE ((struct span){NULL, 0})
/* For printf: "%.*s", SPAN_ARG(s) */
#define SPAN_ARG(s) (int)(s).n, (s).p

static inline struct span span_of(const char *p, size_t n)
{
	return (struct span){p, n};
}

/* A NUL-terminated string as a span; NULL becomes SPAN_NONE. */
static inline struct span span_str(const char *s)
{
	return (struct span){s, s ? strlen(s) : 0};
}

static inline bool span_eq(struct span a, struct span b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool span_is(struct span a, const char *s)
{
	return span_eq(a, span_str(s));
}

bool span_starts(struct span s, struct span prefix);
/* Byte order, shorter first on a common prefix: <0, 0, >0. */
int span_cmp(struct span a, struct span b);
/* Without ASCII blanks (space, tab, CR, LF) at either end. */
struct span span_trim(struct span s);
/* Cuts the first piece off *rest at `sep` (which is dropped); false when *rest is used up. */
bool span_cut(struct span *rest, char sep, struct span *piece);
/* Decimal digits only, the whole span, no sign; E_INVALID when not, or past INT64_MAX. */
int span_i64(struct span s, int64_t *out);
/* Well-formed UTF-8 (RFC 3629: no overlongs, no surrogates, at most U+10FFFF). */
bool span_is_utf8(struct span s);
/* Does well-formed UTF-8 hold a character that nobody sees and that changes what others seem to
 * say: a control character (Cc), one that turns the direction of writing (Unicode's Bidi_Control),
 * a line or paragraph separator? Tab and line feed are none with `lines`. *code is the first one's,
 * *at its place, the first character being 1. */
bool span_has_control(struct span s, bool lines, unsigned *code, size_t *at);
/* Has it a carriage return that no line feed follows? YAML ends a line there, Git does not. */
bool span_has_lone_cr(struct span s);

#endif
