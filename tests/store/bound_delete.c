/* bound_delete.c: a subscription deletes a bound integration: what goes with it, what stays, who may. */
#include "store/bound.h"

#include "store/bound_delete.h"

static struct world w;
static int64_t mems, id;

static void delete_set_up(void)
{
	store_set_up();
	world_make(&w);
	mems = own_make(w.mem, "my jenkins", "jenkins");
	grant_make(mems, w.acme, "*");
	grant_make(mems, w.globex, "*");
	id = handle_make(mems, w.acme, "jenkins");
}

static int delete(const struct scope *s, int64_t which, int64_t version)
{
	struct integration_change c = {.id = which, .version = version};
	int rc = store_integration_delete(t.web, t.a, s, &w.actor, &c);

	ck_assert(c.stale == (rc == E_CONFLICT));
	ck_assert(c.refused == (rc == E_DENIED));
	return rc;
}

static int64_t version(int64_t which)
{
	return sql_number("SELECT version FROM integration WHERE id = %ld", which);
}

static const char *newest(const char *chain, int64_t of, int back)
{
	return sql_text("SELECT CONCAT(action, ' ', object_id, ' ', object, ' (', fields, ')') FROM audit"
			" WHERE chain = '%s:%ld' ORDER BY seq DESC LIMIT 1 OFFSET %d",
			chain, of, back);
}

START_TEST(last_one)
{
	int64_t revision = sql_number("SELECT revision FROM subscription WHERE id = %ld", w.acme);

	ck_assert_int_eq(delete(&w.admin, id, version(id)), OK);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM integration WHERE bound = 1"), 0);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM binding"), 0);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM scope_grant WHERE subscription_id = %ld", w.acme), 0);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM scope_grant WHERE subscription_id = %ld", w.globex), 1);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM integration WHERE id = %ld", mems), 1);
	ck_assert_int_gt(sql_number("SELECT revision FROM subscription WHERE id = %ld", w.acme), revision);
	ck_assert_str_eq(newest("sub", w.acme, 1), arena_printf(t.a, "binding.delete %ld jenkins (from mem)", id).p);
	ck_assert_str_eq(newest("sub", w.acme, 0), arena_printf(t.a, "scope.withdraw %ld my jenkins ()", mems).p);
	ck_assert_str_eq(newest("account", w.mem, 1),
			 arena_printf(t.a, "binding.delete %ld my jenkins (acme / jenkins)", mems).p);
	ck_assert_str_eq(newest("account", w.mem, 0), arena_printf(t.a, "scope.withdraw %ld my jenkins (acme)", mems).p);
	ck_assert_int_eq(chains_check(), 4);
	ck_assert_int_eq(delete(&w.admin, id, 1), E_NOT_FOUND);
}
END_TEST

START_TEST(one_of_two)
{
	int64_t other = handle_make(mems, w.acme, "jenkins 2");

	ck_assert_int_eq(delete(&w.admin, other, version(other)), OK);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM scope_grant WHERE subscription_id = %ld", w.acme), 1);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM binding WHERE integration_id = %ld", id), 1);
}
END_TEST

/* Its owner deleted what it leads to: nothing of theirs is there to lock. */
START_TEST(erased)
{
	sql_run("DELETE FROM integration WHERE id = %ld", mems);
	ck_assert_int_eq(delete(&w.admin, id, version(id)), OK);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM binding"), 0);
	ck_assert_str_eq(newest("sub", w.acme, 0), arena_printf(t.a, "binding.delete %ld jenkins (from mem)", id).p);
	ck_assert_int_eq(chains_check(), 2);
}
END_TEST

START_TEST(refused)
{
	struct scope admin = w.admin;

	ck_assert_int_eq(delete(&w.admin, id, version(id) + 1), E_CONFLICT);
	ck_assert_int_eq(delete(&w.foreign, id, version(id)), E_NOT_FOUND);
	sql_run("UPDATE role SET role = 2 WHERE account_id = %ld", admin.account_id);
	ck_assert_int_eq(delete(&admin, id, version(id)), E_DENIED);
	sql_run("DELETE FROM role WHERE account_id = %ld", admin.account_id);
	ck_assert_int_eq(delete(&admin, id, version(id)), E_NOT_FOUND);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM binding"), 1);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM scope_grant"), 2);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM audit"), 0);
}
END_TEST

Suite *store_bound_delete_suite(void)
{
	Suite *s = suite_create("store_bound_delete");
	TCase *c = tcase_create("bound_delete");

	tcase_add_checked_fixture(c, delete_set_up, store_tear_down);
	tcase_add_test(c, last_one);
	tcase_add_test(c, one_of_two);
	tcase_add_test(c, erased);
	tcase_add_test(c, refused);
	suite_add_tcase(s, c);
	return s;
}
