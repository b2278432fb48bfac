/* schema.h: migrations, and the version that a program needs. */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

#include "store/db.h"

enum { SCHEMA_VERSION = 1 };

/* OK; E_CONFLICT (logged, with what to do) when the schema is of another version; E_UNAVAILABLE. */
int store_schema_check(struct db *db, struct arena *a) WARN_UNUSED;
/* Applies folder/NNNN_*.sql not applied yet, statement by statement, then folder/grants.sql. Holds
 * GET_LOCK, so that two operators do not meet. A statement that was applied before with other text is
 * E_CONFLICT. Everything is logged. */
int store_schema_migrate(struct db *db, struct arena *a, const char *folder,
			 const char *database, void (*hash)(struct span, unsigned char out[32])) WARN_UNUSED;

extern const struct stmt_table STORE_SCHEMA;

#endif
