/* migration.h: bringing the schema up to date; signet-admin alone does it. */
#ifndef STORE_MIGRATION_H
#define STORE_MIGRATION_H

#include "store/db.h"

extern const struct stmt_table STORE_MIGRATION;

/* Applies folder/NNNN_*.sql not applied yet, statement by statement, then folder/grants.sql. Holds
 * GET_LOCK, so that two operators do not meet. A statement that was applied before with other text
 * is E_CONFLICT. Everything is logged. */
int store_migrate(struct db *db, struct arena *a, const char *folder, const char *database,
		  void (*hash)(struct span, unsigned char out[32])) WARN_UNUSED;

#endif
