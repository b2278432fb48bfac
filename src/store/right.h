/* right.h: site roles, roles in subscriptions, and the projects on which collaborators are named;
 * each row under the vault's MAC. Only signet-vault uses this file; others read the tables in their
 * joins. */
#ifndef STORE_RIGHT_H
#define STORE_RIGHT_H

#include "core/audit.h"
#include "core/role.h"
#include "store/db.h"

extern const struct stmt_table STORE_RIGHT;

enum right_table { RIGHT_SITE_ROLE, RIGHT_ROLE, RIGHT_COLLABORATOR, RIGHT_TABLES };

struct right {
	enum right_table table;
	int64_t account_id, subscription_id, project_id; /* 0 where the table has none */
	int64_t role;                                    /* enum role, in RIGHT_ROLE */
	int64_t granted_at;
	struct span source, mac;
};

/* Writes the row, new or over the old one, in one transaction with its audit row (site's chain for
 * a site role, else the subscription's, after locking the subscription). E_NOT_FOUND: no such
 * account, subscription or project in it; E_CONFLICT: the subscription's last admin would be
 * gone. */
int store_right_put(struct db *db, struct arena *a, const struct actor *actor,
		    const struct right *r) WARN_UNUSED;
/* Takes the row away likewise; with a role go the account's projects in the subscription.
 * E_NOT_FOUND, also when there was no such right; E_CONFLICT as above. */
int store_right_remove(struct db *db, struct arena *a, const struct actor *actor,
		       const struct right *r) WARN_UNUSED;
/* The next rows of a table for a check of their MACs, by account. *next: where to go on,
 * 0 = done. */
int store_right_page(struct db *db, struct arena *a, enum right_table table, int64_t after,
		     struct right **list, size_t *n, int64_t *next) WARN_UNUSED;

#endif
