/* departure.h: since when somebody who had a role in a subscription has none, each row under the
 * vault's MAC. Only signet-vault uses this file. */
#ifndef STORE_DEPARTURE_H
#define STORE_DEPARTURE_H

#include "store/db.h"

extern const struct stmt_table STORE_DEPARTURE;

struct departure {
	int64_t account_id, subscription_id, left_at;
	struct span mac;
};

/* In the arena. E_NOT_FOUND. */
int store_departure_find(struct db *db, struct arena *a, int64_t account_id,
			 int64_t subscription_id, struct departure *out) WARN_UNUSED;
/* Inside a transaction, under the subscription's lock: writes the row, new or over the old one; or
 * takes it away. */
int store_departure_put(struct db *db, const struct departure *d) WARN_UNUSED;
int store_departure_drop(struct db *db, int64_t account_id, int64_t subscription_id) WARN_UNUSED;
/* The next rows for a check, by account. *next: where to go on; 0 = done. */
int store_departure_page(struct db *db, struct arena *a, int64_t after, struct departure **list,
			 size_t *n, int64_t *next) WARN_UNUSED;

#endif
