/* seal_key.c: the vault's public keys. */
#include "store/seal_key.h"

#include "base/clock.h"
#include "base/banned.h"

enum { FIND, INSERT };

static const struct stmt STMTS[] = {
	[FIND] = {"SELECT state FROM seal_key WHERE id = ?", "s", "s"},
	[INSERT] = {"INSERT INTO seal_key (id, public_key, state, created_at) VALUES (?, ?, "
		    "'active', ?)",
		    "sbi", ""},
};

const struct stmt_table STORE_SEAL_KEY = {"seal_key", STMTS, COUNT(STMTS)};

int store_seal_key_add(struct db *db, struct arena *a, struct span id, struct span public_key)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[FIND], &rows, id));
	if (rows_count(rows))
		return OK;
	return db_run(db, &STMTS[INSERT], NULL, id, public_key, clock_now());
}
