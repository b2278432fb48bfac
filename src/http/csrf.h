/* csrf.h: a request that changes something must come from one of our own pages. */
#ifndef HTTP_CSRF_H
#define HTTP_CSRF_H

#include "http/req.h"
#include "http/form.h"

/* OK when Sec-Fetch-Site (if sent) is same-origin or none, Origin (if sent) is this host's, and the
 * form's field "csrf" equals r->csrf (compared in constant time; an empty r->csrf never matches).
 * E_DENIED otherwise. `secure` says which scheme our Origin has. */
int csrf_check(const struct req *r, const struct form *f, bool secure) WARN_UNUSED;

/* Does the browser itself say that one of our pages sent this: Sec-Fetch-Site is same-origin, or where
 * that is not sent, Origin is this host's? Neither of them may say otherwise, and both absent is a no.
 * For forms whose token is of another session than the visitor's. */
bool csrf_same_origin(const struct req *r, bool secure);

#endif
