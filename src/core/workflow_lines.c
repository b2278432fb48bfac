/* workflow_lines.c: lines in a column of the database. Numbers are little-endian:
 *   file: version 1 (1 byte), flags (1: the last line has no line feed), lines of the file (4)
 *   each: number (4), flags (1: cut), bytes (2), the bytes */
#include "core/workflow_lines.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/banned.h"

enum { VERSION = 1, OPEN_END = 1, CUT = 1, FILE_HEAD = 6, LINE_HEAD = 7 };

/* --- packing --- */

static void put_number(struct buf *out, uint64_t n, size_t bytes)
{
	for (size_t k = 0; k < bytes; k++, n >>= 8)
		buf_putc(out, (char)(n & 0xFF));
}

static size_t count_feeds(struct span bytes)
{
	size_t n = 0;

	for (size_t k = 0; k < bytes.n; k++)
		n += bytes.p[k] == '\n';
	return n;
}

static void want(bool *wanted, size_t lines, int64_t line)
{
	int64_t last = line + WORKFLOW_LINES_AROUND;

	if (line < 1)
		return;
	line = line > WORKFLOW_LINES_AROUND ? line - WORKFLOW_LINES_AROUND : 1;
	for (; line <= last && line <= (int64_t)lines; line++)
		wanted[line] = true;
}

/* Its beginning, without half a character. */
static struct span cut(struct span text)
{
	size_t n = WORKFLOW_LINE_BYTES_MAX;

	if (text.n <= n)
		return text;
	while (n && ((unsigned char)text.p[n] & 0xC0) == 0x80)
		n--;
	return span_of(text.p, n);
}

static void put_line(struct buf *out, size_t number, struct span text)
{
	struct span kept = cut(text);

	put_number(out, number, 4);
	put_number(out, kept.n < text.n ? CUT : 0, 1);
	put_number(out, kept.n, 2);
	buf_put(out, kept);
}

static void put_lines(struct buf *out, struct span bytes, const bool *wanted, size_t lines)
{
	struct span rest = bytes, line;

	for (size_t k = 1; k <= lines && span_cut(&rest, '\n', &line); k++)
		if (wanted[k])
			put_line(out, k, line);
}

struct span workflow_lines_pack(struct arena *a, struct span bytes, const struct reference *list,
				size_t n)
{
	bool open_end = bytes.n && bytes.p[bytes.n - 1] != '\n';
	struct buf out = BUF_INIT;
	struct span packed;
	size_t lines;
	bool *wanted;

	if (!span_is_utf8(bytes) || span_has_lone_cr(bytes))
		return SPAN("");
	lines = count_feeds(bytes) + open_end;
	wanted = ARENA_ARRAY(a, bool, lines + 1);
	for (size_t k = 0; k < n; k++) {
		want(wanted, lines, list[k].line);
		want(wanted, lines, list[k].spot.line);
	}
	put_number(&out, VERSION, 1);
	put_number(&out, open_end ? OPEN_END : 0, 1);
	put_number(&out, lines, 4);
	put_lines(&out, bytes, wanted, lines);
	packed = arena_span(a, buf_span(&out));
	buf_release(&out);
	return packed;
}

/* --- unpacking --- */

/* The first `bytes` of *rest, which are there. */
static int64_t take_number(struct span *rest, size_t bytes)
{
	int64_t n = 0;

	for (size_t k = bytes; k > 0; k--)
		n = n << 8 | (unsigned char)rest->p[k - 1];
	*rest = span_of(rest->p + bytes, rest->n - bytes);
	return n;
}

static int take_line(struct span *rest, struct workflow_line *line)
{
	size_t n;

	if (rest->n < LINE_HEAD)
		return E_BUG;
	line->number = take_number(rest, 4);
	line->cut = (take_number(rest, 1) & CUT) != 0;
	n = (size_t)take_number(rest, 2);
	if (rest->n < n)
		return E_BUG;
	line->text = span_of(rest->p, n);
	*rest = span_of(rest->p + n, rest->n - n);
	return OK;
}

int workflow_lines_unpack(struct arena *a, struct span packed, struct workflow_lines *out)
{
	struct span rest = packed;
	struct workflow_line line;

	*out = (struct workflow_lines){0};
	if (packed.n == 0)
		return OK;
	if (packed.n < FILE_HEAD || take_number(&rest, 1) != VERSION)
		return E_BUG;
	out->open_end = (take_number(&rest, 1) & OPEN_END) != 0;
	out->total = take_number(&rest, 4);
	packed = rest;
	for (out->n = 0; rest.n; out->n++)
		TRY(take_line(&rest, &line));
	out->at = ARENA_ARRAY(a, struct workflow_line, out->n + 1);
	for (size_t k = 0; k < out->n; k++)
		TRY(take_line(&packed, &out->at[k]));
	return OK;
}

static int by_number(const void *a, const void *b)
{
	const struct workflow_line *x = a, *y = b;

	return (x->number > y->number) - (x->number < y->number);
}

const struct workflow_line *workflow_line_find(const struct workflow_lines *lines, int64_t number)
{
	const struct workflow_line key = {.number = number};

	return lines->n ? bsearch(&key, lines->at, lines->n, sizeof(key), by_number) : NULL;
}
