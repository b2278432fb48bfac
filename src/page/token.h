/* token.h: one's access tokens: /account/tokens. */
#ifndef PAGE_TOKEN_H
#define PAGE_TOKEN_H

#include "http/route.h"

extern const struct form_def FORM_TOKEN;

int page_token_list(struct req *r, struct res *s);
/* The answer shows the token, this once: it is the answer of the POST itself, so that no address
 * leads to it. */
int page_token_create(struct req *r, struct res *s);
int page_token_revoke(struct req *r, struct res *s);

#endif
