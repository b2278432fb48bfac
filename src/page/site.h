/* site.h: site administration: accounts and subscriptions. What these handlers share is at the end.
 */
#ifndef PAGE_SITE_H
#define PAGE_SITE_H

#include "http/route.h"
#include "view/site.h"

extern const struct form_def FORM_SITE_ACCOUNT, FORM_SITE_PROFILE, FORM_SITE_LINK, FORM_SITE_NAME, FORM_SITE_SUBSCRIPTION,
	FORM_SITE_ADMIN, FORM_SITE_CONFIRM;

int page_site_account_list(struct req *r, struct res *s);
int page_site_account_new(struct req *r, struct res *s);
int page_site_account_create(struct req *r, struct res *s);
int page_site_account(struct req *r, struct res *s);
/* Name and mail address. */
int page_site_account_name(struct req *r, struct res *s);
/* The page before: in which subscriptions how many integrations hang on the account. */
int page_site_account_disable_ask(struct req *r, struct res *s);
/* The vault does these, for somebody who confirmed their password. */
int page_site_account_disable(struct req *r, struct res *s);
int page_site_account_enable(struct req *r, struct res *s);
int page_site_account_admin(struct req *r, struct res *s);
int page_site_account_admin_end(struct req *r, struct res *s);
/* Makes a one-time link to set a password, which this answer shows and nothing ever again; or which goes to
 * the account by mail, and then no page shows it. */
int page_site_account_link(struct req *r, struct res *s);

int page_site_subscription_list(struct req *r, struct res *s);
int page_site_subscription_new(struct req *r, struct res *s);
/* Creates it; then the vault makes the first admin. */
int page_site_subscription_create(struct req *r, struct res *s);
int page_site_subscription(struct req *r, struct res *s);
int page_site_subscription_name(struct req *r, struct res *s);
/* The vault makes somebody admin where nobody can act. */
int page_site_subscription_admin(struct req *r, struct res *s);
int page_site_subscription_disable(struct req *r, struct res *s);
int page_site_subscription_enable(struct req *r, struct res *s);
int page_site_subscription_delete(struct req *r, struct res *s);

enum { SITE_PAGE_ROWS = 50 };

/* A page of site administration below `list`. */
struct view_frame site_frame(struct req *r, struct res *s, struct span title, enum view_nav active);
/* "/admin/accounts/42", in the arena. */
struct span site_account_path(const struct req *r, int64_t id);
struct span site_subscription_path(const struct req *r, int64_t id);
/* What the query says under this name; empty when it says nothing. */
struct span site_query(const struct req *r, const char *name);
/* Notes the fault beside the field, unless there is none or the field has one. */
void site_fault(struct req *r, const char *field, struct span fault);
/* 422 after a form with faults, else 200. */
int site_status(const struct req *r);
/* Again the page of the one that the address names, with whatever r->form has to say. */
int site_account_show(struct req *r, struct res *s, int64_t id);
/* What site_account_show() shows, and what it is made of. */
int site_account_read(struct req *r, int64_t id, struct view_site_account *v) WARN_UNUSED;

#endif
