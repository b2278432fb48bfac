/* rendered.h: bodies of pages that were rendered for an earlier request, kept as they were sent. A
 * body is found again only under all that it hangs on: the caller puts that into the key, and what
 * a page outlives (a revision) before the key's first blank, so that the same page of now takes the
 * place of what it was. */
#ifndef PAGE_RENDERED_H
#define PAGE_RENDERED_H

#include "base/buf.h"

enum { RENDERED_SLOTS = 16, RENDERED_MOST = 64 * 1024, RENDERED_KEY_MOST = 512 };

/* All zeros: nothing kept. At most RENDERED_SLOTS bodies of RENDERED_MOST bytes, whatever comes: a
 * new one takes the place of another. */
struct rendered {
	struct rendered_body {
		struct buf key, body;
	} slots[RENDERED_SLOTS];
};

/* The body kept under this key, borrowed until the next call; false when there is none. */
bool rendered_find(const struct rendered *r, struct span key, struct span *body);
/* Keeps a copy of the body; not one of more than RENDERED_MOST bytes, or under a key of more than
 * RENDERED_KEY_MOST. */
void rendered_keep(struct rendered *r, struct span key, struct span body);
void rendered_drop(struct rendered *r);

#endif
