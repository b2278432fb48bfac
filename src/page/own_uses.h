/* own_uses.h: where one of the visitor's own integrations is used. */
#ifndef PAGE_OWN_USES_H
#define PAGE_OWN_USES_H

#include "view/uses.h"
#include "page/integration_input.h"

/* Its handles by subscription. The caller has found the integration in scope_own(). */
int own_uses_read(const struct req *r, int64_t id, const struct view_own **out) WARN_UNUSED;
/* The same for the Delete panel of a form, and what would become of them; nothing for one of a
 * subscription. */
int own_form_read(struct input *in) WARN_UNUSED;

/* What of it workflow files name, in one subscription or (0) in all, with the places: the first of
 * them. That stands against its deletion. In the arena. */
int own_named_read(const struct req *r, int64_t id, int64_t subscription_id,
		   struct view_blocker **list, size_t *n) WARN_UNUSED;

#endif
