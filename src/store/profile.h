/* profile.h: what an account says about its owner and may be changed: by themselves, and by site
 * admins. */
#ifndef STORE_PROFILE_H
#define STORE_PROFILE_H

#include "core/audit.h"
#include "store/db.h"

extern const struct stmt_table STORE_PROFILE;

struct profile {
	struct span name;
	struct span email; /* empty: none is noted */
};

/* E_NOT_FOUND. */
int store_profile_get(struct db *db, struct arena *a, int64_t account_id,
		      struct profile *out) WARN_UNUSED;
/* Changes what is different, each with an audit row in `chain` (the account's own or the site's)
 * that does not say what it was or is. E_NOT_FOUND. */
int store_profile_set(struct db *db, struct arena *a, const struct actor *actor, struct span chain,
		      int64_t account_id, const struct profile *p) WARN_UNUSED;

#endif
