/* schema.h: the version of the schema that a program needs. */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

#include "store/db.h"

extern const struct stmt_table STORE_SCHEMA;

enum { SCHEMA_VERSION = 16 };

/* OK; E_CONFLICT (logged, with what to do) when the schema is of another version; E_UNAVAILABLE. */
int store_schema_check(struct db *db, struct arena *a) WARN_UNUSED;

#endif
