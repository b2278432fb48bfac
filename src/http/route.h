/* route.h: the route table. What a row demands, the dispatcher checks before the handler runs. */
#ifndef HTTP_ROUTE_H
#define HTTP_ROUTE_H

#include "http/req.h"
#include "http/res.h"
#include "http/form.h"

/* OK: the response is complete. Otherwise the dispatcher answers: E_NOT_FOUND 404, E_DENIED 403,
 * E_CONFLICT 409, E_INVALID 400, E_TOO_BIG 413, E_THROTTLED 429, E_UNAVAILABLE and E_RETRY 503,
 * anything else 500. */
typedef int route_handler(struct req *, struct res *);

struct route {
	enum method method;        /* a GET row answers HEAD, too */
	const char *pattern;       /* "/s/:sub/integrations/:id/edit"; ':' takes one whole part */
	route_handler *handler;
	int permission;            /* the program's; 0 is never valid, so that none is forgotten */
	const struct form_def *form; /* NULL: no body is read; a POST row must have one */
};

struct route_table {
	const struct route *rows;
	size_t n;
};

/* The row for method and path, its params filled into `r`. E_NOT_FOUND: no row has this path;
 * E_INVALID: some row has, but not this method (405; *allow then lists the methods for the header,
 * in the arena). */
int route_find(const struct route_table *t, struct req *r, const struct route **out,
	       struct span *allow) WARN_UNUSED;
/* Walks the table and returns the first fault as a sentence, NULL when it is sound: a permission of
 * 0, no handler, two rows alike, a pattern that does not begin with '/' or has more than
 * REQ_PARAMS_MAX parts, a changing row without a form, a GET row with one. */
const char *route_table_fault(const struct route_table *t);

#endif
