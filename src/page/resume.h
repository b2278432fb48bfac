/* resume.h: a form that arrives after its session has ended, or under another one. Its sender signs
 * in again, on a page that holds all they typed (secrets as sealed boxes), and it goes on to where
 * it was for. */
#ifndef PAGE_RESUME_H
#define PAGE_RESUME_H

#include "http/res.h"
#include "http/route.h"

extern const struct form_def FORM_RESUME;

/* See `former` of struct site in http/dispatch.h. */
int resume_former(struct req *r, struct res *s, bool *answered);
/* Right, for the account that filled it in: signs in, and 307, so that the browser sends the form
 * again to where it was for. Wrong: the page again. Runs in the sign-in worker. */
int page_resume(struct req *r, struct res *s);

#endif
