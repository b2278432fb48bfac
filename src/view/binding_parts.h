/* binding_parts.h: for the view_*.c files of bound integrations: what they share. */
#ifndef VIEW_BINDING_PARTS_H
#define VIEW_BINDING_PARTS_H

#include "view/binding.h"
#include "view/tpl.h"

/* "30 days". */
struct span view_binding_days(struct arena *a, int64_t days);
/* {{#UNDO}}: until when, and back to whom; nothing when there is nothing to undo. */
void view_binding_undo(struct arena *a, struct tpl *t, const struct view_binding *v);
/* One {{#CANDIDATE}}. */
void view_candidate(struct tpl *t, const struct view_candidate *c, bool chosen);
/* Which projects, into {{>CONSENT}}. id: of the message, unlike any other on the page. */
void view_consent(struct tpl *parent, const struct view_frame *f, struct span id,
		  struct span legend, const struct view_consent *v);

#endif
