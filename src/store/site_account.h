/* site_account.h: accounts as site administration sees them. Disabling, site roles and links to set
 * a password are the vault's. */
#ifndef STORE_SITE_ACCOUNT_H
#define STORE_SITE_ACCOUNT_H

#include "core/audit.h"
#include "core/site.h"
#include "store/db.h"

extern const struct stmt_table STORE_SITE_ACCOUNT;

/* Up to `limit` accounts by login, those after `after` (empty: from the start). */
int store_site_account_list(struct db *db, struct arena *a, const struct site_account_filter *f,
			    struct span after, int64_t limit, struct site_account **list,
			    size_t *n) WARN_UNUSED;
int store_site_account_count(struct db *db, struct arena *a, const struct site_account_filter *f,
			     int64_t *total) WARN_UNUSED;
/* E_NOT_FOUND. */
int store_site_account_get(struct db *db, struct arena *a, int64_t id,
			   struct site_account *out) WARN_UNUSED;

/* The subscriptions in which an account has a role, by slug. */
int store_site_account_roles(struct db *db, struct arena *a, int64_t id,
			     struct site_account_role **list, size_t *n) WARN_UNUSED;

#endif
