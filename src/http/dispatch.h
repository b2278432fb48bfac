/* dispatch.h: the way of a request through the house, the same for every page: match, session,
 * permission, body, forgery, form, handler, answer. See "One request" in README.md's map. */
#ifndef HTTP_DISPATCH_H
#define HTTP_DISPATCH_H

#include "http/json_form.h"
#include "http/route.h"

struct site {
	struct route_table routes;
	const char *const *hosts;   /* Host values that are ours; another is 421 */
	size_t nhosts;
	bool secure;                /* served over TLS: Secure cookies, HSTS */
	const struct json_map *const *maps; /* of forms whose JSON has other names or shapes */
	size_t nmaps;

	/* Looks the visitor up: sets r->who (NULL = anonymous) and r->csrf. OK, or an error that is
	 * answered as such (E_UNAVAILABLE: 503). May set cookies, but when r->api: then a token
	 * says who it is, and cookies count for nothing. */
	int (*session)(struct req *, struct res *);
	/* May this visitor do what the row asks? OK; E_DENIED: 403, or for an anonymous visitor 303
	 * to /login?next=... (r->api: 401); E_NOT_FOUND: 404. */
	int (*may)(struct req *, int permission);
	/* Renders an error page into an empty response (status is set already). `message` is a
	 * sentence for people. Must not fail: it has a plain answer for when templates do not work.
	 * r->api: a problem document (RFC 9457), with the errors of r->form. */
	void (*fail)(struct req *, struct res *, const char *message);
	/* The handler answered E_UNCONFIRMED: renders the page on which the visitor types their
	 * password, with all of r->form but its secrets, into an empty response. NULL, and for r->api: 403. */
	int (*confirm)(struct req *, struct res *);
	/* A form that one of our own pages sent (the browser says so: csrf_same_origin()), but whose token
	 * is not this visitor's; r->form is read. E_DENIED: it is nobody's we know. OK: it is of a session
	 * of theirs that is over, and counts; or *answered says that the response is a page on which they
	 * sign in to send it again. NULL: nothing is known of other sessions. */
	int (*former)(struct req *, struct res *, bool *answered);
	/* A form that did not validate, before the handler: most handlers want to show their page
	 * again, so the dispatcher calls the handler with r->form->errors set. */
};

/* Answers the request. Never fails: the response is complete afterwards, security headers included
 * (Content-Security-Policy, X-Content-Type-Options, Referrer-Policy, Cross-Origin-*-Policy,
 * Permissions-Policy, Cache-Control: no-store unless the handler set one, X-Request-Id). */
void dispatch(const struct site *site, struct req *r, struct res *s);

#endif
