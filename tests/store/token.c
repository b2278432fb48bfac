/* token.c: access tokens. */
#include "store/fixture.h"

#include <stdio.h>

#include "store/token.h"

static struct world w;

static struct span hash_of(int n)
{
	char *p = arena_alloc(t.a, 32);

	memset(p, 'h', 32);
	memcpy(p, &n, sizeof(n));
	return span_of(p, 32);
}

static void token_set_up(void)
{
	store_set_up();
	world_make(&w);
}

static struct access_token named(const char *name)
{
	return (struct access_token){.name = span_str(name),
				     .scopes = TOKEN_READ | TOKEN_WRITE,
				     .created_at = 1000,
				     .expires_at = 2000};
}

static int make(int n, const char *name, int64_t *id)
{
	struct access_token one = named(name);

	return store_token_create(t.web, t.a, &w.actor, &one, hash_of(n), id);
}

static int find(int n, int64_t now, struct who **who, struct access_token *token)
{
	return store_token_find(t.web, t.a, hash_of(n), now, who, token);
}

START_TEST(found_with_its_account)
{
	struct access_token token = {0};
	struct who *who;
	int64_t id;

	ck_assert_int_eq(make(1, "one", &id), OK);
	ck_assert_int_eq(find(1, 1500, &who, &token), OK);
	ck_assert_int_eq(token.id, id);
	ck_assert_uint_eq(token.scopes, TOKEN_READ | TOKEN_WRITE);
	ck_assert_int_eq(token.seen_at, 0);
	ck_assert_int_eq(who->account_id, w.ann);
	ck_assert(span_is(who->login, "ann") && !who->site_admin);
	ck_assert(span_eq(who->token_hash, hash_of(1)));
	ck_assert_uint_eq(who->nmemberships, 1);
	ck_assert_int_eq((int)who->memberships[0].role, ROLE_ADMIN);
	ck_assert_int_eq(who->memberships[0].revision,
			 sql_number("SELECT revision FROM subscription WHERE id = %ld", w.acme));
	ck_assert_int_eq(find(2, 1500, &who, &token), E_NOT_FOUND);
	ck_assert_int_eq(find(1, 1999, &who, &token), OK);
	ck_assert_int_eq(find(1, 2000, &who, &token), E_NOT_FOUND);
	sql_run("UPDATE account SET disabled_at = 1 WHERE id = %ld", w.ann);
	ck_assert_int_eq(find(1, 1500, &who, &token), E_NOT_FOUND);
}
END_TEST

START_TEST(last_use)
{
	struct access_token token = {0};
	struct who *who;
	int64_t id;

	ck_assert_int_eq(make(1, "one", &id), OK);
	ck_assert_int_eq(store_token_seen(t.web, id, SPAN("192.0.2.1"), 1234), OK);
	ck_assert_int_eq(find(1, 1500, &who, &token), OK);
	ck_assert_int_eq(token.seen_at, 1234);
	ck_assert_int_eq(store_token_get(t.web, t.a, w.ann, id, &token), OK);
	ck_assert(span_is(token.seen_address, "192.0.2.1"));
}
END_TEST

START_TEST(one_s_own_alone)
{
	struct actor mem = w.actor;
	struct access_token *list, token;
	int64_t id, other;
	size_t n;

	mem.account_id = w.mem;
	ck_assert_int_eq(make(1, "one", &id), OK);
	ck_assert_int_eq(make(2, "two", &other), OK);
	ck_assert_int_eq(make(3, "one", &other), E_CONFLICT);
	ck_assert_int_eq(store_token_list(t.web, t.a, w.ann, &list, &n), OK);
	ck_assert_uint_eq(n, 2);
	ck_assert(span_is(list[0].name, "two"));
	ck_assert_int_eq(store_token_list(t.web, t.a, w.mem, &list, &n), OK);
	ck_assert_uint_eq(n, 0);
	ck_assert_int_eq(store_token_get(t.web, t.a, w.mem, id, &token), E_NOT_FOUND);
	ck_assert_int_eq(store_token_revoke(t.web, t.a, &mem, id), E_NOT_FOUND);
	ck_assert_int_eq(store_token_revoke(t.web, t.a, &w.actor, id), OK);
	ck_assert_int_eq(store_token_revoke(t.web, t.a, &w.actor, id), E_NOT_FOUND);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM audit WHERE chain = 'account:%ld' AND action IN"
				    " ('access_token.create', 'access_token.revoke')",
				    w.ann),
			 3);
	ck_assert_str_eq(sql_text("SELECT object FROM audit WHERE action = 'access_token.revoke'"),
			 "one");
}
END_TEST

static int make_one(int k, void *arg)
{
	struct db *db = connect_as("signet_web");
	struct arena *a = arena_new();
	struct access_token one = named("x");
	char *hash = arena_alloc(a, 32);
	int64_t id;
	int rc;

	(void)arg;
	memset(hash, 'a' + k, 32);
	one.name = arena_printf(a, "rival %d", k);
	rc = store_token_create(db, a, &w.actor, &one, span_of(hash, 32), &id);
	db_close(db);
	return rc;
}

START_TEST(not_more_than_fifty)
{
	int codes[CHILDREN_MAX], good = 0;
	char name[16];
	int64_t id;

	for (int k = 0; k < TOKENS_MOST - 1; k++) {
		snprintf(name, sizeof(name), "t%d", k);
		ck_assert_int_eq(make(k, name, &id), OK);
	}
	/* also when several are made at once */
	children_run(4, make_one, NULL, codes);
	for (int k = 0; k < 4; k++) {
		ck_assert_msg(codes[k] == OK || codes[k] == E_CONFLICT, "%d", codes[k]);
		good += codes[k] == OK;
	}
	ck_assert_int_eq(good, 1);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM access_token"), TOKENS_MOST);
}
END_TEST

Suite *store_token_suite(void)
{
	Suite *s = suite_create("store_token");
	TCase *c = tcase_create("token");

	tcase_add_checked_fixture(c, token_set_up, store_tear_down);
	tcase_add_test(c, found_with_its_account);
	tcase_add_test(c, last_use);
	tcase_add_test(c, one_s_own_alone);
	tcase_add_test(c, not_more_than_fifty);
	suite_add_tcase(s, c);
	return s;
}
