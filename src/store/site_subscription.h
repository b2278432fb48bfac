/* site_subscription.h: subscriptions as site administration sees them: who acts in them, never what
 * is in them (product rule 2). */
#ifndef STORE_SITE_SUBSCRIPTION_H
#define STORE_SITE_SUBSCRIPTION_H

#include "core/audit.h"
#include "core/site.h"
#include "store/db.h"

extern const struct stmt_table STORE_SITE_SUBSCRIPTION;

/* Up to `limit` subscriptions by slug, those after `after` (empty: from the start). */
int store_site_subscription_list(struct db *db, struct arena *a,
				 const struct site_subscription_filter *f, struct span after,
				 int64_t limit, struct site_subscription **list,
				 size_t *n) WARN_UNUSED;
int store_site_subscription_count(struct db *db, struct arena *a,
				  const struct site_subscription_filter *f,
				  int64_t *total) WARN_UNUSED;
/* E_NOT_FOUND. */
int store_site_subscription_get(struct db *db, struct arena *a, int64_t id,
				struct site_subscription *out) WARN_UNUSED;

/* Those who are admins in it, by login, at most 100. */
int store_site_subscription_admins(struct db *db, struct arena *a, int64_t id,
				   struct site_subscription_admin **list, size_t *n) WARN_UNUSED;
/* Is nothing in it but people? That it has integrations is all that may be told of them. */
int store_site_subscription_empty(struct db *db, struct arena *a, int64_t id,
				  bool *empty) WARN_UNUSED;

/* Each with its audit row in the subscription's chain. E_NOT_FOUND. */
int store_site_subscription_rename(struct db *db, struct arena *a, const struct actor *actor,
				   int64_t id, struct span name) WARN_UNUSED;
/* No audit row when it is so already. */
int store_site_subscription_enable(struct db *db, struct arena *a, const struct actor *actor,
				   int64_t id, bool enabled) WARN_UNUSED;
/* Deletes it and the roles in it; its audit chain stays and ends with this entry, which the site's
 * chain has, too. E_CONFLICT: it is not empty. */
int store_site_subscription_delete(struct db *db, struct arena *a, const struct actor *actor,
				   int64_t id) WARN_UNUSED;

#endif
