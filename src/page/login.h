/* login.h: signing in and out. */
#ifndef PAGE_LOGIN_H
#define PAGE_LOGIN_H

#include "http/route.h"

extern const struct form_def FORM_LOGIN, FORM_EMPTY;

int page_login_form(struct req *r, struct res *s);
/* Runs in the sign-in worker: it waits for the vault's Argon2. */
int page_login(struct req *r, struct res *s);
int page_logout(struct req *r, struct res *s);

#endif
