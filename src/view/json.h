/* json.h: what programs get instead of pages: each view_*() of a page that shows something has its
 * twin here. Members are in words of the form that changes the thing, so that what was read can be
 * changed and sent back. A secret is never there: when and by whom it was sealed is all. */
#ifndef VIEW_JSON_H
#define VIEW_JSON_H

#include <jansson.h>

#include "view/audit.h"
#include "view/binding.h"
#include "view/people.h"
#include "view/project.h"
#include "view/rename.h"
#include "view/scope.h"
#include "view/site.h"
#include "view/uses.h"
#include "view/workflow_list.h"

/* Each appends a whole document to `out`. E_BUG when a text is not UTF-8. */
int json_list(struct buf *out, const struct view_frame *f, const struct view_list *v) WARN_UNUSED;
int json_own_list(struct buf *out, const struct view_frame *f,
		  const struct view_list *v) WARN_UNUSED;
int json_details(struct buf *out, const struct view_details *v) WARN_UNUSED;
int json_closed(struct buf *out, const struct view_closed *v) WARN_UNUSED;
int json_types(struct buf *out, const struct view_types *v) WARN_UNUSED;
int json_tokens(struct buf *out, const struct view_tokens *v) WARN_UNUSED;
int json_people(struct buf *out, const struct view_frame *f,
		const struct view_people *v) WARN_UNUSED;
int json_person(struct buf *out, const struct view_person *v) WARN_UNUSED;
int json_projects(struct buf *out, const struct view_frame *f,
		  const struct view_projects *v) WARN_UNUSED;
int json_project(struct buf *out, const struct view_frame *f,
		 const struct view_project *v) WARN_UNUSED;
int json_workflow(struct buf *out, const struct view_frame *f,
		  const struct view_workflow *v) WARN_UNUSED;
int json_synced(struct buf *out, const struct view_synced *v) WARN_UNUSED;
int json_uses(struct buf *out, const struct view_frame *f, const struct view_uses *v) WARN_UNUSED;
int json_rename(struct buf *out, const struct view_frame *f,
		const struct view_rename *v) WARN_UNUSED;
int json_workflow_list(struct buf *out, const struct view_frame *f,
		       const struct view_workflow_list *v) WARN_UNUSED;
int json_settings(struct buf *out, const struct view_settings *v) WARN_UNUSED;
int json_audit(struct buf *out, const struct view_frame *f, const struct view_audit *v) WARN_UNUSED;
int json_site_accounts(struct buf *out, const struct view_frame *f,
		       const struct view_site_accounts *v) WARN_UNUSED;
int json_site_account(struct buf *out, const struct view_site_account *v) WARN_UNUSED;
int json_site_link(struct buf *out, const struct view_site_link *v) WARN_UNUSED;
int json_site_subscriptions(struct buf *out, const struct view_frame *f,
			    const struct view_site_subscriptions *v) WARN_UNUSED;
int json_site_subscription(struct buf *out, const struct view_site_subscription *v) WARN_UNUSED;
int json_rebind(struct buf *out, const struct view_rebind *v) WARN_UNUSED;
int json_bindings(struct buf *out, const struct view_bindings *v) WARN_UNUSED;
int json_scope(struct buf *out, const struct view_scope *v) WARN_UNUSED;
int json_scope_one(struct buf *out, const struct view_scope_one *v) WARN_UNUSED;
int json_account(struct buf *out, const struct view_frame *f,
		 const struct view_account *v) WARN_UNUSED;

/* One wrong member. */
struct view_fault {
	struct span field, message;
};

/* RFC 9457. */
struct view_problem {
	int status;
	struct span type; /* a URI; empty: about:blank */
	struct span title, detail;
	struct span request;
	struct view_fault *faults;
	size_t nfaults;
};
int view_problem(struct buf *out, const struct view_problem *v) WARN_UNUSED;

/* For the files of this unit. */

/* Texts; one that is empty is null where nothing is meant by it. */
json_t *json_text(struct span s);
json_t *json_text_or_null(struct span s);
/* "2026-11-22T14:05:00Z" (RFC 3339); 0 is null. */
json_t *json_time(int64_t at);
json_t *json_roles(role_set roles);
/* A bound integration, or a list of them. */
json_t *json_binding(const struct view_binding *b);
/* "in use", "owner left" ... */
json_t *json_binding_state(enum binding_state s);
json_t *json_binding_list(const struct view_binding *list, size_t n);
/* The address of a list's next page: what was asked for, with these parameters ("after") set to
 * these values. null when the last value is empty: there is none. */
struct json_place {
	const char *name;
	struct span value;
};
json_t *json_next(const struct view_frame *f, const struct json_place *places, size_t n);
/* The texts of `lines`, "\n" between. */
json_t *json_lines(struct span lines);
/* Writes the document and lets go of it. E_BUG: some part of it could not be made. */
int json_write(struct buf *out, json_t *document) WARN_UNUSED;

#endif
