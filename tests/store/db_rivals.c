/* db_rivals.c: deadlocks and lock timeouts between processes. */
#include "store/scratch.h"

#include <unistd.h>

#include "base/clock.h"

struct meeting {
	volatile int calls, locked;
};

struct pass {
	struct meeting *m;
	int64_t first, second;
	bool swallow;
};

/* Each locks its own row first, waits until both have, then wants the other's. */
static int cross(struct db *db, void *arg)
{
	struct pass *p = arg;
	int rc;

	__atomic_add_fetch(&p->m->calls, 1, __ATOMIC_SEQ_CST);
	TRY(db_run(db, &SCRATCH[RAISE], NULL, p->first));
	__atomic_add_fetch(&p->m->locked, 1, __ATOMIC_SEQ_CST);
	wait_for(&p->m->locked, 2);
	rc = db_run(db, &SCRATCH[RAISE], NULL, p->second);
	if (rc == E_RETRY && p->swallow)
		return db_run(db, &SCRATCH[RAISE], NULL, (int64_t)3) == E_RETRY ? OK : E_BUG;
	return rc;
}

static int rival(int k, void *arg)
{
	struct pass p = *(struct pass *)arg;
	struct db *db = connect_as("signet_test");

	p.first = k == 0 ? 1 : 2;
	p.second = 3 - p.first;
	return db_transaction(db, cross, &p);
}

/* Whoever loses runs again as a whole; nothing is counted twice, also where code overlooks the error:
 * after a deadlock the server is in autocommit, and what followed would stay. */
START_TEST(deadlock)
{
	struct pass p = {.m = shared_new(sizeof(struct meeting)), .swallow = _i == 1};
	int codes[CHILDREN_MAX];

	for (int64_t id = 1; id <= 3; id++)
		ck_assert_int_eq(scratch_put(scratch_db, id), OK);
	children_run(2, rival, &p, codes);
	ck_assert_int_eq(codes[0], OK);
	ck_assert_int_eq(codes[1], OK);
	ck_assert_int_ge(p.m->calls, 3);
	ck_assert_int_eq(sql_number("SELECT n FROM scratch WHERE id = 1"), 2);
	ck_assert_int_eq(sql_number("SELECT n FROM scratch WHERE id = 2"), 2);
	ck_assert_int_eq(sql_number("SELECT n FROM scratch WHERE id = 3"), 0);
}
END_TEST

static int raise_first(struct db *db, void *arg)
{
	++*(int *)arg;
	return db_run(db, &SCRATCH[RAISE], NULL, (int64_t)1);
}

/* The page's five seconds hold also when somebody sits on the row. */
START_TEST(lock_timeout)
{
	int64_t began = clock_ms();
	int calls = 0;

	ck_assert_int_eq(scratch_put(scratch_db, 1), OK);
	sql_run("START TRANSACTION");
	sql_run("UPDATE scratch SET n = 7 WHERE id = 1");
	ck_assert_int_eq(db_transaction(scratch_db, raise_first, &calls), E_UNAVAILABLE);
	ck_assert_int_eq(calls, 1);
	ck_assert_int_lt(clock_ms() - began, 4900);
	began = clock_ms();
	ck_assert_int_eq(db_run(scratch_db, &SCRATCH[RAISE], NULL, (int64_t)1), E_UNAVAILABLE);
	ck_assert_int_lt(clock_ms() - began, 4900);
	sql_run("COMMIT");
	ck_assert_int_eq(db_transaction(scratch_db, raise_first, &calls), OK);
	ck_assert_int_eq(sql_number("SELECT n FROM scratch"), 8);
}
END_TEST

/* Somebody who holds the row for a moment only is waited for. */
static int hold(int k, void *arg)
{
	volatile int *locked = arg;
	struct db *db = connect_as("signet_test");
	int calls = 0;

	if (k == 1) {
		wait_for(locked, 1);
		return db_transaction(db, raise_first, &calls);
	}
	TRY(db_raw(db, "START TRANSACTION"));
	TRY(db_run(db, &SCRATCH[RAISE], NULL, (int64_t)1));
	*locked = 1;
	sleep_ms(500);
	return db_raw(db, "COMMIT");
}

START_TEST(waits_for_a_moment)
{
	int codes[CHILDREN_MAX];

	ck_assert_int_eq(scratch_put(scratch_db, 1), OK);
	children_run(2, hold, shared_new(sizeof(int)), codes);
	ck_assert_int_eq(codes[0] + codes[1], OK);
	ck_assert_int_eq(sql_number("SELECT n FROM scratch"), 2);
}
END_TEST

static int keeps_asking(struct db *db, void *arg)
{
	(void)db;
	++*(int *)arg;
	return E_RETRY;
}

START_TEST(gives_up)
{
	int64_t began = clock_ms();
	int calls = 0;

	ck_assert_int_eq(db_transaction(scratch_db, keeps_asking, &calls), E_UNAVAILABLE);
	ck_assert_int_ge(calls, 3);
	ck_assert_int_le(calls, 8);
	ck_assert_int_lt(clock_ms() - began, 3000);
	ck_assert(!db_in_transaction(scratch_db));
}
END_TEST

/* Statements on their own deadlock, too: both want both rows, in opposite order. */
static int sweep(int k, void *arg)
{
	static const struct stmt UP = {"UPDATE scratch SET n = n + 1 + SLEEP(0.001)"
				       " ORDER BY id LIMIT 99", "", ""},
				 DOWN = {"UPDATE scratch SET n = n + 1 + SLEEP(0.001)"
					 " ORDER BY id DESC LIMIT 99", "", ""};
	struct db *db = connect_as("signet_test");

	(void)arg;
	for (int round = 0; round < 30; round++)
		TRY(db_run(db, k % 2 ? &UP : &DOWN, NULL));
	return OK;
}

START_TEST(deadlock_of_single_statements)
{
	int codes[CHILDREN_MAX];

	for (int64_t id = 1; id <= 4; id++)
		ck_assert_int_eq(scratch_put(scratch_db, id), OK);
	children_run(3, sweep, NULL, codes);
	for (int k = 0; k < 3; k++)
		ck_assert_int_eq(codes[k], OK);
	ck_assert_int_eq(sql_number("SELECT MIN(n) FROM scratch"), 90);
	ck_assert_int_eq(sql_number("SELECT MAX(n) FROM scratch"), 90);
}
END_TEST

Suite *store_db_rivals_suite(void)
{
	Suite *s = suite_create("store_db_rivals");
	TCase *c = tcase_create("rivals");

	tcase_add_checked_fixture(c, scratch_set_up, scratch_tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_loop_test(c, deadlock, 0, 2);
	tcase_add_test(c, lock_timeout);
	tcase_add_test(c, waits_for_a_moment);
	tcase_add_test(c, gives_up);
	tcase_add_test(c, deadlock_of_single_statements);
	suite_add_tcase(s, c);
	return s;
}
