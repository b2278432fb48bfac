/* transaction.c: a transaction is a function, so that it can be run again. */
#include "store/db_private.h"

#include <sys/random.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/banned.h"

enum { WAIT_MS = 10 };

void db_back_off(int try)
{
	unsigned short share = 0;
	long ms = WAIT_MS << (try > 5 ? 5 : try);

	if (getrandom(&share, sizeof(share), 0) != sizeof(share))
		share = 0x8000;
	nanosleep(&(struct timespec){.tv_nsec = ms * 1000000L / 65536 * (share + 1)}, NULL);
}

static int begin(struct db *db)
{
	int64_t began = clock_ms();
	int rc = db_raw(db, "START TRANSACTION");

	/* a connection that was dropped while idle is noticed here; one more try on a new one */
	if (rc == E_UNAVAILABLE && db->lost && db_has_time(began))
		rc = db_raw(db, "START TRANSACTION");
	return rc;
}

/* Ends the transaction. After a failed COMMIT nobody knows whether it happened: not retried, and
 * the connection is given up with whatever it still holds. */
static int finish(struct db *db, int rc)
{
	if (rc == OK && db->doomed)
		rc = E_RETRY; /* fn overlooked it */
	db->doomed = false;
	if (rc == OK)
		rc = db_raw(db, "COMMIT");
	else if (db->lost || db_raw(db, "ROLLBACK") == OK)
		return rc;
	db->lost = db->lost || rc != OK;
	return rc;
}

int db_transaction(struct db *db, int (*fn)(struct db *, void *), void *arg)
{
	int64_t began = clock_ms();
	int rc = E_BUG;

	ASSERT(!db->in_transaction);
	for (int try = 0; try < DB_TRIES && (try == 0 || db_has_time(began)); try++) {
		TRY(begin(db));
		db->in_transaction = true;
		rc = fn(db, arg);
		rc = finish(db, rc);
		db->in_transaction = db->doomed = false;
		if (rc != E_RETRY)
			return rc;
		db_back_off(try);
	}
	log_warn("a transaction gave up after %lld ms", (long long)(clock_ms() - began));
	return E_UNAVAILABLE;
}

bool db_in_transaction(const struct db *db)
{
	return db->in_transaction;
}
