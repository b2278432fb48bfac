/* vault_scope.c: an owner's consent: who may give it, for what, and what stands in the tables and in the
 * audit trail then. */
#include "store/ties_world.h"

static struct vault_request mem_asks(void)
{
	return from(w.mem, 'm');
}

START_TEST(a_consent_makes_a_bound_integration)
{
	int64_t handle = bound_make(mem_asks(), scope_of(jenkins, "deploy ci")), revision;
	const char *entry;

	ck_assert_str_eq(sql_text("SELECT CONCAT_WS('|', subscription_id = %ld, account_id IS NULL, name, type,"
				  " url, bound, all_projects, edit_roles, version, LENGTH(uid), created_by ="
				  " %ld) FROM integration WHERE id = %ld", w.acme, w.mem, handle),
			 "1|1|deploy ci|jenkins||1|1|4|1|16|1");
	ck_assert_int_eq(bound_to(handle), jenkins);
	ck_assert_str_eq(grant_of(jenkins), "live all");
	ck_assert_str_eq(newest_of(arena_printf(t.a, "sub:%lld", (long long)w.acme).p, 2),
			 "scope.grant jenkins all projects; binding.create deploy ci to mem");
	ck_assert_str_eq(newest_of(arena_printf(t.a, "account:%lld", (long long)w.mem).p, 2),
			 "scope.grant jenkins acme; binding.create jenkins acme / deploy ci");
	entry = sql_text("SELECT CONCAT_WS('|', g.entry = a.seq, a.object_id = %ld, a.actor, a.address)"
			 " FROM scope_grant g JOIN audit a ON a.chain = 'sub:%ld' AND a.action ="
			 " 'scope.grant'", jenkins, w.acme);
	ck_assert_str_eq(entry, "1|1|mem|192.0.2.9");
	entry = sql_text("SELECT CONCAT_WS('|', b.entry = a.seq, a.object_id = %ld, b.bound_by = %ld,"
			 " b.undo_until IS NULL) FROM binding b JOIN audit a ON a.chain = 'sub:%ld' AND"
			 " a.action = 'binding.create'", handle, w.mem, w.acme);
	ck_assert_str_eq(entry, "1|1|1|1");
	revision = sql_number("SELECT revision FROM subscription WHERE id = %ld", w.acme);
	/* a second one under another name, the consent as it is; and the same projects are no change */
	bound_make(mem_asks(), (struct vault_scope){jenkins, w.acme, false, NULL, 0, SPAN("two"), true, -1});
	bound_make(mem_asks(), scope_of(jenkins, "three"));
	ck_assert_int_gt(sql_number("SELECT revision FROM subscription WHERE id = %ld", w.acme), revision);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM audit WHERE action LIKE 'scope.%%'"), 2);
	ck_assert_int_gt(chains_check(), 0);
}
END_TEST

START_TEST(projects_of_a_consent)
{
	const char *both = arena_printf(t.a, "live %lld,%lld", (long long)w.web, (long long)w.api).p;

	ck_assert_int_lt(w.web, w.api);
	/* in any order, twice is once */
	bound_make(mem_asks(), scope_listed(jenkins, "one", w.api, w.web));
	ck_assert_str_eq(grant_of(jenkins), both);
	bound_make(mem_asks(), scope_listed(jenkins, "two", w.api, w.api));
	ck_assert_str_eq(grant_of(jenkins), arena_printf(t.a, "live %lld", (long long)w.api).p);
	/* nothing at all is a consent, too; another subscription's project is none */
	ck_assert_int_eq(scope_by(mem_asks(), scope_listed(jenkins, "", 0, 0)), OK);
	ck_assert_int_eq(answer.handle_id, 0);
	ck_assert_str_eq(grant_of(jenkins), "live ");
	ck_assert_int_eq(scope_by(mem_asks(), scope_listed(jenkins, "", w.api, w.store)), E_NOT_FOUND);
	ck_assert_int_eq(scope_by(mem_asks(), scope_listed(jenkins, "", 999999, 0)), E_NOT_FOUND);
	ck_assert_int_eq(scope_by(mem_asks(), scope_of(jenkins, "")), OK);
	ck_assert_str_eq(grant_of(jenkins), "live all");
	ck_assert_str_eq(newest_of(arena_printf(t.a, "sub:%lld", (long long)w.acme).p, 2),
			 "scope.change jenkins projects: 0; scope.change jenkins all projects");
	ck_assert_int_gt(chains_check(), 0);
}
END_TEST

START_TEST(a_collaborator_names_their_own_projects)
{
	int64_t own = own_new(w.col, "mine");
	struct vault_request q = from(w.col, 'c');

	ck_assert_int_eq(scope_by(q, scope_listed(own, "x", w.api, w.web)), E_NOT_FOUND);
	bound_make(q, scope_listed(own, "x", w.api, 0));
	/* a place on a project that the vault did not write */
	sql_run("INSERT INTO collaborator VALUES (%ld, %ld, %ld, 1, 'hand', '')", w.col, w.web, w.acme);
	ck_assert_int_eq(scope_by(q, scope_listed(own, "", w.api, w.web)), E_NOT_FOUND);
	/* all: also those of others, who may use the name already */
	ck_assert_int_eq(scope_by(q, scope_of(own, "")), E_NOT_FOUND);
	ck_assert_int_eq(scope_by(q, scope_of(own, "y")), E_NOT_FOUND);
	ck_assert_int_eq(scope_by(q, scope_listed(own, "", w.api, 0)), OK);
}
END_TEST

static int64_t rows(void)
{
	return sql_number("SELECT (SELECT COUNT(*) FROM scope_grant) + (SELECT COUNT(*) FROM binding) +"
			  " (SELECT COUNT(*) FROM integration)");
}

/* What a compromised web process may try. */
START_TEST(who_may_not)
{
	int64_t before = rows(), entries = chains_check();
	struct vault_scope s = scope_of(jenkins, "x");
	struct vault_request q = mem_asks();

	/* no confirmation, another's session, the operator's way */
	ck_assert_int_eq(scope_by(from(w.mem, 'x'), s), E_UNCONFIRMED);
	ck_assert_int_eq(scope_by(from(w.mem, 'a'), s), E_UNCONFIRMED);
	q.session = SPAN("");
	ck_assert_int_eq(scope_by(q, s), E_UNCONFIRMED);
	q.op = VAULT_SCOPE_GRANT;
	q.scope = s;
	ck_assert_int_eq(vault_op_scope_grant(&v, PEER_WEB | PEER_ADMIN, &q, &answer), E_DENIED);
	/* another's integration: also not for an admin; a subscription's; none */
	ck_assert_int_eq(scope_by(from(w.ann, 'a'), s), E_NOT_FOUND);
	ck_assert_int_eq(scope_by(mem_asks(), scope_of(anns, "x")), E_NOT_FOUND);
	ck_assert_int_eq(scope_by(mem_asks(), scope_of(integration_make(&w, "org"), "x")), E_NOT_FOUND);
	ck_assert_int_eq(scope_by(mem_asks(), scope_of(999999, "x")), E_NOT_FOUND);
	/* a subscription in which one has no role, or one of nobody's making; none */
	s.subscription_id = w.globex;
	ck_assert_int_eq(scope_by(mem_asks(), s), E_NOT_FOUND);
	sql_run("INSERT INTO role VALUES (%ld, %ld, 3, 1, 'hand', '')", w.mem, w.globex);
	ck_assert_int_eq(scope_by(mem_asks(), s), E_DENIED);
	s.subscription_id = 999999;
	ck_assert_int_eq(scope_by(mem_asks(), s), E_NOT_FOUND);
	s.subscription_id = w.acme;
	sql_run("UPDATE subscription SET disabled_at = 1 WHERE id = %ld", w.acme);
	ck_assert_int_eq(scope_by(mem_asks(), s), E_DENIED);
	ck_assert_int_eq(rows(), before + 1);
	ck_assert_int_eq(chains_check(), entries + 1);
}
END_TEST

START_TEST(names_and_conflicts)
{
	static const char *const BAD[] = {" x", "x ", "a\nb", "\xC3"};
	struct vault_scope s = scope_of(jenkins, "x");

	for (size_t k = 0; k < COUNT(BAD); k++)
		ck_assert_int_eq(scope_by(mem_asks(), scope_of(jenkins, BAD[k])), E_INVALID);
	integration_make(&w, "taken");
	ck_assert_int_eq(scope_by(mem_asks(), scope_of(jenkins, "taken")), E_CONFLICT);
	/* nothing bound: a consent alone; one to keep that is not there */
	ck_assert_int_eq(scope_by(mem_asks(), scope_of(jenkins, "")), E_CONFLICT);
	s.keep = true;
	ck_assert_int_eq(scope_by(mem_asks(), s), E_CONFLICT);
	s.name = SPAN("");
	ck_assert_int_eq(scope_by(mem_asks(), s), E_INVALID);
	ck_assert_str_eq(grant_of(jenkins), "none");
	/* the consent is another than the form showed */
	s = scope_of(jenkins, "x");
	s.expect = 3;
	ck_assert_int_eq(scope_by(mem_asks(), s), E_CONFLICT);
	s.expect = 0;
	ck_assert_int_eq(scope_by(mem_asks(), s), OK);
	s = scope_of(jenkins, "y");
	s.expect = 0;
	ck_assert_int_eq(scope_by(mem_asks(), s), E_CONFLICT);
	s.expect = sql_number("SELECT entry FROM scope_grant");
	ck_assert_int_eq(scope_by(mem_asks(), s), OK);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM integration WHERE bound = 1"), 2);
}
END_TEST

/* What web does when an owner withdraws: the row goes, an entry comes. */
static void withdraw(void)
{
	struct arena *a = t.a;
	struct audit_entry e = {.chain = audit_chain_subscription(a, w.acme), .actor = w.actor,
				.action = AUDIT_SCOPE_WITHDRAW, .object_id = jenkins,
				.object = SPAN("jenkins"), .fields = SPAN("")};

	sql_run("DELETE FROM scope_grant WHERE integration_id = %ld", jenkins);
	audit_append(&e);
}

START_TEST(consented_again_after_a_withdrawal)
{
	struct vault_scope s = scope_of(jenkins, "");

	bound_make(mem_asks(), scope_of(jenkins, "x"));
	withdraw();
	s.expect = 0;
	ck_assert_int_eq(scope_by(mem_asks(), s), OK);
	ck_assert_str_eq(grant_of(jenkins), "live all");
	ck_assert_int_gt(chains_check(), 0);
}
END_TEST

/* A row that cannot be believed is nothing to keep; its owner writes it over. */
static void replayed_grant(void)
{
	keep_rows("scope_grant");
	withdraw();
	put_back("scope_grant");
}

static void forged_grant(void)
{
	sql_run("UPDATE scope_grant SET all_projects = 0, projects = '%ld'", w.ops);
}

static void (*const BAD_GRANTS[])(void) = {replayed_grant, forged_grant};

START_TEST(a_bad_consent)
{
	struct vault_scope s = scope_of(jenkins, "y");

	bound_make(mem_asks(), scope_of(jenkins, "x"));
	BAD_GRANTS[_i]();
	s.keep = true;
	ck_assert_int_eq(scope_by(mem_asks(), s), E_DENIED);
	s.keep = false;
	ck_assert_int_eq(scope_by(mem_asks(), s), OK);
	s.keep = true;
	s.name = SPAN("z");
	ck_assert_int_eq(scope_by(mem_asks(), s), OK);
	ck_assert_str_eq(grant_of(jenkins), "live all");
}
END_TEST

/* A binding that the vault did not write makes no place for a consent. */
START_TEST(bound_by_nobody)
{
	int64_t org = integration_make(&w, "org");

	sql_run("INSERT INTO binding VALUES (%ld, %ld, %ld, %ld, 1, NULL, NULL, NULL, NULL, 1, '')", org,
		w.acme, jenkins, w.mem);
	ck_assert_int_eq(scope_by(mem_asks(), scope_of(jenkins, "")), E_CONFLICT);
	ck_assert_str_eq(grant_of(jenkins), "none");
}
END_TEST

static int same_name(int k, void *arg)
{
	volatile int *ready = arg;

	v.db = t.vault = connect_as("signet_vault");
	v.arena = t.a;
	__atomic_add_fetch(ready, 1, __ATOMIC_SEQ_CST);
	wait_for(ready, 4);
	return scope_by(k % 2 ? mem_asks() : from(w.ann, 'a'), scope_of(k % 2 ? jenkins : anns, "same"));
}

START_TEST(a_name_is_given_once)
{
	int codes[CHILDREN_MAX], won = 0;

	children_run(4, same_name, shared_new(sizeof(int)), codes);
	for (int k = 0; k < 4; k++) {
		ck_assert_msg(codes[k] == OK || codes[k] == E_CONFLICT, "%s", err_text(codes[k]));
		won += codes[k] == OK;
	}
	ck_assert_int_eq(won, 1);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM scope_grant"), 1);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM binding b JOIN scope_grant g ON g.integration_id ="
				    " b.account_integration_id AND g.subscription_id = b.subscription_id"), 1);
	ck_assert_int_gt(chains_check(), 0);
}
END_TEST

Suite *store_vault_scope_suite(void)
{
	Suite *s = suite_create("store_vault_scope");
	TCase *c = tcase_create("scope");

	tcase_add_checked_fixture(c, ties_world_set_up, store_tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, a_consent_makes_a_bound_integration);
	tcase_add_test(c, projects_of_a_consent);
	tcase_add_test(c, a_collaborator_names_their_own_projects);
	tcase_add_test(c, who_may_not);
	tcase_add_test(c, names_and_conflicts);
	tcase_add_test(c, consented_again_after_a_withdrawal);
	tcase_add_loop_test(c, a_bad_consent, 0, (int)COUNT(BAD_GRANTS));
	tcase_add_test(c, bound_by_nobody);
	tcase_add_test(c, a_name_is_given_once);
	suite_add_tcase(s, c);
	return s;
}
