/* confirm.h: the page on which somebody who is signed in types their password again. */
#ifndef VIEW_CONFIRM_H
#define VIEW_CONFIRM_H

#include "view/view.h"

/* A field of the form that waits, as it came. */
struct view_kept {
	struct span name, value;
};

struct view_confirm {
	struct span login;
	struct span to;	  /* where the form that waits is for; empty: there is none */
	struct span next; /* then: the page to go on to */
	struct view_kept *kept;
	size_t nkept;
	struct span error; /* beside the password, or empty */
};

/* Each as a hidden field: turns of the template's sections KEPT and KEPT_LINES. */
struct tpl;
void view_kept(struct tpl *body, const struct view_kept *list, size_t n);

/* E_BUG when the template fails. */
int view_confirm(struct buf *out, struct arena *a, const struct view_frame *f,
		 const struct view_confirm *v);

#endif
