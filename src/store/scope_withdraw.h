/* scope_withdraw.h: what takes the use of an account integration away from a subscription. To give
 * needs the vault and a password (proto/vault.h); to take back needs neither, and never waits. */
#ifndef STORE_SCOPE_WITHDRAW_H
#define STORE_SCOPE_WITHDRAW_H

#include "core/audit.h"
#include "core/role.h"
#include "store/db.h"

extern const struct stmt_table STORE_SCOPE_WITHDRAW;

/* The owner takes the consent back, also one that only an undo could use: runners get no value from
 * now on. The bound integrations stay, flagged, for an admin to rebind. `s`: scope_own().
 * E_NOT_FOUND: not theirs, or no such subscription; E_CONFLICT: there is no consent. */
int store_scope_withdraw(struct db *db, struct arena *a, const struct scope *s,
			 const struct actor *actor, int64_t integration_id,
			 int64_t subscription_id) WARN_UNUSED;

/* What the page said would be deleted. */
struct scope_removal {
	int64_t integration_id, subscription_id;
	bool any;		/* whatever is there; else: */
	const int64_t *handles; /* ascending */
	size_t nhandles;

	bool stale;  /* why it was E_CONFLICT: other handles are there now */
	bool in_use; /* likewise: workflow files there name one of them, see store_binding_named() */
};
/* The owner takes the subscription out of the scope: deletes the bound integrations there, then the
 * consent. In a subscription where they have no role (any more) it withdraws instead: what is there
 * is not theirs to delete. E_NOT_FOUND as above; E_CONFLICT: stale, in use, or there is neither consent nor
 * handle; E_DENIED: the subscription is disabled; E_TOO_BIG: more than BINDING_ROWS_MAX handles. */
int store_scope_remove(struct db *db, struct arena *a, const struct scope *s,
		       const struct actor *actor, struct scope_removal *c) WARN_UNUSED;

/* The rest is for other transactions that delete bound integrations or what they lead to. */

struct scope_lock {
	int64_t integration_id, subscription_id;
	int64_t account_id; /* the owner's */
	struct span name;   /* of the account integration */
	struct span login;  /* the owner's */
	struct span slug;   /* of the subscription */
	bool disabled;	    /* the subscription */
};
/* Locks the account integration's row, then the subscription's, which raises its revision. (Several
 * account integrations are locked by ascending id, all of them before the first subscription.)
 * E_NOT_FOUND: one of them is not there. */
int store_scope_lock(struct db *db, struct arena *a, int64_t integration_id,
		     int64_t subscription_id, struct scope_lock *out) WARN_UNUSED;
/* Deletes a bound integration of the subscription, with an entry in its chain and one in the
 * owner's. The consent of another account integration that only an undo of this one could have used
 * goes, too. E_NOT_FOUND: it does not lead to the locked one. */
int store_scope_handle_delete(struct db *db, struct arena *a, const struct actor *actor,
			      const struct scope_lock *l, int64_t handle_id) WARN_UNUSED;
/* Deletes the consent, with its entries in both chains. E_NOT_FOUND: there is none. */
int store_scope_end(struct db *db, struct arena *a, const struct actor *actor,
		    const struct scope_lock *l) WARN_UNUSED;
/* The same once no bound integration is left that uses it; OK when there is nothing to do. */
int store_scope_end_unused(struct db *db, struct arena *a, const struct actor *actor,
			   const struct scope_lock *l) WARN_UNUSED;

#endif
