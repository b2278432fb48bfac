/* dispatch.h: the way of a request through the house, the same for every page: match, session,
 * permission, body, forgery, form, handler, answer. See "One request" in README.md's map. */
#ifndef HTTP_DISPATCH_H
#define HTTP_DISPATCH_H

#include "http/route.h"

struct site {
	struct route_table routes;
	const char *const *hosts;   /* Host values that are ours; another is 421 */
	size_t nhosts;
	bool secure;                /* served over TLS: Secure cookies, HSTS */

	/* Looks the visitor up: sets r->who (NULL = anonymous) and r->csrf. OK, or an error that is
	 * answered as such (E_UNAVAILABLE: 503). May set cookies. */
	int (*session)(struct req *, struct res *);
	/* May this visitor do what the row asks? OK; E_DENIED: 403, or for an anonymous visitor 303
	 * to /login?next=...; E_NOT_FOUND: 404. */
	int (*may)(struct req *, int permission);
	/* Renders an error page into an empty response (status is set already). `message` is a
	 * sentence for people. Must not fail: it has a plain answer for when templates do not work.
	 */
	void (*fail)(struct req *, struct res *, const char *message);
	/* A form that did not validate, before the handler: most handlers want to show their page
	 * again, so the dispatcher calls the handler with r->form->errors set. */
};

/* Answers the request. Never fails: the response is complete afterwards, security headers included
 * (Content-Security-Policy, X-Content-Type-Options, Referrer-Policy, Cross-Origin-*-Policy,
 * Permissions-Policy, Cache-Control: no-store unless the handler set one, X-Request-Id). */
void dispatch(const struct site *site, struct req *r, struct res *s);

#endif
