/* scope_grant.h: consents of owners that a subscription may use an account integration, as the
 * vault reads and writes them, each row under its MAC. Only signet-vault uses this file. */
#ifndef STORE_SCOPE_GRANT_H
#define STORE_SCOPE_GRANT_H

#include "store/db.h"

extern const struct stmt_table STORE_SCOPE_GRANT;

struct scope_grant {
	int64_t integration_id; /* the account integration */
	int64_t subscription_id, account_id;
	int64_t all_projects; /* 0 or 1 */
	struct span projects; /* project_set_text() */
	int64_t granted_at;
	int64_t released_until; /* 0: it is in use */
	int64_t entry;		/* its number in the subscription's chain */
	struct span mac;
};

/* In the arena. E_NOT_FOUND. */
int store_scope_grant_find(struct db *db, struct arena *a, int64_t integration_id,
			   int64_t subscription_id, struct scope_grant *out) WARN_UNUSED;
/* Inside a transaction, under the subscription's lock: writes the row, new or over the old one; or
 * takes it away. */
int store_scope_grant_put(struct db *db, const struct scope_grant *g) WARN_UNUSED;
int store_scope_grant_drop(struct db *db, int64_t integration_id,
			   int64_t subscription_id) WARN_UNUSED;
/* The next rows for a check, by account integration. *next: where to go on; 0 = done. */
int store_scope_grant_page(struct db *db, struct arena *a, int64_t after, struct scope_grant **list,
			   size_t *n, int64_t *next) WARN_UNUSED;

#endif
