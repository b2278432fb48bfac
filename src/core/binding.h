/* binding.h: a bound integration of a subscription takes the values of an account integration, as
 * far as that one's owner allows it (product rules 5 to 8). */
#ifndef CORE_BINDING_H
#define CORE_BINDING_H

#include "base/arena.h"
#include "core/role.h"

enum {
	BINDING_UNDO_DAYS = 30,	 /* for how long a rebind can be undone */
	BINDING_GRACE_DAYS = 30, /* of a new subscription */
	BINDING_GRACE_MOST = 365,
	SCOPE_PROJECTS_MAX = 1000, /* in one grant; more: all projects */
};

/* Which projects: all, future ones too, or those of the list (none, when it is empty). */
struct project_set {
	bool all;
	const int64_t *ids; /* ascending */
	size_t n;
};

/* "3,17,29" as scope_grant.projects has it, in the arena. E_CORRUPT: not ascending numbers;
 * E_TOO_BIG. */
int project_set_read(struct arena *a, struct span text, struct project_set *out) WARN_UNUSED;
struct span project_set_text(struct arena *a, const struct project_set *set);
bool project_set_has(const struct project_set *set, int64_t project_id);
/* What both allow: the effective projects of a bound integration are its owner's grant and its own
 * list, so whoever edits the list can only narrow. In the arena. */
struct project_set project_set_both(struct arena *a, const struct project_set *x,
				    const struct project_set *y);

/* How a bound integration stands. */
enum binding_state {
	BINDING_LIVE,
	BINDING_PAUSED,	    /* the owner disabled the account integration */
	BINDING_OWNER_LEFT, /* no role here any more, or a disabled account; values go out for the
			       days of grace */
	BINDING_WITHDRAWN,  /* the owner took the consent back */
	BINDING_ERASED,	    /* the owner deleted it */
	BINDING_STATES
};

struct binding_facts {
	bool there;	 /* the account integration still is */
	bool granted;	 /* a grant for this subscription that is in use, not a released one */
	bool owner_here; /* has a role in the subscription, and the account is enabled */
	bool enabled;	 /* the account integration */
};

/* The worst that is true of it. */
enum binding_state binding_state(const struct binding_facts *f);
/* "owner left": what lists, details and the API say. "" while it is live. Static. */
struct span binding_state_text(enum binding_state s);

/* May runners still get its values at `now`? left_at: when the owner left (BINDING_OWNER_LEFT). */
bool binding_in_grace(int64_t left_at, int64_t grace_days, int64_t now);

/* When the days of grace of an owner who left at `left_at` are over. */
int64_t binding_grace_end(int64_t left_at, int64_t grace_days);

/* How an account integration stands with a subscription. */
enum scope_state {
	SCOPE_NONE,      /* no consent, and no handle */
	SCOPE_LIVE,      /* in scope */
	SCOPE_RELEASED,  /* no handle any more, but the undo of a rebind may bring one back */
	SCOPE_WITHDRAWN, /* handles, and no consent */
};

/* What runners get of a bound integration that does not stand well: a sentence for those who look
 * after it; "" while it is live. paused: the owner disabled the account integration, which counts
 * also after they left. In the arena or static. */
struct span binding_runners_text(struct arena *a, enum binding_state s, bool paused,
				 int64_t left_at, int64_t grace_days, int64_t now);

/* "jenkins-2" for "jenkins": the first of these that `taken` does not have, for a form whose name
 * is taken; no longer than a name may be, cut at a whole character. In the arena. */
struct span binding_free_name(struct arena *a, struct span name,
			      bool (*taken)(void *arg, struct span name), void *arg);

#endif
