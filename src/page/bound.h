/* bound.h: what the pages of one bound integration say beside what those of any do. */
#ifndef PAGE_BOUND_H
#define PAGE_BOUND_H

#include "core/integration.h"
#include "page/integration_input.h"
#include "view/bound.h"

/* Who may open it gets to see its owner and state; never a value, a URL, or why its owner disabled
 * it. */
int bound_read(struct req *r, const struct integration *i, struct view_bound **out,
	       struct project_set *grant) WARN_UNUSED;

/* A form of one that is bound: of the type's fields it has none, and of the projects those that the
 * owner allows; the others stay as they are and are shown. */
int bound_form_open(struct input *in) WARN_UNUSED;
/* The stored one, as such a form compares it: with those of its projects that the form has. */
const struct integration *bound_form_stored(struct input *in, const struct integration *now);
/* Faults of what was sent for it: a value, which is its owner's; a project that the owner does not
 * allow. */
void bound_form_check(struct input *in);

#endif
