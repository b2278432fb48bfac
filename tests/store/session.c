/* session.c: who is signed in. */
#include "store/fixture.h"

#include "store/right.h"
#include "store/session.h"

static struct world w;
static struct span token;
static int64_t now;

static struct span token_of(int n)
{
	char *p = arena_alloc(t.a, 32);

	memset(p, 't', 32);
	memcpy(p, &n, sizeof(n));
	return span_of(p, 32);
}

static int start(int n, int64_t account, struct span old)
{
	struct session_start s = {
		.token_hash = token_of(n), .agent = SPAN("browser"), .actor = w.actor, .old_hash = old};

	s.actor.account_id = account;
	return store_session_create(t.web, t.a, &s);
}

static void session_set_up(void)
{
	store_set_up();
	world_make(&w);
	token = token_of(1);
	ck_assert_int_eq(start(1, w.ann, SPAN_NONE), OK);
	now = sql_number("SELECT seen_at FROM session");
}

static int find(struct span hash, int64_t at, struct who **who)
{
	int64_t seen;

	return store_session_find(t.web, t.a, hash, SPAN(""), at, who, &seen);
}

START_TEST(found)
{
	struct who *who;
	int64_t seen;

	ck_assert_int_eq(store_session_find(t.web, t.a, token, SPAN(""), now, &who, &seen), OK);
	ck_assert_int_eq(seen, now);
	ck_assert_int_eq(who->account_id, w.ann);
	ck_assert(span_is(who->login, "ann") && span_is(who->theme, "auto"));
	ck_assert_uint_eq(who->uid.n, 16);
	ck_assert(span_eq(who->token_hash, token));
	ck_assert(!who->site_admin);
	ck_assert_uint_eq(who->nmemberships, 1);
	ck_assert(span_is(who->memberships[0].slug, "acme"));
	ck_assert_int_eq((int)who->memberships[0].role, ROLE_ADMIN);
	ck_assert_int_eq(who->memberships[0].subscription_id, w.acme);
}
END_TEST

START_TEST(not_found)
{
	struct who *who;
	char other[32];

	memcpy(other, token.p, 32);
	other[31]++;
	ck_assert_int_eq(find(span_of(other, 32), now, &who), E_NOT_FOUND);
	ck_assert_int_eq(find(span_of(token.p, 31), now, &who), E_NOT_FOUND);
	ck_assert_int_eq(find(SPAN(""), now, &who), E_NOT_FOUND);
	ck_assert_int_eq(find(SPAN("' OR 1=1 -- "), now, &who), E_NOT_FOUND);
}
END_TEST

/* Idle: from the last request. Age: from the sign-in, however busy. */
START_TEST(over)
{
	struct who *who;

	ck_assert_int_eq(find(token, now + SESSION_IDLE - 1, &who), OK);
	ck_assert_int_eq(find(token, now + SESSION_IDLE, &who), E_NOT_FOUND);
	ck_assert_int_eq(store_session_seen(t.web, token, now + SESSION_IDLE - 1), OK);
	ck_assert_int_eq(find(token, now + SESSION_IDLE, &who), OK);
	ck_assert_int_eq(store_session_seen(t.web, token, now + SESSION_AGE), OK);
	ck_assert_int_eq(find(token, now + SESSION_AGE - 1, &who), OK);
	ck_assert_int_eq(find(token, now + SESSION_AGE, &who), E_NOT_FOUND);
}
END_TEST

START_TEST(disabled)
{
	struct who *who;

	sql_run("UPDATE account SET disabled_at = 1 WHERE id = %ld", w.ann);
	ck_assert_int_eq(find(token, now, &who), E_NOT_FOUND);
	sql_run("UPDATE account SET disabled_at = NULL");
	ck_assert_int_eq(find(token, now, &who), OK);
}
END_TEST

/* Memberships by name; a role that was taken counts from the next request on. */
START_TEST(memberships)
{
	struct who *who;

	sql_run("UPDATE subscription SET name = 'zzz' WHERE id = %ld", w.acme);
	sql_run("INSERT INTO role (account_id, subscription_id, role, granted_at, mac)"
		" VALUES (%ld, %ld, 1, 1, '')", w.ann, w.globex);
	sql_run("INSERT INTO site_role (account_id, granted_at, mac) VALUES (%ld, 1, '')", w.ann);
	ck_assert_int_eq(find(token, now, &who), OK);
	ck_assert(who->site_admin);
	ck_assert_uint_eq(who->nmemberships, 2);
	ck_assert(span_is(who->memberships[0].slug, "globex"));
	ck_assert_int_eq((int)who->memberships[0].role, ROLE_COLLABORATOR);
	ck_assert(span_is(who->memberships[1].slug, "acme"));
	/* the same without a session */
	ck_assert_int_eq(store_session_account(t.web, t.a, w.ann, &who), OK);
	ck_assert(who->account_id == w.ann && who->site_admin && who->nmemberships == 2);
	ck_assert(span_is(who->login, "ann") && span_is(who->memberships[0].slug, "globex"));
	ck_assert_int_eq(store_session_account(t.web, t.a, 987654321, &who), E_NOT_FOUND);
	sql_run("UPDATE account SET disabled_at = 1 WHERE id = %ld", w.ann);
	ck_assert_int_eq(store_session_account(t.web, t.a, w.ann, &who), E_NOT_FOUND);
	sql_run("UPDATE account SET disabled_at = NULL");
	sql_run("DELETE FROM role WHERE account_id = %ld", w.ann);
	ck_assert_int_eq(find(token, now, &who), OK);
	ck_assert_uint_eq(who->nmemberships, 0);
	ck_assert(who->site_admin);
}
END_TEST

/* For a page of acme. */
static struct who *find_in(const char *slug)
{
	struct who *who;
	int64_t seen;

	ck_assert_int_eq(store_session_find(t.web, t.a, token, span_str(slug), now, &who, &seen), OK);
	ck_assert_int_eq(seen, now);
	return who;
}

static void grant(int64_t subscription, int role)
{
	struct right r = {.table = RIGHT_ROLE, .account_id = w.ann, .subscription_id = subscription,
			  .role = role, .granted_at = 5, .source = SPAN("hand"), .mac = SPAN("")};

	ck_assert_int_eq(store_right_put(t.vault, t.a, &w.actor, &r), OK);
}

static void people_revision_start(void)
{
	sql_run("INSERT IGNORE INTO people_revision VALUES (1, 1)");
}

static void raise_people(void)
{
	sql_run("UPDATE people_revision SET revision = revision + 1");
}

/* The role in the subscription of the address, and its revision: what is read is what the database
 * says now, whoever wrote it. Names, and who is disabled: as of people_revision. */
START_TEST(here_is_read_each_time)
{
	struct who *who;
	int64_t people;

	people_revision_start();
	who = find_in("acme");
	people = sql_number("SELECT revision FROM people_revision");
	ck_assert_int_eq(who->people_revision, people);
	ck_assert_uint_eq(who->nmemberships, 1);
	ck_assert_int_eq((int)who->memberships[0].role, ROLE_ADMIN);
	sql_run("UPDATE subscription SET revision = 7, name = 'ACME' WHERE id = %ld", w.acme);
	sql_run("UPDATE role SET role = 1 WHERE account_id = %ld", w.ann);
	ck_assert(!span_is(find_in("acme")->memberships[0].name, "ACME"));
	ck_assert_int_eq((int)find_in("acme")->memberships[0].role, ROLE_COLLABORATOR);
	raise_people();
	who = find_in("acme");
	ck_assert_int_eq((int)who->memberships[0].role, ROLE_COLLABORATOR);
	ck_assert_int_eq(who->memberships[0].revision, 7);
	ck_assert(span_is(who->memberships[0].name, "ACME"));
	sql_run("DELETE FROM role WHERE account_id = %ld", w.ann);
	ck_assert_uint_eq(find_in("acme")->nmemberships, 0);
	/* a role that nobody told of: what is kept does not know it, and is not asked */
	sql_run("INSERT INTO role (account_id, subscription_id, role, granted_at, mac)"
		" VALUES (%ld, %ld, 2, 5, REPEAT('m', 32))", w.ann, w.globex);
	who = find_in("globex");
	ck_assert_uint_eq(who->nmemberships, 1);
	ck_assert_int_eq((int)who->memberships[0].role, ROLE_MEMBER);
	ck_assert(span_is(who->memberships[0].slug, "globex"));
}
END_TEST

/* Whoever disables an account raises people_revision. */
START_TEST(disabled_with_people)
{
	int64_t seen;
	struct who *who;

	people_revision_start();
	find_in("acme");
	sql_run("UPDATE account SET disabled_at = 1 WHERE id = %ld", w.ann);
	raise_people();
	ck_assert_int_eq(find(token, now, &who), E_NOT_FOUND);
	ck_assert_int_eq(store_session_find(t.web, t.a, token, SPAN("acme"), now, &who, &seen),
			 E_NOT_FOUND);
}
END_TEST

/* The other memberships are as the last change of people left them. */
START_TEST(others_with_each_change)
{
	struct right site = {.table = RIGHT_SITE_ROLE, .account_id = w.ann, .granted_at = 5,
			     .source = SPAN("hand"), .mac = SPAN("")};
	struct who *who;

	people_revision_start();
	ck_assert_uint_eq(find_in("acme")->nmemberships, 1);
	grant(w.globex, ROLE_MEMBER);
	who = find_in("acme");
	ck_assert_uint_eq(who->nmemberships, 2);
	ck_assert(span_is(who->memberships[1].slug, "globex"));
	ck_assert_int_eq((int)who->memberships[1].role, ROLE_MEMBER);
	ck_assert_int_eq(who->memberships[1].revision, 0);
	grant(w.globex, ROLE_ADMIN);
	ck_assert_int_eq((int)find_in("acme")->memberships[1].role, ROLE_ADMIN);
	ck_assert_int_eq(find_in("globex")->memberships[1].revision,
			 sql_number("SELECT revision FROM subscription WHERE id = %ld", w.globex));
	ck_assert(!find_in("acme")->site_admin);
	ck_assert_int_eq(store_right_put(t.vault, t.a, &w.actor, &site), OK);
	ck_assert(find_in("acme")->site_admin);
	/* kept indeed: what nobody said is not seen */
	sql_run("DELETE FROM role WHERE subscription_id = %ld", w.globex);
	ck_assert_uint_eq(find_in("acme")->nmemberships, 2);
	ck_assert_int_eq(find(token, now, &who), OK);
	ck_assert_uint_eq(who->nmemberships, 1);
}
END_TEST

START_TEST(no_such_subscription)
{
	static const char *const SLUGS[] = {"nothing", "ACME", "acme'", "\xff\xfe", "%"};
	struct who *who;

	people_revision_start();
	for (size_t k = 0; k < COUNT(SLUGS); k++) {
		who = find_in(SLUGS[k]);
		ck_assert_uint_eq(who->nmemberships, 1);
		ck_assert(span_is(who->memberships[0].slug, "acme"));
	}
	/* the database takes "acme " for "acme"; the slug says which it is */
	ck_assert(span_is(find_in("acme ")->memberships[0].slug, "acme"));
}
END_TEST

START_TEST(rotation)
{
	struct who *who;

	ck_assert_int_eq(start(2, w.ann, token), OK);
	ck_assert_int_eq(find(token, now, &who), E_NOT_FOUND);
	ck_assert_int_eq(find(token_of(2), now, &who), OK);
	/* one more place to sign in from leaves the first alone */
	ck_assert_int_eq(start(3, w.ann, SPAN_NONE), OK);
	ck_assert_int_eq(find(token_of(2), now, &who), OK);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM audit WHERE chain = 'account:%ld' AND action ="
				    " 'session.create'", w.ann), 3);
	ck_assert_int_eq(chains_check(), 3);
}
END_TEST

START_TEST(ended)
{
	struct who *who;

	ck_assert_int_eq(start(2, w.mem, SPAN_NONE), OK);
	ck_assert_int_eq(store_session_end(t.web, t.a, token, &w.actor), OK);
	ck_assert_int_eq(find(token, now, &who), E_NOT_FOUND);
	ck_assert_int_eq(find(token_of(2), now, &who), OK);
	ck_assert_int_eq(store_session_end(t.web, t.a, token, &w.actor), OK);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM audit WHERE action = 'session.end'"), 1);
	ck_assert_int_eq(chains_check(), 3);
}
END_TEST

START_TEST(swept)
{
	sql_run("UPDATE session SET seen_at = seen_at - %d", SESSION_IDLE + 10);
	ck_assert_int_eq(start(2, w.mem, SPAN_NONE), OK);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM session"), 1);
	ck_assert_int_eq(sql_number("SELECT account_id FROM session"), w.mem);
}
END_TEST

/* The same token twice cannot happen; if it does, nobody gets the other's session. */
START_TEST(same_token)
{
	struct who *who;

	ck_assert_int_eq(start(1, w.mem, SPAN_NONE), E_CONFLICT);
	ck_assert_int_eq(find(token, now, &who), OK);
	ck_assert_int_eq(who->account_id, w.ann);
	ck_assert_int_eq(chains_check(), 1);
}
END_TEST

static int sign_in(int k, void *arg)
{
	const int64_t who[] = {w.ann, w.mem, w.col, w.ann};

	(void)arg;
	t.web = connect_as("signet_web");
	for (int n = 0; n < 30; n++)
		TRY(start(1000 + k * 100 + n, who[k], SPAN_NONE));
	return OK;
}

START_TEST(many_at_once)
{
	int codes[CHILDREN_MAX];

	children_run(4, sign_in, NULL, codes);
	for (int k = 0; k < 4; k++)
		ck_assert_msg(codes[k] == OK, "%s", err_text(codes[k]));
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM session"), 121);
	ck_assert_int_eq(chains_check(), 121);
}
END_TEST

Suite *store_session_suite(void)
{
	Suite *s = suite_create("store_session");
	TCase *c = tcase_create("session");

	tcase_add_checked_fixture(c, session_set_up, store_tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, found);
	tcase_add_test(c, not_found);
	tcase_add_test(c, over);
	tcase_add_test(c, disabled);
	tcase_add_test(c, memberships);
	tcase_add_test(c, here_is_read_each_time);
	tcase_add_test(c, disabled_with_people);
	tcase_add_test(c, others_with_each_change);
	tcase_add_test(c, no_such_subscription);
	tcase_add_test(c, rotation);
	tcase_add_test(c, ended);
	tcase_add_test(c, swept);
	tcase_add_test(c, same_token);
	tcase_add_test(c, many_at_once);
	suite_add_tcase(s, c);
	return s;
}
