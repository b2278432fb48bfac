/* spot.c: from libyaml's marks, which count characters, to lines and bytes as Git sees them.
 *
 * One walk through the text for all that were found: they are put in the order of the text first.
 */
#include "ref/spot.h"

#include <stdlib.h>

#include "base/banned.h"

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

/* Past `&anchor`, `!tag` and comments: no scalar begins like one. */
static void walk_to_scalar(struct walk *w)
{
	while (w->at < w->bytes.n) {
		const char *ends = NULL;
		char c = w->bytes.p[w->at];

		if (c == '&' || c == '!')
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

/* libyaml takes `"a"#b` and the like; another scalar in the place of "a" might swallow the rest. */
static bool stands_free(const struct walk *w)
{
	return ends_at(w, " \t\r\n,]}");
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
	if (spot.line != w->line || spot.bytes == 0 || !stands_free(w))
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
