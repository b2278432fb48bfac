/* workflow.h: a project's workflow files: sending them, as a program or a person, removing them,
 * and what they name. Everybody who sees the project may. */
#ifndef PAGE_WORKFLOW_H
#define PAGE_WORKFLOW_H

#include "http/route.h"
#include "store/project.h"
#include "store/reference.h"
#include "store/workflow_file.h"
#include "view/workflow.h"

extern const struct form_def FORM_WORKFLOW_RAW, FORM_WORKFLOW_FILES, FORM_WORKFLOW,
	FORM_WORKFLOW_REMOVE;

/* For programs: what is there; one file as the body, ?path=; all files as parts; one file gone. */
int page_workflow(struct req *r, struct res *s);
int page_workflow_put(struct req *r, struct res *s);
int page_workflow_put_all(struct req *r, struct res *s);
int page_workflow_delete(struct req *r, struct res *s);
/* On the project's page: a paste, or chosen files; one file gone, or all. */
int page_workflow_send(struct req *r, struct res *s);
int page_workflow_remove(struct req *r, struct res *s);

/* For these. */

/* What the project's page shows of them: `limit` references from ?from= on. */
int workflow_show(struct req *r, const struct project_row *p, int64_t limit,
		  struct view_workflow *out) WARN_UNUSED;
/* Judges references of a project's files, the most urgent first. */
int workflow_judge(struct req *r, int64_t project_id, const struct workflow_file *files,
		   size_t nfiles, const struct reference *list, size_t n,
		   struct view_reference **out) WARN_UNUSED;

/* Links these references to their lines at the project's Git host, if that is known. */
void workflow_link(const struct req *r, const struct project_row *p, struct view_reference *list,
		   size_t n);

/* Shows them with the lines around them. */
int workflow_context(const struct req *r, struct view_reference *list, size_t n) WARN_UNUSED;

/* A file as it was sent. */
struct workflow_bytes {
	struct span path, bytes;
};
/* Syncs them: reads what is not known by its hash, and stores it. Messages about what cannot be
 * taken are in the form afterwards, and *sync is to be used only if there is none. */
int workflow_take(struct req *r, const struct project_row *p, const struct workflow_bytes *list,
		  size_t n, bool whole, struct workflow_sync *sync) WARN_UNUSED;

#endif
