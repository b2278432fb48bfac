/* workflow_list.h: the page of the workflow files of all projects, and the one that asks before
 * those of some are removed. See view.h for how pages are filled. */
#ifndef VIEW_WORKFLOW_LIST_H
#define VIEW_WORKFLOW_LIST_H

#include "view/view.h"

struct view_workflow_project {
	int64_t id;
	struct span name;
	int64_t files, references, unreadable;
	int64_t problems; /* references that need somebody */
	int64_t synced_at;
	struct span synced_by;
};

struct view_workflow_list {
	struct view_workflow_project *rows;
	size_t nrows;
	int64_t total, now;
	struct span search, since, since_error; /* as typed */
	struct span next;			/* ?after= value of the next page, or empty */
	bool first;
};

/* Integrations that nothing would name any more. */
struct view_unused {
	struct view_unused_row {
		int64_t id;
		struct span name;
	} * rows;
	size_t n;
	bool more; /* there are others */
};

struct view_workflow_clear {
	struct view_workflow_project *rows; /* those that were chosen */
	size_t nrows;
	int64_t files, references, now;
	struct view_unused unused;
	struct span error;
};

struct tpl;
/* What becomes unused, into the section that stands for it; nothing when there is none. */
void view_unused(struct tpl *t, struct arena *a, struct span slug, const struct view_unused *v);
int view_workflow_list(struct buf *out, struct arena *a, const struct view_frame *f,
		       const struct view_workflow_list *v);
int view_workflow_clear(struct buf *out, struct arena *a, const struct view_frame *f,
			const struct view_workflow_clear *v);

#endif
