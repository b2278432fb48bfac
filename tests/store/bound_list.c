/* bound_list.c: bound integrations in lists: whose they are, how they stand, who sees them, filters. */
#include "store/bound.h"

#include <stdio.h>

#include "store/integration.h"
#include "store/integration_list.h"

static struct world w;
static int64_t mems, id;

static void list_set_up(void)
{
	store_set_up();
	world_make(&w);
	mems = own_make(w.mem, "my jenkins", "jenkins");
	id = handle_make(mems, w.acme, "jenkins");
}

static struct integration_query all(void)
{
	return (struct integration_query){.search = SPAN(""), .type = SPAN(""), .limit = 100};
}

static const struct integration_row *row(const struct scope *s, const struct integration_query *q, size_t *n)
{
	struct integration_row *list;
	int64_t total;

	ck_assert_int_eq(store_integration_list(t.web, t.a, s, q, &list, n), OK);
	ck_assert_int_eq(store_integration_count(t.web, t.a, s, q, &total), OK);
	ck_assert_int_eq(total, (int64_t)*n);
	for (size_t k = 0; k < *n; k++)
		if (list[k].id == id)
			return &list[k];
	return NULL;
}

static const struct integration_row *seen_by(const struct scope *s)
{
	struct integration_query q = all();
	size_t n;

	return row(s, &q, &n);
}

static bool in_state(enum integration_state state)
{
	struct integration_query q = all();
	size_t n;

	q.state = state;
	return row(&w.admin, &q, &n) != NULL;
}

static void expect(enum binding_state state, bool left, bool withdrawn)
{
	const struct integration_row *r = seen_by(&w.admin);

	ck_assert_ptr_nonnull(r);
	ck_assert_int_eq((int)r->binding, (int)state);
	ck_assert(in_state(STATE_LEFT) == left);
	ck_assert(in_state(STATE_WITHDRAWN) == withdrawn);
}

START_TEST(states)
{
	expect(BINDING_WITHDRAWN, false, true);
	grant_make(mems, w.acme, "*");
	expect(BINDING_LIVE, false, false);
	ck_assert(seen_by(&w.admin)->bound);
	ck_assert_int_eq(seen_by(&w.admin)->owner_id, w.mem);
	ck_assert(span_is(seen_by(&w.admin)->owner, "mem"));
	sql_run("UPDATE integration SET disabled_at = 3 WHERE id = %ld", mems);
	expect(BINDING_PAUSED, false, false);
	sql_run("UPDATE account SET disabled_at = 3 WHERE id = %ld", w.mem);
	expect(BINDING_OWNER_LEFT, true, false);
	sql_run("UPDATE account SET disabled_at = NULL WHERE id = %ld", w.mem);
	sql_run("DELETE FROM role WHERE account_id = %ld", w.mem);
	expect(BINDING_OWNER_LEFT, true, false);
	sql_run("UPDATE scope_grant SET released_until = %d", LATER);
	expect(BINDING_WITHDRAWN, false, true);
	sql_run("DELETE FROM integration WHERE id = %ld", mems);
	expect(BINDING_ERASED, false, true);
}
END_TEST

START_TEST(owners)
{
	struct integration_query q = all();
	size_t n;

	grant_make(mems, w.acme, "*");
	q.owner = OWNER_PERSONAL;
	ck_assert_ptr_nonnull(row(&w.admin, &q, &n));
	ck_assert_uint_eq(n, 1);
	q.owner = OWNER_ORG;
	ck_assert_ptr_null(row(&w.admin, &q, &n));
	q.owner = OWNER_MINE;
	ck_assert_ptr_null(row(&w.admin, &q, &n));
	ck_assert_ptr_nonnull(row(&w.member, &q, &n));
}
END_TEST

static int64_t project(const char *name)
{
	return sql_number("SELECT id FROM project WHERE name = '%s' AND subscription_id = %ld", name, w.acme);
}

/* What can use it is what its owner allows and its own list has. */
START_TEST(effective)
{
	char both[64];

	snprintf(both, sizeof(both), "%lld,%lld",
		 (long long)(project("api") < project("web") ? project("api") : project("web")),
		 (long long)(project("api") < project("web") ? project("web") : project("api")));
	grant_make(mems, w.acme, "*");
	ck_assert(seen_by(&w.admin)->all_projects);
	ck_assert_ptr_nonnull(seen_by(&w.collaborator));
	sql_run("UPDATE scope_grant SET all_projects = 0, projects = '%s'", both);
	ck_assert(!seen_by(&w.admin)->all_projects);
	ck_assert(span_is(seen_by(&w.admin)->projects, "api\nweb"));
	ck_assert(span_is(seen_by(&w.collaborator)->projects, "api"));
	sql_run("UPDATE integration SET all_projects = 0 WHERE id = %ld", id);
	ck_assert(span_is(seen_by(&w.admin)->projects, ""));
	ck_assert_ptr_null(seen_by(&w.collaborator));
	sql_run("INSERT INTO integration_project VALUES (%ld, %ld)", id, project("web"));
	ck_assert(span_is(seen_by(&w.admin)->projects, "web"));
	ck_assert_ptr_null(seen_by(&w.collaborator));
	sql_run("INSERT INTO integration_project VALUES (%ld, %ld)", id, project("api"));
	ck_assert_ptr_nonnull(seen_by(&w.collaborator));
	sql_run("UPDATE scope_grant SET projects = '%ld'", project("web"));
	ck_assert(span_is(seen_by(&w.admin)->projects, "web"));
	ck_assert_ptr_null(seen_by(&w.collaborator));
	sql_run("UPDATE scope_grant SET all_projects = 1, projects = ''");
	ck_assert(span_is(seen_by(&w.admin)->projects, "api\nweb"));
	sql_run("DELETE FROM scope_grant");
	ck_assert(span_is(seen_by(&w.admin)->projects, ""));
	ck_assert_ptr_null(seen_by(&w.collaborator));
}
END_TEST

/* One by one is as in lists. */
START_TEST(one)
{
	struct integration *i;

	grant_make(mems, w.acme, "*");
	ck_assert_int_eq(store_integration_get(t.web, t.a, &w.collaborator, id, &i), OK);
	ck_assert(i->bound);
	sql_run("DELETE FROM scope_grant");
	ck_assert_int_eq(store_integration_get(t.web, t.a, &w.collaborator, id, &i), E_NOT_FOUND);
	ck_assert_int_eq(store_integration_get(t.web, t.a, &w.admin, id, &i), OK);
	ck_assert_uint_eq(i->nurls + i->nvalues + i->nsealed, 0);
}
END_TEST

/* More rows than one statement asks about. */
START_TEST(many)
{
	struct integration_row *list;
	struct integration_query q = all();
	char name[32];
	size_t n;

	grant_make(mems, w.acme, "*");
	for (int k = 0; k < 40; k++) {
		snprintf(name, sizeof(name), "handle %02d", k);
		handle_make(mems, w.acme, name);
	}
	ck_assert_int_eq(store_integration_list(t.web, t.a, &w.admin, &q, &list, &n), OK);
	ck_assert_uint_eq(n, 41);
	for (size_t k = 0; k < n; k++) {
		ck_assert(span_is(list[k].owner, "mem"));
		ck_assert_int_eq((int)list[k].binding, (int)BINDING_LIVE);
		ck_assert(list[k].all_projects);
	}
}
END_TEST

Suite *store_bound_list_suite(void)
{
	Suite *s = suite_create("store_bound_list");
	TCase *c = tcase_create("bound_list");

	tcase_add_checked_fixture(c, list_set_up, store_tear_down);
	tcase_add_test(c, states);
	tcase_add_test(c, owners);
	tcase_add_test(c, effective);
	tcase_add_test(c, one);
	tcase_add_test(c, many);
	suite_add_tcase(s, c);
	return s;
}
