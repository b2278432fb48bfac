/* own.h: where one of the visitor's own integrations is used, for its details and its Delete panel.
 * */
#ifndef VIEW_OWN_H
#define VIEW_OWN_H

#include "base/span.h"

struct view_blocker;

/* A bound integration: the name under which workflow files of a subscription use it. */
struct view_own_handle {
	int64_t id;
	struct span name, state; /* "withdrawn"; "" when all is well */
	int64_t bound_at;
	struct span bound_by;
	bool disabled; /* the handle, there */
};

/* A subscription with handles of it. */
struct view_own_place {
	struct span slug, name;
	bool here; /* the visitor has a role there */
	bool open; /* and it is not disabled: its pages can be looked at */
	struct view_own_handle *handles;
	size_t n;
};

struct view_own {
	struct view_own_place *places;
	size_t nplaces, nhandles;
	bool more;	   /* than are shown */
	const struct view_blocker *named; /* what stands against its deletion */
	size_t nnamed;
	struct span shown; /* what becomes of each handle on deletion, as hidden text */
};

#endif
