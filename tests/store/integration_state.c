/* integration_state.c: disabling and enabling, deleting what another changed, rights that change
 * between the page and its transaction, and who changed an integration last. */
#include "store/fixture.h"

#include "store/integration.h"
#include "store/integration_list.h"
#include "store/integration_history.h"

static struct world w;
static int64_t id;

static void state_set_up(void)
{
	store_set_up();
	world_make(&w);
	id = integration_make(&w, "one");
}

static struct integration *get(void)
{
	struct integration *i;

	ck_assert_int_eq(store_integration_get(t.web, t.a, &w.admin, id, &i), OK);
	return i;
}

static int disable(const struct scope *s, struct span reason)
{
	struct integration_change c = {.id = id};

	return store_integration_disable(t.web, t.a, s, &w.actor, &c, reason);
}

START_TEST(disabled_and_enabled)
{
	struct integration_row *list;
	int64_t revision = sql_number("SELECT revision FROM subscription WHERE id = %ld", w.acme);
	size_t n;

	ck_assert_int_eq(get()->disabled_at, 0);
	ck_assert_int_eq(disable(&w.admin, SPAN("the token leaked")), OK);
	ck_assert_int_gt(get()->disabled_at, 0);
	ck_assert(span_is(get()->disabled_by, "ann"));
	ck_assert(span_is(get()->disabled_reason, "the token leaked"));
	ck_assert_int_eq(get()->version, 2);
	ck_assert_int_eq(list_by_name(&w.admin, SPAN(""), 9, &list, &n), OK);
	ck_assert(list[0].disabled);
	ck_assert_int_eq(sql_number("SELECT revision FROM subscription WHERE id = %ld", w.acme),
			 revision + 1);
	ck_assert_str_eq(sql_text("SELECT CONCAT(action, '|', object, '|', fields) FROM audit"
				  " ORDER BY seq DESC LIMIT 1"),
			 "integration.disable|one|");
	ck_assert_int_eq(disable(&w.admin, SPAN("")), OK);
	ck_assert_int_eq(get()->disabled_at, 0);
	ck_assert_uint_eq(get()->disabled_by.n + get()->disabled_reason.n, 0);
	ck_assert_int_eq(get()->version, 3);
	ck_assert_str_eq(sql_text("SELECT action FROM audit ORDER BY seq DESC LIMIT 1"),
			 "integration.enable");
}
END_TEST

START_TEST(twice_is_a_conflict)
{
	ck_assert_int_eq(disable(&w.admin, SPAN("")), E_CONFLICT);
	ck_assert_int_eq(disable(&w.admin, SPAN("first")), OK);
	ck_assert_int_eq(disable(&w.member, SPAN("second")), E_CONFLICT);
	ck_assert(span_is(get()->disabled_reason, "first"));
	ck_assert_int_eq(entries_of(w.acme), 2);
}
END_TEST

START_TEST(delete_wants_the_version)
{
	struct integration_change c = {.id = id, .version = 1};

	ck_assert_int_eq(disable(&w.member, SPAN("why")), OK);
	ck_assert_int_eq(store_integration_delete(t.web, t.a, &w.admin, &w.actor, &c), E_CONFLICT);
	ck_assert(c.stale);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM integration"), 1);
	c.version = 2;
	ck_assert_int_eq(store_integration_delete(t.web, t.a, &w.admin, &w.actor, &c), OK);
	ck_assert(!c.stale);
	ck_assert_str_eq(sql_text("SELECT object FROM audit ORDER BY seq DESC LIMIT 1"), "one");
}
END_TEST

/* What each change answers somebody, when the page thought that they may. */
static void all_changes(const struct scope *s, int rc, bool refused)
{
	struct integration_change c = change_named("two");
	int64_t ignored;

	c.id = id;
	c.version = 1;
	ck_assert_int_eq(store_integration_edit(t.web, t.a, s, &w.actor, &c), rc);
	ck_assert_int_eq(c.refused, refused);
	ck_assert_int_eq(store_integration_delete(t.web, t.a, s, &w.actor, &c), rc);
	ck_assert_int_eq(c.refused, refused);
	ck_assert_int_eq(store_integration_disable(t.web, t.a, s, &w.actor, &c, SPAN("why")), rc);
	ck_assert_int_eq(c.refused, refused);
	if (s->role != ROLE_COLLABORATOR) {
		c = change_named("two");
		ck_assert_int_eq(store_integration_create(t.web, t.a, s, &w.actor, &c, &ignored), rc);
		ck_assert_int_eq(c.refused, refused);
	}
	ck_assert_int_eq(entries_of(w.acme), 1);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM integration WHERE version = 1"), 1);
}

/* The scope is what the request read at its beginning; each loop takes the right away behind it. */
static const struct {
	const char *sql;
	int rc;
	bool refused;
} LOST[] = {
	{"DELETE FROM role WHERE account_id = %ld", E_NOT_FOUND, false},
	{"UPDATE role SET role = 1 WHERE account_id = %ld", E_DENIED, true},
	{"UPDATE role SET role = 3 WHERE account_id = %ld", E_DENIED, true},
	{"UPDATE account SET disabled_at = 1 WHERE id = %ld", E_NOT_FOUND, false},
};

START_TEST(a_role_lost_meanwhile)
{
	sql_run(LOST[_i].sql, w.mem);
	all_changes(&w.member, LOST[_i].rc, LOST[_i].refused);
}
END_TEST

START_TEST(an_edit_permission_lost_meanwhile)
{
	struct integration_change c = {.id = id, .version = 1};

	sql_run("UPDATE integration SET edit_roles = 4");
	ck_assert_int_eq(store_integration_delete(t.web, t.a, &w.member, &w.actor, &c), E_DENIED);
	ck_assert(c.refused);
	ck_assert_int_eq(disable(&w.member, SPAN("why")), E_DENIED);
	ck_assert_int_eq(disable(&w.admin, SPAN("why")), OK);
}
END_TEST

START_TEST(a_collaborator_off_the_project)
{
	sql_run("UPDATE integration SET edit_roles = 7, all_projects = 0");
	all_changes(&w.collaborator, E_NOT_FOUND, false);
	sql_run("INSERT INTO integration_project VALUES (%ld, %ld)", id, w.api);
	ck_assert_int_eq(disable(&w.collaborator, SPAN("why")), OK);
	sql_run("DELETE FROM collaborator");
	ck_assert_int_eq(disable(&w.collaborator, SPAN("")), E_NOT_FOUND);
}
END_TEST

START_TEST(who_changed_it_last)
{
	struct integration_change c = change_named("two");
	struct integration_entry *list;
	size_t n;

	c.id = id;
	c.version = 1;
	c.fields = SPAN("name, apiToken");
	ck_assert_int_eq(store_integration_edit(t.web, t.a, &w.admin, &w.actor, &c), OK);
	w.actor = (struct actor){w.mem, SPAN("mem"), SPAN(""), SPAN("")};
	ck_assert_int_eq(disable(&w.member, SPAN("why")), OK);
	w.actor = (struct actor){0, SPAN("operator"), SPAN(""), SPAN("")};
	ck_assert_int_eq(disable(&w.admin, SPAN("")), OK);
	integration_make(&w, "another");
	ck_assert_int_eq(store_integration_history(t.web, t.a, &w.admin, id, 9, &list, &n), OK);
	ck_assert_uint_eq(n, 4);
	ck_assert_int_eq((int)list[0].action, AUDIT_INTEGRATION_ENABLE);
	ck_assert(span_is(list[0].who, "the operator"));
	ck_assert_int_eq((int)list[1].action, AUDIT_INTEGRATION_DISABLE);
	ck_assert(span_is(list[1].who, "mem"));
	ck_assert_int_eq((int)list[2].action, AUDIT_INTEGRATION_EDIT);
	ck_assert(span_is(list[2].fields, "name, apiToken"));
	ck_assert_int_eq((int)list[3].action, AUDIT_INTEGRATION_CREATE);
	ck_assert_int_eq(store_integration_history(t.web, t.a, &w.admin, id, 1, &list, &n), OK);
	ck_assert_uint_eq(n, 1);
	/* another subscription's chain has nothing of it */
	ck_assert_int_eq(store_integration_history(t.web, t.a, &w.foreign, id, 9, &list, &n), OK);
	ck_assert_uint_eq(n, 0);
}
END_TEST

/* By its uid while it is there, by the audit trail afterwards, and within its scope alone. */
START_TEST(found_by_uid_and_by_its_deletion)
{
	struct integration_change c = {.id = id, .version = 1};
	struct span uid = get()->uid, name;
	struct integration_entry e;
	int64_t found;

	ck_assert_int_eq(store_integration_of_uid(t.web, t.a, &w.admin, uid, &found, &name), OK);
	ck_assert(found == id && span_is(name, "one"));
	ck_assert_int_eq(store_integration_of_uid(t.web, t.a, &w.foreign, uid, &found, &name),
			 E_NOT_FOUND);
	ck_assert_int_eq(store_integration_deletion(t.web, t.a, &w.admin, id, &e, &name),
			 E_NOT_FOUND);
	ck_assert_int_eq(store_integration_delete(t.web, t.a, &w.admin, &w.actor, &c), OK);
	ck_assert_int_eq(store_integration_of_uid(t.web, t.a, &w.admin, uid, &found, &name),
			 E_NOT_FOUND);
	ck_assert_int_eq(store_integration_deletion(t.web, t.a, &w.admin, id, &e, &name), OK);
	ck_assert(span_is(e.who, "ann") && span_is(name, "one") && e.at > 0);
	ck_assert_int_eq(store_integration_deletion(t.web, t.a, &w.foreign, id, &e, &name),
			 E_NOT_FOUND);
	ck_assert_int_eq(store_integration_deletion(t.web, t.a, &w.admin, id + 1, &e, &name),
			 E_NOT_FOUND);
}
END_TEST

Suite *store_integration_state_suite(void)
{
	Suite *s = suite_create("store_integration_state");
	TCase *c = tcase_create("state");

	tcase_add_checked_fixture(c, state_set_up, store_tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, disabled_and_enabled);
	tcase_add_test(c, twice_is_a_conflict);
	tcase_add_test(c, delete_wants_the_version);
	tcase_add_loop_test(c, a_role_lost_meanwhile, 0, (int)COUNT(LOST));
	tcase_add_test(c, an_edit_permission_lost_meanwhile);
	tcase_add_test(c, a_collaborator_off_the_project);
	tcase_add_test(c, who_changed_it_last);
	tcase_add_test(c, found_by_uid_and_by_its_deletion);
	suite_add_tcase(s, c);
	return s;
}
