/* people_list.c: the people of a subscription, as its admins see them. */
#include "store/fixture.h"

#include "store/people.h"

static struct world w;

static void people_list_set_up(void)
{
	store_set_up();
	world_make(&w);
}

static struct people_query all(void)
{
	return (struct people_query){.search = SPAN(""), .after_name = SPAN(""),
				     .after_login = SPAN(""), .limit = 50};
}

/* Logins of what the query finds; *total: how many in all. */
static const char *logins(const struct scope *s, const struct people_query *q, int64_t *total)
{
	struct buf out = BUF_INIT;
	struct person *list;
	const char *text;
	size_t n;

	ck_assert_int_eq(store_people_list(t.web, t.a, s, q, &list, &n), OK);
	ck_assert_int_eq(store_people_count(t.web, t.a, s, q, total), OK);
	for (size_t k = 0; k < n; k++)
		buf_printf(&out, "%s%.*s", k ? "," : "", SPAN_ARG(list[k].login));
	text = arena_str(t.a, buf_span(&out));
	buf_release(&out);
	return text;
}

START_TEST(listed)
{
	struct people_query q = all();
	struct person *people;
	int64_t total;
	size_t n;

	sql_run("INSERT INTO collaborator (account_id, project_id, subscription_id, granted_at, mac) VALUES"
		" (%ld, %ld, %ld, 1, ''), (%ld, %ld, %ld, 1, '')", w.col, w.web, w.acme, w.col, w.store,
		w.globex);
	sql_run("UPDATE account SET disabled_at = 5, name = 'Zed' WHERE id = %ld", w.mem);
	ck_assert_str_eq(logins(&w.admin, &q, &total), "mem,ann,col"); /* by name: Zed, ann, col */
	ck_assert_int_eq(total, 3);
	ck_assert_str_eq(logins(&w.foreign, &q, &total), "eve");
	ck_assert_int_eq(store_people_list(t.web, t.a, &w.admin, &q, &people, &n), OK);
	ck_assert(people[0].disabled && !people[1].disabled);
	ck_assert(people[1].role == ROLE_ADMIN && people[2].role == ROLE_COLLABORATOR);
	ck_assert(span_is(people[2].source, "hand") && people[2].granted_at == 1);
	/* those of this subscription alone */
	ck_assert(span_is(people[2].projects, "api\nweb") && people[1].projects.n == 0);
}
END_TEST

START_TEST(wanted)
{
	struct people_query q = all();
	int64_t total;

	sql_run("UPDATE account SET name = '\xC3\x84nne 50%%_' WHERE id = %ld", w.ann);
	q.search = SPAN("\xC3\xA4NN");
	ck_assert_str_eq(logins(&w.admin, &q, &total), "ann");
	q.search = SPAN("%_");
	ck_assert_str_eq(logins(&w.admin, &q, &total), "ann");
	q.search = SPAN("E");
	ck_assert_str_eq(logins(&w.admin, &q, &total), "mem,ann");
	ck_assert_int_eq(total, 2);
	q.search = SPAN("eve"); /* of another subscription */
	ck_assert_str_eq(logins(&w.admin, &q, &total), "");
	ck_assert_int_eq(total, 0);
	q = all();
	q.role = ROLE_MEMBER;
	ck_assert_str_eq(logins(&w.admin, &q, &total), "mem");
	q = all();
	q.project_id = w.api;
	ck_assert_str_eq(logins(&w.admin, &q, &total), "col");
	ck_assert_int_eq(total, 1);
	ck_assert_str_eq(logins(&w.foreign, &q, &total), "");
	q.project_id = w.web;
	ck_assert_str_eq(logins(&w.admin, &q, &total), "");
	/* a row without the role does not show */
	sql_run("INSERT INTO collaborator (account_id, project_id, subscription_id, granted_at, mac) VALUES"
		" (%ld, %ld, %ld, 1, '')", w.mem, w.web, w.acme);
	ck_assert_str_eq(logins(&w.admin, &q, &total), "");
}
END_TEST

/* 10,000 people, many of one name: each comes once, whoever comes and goes between two pages. */
START_TEST(ten_thousand)
{
	struct people_query q = all();
	struct person *list = NULL;
	size_t n, seen = 0;
	int64_t total;

	sql_run("INSERT INTO account (uid, login, name, created_at) SELECT UNHEX(LPAD(HEX(seq), 32, '0')),"
		" CONCAT('p', seq), CONCAT('Pat ', seq %% 100), 1 FROM seq_1_to_10000");
	sql_run("INSERT INTO role (account_id, subscription_id, role, granted_at, mac) SELECT id, %ld, 2, 1, ''"
		" FROM account WHERE login LIKE 'p%%'", w.acme);
	q.limit = 500;
	do {
		ck_assert_int_eq(store_people_list(t.web, t.a, &w.admin, &q, &list, &n), OK);
		for (size_t k = 0; k < n; k++) {
			int order = k ? span_cmp(list[k - 1].name, list[k].name) : -1;
			ck_assert(order < 0 || (order == 0 &&
						span_cmp(list[k - 1].login, list[k].login) < 0));
			seen += list[k].login.p[0] == 'p';
		}
		if (n == 0)
			break;
		q.after_name = list[n - 1].name;
		q.after_login = list[n - 1].login;
		/* the last one seen goes */
		sql_run("DELETE FROM role WHERE account_id = %ld AND role = 2",
			list[n - 1].account_id);
	} while (n == 500);
	ck_assert_uint_eq(seen, 10000);
	q = all();
	q.search = SPAN("PAT 77");
	logins(&w.admin, &q, &total);
	ck_assert_int_eq(total, 100);
}
END_TEST

START_TEST(one)
{
	struct person_project *projects;
	struct person p;
	size_t n;

	ck_assert_int_eq(store_person_get(t.web, t.a, &w.admin, w.col, &p), OK);
	ck_assert(span_is(p.login, "col") && p.role == ROLE_COLLABORATOR && span_is(p.projects, "api"));
	ck_assert_int_eq(store_person_get(t.web, t.a, &w.admin, w.eve, &p), E_NOT_FOUND);
	ck_assert_int_eq(store_person_get(t.web, t.a, &w.admin, 999999, &p), E_NOT_FOUND);
	ck_assert_int_eq(store_person_projects(t.web, t.a, &w.admin, w.col, &projects, &n), OK);
	ck_assert_uint_eq(n, 1);
	ck_assert(projects[0].id == w.api && span_is(projects[0].name, "api"));
	ck_assert_int_eq(store_person_projects(t.web, t.a, &w.foreign, w.col, &projects, &n), OK);
	ck_assert_uint_eq(n, 0);
}
END_TEST

START_TEST(found_by_login)
{
	static const struct span NOBODY[] = {SPAN("ev"), SPAN("EVE"), SPAN("eve "), SPAN(""), SPAN("%"),
					     SPAN("' OR ''='")};
	enum role role = ROLE_ADMIN;
	int64_t id = -1;

	ck_assert_int_eq(store_person_find(t.web, t.a, &w.admin, SPAN("eve"), &id, &role), OK);
	ck_assert(id == w.eve && role == ROLE_NONE);
	ck_assert_int_eq(store_person_find(t.web, t.a, &w.admin, SPAN("mem"), &id, &role), OK);
	ck_assert(id == w.mem && role == ROLE_MEMBER);
	for (size_t k = 0; k < COUNT(NOBODY); k++)
		ck_assert_int_eq(store_person_find(t.web, t.a, &w.admin, NOBODY[k], &id, &role),
				 E_NOT_FOUND);
	sql_run("UPDATE account SET disabled_at = 1 WHERE id = %ld", w.eve);
	ck_assert_int_eq(store_person_find(t.web, t.a, &w.admin, SPAN("eve"), &id, &role),
			 E_NOT_FOUND);
}
END_TEST

START_TEST(other_admins)
{
	int64_t n = -1;

	ck_assert_int_eq(store_people_other_admins(t.web, t.a, &w.admin, w.ann, &n), OK);
	ck_assert_int_eq(n, 0);
	ck_assert_int_eq(store_people_other_admins(t.web, t.a, &w.admin, w.mem, &n), OK);
	ck_assert_int_eq(n, 1);
	sql_run("UPDATE role SET role = 3 WHERE account_id = %ld", w.mem);
	ck_assert_int_eq(store_people_other_admins(t.web, t.a, &w.admin, w.ann, &n), OK);
	ck_assert_int_eq(n, 1);
	sql_run("UPDATE account SET disabled_at = 1 WHERE id = %ld", w.mem);
	ck_assert_int_eq(store_people_other_admins(t.web, t.a, &w.admin, w.ann, &n), OK);
	ck_assert_int_eq(n, 0);
}
END_TEST

Suite *store_people_list_suite(void)
{
	TCase *c;
	Suite *s = suite_create("store_people_list");

	c = tcase_create("people_list");
	tcase_add_checked_fixture(c, people_list_set_up, store_tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, listed);
	tcase_add_test(c, wanted);
	tcase_add_test(c, ten_thousand);
	tcase_add_test(c, one);
	tcase_add_test(c, found_by_login);
	tcase_add_test(c, other_admins);
	suite_add_tcase(s, c);
	return s;
}
