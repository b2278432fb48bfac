/* leaver.c: whose integrations in a subscription need another owner. */
#include "store/bound.h"

#include "store/leaver.h"
#include "store/subscription.h"

static struct world w;
static int64_t mems, anns;

static void leaver_set_up(void)
{
	store_set_up();
	world_make(&w);
	sql_run("UPDATE account SET name = 'Mem Ber' WHERE id = %ld", w.mem);
	mems = own_make(w.mem, "my jenkins", "jenkins");
	anns = own_make(w.ann, "build", "jenkins");
	handle_make(mems, w.acme, "one");
	handle_make(mems, w.acme, "two");
	handle_make(anns, w.acme, "three");
	grant_make(mems, w.acme, "*");
	grant_make(anns, w.acme, "*");
}

/* "Mem Ber (mem) 2, ann 1" */
static const char *leavers(const struct scope *s)
{
	struct span text = SPAN("");
	struct leaver *list;
	size_t n;

	ck_assert_int_eq(store_leaver_list(t.web, t.a, s, 10, &list, &n), OK);
	for (size_t k = 0; k < n; k++)
		text = arena_printf(t.a, "%.*s%s%.*s %d", SPAN_ARG(text), k ? ", " : "",
				    SPAN_ARG(list[k].who), (int)list[k].bindings);
	return text.p;
}

START_TEST(who_left_or_withdrew)
{
	ck_assert_str_eq(leavers(&w.admin), "");
	sql_run("DELETE FROM role WHERE account_id = %ld", w.mem);
	ck_assert_str_eq(leavers(&w.admin), "Mem Ber (mem) 2");
	ck_assert_str_eq(leavers(&w.foreign), "");
	sql_run("DELETE FROM scope_grant WHERE integration_id = %ld", anns);
	ck_assert_str_eq(leavers(&w.admin), "Mem Ber (mem) 2, ann 1");
	/* a consent that waits for an undo is none that is in use */
	grant_make(anns, w.acme, "*");
	sql_run("UPDATE scope_grant SET released_until = %d WHERE integration_id = %ld", LATER, anns);
	ck_assert_str_eq(leavers(&w.admin), "Mem Ber (mem) 2, ann 1");
	/* what its owner deleted */
	sql_run("DELETE FROM integration WHERE id = %ld", mems);
	ck_assert_str_eq(leavers(&w.admin), "Mem Ber (mem) 2, ann 1");
}
END_TEST

START_TEST(a_disabled_account_has_left)
{
	sql_run("UPDATE account SET disabled_at = 1 WHERE id = %ld", w.mem);
	ck_assert_str_eq(leavers(&w.admin), "Mem Ber (mem) 2");
	sql_run("UPDATE account SET disabled_at = NULL WHERE id = %ld", w.mem);
	ck_assert_str_eq(leavers(&w.admin), "");
	/* who paused theirs is still here */
	sql_run("UPDATE integration SET disabled_at = 1 WHERE id = %ld", mems);
	ck_assert_str_eq(leavers(&w.admin), "");
}
END_TEST

START_TEST(an_account_is_shown_where_it_has_to_do_with)
{
	struct leaver_account a;

	ck_assert_int_eq(store_leaver_get(t.web, t.a, &w.admin, w.mem, &a), OK);
	ck_assert(span_is(a.who, "Mem Ber (mem)") && a.role == ROLE_MEMBER && !a.disabled);
	sql_run("DELETE FROM role WHERE account_id = %ld", w.mem);
	sql_run("UPDATE account SET disabled_at = 1 WHERE id = %ld", w.mem);
	ck_assert_int_eq(store_leaver_get(t.web, t.a, &w.admin, w.mem, &a), OK);
	ck_assert(a.role == ROLE_NONE && a.disabled);
	ck_assert_int_eq(store_leaver_get(t.web, t.a, &w.admin, w.eve, &a), E_NOT_FOUND);
	ck_assert_int_eq(store_leaver_get(t.web, t.a, &w.foreign, w.mem, &a), E_NOT_FOUND);
	ck_assert_int_eq(store_leaver_get(t.web, t.a, &w.admin, 999999, &a), E_NOT_FOUND);
	sql_run("DELETE FROM integration WHERE bound = 1");
	ck_assert_int_eq(store_leaver_get(t.web, t.a, &w.admin, w.mem, &a), E_NOT_FOUND);
}
END_TEST

START_TEST(grace)
{
	int64_t days;

	ck_assert_int_eq(store_subscription_grace(t.web, t.a, &w.admin, &days), OK);
	ck_assert_int_eq(days, 30);
	w.admin.subscription_id = 999999;
	ck_assert_int_eq(store_subscription_grace(t.web, t.a, &w.admin, &days), E_NOT_FOUND);
}
END_TEST

START_TEST(statements)
{
	static const struct stmt_table *const TABLES[] = {&STORE_LEAVER};

	ck_assert_int_eq(db_self_test(t.web, TABLES, COUNT(TABLES)), OK);
}
END_TEST

Suite *store_leaver_suite(void)
{
	Suite *s = suite_create("store_leaver");
	TCase *c = tcase_create("leaver");

	tcase_add_checked_fixture(c, leaver_set_up, store_tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, who_left_or_withdrew);
	tcase_add_test(c, a_disabled_account_has_left);
	tcase_add_test(c, an_account_is_shown_where_it_has_to_do_with);
	tcase_add_test(c, grace);
	tcase_add_test(c, statements);
	suite_add_tcase(s, c);
	return s;
}
