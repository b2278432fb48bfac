/* standing.h: may an account act at all? Disabling and enabling one, with all that ends by it. Only
 * signet-vault uses this file. */
#ifndef STORE_STANDING_H
#define STORE_STANDING_H

#include "core/audit.h"
#include "store/db.h"

extern const struct stmt_table STORE_STANDING;

struct standing {
	int64_t account_id;
	struct span login;
	int64_t disabled_at; /* 0: it is enabled */
	bool disabled;
};

/* E_NOT_FOUND: no such account. */
int store_standing_find(struct db *db, struct arena *a, int64_t account_id,
			struct standing *out) WARN_UNUSED;
/* Inside a transaction: disables the account and ends its sessions, access tokens, confirmations
 * and one-time link, or enables it; with the audit row in the site's chain. OK also when it was so
 * before. */
int store_standing_set(struct db *db, struct arena *a, const struct actor *actor,
		       const struct standing *s, bool enabled, int64_t at) WARN_UNUSED;
/* Inside a transaction: ends all its sessions. */
int store_standing_end_sessions(struct db *db, int64_t account_id) WARN_UNUSED;

#endif
