/* integration.h: the pages of integrations: a subscription's, and, where the address names none,
 * the visitor's own. */
#ifndef PAGE_INTEGRATION_H
#define PAGE_INTEGRATION_H

#include "http/route.h"

extern const struct form_def FORM_INTEGRATION_NEW, FORM_INTEGRATION, FORM_OWN_INTEGRATION, FORM_INTEGRATION_DELETE,
	FORM_OWN_DELETE, FORM_INTEGRATION_DISABLE, FORM_INTEGRATION_ENABLE;

int page_integration_list(struct req *r, struct res *s);
/* Details for those who may; for others a page that says who may. */
int page_integration_details(struct req *r, struct res *s);
/* Disabled, with a reason, until somebody enables it. */
int page_integration_disable(struct req *r, struct res *s);
int page_integration_enable(struct req *r, struct res *s);
/* + Add: the types, or with ?type= the form. */
int page_integration_new(struct req *r, struct res *s);
int page_integration_create(struct req *r, struct res *s);
/* The pencil, with the Delete panel at its foot. */
int page_integration_edit(struct req *r, struct res *s);
int page_integration_save(struct req *r, struct res *s);
int page_integration_delete(struct req *r, struct res *s);

#endif
