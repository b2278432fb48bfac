/* vault_account.c: accounts disabled and enabled, one-time links, the check of all MACs, and what a right
 * password leaves behind. */
#include "store/vault_world.h"

/* --- accounts -------------------------------------------------------------------------------------- */

static int enable(struct vault_request q, unsigned peers, int64_t account, bool enabled)
{
	q.op = VAULT_ACCOUNT_ENABLE;
	q.account_id = account;
	q.enabled = enabled;
	return vault_op_account_enable(&v, peers, &q, &answer);
}

static int64_t disabled(int64_t account)
{
	return sql_number("SELECT disabled_at IS NOT NULL FROM account WHERE id = %ld", account);
}

/* What an account has that ends with it. */
static int64_t open_doors(int64_t account)
{
	return sql_number("SELECT (SELECT COUNT(*) FROM session WHERE account_id = %ld) +"
			  " (SELECT COUNT(*) FROM access_token WHERE account_id = %ld) +"
			  " (SELECT COUNT(*) FROM confirmation WHERE account_id = %ld) +"
			  " (SELECT COUNT(*) FROM password_link WHERE account_id = %ld)",
			  account, account, account, account);
}

START_TEST(disabled_and_enabled)
{
	sql_run("INSERT INTO session VALUES ('t', %ld, 1, 1, '', ''), ('u', %ld, 1, 1, '', '')", w.ann, w.mem);
	sql_run("INSERT INTO access_token (account_id, token_hash, name, scopes, created_at, expires_at)"
		" VALUES (%ld, 't', 'ci', 1, 1, 2)", w.ann);
	sql_run("INSERT INTO password_link VALUES (%ld, 'c', 1, 2, 'm')", w.ann);
	ck_assert_int_eq(open_doors(w.ann), 4);
	ck_assert_int_eq(enable(from(sid, 's'), PEER_WEB, w.ann, false), OK);
	ck_assert_int_eq(disabled(w.ann), 1);
	ck_assert_int_eq(open_doors(w.ann), 0);
	ck_assert_int_eq(open_doors(w.mem), 1);
	ck_assert_int_eq(enable(from(sid, 's'), PEER_WEB, w.ann, true), OK);
	ck_assert_int_eq(disabled(w.ann), 0);
	ck_assert_str_eq(sql_text("SELECT GROUP_CONCAT(CONCAT_WS(' ', action, actor, object) ORDER BY seq)"
				  " FROM audit WHERE chain = 'site' AND action LIKE 'account.%%'"),
			 "account.disable sid ann,account.enable sid ann");
	ck_assert_int_eq(enable(from(sid, 's'), PEER_WEB, 999999, false), E_NOT_FOUND);
	ck_assert_int_gt(chains_check(), 0);
}
END_TEST

START_TEST(who_may_disable_whom)
{
	ck_assert_int_eq(enable(from(w.ann, 'a'), PEER_WEB, w.mem, false), E_DENIED);
	ck_assert_int_eq(enable(from(sid, 'x'), PEER_WEB, w.mem, false), E_UNCONFIRMED);
	/* oneself, also when another is site admin; the last site admin, also by the operator */
	ck_assert_int_eq(enable(from(sid, 's'), PEER_WEB, sid, false), E_CONFLICT);
	ck_assert_int_eq(enable(OPERATOR, PEER_ADMIN, sid, false), E_CONFLICT);
	as_operator(site_grant(w.eve, false));
	ck_assert_int_eq(enable(from(sid, 's'), PEER_WEB, sid, false), E_CONFLICT);
	ck_assert_int_eq(enable(OPERATOR, PEER_ADMIN, sid, false), OK);
	ck_assert_int_eq(enable(OPERATOR, PEER_ADMIN, w.eve, false), E_CONFLICT);
	/* the one who is disabled acts no more */
	confirmed_at(sid, 's', clock_now());
	ck_assert_int_eq(enable(from(sid, 's'), PEER_WEB, sid, true), E_UNCONFIRMED);
	ck_assert_int_eq(disabled(sid), 1);
}
END_TEST

/* --- one-time links ---------------------------------------------------------------------------------- */

static int link_make(struct vault_request q, unsigned peers, int64_t account, const char **code)
{
	int rc;

	q.op = VAULT_LINK_CREATE;
	q.account_id = account;
	rc = vault_op_link_create(&v, peers, &q, &answer);
	if (rc == OK)
		*code = arena_str(t.a, answer.code);
	return rc;
}

static int link_use(const char *code, const char *password)
{
	struct vault_request q = from(w.eve, 'q');

	q.op = VAULT_LINK_PASSWORD;
	q.code = span_str(code);
	q.password = arena_span(t.a, span_str(password)); /* which the vault wipes */
	return vault_op_link_password(&v, PEER_WEB, &q, &answer);
}

static bool password_is(int64_t account, const char *password)
{
	struct secret typed = secret_take(t.a, arena_str(t.a, span_str(password)), strlen(password));
	struct password_row row;

	ck_assert_int_eq(store_password_by_account(t.vault, t.a, account, &row), OK);
	ck_assert(mac_password_fits(v.key, &row));
	return pwhash_check(row.hash, &typed) == OK;
}

START_TEST(a_link_is_used_once)
{
	const char *code = "", *old = "";

	ck_assert_int_eq(link_make(from(w.ann, 'a'), PEER_WEB, w.mem, &code), E_DENIED);
	ck_assert_int_eq(link_make(from(sid, 'x'), PEER_WEB, w.mem, &code), E_UNCONFIRMED);
	ck_assert_int_eq(link_make(from(sid, 's'), PEER_WEB, 999999, &code), E_NOT_FOUND);
	ck_assert_int_eq(link_make(from(sid, 's'), PEER_WEB, w.mem, &old), OK);
	ck_assert_int_eq(link_make(OPERATOR, PEER_ADMIN, w.mem, &code), OK);
	ck_assert_uint_eq(strlen(code), VAULT_CODE_CHARS);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM password_link WHERE INSTR(CONCAT_WS('|', code_hash,"
				    " mac), '%s') > 0", code), 0);
	sql_run("INSERT INTO session VALUES ('t', %ld, 1, 1, '', '')", w.mem);
	ck_assert_int_eq(link_use(old, "first password"), E_NOT_FOUND);
	ck_assert_int_eq(link_use("", "first password"), E_NOT_FOUND);
	ck_assert_int_eq(link_use(code, "too short"), E_INVALID);
	ck_assert_int_eq(link_use(code, "first password"), OK);
	ck_assert_int_eq(answer.account_id, w.mem);
	ck_assert(password_is(w.mem, "first password"));
	ck_assert_int_eq(open_doors(w.mem), 0);
	ck_assert_int_eq(link_use(code, "second password"), E_NOT_FOUND);
	ck_assert(password_is(w.mem, "first password"));
	ck_assert_str_eq(sql_text("SELECT CONCAT_WS('|', actor_id = %ld, actor, address, action, object)"
				  " FROM audit WHERE chain = 'account:%ld'", w.mem, w.mem),
			 "1|mem|192.0.2.9|password.by_link|mem");
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM audit WHERE action = 'password.link' AND chain ="
				    " 'site' AND object = 'mem'"), 2);
	/* Argon2 ran for the good code alone */
	ck_assert_int_eq(vault_argon2_calls(&v), 1);
	ck_assert_int_gt(chains_check(), 0);
}
END_TEST

START_TEST(a_link_that_is_over)
{
	const char *code = "";

	ck_assert_int_eq(link_make(from(sid, 's'), PEER_WEB, w.mem, &code), OK);
	sql_run("UPDATE account SET disabled_at = 1 WHERE id = %ld", w.mem);
	ck_assert_int_eq(link_use(code, "first password"), E_NOT_FOUND);
	ck_assert_int_eq(link_make(from(sid, 's'), PEER_WEB, w.mem, &code), E_CONFLICT);
	sql_run("UPDATE account SET disabled_at = NULL");
	/* later, or with a time that the vault did not write, or for another account */
	sql_run("CREATE OR REPLACE TABLE scratch_link AS SELECT * FROM password_link");
	sql_run("UPDATE password_link SET expires_at = expires_at + 1");
	ck_assert_int_eq(link_use(code, "first password"), E_NOT_FOUND);
	sql_run("UPDATE password_link SET expires_at = expires_at - 1, account_id = %ld", w.ann);
	ck_assert_int_eq(link_use(code, "first password"), E_NOT_FOUND);
	sql_run("UPDATE password_link SET account_id = %ld", w.mem);
	ck_assert_int_eq(link_use(code, "first password"), OK);
	/* the same row, put back */
	sql_run("INSERT INTO password_link SELECT * FROM scratch_link");
	sql_run("DROP TABLE scratch_link");
	ck_assert_int_eq(link_use(code, "second password"), E_NOT_FOUND);
	ck_assert(password_is(w.mem, "first password"));
}
END_TEST

START_TEST(an_expired_link)
{
	static const struct stmt put = {"INSERT INTO password_link VALUES (?, ?, 1, ?, ?)", "ibib", ""};
	struct password_link l = {.account_id = w.mem, .created_at = 1};
	static const char CODE[] = "0123456789012345678901234567890123456789abc";
	unsigned char sum[HASH_BYTES], mac[HASH_BYTES];

	for (int late = 0; late < 2; late++) {
		sql_run("DELETE FROM password_link");
		hash_bytes(span_str(CODE), sum);
		l.code_hash = span_of((const char *)sum, sizeof(sum));
		l.expires_at = clock_now() + (late ? 0 : 60);
		ck_assert_int_eq(mac_link(v.key, &l, mac), OK);
		ck_assert_int_eq(db_run(t.vault, &put, NULL, w.mem, l.code_hash, l.expires_at,
					span_of((const char *)mac, sizeof(mac))), OK);
		ck_assert_int_eq(link_use(CODE, "a new password"), late ? E_NOT_FOUND : OK);
		sql_run("DELETE FROM password");
	}
}
END_TEST

/* --- the check, and the password itself ------------------------------------------------------------- */

START_TEST(all_rows_are_checked)
{
	struct vault_check sum = {0};
	const char *code;

	ck_assert_int_eq(link_make(OPERATOR, PEER_ADMIN, w.mem, &code), OK);
	for (int bad = 0; bad < 2; bad++) {
		struct vault_request q = {.op = VAULT_RIGHTS_CHECK};

		sum = (struct vault_check){0};
		if (bad)
			sql_run("UPDATE confirmation SET at = at - 1 WHERE account_id = %ld", w.ann);
		if (bad)
			sql_run("UPDATE password_link SET expires_at = expires_at + 1");
		do {
			answer = (struct vault_answer){0};
			ck_assert_int_eq(vault_op_rights_check(&v, PEER_ADMIN, &q, &answer), OK);
			sum.checked += answer.check.checked;
			sum.good += answer.check.good;
			q.after = answer.check.next;
		} while (q.after);
		/* roles of mem, col, eve and col's project have no MAC in this world */
		ck_assert_int_eq(sum.checked, 5 + 1 + 2 + 1);
		ck_assert_int_eq(sum.good, sum.checked - 4 - 2 * bad);
	}
}
END_TEST

START_TEST(a_right_password_is_a_confirmation)
{
	struct vault_request set = {.op = VAULT_PASSWORD_SET, .account_id = w.mem};
	struct vault_request q = {.op = VAULT_PASSWORD_CHECK, .login = SPAN("mem")};
	static const struct {
		const char *password;
		bool session;
		int rc, rows;
	} TRIES[] = {{"wrong password", true, E_DENIED, 0}, {"right password", false, OK, 0},
		     {"right password", true, OK, 1}, {"right password", true, OK, 1}};

	set.password = arena_span(t.a, SPAN("right password"));
	ck_assert_int_eq(vault_op_password_set(&v, PEER_ADMIN, &set, &answer), OK);
	for (size_t k = 0; k < COUNT(TRIES); k++) {
		int64_t calls = vault_argon2_calls(&v);

		q.password = arena_span(t.a, span_str(TRIES[k].password));
		q.session = TRIES[k].session ? session_of('m') : SPAN("");
		ck_assert_int_eq(vault_op_password_check(&v, PEER_WEB, &q, &answer), TRIES[k].rc);
		ck_assert_int_eq(vault_argon2_calls(&v), calls + 1);
		ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM confirmation WHERE account_id = %ld AND"
					    " session_hash = REPEAT('m', 32)", w.mem), TRIES[k].rows);
	}
	/* who confirmed may not do more than before */
	ck_assert_int_eq(grant_by(PEER_WEB, from(w.mem, 'm'), role_grant(w.mem, ROLE_ADMIN)), E_DENIED);
	/* old rows go when new ones come */
	confirmed_at(w.col, 'o', clock_now() - 3600);
	q.password = arena_span(t.a, SPAN("right password"));
	ck_assert_int_eq(vault_op_password_check(&v, PEER_WEB, &q, &answer), OK);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM confirmation WHERE account_id = %ld", w.col), 0);
}
END_TEST

static int guess(const char *login, const char *password)
{
	struct vault_request q = {.op = VAULT_PASSWORD_CHECK, .login = span_str(login)};

	q.password = arena_span(t.a, span_str(password));
	return vault_op_password_check(&v, PEER_WEB, &q, &answer);
}

/* Signing in and changing the password are guesses alike; of a login that nobody has, too. */
START_TEST(too_many_wrong_ones)
{
	struct vault_request q = {.op = VAULT_PASSWORD_SET, .account_id = w.mem};
	struct vault_request set = {.op = VAULT_PASSWORD_SET, .account_id = w.mem};
	int64_t calls;

	v.dummy = SPAN("");
	set.password = arena_span(t.a, SPAN("right password"));
	ck_assert_int_eq(vault_op_password_set(&v, PEER_ADMIN, &set, &answer), OK);
	v.shared->guesses.most = 3;
	ck_assert_int_eq(guess("mem", "wrong one"), E_DENIED);
	ck_assert_int_eq(guess("mem", "right password"), OK);
	q.current = arena_span(t.a, SPAN("wrong one"));
	q.password = arena_span(t.a, SPAN("another password"));
	ck_assert_int_eq(vault_op_password_set(&v, PEER_WEB, &q, &answer), E_DENIED);
	ck_assert_int_eq(guess("mem", "wrong one"), E_DENIED);
	calls = vault_argon2_calls(&v);
	ck_assert_int_eq(guess("mem", "right password"), E_THROTTLED);
	q.current = arena_span(t.a, SPAN("right password"));
	q.password = arena_span(t.a, SPAN("another password"));
	ck_assert_int_eq(vault_op_password_set(&v, PEER_WEB, &q, &answer), E_THROTTLED);
	ck_assert_int_eq(vault_argon2_calls(&v), calls);
	for (int k = 0; k < 4; k++)
		ck_assert_int_eq(guess("nobody", "wrong one"), k < 3 ? E_DENIED : E_THROTTLED);
	ck_assert_int_eq(guess("col", "wrong one"), E_DENIED);
	/* the operator types no old password */
	set.password = arena_span(t.a, SPAN("a third password"));
	ck_assert_int_eq(vault_op_password_set(&v, PEER_ADMIN, &set, &answer), OK);
}
END_TEST

Suite *store_vault_account_suite(void)
{
	Suite *s = suite_create("store_vault_account");
	TCase *c = tcase_create("account");

	tcase_add_checked_fixture(c, vault_world_set_up, store_tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, disabled_and_enabled);
	tcase_add_test(c, who_may_disable_whom);
	tcase_add_test(c, a_link_is_used_once);
	tcase_add_test(c, a_link_that_is_over);
	tcase_add_test(c, an_expired_link);
	tcase_add_test(c, all_rows_are_checked);
	tcase_add_test(c, a_right_password_is_a_confirmation);
	tcase_add_test(c, too_many_wrong_ones);
	suite_add_tcase(s, c);
	return s;
}
