/* scope_place.h: a subscription as the pages of a scope show it. */
#ifndef PAGE_SCOPE_PLACE_H
#define PAGE_SCOPE_PLACE_H

#include "http/req.h"
#include "store/binding.h"
#include "view/scope.h"

/* All of them, with their handles. *more: there are more than are shown. E_NOT_FOUND: not the
 * visitor's integration. */
int scope_places_read(struct req *r, int64_t integration_id, struct view_scope_place **list,
		      size_t *n, bool *more) WARN_UNUSED;
/* One. E_NOT_FOUND also where they have neither role, consent nor handle. */
int scope_place_read(struct req *r, int64_t integration_id, int64_t subscription_id,
		     struct view_scope_place *out) WARN_UNUSED;

#endif
