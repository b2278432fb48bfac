/* workflow_context.c: references with their line as the file has it, and those around it. */
#include "page/workflow.h"

#include <stdlib.h>

#include "page/app.h"
#include "store/workflow_lines.h"
#include "base/banned.h"

/* Of a long line so much stands before and after what it is shown for. */
enum { BYTES_BESIDE = 160 };

/* --- what to look at in a line --- */

struct piece {
	size_t at, n;
};

/* Past the first `characters` of it. */
static size_t skip(struct span text, int64_t characters)
{
	size_t k = 0;

	for (; k < text.n && characters > 0; characters--)
		for (k++; k < text.n && ((unsigned char)text.p[k] & 0xC0) == 0x80;)
			k++;
	return k;
}

/* What stands at the column: a quoted text, or an alias, merge key or word. */
static struct piece token_at(struct span text, int64_t column)
{
	struct piece p = {skip(text, column - 1), 0};
	char quote = p.at < text.n ? text.p[p.at] : ' ';

	if (quote == '"' || quote == '\'') {
		for (p.n = 1; p.at + p.n < text.n && text.p[p.at + p.n] != quote;)
			p.n++;
		p.n += p.at + p.n < text.n;
		return p;
	}
	while (p.at + p.n < text.n && !strchr(" \t,]}:", text.p[p.at + p.n]))
		p.n++;
	return p;
}

static struct piece marked_in(const struct view_reference *r, int64_t number, struct span text)
{
	struct piece spot = {(size_t)r->spot.at, (size_t)r->spot.bytes};

	if (r->spot.line == number && spot.at + spot.n <= text.n)
		return spot;
	if (r->line == number)
		return token_at(text, r->column);
	return (struct piece){0, 0};
}

/* --- lines --- */

static bool inside(struct span text, size_t at)
{
	return at > 0 && at < text.n && ((unsigned char)text.p[at] & 0xC0) == 0x80;
}

/* A carriage return at its end is how the file ends lines. */
static struct span without_return(const struct workflow_line *l)
{
	struct span text = l->text;

	if (text.n && text.p[text.n - 1] == '\r' && !l->cut)
		text.n--;
	return text;
}

static struct view_code code_of(const struct view_reference *r, const struct workflow_line *l)
{
	struct span text = without_return(l);
	struct piece mark = marked_in(r, l->number, text);
	size_t from = mark.at > BYTES_BESIDE ? mark.at - BYTES_BESIDE : 0;
	size_t to = mark.at + mark.n + BYTES_BESIDE;

	to = to < text.n ? to : text.n;
	while (inside(text, from))
		from--;
	while (inside(text, to))
		to++;
	return (struct view_code){
		.number = l->number,
		.before = span_of(text.p + from, mark.at - from),
		.marked = span_of(text.p + mark.at, mark.n),
		.after = span_of(text.p + mark.at + mark.n, to - mark.at - mark.n),
		.here = l->number == r->line,
		.begun = from > 0,
		.broken = to < text.n || l->cut,
	};
}

static void add_code(struct view_reference *r, const struct workflow_lines *lines, int64_t number)
{
	const struct workflow_line *l = workflow_line_find(lines, number);
	struct view_code *c = &r->code[r->ncode];

	if (!l || r->ncode == VIEW_CODE_MAX)
		return;
	*c = code_of(r, l);
	c->gap = r->ncode && c->number != c[-1].number + 1;
	r->ncode++;
}

void workflow_context_of(struct arena *a, struct view_reference *r,
			 const struct workflow_lines *lines)
{
	int64_t spot = r->spot.line;

	if (!workflow_line_find(lines, r->line))
		return;
	r->code = ARENA_ARRAY(a, struct view_code, VIEW_CODE_MAX);
	if (spot && spot < r->line - 1)
		add_code(r, lines, spot);
	for (int64_t number = r->line - 1; number <= r->line + 1; number++)
		add_code(r, lines, number);
	if (spot > r->line + 1)
		add_code(r, lines, spot);
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

int workflow_context(const struct req *r, struct view_reference *list, size_t n)
{
	int64_t *ids = ARENA_ARRAY(r->arena, int64_t, n + 1), *found;
	struct workflow_lines *lines;
	size_t nids = 0;

	for (size_t k = 0; k < n; k++)
		ids[k] = list[k].file_id;
	if (n > 1)
		qsort(ids, n, sizeof(*ids), by_number);
	for (size_t k = 0; k < n; k++)
		if (k == 0 || ids[k] != ids[k - 1])
			ids[nids++] = ids[k];
	TRY(store_workflow_lines_many(app_of(r)->db, r->arena, scope_of(r), ids, nids, &lines));
	for (size_t k = 0; k < n; k++) {
		found = bsearch(&list[k].file_id, ids, nids, sizeof(*ids), by_number);
		if (found)
			workflow_context_of(r->arena, &list[k], &lines[found - ids]);
	}
	return OK;
}
