/* bound.h: a bound integration on its own pages: whose it is, and which projects can use it. */
#ifndef VIEW_BOUND_H
#define VIEW_BOUND_H

#include "view/binding.h"

/* A project that the owner's consent does not have. */
struct view_outside {
	struct span name;
	bool listed; /* in the integration's own list all the same */
};

struct view_bound {
	struct view_binding binding;
	struct span allowed; /* by its owner: "All projects", "web, api", "No project" */
	struct span listed;  /* by the subscription's admins */
	bool none_allowed;
	struct view_outside *outside;
	size_t noutside;
	bool last; /* of those here that lead to the same account integration */
};

struct tpl;
/* The three lists, into {{#BOUND_PROJECTS}}; the card, into {{>BINDING_CARD}}. */
void view_bound_details(struct arena *a, struct tpl *body, const struct view_frame *f,
			const struct view_bound *v);
/* What the owner does not allow, below the projects that can be chosen; the card; what deleting it
 * means. */
void view_bound_form(struct arena *a, struct tpl *body, struct tpl *scope,
		     const struct view_frame *f, const struct view_bound *v);
void view_bound_delete(struct tpl *panel, const struct view_frame *f, const struct view_bound *v);

#endif
