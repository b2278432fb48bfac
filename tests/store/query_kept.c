/* query_kept.c: answers kept under a subscription's revision: given again while it stays, and never
 * after a change. */
#include "store/fixture.h"

#include "base/buf.h"
#include "store/integration.h"
#include "store/subscription.h"

static struct world w;
static int64_t id;

/* As a request does: first the revision, then the question. Names, "," between. */
static const char *names(struct scope s)
{
	struct buf out = BUF_INIT;
	struct integration_row *list;
	const char *text;
	int64_t total;
	size_t n;

	s.revision = sql_number("SELECT revision FROM subscription WHERE id = %ld", s.subscription_id);
	ck_assert_int_gt(s.revision, 0);
	ck_assert_int_eq(store_integration_list(t.web, t.a, &s, SPAN(""), 50, &list, &n), OK);
	ck_assert_int_eq(store_integration_count(t.web, t.a, &s, &total), OK);
	ck_assert_int_eq(total, (int64_t)n);
	for (size_t k = 0; k < n; k++) {
		buf_puts(&out, k ? "," : "");
		buf_put(&out, list[k].name);
	}
	text = arena_str(t.a, buf_span(&out));
	buf_release(&out);
	return text;
}

static void query_kept_set_up(void)
{
	store_set_up();
	world_make(&w);
	id = integration_make(&w, "one");
	ck_assert_str_eq(names(w.admin), "one");
}

static void behind_its_back(const char *name)
{
	sql_run("UPDATE integration SET name = '%s' WHERE id = %ld", name, id);
}

START_TEST(given_again_under_one_revision)
{
	behind_its_back("other");
	ck_assert_str_eq(names(w.admin), "one");
	ck_assert_str_eq(names(w.member), "one");
	sql_run("UPDATE subscription SET revision = revision + 1 WHERE id = %ld", w.acme);
	ck_assert_str_eq(names(w.admin), "other");
}
END_TEST

START_TEST(never_without_a_revision)
{
	struct integration_row *list;
	size_t n;

	behind_its_back("other");
	ck_assert_int_eq(store_integration_list(t.web, t.a, &w.admin, SPAN(""), 50, &list, &n), OK);
	ck_assert_uint_eq(n, 1);
	ck_assert(span_is(list[0].name, "other"));
}
END_TEST

START_TEST(never_for_collaborators)
{
	ck_assert_str_eq(names(w.collaborator), "one");
	behind_its_back("other");
	ck_assert_str_eq(names(w.collaborator), "other");
}
END_TEST

START_TEST(never_across_connections)
{
	behind_its_back("other");
	sql_run("KILL %ld", connection_of(t.web));
	ck_assert_int_eq(db_raw(t.web, "DO 1"), E_UNAVAILABLE);
	ck_assert_str_eq(names(w.admin), "other");
}
END_TEST

START_TEST(each_question_by_itself)
{
	struct scope s = w.admin, foreign = w.foreign;
	struct integration_row *list;
	size_t n;

	s.revision = foreign.revision = 77;
	ck_assert_int_eq(store_integration_list(t.web, t.a, &s, SPAN(""), 50, &list, &n), OK);
	ck_assert_uint_eq(n, 1);
	ck_assert_int_eq(store_integration_list(t.web, t.a, &foreign, SPAN(""), 50, &list, &n), OK);
	ck_assert_uint_eq(n, 0);
	ck_assert_int_eq(store_integration_list(t.web, t.a, &s, SPAN("one"), 50, &list, &n), OK);
	ck_assert_uint_eq(n, 0);
	ck_assert_int_eq(store_integration_list(t.web, t.a, &s, SPAN(""), 0, &list, &n), OK);
	ck_assert_uint_eq(n, 0);
}
END_TEST

/* What changes a subscription's things is seen by the next request. */
START_TEST(every_change_is_seen)
{
	struct project gone = {.id = w.web, .chosen = true};
	struct integration_change c = change_named("two");
	int64_t second;

	ck_assert_int_eq(store_integration_create(t.web, t.a, &w.admin, &w.actor, &c, &second), OK);
	ck_assert_str_eq(names(w.member), "one,two");
	c = change_named("renamed");
	c.id = second;
	c.version = 1;
	c.projects = &gone;
	c.nprojects = 1;
	ck_assert_int_eq(store_integration_edit(t.web, t.a, &w.admin, &w.actor, &c), OK);
	ck_assert_str_eq(names(w.member), "one,renamed");
	ck_assert_int_eq(integration_delete(&w, &w.admin, id), OK);
	ck_assert_str_eq(names(w.member), "renamed");
}
END_TEST

/* Many answers share few places, and large ones have none. */
START_TEST(many_and_large)
{
	struct scope s = w.admin;
	struct integration_row *list;
	size_t n;

	for (int k = 0; k < 60; k++)
		sql_run("INSERT INTO integration (uid, subscription_id, name, type, url, all_projects,"
			" edit_roles, created_at, changed_at) VALUES (CONCAT('many', %d), %ld,"
			" 'many-%02d', 'jenkins', REPEAT('x', %d), 1, 6, 1, 1)",
			k, w.acme, k, k * 30);
	s.revision = 99;
	for (int turn = 0; turn < 3; turn++)
		for (int k = 0; k < 60; k++) {
			struct span after = arena_printf(t.a, "many-%02d", k);
			ck_assert_int_eq(store_integration_list(t.web, t.a, &s, after, 51, &list, &n),
					 OK);
			ck_assert_uint_eq(n, k < 9 ? 51 : (size_t)(60 - k));
			if (k < 59) {
				ck_assert(span_eq(list[0].name, arena_printf(t.a, "many-%02d", k + 1)));
				ck_assert_uint_eq(list[0].url.n, (size_t)(k + 1) * 30);
			}
			ck_assert_uint_eq(list[n - 1].projects.n, 0);
		}
}
END_TEST

Suite *store_query_kept_suite(void)
{
	Suite *s = suite_create("store_query_kept");
	TCase *c = tcase_create("kept");

	tcase_add_checked_fixture(c, query_kept_set_up, store_tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, given_again_under_one_revision);
	tcase_add_test(c, never_without_a_revision);
	tcase_add_test(c, never_for_collaborators);
	tcase_add_test(c, never_across_connections);
	tcase_add_test(c, each_question_by_itself);
	tcase_add_test(c, every_change_is_seen);
	tcase_add_test(c, many_and_large);
	suite_add_tcase(s, c);
	return s;
}
