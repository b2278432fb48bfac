/* own.h: "My integrations": what they have of their own. Their form, details, disabling and
 * deletion are those of any integration (integration.h). */
#ifndef PAGE_OWN_H
#define PAGE_OWN_H

#include "http/route.h"

int page_own_list(struct req *r, struct res *s);

#endif
