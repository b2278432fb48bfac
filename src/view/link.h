/* link.h: the page on which a one-time link sets a password. */
#ifndef VIEW_LINK_H
#define VIEW_LINK_H

#include "view/view.h"

struct view_link {
	bool over;				 /* the link is used, replaced or expired */
	struct span password_error, again_error; /* beside the fields, or empty */
};

/* E_BUG when the template fails. */
int view_link(struct buf *out, struct arena *a, const struct view_frame *f,
	      const struct view_link *v);

#endif
