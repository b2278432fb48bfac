/* bound_delete.h: a subscription deletes a bound integration: what its owner has stays. */
#ifndef STORE_BOUND_DELETE_H
#define STORE_BOUND_DELETE_H

#include "store/integration.h"

extern const struct stmt_table STORE_BOUND_DELETE;

/* The part of store_integration_delete() for one that is bound; *bound: it is, and the answer is
 * whole. Its owner's consent goes with the last one that uses it; both trails say so. */
int store_bound_delete(struct db *db, struct arena *a, const struct scope *s,
		       const struct actor *actor, struct integration_change *c,
		       bool *bound) WARN_UNUSED;

#endif
