/* admin_audit.h: signet-admin audit verify: what its two halves share. The signed files are read
 * first, then the chains: an entry that was signed must be there ever after, so whatever is written
 * meanwhile does no harm. */
#ifndef BIN_ADMIN_AUDIT_H
#define BIN_ADMIN_AUDIT_H

#include "bin/admin.h"
#include "core/head_check.h"
#include "core/head_table.h"
#include "seal/verify.h"

/* Of a chain's row: head_known.missing and .differs are the lowest signed numbers whose entry is
 * not there, or is another one; head_known.mark: its entries were looked at. */
struct verify {
	struct admin *admin;
	struct span only; /* one chain; empty: all */
	const char *folder, *key_path;
	int64_t age;      /* seconds that the last line may be old */
	unsigned char key[SIGN_PUBLIC_BYTES];
	struct head_table table;
	struct head_check check;
	int64_t files, heads, chains, entries, faults, notes;
	int64_t first_at;
};

__attribute__((format(printf, 3, 4))) void verify_fault(struct verify *v, struct span where,
							const char *format, ...);
__attribute__((format(printf, 3, 4))) void verify_note(struct verify *v, struct span where,
						       const char *format, ...);
/* Reads the key and all files. What stands in them is a fault or not; an error is one of reading.
 */
int verify_files(struct verify *v) WARN_UNUSED;
/* Walks the chains of the database. */
int verify_chains(struct verify *v) WARN_UNUSED;

/* The time of the last line of the newest file. E_NOT_FOUND: no file or no line. */
int verify_last_signed(struct arena *a, const char *folder, int64_t *at) WARN_UNUSED;
/* Seconds after which a last line is too old. */
int64_t verify_patience(const struct config *c);

#endif
