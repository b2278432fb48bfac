/* site_subscription.h: what the pages about subscriptions in site administration share. */
#ifndef PAGE_SITE_SUBSCRIPTION_H
#define PAGE_SITE_SUBSCRIPTION_H

#include "page/app.h"

/* The account whose login was typed into "admin"; a fault beside the field when there is none that
 * could act. */
int site_admin_find(struct req *r, int64_t *account_id) WARN_UNUSED;
/* Has the vault make the account admin. E_UNCONFIRMED; E_DENIED: somebody can act there. */
int site_admin_grant(struct req *r, int64_t account_id, int64_t subscription_id) WARN_UNUSED;

#endif
