/* resource.h: the kinds of resources that workflow files declare, and which integrations one of a
 * kind takes. What each type of integration is good for its own file says (core/type.h); here stand
 * those that have a rule of their own. */
#ifndef CORE_RESOURCE_H
#define CORE_RESOURCE_H

#include "base/arena.h"
#include "core/type.h"

/* Can a resource of this kind take an integration of this type? Yes for kinds and types that nobody
 * here knows: a workflow tool may have more than we do. */
bool resource_takes(const struct type_catalogue *types, struct span kind, struct span type);
/* Why it cannot, and what it takes instead, as a sentence or two. In the arena. */
struct span resource_advice(struct arena *a, const struct type_catalogue *types, struct span kind,
			    struct span type);

#endif
