/* binding.h: bound integrations, and what their owners allow: reading both. They are written by the
 * vault alone (proto/vault.h); what takes consent away is in scope_withdraw.h.
 *
 * Lists end at BINDING_ROWS_MAX rows: then there may be more. */
#ifndef STORE_BINDING_H
#define STORE_BINDING_H

#include "core/binding.h"
#include "store/db.h"

extern const struct stmt_table STORE_BINDING, STORE_SCOPE;

enum { BINDING_ROWS_MAX = 1000 };

/* A bound integration: the handle, as workflow files name it, and what it leads to. Of the account
 * integration there is its name alone, for admins where they choose; never a value, a URL or why it
 * is disabled. */
struct binding {
	int64_t id; /* the handle's */
	int64_t subscription_id;
	struct span slug, subscription; /* of it: as in addresses, and its name */
	struct span name, type;
	bool disabled; /* the handle */
	int64_t account_integration_id;
	struct span account_integration; /* its name; "" when its owner deleted it */
	int64_t owner_id;
	struct span owner; /* ACCOUNT_WHO */
	int64_t bound_at;
	struct span bound_by;
	enum binding_state state;
	bool paused;		  /* the owner disabled it, whatever else is true of it */
	int64_t left_at;	  /* since when the owner has no role here; 0: has one */
	int64_t undo_until;	  /* 0: there is no rebind to undo (any more) */
	struct span undo_owner;	  /* whom the undo would lead back to */
	struct project_set grant; /* of the owner's consent; empty: there is none */
	struct project_set own;	  /* of the handle */
	int64_t grant_entry;	  /* scope_grant.entry; 0: there is none */
};

/* One of the scope's subscription; who may see the handle the caller has asked
 * (store/integration.h). E_NOT_FOUND: not there, or not a bound one. */
int store_binding_get(struct db *db, struct arena *a, const struct scope *s, int64_t id,
		      struct binding *out) WARN_UNUSED;
/* Those of the scope's subscription that lead to one account's integrations, by name. */
int store_binding_of_owner(struct db *db, struct arena *a, const struct scope *s,
			   int64_t account_id, struct binding **list, size_t *n) WARN_UNUSED;
/* The handles of an account integration of the scope (scope_own()), by subscription, then name.
 * None for one that is somebody else's. */
int store_binding_of_integration(struct db *db, struct arena *a, const struct scope *s,
				 int64_t integration_id, struct binding **list,
				 size_t *n) WARN_UNUSED;

/* An account integration to which handles of a subscription may be bound. */
struct binding_candidate {
	int64_t id;
	struct span name;
	int64_t owner_id;
	struct span owner; /* ACCOUNT_WHO */
	bool own;	   /* the viewer's */
	bool owner_here;   /* its owner can act in this subscription */
	bool enabled;
	bool granted;		  /* for this subscription, and in use */
	struct project_set grant; /* empty when it is not granted */
	int64_t grant_entry;
};
/* Of one type, for an admin: their own, then those that somebody granted to the subscription; each
 * by name. */
int store_binding_candidates(struct db *db, struct arena *a, const struct scope *s,
			     struct span type, struct binding_candidate **list,
			     size_t *n) WARN_UNUSED;

/* How many handles of a subscription lead to one account's integrations. */
struct binding_touched {
	int64_t subscription_id;
	struct span subscription; /* its name */
	int64_t bindings;
};
/* All over the site, by name: for the site admin who is about to disable the account. Nothing more
 * of what is inside subscriptions. */
int store_binding_touched(struct db *db, struct arena *a, int64_t account_id,
			  struct binding_touched **list, size_t *n) WARN_UNUSED;

/* A subscription, as the owner of an account integration sees it. */
struct scope_row {
	int64_t subscription_id;
	struct span slug, name;
	bool disabled;	/* the subscription */
	enum role role; /* the owner's; ROLE_NONE: they left */
	int64_t left_at;
	enum scope_state state;
	int64_t released_until;	  /* SCOPE_RELEASED */
	struct project_set grant; /* SCOPE_LIVE, SCOPE_RELEASED */
	int64_t granted_at;
	int64_t entry;	 /* of the grant's row, whatever its state; 0: there is none */
	int64_t handles; /* bound to it */
};
/* Every subscription in which the scope's account (scope_own()) has a role, or which has a grant or
 * a handle of this account integration; by name. E_NOT_FOUND: not an account integration of theirs.
 */
int store_scope_list(struct db *db, struct arena *a, const struct scope *s, int64_t integration_id,
		     struct scope_row **list, size_t *n) WARN_UNUSED;
/* One of them. E_NOT_FOUND also when there is neither role, grant nor handle. */
int store_scope_get(struct db *db, struct arena *a, const struct scope *s, int64_t integration_id,
		    int64_t subscription_id, struct scope_row *out) WARN_UNUSED;

/* An account integration of the viewer's, for "Use an account integration" in a subscription. */
struct scope_candidate {
	int64_t id;
	struct span name, type;
	bool enabled;
	bool granted; /* for this subscription, and in use */
	struct project_set grant;
	int64_t entry;		 /* of the grant's row; 0: there is none */
	int64_t here, elsewhere; /* handles in this subscription, and in others */
};
/* The viewer's own, by name. */
int store_scope_candidates(struct db *db, struct arena *a, const struct scope *s,
			   struct scope_candidate **list, size_t *n) WARN_UNUSED;

/* Is the name that of some integration of the subscription, also of one that the visitor does not
 * see? For a form that offers another. */
int store_scope_name_taken(struct db *db, struct arena *a, int64_t subscription_id,
			   struct span name, bool *taken) WARN_UNUSED;

/* Inside these reads: the projects of a row of scope_grant; none when it is not `granted`.
 * E_CORRUPT. */
int store_binding_grant_read(struct arena *a, bool granted, int64_t all, struct span projects,
			     struct project_set *out) WARN_UNUSED;

/* A handle that workflow files name, in a subscription in which its owner has a role: it stands
 * against deleting what it leads to, and against taking that subscription out of the scope (product
 * rule 9). */
struct binding_named {
	int64_t id, subscription_id;
	struct span name, subscription; /* the handle's, the subscription's */
};
/* Those of one account integration of scope_own(), by subscription, then name; `limit` at most.
 * subscription_id: in that one alone; 0: in all. Inside a transaction that holds the subscriptions'
 * locks it is true until the commit, since syncs take them, too. */
int store_binding_named(struct db *db, struct arena *a, const struct scope *s, int64_t id,
		    int64_t subscription_id, int64_t limit, struct binding_named **list,
		    size_t *n) WARN_UNUSED;

#endif
