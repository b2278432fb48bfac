/* site.c: accounts and subscriptions as site administration sees and changes them. */
#include "store/fixture.h"

#include "store/account.h"
#include "store/password.h"
#include "store/project.h"
#include "store/session.h"
#include "store/profile.h"
#include "store/site_account.h"
#include "store/site_subscription.h"
#include "store/subscription.h"

static struct world w;

static void site_set_up(void)
{
	store_set_up();
	world_make(&w);
}

/* --- accounts --- */

/* The logins of one page, "," between. */
static const char *logins(const struct site_account_filter *f, const char *after, int64_t limit)
{
	struct buf out = BUF_INIT;
	struct site_account *list;
	const char *text;
	size_t n;

	ck_assert_int_eq(store_site_account_list(t.web, t.a, f, span_str(after), limit, &list, &n),
			 OK);
	for (size_t k = 0; k < n; k++) {
		buf_puts(&out, k ? "," : "");
		buf_put(&out, list[k].login);
	}
	text = arena_str(t.a, buf_span(&out));
	buf_release(&out);
	return text;
}

static int64_t account_count(const struct site_account_filter *f)
{
	int64_t total = -1;

	ck_assert_int_eq(store_site_account_count(t.web, t.a, f, &total), OK);
	return total;
}

static void shows(struct site_account_filter f, const char *want, int64_t count)
{
	ck_assert_str_eq(logins(&f, "", 100), want);
	ck_assert_int_eq(account_count(&f), count);
}

START_TEST(accounts_found)
{
	sql_run("UPDATE account SET name = 'Zo\xC3\xAB 100%%' WHERE login = 'mem'");
	sql_run("UPDATE account SET signed_in_at = 5 WHERE login IN ('ann', 'eve')");
	sql_run("UPDATE account SET disabled_at = 6 WHERE login IN ('eve', 'col')");
	sql_run("INSERT INTO site_role (account_id, granted_at, mac) VALUES (%ld, 1, '')", w.ann);
	shows((struct site_account_filter){.search = SPAN("")}, "ann,col,eve,mem", 4);
	shows((struct site_account_filter){.search = SPAN("E")}, "eve,mem", 2);
	shows((struct site_account_filter){.search = SPAN("zO\xC3\x8B")}, "mem", 1);
	shows((struct site_account_filter){.search = SPAN("100%")}, "mem", 1);
	shows((struct site_account_filter){.search = SPAN("%")}, "mem", 1);
	shows((struct site_account_filter){.search = SPAN("_")}, "", 0);
	shows((struct site_account_filter){.search = SPAN("' OR ''='")}, "", 0);
	shows((struct site_account_filter){SPAN(""), SITE_ACCOUNT_ACTIVE, false}, "ann", 1);
	shows((struct site_account_filter){SPAN(""), SITE_ACCOUNT_DISABLED, false}, "col,eve", 2);
	shows((struct site_account_filter){SPAN(""), SITE_ACCOUNT_NEW, false}, "mem", 1);
	shows((struct site_account_filter){SPAN(""), SITE_ACCOUNT_ANY, true}, "ann", 1);
	shows((struct site_account_filter){SPAN("m"), SITE_ACCOUNT_DISABLED, false}, "", 0);
}
END_TEST

START_TEST(one_account)
{
	struct site_account a;

	sql_run("UPDATE account SET signed_in_at = 5, password_at = 4, disabled_at = 6, created_at = 3"
		" WHERE id = %ld", w.eve);
	ck_assert_int_eq(store_site_account_get(t.web, t.a, w.eve, &a), OK);
	ck_assert(a.id == w.eve && a.created_at == 3 && a.password_at == 4);
	ck_assert(a.signed_in_at == 5 && a.disabled_at == 6 && !a.site_admin);
	ck_assert_int_eq(store_site_account_get(t.web, t.a, w.mem, &a), OK);
	ck_assert(!a.signed_in_at && !a.disabled_at && !a.password_at);
	ck_assert_int_eq(store_site_account_get(t.web, t.a, 999999, &a), E_NOT_FOUND);
}
END_TEST

/* 10,000 accounts: each comes exactly once, in order, though others come and go on the way. */
START_TEST(pages_of_many)
{
	struct site_account_filter all = {.search = SPAN("")};
	struct site_account *list;
	struct span after = SPAN("");
	size_t n, seen = 0;

	sql_run("INSERT INTO account (uid, login, name, created_at)"
		" SELECT CONCAT('many', seq), CONCAT('many-', LPAD(seq, 5, '0')), 'x', 1"
		" FROM seq_1_to_10000");
	ck_assert_int_eq(account_count(&all), 10004);
	for (int page = 0;; page++) {
		ck_assert_int_eq(store_site_account_list(t.web, t.a, &all, after, 50, &list, &n), OK);
		if (n == 0)
			break;
		ck_assert_int_gt(span_cmp(list[0].login, after), 0);
		for (size_t k = 1; k < n; k++)
			ck_assert_int_gt(span_cmp(list[k].login, list[k - 1].login), 0);
		after = list[n - 1].login;
		seen += n;
		/* behind us and ahead of us: neither repeats or hides another */
		sql_run("INSERT INTO account (uid, login, name, created_at) VALUES"
			" (CONCAT('new', %d), CONCAT('a-new-', %d), 'x', 1)", page, page);
	}
	ck_assert_uint_eq(seen, 10004);
	ck_assert_str_eq(logins(&(struct site_account_filter){.search = SPAN("Y-0999")}, "", 60),
			 "many-09990,many-09991,many-09992,many-09993,many-09994,many-09995,"
			 "many-09996,many-09997,many-09998,many-09999");
}
END_TEST

static const char *roles_of(int64_t account)
{
	struct buf out = BUF_INIT;
	struct site_account_role *list;
	const char *text;
	size_t n;

	ck_assert_int_eq(store_site_account_roles(t.web, t.a, account, &list, &n), OK);
	for (size_t k = 0; k < n; k++)
		buf_printf(&out, "%.*s %.*s%s%s;", SPAN_ARG(list[k].slug),
			   SPAN_ARG(role_text(list[k].role)), list[k].only_admin ? " only" : "",
			   list[k].disabled ? " disabled" : "");
	text = arena_str(t.a, buf_span(&out));
	buf_release(&out);
	return text;
}

START_TEST(roles)
{
	sql_run("INSERT INTO role (account_id, subscription_id, role, granted_at, mac)"
		" VALUES (%ld, %ld, 3, 1, '')", w.ann, w.globex);
	ck_assert_str_eq(roles_of(w.ann), "acme admin only;globex admin;");
	ck_assert_str_eq(roles_of(w.mem), "acme member;");
	/* who is disabled does not count as another */
	sql_run("UPDATE account SET disabled_at = 1 WHERE id = %ld", w.eve);
	sql_run("UPDATE subscription SET disabled_at = 1 WHERE id = %ld", w.globex);
	ck_assert_str_eq(roles_of(w.ann), "acme admin only;globex admin only disabled;");
	ck_assert_str_eq(roles_of(999999), "");
}
END_TEST

START_TEST(profile_changed)
{
	struct actor site = {w.eve, SPAN("eve"), SPAN("::1"), SPAN("r1")};
	struct profile p = {SPAN("New"), SPAN("new@example.com")}, now;
	struct site_account account;

	ck_assert_int_eq(store_profile_get(t.web, t.a, w.mem, &now), OK);
	ck_assert(span_is(now.name, "mem") && now.email.n == 0);
	ck_assert_int_eq(store_profile_set(t.web, t.a, &site, AUDIT_CHAIN_SITE, w.mem, &p), OK);
	ck_assert_int_eq(store_profile_set(t.web, t.a, &site, AUDIT_CHAIN_SITE, 999999, &p),
			 E_NOT_FOUND);
	ck_assert_int_eq(store_profile_get(t.web, t.a, 999999, &now), E_NOT_FOUND);
	ck_assert_int_eq(store_profile_get(t.web, t.a, w.mem, &now), OK);
	ck_assert(span_is(now.name, "New") && span_is(now.email, "new@example.com"));
	ck_assert_int_eq(store_site_account_get(t.web, t.a, w.mem, &account), OK);
	ck_assert(span_is(account.email, "new@example.com"));
	ck_assert_str_eq(sql_text("SELECT GROUP_CONCAT(name ORDER BY login) FROM account"),
			 "ann,col,eve,New");
	ck_assert_str_eq(sql_text("SELECT GROUP_CONCAT(CONCAT_WS(' ', chain, actor, action, object, fields)"
				  " ORDER BY seq) FROM audit"),
			 "site eve account.name mem name,site eve account.email mem email");
	ck_assert_int_eq(chains_check(), 2);
}
END_TEST

/* Only what is different is written, and an address can be taken away. */
START_TEST(profile_changed_in_part)
{
	struct actor self = {w.eve, SPAN("eve"), SPAN("::1"), SPAN("r1")};
	struct span chain = audit_chain_account(t.a, w.eve);
	struct profile p = {SPAN("eve"), SPAN("")};

	ck_assert_int_eq(store_profile_set(t.web, t.a, &self, chain, w.eve, &p), OK);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM audit"), 0);
	p.email = SPAN("eve@example.com");
	ck_assert_int_eq(store_profile_set(t.web, t.a, &self, chain, w.eve, &p), OK);
	p.name = SPAN("Eve");
	ck_assert_int_eq(store_profile_set(t.web, t.a, &self, chain, w.eve, &p), OK);
	p.email = SPAN("");
	ck_assert_int_eq(store_profile_set(t.web, t.a, &self, chain, w.eve, &p), OK);
	ck_assert_str_eq(sql_text("SELECT GROUP_CONCAT(action ORDER BY seq) FROM audit"),
			 "account.email,account.name,account.email");
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM account WHERE id = %ld AND name = 'Eve' AND"
				    " email IS NULL", w.eve), 1);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM audit WHERE chain = 'account:%ld'", w.eve), 3);
	ck_assert_int_eq(chains_check(), 3);
}
END_TEST

START_TEST(account_created_with_an_address)
{
	unsigned char uid[16] = "0123456789abcde";
	struct account_new n = {.uid = span_of((char *)uid, 16), .login = SPAN("zoe"), .name = SPAN("Zoe"),
				.email = SPAN("zoe@example.com"), .actor = {w.eve, SPAN("eve"), SPAN("::1"), SPAN("r1")}};
	int64_t id;

	ck_assert_int_eq(store_account_create(t.web, t.a, &n, &id), OK);
	ck_assert_str_eq(sql_text("SELECT email FROM account WHERE login = 'zoe'"), "zoe@example.com");
	ck_assert_str_eq(sql_text("SELECT fields FROM audit"), "login, name, email");
}
END_TEST

/* What lists show of it, though web may not read the table of passwords. */
START_TEST(password_noted)
{
	struct password_row r = {.account_id = w.mem, .login = SPAN("mem"), .hash = SPAN("$h"),
				 .mac = span_of(arena_alloc(t.a, 32), 32), .set_at = 77};

	ck_assert_int_eq(store_password_write(t.vault, t.a, &w.actor, &r, SPAN_NONE), OK);
	ck_assert_str_eq(sql_text("SELECT GROUP_CONCAT(login, password_at) FROM account"
				  " WHERE password_at IS NOT NULL"), "mem77");
}
END_TEST

/* --- sessions --- */

static struct span token_of(int n)
{
	char *p = arena_alloc(t.a, 32);

	memset(p, 't', 32);
	memcpy(p, &n, sizeof(n));
	return span_of(p, 32);
}

static void sign_in(int n, int64_t account)
{
	struct session_start s = {.token_hash = token_of(n), .agent = SPAN("browser"),
				  .actor = w.actor, .old_hash = SPAN_NONE};

	s.actor.account_id = account;
	ck_assert_int_eq(store_session_create(t.web, t.a, &s), OK);
}

static size_t sessions_of(int64_t account, int64_t now, struct session_row **list)
{
	size_t n;

	ck_assert_int_eq(store_session_list(t.web, t.a, account, now, list, &n), OK);
	return n;
}

START_TEST(own_sessions)
{
	struct actor col = {w.col, SPAN("col"), SPAN("::1"), SPAN("r1")};
	struct session_row *list;
	int64_t now;

	for (int n = 1; n <= 3; n++)
		sign_in(n, w.col);
	sign_in(4, w.mem);
	now = sql_number("SELECT MAX(seen_at) FROM session");
	ck_assert_int_eq(sql_number("SELECT signed_in_at FROM account WHERE id = %ld", w.col), now);
	ck_assert_int_eq(store_session_seen(t.web, token_of(2), now + 10), OK);
	ck_assert_uint_eq(sessions_of(w.col, now + 10, &list), 3);
	ck_assert(span_eq(list[0].token_hash, token_of(2)) && list[0].seen_at == now + 10);
	/* over: unused for too long */
	ck_assert_uint_eq(sessions_of(w.col, now + SESSION_IDLE, &list), 1);
	/* another's is not there for col, whatever is asked for */
	ck_assert_int_eq(store_session_end_one(t.web, t.a, token_of(4), &col), E_NOT_FOUND);
	ck_assert_uint_eq(sessions_of(w.mem, now, &list), 1);
	ck_assert_int_eq(store_session_end_one(t.web, t.a, token_of(1), &col), OK);
	ck_assert_int_eq(store_session_end_one(t.web, t.a, token_of(1), &col), E_NOT_FOUND);
	ck_assert_uint_eq(sessions_of(w.col, now, &list), 2);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM audit WHERE action = 'session.end_one'"
				    " AND chain = 'account:%ld'", w.col), 1);
	ck_assert_int_eq(chains_check(), 5);
}
END_TEST

/* --- subscriptions --- */

static const char *slugs(struct site_subscription_filter f)
{
	struct buf out = BUF_INIT;
	struct site_subscription *list;
	int64_t total = -1;
	const char *text;
	size_t n;

	ck_assert_int_eq(store_site_subscription_list(t.web, t.a, &f, SPAN(""), 100, &list, &n), OK);
	ck_assert_int_eq(store_site_subscription_count(t.web, t.a, &f, &total), OK);
	ck_assert_int_eq(total, (int64_t)n);
	for (size_t k = 0; k < n; k++)
		buf_printf(&out, "%.*s %d/%d%s;", SPAN_ARG(list[k].slug), (int)list[k].people,
			   (int)list[k].projects, list[k].can_act ? "" : " alone");
	text = arena_str(t.a, buf_span(&out));
	buf_release(&out);
	return text;
}

START_TEST(subscriptions_found)
{
	struct site_subscription_filter all = {.search = SPAN("")}, alone = {SPAN(""), true};

	ck_assert_str_eq(slugs(all), "acme 3/3;globex 1/1;");
	ck_assert_str_eq(slugs(alone), "");
	sql_run("UPDATE account SET disabled_at = 1 WHERE id = %ld", w.ann);
	sql_run("UPDATE subscription SET name = 'Globex GmbH' WHERE id = %ld", w.globex);
	ck_assert_str_eq(slugs(alone), "acme 3/3 alone;");
	ck_assert_str_eq(slugs((struct site_subscription_filter){.search = SPAN("gmbh")}),
			 "globex 1/1;");
	ck_assert_str_eq(slugs((struct site_subscription_filter){.search = SPAN("%")}), "");
}
END_TEST

START_TEST(admins)
{
	struct site_subscription_admin *list;
	size_t n;

	sql_run("UPDATE role SET role = 3 WHERE account_id = %ld", w.mem);
	sql_run("UPDATE account SET disabled_at = 1 WHERE id = %ld", w.mem);
	ck_assert_int_eq(store_site_subscription_admins(t.web, t.a, w.acme, &list, &n), OK);
	ck_assert_uint_eq(n, 2);
	ck_assert(span_is(list[0].login, "ann") && !list[0].disabled);
	ck_assert(span_is(list[1].login, "mem") && list[1].disabled);
}
END_TEST

START_TEST(subscription_renamed)
{
	ck_assert_int_eq(store_site_subscription_rename(t.web, t.a, &w.actor, w.acme, SPAN("Acme")),
			 OK);
	ck_assert_int_eq(store_site_subscription_rename(t.web, t.a, &w.actor, 999999, SPAN("x")),
			 E_NOT_FOUND);
	ck_assert_str_eq(sql_text("SELECT CONCAT(name, revision) FROM subscription WHERE id = %ld",
				  w.acme), "Acme1");
	ck_assert_int_eq(entries_of(w.acme), 1);
	ck_assert_int_eq(chains_check(), 1);
}
END_TEST

/* The membership of mem in acme, asked from a page of `slug`. */
static struct membership membership_at(const char *slug, int64_t now)
{
	struct who *who;
	int64_t seen;

	ck_assert_int_eq(store_session_find(t.web, t.a, token_of(1), span_str(slug), now, &who, &seen),
			 OK);
	ck_assert_uint_eq(who->nmemberships, 1);
	return who->memberships[0];
}

/* Its people have a role in it as before, and the next request finds it disabled, whichever page it
 * asks for. */
START_TEST(subscription_disabled)
{
	static const char *const PAGES[] = {"", "acme", "globex", "none"};
	int64_t now;

	sql_run("INSERT IGNORE INTO people_revision VALUES (1, 1)");
	sign_in(1, w.mem);
	now = sql_number("SELECT seen_at FROM session");
	for (int enabled = 1; enabled >= 0; enabled--) {
		for (int again = 0; again < 2; again++)
			ck_assert_int_eq(store_site_subscription_enable(t.web, t.a, &w.actor, w.acme,
									enabled), OK);
		for (size_t k = 0; k < COUNT(PAGES); k++) {
			struct membership m = membership_at(PAGES[k], now);
			ck_assert_int_eq(m.disabled, !enabled);
			ck_assert_int_eq((int)m.role, ROLE_MEMBER);
		}
	}
	ck_assert_int_eq(store_site_subscription_enable(t.web, t.a, &w.actor, w.acme, true), OK);
	for (size_t k = 0; k < COUNT(PAGES); k++)
		ck_assert(!membership_at(PAGES[k], now).disabled);
	ck_assert_str_eq(sql_text("SELECT GROUP_CONCAT(action ORDER BY seq) FROM audit"
				  " WHERE chain = 'sub:%ld'", w.acme),
			 "subscription.disable,subscription.enable");
	ck_assert_int_eq(store_site_subscription_enable(t.web, t.a, &w.actor, 999999, true),
			 E_NOT_FOUND);
}
END_TEST

static int delete(int64_t id)
{
	return store_site_subscription_delete(t.web, t.a, &w.actor, id);
}

START_TEST(only_an_empty_one_is_deleted)
{
	bool empty = true;

	ck_assert_int_eq(delete(w.globex), E_CONFLICT);
	sql_run("DELETE FROM project WHERE subscription_id = %ld", w.globex);
	sql_run("INSERT INTO integration (uid, subscription_id, name, type, url, all_projects,"
		" edit_roles, created_at, changed_at) VALUES ('u', %ld, 'n', 't', '', 1, 6, 1, 1)",
		w.globex);
	ck_assert_int_eq(store_site_subscription_empty(t.web, t.a, w.globex, &empty), OK);
	ck_assert(!empty);
	ck_assert_int_eq(delete(w.globex), E_CONFLICT);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM role WHERE subscription_id = %ld", w.globex),
			 1);
	sql_run("DELETE FROM integration");
	ck_assert_int_eq(delete(w.globex), OK);
	ck_assert_int_eq(delete(w.globex), E_NOT_FOUND);
	/* the roles in it are gone, those elsewhere and the account are not */
	ck_assert_str_eq(sql_text("SELECT GROUP_CONCAT(subscription_id) FROM role"),
			 arena_printf(t.a, "%ld,%ld,%ld", w.acme, w.acme, w.acme).p);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM account"), 4);
	/* its chain stays, and no later one goes on with it */
	ck_assert_str_eq(sql_text("SELECT GROUP_CONCAT(chain, ' ', action ORDER BY chain) FROM audit"),
			 arena_printf(t.a, "site subscription.delete,sub:%ld subscription.delete",
				      w.globex).p);
	ck_assert_int_eq(chains_check(), 2);
}
END_TEST

START_TEST(ids_are_not_used_again)
{
	struct subscription_new n = {uid_of(70), SPAN("one"), SPAN("one"), w.actor};
	int64_t one, two;

	ck_assert_int_eq(store_subscription_create(t.web, t.a, &n, &one), OK);
	ck_assert_int_eq(delete(one), OK);
	ck_assert_int_eq(store_subscription_create(t.web, t.a, &n, &two), OK);
	ck_assert_int_gt(two, one);
}
END_TEST

/* One adds a project while another deletes: never a project without its subscription. */
static int rival(int k, void *arg)
{
	int64_t id, made;
	int rc;

	t.web = connect_as("signet_web");
	for (int64_t n = 0; n < 20; n++) {
		struct scope s = {.subscription_id = ((int64_t *)arg)[n], .account_id = w.ann,
				  .role = ROLE_ADMIN};
		id = s.subscription_id;
		rc = k ? delete(id)
		       : store_project_create(t.web, t.a, &s, &w.actor, SPAN("p"), &made);
		if (rc != OK && rc != E_CONFLICT && rc != E_NOT_FOUND)
			return rc;
	}
	return OK;
}

START_TEST(deleting_beside_adding)
{
	int codes[CHILDREN_MAX];
	int64_t ids[20];

	for (int n = 0; n < 20; n++) {
		struct subscription_new new = {uid_of(100 + n), arena_printf(t.a, "race-%d", n),
					       SPAN("x"), w.actor};
		ck_assert_int_eq(store_subscription_create(t.web, t.a, &new, &ids[n]), OK);
		sql_run("INSERT INTO role (account_id, subscription_id, role, granted_at, mac)"
			" VALUES (%ld, %ld, 3, 1, '')", w.ann, ids[n]);
	}
	children_run(2, rival, ids, codes);
	ck_assert_msg(codes[0] == OK && codes[1] == OK, "%s, %s", err_text(codes[0]),
		      err_text(codes[1]));
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM subscription WHERE slug LIKE 'race-%%'"),
			 sql_number("SELECT COUNT(*) FROM project WHERE name = 'p'"));
	ck_assert_int_gt(chains_check(), 0);
}
END_TEST

Suite *store_site_suite(void)
{
	Suite *s = suite_create("store_site");
	TCase *c = tcase_create("site");

	tcase_add_checked_fixture(c, site_set_up, store_tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, accounts_found);
	tcase_add_test(c, one_account);
	tcase_add_test(c, pages_of_many);
	tcase_add_test(c, roles);
	tcase_add_test(c, profile_changed);
	tcase_add_test(c, profile_changed_in_part);
	tcase_add_test(c, account_created_with_an_address);
	tcase_add_test(c, password_noted);
	tcase_add_test(c, own_sessions);
	tcase_add_test(c, subscriptions_found);
	tcase_add_test(c, admins);
	tcase_add_test(c, subscription_renamed);
	tcase_add_test(c, subscription_disabled);
	tcase_add_test(c, only_an_empty_one_is_deleted);
	tcase_add_test(c, ids_are_not_used_again);
	tcase_add_test(c, deleting_beside_adding);
	suite_add_tcase(s, c);
	return s;
}
