/* schema.c: does the database have the schema that this program was built for? */
#include "store/schema.h"

#include "base/log.h"
#include "base/banned.h"

enum { VERSION };

static const struct stmt STMTS[] = {
	[VERSION] = {"SELECT COALESCE(MAX(version), 0) FROM migration WHERE statement = 0", "",
		     "i"},
};

const struct stmt_table STORE_SCHEMA = {"schema", STMTS, COUNT(STMTS)};

int store_schema_check(struct db *db, struct arena *a)
{
	struct rows *rows;
	int64_t version = 0;
	int rc = db_select(db, a, &STMTS[VERSION], &rows);

	if (rc == OK)
		rows_next(rows, &version);
	else if (rc !=
		 E_BUG) /* an empty database has no such table, or no right to it was granted yet */
		return rc;
	if (version == SCHEMA_VERSION)
		return OK;
	log_error("the database's schema is version %d, this program needs %d: run "
		  "`signet-admin migrate` of the same release",
		  (int)version, SCHEMA_VERSION);
	return E_CONFLICT;
}
