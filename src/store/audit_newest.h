/* audit_newest.h: the newest entry about a thing. The vault believes a row that it wrote only while
 * no later entry is about the same, so that a row that was kept and put back counts for nothing.
 * Only signet-vault uses this file. */
#ifndef STORE_AUDIT_NEWEST_H
#define STORE_AUDIT_NEWEST_H

#include "store/db.h"

extern const struct stmt_table STORE_AUDIT_NEWEST;

/* Which entries: of consents (by account integration), of bindings (by bound integration; its
 * deletion is one, too), of roles and of site administration (by account). */
enum audit_about { ABOUT_SCOPE, ABOUT_BINDING, ABOUT_ROLE, ABOUT_SITE_ROLE, ABOUT_KINDS };

struct audit_newest {
	int64_t seq, at; /* 0: there is none */
	struct span action, fields;
};

/* In the arena. What the transaction reads: under the lock that orders the chain it is true. */
int store_audit_newest(struct db *db, struct arena *a, struct span chain, enum audit_about about,
		       int64_t object_id, struct audit_newest *out) WARN_UNUSED;

#endif
