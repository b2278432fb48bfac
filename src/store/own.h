/* own.h: the integrations of one account: the list of them, and deleting one. What is the same for
 * those of a subscription is in integration.h and integration_list.h. */
#ifndef STORE_OWN_H
#define STORE_OWN_H

#include "core/audit.h"
#include "store/integration_list.h"

extern const struct stmt_table STORE_OWN_LIST, STORE_OWN_DELETE;

/* store_integration_list() and store_integration_count() of a scope_own(). */
int store_own_list(struct db *db, struct arena *a, const struct scope *s,
		   const struct integration_query *q, struct integration_row **list,
		   size_t *n) WARN_UNUSED;
int store_own_count(struct db *db, struct arena *a, const struct scope *s,
		    const struct integration_query *q, int64_t *total) WARN_UNUSED;
/* How many handles of how many subscriptions are bound to one of them, and how many places of
 * workflow files name these, as in struct integration_row. */
int store_own_used(struct db *db, struct arena *a, const struct scope *s, int64_t id,
		   int64_t *handles, int64_t *subscriptions, int64_t *uses) WARN_UNUSED;

/* A handle of it, as its deletion finds it. */
struct own_handle {
	int64_t id, subscription_id;
	struct span slug, name;
	bool here; /* its owner has a role there: the handle is deleted; else it stays, without
		      values */
};
/* All handles of one of them, by id. */
int store_own_handles(struct db *db, struct arena *a, const struct scope *s, int64_t id,
		      struct own_handle **list, size_t *n) WARN_UNUSED;
/* "12 15 !19": which of them go and, with '!', stay. In the arena. */
struct span own_handles_text(struct arena *a, const struct own_handle *list, size_t n);

struct own_delete {
	int64_t id, version;
	struct span shown; /* own_handles_text() of when the visitor decided; SPAN_NONE: whatever it
			      is */

	bool stale,
		moved;	/* why it was E_CONFLICT: its version, or its handles, are others by now */
	bool in_use;	/* likewise: store_binding_named() has some */
};
/* Deletes it, with its consents, and its handles in every subscription in which its owner has a
 * role; each of these subscriptions has that in its audit trail, and so has the account.
 * E_NOT_FOUND: gone already. E_CONFLICT: see there. */
int store_own_delete(struct db *db, struct arena *a, const struct scope *s,
		     const struct actor *actor, struct own_delete *what) WARN_UNUSED;

#endif
