/* people.c: accounts, subscriptions, projects, throttling. */
#include "store/fixture.h"

#include "store/account.h"
#include "store/project.h"
#include "store/subscription.h"
#include "store/throttle.h"

static struct world w;

static void people_set_up(void)
{
	store_set_up();
	world_make(&w);
}

static int account_create(const char *login, int n, int64_t *id)
{
	struct account_new a = {uid_of(n), span_str(login), span_str(login), SPAN(""), w.actor};

	return store_account_create(t.web, t.a, &a, id);
}

START_TEST(account_created)
{
	int64_t id, found;

	ck_assert_int_eq(account_create("zoe", 1, &id), OK);
	ck_assert_int_eq(store_account_find(t.web, t.a, SPAN("zoe"), &found), OK);
	ck_assert_int_eq(found, id);
	ck_assert_str_eq(sql_text("SELECT CONCAT(chain, action, object, object_id = %ld) FROM audit", id),
			 "siteaccount.createzoe1");
	ck_assert_int_eq(chains_check(), 1);
}
END_TEST

START_TEST(account_names)
{
	static const char *const OTHERS[] = {"Zoe", "zo\xC3\xAB", "zoe2", "' OR ''='"};
	static const struct span NOBODY[] = {SPAN("zoe "), SPAN(""), SPAN("zo"), SPAN("ZOE"),
					     SPAN("zoe\0"), SPAN("%")};
	int64_t id, found = -1;

	ck_assert_int_eq(account_create("zoe", 1, &id), OK);
	ck_assert_int_eq(account_create("zoe", 2, &found), E_CONFLICT);
	ck_assert_int_eq(account_create("yan", 1, &found), E_CONFLICT); /* the uid, too */
	ck_assert_int_eq(found, -1);
	ck_assert_int_eq(chains_check(), 1);
	for (size_t k = 0; k < COUNT(NOBODY); k++)
		ck_assert_int_eq(store_account_find(t.web, t.a, NOBODY[k], &found), E_NOT_FOUND);
	for (size_t k = 0; k < COUNT(OTHERS); k++)
		ck_assert_int_eq(account_create(OTHERS[k], (int)k + 10, &found), OK);
}
END_TEST

START_TEST(theme)
{
	ck_assert_int_eq(store_account_theme(t.web, t.a, &w.actor, SPAN("dark")), OK);
	ck_assert_str_eq(sql_text("SELECT GROUP_CONCAT(theme ORDER BY login) FROM account"),
			 "dark,auto,auto,auto");
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM audit WHERE chain = 'account:%ld'", w.ann), 1);
	ck_assert_int_eq(chains_check(), 1);
}
END_TEST

START_TEST(subscription_created)
{
	struct subscription_new n = {uid_of(7), SPAN("initech"), SPAN("Initech"), w.actor};
	int64_t id, found = -1;
	struct span uid;

	ck_assert_int_eq(store_subscription_create(t.web, t.a, &n, &id), OK);
	ck_assert_int_eq(store_subscription_find(t.web, t.a, SPAN("initech"), &found, &uid), OK);
	ck_assert_int_eq(found, id);
	ck_assert(span_eq(uid, n.uid));
	ck_assert_int_eq(entries_of(id), 1);
	n.uid = uid_of(8);
	ck_assert_int_eq(store_subscription_create(t.web, t.a, &n, &found), E_CONFLICT);
	ck_assert_int_eq(store_subscription_find(t.web, t.a, SPAN("initech "), &found, &uid), E_NOT_FOUND);
	ck_assert_int_eq(store_subscription_find(t.web, t.a, SPAN("Initech"), &found, &uid), E_NOT_FOUND);
	ck_assert_int_eq(chains_check(), 1);
}
END_TEST

START_TEST(project_created)
{
	int64_t id = -1;

	ck_assert_int_eq(store_project_create(t.web, t.a, &w.admin, &w.actor, SPAN("new"), &id), OK);
	ck_assert_int_eq(sql_number("SELECT subscription_id FROM project WHERE id = %ld", id), w.acme);
	ck_assert_int_eq(sql_number("SELECT revision FROM subscription WHERE id = %ld", w.acme), 1);
	ck_assert_int_eq(store_project_create(t.web, t.a, &w.admin, &w.actor, SPAN("new"), &id),
			 E_CONFLICT);
	ck_assert_int_eq(store_project_create(t.web, t.a, &w.foreign, &w.actor, SPAN("new"), &id), OK);
	ck_assert_int_eq(sql_number("SELECT revision FROM subscription WHERE id = %ld", w.acme), 1);
	ck_assert_int_eq(entries_of(w.acme), 1);
	ck_assert_int_eq(entries_of(w.globex), 1);
	w.admin.subscription_id = 999999;
	ck_assert_int_eq(store_project_create(t.web, t.a, &w.admin, &w.actor, SPAN("x"), &id), E_NOT_FOUND);
	ck_assert_int_eq(chains_check(), 2);
}
END_TEST

static const char *projects_of(const struct scope *s, int64_t *total)
{
	struct project *list;
	struct buf out = BUF_INIT;
	const char *text;
	size_t n;

	ck_assert_int_eq(store_project_list(t.web, t.a, s, &list, &n, total), OK);
	for (size_t k = 0; k < n; k++) {
		buf_puts(&out, k ? "," : "");
		buf_put(&out, list[k].name);
		ck_assert(!list[k].chosen);
	}
	text = arena_str(t.a, buf_span(&out));
	buf_release(&out);
	return text;
}

START_TEST(projects_seen)
{
	struct scope nobody = {.subscription_id = w.acme, .account_id = w.eve, .role = ROLE_NONE};
	int64_t total;

	ck_assert_str_eq(projects_of(&w.admin, &total), "api,ops,web");
	ck_assert_int_eq(total, 3);
	ck_assert_str_eq(projects_of(&w.member, &total), "api,ops,web");
	ck_assert_str_eq(projects_of(&w.collaborator, &total), "api");
	ck_assert_int_eq(total, 3);
	ck_assert_str_eq(projects_of(&w.foreign, &total), "store");
	ck_assert_int_eq(total, 1);
	ck_assert_str_eq(projects_of(&nobody, &total), "");
	/* named on a project elsewhere: it does not show here */
	sql_run("INSERT INTO collaborator (account_id, project_id, subscription_id, granted_at, mac)"
		" VALUES (%ld, %ld, %ld, 1, '')", w.col, w.store, w.globex);
	ck_assert_str_eq(projects_of(&w.collaborator, &total), "api");
}
END_TEST

static int lock_only(struct db *db, void *arg)
{
	return store_subscription_lock(db, t.a, *(int64_t *)arg);
}

START_TEST(lock)
{
	int64_t none = 999999;

	ck_assert_int_eq(db_transaction(t.web, lock_only, &w.acme), OK);
	ck_assert_int_eq(db_transaction(t.vault, lock_only, &w.acme), OK);
	ck_assert_int_eq(db_transaction(t.web, lock_only, &none), E_NOT_FOUND);
	ck_assert_int_eq(sql_number("SELECT revision FROM subscription WHERE id = %ld", w.acme), 2);
}
END_TEST

/* --- throttling --- */

static struct span subject_of(int n)
{
	char *p = arena_alloc(t.a, 32);

	memcpy(p, uid_of(n).p, 16);
	memcpy(p + 16, uid_of(n).p, 16);
	return span_of(p, 32);
}

static int64_t failures_of(int n, int64_t now)
{
	int64_t count = -1;

	ck_assert_int_eq(store_throttle_failures(t.web, t.a, subject_of(n), now, &count), OK);
	return count;
}

static void fail_at(int n, int64_t now)
{
	ck_assert_int_eq(store_throttle_failed(t.web, subject_of(n), now), OK);
}

START_TEST(throttle_window)
{
	int64_t at = 1000000, edge = at + THROTTLE_WINDOW;

	ck_assert_int_eq(failures_of(1, at), 0);
	for (int k = 0; k < 3; k++)
		fail_at(1, at + k);
	fail_at(2, at);
	ck_assert_int_eq(failures_of(1, at + 10), 3);
	ck_assert_int_eq(failures_of(2, at + 10), 1);
	/* the window begins with the first failure, and is over as a whole */
	ck_assert_int_eq(failures_of(1, edge - 1), 3);
	ck_assert_int_eq(failures_of(1, edge), 0);
	fail_at(1, edge);
	ck_assert_int_eq(failures_of(1, edge), 1);
	/* what is long over is swept away */
	fail_at(3, edge + THROTTLE_WINDOW + 1);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM throttle"), 1);
}
END_TEST

START_TEST(throttle_clear)
{
	fail_at(1, 1000000);
	fail_at(2, 1000000);
	ck_assert_int_eq(store_throttle_clear(t.web, subject_of(1)), OK);
	ck_assert_int_eq(store_throttle_clear(t.web, subject_of(1)), OK);
	ck_assert_int_eq(failures_of(1, 1000000), 0);
	ck_assert_int_eq(failures_of(2, 1000000), 1);
}
END_TEST

/* A guesser with several connections counts as fast as with one; sweeping and inserting side by side
 * deadlocks now and then, which nobody may notice. */
static int guess(int k, void *arg)
{
	(void)arg;
	t.web = connect_as("signet_web");
	for (int n = 0; n < 100; n++) {
		TRY(store_throttle_failed(t.web, subject_of(1), 1000000 + n));
		TRY(store_throttle_failed(t.web, subject_of(100 + k * 100 + n),
					  1000000 - THROTTLE_WINDOW + n % 3));
	}
	return OK;
}

START_TEST(throttle_at_once)
{
	int codes[CHILDREN_MAX];

	children_run(4, guess, NULL, codes);
	for (int k = 0; k < 4; k++)
		ck_assert_msg(codes[k] == OK, "%s", err_text(codes[k]));
	ck_assert_int_eq(failures_of(1, 1000050), 400);
}
END_TEST

Suite *store_people_suite(void)
{
	TCase *c;
	Suite *s = suite_create("store_people");

	c = tcase_create("people");
	tcase_add_checked_fixture(c, people_set_up, store_tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, account_created);
	tcase_add_test(c, account_names);
	tcase_add_test(c, theme);
	tcase_add_test(c, subscription_created);
	tcase_add_test(c, project_created);
	tcase_add_test(c, projects_seen);
	tcase_add_test(c, lock);
	tcase_add_test(c, throttle_window);
	tcase_add_test(c, throttle_clear);
	tcase_add_test(c, throttle_at_once);
	suite_add_tcase(s, c);
	return s;
}
