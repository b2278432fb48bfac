/* integration_list.c: lists: what they hold, in which order, page by page while rows come and go. */
#include "store/fixture.h"

#include <stdio.h>

#include "base/buf.h"
#include "store/integration_list.h"

static struct world w;

static void list_set_up(void)
{
	store_set_up();
	world_make(&w);
}

/* One of every third type, changed in an order of its own. */
static void put(int64_t sub, const char *name, const char *url, int k)
{
	static const char *const TYPES[] = {"jenkins", "github", "slackKey"};

	sql_run("INSERT INTO integration (uid, subscription_id, name, type, url, all_projects, edit_roles,"
		" created_at, changed_at) VALUES (UNHEX(MD5('%s%ld')), %ld, '%s', '%s', '%s', 1, 6, 1, %d)",
		name, sub, sub, name, TYPES[k % 3], url, 1000 + k * 7 % 40 / 2);
}

static void put_many(int n)
{
	char name[32], url[64];

	for (int k = 0; k < n; k++) {
		snprintf(name, sizeof(name), "row %02d", k);
		snprintf(url, sizeof(url), "https://h%d.example/p", k);
		put(w.acme, name, url, k);
		put(w.globex, name, url, k);
	}
}

static struct integration_query all(enum integration_sort sort)
{
	return (struct integration_query){
		.search = SPAN(""), .type = SPAN(""), .sort = sort, .limit = 1000};
}

/* Names, "," between. */
static const char *names(const struct scope *s, const struct integration_query *q)
{
	struct buf out = BUF_INIT;
	struct integration_row *list;
	const char *text;
	int64_t total;
	size_t n;

	ck_assert_int_eq(store_integration_list(t.web, t.a, s, q, &list, &n), OK);
	for (size_t k = 0; k < n; k++) {
		buf_puts(&out, k ? "," : "");
		buf_put(&out, list[k].name);
	}
	if (!q->from) {
		ck_assert_int_eq(store_integration_count(t.web, t.a, s, q, &total), OK);
		ck_assert_int_eq(total, (int64_t)n);
	}
	text = arena_str(t.a, buf_span(&out));
	buf_release(&out);
	return text;
}

static const char *found(const struct scope *s, const char *text)
{
	struct integration_query q = all(SORT_NAME);

	q.search = span_str(text);
	return names(s, &q);
}

START_TEST(search)
{
	put(w.acme, "Docker Hub", "https://index.docker.example/v1/", 0);
	put(w.acme, "100%_real|x", "https://a.example/x_y", 1);
	put(w.acme, "back\\\\slash", "https://b.example/%41", 2);
	put(w.acme, "\xC3\x9C" "ber", "https://c.example", 3);
	ck_assert_str_eq(found(&w.admin, "docker"), "Docker Hub");
	ck_assert_str_eq(found(&w.admin, "DOCKER.EXAMPLE/V1"), "Docker Hub");
	ck_assert_str_eq(found(&w.admin, "\xC3\xBC" "BER"), "\xC3\x9C" "ber");
	/* every character means itself */
	ck_assert_str_eq(found(&w.admin, "%"), "100%_real|x,back\\slash");
	ck_assert_str_eq(found(&w.admin, "_"), "100%_real|x");
	ck_assert_str_eq(found(&w.admin, "|"), "100%_real|x");
	ck_assert_str_eq(found(&w.admin, "\\"), "back\\slash");
	ck_assert_str_eq(found(&w.admin, "%41"), "back\\slash");
	ck_assert_str_eq(found(&w.admin, "' OR 1=1 -- "), "");
	ck_assert_str_eq(found(&w.admin, "hub\nhttps"), "Docker Hub");
}
END_TEST

/* A URL is found by those who see it, and by nobody else. */
START_TEST(search_and_urls)
{
	put(w.acme, "open", "https://where.example", 0);
	put(w.acme, "admins", "https://where.example", 1);
	sql_run("UPDATE integration SET edit_roles = 7 WHERE name = 'open'");
	sql_run("UPDATE integration SET edit_roles = 4 WHERE name = 'admins'");
	ck_assert_str_eq(found(&w.admin, "where"), "admins,open");
	ck_assert_str_eq(found(&w.member, "where"), "open");
	ck_assert_str_eq(found(&w.collaborator, "where"), "open");
	ck_assert_str_eq(found(&w.member, "admins"), "admins");
	ck_assert_str_eq(found(&w.member, "s\nhttp"), "");
}
END_TEST

START_TEST(scopes)
{
	for (enum integration_sort sort = SORT_NAME; sort < SORTS; sort++) {
		struct integration_query q = all(sort);
		struct scope nobody = w.foreign;

		ck_assert_str_eq(names(&w.foreign, &q), "");
		nobody.subscription_id = w.acme;
		nobody.role = ROLE_COLLABORATOR;
		ck_assert_str_eq(names(&nobody, &q), "");
	}
	put(w.acme, "ours", "https://a.example", 0);
	put(w.globex, "theirs", "https://a.example", 0);
	ck_assert_str_eq(found(&w.admin, "example"), "ours");
	ck_assert_str_eq(found(&w.foreign, "example"), "theirs");
}
END_TEST

/* What none of their projects may use is not there, whatever is asked for. */
START_TEST(collaborators)
{
	put(w.acme, "everywhere", "https://a.example", 0);
	put(w.acme, "on api", "https://a.example", 0);
	put(w.acme, "on web", "https://a.example", 0);
	sql_run("UPDATE integration SET all_projects = 0, edit_roles = 7 WHERE name LIKE 'on %%'");
	sql_run("INSERT INTO integration_project SELECT i.id, p.id FROM integration i JOIN project p"
		" ON i.name = CONCAT('on ', p.name)");
	for (enum integration_sort sort = SORT_NAME; sort < SORTS; sort++) {
		struct integration_query q = all(sort);

		ck_assert_uint_eq(strlen(names(&w.admin, &q)), strlen("everywhere,on api,on web"));
		ck_assert_uint_eq(strlen(names(&w.collaborator, &q)), strlen("everywhere,on api"));
	}
	ck_assert_str_eq(found(&w.collaborator, "on"), "on api");
	sql_run("DELETE FROM collaborator");
	ck_assert_str_eq(found(&w.collaborator, ""), "");
}
END_TEST

START_TEST(filters)
{
	struct integration_query q = all(SORT_NAME);

	put_many(6);
	sql_run("UPDATE integration SET disabled_at = 5 WHERE name = 'row 01'");
	q.type = SPAN("github");
	ck_assert_str_eq(names(&w.admin, &q), "row 01,row 04");
	q.state = STATE_ENABLED;
	ck_assert_str_eq(names(&w.admin, &q), "row 04");
	q.state = STATE_DISABLED;
	ck_assert_str_eq(names(&w.admin, &q), "row 01");
	q.search = SPAN("h4.");
	ck_assert_str_eq(names(&w.admin, &q), "");
	q.state = STATE_ANY;
	ck_assert_str_eq(names(&w.admin, &q), "row 04");
	q.type = SPAN("Github");
	ck_assert_str_eq(names(&w.admin, &q), "");
}
END_TEST

/* Row 0 is named twice, row 1 once. Rows 2 and 5 never were, made at 1; row 3 was until 50; row 4 was made at
 * 60. */
static void put_used(void)
{
	put_many(6);
	sql_run("INSERT INTO name_use VALUES (%ld, 'row 00', 2), (%ld, 'row 03', 7), (%ld, 'other', 1)", w.acme,
		w.globex, w.acme);
	sql_run("INSERT INTO name_use VALUES (%ld, 'row 01', 1)", w.acme);
	sql_run("UPDATE integration SET used_at = 50 WHERE name = 'row 03'");
	sql_run("UPDATE integration SET created_at = 60 WHERE name = 'row 04'");
}

START_TEST(used_or_not)
{
	struct integration_query q = all(SORT_NAME);
	struct integration_row *list;
	size_t n;

	put_used();
	ck_assert_int_eq(store_integration_list(t.web, t.a, &w.admin, &q, &list, &n), OK);
	ck_assert_uint_eq(n, 6);
	ck_assert(list[0].uses == 2 && list[1].uses == 1 && list[3].uses == 0 && list[3].used_at == 50);
	q.use = USE_SOME;
	ck_assert_str_eq(names(&w.admin, &q), "row 00,row 01");
	ck_assert_int_eq(store_integration_list(t.web, t.a, &w.admin, &q, &list, &n), OK);
	ck_assert_int_eq(list[0].uses, 2);
	ck_assert_str_eq(names(&w.foreign, &q), "row 03");
	q.use = USE_NONE;
	ck_assert_str_eq(names(&w.admin, &q), "row 02,row 03,row 04,row 05");
	q.type = SPAN("slackKey");
	ck_assert_str_eq(names(&w.admin, &q), "row 02,row 05");
	q.type = SPAN("");
	for (enum integration_sort sort = SORT_NAME; sort < SORTS; sort++) {
		q.sort = sort;
		q.since = 50;
		ck_assert_uint_eq(strlen(names(&w.admin, &q)), strlen("row 02,row 05"));
		q.since = 61;
		ck_assert_uint_eq(strlen(names(&w.admin, &q)), strlen("row 02,row 03,row 04,row 05"));
	}
	q.sort = SORT_NAME;
	q.since = 51;
	ck_assert_str_eq(names(&w.admin, &q), "row 02,row 03,row 05");
	q.since = 1;
	ck_assert_str_eq(names(&w.admin, &q), "");
}
END_TEST

/* A collaborator finds by use only what they may edit; a member, who sees every project, all. */
START_TEST(used_for_whom)
{
	struct integration_query q = all(SORT_NAME);

	put_used();
	sql_run("UPDATE integration SET edit_roles = 4");
	sql_run("UPDATE integration SET edit_roles = 7 WHERE name IN ('row 00', 'row 02')");
	q.use = USE_SOME;
	ck_assert_str_eq(names(&w.member, &q), "row 00,row 01");
	ck_assert_str_eq(names(&w.collaborator, &q), "row 00");
	q.use = USE_NONE;
	ck_assert_str_eq(names(&w.member, &q), "row 02,row 03,row 04,row 05");
	ck_assert_str_eq(names(&w.collaborator, &q), "row 02");
}
END_TEST

/* Every kind of walk: sort, type or none, search or none, state or none, unused ones or all. */
static struct integration_query kind(int k)
{
	struct integration_query q = all((enum integration_sort)(k % 3));

	q.limit = 7;
	if (k / 3 % 2)
		q.type = SPAN("github");
	if (k / 6 % 2)
		q.search = SPAN("row");
	if (k / 12 % 2)
		q.state = STATE_ENABLED;
	if (k / 24 % 2) {
		q.use = USE_NONE;
		q.since = k % 2 ? 1000000 : 0;
	}
	return q;
}
enum { KINDS = 48 };

/* All pages from the start, or back from behind the last; `between` runs after each. */
static const char *walk(struct integration_query q, bool back, void (*between)(int page))
{
	struct integration_row end = {.name = SPAN("\xF4\x8F\xBF\xBF"), .type = SPAN("zzz")}, at;
	struct buf out = BUF_INIT;
	struct integration_row *list;
	const char *text;
	size_t n = 1;

	q.back = back;
	q.from = back ? &end : NULL;
	for (int page = 0; n; page++) {
		const char *page_text;

		ck_assert_int_lt(page, 50);
		ck_assert_int_eq(store_integration_list(t.web, t.a, &w.admin, &q, &list, &n), OK);
		if (n == 0)
			break;
		page_text = "";
		for (size_t k = 0; k < n; k++)
			page_text = arena_printf(t.a, "%s%.*s,", page_text, SPAN_ARG(list[k].name)).p;
		at = back ? list[0] : list[n - 1];
		q.from = &at;
		if (back) { /* in front of what is there */
			struct span there = arena_span(t.a, buf_span(&out));

			buf_reset(&out);
			buf_puts(&out, page_text);
			buf_put(&out, there);
		} else {
			buf_puts(&out, page_text);
		}
		if (between)
			between(page);
	}
	text = arena_str(t.a, buf_span(&out));
	buf_release(&out);
	return text;
}

START_TEST(pages_both_ways)
{
	struct integration_query q = kind(_i), whole = q;
	const char *want;

	put_many(40);
	whole.limit = 1000;
	want = arena_printf(t.a, "%s,", names(&w.admin, &whole)).p;
	ck_assert_uint_ge(strlen(want), 13 * 7);
	ck_assert_str_eq(walk(q, false, NULL), want);
	ck_assert_str_eq(walk(q, true, NULL), want);
}
END_TEST

/* Rows that come, go and change their names between two pages, also the one at which the page ended. */
static void disturb(int page)
{
	char name[32];

	if (page > 5)
		return; /* or the end would run away */
	snprintf(name, sizeof(name), "new %02d", page);
	put(w.acme, name, "https://row.example", page);
	snprintf(name, sizeof(name), "zzz %02d", page);
	put(w.acme, name, "https://row.example", page);
	sql_run("DELETE FROM integration WHERE name IN ('row %02d', 'row %02d')", page * 7 + 6, 39 - page * 5);
	sql_run("UPDATE integration SET name = CONCAT('moved ', id), version = version + 1"
		" WHERE name = 'row %02d'", page * 7 + 5);
}

static int times(const char *text, const char *name)
{
	int n = 0;

	for (const char *p = text; (p = strstr(p, name)) != NULL; p += strlen(name))
		n++;
	return n;
}

START_TEST(stable_while_rows_change)
{
	put_many(40);
	for (int back = 0; back < 2; back++) {
		const char *text;
		char name[32];

		text = arena_printf(t.a, ",%s", walk(kind(_i), back, disturb)).p;
		for (int k = 0; k < 40; k++) {
			bool meant = _i / 3 % 2 == 0 || k % 3 == 1;

			snprintf(name, sizeof(name), ",row %02d,", k);
			ck_assert_msg(times(text, name) <= 1, "%s twice in %s", name, text);
			snprintf(name, sizeof(name), "row %02d", k);
			if (meant && sql_number("SELECT COUNT(*) FROM integration WHERE subscription_id = %ld"
						" AND name = '%s'", w.acme, name))
				ck_assert_msg(times(text, name) == 1, "%s is left out of %s", name, text);
		}
		sql_run("DELETE FROM integration");
		put_many(40);
	}
}
END_TEST

Suite *store_integration_list_suite(void)
{
	Suite *s = suite_create("store_integration_list");
	TCase *c = tcase_create("integration_list");

	tcase_add_checked_fixture(c, list_set_up, store_tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, search);
	tcase_add_test(c, search_and_urls);
	tcase_add_test(c, scopes);
	tcase_add_test(c, collaborators);
	tcase_add_test(c, filters);
	tcase_add_test(c, used_or_not);
	tcase_add_test(c, used_for_whom);
	tcase_add_loop_test(c, pages_both_ways, 0, KINDS);
	tcase_add_loop_test(c, stable_while_rows_change, 0, KINDS);
	suite_add_tcase(s, c);
	return s;
}
