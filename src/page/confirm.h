/* confirm.h: "Confirm it's you": rights are changed by people who typed their password within the
 * last ten minutes. Whoever did not is asked on the way and goes on with all that they sent. */
#ifndef PAGE_CONFIRM_H
#define PAGE_CONFIRM_H

#include "http/res.h"
#include "http/route.h"

extern const struct form_def FORM_CONFIRM;

/* For a change that needs a confirmation and that the vault does not make itself. OK, or
 * E_UNCONFIRMED for the dispatcher, which then asks. */
int confirm_check(struct req *r) WARN_UNUSED;
/* The dispatcher's answer to E_UNCONFIRMED: the page, with the form that was sent. */
int confirm_ask(struct req *r, struct res *s);

/* The page by its address: ?next= says where to go on. */
int page_confirm_form(struct req *r, struct res *s);
/* Right: 307, so that the browser sends the form again to where it was for (or 303 to `next`).
 * Wrong: the page again. Runs in the sign-in worker. */
int page_confirm(struct req *r, struct res *s);

#endif
