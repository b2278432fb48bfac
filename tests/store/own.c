/* own.c: what an account owns itself: found by its owner alone, listed, changed, deleted. */
#include "store/bound.h"

#include "seal/hash.h"
#include "store/integration.h"
#include "store/integration_history.h"
#include "store/own.h"

enum { RIVALS = 4 };

static struct world w;
static struct actor mem;
static struct scope mine, anns;

static void own_set_up(void)
{
	store_set_up();
	world_make(&w);
	mem = (struct actor){w.mem, SPAN("mem"), SPAN("192.0.2.8"), SPAN("8899aabbccddeeff")};
	mine = own_scope(w.mem);
	anns = own_scope(w.ann);
}

static struct integration_change change_own(const char *name)
{
	struct integration_change c = change_named(name);
	unsigned char *uid = arena_alloc(t.a, UID_BYTES);

	random_bytes(uid, UID_BYTES); /* children count the same numbers */
	c.uid = span_of((const char *)uid, UID_BYTES);
	c.edit_roles = ROLE_BIT(ROLE_ADMIN);
	return c;
}

static int create(const struct scope *s, const char *name, int64_t *id)
{
	struct integration_change c = change_own(name);
	int rc = store_integration_create(t.web, t.a, s, &mem, &c, id);

	return rc == E_CONFLICT && !c.name_taken ? E_BUG : rc;
}

static int64_t made(const char *name)
{
	int64_t id;

	ck_assert_int_eq(create(&mine, name, &id), OK);
	return id;
}

static struct integration *got(int64_t id)
{
	struct integration *i;

	ck_assert_int_eq(store_integration_get(t.web, t.a, &mine, id, &i), OK);
	return i;
}

static int64_t revision(int64_t subscription)
{
	return sql_number("SELECT revision FROM subscription WHERE id = %ld", subscription);
}

/* "action object (fields)" of the newest entries of a chain, the newest first. */
static const char *trail(const char *chain, int64_t id, int n)
{
	return sql_text("SELECT GROUP_CONCAT(x ORDER BY seq DESC SEPARATOR '; ') FROM (SELECT seq,"
			" CONCAT(action, ' ', object, ' (', fields, ')') AS x FROM audit"
			" WHERE chain = '%s:%ld' ORDER BY seq DESC LIMIT %d) y",
			chain, id, n);
}

START_TEST(found_by_its_owner_alone)
{
	int64_t id = made("my jenkins"), org = integration_make(&w, "org");
	const struct scope *others[] = {&anns, &w.admin, &w.member, &w.collaborator, &w.foreign};
	struct integration *i;

	i = got(id);
	ck_assert(span_is(i->name, "my jenkins") && i->nurls == 1 && i->version == 1);
	ck_assert(i->all_projects && i->nprojects == 0 && i->hidden_projects == 0);
	for (size_t k = 0; k < COUNT(others); k++) {
		struct integration_change c = change_own("x");
		struct own_delete d = {.id = id, .version = 1};

		c.id = id;
		c.version = 1;
		ck_assert_int_eq(store_integration_get(t.web, t.a, others[k], id, &i), E_NOT_FOUND);
		ck_assert_int_eq(store_integration_named(t.web, t.a, others[k], SPAN("my jenkins"),
							 &i),
				 E_NOT_FOUND);
		ck_assert_int_eq(store_integration_edit(t.web, t.a, others[k], &mem, &c),
				 E_NOT_FOUND);
		ck_assert_int_eq(store_integration_disable(t.web, t.a, others[k], &mem, &c,
							   SPAN("why")),
				 E_NOT_FOUND);
		if (others[k]->subscription_id)
			ck_assert_int_eq(store_integration_delete(t.web, t.a, others[k], &mem, &c),
					 E_NOT_FOUND);
		else
			ck_assert_int_eq(store_own_delete(t.web, t.a, others[k], &mem, &d),
					 E_NOT_FOUND);
	}
	/* and a subscription's is nobody's own */
	ck_assert_int_eq(store_integration_get(t.web, t.a, &anns, org, &i), E_NOT_FOUND);
	ck_assert_int_eq(store_own_delete(t.web, t.a, &anns, &mem, &(struct own_delete){.id = org, .version = 1}),
			 E_NOT_FOUND);
	ck_assert_int_eq(got(id)->version, 1);
}
END_TEST

START_TEST(named_once_for_each_owner)
{
	struct integration_change c = change_own("another");
	int64_t id = made("same"), other;

	ck_assert_int_eq(create(&mine, "same", &other), E_CONFLICT);
	ck_assert_int_eq(create(&anns, "same", &other), OK);
	integration_make(&w, "same");
	made("another");
	c.id = id;
	c.version = 1;
	ck_assert_int_eq(store_integration_edit(t.web, t.a, &mine, &mem, &c), E_CONFLICT);
	ck_assert(c.name_taken && !c.stale);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM integration WHERE name = 'same'"), 3);
}
END_TEST

START_TEST(changed_under_its_own_lock)
{
	int64_t id = made("one"), before = revision(w.acme);
	struct integration_change c = change_own("two");
	struct integration_entry *list;
	size_t n;

	c.id = id;
	c.version = 1;
	c.fields = SPAN("name");
	ck_assert_int_eq(store_integration_edit(t.web, t.a, &mine, &mem, &c), OK);
	ck_assert_int_eq(store_integration_edit(t.web, t.a, &mine, &mem, &c), E_CONFLICT);
	ck_assert(c.stale && !c.name_taken);
	ck_assert(span_is(got(id)->name, "two") && got(id)->version == 2);
	ck_assert_int_eq(revision(w.acme), before);
	ck_assert_str_eq(trail("account", w.mem, 9),
			 "integration.edit two (name); integration.create one (name, urls)");
	ck_assert_int_eq(store_integration_history(t.web, t.a, &mine, id, 9, &list, &n), OK);
	ck_assert(n == 2 && list[0].action == AUDIT_INTEGRATION_EDIT);
	ck_assert_int_eq(store_integration_history(t.web, t.a, &anns, id, 9, &list, &n), OK);
	ck_assert_uint_eq(n, 0);
	ck_assert_int_eq(chains_check(), 2);
}
END_TEST

/* Lists of a subscription are kept under its revision, and show whether the owner disabled it. */
START_TEST(disabling_tells_those_who_use_it)
{
	int64_t id = made("one"), acme = revision(w.acme), globex = revision(w.globex);
	struct integration_change c = {.id = id};

	handle_make(id, w.acme, "a");
	handle_make(id, w.acme, "b");
	ck_assert_int_eq(store_integration_disable(t.web, t.a, &mine, &mem, &c, SPAN("leaked")),
			 OK);
	ck_assert(span_is(got(id)->disabled_reason, "leaked"));
	ck_assert_int_gt(revision(w.acme), acme);
	ck_assert_int_eq(revision(w.globex), globex);
	ck_assert_int_eq(store_integration_disable(t.web, t.a, &mine, &mem, &c, SPAN("again")),
			 E_CONFLICT);
	ck_assert_int_eq(store_integration_disable(t.web, t.a, &mine, &mem, &c, SPAN("")), OK);
	ck_assert_int_eq(got(id)->disabled_at, 0);
	ck_assert_int_eq(entries_of(w.acme), 0); /* why is the owner's business */
	ck_assert_str_eq(trail("account", w.mem, 2),
			 "integration.enable one (); integration.disable one ()");
}
END_TEST

START_TEST(a_disabled_account_changes_nothing)
{
	int64_t id = made("one"), other;
	struct integration_change c = change_own("two");

	c.id = id;
	c.version = 1;
	sql_run("UPDATE account SET disabled_at = 9 WHERE id = %ld", w.mem);
	ck_assert_int_eq(create(&mine, "more", &other), E_NOT_FOUND);
	ck_assert_int_eq(store_integration_edit(t.web, t.a, &mine, &mem, &c), E_NOT_FOUND);
	ck_assert_int_eq(store_integration_disable(t.web, t.a, &mine, &mem, &c, SPAN("why")),
			 E_NOT_FOUND);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM integration"), 1);
}
END_TEST

/* ---- the list ---- */

static const char *names(const struct scope *s, struct integration_query q)
{
	struct buf out = BUF_INIT;
	struct integration_row *list;
	const char *text;
	size_t n;

	q.search = q.search.p ? q.search : SPAN("");
	q.type = q.type.p ? q.type : SPAN("");
	q.limit = q.limit ? q.limit : 50;
	ck_assert_int_eq(store_integration_list(t.web, t.a, s, &q, &list, &n), OK);
	for (size_t k = 0; k < n; k++)
		buf_printf(&out, "%s%.*s", k ? "," : "", SPAN_ARG(list[k].name));
	text = arena_str(t.a, buf_span(&out));
	buf_release(&out);
	return text;
}

static int64_t counted(const struct scope *s, struct integration_query q)
{
	int64_t total;

	q.search = q.search.p ? q.search : SPAN("");
	q.type = q.type.p ? q.type : SPAN("");
	ck_assert_int_eq(store_integration_count(t.web, t.a, s, &q, &total), OK);
	return total;
}

static void at(int64_t id, const char *type, int64_t changed, bool disabled)
{
	sql_run("UPDATE integration SET type = '%s', changed_at = %ld, disabled_at = %s WHERE id = %ld",
		type, changed, disabled ? "7" : "NULL", id);
}

static void list_set_up(void)
{
	own_set_up();
	at(made("alpha"), "slackKey", 30, false);
	at(made("beta"), "jenkins", 10, true);
	at(made("gamma"), "jenkins", 20, false);
	integration_make(&w, "org");
	own_make(w.ann, "anns", "jenkins");
}

#define Q(...) (struct integration_query){__VA_ARGS__}

static struct integration_row *place(const char *type, const char *name, int64_t changed_at, int64_t id)
{
	struct integration_row *r = ARENA_NEW(t.a, struct integration_row);

	*r = (struct integration_row){.type = span_str(type), .name = span_str(name),
				      .changed_at = changed_at, .id = id};
	return r;
}

START_TEST(listed_in_each_order)
{
	ck_assert_str_eq(names(&mine, Q()), "alpha,beta,gamma");
	ck_assert_str_eq(names(&anns, Q()), "anns");
	ck_assert_str_eq(names(&w.admin, Q()), "org");
	ck_assert_str_eq(names(&mine, Q(.sort = SORT_TYPE)), "beta,gamma,alpha");
	ck_assert_str_eq(names(&mine, Q(.sort = SORT_CHANGED)), "alpha,gamma,beta");
	ck_assert_str_eq(names(&mine, Q(.state = STATE_DISABLED)), "beta");
	ck_assert_str_eq(names(&mine, Q(.state = STATE_ENABLED)), "alpha,gamma");
	ck_assert_str_eq(names(&mine, Q(.type = SPAN("jenkins"))), "beta,gamma");
	ck_assert_str_eq(names(&mine, Q(.search = SPAN("AMM"))), "gamma");
	ck_assert_str_eq(names(&mine, Q(.search = SPAN("ci.EXAMPLE"))), "alpha,beta,gamma");
	ck_assert_str_eq(names(&mine, Q(.search = SPAN("%"))), "");
	ck_assert_int_eq(counted(&mine, Q()), 3);
	ck_assert_int_eq(counted(&mine, Q(.type = SPAN("jenkins"), .state = STATE_ENABLED)), 1);
	ck_assert_int_eq(counted(&anns, Q()), 1);
}
END_TEST

START_TEST(listed_page_by_page)
{
	int64_t gamma = sql_number("SELECT id FROM integration WHERE name = 'gamma'");

	ck_assert_str_eq(names(&mine, Q(.from = place("", "alpha", 0, 0), .limit = 1)), "beta");
	ck_assert_str_eq(names(&mine, Q(.from = place("", "gamma", 0, 0), .back = true)),
			 "alpha,beta");
	ck_assert_str_eq(names(&mine, Q(.from = place("", "gamma", 0, 0), .back = true, .limit = 1)),
			 "beta");
	ck_assert_str_eq(names(&mine, Q(.sort = SORT_TYPE,
					.from = place("jenkins", "beta", 0, 0))),
			 "gamma,alpha");
	ck_assert_str_eq(names(&mine, Q(.sort = SORT_TYPE, .back = true,
					.from = place("slackKey", "alpha", 0, 0))),
			 "beta,gamma");
	ck_assert_str_eq(names(&mine, Q(.sort = SORT_CHANGED,
					.from = place("", "", 20, gamma))),
			 "beta");
	ck_assert_str_eq(names(&mine, Q(.sort = SORT_CHANGED, .back = true,
					.from = place("", "", 20, gamma))),
			 "alpha");
}
END_TEST

START_TEST(listed_with_where_they_are_used)
{
	int64_t gamma = sql_number("SELECT id FROM integration WHERE name = 'gamma'"), n, in, uses;
	struct integration_query q = {.search = SPAN("amm"), .type = SPAN(""), .limit = 9};
	struct integration_row *list;
	size_t count;

	handle_make(gamma, w.acme, "a");
	handle_make(gamma, w.acme, "b");
	handle_make(gamma, w.globex, "a");
	ck_assert_int_eq(store_integration_list(t.web, t.a, &mine, &q, &list, &count), OK);
	ck_assert(count == 1 && list[0].handles == 3 && list[0].subscriptions == 2);
	ck_assert_int_eq(store_own_used(t.web, t.a, &mine, gamma, &n, &in, &uses), OK);
	ck_assert(n == 3 && in == 2 && uses == 0);
	ck_assert_int_eq(store_own_used(t.web, t.a, &anns, gamma, &n, &in, &uses), E_NOT_FOUND);
	/* places are counted where the owner has a role */
	sql_run("INSERT INTO name_use VALUES (%ld, 'a', 3), (%ld, 'b', 4), (%ld, 'gamma', 9), (%ld, 'a', 5)", w.acme,
		w.acme, w.acme, w.globex);
	ck_assert_int_eq(store_own_used(t.web, t.a, &mine, gamma, &n, &in, &uses), OK);
	ck_assert_int_eq(uses, 7);
	ck_assert_int_eq(store_integration_list(t.web, t.a, &mine, &q, &list, &count), OK);
	ck_assert(count == 1 && list[0].uses == 7);
	ck_assert_str_eq(names(&mine, Q(.use = USE_SOME)), "gamma");
	ck_assert_str_eq(names(&mine, Q(.use = USE_NONE)), "alpha,beta");
	ck_assert_int_eq(counted(&mine, Q(.use = USE_NONE)), 2);
	sql_run("DELETE FROM name_use WHERE subscription_id = %ld", w.acme);
	sql_run("UPDATE integration SET created_at = 1");
	sql_run("UPDATE integration SET used_at = 50 WHERE name = 'b'");
	ck_assert_str_eq(names(&mine, Q(.use = USE_NONE)), "alpha,beta,gamma");
	ck_assert_str_eq(names(&mine, Q(.use = USE_NONE, .since = 50)), "alpha,beta");
	ck_assert_str_eq(names(&mine, Q(.use = USE_NONE, .since = 51)), "alpha,beta,gamma");
	ck_assert_str_eq(names(&mine, Q(.use = USE_NONE, .since = 1)), "");
	sql_run("DELETE FROM name_use");
	ck_assert_str_eq(names(&w.admin, Q()), "a,b,org");
}
END_TEST

/* ---- deleting ---- */

static int delete_own(int64_t id, int64_t version, struct span shown, struct own_delete *d)
{
	*d = (struct own_delete){.id = id, .version = version, .shown = shown};
	return store_own_delete(t.web, t.a, &mine, &mem, d);
}

static struct span shown_now(int64_t id)
{
	struct own_handle *list;
	size_t n;

	ck_assert_int_eq(store_own_handles(t.web, t.a, &mine, id, &list, &n), OK);
	return own_handles_text(t.a, list, n);
}

/* Where its owner has a role the handles go; where they left, they stay for an admin to rebind. */
START_TEST(deleted_with_its_handles)
{
	int64_t id = made("one"), other = made("other"), here, there, apart;
	struct own_delete d;

	here = handle_make(id, w.acme, "here");
	there = handle_make(id, w.globex, "there");
	apart = handle_make(other, w.acme, "apart");
	grant_make(id, w.acme, "*");
	grant_make(id, w.globex, "*");
	grant_make(other, w.acme, "*");
	ck_assert(span_eq(shown_now(id), arena_printf(t.a, "%ld !%ld", here, there)));
	ck_assert_int_eq(delete_own(id, 1, shown_now(id), &d), OK);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM integration WHERE id IN (%ld, %ld)", id, here),
			 0);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM binding"), 2);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM integration WHERE id IN (%ld, %ld, %ld)",
				    there, apart, other),
			 3);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM scope_grant"), 1);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM integration_url WHERE integration_id = %ld",
				    id),
			 0);
	ck_assert_str_eq(trail("sub", w.acme, 9), "scope.withdraw one (); binding.delete here (from mem)");
	ck_assert_str_eq(trail("sub", w.globex, 9), "scope.withdraw one ()");
	ck_assert_str_eq(trail("account", w.mem, 4),
			 "integration.delete one (); scope.withdraw one (globex);"
			 " scope.withdraw one (acme); binding.delete one (acme / here)");
	ck_assert_int_gt(chains_check(), 0);
	ck_assert_int_eq(delete_own(id, 1, SPAN_NONE, &d), E_NOT_FOUND);
}
END_TEST

START_TEST(not_deleted_when_something_moved)
{
	int64_t id = made("one");
	struct span shown = shown_now(id);
	struct integration_change c = change_own("two");
	struct own_delete d;

	handle_make(id, w.acme, "new");
	ck_assert_int_eq(delete_own(id, 1, shown, &d), E_CONFLICT);
	ck_assert(d.moved && !d.stale);
	/* its owner left between the page and the button */
	shown = shown_now(id);
	sql_run("DELETE FROM role WHERE account_id = %ld", w.mem);
	ck_assert_int_eq(delete_own(id, 1, shown, &d), E_CONFLICT);
	ck_assert(d.moved);
	c.id = id;
	c.version = 1;
	ck_assert_int_eq(store_integration_edit(t.web, t.a, &mine, &mem, &c), OK);
	ck_assert_int_eq(delete_own(id, 1, shown_now(id), &d), E_CONFLICT);
	ck_assert(d.stale && !d.moved);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM binding"), 1);
	ck_assert_int_eq(entries_of(w.acme), 0);
	ck_assert_int_eq(delete_own(id, 2, SPAN_NONE, &d), OK);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM binding"), 1); /* they left: it stays */
}
END_TEST

/* ---- several at once ---- */

static int create_same(int k, void *arg)
{
	volatile int *ready = arg;
	int64_t id;

	(void)k;
	t.web = connect_as("signet_web");
	__atomic_add_fetch(ready, 1, __ATOMIC_SEQ_CST);
	wait_for(ready, RIVALS);
	return create(&mine, "same", &id);
}

START_TEST(one_name_one_winner)
{
	int codes[CHILDREN_MAX], won = 0;

	children_run(RIVALS, create_same, shared_new(sizeof(int)), codes);
	for (int k = 0; k < RIVALS; k++) {
		ck_assert_msg(codes[k] == OK || codes[k] == E_CONFLICT, "%s", err_text(codes[k]));
		won += codes[k] == OK;
	}
	ck_assert_int_eq(won, 1);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM integration"), 1);
	ck_assert_int_eq(chains_check(), 1);
}
END_TEST

static int64_t target;

/* Half of them delete it, the others disable and enable it. */
static int delete_or_disable(int k, void *arg)
{
	struct integration_change c = {.id = target};
	volatile int *ready = arg;
	struct own_delete d;
	int rc = OK;

	t.web = connect_as("signet_web");
	__atomic_add_fetch(ready, 1, __ATOMIC_SEQ_CST);
	wait_for(ready, RIVALS);
	for (int n = 0; n < 20 && (rc == OK || rc == E_CONFLICT); n++) {
		if (k % 2)
			rc = store_integration_disable(t.web, t.a, &mine, &mem, &c,
						       n % 2 ? SPAN("") : SPAN("why"));
		else
			rc = delete_own(target, n + 1, SPAN_NONE, &d);
	}
	return rc;
}

START_TEST(deleted_once)
{
	int codes[CHILDREN_MAX], deleted;

	target = made("one");
	handle_make(target, w.acme, "here");
	handle_make(target, w.globex, "there");
	grant_make(target, w.acme, "*");
	grant_make(target, w.globex, "*");
	children_run(RIVALS, delete_or_disable, shared_new(sizeof(int)), codes);
	for (int k = 0; k < RIVALS; k++)
		ck_assert_msg(codes[k] == E_NOT_FOUND || codes[k] == E_CONFLICT || codes[k] == OK, "%s",
			      err_text(codes[k]));
	deleted = sql_number("SELECT COUNT(*) FROM integration WHERE id = %ld", target) == 0;
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM audit WHERE action = 'integration.delete'"),
			 deleted);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM binding"), deleted ? 1 : 2);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM scope_grant"), deleted ? 0 : 2);
	ck_assert_int_gt(chains_check(), 0);
}
END_TEST

START_TEST(statements)
{
	static const struct stmt_table *const TABLES[] = {&STORE_OWN_LIST, &STORE_OWN_DELETE};

	ck_assert_int_eq(db_self_test(t.web, TABLES, COUNT(TABLES)), OK);
}
END_TEST

static TCase *list_case(void)
{
	TCase *c = tcase_create("own_list");

	tcase_add_checked_fixture(c, list_set_up, store_tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, listed_in_each_order);
	tcase_add_test(c, listed_page_by_page);
	tcase_add_test(c, listed_with_where_they_are_used);
	return c;
}

Suite *store_own_suite(void)
{
	TCase *c = tcase_create("own");
	Suite *s = suite_create("store_own");

	tcase_add_checked_fixture(c, own_set_up, store_tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, found_by_its_owner_alone);
	tcase_add_test(c, named_once_for_each_owner);
	tcase_add_test(c, changed_under_its_own_lock);
	tcase_add_test(c, disabling_tells_those_who_use_it);
	tcase_add_test(c, a_disabled_account_changes_nothing);
	tcase_add_test(c, deleted_with_its_handles);
	tcase_add_test(c, not_deleted_when_something_moved);
	tcase_add_test(c, one_name_one_winner);
	tcase_add_test(c, deleted_once);
	tcase_add_test(c, statements);
	suite_add_tcase(s, c);
	suite_add_tcase(s, list_case());
	return s;
}
