/* audit_denial.h: refusals in the audit trail. Whoever is refused can ask again as often as they
 * like, so what they can write into a chain is bounded. */
#ifndef STORE_AUDIT_DENIAL_H
#define STORE_AUDIT_DENIAL_H

#include "core/audit.h"
#include "store/db.h"

extern const struct stmt_table STORE_AUDIT_DENIAL;

/* In one chain, for one account and minute: the same refusal once, and so many different ones at
 * most. */
enum { DENIALS_A_MINUTE = 300 };

/* Writes the entry (`object`: the path, `fields`: the method) in a transaction of its own, unless
 * this account has that one, or DENIALS_A_MINUTE of them, in this minute's entries of the chain. */
int store_audit_denial(struct db *db, struct arena *a, const struct audit_entry *e) WARN_UNUSED;

#endif
