/* web_routes.h: the route table of signet-web; tests walk it. */
#ifndef BIN_WEB_ROUTES_H
#define BIN_WEB_ROUTES_H

#include <stdio.h>

#include "http/route.h"

extern const struct route_table WEB_ROUTES;

/* What `signet-web --routes` prints, a row each: method, pattern, permission, the form's fields
 * ("name:text url:list", as form.h calls them) and, for programs' rows, the members of the JSON body,
 * parted by tabs. */
void web_routes_print(FILE *out);

#endif
