/* anchor.c: anchors in a balanced tree (libc's), since a hostile file may have 100,000 of them. */
#include "ref/anchor.h"

#include <search.h>

#include "base/banned.h"

static int by_name(const void *a, const void *b)
{
	return span_cmp(((const struct anchor *)a)->name, ((const struct anchor *)b)->name);
}

struct anchor *ref_anchor_add(struct anchors *set, struct arena *a, struct span name)
{
	struct anchor *anchor = ARENA_NEW(a, struct anchor);
	struct anchor **slot;

	anchor->name = arena_span(a, name);
	slot = tsearch(anchor, &set->tree, by_name);
	ASSERT(slot != NULL);
	*slot = anchor;
	return anchor;
}

const struct anchor *ref_anchor_find(const struct anchors *set, struct span name)
{
	struct anchor wanted = {.name = name};
	struct anchor *const *slot = tfind(&wanted, &set->tree, by_name);

	return slot ? *slot : NULL;
}

static void keep(void *anchor)
{
	(void)anchor; /* the arena's */
}

void ref_anchors_clear(struct anchors *set)
{
	tdestroy(set->tree, keep);
	set->tree = NULL;
}
