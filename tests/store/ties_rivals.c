/* ties_rivals.c: the vault and signet-web change consents, bindings, roles and integrations at the same time;
 * what remains fits together. */
#include "store/ties_world.h"

#include "store/own.h"
#include "store/scope_withdraw.h"

enum { RIVALS = 6, ROUNDS = 200 };

static struct scope own_of(int64_t account)
{
	return (struct scope){.account_id = account, .role = ROLE_ADMIN};
}

static struct actor actor_of(int64_t account)
{
	return (struct actor){account, SPAN("mem"), SPAN("192.0.2.8"), SPAN("ab12")};
}

static int take_out(int64_t integration)
{
	struct scope_removal c = {.integration_id = integration, .subscription_id = w.acme, .any = true};
	struct scope s = own_of(w.mem);
	struct actor mem = actor_of(w.mem);

	return store_scope_remove(t.web, t.a, &s, &mem, &c);
}

/* --- one against one, exactly --------------------------------------------------------------------------- */

/* While an owner takes acme out of the scope, and waits for its lock, the handle is bound elsewhere: it is
 * not theirs to delete any more. */
static int moved_meanwhile(int k, void *arg)
{
	volatile int *locked = arg;

	t.web = connect_as("signet_web");
	t.sql = sql_connect("signet_test");
	if (k == 0) {
		wait_for(locked, 1);
		return take_out(jenkins);
	}
	sql_run("START TRANSACTION");
	sql_run("SELECT id FROM subscription WHERE id = %ld FOR UPDATE", w.acme);
	*locked = 1;
	for (int i = 0; i < 100 && !sql_number("SELECT COUNT(*) FROM information_schema.innodb_trx WHERE"
					       " trx_state = 'LOCK WAIT'"); i++)
		sleep_ms(10);
	sql_run("UPDATE binding SET account_integration_id = %ld, account_id = %ld", anns, w.ann);
	sql_run("COMMIT");
	return OK;
}

START_TEST(what_left_meanwhile_stays)
{
	int64_t handle = bound_make(from(w.mem, 'm'), scope_of(jenkins, "ci"));
	int codes[CHILDREN_MAX];

	children_run(2, moved_meanwhile, shared_new(sizeof(int)), codes);
	ck_assert_int_eq(codes[0], OK);
	ck_assert_int_eq(codes[1], OK);
	ck_assert_int_eq(bound_to(handle), anns);
	ck_assert_str_eq(grant_of(jenkins), "none");
	ck_assert_int_gt(chains_check(), 0);
}
END_TEST

/* --- everybody at once ------------------------------------------------------------------------------------ */

static struct vault_request ann_asks(void)
{
	return from(w.ann, 'a');
}

static int64_t some_handle(void)
{
	return sql_number("SELECT integration_id FROM binding ORDER BY RAND() LIMIT 1");
}

static int owner_grants(int round)
{
	struct vault_scope s = round % 3 ? scope_of(jenkins, arena_printf(t.a, "h%d", round % 7).p)
					 : scope_listed(jenkins, "", w.api, round % 2 ? w.web : 0);

	return scope_by(from(w.mem, 'm'), s);
}

static int admin_rebinds(int round)
{
	return rebind_by(ann_asks(), rebind_of(some_handle(), round % 2 ? jenkins : anns));
}

/* Others take most handles away before their undo: now and then there is a new one. */
static int admin_undoes(int round)
{
	int64_t handle = some_handle();

	if (round % 4 == 0 && rebind_by(ann_asks(), rebind_of(handle, round % 8 ? jenkins : anns)) == E_CORRUPT)
		return E_CORRUPT;
	return rebind_by(ann_asks(), undo_of(handle));
}

static int owner_takes_back(int round)
{
	struct scope s = own_of(w.mem);
	struct actor mem = actor_of(w.mem);

	return round % 3 ? store_scope_withdraw(t.web, t.a, &s, &mem, jenkins, w.acme) : take_out(jenkins);
}

static int owner_comes_and_goes(int round)
{
	return grant_by(PEER_WEB, ann_asks(), role_grant(w.mem, round % 2 ? ROLE_MEMBER : ROLE_NONE));
}

/* An account integration that is bound, takes over another's handle, and is deleted. */
static int one_is_deleted(int round)
{
	struct own_delete d = {.id = own_new(w.ann, arena_printf(t.a, "short lived %d", round).p), .version = 1,
			       .shown = SPAN_NONE};
	struct scope s = own_of(w.ann);
	struct actor ann = actor_of(w.ann);
	int rc = scope_by(ann_asks(), scope_of(d.id, arena_printf(t.a, "s%d", round).p));

	if (rc == OK)
		rc = rebind_by(ann_asks(), rebind_of(some_handle(), d.id));
	return rc == E_BUG || rc == E_CORRUPT ? rc : store_own_delete(t.web, t.a, &s, &ann, &d);
}

static int (*const RIVAL[RIVALS])(int) = {
	owner_grants,	  admin_rebinds,	admin_undoes,
	owner_takes_back, owner_comes_and_goes, one_is_deleted,
};

struct tally {
	int ready;
	int ok[RIVALS], refused[RIVALS], unavailable[RIVALS];
};

static int rival(int k, void *arg)
{
	struct tally *y = arg;

	v.db = t.vault = connect_as("signet_vault");
	t.web = connect_as("signet_web");
	t.sql = sql_connect("signet_test");
	v.arena = t.a;
	__atomic_add_fetch(&y->ready, 1, __ATOMIC_SEQ_CST);
	wait_for(&y->ready, RIVALS);
	for (int round = 0; round < ROUNDS; round++) {
		int rc = RIVAL[k](round);
		if (rc == E_BUG || rc == E_CORRUPT || rc == E_RETRY)
			return rc;
		++*(rc == OK ? &y->ok[k] : rc == E_UNAVAILABLE ? &y->unavailable[k] : &y->refused[k]);
	}
	return OK;
}

/* Rule 11, as the database has it. */
static void nothing_is_stranded(void)
{
	struct vault_check c;

	ck_assert_int_gt(chains_check(), 0);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM integration i LEFT JOIN binding b ON b.integration_id"
				    " = i.id WHERE i.bound <> (b.integration_id IS NOT NULL) OR"
				    " i.subscription_id <> b.subscription_id"), 0);
	/* a consent in use has a handle, a released one has none, but an undo */
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM scope_grant g WHERE (g.released_until IS NULL) <>"
				    " EXISTS (SELECT 1 FROM binding b WHERE b.account_integration_id ="
				    " g.integration_id AND b.subscription_id = g.subscription_id)"), 0);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM scope_grant g WHERE g.released_until IS NOT NULL AND"
				    " NOT EXISTS (SELECT 1 FROM binding b WHERE b.undo_integration_id ="
				    " g.integration_id AND b.subscription_id = g.subscription_id)"), 0);
	/* who has no role has left, and nobody else */
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM departure d JOIN role r USING (account_id,"
				    " subscription_id)"), 0);
	c = check_all();
	ck_assert_msg(c.good == c.checked, "%ld rows, %ld good; first fault: row %d, why %d", (long)c.checked,
		      (long)c.good, (int)c.faults[0].row, (int)c.faults[0].why);
}

START_TEST(all_at_once)
{
	struct tally *y = shared_new(sizeof(*y));
	int codes[CHILDREN_MAX];

	bound_make(from(w.mem, 'm'), scope_of(jenkins, "first"));
	bound_make(ann_asks(), scope_of(anns, "second"));
	children_run(RIVALS, rival, y, codes);
	for (int k = 0; k < RIVALS; k++) {
		ck_assert_msg(codes[k] == OK, "rival %d: %s", k, err_text(codes[k]));
		/* each had its way now and then */
		ck_assert_msg(y->ok[k] > 0, "rival %d: %d refused, %d unavailable", k, y->refused[k],
			      y->unavailable[k]);
	}
	nothing_is_stranded();
}
END_TEST

Suite *store_ties_rivals_suite(void)
{
	Suite *s = suite_create("store_ties_rivals");
	TCase *c = tcase_create("rivals");

	tcase_add_checked_fixture(c, ties_world_set_up, store_tear_down);
	tcase_set_timeout(c, 240);
	tcase_add_test(c, what_left_meanwhile_stays);
	tcase_add_test(c, all_at_once);
	suite_add_tcase(s, c);
	return s;
}
