/* bind.h: "Use an account integration": the second tab of + Add. It makes a bound integration. */
#ifndef PAGE_BIND_H
#define PAGE_BIND_H

#include "http/route.h"

/* ?use=: the one that is chosen; without it, all of the visitor's own to choose from. ?typed=: what
 * was typed before (bind_typed.h). */
int page_bind(struct req *r, struct res *s);
/* FORM_INTEGRATION_NEW with "account_integration". */
int page_bind_create(struct req *r, struct res *s);

#endif
