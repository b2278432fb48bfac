/* seal_key.c: the vault's public keys, and what the operator's doctor walks. */
#include "store/seal_key.h"

#include "base/clock.h"
#include "base/banned.h"

enum { FIND, INSERT, URLS };

static const struct stmt STMTS[] = {
	[FIND] = {"SELECT state FROM seal_key WHERE id = ?", "s", "s"},
	[INSERT] = {"INSERT INTO seal_key (id, public_key, state, created_at) VALUES (?, ?, "
		    "'active', ?)",
		    "sbi", ""},
	/* pages of integrations that have URLs: an empty page is the end */
	[URLS] = {"SELECT u.integration_id, u.url, u.origin FROM integration_url u JOIN (SELECT "
		  "DISTINCT"
		  " integration_id FROM integration_url WHERE integration_id > ? ORDER BY "
		  "integration_id"
		  " LIMIT ?) i ON i.integration_id = u.integration_id ORDER BY u.integration_id",
		  "ii", "iss"},
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

int store_doctor_urls(struct db *db, struct arena *a, int64_t after, int64_t limit,
		      struct doctor_url **list, size_t *n)
{
	struct doctor_url *u;
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[URLS], &rows, after, limit));
	u = *list = ARENA_ARRAY(a, struct doctor_url, rows_count(rows) + 1);
	while (rows_next(rows, &u->integration_id, &u->url, &u->origin))
		u++;
	*n = (size_t)(u - *list);
	return OK;
}
