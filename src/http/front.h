/* front.h: from the variables that the web server passes to a struct req. Knows CGI's names, not
 * libfcgi, so that tests and the fuzzer can feed it. */
#ifndef HTTP_FRONT_H
#define HTTP_FRONT_H

#include "http/req.h"

/* Fills method, path, query, host and the rest of `r` (whose arena is set) from `envp`:
 * "NAME=value" strings, ended by NULL. Everything is copied into the arena. What makes no sense, or
 * is said twice in two ways, sets r->malformed; the path is then "/". */
void front_read(struct req *r, char *const *envp);
/* "GET"; "OTHER" for METHOD_OTHER. Static. */
const char *method_name(enum method m);

#endif
