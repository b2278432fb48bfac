/* resume.h: the sign-in page that holds a form which came too late. */
#ifndef VIEW_RESUME_H
#define VIEW_RESUME_H

#include "view/confirm.h"

struct view_resume {
	struct span csrf;	/* the form's own token, of the session that is over */
	struct span to;		/* where the form that waits is for */
	struct span login;	/* who filled it in */
	struct span now;	/* who is signed in meanwhile, or empty */
	struct span next, away; /* the form's page; and where to go on without it */
	struct view_kept *kept;
	size_t nkept;
	struct span *lost; /* what must be typed again: labels */
	size_t nlost;
	struct span error; /* beside the password, or empty */
};

/* E_BUG when the template fails. */
int view_resume(struct buf *out, struct arena *a, const struct view_frame *f,
		const struct view_resume *v);

#endif
