/* workflow_lines.h: the lines of workflow files around what they name. */
#ifndef STORE_WORKFLOW_LINES_H
#define STORE_WORKFLOW_LINES_H

#include "core/workflow_lines.h"
#include "store/db.h"

extern const struct stmt_table STORE_WORKFLOW_LINES;

/* Those of one file; nothing is known (total 0) of another's, and of a file of a project that the
 * viewer does not see. */
int store_workflow_lines(struct db *db, struct arena *a, const struct scope *s, int64_t project_id,
			 int64_t file_id, struct workflow_lines *out) WARN_UNUSED;
/* The same for many files of any projects of the subscription: *out gets as many, out[k] is of
 * file_ids[k]. In the arena. Ten files are one way to the server; each may have up to 1 MiB, so
 * take those of a page. */
int store_workflow_lines_many(struct db *db, struct arena *a, const struct scope *s,
			      const int64_t *file_ids, size_t n,
			      struct workflow_lines **out) WARN_UNUSED;

#endif
