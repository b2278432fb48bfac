/* throttle.c: a counter a subject. Update first, insert when there was none: the web process's
 * account may not use ON DUPLICATE KEY. */
#include "store/throttle.h"

#include "base/banned.h"

enum { FAILURES, AGAIN, FIRST, CLEAR, SWEEP };

static const struct stmt STMTS[] = {
	[FAILURES] = {"SELECT failures FROM throttle WHERE subject = ? AND since > ?", "bi", "i"},
	[AGAIN] = {"UPDATE throttle SET failures = IF(since > ?, failures + 1, 1),"
		   " since = IF(since > ?, since, ?) WHERE subject = ?",
		   "iiib", ""},
	[FIRST] = {"INSERT INTO throttle (subject, failures, since) VALUES (?, 1, ?)", "bi", ""},
	[CLEAR] = {"DELETE FROM throttle WHERE subject = ?", "b", ""},
	[SWEEP] = {"DELETE FROM throttle WHERE since < ? ORDER BY since LIMIT 100", "i", ""},
};

const struct stmt_table STORE_THROTTLE = {"throttle", STMTS, COUNT(STMTS)};

int store_throttle_failures(struct db *db, struct arena *a, struct span subject, int64_t now,
			    int64_t *failures)
{
	struct rows *rows;

	*failures = 0;
	TRY(db_select(db, a, &STMTS[FAILURES], &rows, subject, now - THROTTLE_WINDOW));
	rows_next(rows, failures);
	return OK;
}

int store_throttle_failed(struct db *db, struct span subject, int64_t now)
{
	int64_t edge = now - THROTTLE_WINDOW, found;

	TRY(db_run(db, &STMTS[SWEEP], NULL, edge));
	for (int try = 0; try < 3; try++) {
		int rc;
		TRY(db_run(db, &STMTS[AGAIN], &found, edge, edge, now, subject));
		if (found)
			return OK;
		rc = db_run(db, &STMTS[FIRST], NULL, subject, now);
		if (rc != E_CONFLICT)
			return rc;
	}
	return E_UNAVAILABLE;
}

int store_throttle_clear(struct db *db, struct span subject)
{
	return db_run(db, &STMTS[CLEAR], NULL, subject);
}
