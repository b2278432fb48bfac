/* sync_token.c: sync tokens of projects, and how little the scope of one opens. */
#include "store/bound.h"

#include <stdio.h>

#include "seal/hash.h"
#include "store/integration.h"
#include "store/integration_list.h"
#include "store/project.h"
#include "store/reference.h"
#include "store/subscription.h"
#include "store/sync_token.h"
#include "store/workflow_file.h"

enum { NOW = 1500, END = 2000000000 };

static struct world w;

static void sync_token_set_up(void)
{
	store_set_up();
	world_make(&w);
}

static struct span hash_of(int n)
{
	char *p = arena_alloc(t.a, 32);

	memset(p, 's', 32);
	memcpy(p, &n, sizeof(n));
	return span_of(p, 32);
}

static struct sync_token_new new_token(int n, int64_t project, const char *name)
{
	return (struct sync_token_new){
		.project_id = project,
		.token = {.name = span_str(name), .created_at = 1000, .expires_at = END},
		.hash = hash_of(n)};
}

static int make(int n, int64_t project, const char *name, int64_t *id)
{
	struct sync_token_new one = new_token(n, project, name);

	return store_sync_token_create(t.web, t.a, &w.admin, &w.actor, &one, id);
}

/* A token of the project "api"; its scope, as a request finds it. */
static struct scope scope_made(int n)
{
	struct sync_token token = {0};
	struct scope s;
	int64_t id;

	ck_assert_int_eq(make(n, w.api, arena_printf(t.a, "t%d", n).p, &id), OK);
	ck_assert_int_eq(store_sync_token_find(t.web, t.a, hash_of(n), NOW, &s, &token), OK);
	return s;
}

static int find(int n, int64_t now)
{
	struct sync_token token = {0};
	struct scope s;

	return store_sync_token_find(t.web, t.a, hash_of(n), now, &s, &token);
}

START_TEST(found_with_its_project)
{
	struct sync_token token = {0};
	struct scope s;
	int64_t id;

	ck_assert_int_eq(make(1, w.api, "nightly", &id), OK);
	ck_assert_int_eq(store_sync_token_find(t.web, t.a, hash_of(1), NOW, &s, &token), OK);
	ck_assert_int_eq(token.id, id);
	ck_assert(span_is(token.name, "nightly") && token.seen_at == 0);
	ck_assert(span_is(s.slug, "acme") && s.role == ROLE_NONE && !s.disabled);
	ck_assert_int_eq(s.account_id, ACCOUNT_NONE);
	ck_assert_int_eq(s.subscription_id, w.acme);
	ck_assert_int_eq(s.project_id, w.api);
	ck_assert_int_eq(s.sync_token_id, id);
	ck_assert_int_eq(s.revision, sql_number("SELECT revision FROM subscription WHERE id = %ld", w.acme));
	ck_assert_int_eq(find(2, NOW), E_NOT_FOUND);
	ck_assert_int_eq(find(1, END - 1), OK);
	ck_assert_int_eq(find(1, END), E_NOT_FOUND);
}
END_TEST

START_TEST(what_ends_it)
{
	int64_t id;

	ck_assert_int_eq(make(1, w.api, "nightly", &id), OK);
	sql_run("UPDATE subscription SET disabled_at = 1 WHERE id = %ld", w.acme);
	ck_assert_int_eq(find(1, NOW), E_NOT_FOUND);
	sql_run("UPDATE subscription SET disabled_at = NULL WHERE id = %ld", w.acme);
	/* who made it may go */
	sql_run("DELETE FROM role WHERE account_id = %ld", w.ann);
	sql_run("UPDATE account SET disabled_at = 1 WHERE id = %ld", w.ann);
	ck_assert_int_eq(find(1, NOW), OK);
	sql_run("DELETE FROM project WHERE id = %ld", w.api);
	ck_assert_int_eq(find(1, NOW), E_NOT_FOUND);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM sync_token"), 0);
}
END_TEST

START_TEST(listed_by_project)
{
	struct sync_token *list;
	int64_t one, two;
	size_t n;

	ck_assert_int_eq(make(1, w.api, "one", &one), OK);
	ck_assert_int_eq(make(2, w.api, "two", &two), OK);
	ck_assert_int_eq(make(3, w.web, "one", &two), OK);
	ck_assert_int_eq(store_sync_token_seen(t.web, one, SPAN("192.0.2.1"), 1234), OK);
	ck_assert_int_eq(store_sync_token_list(t.web, t.a, &w.admin, w.api, &list, &n), OK);
	ck_assert_uint_eq(n, 2);
	ck_assert(span_is(list[0].name, "two") && list[0].seen_at == 0);
	ck_assert(span_is(list[1].name, "one") && list[1].seen_at == 1234);
	ck_assert(span_is(list[1].seen_address, "192.0.2.1"));
	ck_assert(span_is(list[1].created_by, "ann") && !list[1].maker_left);
	ck_assert_int_eq(list[1].expires_at, END);
	/* who left may still know it; a role elsewhere is none here */
	sql_run("UPDATE role SET subscription_id = %ld WHERE account_id = %ld", w.globex, w.ann);
	ck_assert_int_eq(store_sync_token_list(t.web, t.a, &w.admin, w.api, &list, &n), OK);
	ck_assert(n == 2 && list[1].maker_left);
	sql_run("UPDATE role SET subscription_id = %ld WHERE account_id = %ld", w.acme, w.ann);
	sql_run("UPDATE account SET disabled_at = 1 WHERE id = %ld", w.ann);
	ck_assert_int_eq(store_sync_token_list(t.web, t.a, &w.admin, w.api, &list, &n), OK);
	ck_assert(list[1].maker_left);
	ck_assert_int_eq(store_sync_token_list(t.web, t.a, &w.foreign, w.api, &list, &n), OK);
	ck_assert_uint_eq(n, 0);
	ck_assert_int_eq(store_sync_token_list(t.web, t.a, &w.admin, w.store, &list, &n), OK);
	ck_assert_uint_eq(n, 0);
}
END_TEST

static const char *entry(void)
{
	return sql_text("SELECT CONCAT(actor, ': ', action, ' ', object, ', ', fields) FROM audit WHERE chain ="
			" 'sub:%ld' ORDER BY seq DESC LIMIT 1",
			w.acme);
}

START_TEST(made_and_revoked_by_admins)
{
	struct sync_token_new one = new_token(1, w.api, "one");
	struct scope token;
	int64_t id, revision;

	ck_assert_int_eq(store_sync_token_create(t.web, t.a, &w.member, &w.actor, &one, &id), E_DENIED);
	ck_assert_int_eq(store_sync_token_create(t.web, t.a, &w.collaborator, &w.actor, &one, &id), E_DENIED);
	ck_assert_int_eq(store_sync_token_create(t.web, t.a, &w.foreign, &w.actor, &one, &id), E_NOT_FOUND);
	one.project_id = w.store;
	ck_assert_int_eq(store_sync_token_create(t.web, t.a, &w.admin, &w.actor, &one, &id), E_NOT_FOUND);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM sync_token"), 0);
	revision = sql_number("SELECT revision FROM subscription WHERE id = %ld", w.acme);
	ck_assert_int_eq(make(1, w.api, "one", &id), OK);
	ck_assert_str_eq(entry(), "ann: sync_token.create one, of project api");
	ck_assert_int_eq(sql_number("SELECT object_id FROM audit ORDER BY at DESC, seq DESC LIMIT 1"), w.api);
	ck_assert_int_gt(sql_number("SELECT revision FROM subscription WHERE id = %ld", w.acme), revision);
	one = new_token(2, w.api, "one");
	ck_assert_int_eq(store_sync_token_create(t.web, t.a, &w.admin, &w.actor, &one, &id), E_CONFLICT);
	ck_assert(one.name_taken && !one.too_many);
	/* another project may have the name */
	ck_assert_int_eq(make(3, w.web, "one", &id), OK);
	id = sql_number("SELECT id FROM sync_token WHERE project_id = %ld", w.api);
	ck_assert_int_eq(store_sync_token_revoke(t.web, t.a, &w.admin, &w.actor, w.web, id), E_NOT_FOUND);
	ck_assert_int_eq(store_sync_token_revoke(t.web, t.a, &w.foreign, &w.actor, w.api, id), E_NOT_FOUND);
	ck_assert_int_eq(store_sync_token_revoke(t.web, t.a, &w.member, &w.actor, w.api, id), E_DENIED);
	/* nor one by another */
	token = scope_made(4);
	ck_assert_int_eq(store_sync_token_revoke(t.web, t.a, &token, &w.actor, w.api, id), E_DENIED);
	one = new_token(5, w.api, "five");
	ck_assert_int_eq(store_sync_token_create(t.web, t.a, &token, &w.actor, &one, &id), E_DENIED);
	id = sql_number("SELECT id FROM sync_token WHERE project_id = %ld AND name = 'one'", w.api);
	ck_assert_int_eq(store_sync_token_revoke(t.web, t.a, &w.admin, &w.actor, w.api, id), OK);
	ck_assert_str_eq(entry(), "ann: sync_token.revoke one, of project api");
	ck_assert_int_eq(find(1, NOW), E_NOT_FOUND);
	ck_assert_int_eq(store_sync_token_revoke(t.web, t.a, &w.admin, &w.actor, w.api, id), E_NOT_FOUND);
	ck_assert_int_gt(chains_check(), 0);
}
END_TEST

static int make_one(int k, void *arg)
{
	struct db *db = connect_as("signet_web");
	struct arena *a = arena_new();
	struct sync_token_new one = {.project_id = w.api};
	char *hash = arena_alloc(a, 32);
	int64_t id;
	int rc;

	(void)arg;
	memset(hash, 'a' + k, 32);
	one.token = (struct sync_token){
		.name = arena_printf(a, "rival %d", k), .created_at = 1000, .expires_at = END};
	one.hash = span_of(hash, 32);
	rc = store_sync_token_create(db, a, &w.admin, &w.actor, &one, &id);
	db_close(db);
	return rc;
}

START_TEST(not_more_than_twenty)
{
	int codes[CHILDREN_MAX], good = 0;
	int64_t id;

	for (int k = 0; k < SYNC_TOKENS_MOST - 1; k++)
		ck_assert_int_eq(make(k, w.api, arena_printf(t.a, "t%d", k).p, &id), OK);
	/* also when several are made at once */
	children_run(4, make_one, NULL, codes);
	for (int k = 0; k < 4; k++) {
		ck_assert_msg(codes[k] == OK || codes[k] == E_CONFLICT, "%d", codes[k]);
		good += codes[k] == OK;
	}
	ck_assert_int_eq(good, 1);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM sync_token"), SYNC_TOKENS_MOST);
	ck_assert_int_eq(make(90, w.web, "of another project", &id), OK);
}
END_TEST

/* --- what it may ----------------------------------------------------------------------------------- */

static int sync_by(struct db *db, const struct scope *s, int64_t project, const char *name)
{
	struct reference *one = ARENA_NEW(t.a, struct reference);
	struct workflow_sent *f = ARENA_NEW(t.a, struct workflow_sent);
	struct workflow_sync sync = {.project_id = project, .files = f, .n = 1};
	const struct actor token = {0, SPAN("token t1"), SPAN("192.0.2.9"), SPAN("1122")};
	unsigned char *sum = arena_alloc(t.a, HASH_BYTES);

	hash_bytes(span_str(name), sum);
	*one = (struct reference){.kind = REFERENCE_JOB,
				  .line = 1,
				  .column = 1,
				  .consumer = SPAN("build"),
				  .key = SPAN("integrations"),
				  .name = span_str(name)};
	*f = (struct workflow_sent){.path = SPAN("a.yml"),
				    .hash = span_of((const char *)sum, HASH_BYTES),
				    .size = 1,
				    .read = true,
				    .references = one,
				    .nreferences = 1};
	return store_workflow_sync(db, t.a, s, &token, &sync);
}

static int sync_as(const struct scope *s, int64_t project, const char *name)
{
	return sync_by(t.web, s, project, name);
}

static int remove_as(const struct scope *s, int64_t project)
{
	const struct actor token = {0, SPAN("token t1"), SPAN("192.0.2.9"), SPAN("1122")};
	int64_t n;

	return store_workflow_remove(t.web, t.a, s, &token, project, SPAN("a.yml"), &n);
}

START_TEST(sends_files_of_its_project)
{
	struct scope token = scope_made(1);
	struct workflow_file *files;
	size_t n;

	ck_assert_int_eq(sync_as(&token, w.api, "hub"), OK);
	ck_assert_str_eq(entry(), "token t1: workflow.sync api, a.yml");
	ck_assert_int_eq(sql_number("SELECT actor_id IS NULL FROM audit ORDER BY at DESC, seq DESC LIMIT 1"), 1);
	ck_assert_int_eq(store_workflow_files(t.web, t.a, &w.admin, w.api, &files, &n), OK);
	ck_assert(n == 1 && span_is(files[0].synced_by, "token t1"));
	/* somebody else sends the same: then it is theirs; whatever changed */
	ck_assert_int_eq(sync_as(&w.admin, w.api, "hub"), OK);
	ck_assert_str_eq(sql_text("SELECT synced_token FROM workflow_file"), "");
	ck_assert_int_eq(sync_as(&token, w.api, "git"), OK);
	ck_assert_str_eq(sql_text("SELECT synced_token FROM workflow_file"), "token t1");
	ck_assert_int_eq(sync_as(&token, w.web, "hub"), E_NOT_FOUND);
	ck_assert_int_eq(sync_as(&token, w.store, "hub"), E_NOT_FOUND);
	ck_assert_int_eq(sync_as(&token, 999999, "hub"), E_NOT_FOUND);
	ck_assert_int_eq(remove_as(&token, w.web), E_NOT_FOUND);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM workflow_file"), 1);
	ck_assert_int_eq(remove_as(&token, w.api), OK);
	ck_assert_str_eq(entry(), "token t1: workflow.remove api, a.yml");
	ck_assert_int_gt(chains_check(), 0);
}
END_TEST

/* A request had found the token before it was over. */
START_TEST(over_while_a_request_runs)
{
	struct scope token = scope_made(1);
	struct scope elsewhere = token;

	ck_assert_int_eq(sync_as(&token, w.api, "one"), OK);
	sql_run("UPDATE subscription SET disabled_at = 1 WHERE id = %ld", w.acme);
	ck_assert_int_eq(sync_as(&token, w.api, "two"), E_NOT_FOUND);
	ck_assert_int_eq(remove_as(&token, w.api), E_NOT_FOUND);
	sql_run("UPDATE subscription SET disabled_at = NULL WHERE id = %ld", w.acme);
	sql_run("UPDATE sync_token SET expires_at = 1");
	ck_assert_int_eq(sync_as(&token, w.api, "two"), E_NOT_FOUND);
	sql_run("UPDATE sync_token SET expires_at = %d", END);
	ck_assert_int_eq(sync_as(&token, w.api, "two"), OK);
	/* not with another subscription or project in its hand either */
	elsewhere.subscription_id = w.globex;
	ck_assert_int_eq(sync_as(&elsewhere, w.api, "x"), E_NOT_FOUND);
	elsewhere.project_id = w.store;
	ck_assert_int_eq(sync_as(&elsewhere, w.store, "x"), E_NOT_FOUND);
	elsewhere = token;
	elsewhere.project_id = w.web;
	ck_assert_int_eq(sync_as(&elsewhere, w.web, "x"), E_NOT_FOUND);
	ck_assert_int_eq(store_sync_token_revoke(t.web, t.a, &w.admin, &w.actor, w.api, token.sync_token_id),
			 OK);
	ck_assert_int_eq(sync_as(&token, w.api, "three"), E_NOT_FOUND);
	ck_assert_int_eq(remove_as(&token, w.api), E_NOT_FOUND);
	ck_assert_str_eq(sql_text("SELECT name FROM reference"), "two");
}
END_TEST

struct race {
	struct scope token;
	volatile int synced;
};

/* Three send one file after another until they are refused; one revokes meanwhile. */
static int race(int k, void *arg)
{
	struct race *r = arg;
	struct db *db = connect_as("signet_web");
	int rc = OK;

	if (k == 3) {
		wait_for(&r->synced, 20);
		rc = store_sync_token_revoke(db, t.a, &w.admin, &w.actor, w.api,
					     r->token.sync_token_id);
	}
	for (int n = 0; k < 3 && n < 2000 && rc == OK; n++) {
		rc = sync_by(db, &r->token, w.api, arena_printf(t.a, "name %d %d", k, n).p);
		if (rc == OK)
			__atomic_add_fetch(&r->synced, 1, __ATOMIC_SEQ_CST);
	}
	db_close(db);
	return rc;
}

START_TEST(revoked_while_it_is_used)
{
	struct race *r = shared_new(sizeof(*r));
	int codes[CHILDREN_MAX];

	r->token = scope_made(1);
	children_run(4, race, r, codes);
	for (int k = 0; k < 3; k++)
		ck_assert_int_eq(codes[k], E_NOT_FOUND);
	ck_assert_int_eq(codes[3], OK);
	ck_assert_int_ge(r->synced, 20);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM audit WHERE action = 'workflow.sync'"), r->synced);
	/* its entry is the last of all that the token did */
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM audit s JOIN audit e ON e.chain = s.chain AND e.action ="
				    " 'sync_token.revoke' AND e.seq < s.seq WHERE s.action = 'workflow.sync'"),
			 0);
	ck_assert_int_gt(chains_check(), 0);
}
END_TEST

/* Of what is not its project's it sees nothing, whatever is asked with its scope. */
START_TEST(sees_nothing_else)
{
	struct scope token = scope_made(1);
	struct project_query q = {SPAN(""), SPAN(""), 10};
	struct integration_query all = {.search = SPAN(""), .type = SPAN(""), .limit = 10};
	struct project_integration *limited;
	struct project_row *rows, row;
	struct integration_row *list;
	struct project *projects;
	int64_t total, id, hub = integration_make(&w, "hub");
	size_t n;

	sql_run("UPDATE integration SET all_projects = 0, edit_roles = 7 WHERE id = %ld", hub);
	sql_run("INSERT INTO integration_project (integration_id, project_id) VALUES (%ld, %ld)", hub, w.api);
	ck_assert_int_eq(store_project_list(t.web, t.a, &token, &projects, &n, &total), OK);
	ck_assert_uint_eq(n, 0);
	ck_assert_int_eq(store_project_page(t.web, t.a, &token, &q, &rows, &n), OK);
	ck_assert_uint_eq(n, 0);
	ck_assert_int_eq(store_project_count(t.web, t.a, &token, SPAN(""), &total), OK);
	ck_assert_int_eq(total, 0);
	ck_assert_int_eq(store_project_get(t.web, t.a, &token, w.api, &row), OK);
	ck_assert(span_is(row.name, "api"));
	ck_assert_int_eq(store_project_get(t.web, t.a, &token, w.web, &row), E_NOT_FOUND);
	ck_assert_int_eq(store_project_get(t.web, t.a, &token, w.store, &row), E_NOT_FOUND);
	ck_assert_int_eq(store_project_find(t.web, t.a, &token, SPAN("api"), &id), OK);
	ck_assert_int_eq(id, w.api);
	ck_assert_int_eq(store_project_find(t.web, t.a, &token, SPAN("api "), &id), E_NOT_FOUND);
	ck_assert_int_eq(store_project_find(t.web, t.a, &token, SPAN("web"), &id), E_NOT_FOUND);
	ck_assert_int_eq(store_project_integrations(t.web, t.a, &w.admin, w.api, 10, &limited, &n), OK);
	ck_assert_uint_eq(n, 1);
	ck_assert_int_eq(store_integration_list(t.web, t.a, &token, &all, &list, &n), OK);
	ck_assert_uint_eq(n, 0);
	ck_assert_int_eq(list_count(&token), 0);
	ck_assert_int_eq(integration_delete(&w, &token, hub), E_NOT_FOUND);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM integration WHERE id = %ld", hub), 1);
	ck_assert_int_eq(store_project_create(t.web, t.a, &token, &w.actor, SPAN("new"), &id), E_DENIED);
}
END_TEST

static struct reference_uses uses_of(const struct scope *s, int64_t id, const char *name)
{
	struct reference_uses u;

	ck_assert_int_eq(store_reference_uses(t.web, t.a, s, id, span_str(name), 0, 10, &u), OK);
	return u;
}

static const char *names_told(const struct scope *s)
{
	struct span *list, text = SPAN("");
	size_t n;

	ck_assert_int_eq(store_reference_names(t.web, t.a, s, &list, &n), OK);
	for (size_t k = 0; k < n; k++)
		text = arena_printf(t.a, "%.*s%s%.*s", SPAN_ARG(text), k ? " " : "", SPAN_ARG(list[k]));
	return text.p;
}

static const char *told_of(const struct scope *s, const char *name)
{
	const struct reference named = {.name = span_str(name)};
	const struct reference_target *target;
	struct reference_targets all;

	ck_assert_int_eq(sync_as(&w.admin, w.api, name), OK);
	ck_assert_int_eq(store_reference_targets(t.web, t.a, s, w.api, &named, 1, &all), OK);
	target = store_reference_target(&all, span_str(name));
	if (!target)
		return "missing";
	return target->seen ? target->allowed ? "allowed, seen" : "denied, seen"
			    : target->allowed ? "allowed, unseen" : "denied, unseen";
}

/* Names and ids: of what its project may use, by its own list and by the consent of a bound one's owner. */
START_TEST(told_what_its_project_may_use)
{
	struct scope token = scope_made(1);
	int64_t one = own_make(w.ann, "own one", "jenkins"), two = own_make(w.mem, "own two", "jenkins");
	int64_t three = own_make(w.col, "own three", "jenkins"), mine, others;

	integration_make(&w, "hub");
	mine = integration_make(&w, "mine");
	others = integration_make(&w, "others");
	sql_run("UPDATE integration SET all_projects = 0 WHERE id IN (%ld, %ld)", mine, others);
	sql_run("INSERT INTO integration_project (integration_id, project_id) VALUES (%ld, %ld), (%ld, %ld)",
		mine, w.api, others, w.web);
	grant_make(one, w.acme, "*");
	grant_make(two, w.acme, arena_printf(t.a, "%ld", w.web).p);
	grant_make(three, w.acme, arena_printf(t.a, "%ld,%ld", w.web, w.api).p);
	handle_make(one, w.acme, "for all");
	handle_make(two, w.acme, "for web");
	handle_make(three, w.acme, "for both");
	sql_run("INSERT INTO integration (uid, subscription_id, name, type, url, all_projects, edit_roles,"
		" created_at, changed_at) VALUES ('foreign', %ld, 'theirs', 'jenkins', '', 1, 7, 1, 1)",
		w.globex);
	ck_assert_str_eq(names_told(&token), "for all for both hub mine");
	ck_assert_str_eq(names_told(&w.admin), "for all for both for web hub mine others");
	ck_assert_str_eq(told_of(&token, "hub"), "allowed, seen");
	ck_assert_str_eq(told_of(&token, "mine"), "allowed, seen");
	ck_assert_str_eq(told_of(&token, "others"), "denied, unseen");
	ck_assert_str_eq(told_of(&token, "for both"), "allowed, seen");
	ck_assert_str_eq(told_of(&token, "for web"), "denied, unseen");
	ck_assert_str_eq(told_of(&token, "theirs"), "missing");
	ck_assert_str_eq(told_of(&w.admin, "others"), "denied, seen");
	/* what is bound to nothing any more: its state, and no id */
	sql_run("DELETE FROM scope_grant WHERE integration_id = %ld", one);
	ck_assert_str_eq(told_of(&token, "for all"), "allowed, unseen");
	ck_assert_str_eq(names_told(&token), "for both hub mine");
	/* a scope that was bent to another project sees nothing of this one */
	token.project_id = w.web;
	ck_assert_str_eq(told_of(&token, "hub"), "allowed, unseen");
	/* nor does one learn where something is used */
	ck_assert_int_eq(uses_of(&token, others, "hub").seen, 0);
}
END_TEST

Suite *store_sync_token_suite(void)
{
	Suite *s = suite_create("store_sync_token");
	TCase *c = tcase_create("sync_token");

	tcase_set_timeout(c, 60);
	tcase_add_checked_fixture(c, sync_token_set_up, store_tear_down);
	tcase_add_test(c, found_with_its_project);
	tcase_add_test(c, what_ends_it);
	tcase_add_test(c, listed_by_project);
	tcase_add_test(c, made_and_revoked_by_admins);
	tcase_add_test(c, not_more_than_twenty);
	tcase_add_test(c, sends_files_of_its_project);
	tcase_add_test(c, over_while_a_request_runs);
	tcase_add_test(c, revoked_while_it_is_used);
	tcase_add_test(c, sees_nothing_else);
	tcase_add_test(c, told_what_its_project_may_use);
	suite_add_tcase(s, c);
	return s;
}
