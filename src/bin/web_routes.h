/* web_routes.h: the route table of signet-web; tests walk it. */
#ifndef BIN_WEB_ROUTES_H
#define BIN_WEB_ROUTES_H

#include "http/route.h"

extern const struct route_table WEB_ROUTES;

#endif
