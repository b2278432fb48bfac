/* session.h: the cookie, who it stands for, and what they may do: the dispatcher's callbacks. */
#ifndef PAGE_SESSION_H
#define PAGE_SESSION_H

#include "page/app.h"
#include "http/res.h"

/* See struct site in http/dispatch.h. */
int session_lookup(struct req *r, struct res *s) WARN_UNUSED;
int session_may(struct req *r, int permission) WARN_UNUSED;

/* A subscription that the address does not name, as the visitor sees it; NULL: no role there. */
const struct scope *session_scope(const struct req *r, int64_t subscription_id);

/* Writes the refusal into the audit trail (role_allows() said no, or a handler did); the same one once a
 * minute, see store/audit_denial.h. */
int session_note_denial(struct req *r) WARN_UNUSED;

/* A session to be: its token is made before the password is checked, so that the vault can note the
 * sign-in as a confirmation for it. */
struct session_new {
	struct span token, token_hash; /* in the arena */
	struct span was; /* the token before it in this browser, to know its forms by; or none */
};
struct session_new session_prepare(const struct req *r);
/* Starts it for the account that `r` has just signed in; sets the cookie. The old one ends. */
int session_start(struct req *r, struct res *s, const struct session_new *n, int64_t account_id,
		  struct span login) WARN_UNUSED;
/* The session before this one in the same browser, which is over. The browser keeps its token for a day,
 * or until the next sign-in but one; it opens nothing, but says which forms that session was given. */
struct former {
	int64_t account_id;
	struct span token;
	struct who *who;	/* as they are now */
};
/* Whose form is it, by its token? E_NOT_FOUND: of no former session that this browser had, or the
 * account is disabled. */
int session_former(struct req *r, struct former *out) WARN_UNUSED;
/* As if they were still there: to seal what they typed, and for nothing that is shown or changed. In
 * the arena. */
struct visit *session_former_visit(struct req *r, const struct former *f);

/* Ends the visitor's session and takes the cookie back. */
int session_end(struct req *r, struct res *s) WARN_UNUSED;
/* Remembers the subscription of the address for navigation. */
void session_remember(const struct req *r, struct res *s);

#endif
