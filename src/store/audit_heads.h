/* audit_heads.h: the heads of all chains, and whole chains entry by entry, for signing and checking
 * them. No page uses this. */
#ifndef STORE_AUDIT_HEADS_H
#define STORE_AUDIT_HEADS_H

#include "store/db.h"

extern const struct stmt_table STORE_AUDIT_HEADS;

struct audit_head {
	struct span chain, hash;
	int64_t seq;
};

/* The next heads by chain, those after `after` (empty: from the first), at most `limit`. */
int store_audit_heads(struct db *db, struct arena *a, struct span after, size_t limit,
		      struct audit_head **list, size_t *n) WARN_UNUSED;

#endif
