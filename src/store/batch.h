/* batch.h: walking a big table in pages of whole groups (all rows of one integration, or of one
 * account), for the vault's checks. */
#ifndef STORE_BATCH_H
#define STORE_BATCH_H

#include "store/db.h"

/* Rows of a page; a single larger group is a page of its own. */
enum { BATCH_ROWS = 500 };
#define BATCH_LIMIT "500"

/* `counts` takes the id after which to go on and gives (group's id, its rows), by id, at most
 * BATCH_ROWS groups. *last: the last id of this page (`after` when nothing is left); *next: the
 * same, or 0 when this page is the last one. */
int store_batch(struct db *db, struct arena *a, const struct stmt *counts, int64_t after,
		int64_t *last, int64_t *next) WARN_UNUSED;

#endif
