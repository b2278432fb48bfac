/* project.c: projects of a subscription, its name and its facts. */
#include "store/fixture.h"

#include "store/integration.h"
#include "store/project.h"
#include "store/subscription.h"

static struct world w;

static void project_set_up(void)
{
	store_set_up();
	world_make(&w);
}

/* --- reading --- */

static const char *page(const struct scope *s, const char *search, const char *after, int64_t limit)
{
	struct project_query q = {span_str(search), span_str(after), limit};
	struct project_row *list;
	struct buf out = BUF_INIT;
	const char *text;
	size_t n;

	ck_assert_int_eq(store_project_page(t.web, t.a, s, &q, &list, &n), OK);
	for (size_t k = 0; k < n; k++)
		buf_printf(&out, "%s%.*s", k ? "," : "", SPAN_ARG(list[k].name));
	text = arena_str(t.a, buf_span(&out));
	buf_release(&out);
	return text;
}

static int64_t count(const struct scope *s, const char *search)
{
	int64_t n = -1;

	ck_assert_int_eq(store_project_count(t.web, t.a, s, span_str(search), &n), OK);
	return n;
}

START_TEST(pages)
{
	ck_assert_str_eq(page(&w.admin, "", "", 50), "api,ops,web");
	ck_assert_str_eq(page(&w.admin, "", "", 2), "api,ops");
	ck_assert_str_eq(page(&w.admin, "", "ops", 2), "web");
	ck_assert_str_eq(page(&w.admin, "", "web", 2), "");
	/* a name that is gone is as good a place to go on from */
	ck_assert_str_eq(page(&w.admin, "", "b", 2), "ops,web");
	ck_assert_str_eq(page(&w.member, "", "", 50), "api,ops,web");
	ck_assert_str_eq(page(&w.collaborator, "", "", 50), "api");
	ck_assert_str_eq(page(&w.foreign, "", "", 50), "store");
	ck_assert_int_eq(count(&w.admin, ""), 3);
	ck_assert_int_eq(count(&w.collaborator, ""), 1);
}
END_TEST

START_TEST(search)
{
	sql_run("UPDATE project SET name = '100%% W_eb' WHERE id = %ld", w.web);
	ck_assert_str_eq(page(&w.admin, "w_E", "", 50), "100% W_eb");
	ck_assert_str_eq(page(&w.admin, "%", "", 50), "100% W_eb");
	ck_assert_str_eq(page(&w.admin, "p", "", 50), "api,ops");
	ck_assert_str_eq(page(&w.admin, "p", "api", 50), "ops");
	ck_assert_str_eq(page(&w.admin, "store", "", 50), "");
	ck_assert_str_eq(page(&w.collaborator, "p", "", 50), "api");
	ck_assert_int_eq(count(&w.admin, "P"), 2);
	ck_assert_int_eq(count(&w.collaborator, "ops"), 0);
}
END_TEST

START_TEST(found_by_name)
{
	int64_t id = -1;

	ck_assert_int_eq(store_project_find(t.web, t.a, &w.admin, SPAN("ops"), &id), OK);
	ck_assert_int_eq(id, w.ops);
	ck_assert_int_eq(store_project_find(t.web, t.a, &w.admin, SPAN("ops "), &id), E_NOT_FOUND);
	ck_assert_int_eq(store_project_find(t.web, t.a, &w.admin, SPAN("OPS"), &id), E_NOT_FOUND);
	ck_assert_int_eq(store_project_find(t.web, t.a, &w.admin, SPAN("store"), &id), E_NOT_FOUND);
	ck_assert_int_eq(store_project_find(t.web, t.a, &w.collaborator, SPAN("ops"), &id),
			 E_NOT_FOUND);
	ck_assert_int_eq(store_project_find(t.web, t.a, &w.collaborator, SPAN("api"), &id), OK);
}
END_TEST

/* An integration limited to these projects (0 ends). */
static int64_t limited(const char *name, const int64_t *projects)
{
	int64_t id = integration_make(&w, name);

	sql_run("UPDATE integration SET all_projects = 0 WHERE id = %ld", id);
	for (; *projects; projects++)
		sql_run("INSERT INTO integration_project VALUES (%ld, %ld)", id, *projects);
	return id;
}

#define ONLY(...) ((const int64_t[]){__VA_ARGS__, 0})

START_TEST(details)
{
	struct project_integration *list;
	struct project_row p;
	size_t n;

	limited("b", ONLY(w.api, w.web));
	limited("a", ONLY(w.api));
	limited("c", ONLY(w.ops));
	integration_make(&w, "for all");
	ck_assert_int_eq(store_project_get(t.web, t.a, &w.collaborator, w.api, &p), OK);
	ck_assert(span_is(p.name, "api"));
	ck_assert_int_eq(p.integrations, 2);
	ck_assert_int_eq(p.collaborators, 1);
	ck_assert_int_eq(store_project_integrations(t.web, t.a, &w.admin, w.api, 50, &list, &n), OK);
	ck_assert_uint_eq(n, 2);
	ck_assert(span_is(list[0].name, "a") && list[0].alone);
	ck_assert(span_is(list[1].name, "b") && !list[1].alone);
	ck_assert_int_eq(store_project_integrations(t.web, t.a, &w.admin, w.api, 1, &list, &n), OK);
	ck_assert_uint_eq(n, 1);
	ck_assert_int_eq(store_project_integrations(t.web, t.a, &w.foreign, w.api, 50, &list, &n), OK);
	ck_assert_uint_eq(n, 0);
	ck_assert_int_eq(store_project_get(t.web, t.a, &w.collaborator, w.ops, &p), E_NOT_FOUND);
	ck_assert_int_eq(store_project_get(t.web, t.a, &w.foreign, w.api, &p), E_NOT_FOUND);
	ck_assert_int_eq(store_project_get(t.web, t.a, &w.admin, w.store, &p), E_NOT_FOUND);
	ck_assert_int_eq(store_project_get(t.web, t.a, &w.admin, 999999, &p), E_NOT_FOUND);
}
END_TEST

/* --- changing --- */

static struct project_change change_of(int64_t id, const char *was, const char *name)
{
	return (struct project_change){.id = id, .was = span_str(was), .name = span_str(name)};
}

static int set_as(const struct scope *s, struct project_change *c)
{
	return store_project_set(t.web, t.a, s, &w.actor, c);
}

static int delete_as(const struct scope *s, struct project_change *c)
{
	return store_project_delete(t.web, t.a, s, &w.actor, c);
}

START_TEST(renamed)
{
	struct project_change c = change_of(w.api, "api", "API \xC3\xBC");

	ck_assert_int_eq(set_as(&w.admin, &c), OK);
	ck_assert_str_eq(sql_text("SELECT name FROM project WHERE id = %ld", w.api), "API \xC3\xBC");
	ck_assert_str_eq(sql_text("SELECT CONCAT_WS('|', action, object, fields, object_id = %ld) FROM audit",
				  w.api), "project.rename|API \xC3\xBC|name|1");
	ck_assert_int_eq(sql_number("SELECT revision FROM subscription WHERE id = %ld", w.acme), 1);
	ck_assert_int_eq(set_as(&w.admin, &c), E_CONFLICT);
	ck_assert(c.stale && !c.name_taken);
	c = change_of(w.api, "API \xC3\xBC", "web");
	ck_assert_int_eq(set_as(&w.admin, &c), E_CONFLICT);
	ck_assert(c.name_taken && !c.stale);
	/* taken elsewhere is free here */
	c = change_of(w.api, "API \xC3\xBC", "store");
	ck_assert_int_eq(set_as(&w.admin, &c), OK);
	ck_assert_int_eq(chains_check(), 2);
}
END_TEST

/* Where its repository is, beside its name: what is not said stays. */
START_TEST(placed)
{
	struct project_change c = change_of(w.api, "api", "api");
	struct project_row p;

	c.was_url = SPAN("");
	c.place = (struct git_place){SPAN("https://git.example/acme/api"), GIT_HOST_GITEA};
	ck_assert_int_eq(set_as(&w.admin, &c), OK);
	ck_assert_int_eq(store_project_get(t.web, t.a, &w.collaborator, w.api, &p), OK);
	ck_assert(span_is(p.place.url, "https://git.example/acme/api") &&
		  p.place.host == GIT_HOST_GITEA);
	ck_assert_str_eq(sql_text("SELECT GROUP_CONCAT(CONCAT_WS('|', action, object, fields)) FROM audit"),
			 "project.url|api|url");
	/* two at once: the second one is told */
	c.place.url = SPAN("https://git.example/other");
	ck_assert_int_eq(set_as(&w.admin, &c), E_CONFLICT);
	ck_assert(c.stale && !c.name_taken);
	c = change_of(w.api, "api", "new");
	ck_assert_int_eq(set_as(&w.admin, &c), OK);
	ck_assert_int_eq(store_project_get(t.web, t.a, &w.admin, w.api, &p), OK);
	ck_assert(span_is(p.place.url, "https://git.example/acme/api"));
	c = change_of(w.api, "new", "newer");
	c.was_url = p.place.url;
	c.place = (struct git_place){SPAN(""), GIT_HOST_AUTO};
	ck_assert_int_eq(set_as(&w.admin, &c), OK);
	ck_assert_str_eq(sql_text("SELECT GROUP_CONCAT(action ORDER BY seq) FROM audit"),
			 "project.url,project.rename,project.rename,project.url");
	ck_assert_int_eq(set_as(&w.foreign, &c), E_NOT_FOUND);
	ck_assert_int_eq(chains_check(), 4);
}
END_TEST

START_TEST(added_with_its_place)
{
	struct project_change c = {.name = SPAN("new"),
				   .place = {SPAN("https://github.com/a/b"), GIT_HOST_AUTO}};
	struct project_row p;

	ck_assert_int_eq(store_project_add(t.web, t.a, &w.admin, &w.actor, &c), OK);
	ck_assert_int_eq(store_project_get(t.web, t.a, &w.admin, c.id, &p), OK);
	ck_assert(span_is(p.place.url, "https://github.com/a/b"));
	ck_assert_str_eq(sql_text("SELECT CONCAT_WS('|', action, fields) FROM audit"),
			 "project.create|name, url");
	ck_assert_int_eq(store_project_add(t.web, t.a, &w.admin, &w.actor, &c), E_CONFLICT);
	ck_assert(c.name_taken);
	ck_assert_int_eq(store_project_add(t.web, t.a, &w.member, &w.actor, &c), E_DENIED);
}
END_TEST

START_TEST(not_yours)
{
	struct project_change c = change_of(w.store, "store", "x");

	ck_assert_int_eq(set_as(&w.admin, &c), E_NOT_FOUND);
	ck_assert_int_eq(delete_as(&w.admin, &c), E_NOT_FOUND);
	c = change_of(w.api, "api", "x");
	c.collaborators = 1;
	ck_assert_int_eq(set_as(&w.foreign, &c), E_NOT_FOUND);
	ck_assert_int_eq(delete_as(&w.foreign, &c), E_NOT_FOUND);
	ck_assert_int_eq(set_as(&w.member, &c), E_DENIED);
	ck_assert_int_eq(delete_as(&w.collaborator, &c), E_DENIED);
	/* the page was asked for by an admin, whose role was taken before the button was pressed */
	sql_run("UPDATE role SET role = 2 WHERE account_id = %ld", w.ann);
	ck_assert_int_eq(set_as(&w.admin, &c), E_DENIED);
	ck_assert_int_eq(delete_as(&w.admin, &c), E_DENIED);
	sql_run("UPDATE role SET role = 3 WHERE account_id = %ld", w.ann);
	sql_run("UPDATE account SET disabled_at = 1 WHERE id = %ld", w.ann);
	ck_assert_int_eq(delete_as(&w.admin, &c), E_DENIED);
	ck_assert_int_eq(chains_check(), 0);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM project"), 4);
}
END_TEST

START_TEST(deleted)
{
	int64_t both = limited("both", ONLY(w.api, w.web)), only = limited("only", ONLY(w.api));
	int64_t other = limited("other", ONLY(w.ops)), all = integration_make(&w, "all");
	struct project_change c = change_of(w.api, "api", "");

	c.integrations = 2;
	c.collaborators = 1;
	ck_assert_int_eq(delete_as(&w.admin, &c), OK);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM project WHERE id = %ld", w.api), 0);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM collaborator"), 0);
	/* still lists: one shorter, one empty; "all" stays all */
	ck_assert_str_eq(sql_text("SELECT GROUP_CONCAT(CONCAT_WS(' ', i.id = %ld, all_projects, version,"
				  " (SELECT COUNT(*) FROM integration_project x WHERE x.integration_id = i.id))"
				  " ORDER BY FIELD(i.id, %ld, %ld, %ld, %ld)) FROM integration i",
				  both, both, only, other, all), "1 0 2 1,0 0 2 0,0 0 1 1,0 1 1 0");
	ck_assert_str_eq(sql_text("SELECT GROUP_CONCAT(CONCAT_WS(' ', action, object, fields) ORDER BY seq)"
				  " FROM audit WHERE seq > 4"),
			 "integration.edit both projects,integration.edit only projects,project.delete api ");
	ck_assert_int_eq(chains_check(), 7);
	ck_assert_int_eq(delete_as(&w.admin, &c), E_NOT_FOUND);
}
END_TEST

/* What the page said is not what would happen now: nothing happens. */
START_TEST(deletion_is_stale)
{
	struct project_change c = change_of(w.api, "api", "");

	limited("one", ONLY(w.api));
	c.collaborators = 1;
	ck_assert_int_eq(delete_as(&w.admin, &c), E_CONFLICT);
	ck_assert(c.stale);
	c.integrations = 1;
	c.collaborators = 0;
	ck_assert_int_eq(delete_as(&w.admin, &c), E_CONFLICT);
	c.collaborators = 1;
	c.was = SPAN("apis");
	ck_assert_int_eq(delete_as(&w.admin, &c), E_CONFLICT);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM project"), 4);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM integration WHERE version > 1"), 0);
	ck_assert_int_eq(chains_check(), 1);
	c.was = SPAN("api");
	ck_assert_int_eq(delete_as(&w.admin, &c), OK);
}
END_TEST

START_TEST(too_many_integrations)
{
	struct project_change c = change_of(w.ops, "ops", "");

	sql_run("INSERT INTO integration (uid, subscription_id, name, type, url, all_projects, edit_roles,"
		" created_at, changed_at) SELECT UNHEX(LPAD(HEX(seq), 32, '0')), %ld, CONCAT('i', seq), 't',"
		" '', 0, 4, 1, 1 FROM seq_1_to_%d", w.acme, PROJECT_INTEGRATIONS_MAX + 1);
	sql_run("INSERT INTO integration_project SELECT id, %ld FROM integration", w.ops);
	c.integrations = PROJECT_INTEGRATIONS_MAX + 1;
	ck_assert_int_eq(delete_as(&w.admin, &c), E_TOO_BIG);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM integration_project"), c.integrations);
	sql_run("DELETE FROM integration WHERE name = 'i1'");
	c.integrations--;
	ck_assert_int_eq(delete_as(&w.admin, &c), OK);
	ck_assert_int_eq(chains_check(), PROJECT_INTEGRATIONS_MAX + 1);
}
END_TEST

/* --- several at once --- */

/* 0: renames, 1: renames otherwise, 2: deletes */
static int rival(int k, void *arg)
{
	static const char *const NAMES[] = {"first", "second", ""};
	struct project_change c = change_of(w.web, "web", NAMES[k]);
	volatile int *ready = arg;

	t.web = connect_as("signet_web");
	__atomic_add_fetch(ready, 1, __ATOMIC_SEQ_CST);
	wait_for(ready, 3);
	return k == 2 ? delete_as(&w.admin, &c) : set_as(&w.admin, &c);
}

START_TEST(one_of_three)
{
	int codes[CHILDREN_MAX], done, late;

	for (int round = 0; round < 10; round++) {
		sql_run("REPLACE INTO project (id, subscription_id, name, created_at) VALUES"
			" (%ld, %ld, 'web', 1)", w.web, w.acme);
		children_run(3, rival, shared_new(sizeof(int)), codes);
		done = late = 0;
		for (int k = 0; k < 3; k++) {
			done += codes[k] == OK;
			late += codes[k] == E_CONFLICT || codes[k] == E_NOT_FOUND;
		}
		ck_assert_msg(done == 1 && late == 2, "%d %d %d", codes[0], codes[1], codes[2]);
	}
	ck_assert_int_eq(chains_check(), 10);
}
END_TEST

/* An integration is limited to a project in the moment in which that is deleted: either the deletion
 * sees it and refuses, or the list comes out without it. Never a place in a list without a project. */
static int limit_or_delete(int k, void *arg)
{
	struct project chosen = {.id = w.web, .name = SPAN("web"), .chosen = true};
	struct integration_change c = change_named("limited");
	struct project_change d = change_of(w.web, "web", "");
	volatile int *ready = arg;
	int64_t id;

	t.web = connect_as("signet_web");
	c.all_projects = false;
	c.projects = &chosen;
	c.nprojects = 1;
	__atomic_add_fetch(ready, 1, __ATOMIC_SEQ_CST);
	wait_for(ready, 2);
	return k ? delete_as(&w.admin, &d)
		 : store_integration_create(t.web, t.a, &w.admin, &w.actor, &c, &id);
}

START_TEST(limited_meanwhile)
{
	int codes[CHILDREN_MAX];

	for (int round = 0; round < 10; round++) {
		sql_run("DELETE FROM integration");
		sql_run("REPLACE INTO project (id, subscription_id, name, created_at) VALUES"
			" (%ld, %ld, 'web', 1)", w.web, w.acme);
		children_run(2, limit_or_delete, shared_new(sizeof(int)), codes);
		ck_assert_int_eq(codes[0], OK);
		ck_assert(codes[1] == OK || codes[1] == E_CONFLICT);
		ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM integration_project"),
				 codes[1] == OK ? 0 : 1);
		ck_assert_int_eq(sql_number("SELECT all_projects FROM integration"), 0);
	}
}
END_TEST

/* --- the subscription itself --- */

static int settings_set(const struct scope *s, const char *was, int64_t was_days, const char *name,
			int64_t days)
{
	struct subscription_settings a = {span_str(was), was_days}, b = {span_str(name), days};

	return store_subscription_set(t.web, t.a, s, &w.actor, &a, &b);
}

START_TEST(settings)
{
	int64_t acme = w.acme;

	ck_assert_int_eq(settings_set(&w.admin, "acme", 30, "Acme & Co", 30), OK);
	ck_assert_str_eq(sql_text("SELECT CONCAT_WS('|', slug, name, grace_days, revision) FROM subscription"
				  " WHERE id = %ld", acme), "acme|Acme & Co|30|1");
	ck_assert_str_eq(sql_text("SELECT CONCAT_WS('|', chain = 'sub:%ld', action, object) FROM audit", acme),
			 "1|subscription.rename|Acme & Co");
	ck_assert_int_eq(settings_set(&w.admin, "acme", 30, "x", 30), E_CONFLICT);
	ck_assert_int_eq(settings_set(&w.member, "Acme & Co", 30, "x", 30), E_DENIED);
	/* what the form left alone is nobody's business */
	ck_assert_int_eq(settings_set(&w.admin, "acme", 30, "acme", 0), OK);
	ck_assert_str_eq(sql_text("SELECT CONCAT_WS('|', action, object, object_id = %ld, fields) FROM audit"
				  " WHERE seq = 2", acme),
			 "subscription.grace|acme|1|from 30 to 0");
	ck_assert_str_eq(sql_text("SELECT CONCAT_WS('|', name, grace_days) FROM subscription WHERE id = %ld", acme),
			 "Acme & Co|0");
	ck_assert_int_eq(settings_set(&w.admin, "Acme & Co", 30, "Acme & Co", 7), E_CONFLICT);
	ck_assert_int_eq(settings_set(&w.admin, "Acme & Co", 30, "both", 7), E_CONFLICT);
	ck_assert_int_eq(settings_set(&w.admin, "Acme & Co", 0, "both", 365), OK);
	ck_assert_str_eq(sql_text("SELECT CONCAT_WS('|', name, grace_days) FROM subscription WHERE id = %ld", acme),
			 "both|365");
	ck_assert_int_eq(chains_check(), 4);
}
END_TEST

START_TEST(facts)
{
	struct subscription_facts f;

	integration_make(&w, "one");
	ck_assert_int_eq(store_subscription_facts(t.web, t.a, &w.admin, &f), OK);
	ck_assert(span_is(f.name, "acme") && f.created_at == 1);
	ck_assert(f.admins == 1 && f.members == 1 && f.collaborators == 1);
	ck_assert(f.projects == 3 && f.integrations == 1 && f.grace_days == 30);
	w.admin.subscription_id = 999999;
	ck_assert_int_eq(store_subscription_facts(t.web, t.a, &w.admin, &f), E_NOT_FOUND);
}
END_TEST

Suite *store_project_suite(void)
{
	TCase *c;
	Suite *s = suite_create("store_project");

	c = tcase_create("project");
	tcase_add_checked_fixture(c, project_set_up, store_tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, pages);
	tcase_add_test(c, search);
	tcase_add_test(c, found_by_name);
	tcase_add_test(c, details);
	tcase_add_test(c, renamed);
	tcase_add_test(c, placed);
	tcase_add_test(c, added_with_its_place);
	tcase_add_test(c, not_yours);
	tcase_add_test(c, deleted);
	tcase_add_test(c, deletion_is_stale);
	tcase_add_test(c, too_many_integrations);
	tcase_add_test(c, one_of_three);
	tcase_add_test(c, limited_meanwhile);
	tcase_add_test(c, settings);
	tcase_add_test(c, facts);
	suite_add_tcase(s, c);
	return s;
}
