/* scope_withdraw.c: what the owner of an account integration takes back, and what becomes of the handles. */
#include "store/bound.h"

#include "store/binding.h"
#include "store/scope_withdraw.h"

static struct world w;
static struct actor mem;
static int64_t mems, anns;
static struct scope mine;

static void withdraw_set_up(void)
{
	store_set_up();
	world_make(&w);
	mems = own_make(w.mem, "my jenkins", "jenkins");
	anns = own_make(w.ann, "build", "jenkins");
	mem = (struct actor){w.mem, SPAN("mem"), SPAN("192.0.2.8"), SPAN("8899aabbccddeeff")};
	mine = own_scope(w.mem);
}

static int64_t grants(void)
{
	return sql_number("SELECT COUNT(*) FROM scope_grant");
}

static int64_t handles(void)
{
	return sql_number("SELECT COUNT(*) FROM integration WHERE bound = 1");
}

static int withdraw(const struct scope *s, int64_t integration, int64_t subscription)
{
	return store_scope_withdraw(t.web, t.a, s, &mem, integration, subscription);
}

/* "action object (fields)" of the newest entry of a chain. */
static const char *newest(const char *chain, int64_t id, int back)
{
	return sql_text("SELECT CONCAT(action, ' ', object_id, ' ', object, ' (', fields, ')') FROM audit"
			" WHERE chain = '%s:%ld' ORDER BY seq DESC LIMIT 1 OFFSET %d",
			chain, id, back);
}

START_TEST(withdrawn)
{
	int64_t id = handle_make(mems, w.acme, "jenkins"), revision;
	struct binding b;

	grant_make(mems, w.acme, "*");
	grant_make(mems, w.globex, "*");
	revision = sql_number("SELECT revision FROM subscription WHERE id = %ld", w.acme);
	ck_assert_int_eq(withdraw(&mine, mems, w.acme), OK);
	ck_assert_int_eq(grants(), 1);
	ck_assert_int_eq(handles(), 1);
	ck_assert_int_eq(store_binding_get(t.web, t.a, &w.admin, id, &b), OK);
	ck_assert(b.state == BINDING_WITHDRAWN);
	ck_assert_int_gt(sql_number("SELECT revision FROM subscription WHERE id = %ld", w.acme), revision);
	ck_assert_str_eq(newest("sub", w.acme, 0),
			 arena_printf(t.a, "scope.withdraw %ld my jenkins ()", mems).p);
	ck_assert_str_eq(newest("account", w.mem, 0),
			 arena_printf(t.a, "scope.withdraw %ld my jenkins (acme)", mems).p);
	ck_assert_int_eq(chains_check(), 2);
	/* once */
	ck_assert_int_eq(withdraw(&mine, mems, w.acme), E_CONFLICT);
	ck_assert_int_eq(chains_check(), 2);
}
END_TEST

/* Also after leaving, also in a disabled subscription, also what only an undo could use. */
START_TEST(withdrawn_always)
{
	grant_make(mems, w.acme, "*");
	sql_run("UPDATE scope_grant SET released_until = %d", LATER);
	sql_run("DELETE FROM role WHERE account_id = %ld", w.mem);
	sql_run("UPDATE subscription SET disabled_at = 1 WHERE id = %ld", w.acme);
	ck_assert_int_eq(withdraw(&mine, mems, w.acme), OK);
	ck_assert_int_eq(grants(), 0);
}
END_TEST

START_TEST(not_theirs)
{
	struct scope_removal c = {.integration_id = mems, .subscription_id = w.acme, .any = true};
	struct scope ann = own_scope(w.ann);

	handle_make(mems, w.acme, "jenkins");
	grant_make(mems, w.acme, "*");
	ck_assert_int_eq(withdraw(&ann, mems, w.acme), E_NOT_FOUND);
	ck_assert_int_eq(store_scope_remove(t.web, t.a, &ann, &w.actor, &c), E_NOT_FOUND);
	ck_assert_int_eq(withdraw(&mine, 999999, w.acme), E_NOT_FOUND);
	ck_assert_int_eq(withdraw(&mine, mems, 999999), E_NOT_FOUND);
	ck_assert_int_eq(withdraw(&mine, mems, w.globex), E_CONFLICT); /* nothing granted there */
	/* an org integration is nobody's own */
	ck_assert_int_eq(withdraw(&ann, integration_make(&w, "org"), w.acme), E_NOT_FOUND);
	ck_assert_int_eq(grants(), 1);
	ck_assert_int_eq(handles(), 1);
}
END_TEST

START_TEST(removed)
{
	int64_t one = handle_make(mems, w.acme, "jenkins"), two = handle_make(mems, w.acme, "deploy");
	const int64_t both[] = {one, two};
	struct scope_removal c = {.integration_id = mems,
				  .subscription_id = w.acme,
				  .handles = both,
				  .nhandles = 1};

	handle_make(mems, w.globex, "there");
	handle_make(anns, w.acme, "anns");
	grant_make(mems, w.acme, "*");
	grant_make(mems, w.globex, "*");
	grant_make(anns, w.acme, "*");
	/* the page named one of them */
	ck_assert_int_eq(store_scope_remove(t.web, t.a, &mine, &mem, &c), E_CONFLICT);
	ck_assert(c.stale);
	ck_assert_int_eq(handles(), 4);
	c.nhandles = 2;
	ck_assert_int_eq(store_scope_remove(t.web, t.a, &mine, &mem, &c), OK);
	ck_assert_int_eq(handles(), 2);
	ck_assert_int_eq(grants(), 2);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM binding"), 2);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM integration WHERE id = %ld", mems), 1);
	ck_assert_str_eq(newest("sub", w.acme, 2),
			 arena_printf(t.a, "binding.delete %ld jenkins (from mem)", one).p);
	ck_assert_str_eq(newest("sub", w.acme, 0),
			 arena_printf(t.a, "scope.withdraw %ld my jenkins ()", mems).p);
	ck_assert_str_eq(newest("account", w.mem, 1),
			 arena_printf(t.a, "binding.delete %ld my jenkins (acme / deploy)", mems).p);
	ck_assert_int_eq(chains_check(), 6);
	/* there is nothing left to take out */
	c.any = true;
	ck_assert_int_eq(store_scope_remove(t.web, t.a, &mine, &mem, &c), E_CONFLICT);
	ck_assert(!c.stale);
}
END_TEST

/* Withdrawn before: the handles go, and there is no consent to end. */
START_TEST(removed_after_withdrawal)
{
	struct scope_removal c = {.integration_id = mems, .subscription_id = w.acme, .any = true};

	handle_make(mems, w.acme, "jenkins");
	ck_assert_int_eq(store_scope_remove(t.web, t.a, &mine, &mem, &c), OK);
	ck_assert_int_eq(handles(), 0);
	ck_assert_int_eq(chains_check(), 2);
}
END_TEST

START_TEST(removed_by_somebody_who_left)
{
	struct scope_removal c = {.integration_id = mems, .subscription_id = w.acme, .any = true};

	handle_make(mems, w.acme, "jenkins");
	grant_make(mems, w.acme, "*");
	sql_run("UPDATE subscription SET disabled_at = 1 WHERE id = %ld", w.acme);
	ck_assert_int_eq(store_scope_remove(t.web, t.a, &mine, &mem, &c), E_DENIED);
	ck_assert_int_eq(grants(), 1);
	sql_run("UPDATE subscription SET disabled_at = NULL");
	sql_run("DELETE FROM role WHERE account_id = %ld", w.mem);
	ck_assert_int_eq(store_scope_remove(t.web, t.a, &mine, &mem, &c), OK);
	ck_assert_int_eq(grants(), 0);
	ck_assert_int_eq(handles(), 1); /* stays, for an admin */
}
END_TEST

/* mem's consent was released for the undo of a handle that goes: nothing can use it any more. */
START_TEST(released_goes_with_the_undo)
{
	int64_t one = handle_make(anns, w.acme, "one"), two = handle_make(anns, w.acme, "two");
	struct scope ann = own_scope(w.ann);
	struct scope_removal c = {.integration_id = anns, .subscription_id = w.acme, .any = true};

	grant_make(mems, w.acme, "*");
	grant_make(anns, w.acme, "*");
	rebound_from(one, mems);
	rebound_from(two, mems);
	ck_assert_int_eq(grants(), 2);
	ck_assert_int_eq(store_scope_remove(t.web, t.a, &ann, &w.actor, &c), OK);
	ck_assert_int_eq(grants(), 0);
	ck_assert_str_eq(newest("account", w.mem, 0),
			 arena_printf(t.a, "scope.withdraw %ld my jenkins (acme)", mems).p);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM audit WHERE action = 'scope.withdraw'"), 4);
	ck_assert_int_gt(chains_check(), 0);
}
END_TEST

static struct lock_work {
	int64_t handle;
	int rc;
} work;

static int delete_one(struct db *db, void *arg)
{
	struct lock_work *k = arg;
	struct scope_lock l;

	TRY(store_scope_lock(db, t.a, mems, w.acme, &l));
	ck_assert(span_is(l.name, "my jenkins") && span_is(l.login, "mem") && span_is(l.slug, "acme"));
	TRY(store_scope_handle_delete(db, t.a, &w.actor, &l, k->handle));
	return store_scope_end_unused(db, t.a, &w.actor, &l);
}

/* The consent goes with the last handle. */
START_TEST(with_the_last)
{
	int64_t one = handle_make(mems, w.acme, "one"), two = handle_make(mems, w.acme, "two");

	grant_make(mems, w.acme, "*");
	work.handle = one;
	ck_assert_int_eq(db_transaction(t.web, delete_one, &work), OK);
	ck_assert_int_eq(grants(), 1);
	ck_assert_int_eq(db_transaction(t.web, delete_one, &work), E_NOT_FOUND);
	work.handle = two;
	ck_assert_int_eq(db_transaction(t.web, delete_one, &work), OK);
	ck_assert_int_eq(grants(), 0);
	ck_assert_int_eq(handles(), 0);
	work.handle = handle_make(anns, w.acme, "anns"); /* leads elsewhere */
	ck_assert_int_eq(db_transaction(t.web, delete_one, &work), E_NOT_FOUND);
	ck_assert_int_eq(handles(), 1);
}
END_TEST

/* Two windows at once: one withdraws, the other is told. */
static int rival(int k, void *arg)
{
	struct db *db = connect_as("signet_web");

	(void)k, (void)arg;
	return store_scope_withdraw(db, t.a, &mine, &mem, mems, w.acme);
}

START_TEST(once_among_rivals)
{
	int codes[CHILDREN_MAX], done = 0;

	grant_make(mems, w.acme, "*");
	children_run(CHILDREN_MAX, rival, NULL, codes);
	for (int k = 0; k < CHILDREN_MAX; k++) {
		ck_assert(codes[k] == OK || codes[k] == E_CONFLICT);
		done += codes[k] == OK;
	}
	ck_assert_int_eq(done, 1);
	ck_assert_int_eq(chains_check(), 2);
}
END_TEST

Suite *store_scope_withdraw_suite(void)
{
	TCase *c;
	Suite *s = suite_create("store_scope_withdraw");

	c = tcase_create("scope_withdraw");
	tcase_add_checked_fixture(c, withdraw_set_up, store_tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, withdrawn);
	tcase_add_test(c, withdrawn_always);
	tcase_add_test(c, not_theirs);
	tcase_add_test(c, removed);
	tcase_add_test(c, removed_after_withdrawal);
	tcase_add_test(c, removed_by_somebody_who_left);
	tcase_add_test(c, released_goes_with_the_undo);
	tcase_add_test(c, with_the_last);
	tcase_add_test(c, once_among_rivals);
	suite_add_tcase(s, c);
	return s;
}
