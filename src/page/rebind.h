/* rebind.h: pages of admins about bound integrations and people who leave (product rules 7, 8). */
#ifndef PAGE_REBIND_H
#define PAGE_REBIND_H

#include "http/json_form.h"
#include "http/route.h"

extern const struct form_def FORM_REBIND, FORM_REBIND_UNDO, FORM_BINDINGS, FORM_LEAVE;
extern const struct json_map JSON_REBIND, JSON_BINDINGS;

/* What a bound integration is bound to, what else it could be, and what that one reaches (?to=). */
int page_rebind(struct req *r, struct res *s);
/* The vault does these, for an admin who confirmed their password. */
int page_rebind_save(struct req *r, struct res *s);
int page_rebind_undo(struct req *r, struct res *s);

/* All that is bound to one account's integrations, whether they have a role here or left; and
 * rebinding many of one type at once, by the vault. */
int page_bindings(struct req *r, struct res *s);
int page_bindings_save(struct req *r, struct res *s);

/* Giving up one's own role: the page before, and the act, by the vault. */
int page_leave_ask(struct req *r, struct res *s);
int page_leave(struct req *r, struct res *s);

#endif
