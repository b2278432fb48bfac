/* right.c: roles, site roles, collaborators, as the vault writes them. */
#include "store/fixture.h"

#include "store/batch.h"
#include "store/right.h"

static struct world w;
static char mac[32];

static void right_set_up(void)
{
	store_set_up();
	world_make(&w);
	memset(mac, 'm', sizeof(mac));
}

static struct right right_of(enum right_table table, int64_t account)
{
	return (struct right){
		.table = table,
		.account_id = account,
		.subscription_id = table == RIGHT_SITE_ROLE ? 0 : w.acme,
		.project_id = table == RIGHT_COLLABORATOR ? w.web : 0,
		.role = table == RIGHT_ROLE ? ROLE_MEMBER : 0,
		.granted_at = 1000,
		.source = SPAN("hand"),
		.mac = span_of(mac, sizeof(mac)),
	};
}

static int put(const struct right *r)
{
	return store_right_put(t.vault, t.a, &w.actor, r);
}

static int take(const struct right *r)
{
	return store_right_remove(t.vault, t.a, &w.actor, r);
}

static int64_t role_of(int64_t account)
{
	return sql_number("SELECT role FROM role WHERE account_id = %ld AND subscription_id = %ld", account,
			  w.acme);
}

START_TEST(role_put_and_taken)
{
	struct right r = right_of(RIGHT_ROLE, w.eve);

	ck_assert_int_eq(put(&r), OK);
	ck_assert_int_eq(role_of(w.eve), ROLE_MEMBER);
	r.role = ROLE_COLLABORATOR;
	r.granted_at = 2000;
	memset(mac, 'n', sizeof(mac));
	ck_assert_int_eq(put(&r), OK);
	ck_assert_str_eq(sql_text("SELECT CONCAT_WS('|', role, granted_at, source, mac) FROM role WHERE"
				  " account_id = %ld AND subscription_id = %ld", w.eve, w.acme),
			 "1|2000|hand|nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn");
	ck_assert_int_eq(take(&r), OK);
	ck_assert_int_eq(role_of(w.eve), 0);
	/* the admin of the other subscription is still that */
	ck_assert_int_eq(sql_number("SELECT role FROM role WHERE account_id = %ld", w.eve), ROLE_ADMIN);
	ck_assert_int_eq(take(&r), E_NOT_FOUND);
	ck_assert_str_eq(sql_text("SELECT GROUP_CONCAT(CONCAT_WS(' ', action, object, fields) ORDER BY seq)"
				  " FROM audit WHERE chain = 'sub:%ld'", w.acme),
			 "role.grant eve member,role.grant eve collaborator,role.revoke eve ");
	ck_assert_int_eq(sql_number("SELECT revision FROM subscription WHERE id = %ld", w.acme), 3);
	ck_assert_int_eq(chains_check(), 3);
}
END_TEST

START_TEST(site_role)
{
	struct right r = right_of(RIGHT_SITE_ROLE, w.eve);

	ck_assert_int_eq(take(&r), E_NOT_FOUND);
	ck_assert_int_eq(put(&r), OK);
	ck_assert_int_eq(put(&r), OK);
	ck_assert_int_eq(sql_number("SELECT account_id FROM site_role"), w.eve);
	/* the last one who can act stays */
	ck_assert_int_eq(take(&r), E_CONFLICT);
	r.account_id = w.ann;
	ck_assert_int_eq(put(&r), OK);
	sql_run("UPDATE account SET disabled_at = 1 WHERE id = %ld", w.ann);
	r.account_id = w.eve;
	ck_assert_int_eq(take(&r), E_CONFLICT);
	sql_run("UPDATE account SET disabled_at = NULL");
	ck_assert_int_eq(take(&r), OK);
	ck_assert_int_eq(sql_number("SELECT account_id FROM site_role"), w.ann);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM audit WHERE chain = 'site'"), 4);
	ck_assert_int_eq(chains_check(), 4);
}
END_TEST

START_TEST(collaborator)
{
	struct right r = right_of(RIGHT_COLLABORATOR, w.col);

	ck_assert_int_eq(put(&r), OK);
	ck_assert_int_eq(put(&r), OK);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM collaborator WHERE account_id = %ld", w.col), 2);
	ck_assert_str_eq(sql_text("SELECT fields FROM audit WHERE seq = 1"), "web");
	ck_assert_int_eq(take(&r), OK);
	ck_assert_int_eq(sql_number("SELECT project_id FROM collaborator WHERE account_id = %ld", w.col),
			 w.api);
	/* another subscription's project is none of ours, whichever way round */
	r.project_id = w.store;
	ck_assert_int_eq(put(&r), E_NOT_FOUND);
	r.project_id = w.web;
	r.subscription_id = w.globex;
	ck_assert_int_eq(put(&r), E_NOT_FOUND);
	ck_assert_int_eq(chains_check(), 3);
}
END_TEST

/* With the role go the projects, in that subscription alone. */
START_TEST(projects_go_with_the_role)
{
	struct right r = right_of(RIGHT_ROLE, w.col);

	sql_run("INSERT INTO collaborator (account_id, project_id, subscription_id, granted_at, mac)"
		" VALUES (%ld, %ld, %ld, 1, '')", w.col, w.store, w.globex);
	ck_assert_int_eq(take(&r), OK);
	ck_assert_int_eq(sql_number("SELECT SUM(project_id) FROM collaborator"), w.store);
}
END_TEST

START_TEST(nobody_and_nowhere)
{
	struct right r = right_of((enum right_table)_i, 999999);

	ck_assert_int_eq(put(&r), E_NOT_FOUND);
	ck_assert_int_eq(take(&r), E_NOT_FOUND);
	r.account_id = w.eve;
	r.subscription_id = r.project_id = 999999;
	ck_assert_int_eq(put(&r), r.table == RIGHT_SITE_ROLE ? OK : E_NOT_FOUND);
	ck_assert_int_eq(chains_check(), r.table == RIGHT_SITE_ROLE ? 1 : 0);
}
END_TEST

/* --- the last admin --- */

START_TEST(last_admin_stays)
{
	struct right r = right_of(RIGHT_ROLE, w.ann);

	for (int64_t role = ROLE_COLLABORATOR; role <= ROLE_MEMBER; role++) {
		r.role = role;
		ck_assert_int_eq(put(&r), E_CONFLICT);
	}
	ck_assert_int_eq(take(&r), E_CONFLICT);
	r.role = ROLE_ADMIN;
	ck_assert_int_eq(put(&r), OK);
	/* one that is disabled, or an admin elsewhere, does not count */
	r.account_id = w.mem;
	ck_assert_int_eq(put(&r), OK);
	sql_run("UPDATE account SET disabled_at = 1 WHERE id = %ld", w.mem);
	r.account_id = w.ann;
	ck_assert_int_eq(take(&r), E_CONFLICT);
	sql_run("UPDATE account SET disabled_at = NULL");
	ck_assert_int_eq(take(&r), OK);
	r.account_id = w.mem;
	ck_assert_int_eq(take(&r), E_CONFLICT);
	ck_assert_int_eq(role_of(w.mem), ROLE_ADMIN);
	ck_assert_int_eq(chains_check(), 3);
}
END_TEST

/* Two admins who take each other's role at the same moment: one remains. */
static int take_other(int k, void *arg)
{
	const int64_t who[] = {w.ann, w.mem};
	struct right r = right_of(RIGHT_ROLE, who[k]);
	volatile int *ready = arg;

	t.vault = connect_as("signet_vault");
	__atomic_add_fetch(ready, 1, __ATOMIC_SEQ_CST);
	wait_for(ready, 2);
	return take(&r);
}

START_TEST(one_admin_remains)
{
	struct right r = right_of(RIGHT_ROLE, w.mem);
	int codes[CHILDREN_MAX];

	for (int round = 0; round < 10; round++) {
		r.role = ROLE_ADMIN;
		r.account_id = w.mem;
		ck_assert_int_eq(put(&r), OK);
		r.account_id = w.ann;
		ck_assert_int_eq(put(&r), OK);
		children_run(2, take_other, shared_new(sizeof(int)), codes);
		ck_assert_int_eq(codes[0] + codes[1], E_CONFLICT);
		ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM role WHERE subscription_id = %ld AND"
					    " role = 3", w.acme), 1);
	}
	ck_assert_int_eq(chains_check(), 30);
}
END_TEST

/* --- pages --- */

START_TEST(pages)
{
	enum right_table table = (enum right_table)_i;
	struct right *list, r;
	int64_t next = 0, sum = 0;
	size_t n, all = 0;

	sql_run("DELETE FROM collaborator");
	sql_run("DELETE FROM role");
	for (int k = 0; k < 3; k++) {
		const int64_t who[] = {w.ann, w.mem, w.eve};
		r = right_of(table, who[k]);
		r.granted_at = 10 + k;
		ck_assert_int_eq(put(&r), OK);
	}
	do {
		ck_assert_int_eq(store_right_page(t.vault, t.a, table, next, &list, &n, &next), OK);
		for (size_t k = 0; k < n; k++) {
			r = right_of(table, list[k].account_id);
			ck_assert_int_eq((int)list[k].table, (int)table);
			ck_assert_int_eq(list[k].subscription_id, r.subscription_id);
			ck_assert_int_eq(list[k].project_id, r.project_id);
			ck_assert_int_eq(list[k].role, r.role);
			ck_assert(span_eq(list[k].mac, r.mac) && span_is(list[k].source, "hand"));
			sum += list[k].granted_at;
		}
		all += n;
	} while (next);
	ck_assert_uint_eq(all, 3);
	ck_assert_int_eq(sum, 33);
}
END_TEST

/* More rows than a page has, and one account with more than that alone: each row once. */
START_TEST(big_pages)
{
	struct right *list;
	int64_t next = 0, last = 0;
	size_t n, all = 0, pages_seen = 0;

	sql_run("DELETE FROM collaborator");
	sql_run("INSERT INTO account (uid, login, name, created_at) SELECT UNHEX(LPAD(HEX(seq), 32, '0')),"
		" CONCAT('p', seq), 'p', 1 FROM seq_1_to_1200");
	sql_run("INSERT INTO project (subscription_id, name, created_at) SELECT %ld, CONCAT('p', seq), 1"
		" FROM seq_1_to_700", w.acme);
	sql_run("INSERT INTO collaborator (account_id, project_id, subscription_id, granted_at, mac)"
		" SELECT id, %ld, %ld, 1, '' FROM account WHERE login LIKE 'p%%'", w.api, w.acme);
	sql_run("INSERT INTO collaborator (account_id, project_id, subscription_id, granted_at, mac)"
		" SELECT (SELECT id FROM account WHERE login = 'p600'), id, %ld, 1, '' FROM project"
		" WHERE name LIKE 'p%%'", w.acme);
	do {
		ck_assert_int_eq(store_right_page(t.vault, t.a, RIGHT_COLLABORATOR, next, &list, &n, &next),
				 OK);
		ck_assert_uint_lt(++pages_seen, 20);
		if (n)
			ck_assert_int_gt(list[0].account_id, last);
		for (size_t k = 0; k < n; k++) {
			ck_assert_int_ge(list[k].account_id, last);
			last = list[k].account_id;
		}
		all += n;
	} while (next);
	ck_assert_uint_eq(all, 1900);
	ck_assert_uint_ge(pages_seen, 4);
}
END_TEST

Suite *store_right_suite(void)
{
	TCase *c;
	Suite *s = suite_create("store_right");

	c = tcase_create("right");
	tcase_add_checked_fixture(c, right_set_up, store_tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, role_put_and_taken);
	tcase_add_test(c, site_role);
	tcase_add_test(c, collaborator);
	tcase_add_test(c, projects_go_with_the_role);
	tcase_add_loop_test(c, nobody_and_nowhere, 0, RIGHT_TABLES);
	tcase_add_test(c, last_admin_stays);
	tcase_add_test(c, one_admin_remains);
	tcase_add_loop_test(c, pages, 0, RIGHT_TABLES);
	tcase_add_test(c, big_pages);
	suite_add_tcase(s, c);
	return s;
}
