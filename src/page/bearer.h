/* bearer.h: who a program's request comes from: the access token in its Authorization header, or a
 * project's sync token. */
#ifndef PAGE_BEARER_H
#define PAGE_BEARER_H

#include "page/app.h"

/* Fills visit->who, token and scopes, for a sync token also sync. E_NOT_FOUND: no token, or none that is alive; r->refusal then
 * says so. */
int bearer_lookup(struct req *r, struct visit *v) WARN_UNUSED;
/* Reading needs the scope "read", changing "write". E_DENIED: r->refusal says which is missing.
 * Sessions may do both. */
int bearer_may(struct req *r) WARN_UNUSED;
/* A new token's text, the prefix and 43 characters, and the hash under which it is kept; both in
 * the arena. */
void bearer_new(struct arena *a, const char *prefix, struct span *text, struct span *hash);

#endif
