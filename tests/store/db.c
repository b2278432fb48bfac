/* db.c: values there and back, errors, the statement cache, self-tests. */
#include "store/scratch.h"

#include <stdio.h>

#include "store/account.h"
#include "store/audit.h"
#include "store/audit_newest.h"
#include "store/binding_change.h"
#include "store/departure.h"
#include "store/doctor.h"
#include "store/integration.h"
#include "store/integration_history.h"
#include "store/integration_list.h"
#include "store/migration.h"
#include "store/own.h"
#include "store/password.h"
#include "store/right.h"
#include "store/schema.h"
#include "store/scope_grant.h"
#include "store/seal_key.h"
#include "store/sealed_check.h"
#include "store/session.h"
#include "store/subscription.h"
#include "store/throttle.h"

static void round_trip(struct span text, struct span bytes, const int64_t *n)
{
	static int64_t id;
	struct span got_text, got_bytes;
	struct rows *rows;
	int64_t got;

	ck_assert_int_eq(db_run(scratch_db, &SCRATCH[PUT], NULL, ++id, text, bytes, n,
				(int64_t *)NULL),
			 OK);
	ck_assert_int_eq(db_select(scratch_db, t.a, &SCRATCH[GET], &rows, id), OK);
	ck_assert(rows_next(rows, &got_text, &got_bytes, &got));
	ck_assert_msg(span_eq(got_text, text), "%zu bytes of text became %zu", text.n, got_text.n);
	ck_assert_msg(span_eq(got_bytes, bytes), "%zu bytes became %zu", bytes.n, got_bytes.n);
	ck_assert(got_text.p && got_bytes.p);
	ck_assert_int_eq(got, n ? *n : 0);
	ck_assert(!rows_next(rows, &got_text, &got_bytes, &got));
}

START_TEST(numbers)
{
	static const int64_t N[] = {0,         1,         -1,
				    INT32_MAX, INT32_MIN, (int64_t)INT32_MAX + 1,
				    INT64_MAX, INT64_MIN, (int64_t)1 << 53};

	for (size_t k = 0; k < COUNT(N); k++)
		round_trip(SPAN("x"), SPAN("y"), &N[k]);
	round_trip(SPAN("x"), SPAN("y"), NULL);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM scratch WHERE n IS NULL"), 1);
	ck_assert_str_eq(sql_text("SELECT MIN(n) FROM scratch"), "-9223372036854775808");
}
END_TEST

START_TEST(texts)
{
	static const struct span TEXTS[] = {
		SPAN(""),
		SPAN(" x "),
		SPAN("caf\xC3\xA9 \xF0\x9F\x9A\x80 \xF0\xA0\x9C\x8E"), /* two and four bytes */
		SPAN("'; DROP TABLE scratch; -- \\ \" % _ ?"),
		SPAN("a\0b"),
	};

	for (size_t k = 0; k < COUNT(TEXTS); k++)
		round_trip(TEXTS[k], TEXTS[k], NULL);
	/* an absent span is an empty text, never NULL */
	round_trip(SPAN_NONE, SPAN_NONE, NULL);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM scratch WHERE text IS NULL OR bytes IS NULL"),
			 0);
}
END_TEST

START_TEST(every_byte)
{
	char all[256];

	for (int k = 0; k < 256; k++)
		all[k] = (char)k;
	round_trip(SPAN("x"), span_of(all, sizeof(all)), NULL);
	ck_assert_str_eq(sql_text("SELECT HEX(SUBSTR(bytes, 128, 3)) FROM scratch"), "7F8081");
}
END_TEST

/* Around the 512 bytes that a cell has at first; beyond, the client answers "truncated". */
static const size_t LENGTHS[] = {1, 510, 511, 512, 513, 514, 1023, 65535, 65536, 1000000};

START_TEST(lengths)
{
	size_t n = LENGTHS[_i];
	char *p = arena_alloc(t.a, n);

	for (size_t k = 0; k < n; k++)
		p[k] = (char)('a' + k % 26);
	round_trip(span_of(p, n), span_of(p, n), NULL);
}
END_TEST

/* A long cell must neither end the rows nor leak into the next one. */
START_TEST(long_rows_among_short_ones)
{
	static const struct stmt ALL = {"SELECT id, text, bytes FROM scratch ORDER BY id", "", "isb"};
	struct span text, bytes;
	struct rows *rows;
	int64_t id;
	int n = 0;

	sql_run("INSERT INTO scratch (id, text, bytes) VALUES (1, 'a', NULL), (2, REPEAT('b', 5000), 'B'),"
		" (3, NULL, REPEAT('C', 600)), (4, '', ''), (5, REPEAT('e', 512), REPEAT('E', 513))");
	ck_assert_int_eq(db_select(scratch_db, t.a, &ALL, &rows), OK);
	ck_assert_uint_eq(rows_count(rows), 5);
	while (rows_next(rows, &id, &text, &bytes)) {
		static const size_t N[][2] = {{1, 0}, {5000, 1}, {0, 600}, {0, 0}, {512, 513}};
		ck_assert_int_eq(id, ++n);
		ck_assert_uint_eq(text.n, N[n - 1][0]);
		ck_assert_uint_eq(bytes.n, N[n - 1][1]);
		ck_assert_int_eq(text.p == NULL, n == 3);
		ck_assert_int_eq(bytes.p == NULL, n == 1);
		if (text.n)
			ck_assert_int_eq(text.p[text.n - 1], 'a' + n - 1);
	}
	ck_assert_int_eq(n, 5);
}
END_TEST

START_TEST(no_rows)
{
	struct rows *rows;
	int64_t n = 7;

	ck_assert_int_eq(db_select(scratch_db, t.a, &SCRATCH[FIND], &rows, (int64_t)1), OK);
	ck_assert_uint_eq(rows_count(rows), 0);
	ck_assert(!rows_next(rows, &n));
	ck_assert(!rows_next(rows, &n));
	ck_assert_int_eq(n, 7);
}
END_TEST

START_TEST(conflicts)
{
	static const struct stmt WORD = {"UPDATE scratch SET word = 'same' WHERE id = ?", "i", ""},
				 GONE = {"DELETE FROM scratch WHERE id = ?", "i", ""};
	int64_t one = 1, nobody = 99;

	ck_assert_int_eq(scratch_put(scratch_db, 1), OK);
	ck_assert_int_eq(scratch_put(scratch_db, 1), E_CONFLICT);
	ck_assert_int_eq(scratch_put(scratch_db, 2), OK);
	ck_assert_int_eq(db_run(scratch_db, &WORD, NULL, (int64_t)1), OK);
	ck_assert_int_eq(db_run(scratch_db, &WORD, NULL, (int64_t)2), E_CONFLICT);
	ck_assert_int_eq(db_run(scratch_db, &SCRATCH[PUT], NULL, (int64_t)3, SPAN(""), SPAN(""),
				(int64_t *)NULL, &nobody),
			 E_CONFLICT);
	ck_assert_int_eq(db_run(scratch_db, &SCRATCH[PUT], NULL, (int64_t)3, SPAN(""), SPAN(""),
				(int64_t *)NULL, &one),
			 OK);
	ck_assert_int_eq(db_run(scratch_db, &GONE, NULL, (int64_t)1), E_CONFLICT);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM scratch"), 3);
}
END_TEST

/* Strict mode: what does not fit is an error, never cut. */
START_TEST(nothing_is_cut)
{
	static const struct stmt WORD = {"UPDATE scratch SET word = ? WHERE id = 1", "s", ""};

	ck_assert_int_eq(scratch_put(scratch_db, 1), OK);
	ck_assert_int_eq(db_run(scratch_db, &WORD, NULL, SPAN("0123456789")), OK);
	ck_assert_int_eq(db_run(scratch_db, &WORD, NULL, SPAN("0123456789a")), E_BUG);
	ck_assert_int_eq(db_run(scratch_db, &WORD, NULL, SPAN("\xFF")), E_BUG);
	ck_assert_str_eq(sql_text("SELECT word FROM scratch"), "0123456789");
}
END_TEST

/* Rows that the WHERE finds count, also when nothing changes; and ids that the database makes. */
START_TEST(found_rows_and_ids)
{
	static const struct stmt SAME = {"UPDATE scratch SET n = 0 WHERE id <= ?", "i", ""};
	static const struct stmt THROTTLE = {"INSERT INTO subscription (uid, slug, name, created_at)"
					     " VALUES (?, 'x', 'x', 1)", "b", ""};
	int64_t n;

	for (int64_t k = 1; k <= 3; k++)
		ck_assert_int_eq(scratch_put(scratch_db, k), OK);
	ck_assert_int_eq(db_run(scratch_db, &SAME, &n, (int64_t)2), OK);
	ck_assert_int_eq(n, 2);
	ck_assert_int_eq(db_run(scratch_db, &SAME, &n, (int64_t)0), OK);
	ck_assert_int_eq(n, 0);
	ck_assert_int_eq(db_run(scratch_db, &THROTTLE, NULL, uid_of(1)), OK);
	ck_assert_int_eq(db_last_id(scratch_db), sql_number("SELECT id FROM subscription"));
}
END_TEST

/* More statements than the cache has first slots for, some of which collide, each twice. */
START_TEST(cache)
{
	enum { N = 200 };
	struct stmt *list = ARENA_ARRAY(t.a, struct stmt, N);
	struct rows *rows;

	for (int round = 0; round < 2; round++)
		for (int64_t k = 0; k < N; k++) {
			int64_t got;
			list[k].sql = arena_printf(t.a, "SELECT %d + ?", (int)k).p;
			list[k].params = list[k].results = "i";
			ck_assert_int_eq(db_select(scratch_db, t.a, &list[k], &rows, k), OK);
			ck_assert(rows_next(rows, &got));
			ck_assert_int_eq(got, 2 * k);
		}
	ck_assert_int_ge(sql_number("SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS"
				    " WHERE VARIABLE_NAME = 'Prepared_stmt_count'"),
			 N);
}
END_TEST

/* The statements of each program, as its own database account: the grants fit. */
START_TEST(self_test)
{
	static const struct stmt_table *const WEB[] = {
		&STORE_ACCOUNT,	&STORE_AUDIT,	&STORE_INTEGRATION,  &STORE_INTEGRATION_PARTS,
		&STORE_INTEGRATION_HISTORY, &STORE_INTEGRATION_LIST, &STORE_OWN_LIST, &STORE_OWN_DELETE,
		&STORE_SCHEMA,	&STORE_SESSION, &STORE_SUBSCRIPTION, &STORE_THROTTLE,
	};
	static const struct stmt_table *const VAULT[] = {
		&STORE_AUDIT, &STORE_AUDIT_NEWEST, &STORE_BINDING_CHANGE, &STORE_DEPARTURE,
		&STORE_PASSWORD, &STORE_RIGHT, &STORE_SCHEMA, &STORE_SCOPE_GRANT,
		&STORE_SEALED_CHECK,
	};
	static const struct stmt_table *const ADMIN[] = {&STORE_MIGRATION, &STORE_SEAL_KEY, &STORE_DOCTOR};
	struct db *admin = connect_as("signet_admin");

	ck_assert_int_eq(db_self_test(t.web, WEB, COUNT(WEB)), OK);
	ck_assert_int_eq(db_self_test(t.vault, VAULT, COUNT(VAULT)), OK);
	ck_assert_int_eq(db_self_test(admin, ADMIN, COUNT(ADMIN)), OK);
	db_close(admin);
}
END_TEST

/* And the self-test sees what does not fit. */
START_TEST(self_test_fails)
{
	static const struct stmt BAD[] = {
		{"SELECT nothing FROM subscription", "", "i"},
		{"SELECT box FROM sealed_box", "", "b"},
		{"SELECT id FROM subscription WHERE id = ?", "", "i"},
		{"SELECT id, slug FROM subscription", "", "i"},
	};
	struct stmt good = {"SELECT id FROM subscription", "", "i"};
	struct stmt_table table = {"bad", &BAD[_i], 1}, fine = {"good", &good, 1};
	const struct stmt_table *list[] = {&table, &fine};

	ck_assert_int_eq(db_self_test(t.web, list, 2), E_BUG);
	ck_assert_int_eq(db_self_test(t.web, list + 1, 1), OK);
}
END_TEST

START_TEST(session_settings)
{
	static const struct stmt S = {"SELECT @@time_zone, @@sql_mode LIKE '%STRICT_ALL_TABLES%',"
				      " @@character_set_client, @@innodb_lock_wait_timeout", "", "sisi"};
	struct span zone, set;
	int64_t strict, wait;
	struct rows *rows;

	ck_assert_int_eq(db_select(t.web, t.a, &S, &rows), OK);
	ck_assert(rows_next(rows, &zone, &strict, &set, &wait));
	ck_assert(span_is(zone, "+00:00"));
	ck_assert(span_is(set, "utf8mb4"));
	ck_assert_int_eq(strict, 1);
	ck_assert_int_eq(wait, 2);
}
END_TEST

START_TEST(no_local_files)
{
	ck_assert_int_ne(db_raw(scratch_db, "LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE scratch"
					    " (text)"),
			 OK);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM scratch"), 0);
}
END_TEST

Suite *store_db_suite(void)
{
	Suite *s = suite_create("store_db");
	TCase *c = tcase_create("db");

	tcase_add_checked_fixture(c, scratch_set_up, scratch_tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, numbers);
	tcase_add_test(c, texts);
	tcase_add_test(c, every_byte);
	tcase_add_loop_test(c, lengths, 0, (int)COUNT(LENGTHS));
	tcase_add_test(c, long_rows_among_short_ones);
	tcase_add_test(c, no_rows);
	tcase_add_test(c, conflicts);
	tcase_add_test(c, nothing_is_cut);
	tcase_add_test(c, found_rows_and_ids);
	tcase_add_test(c, cache);
	tcase_add_test(c, self_test);
	tcase_add_loop_test(c, self_test_fails, 0, 4);
	tcase_add_test(c, session_settings);
	tcase_add_test(c, no_local_files);
	suite_add_tcase(s, c);
	return s;
}
