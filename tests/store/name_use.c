/* name_use.c: in how many places a name stands: always as many as there are references, whatever
 * syncs, removals and deletions do, one after the other and at the same time. */
#include "store/fixture.h"

#include <stdlib.h>

#include "base/buf.h"
#include "seal/hash.h"
#include "store/integration.h"
#include "store/name_use.h"
#include "store/project.h"
#include "store/reference.h"
#include "store/workflow_file.h"

enum { RIVALS = 4, ROUNDS = 30, STEPS = 150 };

static struct world w;

static void name_use_set_up(void)
{
	store_set_up();
	world_make(&w);
}

/* A file with these names, "," between; one with a '$' is dynamic. */
static struct workflow_sent file(const char *path, const char *names)
{
	unsigned char *sum = arena_alloc(t.a, HASH_BYTES);
	struct workflow_sent f = {.path = span_str(path), .read = true};
	struct span rest = span_str(names), name;

	hash_bytes(rest, sum);
	f.hash = span_of((const char *)sum, HASH_BYTES);
	f.references = ARENA_ARRAY(t.a, struct reference, rest.n + 1);
	while (rest.n && span_cut(&rest, ',', &name))
		f.references[f.nreferences++] =
			(struct reference){.dynamic = memchr(name.p, '$', name.n) != NULL,
					   .consumer = SPAN("build"),
					   .key = SPAN("integrations"),
					   .name = name};
	return f;
}

static int sync_files(const struct scope *s, int64_t project, bool whole,
		      struct workflow_sent *files, size_t n)
{
	struct workflow_sync sync = {.project_id = project, .files = files, .n = n, .whole = whole};

	return store_workflow_sync(t.web, t.a, s, &w.actor, &sync);
}

static void sync_one(int64_t project, const char *path, const char *names)
{
	struct workflow_sent f = file(path, names);

	ck_assert_int_eq(sync_files(&w.admin, project, false, &f, 1), OK);
}

static void remove_one(int64_t project, const char *path)
{
	int64_t n;

	ck_assert_int_eq(
		store_workflow_remove(t.web, t.a, &w.admin, &w.actor, project, span_str(path), &n),
		OK);
}

/* "a 2, b 1", of one subscription. */
static const char *counts_of(int64_t subscription)
{
	return sql_text(
		"SELECT COALESCE(GROUP_CONCAT(CONCAT(name, ' ', uses) ORDER BY name SEPARATOR"
		" ', '), '') FROM name_use WHERE subscription_id = %ld",
		subscription);
}

/* How many counts are not those of the references. */
static int64_t wrong_counts(void)
{
	return sql_number(
		"SELECT COUNT(*) FROM (SELECT subscription_id, name FROM"
		" (SELECT subscription_id, name, uses n FROM name_use UNION ALL"
		" SELECT subscription_id, name, -1 FROM reference WHERE is_dynamic = 0 AND"
		" CHAR_LENGTH(name) BETWEEN 1 AND 80 AND name NOT LIKE '%% ') u"
		" GROUP BY subscription_id, name HAVING SUM(n) <> 0) v");
}

static int64_t revision(void)
{
	return sql_number("SELECT revision FROM subscription WHERE id = %ld", w.acme);
}

static int64_t used_at(int64_t id)
{
	return sql_number("SELECT used_at FROM integration WHERE id = %ld", id);
}

START_TEST(follows)
{
	struct workflow_sent files[2] = {file("c.yml", "git"), file("a.yml", "hub,hub")};
	struct workflow_sent bad = {
		.path = SPAN("a.yml"), .hash = files[0].hash, .read = true, .fault = SPAN("no")};
	int64_t uses;

	sync_one(w.api, "a.yml", "hub,git,hub");
	ck_assert_str_eq(counts_of(w.acme), "git 1, hub 2");
	sync_one(w.web, "b.yml", "hub,slack");
	ck_assert_str_eq(counts_of(w.acme), "git 1, hub 3, slack 1");
	sync_one(w.api, "a.yml", "slack,hub");
	ck_assert_str_eq(counts_of(w.acme), "hub 2, slack 2");
	/* one that cannot be read keeps its last references */
	ck_assert_int_eq(sync_files(&w.admin, w.api, false, &bad, 1), OK);
	ck_assert_str_eq(counts_of(w.acme), "hub 2, slack 2");
	ck_assert_int_eq(sync_files(&w.admin, w.api, true, files, 1), OK);
	ck_assert_str_eq(counts_of(w.acme), "git 1, hub 1, slack 1");
	ck_assert_int_eq(sync_files(&w.foreign, w.store, true, files, 2), OK);
	ck_assert_str_eq(counts_of(w.acme), "git 1, hub 1, slack 1");
	ck_assert_str_eq(counts_of(w.globex), "git 1, hub 2");
	ck_assert_int_eq(store_name_use_count(t.web, t.a, &w.foreign, SPAN("hub"), &uses), OK);
	ck_assert_int_eq(uses, 2);
	ck_assert_int_eq(store_name_use_count(t.web, t.a, &w.foreign, SPAN("slack"), &uses), OK);
	ck_assert_int_eq(uses, 0);
	remove_one(w.web, "b.yml");
	ck_assert_str_eq(counts_of(w.acme), "git 1");
	remove_one(w.api, "");
	ck_assert_str_eq(counts_of(w.acme), "");
	ck_assert_int_eq(wrong_counts(), 0);
}
END_TEST

/* What no integration can have as its name, and what shows only at run time. */
START_TEST(names_that_do_not_count)
{
	char *long_name = arena_alloc(t.a, 200);
	struct workflow_sent f = file("a.yml", "hub,${x},y,z,last");
	int64_t uses;

	sync_one(w.web, "b.yml", "$hub,hub,");
	for (size_t k = 0; k < 81; k++)
		memcpy(long_name + 2 * k, "\xC3\xA4", 2);
	f.references[0].name = SPAN("hub ");
	f.references[2].name = span_of(long_name, 162); /* one more than a name may have */
	f.references[3].name = span_of(long_name, 160);
	f.references[4].name = SPAN("");
	ck_assert_int_eq(sync_files(&w.admin, w.api, false, &f, 1), OK);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM reference"), 7);
	ck_assert_int_eq(sql_number("SELECT SUM(uses) FROM name_use"), 2);
	ck_assert_int_eq(sql_number("SELECT MAX(CHAR_LENGTH(name)) FROM name_use"), 80);
	ck_assert_int_eq(store_name_use_count(t.web, t.a, &w.admin, SPAN("hub"), &uses), OK);
	ck_assert_int_eq(uses, 1);
	ck_assert_int_eq(store_name_use_count(t.web, t.a, &w.admin, SPAN("hub "), &uses), OK);
	ck_assert_int_eq(uses, 0);
	ck_assert_int_eq(wrong_counts(), 0);
	remove_one(w.api, "");
	ck_assert_str_eq(counts_of(w.acme), "hub 1");
}
END_TEST

/* Names are asked for, taken out and put in many at a time. */
START_TEST(sizes)
{
	static const size_t SIZES[] = {1,  9,  10,  11,	 19,  20,  21,	49,
				       50, 51, 199, 200, 201, 221, 450, 0};

	for (size_t k = 0; k < COUNT(SIZES); k++) {
		struct buf names = BUF_INIT;

		/* some stay, some come, some go */
		for (size_t i = 0; i < SIZES[k]; i++)
			buf_printf(&names, "%sn%zu", i ? "," : "", k * 7 + i);
		sync_one(w.api, "a.yml", arena_str(t.a, buf_span(&names)));
		buf_release(&names);
		ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM name_use"), (int64_t)SIZES[k]);
		ck_assert_int_eq(wrong_counts(), 0);
	}
}
END_TEST

/* What is kept under the revision shows counts: it goes when one is another, and stays when none
 * is. */
START_TEST(raises_the_revision)
{
	int64_t before;

	sync_one(w.api, "a.yml", "hub,git");
	before = revision();
	sync_one(w.api, "a.yml", "git,hub");
	sync_one(w.api, "a.yml", "git,$x,hub");
	ck_assert_int_eq(revision(), before);
	sync_one(w.api, "a.yml", "git,hub,hub");
	ck_assert_int_eq(revision(), before + 1);
	remove_one(w.api, "a.yml");
	ck_assert_int_eq(revision(), before + 2);
}
END_TEST

START_TEST(when_uses_ended)
{
	int64_t hub = integration_make(&w, "hub"), git = integration_make(&w, "git");

	sync_one(w.api, "a.yml", "hub,git");
	sync_one(w.web, "a.yml", "hub");
	remove_one(w.api, "a.yml");
	ck_assert_int_eq(used_at(hub), 0); /* it is in use */
	ck_assert_int_gt(used_at(git), 0);
	sync_one(w.web, "a.yml", "other");
	ck_assert_int_gt(used_at(hub), 0);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM integration WHERE version > 1"), 0);
	sql_run("UPDATE integration SET used_at = 5");
	sync_one(w.web, "a.yml", "hub");
	ck_assert_int_eq(used_at(hub), 5);
	/* another subscription's of that name has nothing to do with it */
	sync_one(w.web, "a.yml", "");
	sql_run("UPDATE integration SET used_at = 5");
	ck_assert_int_eq(sync_files(&w.foreign, w.store, false,
				    (struct workflow_sent[]){file("a.yml", "hub")}, 1),
			 OK);
	ck_assert_int_eq(sync_files(&w.foreign, w.store, false,
				    (struct workflow_sent[]){file("a.yml", "")}, 1),
			 OK);
	ck_assert_int_eq(used_at(hub), 5);
}
END_TEST

/* By the page of its own where places name it, else with everything else. */
static void rename_to(int64_t id, const char *name, bool named)
{
	struct integration_change c = change_named(name);

	c.id = id;
	c.version = sql_number("SELECT version FROM integration WHERE id = %ld", id);
	c.sure = named;
	if (named)
		ck_assert_int_eq(store_integration_rename(t.web, t.a, &w.admin, &w.actor, &c), OK);
	else
		ck_assert_int_eq(store_integration_edit(t.web, t.a, &w.admin, &w.actor, &c), OK);
}

START_TEST(renamed)
{
	int64_t hub = integration_make(&w, "hub"), git = integration_make(&w, "git");

	sync_one(w.api, "a.yml", "hub");
	rename_to(git, "gitea", false);
	ck_assert_int_eq(used_at(git), 0);
	rename_to(hub, "hub", false);
	ck_assert_int_eq(used_at(hub), 0);
	rename_to(hub, "docker hub", true);
	ck_assert_int_gt(used_at(hub), 0);
	ck_assert_str_eq(counts_of(w.acme), "hub 1"); /* the lines are as they were */
}
END_TEST

START_TEST(gone_with_the_project)
{
	struct project_change c = {.id = w.ops, .was = SPAN("ops")};
	int64_t hub = integration_make(&w, "hub"), before;

	sync_one(w.ops, "a.yml", "hub,hub,git");
	sync_one(w.ops, "b.yml", "hub");
	sync_one(w.api, "b.yml", "git");
	before = revision();
	ck_assert_int_eq(store_project_delete(t.web, t.a, &w.admin, &w.actor, &c), OK);
	ck_assert_str_eq(counts_of(w.acme), "git 1");
	ck_assert_int_gt(used_at(hub), 0);
	ck_assert_int_gt(revision(), before);
	c.id = w.api;
	ck_assert_int_eq(store_project_delete(t.web, t.a, &w.admin, &w.actor, &c), E_CONFLICT);
	ck_assert_str_eq(counts_of(w.acme), "git 1");
	ck_assert_int_eq(wrong_counts(), 0);
}
END_TEST

START_TEST(refused_changes_nothing)
{
	struct workflow_sent files[2] = {file("a.yml", "git"), file("b.yml", "")};
	int64_t n;

	sync_one(w.api, "a.yml", "hub");
	files[1].nreferences = WORKFLOW_REFERENCES_MAX;
	files[1].references = ARENA_ARRAY(t.a, struct reference, files[1].nreferences);
	for (size_t k = 0; k < files[1].nreferences; k++)
		files[1].references[k] = (struct reference){
			.name = SPAN("x"), .key = SPAN(""), .consumer = SPAN("")};
	ck_assert_int_eq(sync_files(&w.admin, w.api, false, files, 2), E_TOO_BIG);
	ck_assert_int_eq(
		store_workflow_remove(t.web, t.a, &w.foreign, &w.actor, w.api, SPAN(""), &n),
		E_NOT_FOUND);
	ck_assert_str_eq(counts_of(w.acme), "hub 1");
}
END_TEST

/* A file of up to 60 of 40 names, some of them dynamic. */
static const char *random_names(void)
{
	struct buf names = BUF_INIT;
	const char *text;

	for (long n = random() % 60; n > 0; n--)
		buf_printf(&names, "%s%s%ld", names.n ? "," : "", random() % 9 ? "n" : "$",
			   random() % 40);
	text = arena_str(t.a, buf_span(&names));
	buf_release(&names);
	return text;
}

static int step(const struct scope *s, int64_t project)
{
	static const char *const PATHS[] = {"a.yml", "b.yml", "c.yml", "d.yml"};
	struct workflow_sent files[2];
	size_t first = (size_t)random() % 4, n = 1 + (size_t)random() % 2;
	int64_t gone;
	int rc;

	if (random() % 4 == 0) {
		rc = store_workflow_remove(t.web, t.a, s, &w.actor, project,
					   random() % 4 ? span_str(PATHS[first]) : SPAN(""), &gone);
		return rc == E_NOT_FOUND ? OK : rc;
	}
	for (size_t k = 0; k < n; k++)
		files[k] = file(PATHS[(first + k) % 4], random_names());
	return sync_files(s, project, random() % 3 == 0, files, n);
}

START_TEST(any_order)
{
	int64_t projects[] = {w.api, w.web, w.ops};

	srandom(15);
	for (int k = 0; k < STEPS; k++) {
		ck_assert_int_eq(step(&w.admin, projects[random() % 3]), OK);
		ck_assert_int_eq(wrong_counts(), 0);
	}
	ck_assert_int_gt(sql_number("SELECT COUNT(*) FROM name_use"), 0);
}
END_TEST

static int step_over_and_over(int k, void *arg)
{
	int64_t projects[] = {w.api, w.web, w.ops};

	(void)arg;
	t.web = connect_as("signet_web");
	srandom((unsigned)k + 1);
	for (int n = 0; n < ROUNDS; n++) {
		bool other = random() % 3 == 0;

		TRY(step(other ? &w.foreign : &w.admin, other ? w.store : projects[random() % 3]));
	}
	return OK;
}

START_TEST(rivals)
{
	int codes[CHILDREN_MAX];

	children_run(RIVALS, step_over_and_over, NULL, codes);
	for (int k = 0; k < RIVALS; k++)
		ck_assert_msg(codes[k] == OK, "%s", err_text(codes[k]));
	ck_assert_int_gt(sql_number("SELECT COUNT(*) FROM name_use"), 0);
	ck_assert_int_eq(wrong_counts(), 0);
	ck_assert_int_gt(chains_check(), 0);
}
END_TEST

Suite *store_name_use_suite(void)
{
	Suite *s = suite_create("store_name_use");
	TCase *c = tcase_create("name_use");

	tcase_add_checked_fixture(c, name_use_set_up, store_tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, follows);
	tcase_add_test(c, names_that_do_not_count);
	tcase_add_test(c, sizes);
	tcase_add_test(c, raises_the_revision);
	tcase_add_test(c, when_uses_ended);
	tcase_add_test(c, renamed);
	tcase_add_test(c, gone_with_the_project);
	tcase_add_test(c, refused_changes_nothing);
	tcase_add_test(c, any_order);
	tcase_add_test(c, rivals);
	suite_add_tcase(s, c);
	return s;
}
