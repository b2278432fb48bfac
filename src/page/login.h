/* login.h: signing in and out. */
#ifndef PAGE_LOGIN_H
#define PAGE_LOGIN_H

#include "http/route.h"

extern const struct form_def FORM_LOGIN, FORM_EMPTY;

int page_login_form(struct req *r, struct res *s);
/* Runs in the sign-in worker: it waits for the vault's Argon2. */
int page_login(struct req *r, struct res *s);
int page_logout(struct req *r, struct res *s);
/* What failures are counted by: an IPv4 address; of an IPv6 address the first 64 bits, since
 * everybody who has one address has 2^64 of them. Anything else as it is. In the arena. */
struct span login_network(struct arena *a, struct span address);

#endif
