/* integration_history.h: who changed one integration, from the audit trail of the subscription or
 * account whose it is. */
#ifndef STORE_INTEGRATION_HISTORY_H
#define STORE_INTEGRATION_HISTORY_H

#include "core/audit.h"
#include "core/integration.h"
#include "store/db.h"

extern const struct stmt_table STORE_INTEGRATION_HISTORY;

struct integration_entry {
	int64_t at;
	enum audit_action action;
	struct span who;    /* the person's name, the login of that time, or "the operator" */
	struct span fields; /* names as store_integration_edit() noted them, ", " between */
};

/* The last `limit` changes of it, newest first. Whether the visitor sees it is the caller's
 * question; of an integration outside the scope there is nothing in this chain. */
int store_integration_history(struct db *db, struct arena *a, const struct scope *s, int64_t id,
			      int64_t limit, struct integration_entry **list,
			      size_t *n) WARN_UNUSED;

/* Who deleted the one that had this id, and how it was called. E_NOT_FOUND: nobody did. */
int store_integration_deletion(struct db *db, struct arena *a, const struct scope *s, int64_t id,
			       struct integration_entry *out, struct span *name) WARN_UNUSED;

/* Has this one had that name, until a rename took it? */
int store_integration_was_named(struct db *db, struct arena *a, const struct scope *s, int64_t id,
				struct span name, bool *was) WARN_UNUSED;

#endif
