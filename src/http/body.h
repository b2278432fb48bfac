/* body.h: the body of a request for a page: a form. */
#ifndef HTTP_BODY_H
#define HTTP_BODY_H

#include "http/req.h"

/* Reads and parses the form that r->route declares into r->form, within its limits. 0, or the
 * status that says why not: 411, 413, 415, 400. */
int body_read_form(struct req *r) WARN_UNUSED;

#endif
