/* binding_page.h: what the pages of bound integrations share. */
#ifndef PAGE_BINDING_PAGE_H
#define PAGE_BINDING_PAGE_H

#include "http/form.h"
#include "page/app.h"
#include "store/binding.h"
#include "view/binding.h"

/* What it takes to show bindings of the scope's subscription. */
struct binding_world {
	struct project *projects; /* all of the subscription's, by name */
	size_t nprojects;
	int64_t grace_days, now;
};
int binding_world_read(struct req *r, struct binding_world *w) WARN_UNUSED;

/* "All projects", "web, api and 4 more", "No project". */
struct span binding_projects_text(struct req *r, const struct binding_world *w,
				  const struct project_set *set);
/* One as pages show it; and a list of them. */
struct view_binding binding_view(struct req *r, const struct binding_world *w,
				 const struct binding *b);
struct view_binding *binding_views(struct req *r, const struct binding_world *w,
				   const struct binding *list, size_t n);
struct view_candidate *binding_candidates_view(struct req *r, const struct binding_world *w,
					       const struct binding_candidate *list, size_t n);

/* The fields "scope" ("all" or "some") and "project" of a form: for which projects a consent of
 * one's own shall be. */
#define BINDING_CONSENT_FIELDS                                                                     \
	{"scope", FORM_TEXT, false, 8, "Projects"},                                                \
	{                                                                                          \
		"project", FORM_LIST, false, 20, "Project"                                         \
	}
/* Reads them; a message beside "project" when nothing sensible is chosen. */
struct project_set binding_consent_read(struct req *r, const struct binding_world *w);
/* The projects that the form has ticked, whatever else it says, and be they many. */
struct project_set binding_ticks(struct req *r, const struct binding_world *w);
/* As typed, or all projects. `typed`: this part of the page is what the form was sent from. */
struct view_consent binding_consent_view(struct req *r, const struct binding_world *w, bool typed);

/* Asks the vault, in the visitor's name. As vault_rebind(). */
int binding_rebind(struct req *r, struct vault_rebind *rebind) WARN_UNUSED;

/* Whose integrations in the scope's subscription need another owner. */
int binding_leavers(struct req *r, struct view_leaver **list, size_t *n) WARN_UNUSED;

/* "/s/acme/integrations/42/rebind", in the arena. */
struct span binding_rebind_path(const struct req *r, int64_t id);

#endif
