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
	int64_t role;					 /* enum role, in RIGHT_ROLE */
	int64_t granted_at;
	struct span source, mac;
};

/* APPOINT: granted by a site admin, who has no role there; the audit row says so. */
enum right_act { RIGHT_GRANT, RIGHT_APPOINT, RIGHT_REVOKE, RIGHT_ACTS };

/* A change in steps, all inside one transaction: first the lock under which rights of this row's
 * subscription (for a site role: of the site) are read and changed. It must be the transaction's
 * first statement, or what is read after it may be old. E_NOT_FOUND: no such subscription. */
int store_right_lock(struct db *db, struct arena *a, const struct right *r) WARN_UNUSED;
/* Then the change with its audit row (site's chain for a site role, else the subscription's):
 * writes the row, new or over the old one, or takes it away; with the role of a collaborator go
 * the account's projects in the subscription. E_NOT_FOUND: no such account or project in the
 * subscription, or nothing to take away; E_CONFLICT: the last admin who can act, of the
 * subscription or of the site, would be gone, or only a collaborator can be named on a project. */
int store_right_change(struct db *db, struct arena *a, const struct actor *actor,
		       const struct right *r, enum right_act act) WARN_UNUSED;
/* The role of an account in a subscription, or its site role. E_NOT_FOUND. */
int store_right_find(struct db *db, struct arena *a, enum right_table table, int64_t account_id,
		     int64_t subscription_id, struct right *out) WARN_UNUSED;
/* The places of a collaborator on projects of the subscription, in the arena. */
int store_right_projects(struct db *db, struct arena *a, int64_t account_id,
			 int64_t subscription_id, struct right **list, size_t *n) WARN_UNUSED;
/* Those of enabled accounts that say admin of the subscription, in the arena. */
int store_right_admins(struct db *db, struct arena *a, int64_t subscription_id, struct right **list,
		       size_t *n) WARN_UNUSED;
/* How many enabled accounts but this one are admin there: of the subscription, or of the site. */
int store_right_other_admins(struct db *db, struct arena *a, const struct right *r,
			     int64_t *others) WARN_UNUSED;

/* Lock and change in a transaction of its own; errors as of both. */
int store_right_put(struct db *db, struct arena *a, const struct actor *actor,
		    const struct right *r) WARN_UNUSED;
int store_right_remove(struct db *db, struct arena *a, const struct actor *actor,
		       const struct right *r) WARN_UNUSED;
/* The next rows of a table for a check of their MACs, by account. *next: where to go on,
 * 0 = done. */
int store_right_page(struct db *db, struct arena *a, enum right_table table, int64_t after,
		     struct right **list, size_t *n, int64_t *next) WARN_UNUSED;

#endif
