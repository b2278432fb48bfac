/* scope.h: the pages on which an owner says who may use an account integration: its scope, and "Use
 * an account integration" in a subscription. See view.h for how pages are filled. */
#ifndef VIEW_SCOPE_H
#define VIEW_SCOPE_H

#include "view/binding.h"
#include "view/uses.h"

/* A bound integration of the visitor's. */
struct view_scope_handle {
	int64_t id;
	struct span name;
};

/* A subscription, as the owner of an account integration sees it. */
struct view_scope_place {
	int64_t id;
	struct span slug, name;
	enum role role; /* ROLE_NONE: they left */
	bool disabled;	/* the subscription */
	int64_t left_at;
	enum scope_state state;
	int64_t released_until;
	bool all;	   /* of the consent */
	struct span names; /* of its projects, "\n" between, as far as the visitor sees them */
	struct project_set set;
	int64_t hidden; /* more of them */
	int64_t granted_at;
	int64_t entry; /* what `was` says; 0: no consent */
	struct view_scope_handle *handles;
	size_t nhandles;
	bool opens; /* a handle's page may be looked at */
};

struct view_scope {
	int64_t id;
	struct span name; /* of the account integration */
	struct view_scope_place *places;
	size_t n;
	bool more; /* than are shown */
};

/* The name of a bound integration to be made. */
struct view_scope_name {
	struct span name, error; /* as typed */
	struct span href;	 /* of the integration that has it, where the visitor may see it */
	struct span free;	 /* another that nobody has */
};

struct view_scope_one {
	int64_t id;
	struct span name;
	struct view_scope_place place;
	const struct scope *sub; /* the subscription, as the visitor sees it; NULL: they left */
	struct view_scope_name as;
	struct view_consent consent;
	int64_t hidden; /* projects of the consent that the visitor does not see */
	int64_t grace_days;
	struct span error;
};

/* What taking a subscription out of the scope means. */
struct view_scope_remove {
	int64_t id;
	struct span name;
	const struct view_blocker *named; /* what stands against it */
	size_t nnamed;
	struct view_scope_place place;
	struct span error;
};

/* "Use an account integration": one to choose. */
struct view_bind_card {
	int64_t id;
	struct span name, type_label, icon;
	bool disabled;
	int64_t here, elsewhere; /* handles */
};
struct view_bind {
	struct view_bind_card *cards;
	size_t n;
	struct span q;	   /* what was searched for */
	bool none;	   /* the visitor has none at all */
	bool more;	   /* than are shown */
	struct span typed; /* what was typed, for the pages on the way (page/bind_typed.h) */
	struct span error;

	/* Once one is chosen. */
	const struct view_bind_card *chosen;
	struct view_scope_name as;
	struct view_consent consent;
	bool kept; /* there is a consent already, which stays as it is: */
	bool all;
	struct span names;
	int64_t hidden;
	struct span revives; /* names of handles that a new consent brings back; "" */
	int64_t was;
	int64_t grace_days;
};

int view_scope(struct buf *out, struct arena *a, const struct view_frame *f,
	       const struct view_scope *v);
int view_scope_one(struct buf *out, struct arena *a, const struct view_frame *f,
		   const struct view_scope_one *v);
int view_scope_remove(struct buf *out, struct arena *a, const struct view_frame *f,
		      const struct view_scope_remove *v);
int view_bind(struct buf *out, struct arena *a, const struct view_frame *f,
	      const struct view_bind *v);

#endif
