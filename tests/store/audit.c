/* audit.c: the chains. */
#include "store/fixture.h"

#include <signal.h>

#include "store/audit.h"

static struct world w;

static void audit_set_up(void)
{
	store_set_up();
	world_make(&w);
}

struct entry {
	struct audit_entry e;
	int rc;        /* what the transaction answers afterwards */
};

static int write_entry(struct db *db, void *arg)
{
	struct entry *n = arg;

	TRY(store_audit_write(db, t.a, &n->e));
	return n->rc;
}

static struct entry entry(const char *chain, struct span object)
{
	return (struct entry){
		.e = {.chain = span_str(chain), .actor = w.actor, .action = AUDIT_DENIED,
		      .object_id = 5, .object = object, .fields = SPAN("one, two")},
	};
}

static int append(struct db *db, const char *chain, struct span object)
{
	struct entry n = entry(chain, object);

	return db_transaction(db, write_entry, &n);
}

START_TEST(seq_and_links)
{
	for (int k = 0; k < 5; k++) {
		ck_assert_int_eq(append(t.web, "sub:1", SPAN("a")), OK);
		ck_assert_int_eq(append(t.web, "site", SPAN("b")), OK);
	}
	ck_assert_int_eq(chains_check(), 10);
	ck_assert_str_eq(sql_text("SELECT GROUP_CONCAT(seq ORDER BY seq) FROM audit WHERE chain = 'site'"),
			 "1,2,3,4,5");
	ck_assert_int_eq(sql_number("SELECT COUNT(DISTINCT hash) FROM audit"), 10);
}
END_TEST

/* Programs with accounts of their own write one chain. */
START_TEST(web_and_vault)
{
	for (int k = 0; k < 3; k++) {
		ck_assert_int_eq(append(t.web, "account:1", SPAN("a")), OK);
		ck_assert_int_eq(append(t.vault, "account:1", SPAN("b")), OK);
	}
	ck_assert_int_eq(chains_check(), 6);
}
END_TEST

START_TEST(all_columns)
{
	struct entry n = entry("site", SPAN("caf\xC3\xA9 '\"\\"));

	n.e.at = 1234567;
	ck_assert_int_eq(db_transaction(t.web, write_entry, &n), OK);
	ck_assert_str_eq(sql_text("SELECT CONCAT_WS('|', chain, seq, at, actor_id, actor, address,"
				  " request, action, object_id, object, fields, HEX(prev)) FROM audit"),
			 sql_text("SELECT CONCAT_WS('|', 'site', 1, 1234567, %ld, 'ann', '192.0.2.7',"
				  " '0011223344556677', 'denied', 5, 'caf\xC3\xA9 \\'\"\\\\', 'one, two',"
				  " REPEAT('0', 64))",
				  w.ann));
	ck_assert_int_eq(n.e.seq, 1);
	/* nobody signed in: no account, which the hash sees as 0 */
	n.e.actor.account_id = 0;
	n.e.at = 0;
	ck_assert_int_eq(db_transaction(t.web, write_entry, &n), OK);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM audit WHERE actor_id IS NULL"), 1);
	ck_assert_int_lt(sql_number("SELECT UNIX_TIMESTAMP() - MAX(at) FROM audit"), 60);
	ck_assert_int_eq(chains_check(), 2);
}
END_TEST

/* A refused path may be as long as a request: the entry is cut, at a whole character, never lost. */
START_TEST(long_texts)
{
	struct span ascii, wide, three;
	struct buf b = BUF_INIT;

	for (int k = 0; k < 3000; k++)
		buf_puts(&b, "x");
	ascii = arena_span(t.a, buf_span(&b));
	buf_reset(&b);
	for (int k = 0; k < 200; k++)
		buf_puts(&b, "\xF0\x9F\x9A\x80");
	wide = arena_span(t.a, buf_span(&b));
	buf_release(&b);
	three = arena_printf(t.a, "%.79s\xE2\x82\xAC" "end", ascii.p);
	ck_assert_int_eq(append(t.web, "site", ascii), OK);
	ck_assert_int_eq(append(t.web, "site", wide), OK);
	ck_assert_int_eq(append(t.web, "site", three), OK);
	w.actor.name = w.actor.address = w.actor.request = ascii;
	ck_assert_int_eq(append(t.web, "site", wide), OK);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM audit WHERE CHAR_LENGTH(object) = 80"), 4);
	ck_assert_int_eq(sql_number("SELECT LENGTH(object) FROM audit WHERE seq = 2"), 320);
	ck_assert_int_eq(sql_number("SELECT LENGTH(object) FROM audit WHERE seq = 3"), 82);
	ck_assert_int_eq(chains_check(), 4);
}
END_TEST

START_TEST(rolled_back)
{
	struct entry n = entry("site", SPAN("x"));

	ck_assert_int_eq(append(t.web, "site", SPAN("first")), OK);
	n.rc = E_CONFLICT;
	ck_assert_int_eq(db_transaction(t.web, write_entry, &n), E_CONFLICT);
	ck_assert_int_eq(append(t.web, "site", SPAN("second")), OK);
	ck_assert_int_eq(chains_check(), 2);
}
END_TEST

/* A head that somebody broke is not built upon. */
START_TEST(broken_head)
{
	ck_assert_int_eq(append(t.web, "site", SPAN("x")), OK);
	sql_run("ALTER TABLE audit_head MODIFY hash VARBINARY(32) NOT NULL");
	sql_run("UPDATE audit_head SET hash = 'short'");
	ck_assert_int_eq(append(t.web, "site", SPAN("x")), E_CORRUPT);
	sql_run("ALTER TABLE audit_head MODIFY hash BINARY(32) NOT NULL");
}
END_TEST

/* The walk of these tests sees what was done to a row: otherwise it proves nothing. */
static const char *const HARM[] = {
	"UPDATE audit SET actor = 'eve' WHERE seq = 2",
	"UPDATE audit SET fields = 'one' WHERE seq = 2",
	"UPDATE audit SET at = at + 1 WHERE seq = 2",
	"UPDATE audit SET actor_id = NULL WHERE seq = 2",
	"UPDATE audit SET object = 'one, two', fields = object WHERE seq = 2",
	"DELETE FROM audit WHERE seq = 2",
	"DELETE FROM audit WHERE seq = 3",
	"UPDATE audit_head SET seq = 2",
	"UPDATE audit SET hash = prev WHERE seq = 3",
};

START_TEST(harm_is_seen)
{
	for (int k = 0; k < 3; k++)
		ck_assert_int_eq(append(t.web, "site", SPAN("x")), OK);
	ck_assert_int_eq(chains_check(), 3);
	sql_run("%s", HARM[_i]);
	ck_assert_int_eq(chains_check(), -1);
}
END_TEST

static int alone(struct db *db)
{
	struct entry n = entry("site", SPAN("x"));

	return store_audit_write(db, t.a, &n.e);
}

/* Outside a transaction an entry would stand without its change: the process ends instead. */
START_TEST(only_inside_a_transaction)
{
	(void)!alone(t.web);
}
END_TEST

/* --- writers at once --- */

enum { WRITERS = 4, ENTRIES = 200 };

static int writer(int k, void *arg)
{
	struct db *db = connect_as(k % 2 ? "signet_web" : "signet_vault");
	const char *const *chains = arg;

	for (int n = 0; n < ENTRIES; n++)
		TRY(append(db, chains[k], SPAN("x")));
	return OK;
}

static void write_at_once(const char *const *chains)
{
	int codes[CHILDREN_MAX];

	children_run(WRITERS, writer, (void *)(uintptr_t)chains, codes);
	for (int k = 0; k < WRITERS; k++)
		ck_assert_int_eq(codes[k], OK);
	ck_assert_int_eq(chains_check(), WRITERS * ENTRIES);
}

START_TEST(one_chain_by_four)
{
	static const char *const SAME[] = {"site", "site", "site", "site"};

	write_at_once(SAME);
	ck_assert_int_eq(sql_number("SELECT seq FROM audit_head"), WRITERS * ENTRIES);
}
END_TEST

/* Beginning chains next to each other in the index is where deadlocks come from. */
START_TEST(chains_side_by_side)
{
	static const char *const SIDE[] = {"account:1", "account:2", "account:3", "account:4"};

	write_at_once(SIDE);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM audit_head WHERE seq = %d", ENTRIES), WRITERS);
}
END_TEST

static int beginner(int k, void *arg)
{
	struct db *db = connect_as("signet_web");

	(void)arg;
	for (int n = 0; n < 50; n++)
		TRY(append(db, arena_printf(t.a, "account:%d", n * WRITERS + k).p, SPAN("x")));
	return OK;
}

START_TEST(new_chains_at_once)
{
	int codes[CHILDREN_MAX];

	children_run(WRITERS, beginner, NULL, codes);
	for (int k = 0; k < WRITERS; k++)
		ck_assert_int_eq(codes[k], OK);
	ck_assert_int_eq(chains_check(), WRITERS * 50);
}
END_TEST

Suite *store_audit_suite(void)
{
	Suite *s = suite_create("store_audit");
	TCase *c = tcase_create("audit");

	tcase_add_checked_fixture(c, audit_set_up, store_tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, seq_and_links);
	tcase_add_test(c, web_and_vault);
	tcase_add_test(c, all_columns);
	tcase_add_test(c, long_texts);
	tcase_add_test(c, rolled_back);
	tcase_add_test(c, broken_head);
	tcase_add_loop_test(c, harm_is_seen, 0, (int)COUNT(HARM));
	tcase_add_test_raise_signal(c, only_inside_a_transaction, SIGABRT);
	tcase_add_test(c, one_chain_by_four);
	tcase_add_test(c, chains_side_by_side);
	tcase_add_test(c, new_chains_at_once);
	suite_add_tcase(s, c);
	return s;
}
