/* link.h: one-time links for a first or forgotten password, one an account at most, by the hash of
 * their code; each row under the vault's MAC. Only signet-vault uses this file. */
#ifndef STORE_LINK_H
#define STORE_LINK_H

#include "core/audit.h"
#include "store/db.h"

extern const struct stmt_table STORE_LINK;

struct password_link {
	int64_t account_id;
	struct span code_hash; /* 32 bytes */
	int64_t created_at, expires_at;
	struct span mac;
	struct span password_mac; /* of the account's password row now; SPAN_NONE: it has none */
};

/* Inside a transaction: writes the row in place of the account's old one, with the audit row in the
 * site's chain. `login`: the account's. */
int store_link_put(struct db *db, struct arena *a, const struct actor *actor,
		   const struct password_link *l, struct span login) WARN_UNUSED;
/* E_NOT_FOUND. In a transaction the row stays locked. */
int store_link_by_code(struct db *db, struct arena *a, struct span code_hash,
		       struct password_link *out) WARN_UNUSED;
/* Takes the account's link away, if there is one. */
int store_link_drop(struct db *db, int64_t account_id) WARN_UNUSED;
/* The next rows for a check of their MACs, by account. *next: where to go on; 0 = done. */
int store_link_page(struct db *db, struct arena *a, int64_t after, struct password_link **list,
		    size_t *n, int64_t *next) WARN_UNUSED;

#endif
