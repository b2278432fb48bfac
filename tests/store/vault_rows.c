/* vault_rows.c: passwords and sealed fields, as the vault reads and writes them. */
#include "store/fixture.h"

#include "store/batch.h"
#include "store/doctor.h"
#include "store/password.h"
#include "store/seal_key.h"
#include "store/sealed_check.h"

static struct world w;

static void vault_set_up(void)
{
	store_set_up();
	world_make(&w);
}

/* --- passwords --- */

static struct span mac_of(char c)
{
	char *p = arena_alloc(t.a, 32);

	memset(p, c, 32);
	return span_of(p, 32);
}

static int set_password(int64_t account, const char *hash, struct span mac, struct span expected)
{
	struct password_row r = {
		.account_id = account, .login = SPAN("ann"), .hash = span_str(hash), .mac = mac,
		.set_at = 77};

	return store_password_write(t.vault, t.a, &w.actor, &r, expected);
}

START_TEST(password_of)
{
	struct password_row r;

	ck_assert_int_eq(store_password_by_login(t.vault, t.a, SPAN("ann"), &r), OK);
	ck_assert_int_eq(r.account_id, w.ann);
	ck_assert(!r.hash.p && !r.mac.p && !r.disabled);
	ck_assert_int_eq(set_password(w.ann, "$hash", mac_of('1'), SPAN_NONE), OK);
	ck_assert_int_eq(store_password_by_login(t.vault, t.a, SPAN("ann"), &r), OK);
	ck_assert(span_is(r.hash, "$hash") && span_eq(r.mac, mac_of('1')));
	ck_assert_int_eq(r.set_at, 77);
	sql_run("UPDATE account SET disabled_at = 5 WHERE id = %ld", w.ann);
	ck_assert_int_eq(store_password_by_account(t.vault, t.a, w.ann, &r), OK);
	ck_assert(r.disabled && span_is(r.login, "ann"));
	ck_assert_int_eq(store_password_by_account(t.vault, t.a, 999999, &r), E_NOT_FOUND);
}
END_TEST

START_TEST(password_of_nobody)
{
	static const struct span LOGINS[] = {SPAN("ann "), SPAN("Ann"), SPAN(""), SPAN("nobody"),
					     SPAN("ann\0"), SPAN("' OR ''='"), SPAN("\xC3\xA1nn")};
	struct password_row r;

	for (size_t k = 0; k < COUNT(LOGINS); k++)
		ck_assert_int_eq(store_password_by_login(t.vault, t.a, LOGINS[k], &r), E_NOT_FOUND);
}
END_TEST

/* A new password replaces the one that was checked, no other. */
START_TEST(password_exchanged)
{
	ck_assert_int_eq(set_password(w.ann, "one", mac_of('1'), mac_of('0')), E_CONFLICT);
	ck_assert_int_eq(set_password(w.ann, "one", mac_of('1'), SPAN_NONE), OK);
	ck_assert_int_eq(set_password(w.ann, "two", mac_of('2'), mac_of('1')), OK);
	ck_assert_int_eq(set_password(w.ann, "three", mac_of('3'), mac_of('1')), E_CONFLICT);
	ck_assert_str_eq(sql_text("SELECT hash FROM password"), "two");
	ck_assert_int_eq(set_password(w.ann, "four", mac_of('4'), SPAN_NONE), OK);
	ck_assert_str_eq(sql_text("SELECT hash FROM password"), "four");
	ck_assert_int_eq(set_password(999999, "x", mac_of('x'), SPAN_NONE), E_CONFLICT);
	ck_assert_int_eq(chains_check(), 3);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM audit WHERE CONCAT(object, fields, actor) REGEXP"
				    " 'one|two|three|four'"), 0);
}
END_TEST

static int change_password(int k, void *arg)
{
	volatile int *ready = arg;

	t.vault = connect_as("signet_vault");
	__atomic_add_fetch(ready, 1, __ATOMIC_SEQ_CST);
	wait_for(ready, 4);
	return set_password(w.ann, "new", mac_of((char)('a' + k)), mac_of('1'));
}

START_TEST(password_at_once)
{
	int codes[CHILDREN_MAX], won = 0;

	ck_assert_int_eq(set_password(w.ann, "old", mac_of('1'), SPAN_NONE), OK);
	children_run(4, change_password, shared_new(sizeof(int)), codes);
	for (int k = 0; k < 4; k++) {
		ck_assert_msg(codes[k] == OK || codes[k] == E_CONFLICT, "%s", err_text(codes[k]));
		won += codes[k] == OK;
	}
	ck_assert_int_eq(won, 1);
	ck_assert_int_eq(chains_check(), 2);
}
END_TEST

START_TEST(password_pages)
{
	struct password_row *list;
	int64_t next = 0, last = 0;
	size_t n, all = 0;

	sql_run("INSERT INTO account (uid, login, name, created_at) SELECT UNHEX(LPAD(HEX(seq), 32, '0')),"
		" CONCAT('p', seq), 'p', 1 FROM seq_1_to_1000");
	sql_run("INSERT INTO password SELECT id, CONCAT('hash ', login), id, '' FROM account WHERE login"
		" LIKE 'p%%'");
	do {
		ck_assert_int_eq(store_password_page(t.vault, t.a, next, &list, &n, &next), OK);
		ck_assert_uint_le(n, BATCH_ROWS);
		for (size_t k = 0; k < n; k++) {
			ck_assert_int_gt(list[k].account_id, last);
			last = list[k].account_id;
			ck_assert_int_eq(list[k].set_at, last);
		}
		all += n;
	} while (next);
	ck_assert_uint_eq(all, 1000);
}
END_TEST

/* --- sealed fields --- */

static int64_t sealed(const char *name, int fields, int box_bytes)
{
	int64_t id = integration_make(&w, name);

	for (int k = 0; k < fields; k++) {
		sql_run("INSERT INTO sealed VALUES (%ld, 'f%04d', '%s', '', 1, NULL)", id, k,
			KEY_ACTIVE.p);
		if (box_bytes)
			sql_run("INSERT INTO sealed_box VALUES (%ld, 'f%04d', REPEAT('b', %d))", id, k,
				box_bytes);
	}
	return id;
}

START_TEST(sealed_page)
{
	struct sealed_page p;
	int64_t id;

	integration_make(&w, "without");
	id = sealed("with", 2, 100);
	sql_run("INSERT INTO integration_url VALUES (%ld, 1, 'b', 'http://b.example', 'http://b.example:80')",
		id);
	ck_assert_int_eq(store_sealed_page(t.vault, t.a, 0, &p), OK);
	ck_assert_uint_eq(p.nrows, 2);
	ck_assert_uint_eq(p.norigins, 2);
	ck_assert_int_eq(p.next, 0);
	ck_assert_int_eq(p.rows[1].integration_id, id);
	ck_assert(span_is(p.rows[1].field, "f0001") && span_eq(p.rows[1].key_id, KEY_ACTIVE));
	ck_assert_uint_eq(p.rows[0].box.n, 100);
	ck_assert(span_is(p.rows[0].type, "jenkins"));
	ck_assert_uint_eq(p.rows[0].thing_uid.n, 16);
	ck_assert(span_eq(p.rows[0].owner_uid, span_of("subscription1\0\0", 16)));
	ck_assert_int_eq(p.origins[0].integration_id, id);
	ck_assert_int_eq(store_sealed_page(t.vault, t.a, id, &p), OK);
	ck_assert_uint_eq(p.nrows + p.norigins, 0);
	ck_assert_int_eq(p.next, 0);
}
END_TEST

/* What cannot be a box of ours comes without one, and the rest of the page with it. */
START_TEST(sealed_odd)
{
	struct sealed_page p;

	sealed("none", 1, 0);
	sealed("too long", 1, 131073);
	sealed("longest", 1, 131072);
	ck_assert_int_eq(store_sealed_page(t.vault, t.a, 0, &p), OK);
	ck_assert_uint_eq(p.nrows, 3);
	ck_assert(!p.rows[0].box.p && !p.rows[1].box.p);
	ck_assert_uint_eq(p.rows[2].box.n, 131072);
}
END_TEST

START_TEST(sealed_pages)
{
	struct sealed_page p = {.next = 0};
	size_t all = 0, pages_seen = 0;

	sealed("a", 300, 10);
	sealed("b", 199, 10);
	sealed("c", 1, 10);
	sealed("d", 600, 10);
	sealed("e", 1, 10);
	do {
		ck_assert_int_eq(store_sealed_page(t.vault, t.a, p.next, &p), OK);
		all += p.nrows;
		/* whole integrations only */
		ck_assert(p.nrows == 500 || p.nrows == 600 || p.nrows == 1);
		ck_assert_uint_lt(++pages_seen, 10);
	} while (p.next);
	ck_assert_uint_eq(all, 1101);
	ck_assert_uint_eq(pages_seen, 3);
}
END_TEST

/* --- what signet-admin does --- */

START_TEST(key_added)
{
	struct db *admin = connect_as("signet_admin");
	struct span id = SPAN("00112233aabbccdd");

	ck_assert_int_eq(store_seal_key_add(admin, t.a, id, mac_of('k')), OK);
	ck_assert_int_eq(store_seal_key_add(admin, t.a, id, mac_of('k')), OK);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM seal_key WHERE state = 'active'"), 2);
	/* a retired key does not come back to life by that */
	ck_assert_int_eq(store_seal_key_add(admin, t.a, KEY_RETIRED, mac_of('k')), OK);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM seal_key WHERE state = 'active'"), 2);
	db_close(admin);
}
END_TEST

START_TEST(doctor_urls)
{
	struct db *admin = connect_as("signet_admin");
	struct doctor_url *list;
	int64_t after = 0;
	size_t n, all = 0;

	for (int k = 0; k < 15; k++) {
		int64_t id = integration_make(&w, arena_printf(t.a, "%d", k).p);
		if (k % 3) /* types without URLs: a page of them is not the end */
			sql_run("DELETE FROM integration_url WHERE integration_id = %ld", id);
	}
	sql_run("INSERT INTO integration_url SELECT integration_id, 1, 'b', url, origin FROM"
		" integration_url ORDER BY integration_id LIMIT 1");
	do {
		ck_assert_int_eq(store_doctor_urls(admin, t.a, after, 2, &list, &n), OK);
		for (size_t k = 0; k < n; k++) {
			ck_assert_int_gt(list[k].integration_id, after);
			ck_assert(span_is(list[k].origin, "https://ci.example:443"));
		}
		all += n;
		after = n ? list[n - 1].integration_id : after;
	} while (n);
	ck_assert_uint_eq(all, 6);
	db_close(admin);
}
END_TEST

Suite *store_vault_rows_suite(void)
{
	TCase *c;
	Suite *s = suite_create("store_vault_rows");

	c = tcase_create("vault");
	tcase_add_checked_fixture(c, vault_set_up, store_tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, password_of);
	tcase_add_test(c, password_of_nobody);
	tcase_add_test(c, password_exchanged);
	tcase_add_test(c, password_at_once);
	tcase_add_test(c, password_pages);
	tcase_add_test(c, sealed_page);
	tcase_add_test(c, sealed_odd);
	tcase_add_test(c, sealed_pages);
	tcase_add_test(c, key_added);
	tcase_add_test(c, doctor_urls);
	suite_add_tcase(s, c);
	return s;
}
