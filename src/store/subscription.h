/* subscription.h: subscriptions. */
#ifndef STORE_SUBSCRIPTION_H
#define STORE_SUBSCRIPTION_H

#include "core/audit.h"
#include "core/role.h"
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
/* The same for what lists of integrations may not show (a sync of workflow files): raises
 * `activity` instead, so that what is kept under the revision stays. */
int store_subscription_lock_activity(struct db *db, struct arena *a, int64_t id) WARN_UNUSED;
/* After that: it turned out that they do show it. */
int store_subscription_raise(struct db *db, int64_t id) WARN_UNUSED;

/* The same, and asks again whether the scope's account is an admin: a role may have been taken
 * since the request began. E_DENIED. The operator (account 0) always is. */
int store_subscription_lock_admin(struct db *db, struct arena *a,
				  const struct scope *s) WARN_UNUSED;

struct subscription_facts {
	struct span name;
	int64_t created_at;
	int64_t admins, members, collaborators; /* disabled accounts count, too */
	int64_t projects, integrations;
	int64_t grace_days; /* for which runners get values of somebody who left */
};
/* E_NOT_FOUND: gone meanwhile. */
int store_subscription_facts(struct db *db, struct arena *a, const struct scope *s,
			     struct subscription_facts *out) WARN_UNUSED;
/* For how many days its runners get the values of somebody who left. E_NOT_FOUND: gone meanwhile.
 */
int store_subscription_grace(struct db *db, struct arena *a, const struct scope *s,
			     int64_t *days) WARN_UNUSED;
/* What its admins set. The slug, which is in addresses, stays. */
struct subscription_settings {
	struct span name;   /* that people read */
	int64_t grace_days; /* 0 to BINDING_GRACE_MOST */
};
/* Changes what `now` has otherwise than `was`, which the form showed, each with its audit row.
 * E_CONFLICT: one of these is another by now than `was` says. E_DENIED: not an admin any more. */
int store_subscription_set(struct db *db, struct arena *a, const struct scope *s,
			   const struct actor *actor, const struct subscription_settings *was,
			   const struct subscription_settings *now) WARN_UNUSED;

#endif
