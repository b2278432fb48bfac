/* audit_check.h: walking a chain entry by entry: does each follow the one before, and is each what
 * its hash says? */
#ifndef CORE_AUDIT_CHECK_H
#define CORE_AUDIT_CHECK_H

#include "core/audit.h"

/* Where a walk stands: after the entry `seq`. Zeroed: before the first one. */
struct audit_walk {
	int64_t seq;
	unsigned char hash[32];
};

/* An entry as it is stored. */
struct audit_stored {
	struct audit_entry e; /* e.action counts only if `known` */
	bool known;	      /* is its action one of ours? */
	struct span prev, hash;
};

/* What is wrong with the next entry, as words behind "entry 12 ", in the arena; SPAN_NONE: nothing.
 * The walk then stands behind it, so that one fault is told once. */
struct span audit_walk_fault(struct audit_walk *w, struct arena *a, const struct audit_stored *s,
			     void (*hash)(struct span data, unsigned char out[32]));

#endif
