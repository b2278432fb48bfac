/* scope.h: the pages on which people say which subscriptions may use an account integration of
 * theirs. Somebody else's is not found. */
#ifndef PAGE_SCOPE_H
#define PAGE_SCOPE_H

#include "http/json_form.h"
#include "http/route.h"

extern const struct form_def FORM_SCOPE, FORM_SCOPE_REMOVE;
extern const struct json_map JSON_SCOPE;

/* All subscriptions, and how it stands with each. */
int page_scope(struct req *r, struct res *s);
/* One of them: what is allowed there, and the forms that change it. */
int page_scope_one(struct req *r, struct res *s);
/* Allows, changes what is allowed, adds another name: the vault's, for somebody who confirmed. */
int page_scope_grant(struct req *r, struct res *s);
/* Takes the consent back; the bound integrations stay. */
int page_scope_withdraw(struct req *r, struct res *s);
/* What taking the subscription out of the scope deletes; and then does it. */
int page_scope_remove_ask(struct req *r, struct res *s);
int page_scope_remove(struct req *r, struct res *s);

#endif
