/* binding_change.h: bindings, and the rows that they tie together, as the vault reads and writes
 * them; each binding under its MAC. Only signet-vault uses this file; pages read binding.h. */
#ifndef STORE_BINDING_CHANGE_H
#define STORE_BINDING_CHANGE_H

#include "core/binding.h"
#include "store/db.h"

extern const struct stmt_table STORE_BINDING_CHANGE;

struct binding_row {
	int64_t integration_id; /* of the bound one, the handle */
	int64_t subscription_id;
	int64_t account_integration_id, account_id; /* whose values, and whose that is */
	int64_t bound_at;
	int64_t bound_by;					  /* 0: not known */
	int64_t undo_integration_id, undo_account_id, undo_until; /* 0: nothing can be undone */
	int64_t entry; /* its number in the subscription's chain */
	struct span mac;
};

/* A row of `integration`, as far as the vault looks. */
struct integration_head {
	int64_t id;
	int64_t subscription_id, account_id; /* the owner: the other one is 0 */
	struct span name, type;
	int64_t version, bound; /* bound: 0 or 1 */
	int64_t disabled_at;	/* 0: enabled */
};

/* What of a subscription decides about its bindings. */
struct binding_place {
	struct span slug;
	int64_t disabled_at; /* 0: enabled */
	int64_t grace_days;
};

/* The first statement of a transaction: locks the row of an account integration. E_NOT_FOUND: no
 * such one, or a subscription's. */
int store_integration_head_lock(struct db *db, struct arena *a, int64_t id,
				struct integration_head *out) WARN_UNUSED;
/* Any integration. E_NOT_FOUND. */
int store_integration_head_find(struct db *db, struct arena *a, int64_t id,
				struct integration_head *out) WARN_UNUSED;
/* Is the name of an integration of the subscription taken? */
int store_integration_head_named(struct db *db, struct arena *a, int64_t subscription_id,
				 struct span name, bool *taken) WARN_UNUSED;
/* A new bound integration, for all projects, that admins alone edit; its id in *id. `uid`: 16
 * random bytes. E_CONFLICT: the name is taken. */
int store_integration_head_create(struct db *db, struct span uid, int64_t by, int64_t now,
				  const struct integration_head *h, int64_t *id) WARN_UNUSED;
/* Another version of it, by this account. */
int store_integration_head_raise(struct db *db, int64_t id, int64_t by, int64_t now) WARN_UNUSED;

/* E_NOT_FOUND. */
int store_binding_place(struct db *db, struct arena *a, int64_t subscription_id,
			struct binding_place *out) WARN_UNUSED;
/* The ids of its projects, ascending, as a set. */
int store_binding_projects(struct db *db, struct arena *a, int64_t subscription_id,
			   struct project_set *out) WARN_UNUSED;
/* The bound one's own list: all, or these. */
int store_binding_own_list(struct db *db, struct arena *a, int64_t integration_id,
			   struct project_set *out) WARN_UNUSED;

/* E_NOT_FOUND. */
int store_binding_row_find(struct db *db, struct arena *a, int64_t integration_id,
			   struct binding_row *out) WARN_UNUSED;
/* Of a subscription, those that are bound to an account integration; and those whose undo goes
 * there. */
int store_binding_rows_to(struct db *db, struct arena *a, int64_t account_integration_id,
			  int64_t subscription_id, struct binding_row **list,
			  size_t *n) WARN_UNUSED;
int store_binding_rows_undo(struct db *db, struct arena *a, int64_t account_integration_id,
			    int64_t subscription_id, struct binding_row **list,
			    size_t *n) WARN_UNUSED;
/* Inside a transaction, under the subscription's lock: writes the row, new or over the old one. */
int store_binding_row_put(struct db *db, const struct binding_row *b) WARN_UNUSED;
/* The next rows for a check, by bound integration. *next: where to go on; 0 = done. */
int store_binding_row_page(struct db *db, struct arena *a, int64_t after, struct binding_row **list,
			   size_t *n, int64_t *next) WARN_UNUSED;

#endif
