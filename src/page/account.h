/* account.h: one's own account: theme and password. */
#ifndef PAGE_ACCOUNT_H
#define PAGE_ACCOUNT_H

#include "http/route.h"

extern const struct form_def FORM_NAME, FORM_THEME, FORM_PASSWORD;

int page_account(struct req *r, struct res *s);
int page_account_name(struct req *r, struct res *s);
int page_account_theme(struct req *r, struct res *s);
/* Waits for the vault's Argon2, so the front sends it to the sign-in worker. */
int page_account_password(struct req *r, struct res *s);

#endif
