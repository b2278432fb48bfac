/* session.h: the cookie, who it stands for, and what they may do: the dispatcher's callbacks. */
#ifndef PAGE_SESSION_H
#define PAGE_SESSION_H

#include "page/app.h"
#include "http/res.h"

/* See struct site in http/dispatch.h. */
int session_lookup(struct req *r, struct res *s) WARN_UNUSED;
int session_may(struct req *r, int permission) WARN_UNUSED;

/* Writes the refusal into the audit trail (role_allows() said no, or a handler did); the same one once a
 * minute, see store/audit_denial.h. */
int session_note_denial(struct req *r) WARN_UNUSED;

/* A session to be: its token is made before the password is checked, so that the vault can note the
 * sign-in as a confirmation for it. */
struct session_new {
	struct span token, token_hash; /* in the arena */
};
struct session_new session_prepare(struct arena *a);
/* Starts it for the account that `r` has just signed in; sets the cookie. The old one ends. */
int session_start(struct req *r, struct res *s, const struct session_new *n, int64_t account_id,
		  struct span login) WARN_UNUSED;
/* Ends the visitor's session and takes the cookie back. */
int session_end(struct req *r, struct res *s) WARN_UNUSED;
/* Remembers the subscription of the address for navigation. */
void session_remember(const struct req *r, struct res *s);

#endif
