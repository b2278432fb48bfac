/* line.c: what would break a line, or a terminal, written out. */
#include "client/line.h"

#include "base/banned.h"

/* U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069: Unicode's Bidi_Control. */
static unsigned turning_at(const unsigned char *p, size_t n, size_t *bytes)
{
	if (n >= 2 && p[0] == 0xD8 && p[1] == 0x9C) {
		*bytes = 2;
		return 0x061C;
	}
	if (n < 3 || p[0] != 0xE2)
		return 0;
	*bytes = 3;
	if (p[1] == 0x80 && (p[2] == 0x8E || p[2] == 0x8F || (p[2] >= 0xAA && p[2] <= 0xAE)))
		return 0x2000 | (p[2] - 0x80u);
	if (p[1] == 0x81 && p[2] >= 0xA6 && p[2] <= 0xA9)
		return 0x2040 | (p[2] - 0x80u);
	*bytes = 1;
	return 0;
}

/* The control character or line separator that begins at p: its number; 0 when it is none. */
static unsigned control_at(const unsigned char *p, size_t n, bool turning, size_t *bytes)
{
	*bytes = 1;
	if (p[0] < 0x20 || p[0] == 0x7F)
		return p[0] ? p[0] : 0x10000; /* NUL must not be "none" */
	if (n >= 2 && p[0] == 0xC2 && p[1] >= 0x80 && p[1] < 0xA0) {
		*bytes = 2;
		return p[1];
	}
	if (n >= 3 && p[0] == 0xE2 && p[1] == 0x80 && (p[2] == 0xA8 || p[2] == 0xA9)) {
		*bytes = 3;
		return 0x2000 | (p[2] - 0x80u);
	}
	return turning ? turning_at(p, n, bytes) : 0;
}

static bool has_control(struct span s, bool turning)
{
	size_t bytes;

	for (size_t k = 0; k < s.n; k++)
		if (control_at((const unsigned char *)s.p + k, s.n - k, turning, &bytes))
			return true;
	return false;
}

static void put_escaped(struct buf *out, struct span s, bool turning)
{
	size_t bytes;

	if (!has_control(s, turning)) {
		buf_put(out, s);
		return;
	}
	for (size_t k = 0; k < s.n; k += bytes) {
		unsigned c = control_at((const unsigned char *)s.p + k, s.n - k, turning, &bytes);
		if (c == '\t')
			buf_puts(out, "\\t");
		else if (c == '\n')
			buf_puts(out, "\\n");
		else if (c == '\r')
			buf_puts(out, "\\r");
		else if (c)
			buf_printf(out, "\\u%04x", c & 0xFFFF);
		else if (s.p[k] == '\\')
			buf_puts(out, "\\\\");
		else
			buf_putc(out, s.p[k]);
	}
}

void line_put(struct buf *out, struct span s)
{
	put_escaped(out, s, false);
}

void line_put_visible(struct buf *out, struct span s)
{
	put_escaped(out, s, true);
}
