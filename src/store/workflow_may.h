/* workflow_may.h: who may send the workflow files of a project. */
#ifndef STORE_WORKFLOW_MAY_H
#define STORE_WORKFLOW_MAY_H

#include "core/role.h"
#include "store/db.h"

extern const struct stmt_table STORE_WORKFLOW_MAY;

/* Inside a transaction that holds the subscription's lock: admins, members, the project's
 * collaborators and its sync tokens, as things are now; *project is its name. The operator may.
 * E_NOT_FOUND: it is gone, or the visitor's right to it. */
int store_workflow_may(struct db *db, struct arena *a, const struct scope *s, int64_t project_id,
		       int64_t now, struct span *project) WARN_UNUSED;

#endif
