/* query_kept.c: answers kept under a subscription's revision: given again while it stays, and never
 * after a change. */
#include "store/fixture.h"

#include "base/buf.h"
#include "store/integration.h"
#include "store/subscription.h"

static struct world w;
static int64_t id;

static const struct stmt NAMES = {
	"SELECT name, url FROM integration WHERE subscription_id = ? AND name > ?"
	" ORDER BY name LIMIT ?",
	"isi", "ss"};

/* Names, "," between. */
static const char *names_at(int64_t subscription, int64_t revision, struct span after,
			    int64_t limit)
{
	struct buf out = BUF_INIT;
	struct span name, url;
	struct rows *rows;
	const char *text;

	ck_assert_int_eq(
		db_select_kept(t.web, t.a, &NAMES, revision, &rows, subscription, after, limit),
		OK);
	while (rows_next(rows, &name, &url)) {
		buf_puts(&out, out.n ? "," : "");
		buf_put(&out, name);
	}
	text = arena_str(t.a, buf_span(&out));
	buf_release(&out);
	return text;
}

/* As a request does: first the revision, then the question. */
static const char *names(struct scope s)
{
	s.revision =
		sql_number("SELECT revision FROM subscription WHERE id = %ld", s.subscription_id);
	ck_assert_int_gt(s.revision, 0);
	return names_at(s.subscription_id, s.revision, SPAN(""), 50);
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
	ck_assert_str_eq(names_at(w.acme, 0, SPAN(""), 50), "one");
	behind_its_back("other");
	ck_assert_str_eq(names_at(w.acme, 0, SPAN(""), 50), "other");
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
	ck_assert_str_eq(names_at(w.acme, 77, SPAN(""), 50), "one");
	ck_assert_str_eq(names_at(w.globex, 77, SPAN(""), 50), "");
	ck_assert_str_eq(names_at(w.acme, 77, SPAN("one"), 50), "");
	ck_assert_str_eq(names_at(w.acme, 77, SPAN(""), 0), "");
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
	struct span name, url;
	struct rows *rows;

	for (int k = 0; k < 60; k++)
		sql_run("INSERT INTO integration (uid, subscription_id, name, type, url, "
			"all_projects,"
			" edit_roles, created_at, changed_at) VALUES (CONCAT('many', %d), %ld,"
			" 'many-%02d', 'jenkins', REPEAT('x', %d), 1, 6, 1, 1)",
			k, w.acme, k, k * 30);
	for (int turn = 0; turn < 3; turn++)
		for (int k = 0; k < 59; k++) {
			struct span after = arena_printf(t.a, "many-%02d", k);
			ck_assert_int_eq(db_select_kept(t.web, t.a, &NAMES, (int64_t)99, &rows,
							w.acme, after, (int64_t)51),
					 OK);
			ck_assert_uint_eq(rows_count(rows), k < 9 ? 51 : (size_t)(60 - k));
			ck_assert(rows_next(rows, &name, &url));
			ck_assert(span_eq(name, arena_printf(t.a, "many-%02d", k + 1)));
			ck_assert_uint_eq(url.n, (size_t)(k + 1) * 30);
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
	tcase_add_test(c, never_across_connections);
	tcase_add_test(c, each_question_by_itself);
	tcase_add_test(c, every_change_is_seen);
	tcase_add_test(c, many_and_large);
	suite_add_tcase(s, c);
	return s;
}
