/* seal_key.h: the vault's public keys as the database knows them. */
#ifndef STORE_SEAL_KEY_H
#define STORE_SEAL_KEY_H

#include "store/db.h"

extern const struct stmt_table STORE_SEAL_KEY;

/* Makes the key known, active. OK also when it is there already. */
int store_seal_key_add(struct db *db, struct arena *a, struct span id,
		       struct span public_key) WARN_UNUSED;

/* A URL of any integration, for the operator's check that its origin is what the URL says. */
struct doctor_url {
	int64_t integration_id;
	struct span url, origin;
};
/* URLs of the next integrations after `after` that have any, at most `limit` integrations; none
 * when there are no more. */
int store_doctor_urls(struct db *db, struct arena *a, int64_t after, int64_t limit,
		      struct doctor_url **list, size_t *n) WARN_UNUSED;

#endif
