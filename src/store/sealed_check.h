/* sealed_check.h: sealed fields beside the rows that they belong to, for the vault's check. Only
 * signet-vault uses this file; no other process may read a box. */
#ifndef STORE_SEALED_CHECK_H
#define STORE_SEALED_CHECK_H

#include "store/db.h"

extern const struct stmt_table STORE_SEALED_CHECK;

struct sealed_row {
	int64_t integration_id;
	struct span field, key_id;
	struct span box;                  /* SPAN_NONE when missing, or longer than any */
	struct span owner_uid, thing_uid; /* the subscription's or account's, the integration's */
	struct span type;
	struct span origins;              /* the copy that the web process believes */
};

struct sealed_origin {
	int64_t integration_id;
	struct span origin;               /* of one of its URLs */
};

struct sealed_page {
	struct sealed_row *rows;          /* by integration */
	struct sealed_origin *origins;    /* by integration; of those in `rows` alone */
	size_t nrows, norigins;
	int64_t next;                     /* where to go on; 0 = done */
};

/* The sealed fields of the integrations after `after`, whole integrations, all of one moment. */
int store_sealed_page(struct db *db, struct arena *a, int64_t after,
		      struct sealed_page *out) WARN_UNUSED;

#endif
