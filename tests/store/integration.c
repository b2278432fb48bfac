/* integration.c: reading integrations within a scope: lists, pages, visibility. */
#include "store/fixture.h"

#include "store/integration.h"
#include "store/integration_list.h"

static struct world w;
static int64_t all, on_api, on_web, on_both, on_none, foreign;

static int64_t listed(const char *name, const int64_t *projects, size_t n)
{
	int64_t id = integration_make(&w, name);

	sql_run("UPDATE integration SET all_projects = 0 WHERE id = %ld", id);
	for (size_t k = 0; k < n; k++)
		sql_run("INSERT INTO integration_project VALUES (%ld, %ld)", id, projects[k]);
	return id;
}

static void integration_set_up(void)
{
	struct integration_change c;

	store_set_up();
	world_make(&w);
	c = change_named("all");
	all = integration_make(&w, "all");
	on_api = listed("on api", (int64_t[]){w.api}, 1);
	on_web = listed("on web", (int64_t[]){w.web}, 1);
	on_both = listed("on both", (int64_t[]){w.web, w.api}, 2);
	on_none = listed("on none", NULL, 0);
	c.uid = uid_of(1000);
	ck_assert_int_eq(store_integration_create(t.web, t.a, &w.foreign, &w.actor, &c, &foreign), OK);
}

/* The names on one page, "," between. */
static const char *page(const struct scope *s, struct span after, int64_t limit)
{
	struct buf out = BUF_INIT;
	struct integration_row *list;
	const char *text;
	size_t n;

	ck_assert_int_eq(list_by_name(s, after, limit, &list, &n), OK);
	for (size_t k = 0; k < n; k++) {
		buf_puts(&out, k ? "," : "");
		buf_put(&out, list[k].name);
	}
	text = arena_str(t.a, buf_span(&out));
	buf_release(&out);
	return text;
}

static int64_t count(const struct scope *s)
{
	return list_count(s);
}

START_TEST(who_sees_what)
{
	struct scope stranger = {.subscription_id = w.acme, .account_id = w.eve, .role = ROLE_NONE};
	struct scope elsewhere = w.collaborator;

	ck_assert_str_eq(page(&w.admin, SPAN(""), 50), "all,on api,on both,on none,on web");
	ck_assert_str_eq(page(&w.member, SPAN(""), 50), "all,on api,on both,on none,on web");
	ck_assert_str_eq(page(&w.collaborator, SPAN(""), 50), "all,on api,on both");
	ck_assert_str_eq(page(&w.foreign, SPAN(""), 50), "all");
	ck_assert_int_eq(count(&w.admin), 5);
	ck_assert_int_eq(count(&w.member), 5);
	ck_assert_int_eq(count(&w.collaborator), 3);
	ck_assert_int_eq(count(&w.foreign), 1);
	/* no role, or a collaborator of another subscription's projects */
	ck_assert_str_eq(page(&stranger, SPAN(""), 50), "");
	ck_assert_int_eq(count(&stranger), 0);
	elsewhere.subscription_id = w.globex;
	ck_assert_str_eq(page(&elsewhere, SPAN(""), 50), "");
	ck_assert_int_eq(count(&elsewhere), 0);
}
END_TEST

START_TEST(who_gets_what)
{
	const struct {
		const struct scope *scope;
		int64_t id;
		int rc;
	} ROWS[] = {
		{&w.admin, all, OK},	    {&w.admin, on_none, OK},
		{&w.member, on_web, OK},    {&w.collaborator, all, OK},
		{&w.collaborator, on_api, OK}, {&w.collaborator, on_both, OK},
		{&w.collaborator, on_web, E_NOT_FOUND}, {&w.collaborator, on_none, E_NOT_FOUND},
		{&w.admin, foreign, E_NOT_FOUND}, {&w.collaborator, foreign, E_NOT_FOUND},
		{&w.foreign, all, E_NOT_FOUND}, {&w.foreign, foreign, OK},
		{&w.admin, 0, E_NOT_FOUND}, {&w.admin, -1, E_NOT_FOUND},
		{&w.admin, INT64_MAX, E_NOT_FOUND},
	};

	for (size_t k = 0; k < COUNT(ROWS); k++) {
		struct integration *i;
		int rc = store_integration_get(t.web, t.a, ROWS[k].scope, ROWS[k].id, &i);
		ck_assert_msg(rc == ROWS[k].rc, "row %zu: %s", k, err_text(rc));
		ck_assert(rc != OK || i->id == ROWS[k].id);
	}
}
END_TEST

/* A collaborator learns neither names of projects that they are not named on, nor which. */
START_TEST(hidden_projects)
{
	struct integration_row *list;
	struct integration *i;
	size_t n;

	ck_assert_int_eq(store_integration_get(t.web, t.a, &w.collaborator, on_both, &i), OK);
	ck_assert_uint_eq(i->nprojects, 1);
	ck_assert(span_is(i->projects[0].name, "api") && i->projects[0].chosen);
	ck_assert_int_eq(i->hidden_projects, 1);
	ck_assert_int_eq(store_integration_get(t.web, t.a, &w.member, on_both, &i), OK);
	ck_assert_uint_eq(i->nprojects, 2);
	ck_assert(span_is(i->projects[0].name, "api") && span_is(i->projects[1].name, "web"));
	ck_assert_int_eq(i->hidden_projects, 0);
	ck_assert_int_eq(list_by_name(&w.collaborator, SPAN("on api"), 1, &list,
						&n),
			 OK);
	ck_assert(n == 1 && span_is(list[0].name, "on both") && span_is(list[0].projects, "api"));
	ck_assert_int_eq(list_by_name(&w.admin, SPAN("on api"), 2, &list, &n), OK);
	ck_assert(n == 2 && span_is(list[0].projects, "api\nweb"));
	ck_assert(list[1].projects.n == 0 && !list[1].all_projects);
}
END_TEST

/* A project that goes takes itself off the lists; nobody is stranded: admins still see it. */
START_TEST(project_gone)
{
	sql_run("DELETE FROM collaborator");
	sql_run("DELETE FROM project WHERE id = %ld", w.api);
	ck_assert_int_eq(count(&w.admin), 5);
	ck_assert_int_eq(count(&w.collaborator), 0);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM integration_project"), 2);
}
END_TEST

/* --- pages --- */

static const char *const NAMES[] = {
	/* in the order of their bytes */
	" lead", "%", "A", "B", "Z", "_", "a", "a b", "a!", "aa", "b", "z", "\xC3\x84", "\xC3\xA4",
	"\xE2\x82\xAC", "\xEF\xBC\xA1", "\xF0\x9F\x9A\x80", "\xF0\xA0\x9C\x8E",
};

START_TEST(pages_in_binary_order)
{
	struct span after = SPAN("");
	size_t seen = 0;

	sql_run("DELETE FROM integration");
	for (size_t k = COUNT(NAMES); k-- > 0;)
		integration_make(&w, NAMES[k]);
	for (;;) {
		struct integration_row *list;
		size_t n;
		ck_assert_int_eq(list_by_name(&w.admin, after, 4, &list, &n), OK);
		if (n == 0)
			break;
		ck_assert_uint_le(n, 4);
		for (size_t k = 0; k < n; k++, seen++) {
			ck_assert_uint_lt(seen, COUNT(NAMES));
			ck_assert_msg(span_is(list[k].name, NAMES[seen]), "%zu: %.*s", seen,
				      SPAN_ARG(list[k].name));
		}
		after = list[n - 1].name;
	}
	ck_assert_uint_eq(seen, COUNT(NAMES));
}
END_TEST

/* The next page holds its place though its first entry was deleted, or one was added before it. */
START_TEST(pages_hold_their_place)
{
	ck_assert_str_eq(page(&w.admin, SPAN(""), 2), "all,on api");
	sql_run("DELETE FROM integration WHERE id = %ld", on_api);
	integration_make(&w, "aaa");
	ck_assert_str_eq(page(&w.admin, SPAN("on api"), 2), "on both,on none");
	ck_assert_str_eq(page(&w.collaborator, SPAN("on api"), 2), "on both");
	ck_assert_str_eq(page(&w.admin, SPAN("on web"), 2), "");
	ck_assert_str_eq(page(&w.admin, SPAN("' OR 1=1 -- "), 1), "aaa");
	ck_assert_str_eq(page(&w.admin, SPAN(""), 0), "");
}
END_TEST

/* What lists show of projects, also beyond the server's own limit for joined names. */
START_TEST(many_projects)
{
	struct integration_row *list;
	struct buf want = BUF_INIT;
	size_t n;

	for (int k = 0; k < 400; k++) {
		sql_run("INSERT INTO project (subscription_id, name, created_at) VALUES (%ld,"
			" 'project with a rather long name %03d', 1)", w.acme, k);
		sql_run("INSERT INTO integration_project VALUES (%ld, LAST_INSERT_ID())", on_none);
		buf_printf(&want, "%sproject with a rather long name %03d", k ? "\n" : "", k);
	}
	sql_run("SET GLOBAL group_concat_max_len = 1024"); /* MySQL's default */
	db_close(t.web);
	t.web = connect_as("signet_web");
	ck_assert_int_eq(list_by_name(&w.admin, SPAN("on both"), 1, &list, &n), OK);
	sql_run("SET GLOBAL group_concat_max_len = DEFAULT");
	ck_assert_uint_eq(n, 1);
	ck_assert(span_eq(list[0].projects, buf_span(&want)));
	buf_release(&want);
}
END_TEST

Suite *store_integration_suite(void)
{
	Suite *s = suite_create("store_integration");
	TCase *c = tcase_create("reading");

	tcase_add_checked_fixture(c, integration_set_up, store_tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, who_sees_what);
	tcase_add_test(c, who_gets_what);
	tcase_add_test(c, hidden_projects);
	tcase_add_test(c, project_gone);
	tcase_add_test(c, pages_in_binary_order);
	tcase_add_test(c, pages_hold_their_place);
	tcase_add_test(c, many_projects);
	suite_add_tcase(s, c);
	return s;
}
