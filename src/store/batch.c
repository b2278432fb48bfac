/* batch.c: how far a page goes. */
#include "store/batch.h"

#include "base/banned.h"

int store_batch(struct db *db, struct arena *a, const struct stmt *counts, int64_t after,
		int64_t *last, int64_t *next)
{
	int64_t id, n, sum = 0;
	struct rows *rows;
	bool all = true;

	*last = after;
	TRY(db_select(db, a, counts, &rows, after));
	while (rows_next(rows, &id, &n)) {
		if (sum && sum + n > BATCH_ROWS) {
			all = false;
			break;
		}
		sum += n;
		*last = id;
	}
	*next = all && rows_count(rows) < BATCH_ROWS ? 0 : *last;
	return OK;
}
