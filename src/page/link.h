/* link.h: /password, where a one-time link for a first or forgotten password leads. */
#ifndef PAGE_LINK_H
#define PAGE_LINK_H

#include "http/res.h"
#include "http/route.h"

extern const struct form_def FORM_LINK;

/* With ?code=...: the code goes into a cookie, and on to the same page without it. Without: the
 * form, or what to do when there is no code. */
int page_link_form(struct req *r, struct res *s);
/* Sets the password, ends the account's sessions and leads to the sign-in page. Runs in the sign-in
 * worker. */
int page_link(struct req *r, struct res *s);

#endif
