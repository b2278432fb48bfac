/* rendered.h: parts of pages (a list's body, the frame above it) that were rendered for an earlier
 * request, kept as they were sent. A part is found again only under all that it hangs on: the caller
 * puts that into the key, and what a part outlives (a revision) before the key's first blank, so that
 * the same page of now takes the place of what it was. */
#ifndef PAGE_RENDERED_H
#define PAGE_RENDERED_H

#include "base/buf.h"

enum { RENDERED_SLOTS = 32, RENDERED_MOST = 64 * 1024, RENDERED_KEY_MOST = 4096 };

/* All zeros: nothing kept. At most RENDERED_SLOTS parts of RENDERED_MOST bytes, whatever comes: a
 * new one takes the place of another. */
struct rendered {
	struct rendered_part {
		struct buf key, body;
	} slots[RENDERED_SLOTS];
};

/* The part kept under this key, borrowed until the next call; false when there is none. */
bool rendered_find(const struct rendered *r, struct span key, struct span *body);
/* Keeps a copy of the part; not one of more than RENDERED_MOST bytes, or under a key of more than
 * RENDERED_KEY_MOST, or under an empty one. */
void rendered_keep(struct rendered *r, struct span key, struct span body);
/* Appends the part kept under this key, or what `make` appends, which is then kept. */
int rendered_put(struct rendered *r, struct span key, struct buf *out,
		 int (*make)(struct buf *out, void *arg), void *arg) WARN_UNUSED;
void rendered_drop(struct rendered *r);

#endif
