/* workflow_check.h: what a check of workflow files found, for people. Programs get view_synced().
 */
#ifndef VIEW_WORKFLOW_CHECK_H
#define VIEW_WORKFLOW_CHECK_H

#include "view/workflow.h"

/* Whoever has more to mend than these begins with them. */
enum { VIEW_CHECK_PROBLEMS = 500 };

struct view_check {
	int64_t project_id;
	struct span project;
	struct view_synced found;
	struct view_paste paste; /* its text empty: files were chosen */
};

int view_check(struct buf *out, struct arena *a, const struct view_frame *f,
	       const struct view_check *v);

#endif
