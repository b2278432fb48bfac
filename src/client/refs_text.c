/* refs_text.c: references as lines. */
#include "client/refs.h"

#include <stdlib.h>

#include "base/banned.h"

/* The control character or line separator that begins at p: its number; 0 when it is none. */
static unsigned control_at(const unsigned char *p, size_t n, size_t *bytes)
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
	return 0;
}

static bool has_control(struct span s)
{
	size_t bytes;

	for (size_t k = 0; k < s.n; k++)
		if (control_at((const unsigned char *)s.p + k, s.n - k, &bytes))
			return true;
	return false;
}

static void put_escaped(struct buf *out, struct span s)
{
	size_t bytes;

	if (!has_control(s)) {
		buf_put(out, s);
		return;
	}
	for (size_t k = 0; k < s.n; k += bytes) {
		unsigned c = control_at((const unsigned char *)s.p + k, s.n - k, &bytes);
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

static void put_number(struct buf *out, int n)
{
	char digits[12];
	size_t at = sizeof(digits);

	do
		digits[--at] = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	buf_put(out, span_of(digits + at, sizeof(digits) - at));
}

static void put_row(struct buf *row, const char *file, const struct ref *ref)
{
	put_escaped(row, span_str(file));
	buf_putc(row, ':');
	put_number(row, ref->line);
	buf_putc(row, '\t');
	buf_puts(row, ref_kind_text(ref->kind));
	buf_putc(row, '\t');
	put_escaped(row, ref->consumer);
	buf_putc(row, '\t');
	put_escaped(row, ref->name);
	buf_putc(row, '\n');
}

static int by_text(const void *a, const void *b)
{
	return span_cmp(*(const struct span *)a, *(const struct span *)b);
}

void refs_text(struct arena *a, const struct found *found, struct buf *out)
{
	size_t n = found->refs.n;
	struct span *rows = ARENA_ARRAY(a, struct span, n);
	struct buf row = BUF_INIT;

	if (found->rc != OK) {
		put_escaped(out, span_str(found->file));
		buf_printf(out, ":%d\terror\n", found->refs.fault.line);
		return;
	}
	for (size_t k = 0; k < n; k++) {
		buf_reset(&row);
		put_row(&row, found->file, &found->refs.at[k]);
		rows[k] = arena_span(a, buf_span(&row));
	}
	buf_release(&row);
	if (n > 1)
		qsort(rows, n, sizeof(*rows), by_text);
	for (size_t k = 0; k < n; k++)
		if (k == 0 || !span_eq(rows[k - 1], rows[k]))
			buf_put(out, rows[k]);
}
