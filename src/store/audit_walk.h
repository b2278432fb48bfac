/* audit_walk.h: whole chains, entry by entry, for `signet-admin audit verify` and doctor alone. */
#ifndef STORE_AUDIT_WALK_H
#define STORE_AUDIT_WALK_H

#include "core/audit_check.h"
#include "store/audit_heads.h"

extern const struct stmt_table STORE_AUDIT_WALK;

/* The entries of a chain behind `after`, at most `limit`. */
int store_audit_entries(struct db *db, struct arena *a, struct span chain, int64_t after,
			size_t limit, struct audit_stored **list, size_t *n) WARN_UNUSED;
/* The hash of one entry. E_NOT_FOUND. */
int store_audit_hash(struct db *db, struct arena *a, struct span chain, int64_t seq,
		     struct span *hash) WARN_UNUSED;
/* A chain's head as it is now. E_NOT_FOUND. */
int store_audit_head(struct db *db, struct arena *a, struct span chain,
		     struct audit_head *out) WARN_UNUSED;
/* The next chain that has entries, by name. E_NOT_FOUND: there is no other. */
int store_audit_next_chain(struct db *db, struct arena *a, struct span after,
			   struct span *chain) WARN_UNUSED;
/* Heads, and how many of them are not their chain's last entry. */
int store_audit_heads_broken(struct db *db, struct arena *a, int64_t *heads,
			     int64_t *broken) WARN_UNUSED;

#endif
