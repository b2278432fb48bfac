/* diff.c: known lines and edits to hunks. */
#include "core/diff.h"

#include <stdlib.h>

#include "base/banned.h"

/* A line that changes: where it stands among the known ones, and what it becomes. */
struct change {
	size_t at;
	struct span text;
};

struct work {
	struct arena *arena;
	const struct workflow_lines *file;
	struct change *changes;
	size_t nchanges;
	struct diff *out;
};

static int by_place(const void *a, const void *b)
{
	const struct diff_edit *x = *(struct diff_edit *const *)a,
			       *y = *(struct diff_edit *const *)b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (x->bytes > y->bytes) - (x->bytes < y->bytes);
}

/* Where the line stands among the known ones; file->n: nowhere. */
static size_t find(const struct workflow_lines *file, int64_t number)
{
	const struct workflow_line *line = workflow_line_find(file, number);

	return line ? (size_t)(line - file->at) : file->n;
}

/* Is the line `by` lines away known whole, and those between? */
static bool is_known(const struct workflow_lines *file, size_t at, int by)
{
	int step = by < 0 ? -1 : 1;

	for (int k = step; k != by + step; k += step) {
		size_t near = at + (size_t)k;

		if ((k < 0 && (size_t)-k > at) || near >= file->n || file->at[near].cut ||
		    file->at[near].number != file->at[at].number + k)
			return false;
	}
	return true;
}

static enum diff_fate fate_of(const struct workflow_lines *file, const struct diff_edit *e)
{
	const struct workflow_line *line = workflow_line_find(file, e->line);

	if (!line || line->cut || e->at < 0 || e->bytes <= 0 || e->at > (int64_t)line->text.n ||
	    e->bytes > (int64_t)line->text.n - e->at)
		return DIFF_UNKNOWN;
	return e->line == file->total || is_known(file, (size_t)(line - file->at), 1)
		       ? DIFF_DONE
		       : DIFF_CUT_OFF;
}

static bool is_same(const struct diff_edit *x, const struct diff_edit *y)
{
	return x->line == y->line && x->at == y->at && x->bytes == y->bytes &&
	       span_eq(x->text, y->text);
}

/* Those that can be done, by place, each once. */
static size_t choose(struct work *w, struct diff_edit *edits, size_t n, struct diff_edit **list)
{
	const struct diff_edit *last = NULL;
	size_t kept = 0;

	for (size_t k = 0; k < n; k++)
		list[k] = &edits[k];
	if (n > 1)
		qsort(list, n, sizeof(struct diff_edit *), by_place);
	for (size_t k = 0; k < n; k++) {
		struct diff_edit *e = list[k];

		e->fate = fate_of(w->file, e);
		if (e->fate != DIFF_DONE || (last && is_same(last, e)))
			continue;
		if (last && last->line == e->line && last->at + last->bytes > e->at) {
			e->fate = DIFF_UNKNOWN;
			continue;
		}
		last = list[kept++] = e;
	}
	return kept;
}

/* The line with these edits, which are all of it, in it. */
static struct span edited(struct arena *a, struct span line, struct diff_edit *const *list,
			  size_t n)
{
	struct buf out = BUF_INIT;
	struct span text;
	size_t at = 0;

	for (size_t k = 0; k < n; k++) {
		buf_put(&out, span_of(line.p + at, (size_t)list[k]->at - at));
		buf_put(&out, list[k]->text);
		at = (size_t)(list[k]->at + list[k]->bytes);
	}
	buf_put(&out, span_of(line.p + at, line.n - at));
	text = arena_span(a, buf_span(&out));
	buf_release(&out);
	return text;
}

/* An edit that writes what stands there already changes nothing. */
static void add_change(struct work *w, struct diff_edit *const *list, size_t n)
{
	size_t at = find(w->file, list[0]->line);
	struct span old = w->file->at[at].text, new = edited(w->arena, old, list, n);

	if (!span_eq(old, new))
		w->changes[w->nchanges++] = (struct change){at, new};
}

static void find_changes(struct work *w, struct diff_edit *edits, size_t n)
{
	struct diff_edit **list = ARENA_ARRAY(w->arena, struct diff_edit *, n + 1);
	size_t kept = choose(w, edits, n, list);

	w->changes = ARENA_ARRAY(w->arena, struct change, kept + 1);
	for (size_t k = 0, same; k < kept; k += same) {
		for (same = 1; k + same < kept && list[k + same]->line == list[k]->line;)
			same++;
		add_change(w, list + k, same);
	}
}

static void put(struct work *w, char sign, struct span text, int64_t number)
{
	w->out->list[w->out->n++] = (struct diff_line){sign, text, number};
}

static void put_line(struct work *w, char sign, struct span text, int64_t number)
{
	put(w, sign, text, number);
	if (w->file->open_end && number == w->file->total)
		put(w, '\\', SPAN(" No newline at end of file"), 0);
}

/* Known lines [from, to), none of which changes. */
static void put_same(struct work *w, size_t from, size_t to)
{
	for (size_t k = from; k < to; k++)
		put_line(w, ' ', w->file->at[k].text, w->file->at[k].number);
}

/* Changed lines that follow each other: all old ones, then all new ones. */
static void put_changed(struct work *w, const struct change *list, size_t n)
{
	for (size_t k = 0; k < n; k++)
		put_line(w, '-', w->file->at[list[k].at].text, w->file->at[list[k].at].number);
	for (size_t k = 0; k < n; k++)
		put_line(w, '+', list[k].text, w->file->at[list[k].at].number);
	w->out->changed += (int64_t)n;
}

/* "12,7"; of one line "12". */
static struct span range(struct arena *a, int64_t first, size_t n)
{
	if (n == 1)
		return arena_printf(a, "%lld", (long long)first);
	return arena_printf(a, "%lld,%zu", (long long)first, n);
}

/* A line changes into one line, so both sides have the same numbers. */
static void put_hunk(struct work *w, const struct change *list, size_t n)
{
	size_t from = list[0].at, to = list[n - 1].at + 1;
	struct span where;

	for (int k = 1; k <= DIFF_CONTEXT && is_known(w->file, list[0].at, -k); k++)
		from--;
	for (int k = 1; k <= DIFF_CONTEXT && is_known(w->file, list[n - 1].at, k); k++)
		to++;
	where = range(w->arena, w->file->at[from].number, to - from);
	put(w, '@', arena_printf(w->arena, "@ -%.*s +%.*s @@", SPAN_ARG(where), SPAN_ARG(where)),
	    0);
	for (size_t k = 0, run; k < n; k += run) {
		for (run = 1; k + run < n && list[k + run].at == list[k].at + run;)
			run++;
		put_same(w, from, list[k].at);
		put_changed(w, list + k, run);
		from = list[k + run - 1].at + 1;
	}
	put_same(w, from, to);
}

/* Does the context of the two meet? */
static bool is_near(const struct work *w, const struct change *x, const struct change *y)
{
	int64_t apart = w->file->at[y->at].number - w->file->at[x->at].number;

	return apart <= 2 * DIFF_CONTEXT + 1 && is_known(w->file, x->at, (int)apart);
}

void diff_make(struct arena *a, const struct workflow_lines *file, struct diff_edit *edits,
	       size_t n, struct diff *out)
{
	struct work w = {.arena = a, .file = file, .out = out};

	*out = (struct diff){0};
	find_changes(&w, edits, n);
	/* each change stands twice, with its context, a head and words about the file's end */
	out->list = ARENA_ARRAY(a, struct diff_line, w.nchanges * (2 * DIFF_CONTEXT + 3) + 3);
	for (size_t k = 0, near; k < w.nchanges; k += near) {
		for (near = 1; k + near < w.nchanges &&
			       is_near(&w, &w.changes[k + near - 1], &w.changes[k + near]);)
			near++;
		put_hunk(&w, w.changes + k, near);
	}
}

/* --- as a file --- */

static bool is_odd(unsigned char c)
{
	return c < 0x20 || c >= 0x7F || c == '"' || c == '\\';
}

/* In double quotes with C's escapes where it has an odd byte, as core.quotePath of git is when
 * nobody sets it. */
static void put_path(struct buf *out, const char *side, struct span path)
{
	bool odd = false;

	for (size_t k = 0; k < path.n; k++)
		odd = odd || is_odd((unsigned char)path.p[k]);
	buf_puts(out, odd ? "\"" : "");
	buf_puts(out, side);
	for (size_t k = 0; k < path.n; k++) {
		unsigned char c = (unsigned char)path.p[k];

		if (c == '"' || c == '\\')
			buf_printf(out, "\\%c", c);
		else if (is_odd(c))
			buf_printf(out, "\\%03o", c);
		else
			buf_putc(out, (char)c);
	}
	buf_puts(out, odd ? "\"" : "");
}

void diff_put(struct buf *out, struct span path, const struct diff *d)
{
	/* without the tab readers would take what follows a blank for a time */
	const char *end = path.n && memchr(path.p, ' ', path.n) ? "\t\n" : "\n";

	if (d->n == 0)
		return;
	buf_puts(out, "diff --git ");
	put_path(out, "a/", path);
	buf_putc(out, ' ');
	put_path(out, "b/", path);
	buf_puts(out, "\n--- ");
	put_path(out, "a/", path);
	buf_puts(out, end);
	buf_puts(out, "+++ ");
	put_path(out, "b/", path);
	buf_puts(out, end);
	for (size_t k = 0; k < d->n; k++) {
		buf_putc(out, d->list[k].sign);
		buf_put(out, d->list[k].text);
		buf_putc(out, '\n');
	}
}
