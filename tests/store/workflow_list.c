/* workflow_list.c: the workflow files of all projects, and removing those of some. */
#include "store/fixture.h"

#include "seal/hash.h"
#include "store/workflow_file.h"
#include "store/workflow_list.h"

enum { ROUNDS = 20 };

static struct world w;

static void list_set_up(void)
{
	store_set_up();
	world_make(&w);
}

/* A file that names these integrations, " " between; fault: not readable. */
static int send_as(const struct scope *s, int64_t project, const char *path, const char *names,
		   const char *fault)
{
	unsigned char *sum = arena_alloc(t.a, HASH_BYTES);
	struct workflow_sent f = {.path = span_str(path), .size = 1, .read = true};
	struct workflow_sync sync = {.project_id = project, .files = &f, .n = 1};
	struct span rest = span_str(names), name;

	hash_bytes(arena_printf(t.a, "%s%s%s", path, names, fault), sum);
	f.hash = span_of((const char *)sum, HASH_BYTES);
	f.fault = span_str(fault);
	f.references = ARENA_ARRAY(t.a, struct reference, strlen(names) + 1);
	while (rest.n && span_cut(&rest, ' ', &name))
		f.references[f.nreferences++] = (struct reference){
			.kind = REFERENCE_JOB, .line = 1, .column = 1, .name = name,
			.dynamic = memchr(name.p, '$', name.n) != NULL,
			.consumer = SPAN("build"), .key = SPAN("integrations")};
	return store_workflow_sync(t.web, t.a, s, &w.actor, &sync);
}

static void send(int64_t project, const char *path, const char *names)
{
	ck_assert_int_eq(send_as(&w.admin, project, path, names, ""), OK);
}

/* "api 2 5 1,ops 0 0 0": files, references, not readable. */
static const char *rows(const struct workflow_project *list, size_t n)
{
	struct buf out = BUF_INIT;
	const char *text;

	for (size_t k = 0; k < n; k++)
		buf_printf(&out, "%s%.*s %d %d %d", k ? "," : "", SPAN_ARG(list[k].name),
			   (int)list[k].files, (int)list[k].references, (int)list[k].unreadable);
	text = arena_str(t.a, buf_span(&out));
	buf_release(&out);
	return text;
}

static const char *page(const struct scope *s, const char *search, int64_t before,
			const char *after, int64_t limit)
{
	struct workflow_query q = {span_str(search), before, span_str(after), limit};
	struct workflow_project *list;
	size_t n;

	ck_assert_int_eq(store_workflow_projects(t.web, t.a, s, &q, &list, &n), OK);
	return rows(list, n);
}

static int64_t count(const char *search, int64_t before)
{
	struct workflow_query q = {span_str(search), before, SPAN(""), 0};
	int64_t total = -1;

	ck_assert_int_eq(store_workflow_projects_count(t.web, t.a, &w.admin, &q, &total), OK);
	return total;
}

START_TEST(listed)
{
	struct workflow_project *list;
	int64_t ids[3] = {w.web, w.api, w.store};
	size_t n;

	send(w.api, "a.yml", "hub x-$Y");
	send(w.api, "b.yml", "hub");
	send(w.web, "a.yml", "hub");
	ck_assert_int_eq(send_as(&w.member, w.web, "a.yml", "", "no YAML"), OK);
	ck_assert_str_eq(page(&w.admin, "", 0, "", 50), "api 2 3 0,ops 0 0 0,web 1 1 1");
	ck_assert_str_eq(page(&w.admin, "", 0, "", 1), "api 2 3 0");
	ck_assert_str_eq(page(&w.admin, "", 0, "api", 1), "ops 0 0 0");
	ck_assert_str_eq(page(&w.admin, "P", 0, "", 50), "api 2 3 0,ops 0 0 0");
	ck_assert_str_eq(page(&w.foreign, "", 0, "", 50), "store 0 0 0");
	ck_assert_int_eq(count("P", 0), 2);
	/* one new file is enough; who has none sent nothing since */
	sql_run("UPDATE workflow_file SET synced_at = 100 WHERE path = 'a.yml'");
	ck_assert_str_eq(page(&w.admin, "", 101, "", 50), "ops 0 0 0,web 1 1 1");
	ck_assert_str_eq(page(&w.admin, "", 100, "", 50), "ops 0 0 0");
	ck_assert_int_eq(count("", 101), 2);
	/* those of another subscription are not there */
	ck_assert_int_eq(store_workflow_chosen(t.web, t.a, &w.admin, ids, 3, &list, &n), OK);
	ck_assert_str_eq(rows(list, n), "api 2 3 0,web 1 1 1");
	ck_assert_int_eq(list[1].synced_at, 100);
	ck_assert_int_eq(store_workflow_chosen(t.web, t.a, &w.admin, ids, 0, &list, &n), OK);
	ck_assert_uint_eq(n, 0);
}
END_TEST

/* Whoever sent the newest file. */
START_TEST(who_was_last)
{
	struct workflow_project *list;
	size_t n;

	send(w.api, "a.yml", "hub");
	ck_assert_int_eq(send_as(&w.member, w.api, "b.yml", "hub", ""), OK);
	sql_run("UPDATE workflow_file SET synced_at = IF(path = 'a.yml', 7, 9), synced_by ="
		" IF(path = 'a.yml', %ld, %ld)", w.ann, w.mem);
	ck_assert_int_eq(store_workflow_chosen(t.web, t.a, &w.admin, &w.api, 1, &list, &n), OK);
	ck_assert_int_eq(list[0].synced_at, 9);
	ck_assert_str_eq(arena_str(t.a, list[0].synced_by),
			 sql_text("SELECT CASE WHEN name = login THEN login ELSE CONCAT(name, ' (',"
				  " login, ')') END FROM account WHERE id = %ld", w.mem));
}
END_TEST

START_TEST(groups)
{
	struct workflow_group *list;
	int64_t all = 0, stale = 0, dynamic = 0;
	size_t n;

	send(w.api, "a.yml", "hub hub x-$Y");
	send(w.api, "b.yml", "hub");
	ck_assert_int_eq(send_as(&w.admin, w.api, "b.yml", "", "no YAML"), OK);
	ck_assert_int_eq(store_workflow_groups(t.web, t.a, &w.admin, w.api, &list, &n), OK);
	for (size_t k = 0; k < n; k++) {
		all += list[k].n;
		stale += list[k].stale ? list[k].n : 0;
		dynamic += list[k].reference.dynamic ? list[k].n : 0;
	}
	ck_assert_uint_eq(n, 3);
	ck_assert(all == 4 && stale == 1 && dynamic == 1);
	ck_assert_int_eq(store_workflow_groups(t.web, t.a, &w.foreign, w.api, &list, &n), OK);
	ck_assert_uint_eq(n, 0);
}
END_TEST

/* Names of what becomes unused without these projects. */
static const char *unused(const int64_t *ids, size_t nids, int64_t limit)
{
	struct workflow_unused *list;
	struct buf out = BUF_INIT;
	const char *text;
	size_t n;

	ck_assert_int_eq(store_workflow_unused(t.web, t.a, &w.admin, ids, nids, limit, &list, &n),
			 OK);
	for (size_t k = 0; k < n; k++)
		buf_printf(&out, "%s%.*s", k ? "," : "", SPAN_ARG(list[k].name));
	text = arena_str(t.a, buf_span(&out));
	buf_release(&out);
	return text;
}

START_TEST(becomes_unused)
{
	int64_t two[2] = {w.api, w.ops};

	integration_make(&w, "hub");
	integration_make(&w, "only");
	integration_make(&w, "both");
	integration_make(&w, "x-$Y");
	send(w.api, "a.yml", "hub only both x-$Y gone");
	send(w.ops, "a.yml", "both");
	send(w.web, "a.yml", "hub");
	ck_assert_str_eq(unused(two, 1, 50), "only");
	ck_assert_str_eq(unused(two, 2, 50), "both,only");
	ck_assert_str_eq(unused(two, 2, 1), "both");
	ck_assert_str_eq(unused(two + 1, 1, 50), "");
	ck_assert_str_eq(unused(two, 0, 50), "");
	/* by a variable it is named nowhere */
	sql_run("UPDATE reference SET is_dynamic = 1 WHERE name = 'both' AND project_id = %ld", w.ops);
	ck_assert_str_eq(unused(two, 1, 50), "both,only");
	/* blanks at the end are another name */
	sql_run("UPDATE reference SET name = 'only ' WHERE name = 'only'");
	ck_assert_str_eq(unused(two, 1, 50), "both");
}
END_TEST

static int clear_as(const struct scope *s, const int64_t *ids, size_t n, int64_t files,
		    int64_t references)
{
	struct workflow_clear c = {ids, n, files, references};

	return store_workflow_clear(t.web, t.a, s, &w.actor, &c);
}

static const char *left(void)
{
	return sql_text("SELECT COALESCE(GROUP_CONCAT(p.name, ':', f.path ORDER BY p.name, f.path), '')"
			" FROM workflow_file f JOIN project p ON p.id = f.project_id");
}

START_TEST(cleared)
{
	int64_t two[2] = {w.api, w.ops}, far[2] = {w.api, w.store};

	send(w.api, "a.yml", "hub hub");
	send(w.api, "b.yml", "hub");
	send(w.web, "a.yml", "hub");
	/* not what was seen: nothing goes */
	ck_assert_int_eq(clear_as(&w.admin, two, 2, 1, 3), E_CONFLICT);
	ck_assert_int_eq(clear_as(&w.admin, two, 2, 2, 4), E_CONFLICT);
	ck_assert_int_eq(clear_as(&w.admin, far, 2, 2, 3), E_CONFLICT);
	ck_assert_int_eq(clear_as(&w.admin, far, 2, -1, -1), E_CONFLICT);
	ck_assert_int_eq(clear_as(&w.member, two, 2, 2, 3), E_DENIED);
	ck_assert_int_eq(clear_as(&w.collaborator, two, 2, 2, 3), E_DENIED);
	ck_assert_int_eq(clear_as(&w.foreign, two, 2, 2, 3), E_CONFLICT);
	ck_assert_str_eq(left(), "api:a.yml,api:b.yml,web:a.yml");
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM audit WHERE action = 'workflow.remove'"), 0);
	ck_assert_int_eq(clear_as(&w.admin, two, 2, 2, 3), OK);
	ck_assert_str_eq(left(), "web:a.yml");
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM reference"), 1);
	ck_assert_int_eq(sql_number("SELECT uses FROM name_use WHERE name = 'hub'"), 1);
	/* one project had none: no entry for it */
	ck_assert_str_eq(sql_text("SELECT GROUP_CONCAT(object, ' ', fields) FROM audit WHERE action ="
				  " 'workflow.remove'"), "api all of them");
	ck_assert_int_eq(clear_as(&w.admin, two, 2, 0, 0), OK);
	/* the page was asked for by an admin, whose role was taken before the button was pressed */
	sql_run("UPDATE role SET role = 2 WHERE account_id = %ld", w.ann);
	ck_assert_int_eq(clear_as(&w.admin, &w.web, 1, 1, 1), E_DENIED);
	ck_assert_str_eq(left(), "web:a.yml");
	ck_assert_int_eq(chains_check(), 4);
}
END_TEST

/* Somebody removes what they saw while CI sends one more: either it is refused, or what came is
 * there; and the counts are those of what is there. */
static int send_or_clear(int k, void *arg)
{
	volatile int *ready = arg;

	t.web = connect_as("signet_web");
	__atomic_add_fetch(ready, 1, __ATOMIC_SEQ_CST);
	wait_for(ready, 2);
	return k ? clear_as(&w.admin, &w.api, 1, 1, 1) : send_as(&w.member, w.api, "b.yml", "hub", "");
}

START_TEST(sent_meanwhile)
{
	int codes[CHILDREN_MAX];

	for (int round = 0; round < ROUNDS; round++) {
		sql_run("DELETE FROM workflow_file");
		sql_run("DELETE FROM name_use");
		send(w.api, "a.yml", "hub");
		children_run(2, send_or_clear, shared_new(sizeof(int)), codes);
		ck_assert_int_eq(codes[0], OK);
		ck_assert(codes[1] == OK || codes[1] == E_CONFLICT);
		ck_assert_str_eq(left(), codes[1] == OK ? "api:b.yml" : "api:a.yml,api:b.yml");
		ck_assert_int_eq(sql_number("SELECT uses FROM name_use WHERE name = 'hub'"),
				 sql_number("SELECT COUNT(*) FROM reference"));
	}
}
END_TEST

Suite *store_workflow_list_suite(void)
{
	Suite *s = suite_create("store_workflow_list");
	TCase *c = tcase_create("list");

	tcase_add_checked_fixture(c, list_set_up, store_tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, listed);
	tcase_add_test(c, who_was_last);
	tcase_add_test(c, groups);
	tcase_add_test(c, becomes_unused);
	tcase_add_test(c, cleared);
	tcase_add_test(c, sent_meanwhile);
	suite_add_tcase(s, c);
	return s;
}
