/* vault_acting.c: who may change rights: forged, moved, old and foreign confirmations; rights without the
 * vault's MAC; the last ones who can act. */
#include "store/vault_world.h"

/* --- confirmations ------------------------------------------------------------------------------- */

START_TEST(the_confirmed_act)
{
	ck_assert_int_eq(grant_by(PEER_WEB, from(w.ann, 'a'), role_grant(w.eve, ROLE_MEMBER)), OK);
	ck_assert_int_eq(role_of(w.eve), ROLE_MEMBER);
	/* the name is the vault's, address and request are what web knows */
	ck_assert_str_eq(sql_text("SELECT CONCAT_WS('|', action, actor_id = %ld, actor, address, request,"
				  " object, fields) FROM audit WHERE chain = 'sub:%ld' ORDER BY seq DESC"
				  " LIMIT 1", w.ann, w.acme),
			 "role.grant|1|ann|192.0.2.9|ab12|eve|member");
	ck_assert_int_eq(grant_by(PEER_WEB, from(w.ann, 'a'), role_grant(w.eve, ROLE_NONE)), OK);
	ck_assert_int_eq(role_of(w.eve), ROLE_NONE);
	ck_assert_int_gt(chains_check(), 0);
}
END_TEST

static void old_row(void)
{
	confirmed_at(w.ann, 'a', clock_now() - 11 * 60);
}

static void future_row(void)
{
	confirmed_at(w.ann, 'a', clock_now() + 11 * 60);
}

static void freshened_row(void)
{
	confirmed_at(w.ann, 'a', clock_now() - 11 * 60);
	sql_run("UPDATE confirmation SET at = UNIX_TIMESTAMP() WHERE account_id = %ld", w.ann);
}

static void no_row(void)
{
	sql_run("DELETE FROM confirmation WHERE account_id = %ld", w.ann);
}

/* Somebody else's session is given ann's row. */
static void moved_row(void)
{
	no_row();
	confirmed_at(w.ann, 'z', clock_now());
	sql_run("UPDATE confirmation SET session_hash = REPEAT('a', 32) WHERE account_id = %ld", w.ann);
}

/* A row of one's own is made ann's. */
static void renamed_row(void)
{
	no_row();
	confirmed_at(w.eve, 'a', clock_now());
	sql_run("UPDATE confirmation SET account_id = %ld WHERE account_id = %ld", w.ann, w.eve);
}

static void forged_row(void)
{
	no_row();
	sql_run("INSERT INTO confirmation VALUES (REPEAT('a', 32), %ld, UNIX_TIMESTAMP(), REPEAT('m', 32))",
		w.ann);
}

/* The session is another's, who confirmed: web says ann. */
static void foreign_row(void)
{
	no_row();
	confirmed_at(w.mem, 'a', clock_now());
}

static void disabled_admin(void)
{
	sql_run("UPDATE account SET disabled_at = 1 WHERE id = %ld", w.ann);
}

static void (*const SPOILERS[])(void) = {
	old_row,    future_row, freshened_row, no_row,	       moved_row,
	renamed_row, forged_row, foreign_row,   disabled_admin,
};

START_TEST(the_unconfirmed_do_not)
{
	struct vault_request q = from(w.ann, 'a');
	int64_t entries = chains_check();

	SPOILERS[_i]();
	ck_assert_int_eq(grant_by(PEER_WEB, q, role_grant(w.eve, ROLE_MEMBER)), E_UNCONFIRMED);
	ck_assert_int_eq(grant_by(PEER_WEB | PEER_ADMIN, q, role_grant(w.eve, ROLE_MEMBER)),
			 E_UNCONFIRMED);
	ck_assert_int_eq(role_of(w.eve), ROLE_NONE);
	ck_assert_int_eq(chains_check(), entries);
}
END_TEST

/* Without a session there is the operator, whom web is not; where all users are one it may be. */
START_TEST(without_a_session)
{
	struct vault_request q = from(w.ann, 'a');

	q.session = SPAN("");
	ck_assert_int_eq(grant_by(PEER_WEB, q, role_grant(w.eve, ROLE_MEMBER)), E_UNCONFIRMED);
	ck_assert_int_eq(vault_op_account_enable(&v, PEER_WEB, &q, &answer), E_UNCONFIRMED);
	ck_assert_int_eq(vault_op_link_create(&v, PEER_WEB, &q, &answer), E_UNCONFIRMED);
	ck_assert_int_eq(role_of(w.eve), ROLE_NONE);
	ck_assert_int_eq(grant_by(PEER_WEB | PEER_ADMIN, OPERATOR, role_grant(w.eve, ROLE_MEMBER)),
			 OK);
}
END_TEST

/* --- rights ---------------------------------------------------------------------------------------- */

START_TEST(confirmed_but_not_entitled)
{
	struct vault_grant project = {.kind = GRANT_COLLABORATOR, .account_id = w.col,
				      .subscription_id = w.acme, .project_id = w.web};

	/* a member; an admin of another subscription; rows without the vault's MAC */
	as_operator(role_grant(w.mem, ROLE_MEMBER));
	confirmed_at(w.mem, 'm', clock_now());
	confirmed_at(w.eve, 'e', clock_now());
	ck_assert_int_eq(grant_by(PEER_WEB, from(w.mem, 'm'), role_grant(w.mem, ROLE_ADMIN)), E_DENIED);
	ck_assert_int_eq(grant_by(PEER_WEB, from(w.eve, 'e'), role_grant(w.eve, ROLE_ADMIN)), E_DENIED);
	ck_assert_int_eq(grant_by(PEER_WEB, from(w.eve, 'e'), project), E_DENIED);
	sql_run("UPDATE role SET role = 3 WHERE account_id = %ld", w.mem);
	sql_run("INSERT INTO site_role VALUES (%ld, 1, 'hand', REPEAT('m', 32))", w.mem);
	ck_assert_int_eq(grant_by(PEER_WEB, from(w.mem, 'm'), role_grant(w.eve, ROLE_MEMBER)), E_DENIED);
	ck_assert_int_eq(grant_by(PEER_WEB, from(w.mem, 'm'), site_grant(w.mem, false)), E_DENIED);
	/* an admin is not a site admin, nor the other way round */
	ck_assert_int_eq(grant_by(PEER_WEB, from(w.ann, 'a'), site_grant(w.ann, false)), E_DENIED);
	ck_assert_int_eq(grant_by(PEER_WEB, from(sid, 's'), role_grant(sid, ROLE_ADMIN)), E_DENIED);
	ck_assert_int_eq(grant_by(PEER_WEB, from(sid, 's'), role_grant(w.mem, ROLE_NONE)), E_DENIED);
	ck_assert_int_eq(grant_by(PEER_WEB, from(sid, 's'), project), E_DENIED);
	/* and an admin decides about projects */
	ck_assert_int_eq(grant_by(PEER_WEB, from(w.ann, 'a'), project), OK);
}
END_TEST

START_TEST(a_revoked_admin)
{
	as_operator(role_grant(w.mem, ROLE_ADMIN));
	as_operator(role_grant(w.ann, ROLE_MEMBER));
	ck_assert_int_eq(grant_by(PEER_WEB, from(w.ann, 'a'), role_grant(w.eve, ROLE_MEMBER)), E_DENIED);
	as_operator(role_grant(w.ann, ROLE_NONE));
	ck_assert_int_eq(grant_by(PEER_WEB, from(w.ann, 'a'), role_grant(w.ann, ROLE_ADMIN)), E_DENIED);
	as_operator(site_grant(w.eve, false));
	as_operator(site_grant(sid, true));
	ck_assert_int_eq(grant_by(PEER_WEB, from(sid, 's'), site_grant(sid, false)), E_DENIED);
}
END_TEST

START_TEST(a_site_admin_appoints_where_nobody_can_act)
{
	struct vault_request q = from(sid, 's');

	ck_assert_int_eq(grant_by(PEER_WEB, q, role_grant(w.eve, ROLE_ADMIN)), E_DENIED);
	sql_run("UPDATE account SET disabled_at = 1 WHERE id = %ld", w.ann);
	ck_assert_int_eq(grant_by(PEER_WEB, q, role_grant(w.eve, ROLE_MEMBER)), E_DENIED);
	ck_assert_int_eq(grant_by(PEER_WEB, q, role_grant(w.ann, ROLE_NONE)), E_DENIED);
	ck_assert_int_eq(grant_by(PEER_WEB, q, role_grant(w.eve, ROLE_ADMIN)), OK);
	ck_assert_int_eq(role_of(w.eve), ROLE_ADMIN);
	ck_assert_str_eq(sql_text("SELECT CONCAT_WS('|', action, actor, object, fields) FROM audit WHERE"
				  " chain = 'sub:%ld' ORDER BY seq DESC LIMIT 1", w.acme),
			 "role.appoint|sid|eve|admin");
	ck_assert_int_eq(grant_by(PEER_WEB, q, role_grant(w.mem, ROLE_ADMIN)), E_DENIED);
	/* a new subscription has nobody */
	sql_run("DELETE FROM role WHERE subscription_id = %ld", w.acme);
	ck_assert_int_eq(grant_by(PEER_WEB, q, role_grant(w.mem, ROLE_ADMIN)), OK);
	ck_assert_int_gt(chains_check(), 0);
}
END_TEST

START_TEST(the_last_ones_stay)
{
	ck_assert_int_eq(grant_by(PEER_WEB, from(w.ann, 'a'), role_grant(w.ann, ROLE_MEMBER)), E_CONFLICT);
	ck_assert_int_eq(grant_by(PEER_WEB, from(w.ann, 'a'), role_grant(w.ann, ROLE_NONE)), E_CONFLICT);
	ck_assert_int_eq(grant_by(PEER_WEB, from(sid, 's'), site_grant(sid, true)), E_CONFLICT);
	ck_assert_int_eq(grant_by(PEER_ADMIN, OPERATOR, site_grant(sid, true)), E_CONFLICT);
	ck_assert_int_eq(grant_by(PEER_WEB, from(sid, 's'), site_grant(w.eve, false)), OK);
	ck_assert_int_eq(grant_by(PEER_WEB, from(sid, 's'), site_grant(sid, true)), OK);
	ck_assert_int_eq(grant_by(PEER_WEB, from(sid, 's'), site_grant(w.ann, false)), E_DENIED);
}
END_TEST

/* Two site admins take it from each other at the same moment: one remains. */
static int take_other(int k, void *arg)
{
	const int64_t who[] = {sid, w.eve};
	volatile int *ready = arg;

	v.db = t.vault = connect_as("signet_vault");
	v.arena = t.a;
	__atomic_add_fetch(ready, 1, __ATOMIC_SEQ_CST);
	wait_for(ready, 2);
	return grant_by(PEER_WEB, from(who[k], k ? 'e' : 's'), site_grant(who[1 - k], true));
}

START_TEST(one_site_admin_remains)
{
	int codes[CHILDREN_MAX];

	for (int round = 0; round < 10; round++) {
		as_operator(site_grant(w.eve, false));
		as_operator(site_grant(sid, false));
		confirmed_at(w.eve, 'e', clock_now());
		children_run(2, take_other, shared_new(sizeof(int)), codes);
		ck_assert_int_eq(codes[0] + codes[1], E_DENIED);
		ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM site_role"), 1);
	}
	ck_assert_int_gt(chains_check(), 0);
}
END_TEST

Suite *store_vault_acting_suite(void)
{
	Suite *s = suite_create("store_vault_acting");
	TCase *c = tcase_create("acting");

	tcase_add_checked_fixture(c, vault_world_set_up, store_tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, the_confirmed_act);
	tcase_add_loop_test(c, the_unconfirmed_do_not, 0, (int)COUNT(SPOILERS));
	tcase_add_test(c, without_a_session);
	tcase_add_test(c, confirmed_but_not_entitled);
	tcase_add_test(c, a_revoked_admin);
	tcase_add_test(c, a_site_admin_appoints_where_nobody_can_act);
	tcase_add_test(c, the_last_ones_stay);
	tcase_add_test(c, one_site_admin_remains);
	suite_add_tcase(s, c);
	return s;
}
