/* merge.h: one field of something that two people had open at once: what becomes of it when the
 * second one saves. */
#ifndef CORE_MERGE_H
#define CORE_MERGE_H

#include "base/span.h"

enum merge {
	MERGE_SAME,   /* both say the same now: nothing to do, nothing to ask */
	MERGE_MINE,   /* only I changed it */
	MERGE_THEIRS, /* only they changed it */
	MERGE_ASK,    /* both did, each otherwise: a person decides */
};

/* What a field held when I opened it, what I made of it, what is stored now; SPAN_NONE (or empty)
 * where there is no such thing. `known` false: nobody knows what I opened, so whatever differs may
 * be either's work. */
enum merge merge_of(bool known, struct span opened, struct span mine, struct span theirs);

#endif
