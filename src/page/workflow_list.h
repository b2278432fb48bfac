/* workflow_list.h: for admins: the workflow files of all projects, and removing those of projects
 * that are dead. */
#ifndef PAGE_WORKFLOW_LIST_H
#define PAGE_WORKFLOW_LIST_H

#include "http/json_form.h"
#include "http/route.h"
#include "view/workflow_list.h"

extern const struct form_def FORM_WORKFLOW_CLEAR;
extern const struct json_map JSON_WORKFLOW_CLEAR;

int page_workflow_list(struct req *r, struct res *s);
/* What removing them means, for ?project=1&project=2, and then does it. */
int page_workflow_clear_ask(struct req *r, struct res *s);
int page_workflow_clear(struct req *r, struct res *s);

/* What nothing would name any more without the workflow files of these projects. */
int workflow_unused(const struct req *r, const int64_t *ids, size_t n,
		    struct view_unused *out) WARN_UNUSED;

#endif
