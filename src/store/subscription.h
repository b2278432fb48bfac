/* subscription.h: subscriptions and their projects. */
#ifndef STORE_SUBSCRIPTION_H
#define STORE_SUBSCRIPTION_H

#include "core/audit.h"
#include "core/integration.h"
#include "store/db.h"

extern const struct stmt_table STORE_SUBSCRIPTION;

struct subscription_new {
	struct span uid; /* 16 random bytes */
	struct span slug, name;
	struct actor actor;
};
/* Creates it, with its audit row as the first of its chain. E_CONFLICT: the slug is taken. */
int store_subscription_create(struct db *db, struct arena *a, const struct subscription_new *n,
			      int64_t *id) WARN_UNUSED;
/* E_NOT_FOUND. For the operator's command; pages find theirs through the session. */
int store_subscription_find(struct db *db, struct arena *a, struct span slug, int64_t *id,
			    struct span *uid) WARN_UNUSED;
/* Inside a transaction, before anything else of the subscription is changed: locks its row and
 * raises its revision. This orders all changes of a subscription and its audit chain. */
int store_subscription_lock(struct db *db, struct arena *a, int64_t id) WARN_UNUSED;

/* E_CONFLICT: the name is taken. */
int store_project_create(struct db *db, struct arena *a, const struct scope *s,
			 const struct actor *actor, struct span name, int64_t *id) WARN_UNUSED;
/* The projects that the viewer sees (a collaborator: those on which they are named), by name;
 * *total counts all of the subscription's. */
int store_project_list(struct db *db, struct arena *a, const struct scope *s, struct project **list,
		       size_t *n, int64_t *total) WARN_UNUSED;

#endif
