/* profile.h: name and mail address in the forms of an account's owner and of site admins. */
#ifndef PAGE_PROFILE_H
#define PAGE_PROFILE_H

#include "page/app.h"

/* The address that the form's "email" brought, without blanks around; SPAN_NONE: it brought none (a
 * program may leave it out), empty: there shall be none. */
struct span profile_email(const struct req *r);
/* Notes beside "name" and "email" of the form what is wrong with them. */
void profile_check(struct req *r);
/* Writes what the form says, with entries in `chain`. A new address needs a confirmation
 * (E_UNCONFIRMED), since links that set the password may go there. E_NOT_FOUND. */
int profile_save(struct req *r, struct span chain, int64_t account_id) WARN_UNUSED;

#endif
