/* home.h: the front door and the operator's probes. */
#ifndef PAGE_HOME_H
#define PAGE_HOME_H

#include "http/route.h"

/* On to the last visited subscription's integrations, or a page that says there is none. */
int page_home(struct req *r, struct res *s);
/* /s/acme: on to its integrations. */
int page_subscription(struct req *r, struct res *s);
/* This process answers. */
int page_healthz(struct req *r, struct res *s);
/* This process can work: 200, or 503 with a line for each part that is missing. */
int page_readyz(struct req *r, struct res *s);

#endif
