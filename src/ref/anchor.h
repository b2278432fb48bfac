/* anchor.h: the anchors of a document by name. */
#ifndef REF_ANCHOR_H
#define REF_ANCHOR_H

#include "ref/node.h"

struct anchor {
	struct span name;
	const struct node *node;
	size_t size; /* nodes in it, alias expansion counted */
	int height;  /* levels in it, likewise; 0 for a scalar */
	bool open;   /* still being read: an alias to it would be inside itself */
};

struct anchors {
	void *tree; /* of tsearch(); freed by ref_anchors_clear() */
};

/* A new anchor, which takes the place of an older one of its name. */
struct anchor *ref_anchor_add(struct anchors *set, struct arena *a, struct span name);
/* NULL when there is none. */
const struct anchor *ref_anchor_find(const struct anchors *set, struct span name);
/* Forgets all; what they point to stays. */
void ref_anchors_clear(struct anchors *set);

#endif
