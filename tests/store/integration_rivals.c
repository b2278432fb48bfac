/* integration_rivals.c: several processes that change the same things at once. */
#include "store/fixture.h"

#include "seal/hash.h"
#include "store/integration.h"

enum { RIVALS = 4, ROUNDS = 25 };

static struct world w;
static int64_t target;

static void rivals_set_up(void)
{
	store_set_up();
	world_make(&w);
}

static struct integration_change change_random(const char *name)
{
	struct integration_change c = change_named(name);
	unsigned char *uid = arena_alloc(t.a, UID_BYTES);

	random_bytes(uid, UID_BYTES); /* children count the same numbers */
	c.uid = span_of((const char *)uid, UID_BYTES);
	return c;
}

static int create_same(int k, void *arg)
{
	struct integration_change c = change_random("same");
	volatile int *ready = arg;
	int64_t id;
	int rc;

	t.web = connect_as("signet_web");
	(void)k;
	__atomic_add_fetch(ready, 1, __ATOMIC_SEQ_CST);
	wait_for(ready, RIVALS);
	rc = store_integration_create(t.web, t.a, &w.admin, &w.actor, &c, &id);
	return rc == E_CONFLICT && !c.name_taken ? E_BUG : rc;
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

/* Each counts a value up, as somebody who edits what they have read: no save overwrites another. */
static int count_up(int k, void *arg)
{
	int done = 0;

	(void)k;
	(void)arg;
	t.web = connect_as("signet_web");
	while (done < ROUNDS) {
		struct integration_change c = change_named("counter");
		struct integration_value value = {SPAN("n"), SPAN("")};
		struct integration *i;
		int64_t n = 0;
		int rc;
		TRY(store_integration_get(t.web, t.a, &w.admin, target, &i));
		if (i->nvalues)
			TRY(span_i64(i->values[0].value, &n));
		value.value = arena_printf(t.a, "%lld", (long long)n + 1);
		c.values = &value;
		c.nvalues = 1;
		c.id = target;
		c.version = i->version;
		rc = store_integration_edit(t.web, t.a, &w.admin, &w.actor, &c);
		if (rc != OK && !(rc == E_CONFLICT && c.stale))
			return rc;
		done += rc == OK;
	}
	return OK;
}

START_TEST(no_lost_update)
{
	int codes[CHILDREN_MAX];

	target = integration_make(&w, "counter");
	children_run(RIVALS, count_up, NULL, codes);
	for (int k = 0; k < RIVALS; k++)
		ck_assert_msg(codes[k] == OK, "%s", err_text(codes[k]));
	ck_assert_int_eq(sql_number("SELECT value FROM integration_value"), RIVALS * ROUNDS);
	ck_assert_int_eq(sql_number("SELECT version FROM integration"), RIVALS * ROUNDS + 1);
	ck_assert_int_eq(sql_number("SELECT revision FROM subscription WHERE id = %ld", w.acme),
			 RIVALS * ROUNDS + 1);
	ck_assert_int_eq(chains_check(), RIVALS * ROUNDS + 1);
}
END_TEST

/* Creating, editing, deleting side by side in two subscriptions: all succeed, none is asked twice. */
static int live(int k, void *arg)
{
	struct scope *s = k % 2 ? &w.admin : &w.foreign;
	struct sealed_new box = {SPAN("apiToken"), KEY_ACTIVE, SPAN("box"), SPAN(""), 1};
	struct project list[] = {{k % 2 ? w.api : w.store, SPAN(""), true},
				 {k % 2 ? w.web : w.store, SPAN(""), false}};

	(void)arg;
	t.web = connect_as("signet_web");
	for (int n = 0; n < ROUNDS; n++) {
		struct integration_change c = change_random(arena_printf(t.a, "%d %d", k, n).p);
		int64_t id;
		c.sealed = &box;
		c.nsealed = 1;
		c.projects = list;
		c.nprojects = 2;
		TRY(store_integration_create(t.web, t.a, s, &w.actor, &c, &id));
		c.id = id;
		c.version = 1;
		TRY(store_integration_edit(t.web, t.a, s, &w.actor, &c));
		c.version = 2;
		if (n % 2)
			TRY(store_integration_delete(t.web, t.a, s, &w.actor, &c));
	}
	return OK;
}

START_TEST(side_by_side)
{
	int codes[CHILDREN_MAX];

	children_run(RIVALS, live, NULL, codes);
	for (int k = 0; k < RIVALS; k++)
		ck_assert_msg(codes[k] == OK, "%s", err_text(codes[k]));
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM integration"), RIVALS * (ROUNDS - ROUNDS / 2));
	ck_assert_int_eq(chains_check(), RIVALS * (ROUNDS * 2 + ROUNDS / 2));
}
END_TEST

/* A key is retired while somebody saves with it: whoever comes second sees the other. */
static int retire(int k, void *arg)
{
	struct integration_change c = change_random("late");
	struct sealed_new box = {SPAN("apiToken"), KEY_ACTIVE, SPAN("box"), SPAN(""), 1};
	volatile int *locked = arg;
	int64_t id;

	if (k == 1) {
		wait_for(locked, 1);
		t.web = connect_as("signet_web");
		c.sealed = &box;
		c.nsealed = 1;
		return store_integration_create(t.web, t.a, &w.admin, &w.actor, &c, &id);
	}
	t.sql = sql_connect("signet_test");
	sql_run("START TRANSACTION");
	sql_run("UPDATE seal_key SET state = 'retired'");
	*locked = 1;
	sleep_ms(700);
	sql_run("COMMIT");
	return OK;
}

START_TEST(key_retired_meanwhile)
{
	int codes[CHILDREN_MAX];

	children_run(2, retire, shared_new(sizeof(int)), codes);
	ck_assert_int_eq(codes[0], OK);
	ck_assert_int_eq(codes[1], E_DENIED);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM integration"), 0);
}
END_TEST

Suite *store_integration_rivals_suite(void)
{
	Suite *s = suite_create("store_integration_rivals");
	TCase *c = tcase_create("rivals");

	tcase_add_checked_fixture(c, rivals_set_up, store_tear_down);
	tcase_set_timeout(c, 120);
	tcase_add_test(c, one_name_one_winner);
	tcase_add_test(c, no_lost_update);
	tcase_add_test(c, side_by_side);
	tcase_add_test(c, key_retired_meanwhile);
	suite_add_tcase(s, c);
	return s;
}
