/* audit.h: writing the audit trail. An entry is written in the transaction that makes the change.
 */
#ifndef STORE_AUDIT_H
#define STORE_AUDIT_H

#include "core/audit.h"
#include "store/db.h"

extern const struct stmt_table STORE_AUDIT;

/* The hash of the chain (32 bytes), given once at start, since store links no crypto. */
void store_audit_setup(void (*hash)(struct span data, unsigned char out[32]));

/* Appends to the entry's chain; fills seq and, when it is 0, at. Locks the chain's head until the
 * transaction ends. Must run inside db_transaction(). Texts longer than their column are cut at a
 * whole character. E_CORRUPT (logged): somebody broke the head; nothing may be built upon it. */
int store_audit_write(struct db *db, struct arena *a, struct audit_entry *e) WARN_UNUSED;
/* What store_audit_write() makes of its texts. */
void store_audit_fit(struct audit_entry *e);

#endif
