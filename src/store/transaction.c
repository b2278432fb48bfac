/* transaction.c: a transaction is a function, so that it can be run again. */
#include "store/db_private.h"

#include <sys/random.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/banned.h"

enum { TRIES = 8, WAIT_MS = 10 };

/* Waits up to WAIT_MS * 2^try, a random share of it, so that two rivals do not meet again. */
static void back_off(int try)
{
	unsigned short share = 0;
	long ms = WAIT_MS << (try > 5 ? 5 : try);

	if (getrandom(&share, sizeof(share), 0) != sizeof(share))
		share = 0x8000;
	nanosleep(&(struct timespec){.tv_nsec = ms * 1000000L / 65536 * (share + 1)}, NULL);
}

static int begin(struct db *db)
{
	int64_t start = clock_ms();
	int rc = db_raw(db, "START TRANSACTION");

	/* a connection that was dropped while idle is noticed here; one more try on a new one */
	if (rc == E_UNAVAILABLE && db_try_again(db, start))
		rc = db_raw(db, "START TRANSACTION");
	return rc;
}

/* Ends the transaction. After a failed COMMIT nobody knows whether it happened: not retried. */
static int finish(struct db *db, int rc)
{
	if (rc == OK)
		rc = db_raw(db, "COMMIT");
	else if (!db->lost && db_raw(db, "ROLLBACK") != OK)
		db->lost = true;
	return rc;
}

int db_transaction(struct db *db, int (*fn)(struct db *, void *), void *arg)
{
	int rc = E_BUG;

	ASSERT(!db->in_transaction);
	for (int try = 0; try < TRIES; try++) {
		TRY(begin(db));
		db->in_transaction = true;
		rc = fn(db, arg);
		rc = finish(db, rc);
		db->in_transaction = false;
		if (rc != E_RETRY)
			return rc;
		back_off(try);
	}
	log_warn("a transaction gave up after %d tries", TRIES);
	return E_UNAVAILABLE;
}

bool db_in_transaction(const struct db *db)
{
	return db->in_transaction;
}
