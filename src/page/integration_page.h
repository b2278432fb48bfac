/* integration_page.h: what the pages of integrations share. */
#ifndef PAGE_INTEGRATION_PAGE_H
#define PAGE_INTEGRATION_PAGE_H

#include "core/integration.h"
#include "http/route.h"
#include "page/integration_input.h"

/* The integration that ":id" names, within owner_of(). E_NOT_FOUND. */
int integration_page_find(struct req *r, struct integration **out) WARN_UNUSED;
/* "/s/acme/integrations/42", or "/integrations/42" of the visitor's own, in the arena. */
struct span integration_page_path(const struct req *r, int64_t id);
/* "You see it, but may not open it", with those who may. */
int integration_page_closed(struct req *r, struct res *s, const struct integration *i,
			    int status) WARN_UNUSED;

/* The form of the integration that ":id" names; *closed: the answer is complete, since the visitor
 * sees the row but may not edit it. */
int integration_form_open(struct req *r, struct res *s, struct input *in,
			  bool *closed) WARN_UNUSED;
/* The form's page. */
int integration_form_show(struct input *in, struct res *s, int status) WARN_UNUSED;

#endif
