/* refs_text.c: references as lines. */
#include "client/refs.h"

#include <stdlib.h>

#include "client/line.h"
#include "base/banned.h"

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
	line_put(row, span_str(file));
	buf_putc(row, ':');
	put_number(row, ref->line);
	buf_putc(row, '\t');
	buf_puts(row, ref_kind_text(ref->kind));
	buf_putc(row, '\t');
	line_put(row, ref->consumer);
	buf_putc(row, '\t');
	line_put(row, ref->name);
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
		line_put(out, span_str(found->file));
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
