/* leaver.h: people whose integrations in a subscription need another owner: they left it, took
 * their consent back or deleted what was bound (product rule 8). */
#ifndef STORE_LEAVER_H
#define STORE_LEAVER_H

#include "core/role.h"
#include "store/db.h"

extern const struct stmt_table STORE_LEAVER;

struct leaver {
	int64_t account_id;
	struct span who;  /* ACCOUNT_WHO */
	int64_t bindings; /* that stand so */
};

/* By who they are; at most `limit`. */
int store_leaver_list(struct db *db, struct arena *a, const struct scope *s, int64_t limit,
		      struct leaver **list, size_t *n) WARN_UNUSED;

/* Somebody whose bindings in the subscription an admin may look at. */
struct leaver_account {
	struct span who;
	enum role role; /* here; ROLE_NONE: left */
	bool disabled;	/* the account */
};
/* E_NOT_FOUND: neither a role nor a binding here. */
int store_leaver_get(struct db *db, struct arena *a, const struct scope *s, int64_t account_id,
		     struct leaver_account *out) WARN_UNUSED;

#endif
