/* sync_token.h: a project's sync tokens, which its subscription's admins make and revoke:
 * /s/:sub/projects/:id/tokens. */
#ifndef PAGE_SYNC_TOKEN_H
#define PAGE_SYNC_TOKEN_H

#include "http/route.h"

extern const struct form_def FORM_SYNC_TOKEN;

int page_sync_tokens(struct req *r, struct res *s);
/* The answer shows the token, this once: it is the answer of the POST itself, so that no address
 * leads to it. */
int page_sync_token_create(struct req *r, struct res *s);
int page_sync_token_revoke(struct req *r, struct res *s);

#endif
