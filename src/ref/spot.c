/* spot.c: from libyaml's marks, which count characters, to lines and bytes as Git sees them.
 *
 * One walk through the text for all that were found: they are put in the order of the text first.
 */
#include "ref/spot.h"

#include <stdlib.h>

#include "base/banned.h"

#define ANCHOR_LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"

struct walk {
	struct span bytes;
	size_t at, index; /* bytes and characters passed */
	size_t start;	  /* of the line */
	int line;
};

static void step(struct walk *w)
{
	if (w->bytes.p[w->at++] == '\n') {
		w->line++;
		w->start = w->at;
	}
	/* the rest of a character */
	while (w->at < w->bytes.n && (w->bytes.p[w->at] & 0xC0) == 0x80)
		w->at++;
	w->index++;
}

static void walk_to(struct walk *w, size_t index)
{
	while (w->index < index && w->at < w->bytes.n)
		step(w);
}

static bool ends_at(const struct walk *w, const char *ends)
{
	return w->at >= w->bytes.n || strchr(ends, w->bytes.p[w->at]) ||
	       ref_text_is_odd_break(w->bytes, w->at);
}

/* libyaml ends an anchor where its letters end: the scalar of `&a:b` is `:b`. */
static void walk_past_anchor(struct walk *w)
{
	do
		step(w);
	while (w->at < w->bytes.n && strchr(ANCHOR_LETTERS, w->bytes.p[w->at]));
}

/* Past `&anchor`, `!tag` and comments: no scalar begins like one. */
static void walk_to_scalar(struct walk *w)
{
	while (w->at < w->bytes.n) {
		const char *ends = NULL;
		char c = w->bytes.p[w->at];

		if (c == '&') {
			walk_past_anchor(w);
			continue;
		}
		if (c == '!')
			ends = " \t\r\n";
		else if (c == '#')
			ends = "\r\n";
		else if (!strchr(" \t\r\n", c) && !ref_text_is_odd_break(w->bytes, w->at))
			return;
		step(w);
		while (ends && !ends_at(w, ends))
			step(w);
	}
}

/* After a plain scalar libyaml passes over a line of blanks with a tab among them; after a quoted
 * one only within brackets. */
static bool has_tab_below(const struct walk *w)
{
	bool below = false, tab = false;
	size_t k = w->at;

	for (; k < w->bytes.n && strchr(" \t\r\n", w->bytes.p[k]); k++) {
		below = below || w->bytes.p[k] == '\n';
		tab = tab || (below && w->bytes.p[k] == '\t');
	}
	return tab && (k == w->bytes.n || !strchr(",]}", w->bytes.p[k]));
}

/* libyaml takes `"a"#b`, `&a:b` and the like; another scalar in the place of "a" or `:b`
 * might swallow the rest, or become part of what is there. */
static bool stands_free(const struct walk *w, size_t from)
{
	bool at_anchor = from > 0 && strchr(ANCHOR_LETTERS, w->bytes.p[from - 1]);

	return !at_anchor && ends_at(w, " \t\r\n,]}") && !has_tab_below(w);
}

/* Is that the whole of it, and in one line as libyaml sees it? A plain one says itself. */
static bool is_whole(const struct text *text, const struct node *as, struct span found)
{
	size_t from = (size_t)(found.p - text->bytes.p);

	if (found.n == 0)
		return false;
	for (size_t k = from; text->odd_breaks && k < from + found.n; k++)
		if (ref_text_is_odd_break(text->bytes, k))
			return false;
	return as->kind == NODE_ALIAS || found.p[0] == '"' || found.p[0] == '\'' ||
	       span_eq(found, ref_node_text(as));
}

static struct ref_spot spot_of(struct walk *w, const struct text *text, const struct node *as)
{
	struct ref_spot spot;
	size_t from;

	walk_to(w, as->from);
	walk_to_scalar(w);
	from = w->at;
	spot.line = w->line;
	spot.at = (uint32_t)(from - w->start + (w->line == 1 ? text->mark : 0));
	walk_to(w, as->to);
	spot.bytes = (uint32_t)(w->at - from);
	if (spot.line != w->line || !stands_free(w, from) ||
	    !is_whole(text, as, span_of(w->bytes.p + from, spot.bytes)))
		return (struct ref_spot){0};
	return spot;
}

/* Those of a templates file come last. */
static int by_place(const void *a, const void *b)
{
	const struct node *x = ((const struct found *)a)->as, *y = ((const struct found *)b)->as;

	if (x->foreign != y->foreign)
		return x->foreign - y->foreign;
	return (x->from > y->from) - (x->from < y->from);
}

void ref_spots(const struct text *text, struct found *list, size_t n)
{
	struct walk w = {.bytes = text->bytes, .line = 1};

	if (n == 0 || text->recoded || span_has_lone_cr(text->bytes))
		return;
	if (n > 1)
		qsort(list, n, sizeof(*list), by_place);
	for (size_t k = 0; k < n && !list[k].as->foreign; k++)
		list[k].ref.spot = k && list[k].as == list[k - 1].as
					   ? list[k - 1].ref.spot
					   : spot_of(&w, text, list[k].as);
}
