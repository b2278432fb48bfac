/* scope_parts.h: for the view_*.c files of consents: what they share. */
#ifndef VIEW_SCOPE_PARTS_H
#define VIEW_SCOPE_PARTS_H

#include "view/frame.h"
#include "view/scope.h"

/* "All projects", "web, api", "web and 2 more that you don't see", "No project". */
struct span view_scope_projects(struct arena *a, bool all, struct span names, int64_t hidden);
/* The name of a handle to be made, into {{>AS}}. */
void view_scope_name(struct tpl *parent, struct span subscription, const struct view_scope_name *v);
/* In words what the owner allows, into {{>MEANS}}. */
void view_scope_means(struct arena *a, struct tpl *parent, struct span subscription,
		      int64_t grace_days);

#endif
