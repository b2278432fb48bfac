/* audit.h: the audit trail: a subscription's for its admins, the site's and any account's for site
 * admins, one's own for everybody. All the same page over another chain. */
#ifndef PAGE_AUDIT_H
#define PAGE_AUDIT_H

#include "http/route.h"

/* /s/acme/audit?who=&what=&which=&from=&to=&object=integration:42&before= */
int page_audit_subscription(struct req *r, struct res *s);
/* /admin/audit: the site's chain; with ?account=LOGIN that account's own. */
int page_audit_site(struct req *r, struct res *s);
/* /account/activity */
int page_audit_account(struct req *r, struct res *s);

#endif
