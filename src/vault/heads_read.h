/* heads_read.h: what stands in the files of signed heads, for going on. It is not checked: the
 * files are the vault's own, and `signet-admin audit verify` checks them. */
#ifndef VAULT_HEADS_READ_H
#define VAULT_HEADS_READ_H

#include "base/arena.h"
#include "core/head_table.h"

struct heads_read {
	struct head_table table;	 /* what was signed last of each chain */
	unsigned char before[HEAD_HASH]; /* hash of the last line */
	int64_t n;			 /* its number */
	int64_t number, bytes;		 /* the newest file's; 0: there is none */
	bool alive;			 /* the newest file has all that is known */
	bool torn;			 /* its last line has no end */
};

/* Reads the newest file, and those before it as far as it is not whole. The caller releases the
 * table. E_UNAVAILABLE (logged). */
int heads_read(struct arena *a, const char *folder, struct heads_read *out) WARN_UNUSED;

#endif
