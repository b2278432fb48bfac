/* integration_uses.h: where an integration is named in workflow files. */
#ifndef PAGE_INTEGRATION_USES_H
#define PAGE_INTEGRATION_USES_H

#include "core/integration.h"
#include "http/route.h"
#include "view/uses.h"

enum { USES_SHOWN = 10 }; /* on its other pages */

/* Places from `from` on, `limit` at most; of a subscription's integration. In the arena. */
int integration_uses_read(const struct req *r, const struct integration *i, int64_t from,
			  int64_t limit, struct view_uses **out) WARN_UNUSED;
/* The same in a subscription that the address does not name. */
int integration_uses_in(const struct req *r, const struct scope *sub, int64_t id, struct span name,
			int64_t from, int64_t limit, struct view_uses **out) WARN_UNUSED;
/* All of them, page by page (?from=), for those who may open its details. */
int page_integration_uses(struct req *r, struct res *s);

#endif
