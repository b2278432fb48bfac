/* binding.c: bound integrations and the consent of owners, as pages read them. The rows are written by
 * hand: how the vault writes them is its own tests' business. */
#include "store/bound.h"

#include "store/binding.h"
#include "store/scope_withdraw.h"

static struct world w;
static int64_t mems, anns; /* an account integration each, both jenkins */

static void binding_set_up(void)
{
	store_set_up();
	world_make(&w);
	sql_run("UPDATE account SET name = 'Mem Ber' WHERE id = %ld", w.mem);
	mems = own_make(w.mem, "my jenkins", "jenkins");
	anns = own_make(w.ann, "build", "jenkins");
}

static struct binding got(int64_t id)
{
	struct binding b = {0};

	ck_assert_int_eq(store_binding_get(t.web, t.a, &w.admin, id, &b), OK);
	return b;
}

static const char *set_text(struct project_set s)
{
	return s.all ? "*" : project_set_text(t.a, &s).p;
}

START_TEST(one)
{
	int64_t id = handle_make(mems, w.acme, "jenkins");
	struct binding b;

	grant_make(mems, w.acme, arena_printf(t.a, "%ld,%ld", w.web, w.api).p);
	sql_run("UPDATE integration SET all_projects = 0 WHERE id = %ld", id);
	sql_run("INSERT INTO integration_project (integration_id, project_id) VALUES (%ld, %ld), (%ld, %ld)",
		id, w.ops, id, w.web);
	b = got(id);
	ck_assert(b.id == id && b.subscription_id == w.acme && b.owner_id == w.mem);
	ck_assert(span_is(b.slug, "acme") && span_is(b.name, "jenkins") && span_is(b.type, "jenkins"));
	ck_assert(span_is(b.account_integration, "my jenkins") && b.account_integration_id == mems);
	ck_assert(span_is(b.owner, "Mem Ber (mem)") && span_is(b.bound_by, "Mem Ber (mem)"));
	ck_assert(b.bound_at == 5 && b.grant_entry == 11 && b.left_at == 0 && b.undo_until == 0);
	ck_assert(b.state == BINDING_LIVE && !b.disabled && b.undo_owner.n == 0);
	ck_assert_str_eq(set_text(b.grant), arena_printf(t.a, "%ld,%ld", w.web, w.api).p);
	ck_assert_str_eq(set_text(b.own), arena_printf(t.a, "%ld,%ld", w.web, w.ops).p);
	/* elsewhere it is not there, and an org one is none */
	ck_assert_int_eq(store_binding_get(t.web, t.a, &w.foreign, id, &b), E_NOT_FOUND);
	ck_assert_int_eq(store_binding_get(t.web, t.a, &w.admin, integration_make(&w, "org"), &b),
			 E_NOT_FOUND);
	ck_assert_int_eq(store_binding_get(t.web, t.a, &w.admin, 999999, &b), E_NOT_FOUND);
}
END_TEST

START_TEST(states)
{
	int64_t id = handle_make(mems, w.acme, "jenkins");
	struct binding b;

	b = got(id);
	ck_assert(b.state == BINDING_WITHDRAWN && b.grant.n == 0 && !b.grant.all && b.grant_entry == 0);
	grant_make(mems, w.acme, "*");
	b = got(id);
	ck_assert(b.state == BINDING_LIVE && b.grant.all && b.own.all);
	sql_run("UPDATE integration SET disabled_at = 9, disabled_reason = 'why' WHERE id = %ld", mems);
	ck_assert(got(id).state == BINDING_PAUSED);
	/* a released grant is for an undo alone */
	sql_run("UPDATE scope_grant SET released_until = %d", LATER);
	b = got(id);
	ck_assert(b.state == BINDING_WITHDRAWN && !b.grant.all);
	sql_run("UPDATE scope_grant SET released_until = NULL");
	/* somebody else's grant for the same is none */
	sql_run("UPDATE scope_grant SET account_id = %ld", w.ann);
	ck_assert(got(id).state == BINDING_WITHDRAWN);
	sql_run("DELETE FROM integration WHERE id = %ld", mems);
	b = got(id);
	ck_assert(b.state == BINDING_ERASED && b.account_integration.n == 0);
	ck_assert(b.owner_id == w.mem && b.account_integration_id == mems);
}
END_TEST

START_TEST(owner_left)
{
	int64_t id = handle_make(mems, w.acme, "jenkins");
	struct binding b;

	grant_make(mems, w.acme, "*");
	sql_run("UPDATE account SET disabled_at = 50 WHERE id = %ld", w.mem);
	b = got(id);
	ck_assert(b.state == BINDING_OWNER_LEFT && b.left_at == 50 && b.grant.all);
	sql_run("DELETE FROM role WHERE account_id = %ld", w.mem);
	sql_run("INSERT INTO departure VALUES (%ld, %ld, 40, ''), (%ld, %ld, 30, '')", w.mem, w.acme,
		w.mem, w.globex);
	ck_assert_int_eq(got(id).left_at, 40);
	sql_run("UPDATE departure SET left_at = 60 WHERE subscription_id = %ld", w.acme);
	ck_assert_int_eq(got(id).left_at, 50); /* the disabled account left before */
	sql_run("UPDATE account SET disabled_at = NULL WHERE id = %ld", w.mem);
	b = got(id);
	ck_assert(b.state == BINDING_OWNER_LEFT && b.left_at == 60);
	sql_run("INSERT INTO role (account_id, subscription_id, role, granted_at, mac) VALUES"
		" (%ld, %ld, 1, 1, '')",
		w.mem, w.acme);
	b = got(id);
	ck_assert(b.state == BINDING_LIVE && b.left_at == 0);
}
END_TEST

START_TEST(undo)
{
	int64_t id = handle_make(anns, w.acme, "jenkins");
	struct binding b;

	grant_make(anns, w.acme, "*");
	sql_run("UPDATE binding SET undo_integration_id = %ld, undo_account_id = %ld, undo_until = %d", mems,
		w.mem, LATER);
	b = got(id);
	ck_assert(b.undo_until == 0 && b.undo_owner.n == 0); /* its owner withdrew */
	grant_make(mems, w.acme, "*");
	sql_run("UPDATE scope_grant SET released_until = %d WHERE integration_id = %ld", LATER, mems);
	b = got(id);
	ck_assert(b.undo_until == LATER && span_is(b.undo_owner, "Mem Ber (mem)"));
	ck_assert(b.state == BINDING_LIVE && b.owner_id == w.ann);
	sql_run("UPDATE binding SET undo_until = 1000");
	ck_assert_int_eq(got(id).undo_until, 0); /* over */
}
END_TEST

static const char *names(const struct binding *list, size_t n)
{
	struct buf out = BUF_INIT;
	const char *text;

	for (size_t k = 0; k < n; k++)
		buf_printf(&out, "%s%.*s/%.*s", k ? "," : "", SPAN_ARG(list[k].slug),
			   SPAN_ARG(list[k].name));
	text = arena_str(t.a, buf_span(&out));
	buf_release(&out);
	return text;
}

START_TEST(lists)
{
	struct scope mem = own_scope(w.mem), ann = own_scope(w.ann);
	struct binding *list;
	size_t n;

	handle_make(mems, w.acme, "zeta");
	handle_make(mems, w.acme, "alpha");
	handle_make(mems, w.globex, "beta");
	handle_make(anns, w.acme, "anns");
	handle_make(own_make(w.mem, "other", "slackKey"), w.acme, "slack");
	ck_assert_int_eq(store_binding_of_integration(t.web, t.a, &mem, mems, &list, &n), OK);
	ck_assert_str_eq(names(list, n), "acme/alpha,acme/zeta,globex/beta");
	ck_assert_int_eq(store_binding_of_integration(t.web, t.a, &ann, mems, &list, &n), OK);
	ck_assert_uint_eq(n, 0);
	ck_assert_int_eq(store_binding_of_owner(t.web, t.a, &w.admin, w.mem, &list, &n), OK);
	ck_assert_str_eq(names(list, n), "acme/alpha,acme/slack,acme/zeta");
	ck_assert_int_eq(store_binding_of_owner(t.web, t.a, &w.foreign, w.mem, &list, &n), OK);
	ck_assert_str_eq(names(list, n), "globex/beta");
	ck_assert_int_eq(store_binding_of_owner(t.web, t.a, &w.foreign, w.ann, &list, &n), OK);
	ck_assert_uint_eq(n, 0);
}
END_TEST

START_TEST(touched)
{
	struct binding_touched *list;
	size_t n;

	handle_make(mems, w.globex, "beta");
	handle_make(mems, w.acme, "zeta");
	handle_make(mems, w.acme, "alpha");
	handle_make(anns, w.acme, "anns");
	ck_assert_int_eq(store_binding_touched(t.web, t.a, w.mem, &list, &n), OK);
	ck_assert_uint_eq(n, 2);
	ck_assert(span_is(list[0].subscription, "acme") && list[0].bindings == 2);
	ck_assert(list[1].subscription_id == w.globex && list[1].bindings == 1);
	ck_assert_int_eq(store_binding_touched(t.web, t.a, w.eve, &list, &n), OK);
	ck_assert_uint_eq(n, 0);
}
END_TEST

START_TEST(candidates)
{
	int64_t cols = own_make(w.col, "cols", "jenkins"), eves = own_make(w.eve, "eves", "jenkins");
	struct binding_candidate *list;
	size_t n;

	own_make(w.ann, "another", "jenkins");
	own_make(w.ann, "chat", "slackKey");
	grant_make(mems, w.acme, "*");
	grant_make(anns, w.acme, "1,2");
	grant_make(cols, w.globex, "*"); /* elsewhere */
	grant_make(eves, w.acme, "*");   /* who left */
	sql_run("UPDATE integration SET disabled_at = 1 WHERE id = %ld", mems);
	ck_assert_int_eq(store_binding_candidates(t.web, t.a, &w.admin, SPAN("jenkins"), &list, &n), OK);
	ck_assert_uint_eq(n, 4);
	ck_assert(span_is(list[0].name, "another") && list[0].own && !list[0].granted);
	ck_assert(list[1].id == anns && list[1].own && list[1].granted && list[1].owner_here);
	ck_assert_str_eq(set_text(list[1].grant), "1,2");
	ck_assert(span_is(list[2].name, "eves") && !list[2].own && !list[2].owner_here);
	ck_assert(list[3].id == mems && !list[3].enabled && list[3].owner_here && list[3].grant.all);
	ck_assert(span_is(list[3].owner, "Mem Ber (mem)") && list[3].grant_entry == 11);
	/* released is not granted */
	sql_run("UPDATE scope_grant SET released_until = %d", LATER);
	ck_assert_int_eq(store_binding_candidates(t.web, t.a, &w.admin, SPAN("jenkins"), &list, &n), OK);
	ck_assert_uint_eq(n, 2);
	ck_assert(!list[1].granted && list[1].grant.n == 0);
	ck_assert_int_eq(store_binding_candidates(t.web, t.a, &w.admin, SPAN("gitlab"), &list, &n), OK);
	ck_assert_uint_eq(n, 0);
}
END_TEST

START_TEST(scope_of_one)
{
	struct scope mem = own_scope(w.mem), ann = own_scope(w.ann);
	struct scope_row *list, row;
	size_t n;

	ck_assert_int_eq(store_scope_list(t.web, t.a, &mem, mems, &list, &n), OK);
	ck_assert_uint_eq(n, 1); /* the only role */
	ck_assert(list[0].subscription_id == w.acme && list[0].state == SCOPE_NONE);
	ck_assert(list[0].role == ROLE_MEMBER && list[0].entry == 0 && list[0].handles == 0);
	grant_make(mems, w.acme, arena_printf(t.a, "%ld", w.api).p);
	handle_make(mems, w.acme, "jenkins");
	handle_make(mems, w.globex, "old one"); /* left, and withdrawn */
	sql_run("INSERT INTO departure VALUES (%ld, %ld, 40, '')", w.mem, w.globex);
	ck_assert_int_eq(store_scope_list(t.web, t.a, &mem, mems, &list, &n), OK);
	ck_assert_uint_eq(n, 2);
	ck_assert(list[0].state == SCOPE_LIVE && list[0].handles == 1 && list[0].entry == 11);
	ck_assert(list[0].granted_at == 7 && list[0].left_at == 0);
	ck_assert_str_eq(set_text(list[0].grant), arena_printf(t.a, "%ld", w.api).p);
	ck_assert(list[1].state == SCOPE_WITHDRAWN && list[1].role == ROLE_NONE);
	ck_assert(list[1].left_at == 40 && list[1].handles == 1 && span_is(list[1].slug, "globex"));
	/* one of them; nobody else's */
	ck_assert_int_eq(store_scope_get(t.web, t.a, &mem, mems, w.globex, &row), OK);
	ck_assert(row.state == SCOPE_WITHDRAWN && row.handles == 1);
	ck_assert_int_eq(store_scope_get(t.web, t.a, &ann, mems, w.acme, &row), E_NOT_FOUND);
	ck_assert_int_eq(store_scope_list(t.web, t.a, &ann, mems, &list, &n), E_NOT_FOUND);
	ck_assert_int_eq(store_scope_get(t.web, t.a, &ann, anns, w.globex, &row), E_NOT_FOUND);
	ck_assert_int_eq(store_scope_get(t.web, t.a, &ann, anns, w.acme, &row), OK);
	ck_assert(row.state == SCOPE_NONE);
}
END_TEST

START_TEST(released)
{
	struct scope mem = own_scope(w.mem);
	struct scope_row row;

	grant_make(mems, w.acme, "*");
	sql_run("UPDATE scope_grant SET released_until = %d", LATER);
	ck_assert_int_eq(store_scope_get(t.web, t.a, &mem, mems, w.acme, &row), OK);
	ck_assert(row.state == SCOPE_RELEASED && row.released_until == LATER && row.grant.all);
	sql_run("UPDATE scope_grant SET released_until = 1000");
	ck_assert_int_eq(store_scope_get(t.web, t.a, &mem, mems, w.acme, &row), OK);
	ck_assert(row.state == SCOPE_NONE && row.released_until == 0 && !row.grant.all);
	ck_assert_int_eq(row.entry, 11);
	sql_run("UPDATE subscription SET disabled_at = 1 WHERE id = %ld", w.acme);
	ck_assert_int_eq(store_scope_get(t.web, t.a, &mem, mems, w.acme, &row), OK);
	ck_assert(row.disabled);
}
END_TEST

START_TEST(to_choose_from)
{
	struct scope_candidate *list;
	size_t n;

	ck_assert_int_eq(store_scope_candidates(t.web, t.a, &w.collaborator, &list, &n), OK);
	ck_assert_uint_eq(n, 0);
	own_make(w.mem, "chat", "slackKey");
	grant_make(mems, w.acme, "*");
	handle_make(mems, w.acme, "jenkins");
	handle_make(mems, w.globex, "a");
	handle_make(mems, w.globex, "b");
	ck_assert_int_eq(store_scope_candidates(t.web, t.a, &w.member, &list, &n), OK);
	ck_assert_uint_eq(n, 2);
	ck_assert(span_is(list[0].name, "chat") && span_is(list[0].type, "slackKey"));
	ck_assert(!list[0].granted && list[0].enabled && list[0].here == 0);
	ck_assert(list[1].id == mems && list[1].granted && list[1].grant.all && list[1].entry == 11);
	ck_assert(list[1].here == 1 && list[1].elsewhere == 2);
}
END_TEST

/* However many there are, a list ends. */
START_TEST(bounded)
{
	struct binding *list;
	size_t n;

	sql_run("INSERT INTO integration (uid, subscription_id, name, type, url, all_projects, edit_roles,"
		" bound, created_at, changed_at) SELECT UNHEX(LPAD(HEX(seq), 32, '0')), %ld, CONCAT('h', seq),"
		" 'jenkins', '', 1, 4, 1, 1, 1 FROM seq_1_to_1100",
		w.acme);
	sql_run("INSERT INTO binding (integration_id, subscription_id, account_integration_id, account_id,"
		" bound_at, entry, mac) SELECT id, %ld, %ld, %ld, 1, 1, '' FROM integration WHERE bound = 1",
		w.acme, mems, w.mem);
	ck_assert_int_eq(store_binding_of_owner(t.web, t.a, &w.admin, w.mem, &list, &n), OK);
	ck_assert_uint_eq(n, BINDING_ROWS_MAX);
	ck_assert(span_is(list[0].bound_by, "the operator"));
}
END_TEST

START_TEST(statements)
{
	static const struct stmt_table *const TABLES[] = {&STORE_BINDING, &STORE_SCOPE, &STORE_SCOPE_WITHDRAW};

	ck_assert_int_eq(db_self_test(t.web, TABLES, COUNT(TABLES)), OK);
}
END_TEST

Suite *store_binding_suite(void)
{
	TCase *c;
	Suite *s = suite_create("store_binding");

	c = tcase_create("binding");
	tcase_add_checked_fixture(c, binding_set_up, store_tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, one);
	tcase_add_test(c, states);
	tcase_add_test(c, owner_left);
	tcase_add_test(c, undo);
	tcase_add_test(c, lists);
	tcase_add_test(c, touched);
	tcase_add_test(c, candidates);
	tcase_add_test(c, scope_of_one);
	tcase_add_test(c, released);
	tcase_add_test(c, to_choose_from);
	tcase_add_test(c, bounded);
	tcase_add_test(c, statements);
	suite_add_tcase(s, c);
	return s;
}
