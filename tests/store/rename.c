/* rename.c: places by name, and the rename whose places are looked at again in its transaction. */
#include "store/fixture.h"

#include "seal/hash.h"
#include "store/integration.h"
#include "store/rename.h"
#include "store/workflow_file.h"

enum { RIVALS = 4, ROUNDS = 25 };

static struct world w;
static int64_t hub;

static void rename_set_up(void)
{
	store_set_up();
	world_make(&w);
	hub = integration_make(&w, "hub");
}

/* A file whose references are the names in it, " " between, each in a line and spot of its own. */
static int sync_on(struct db *db, int64_t project, const char *path, const char *names)
{
	struct workflow_sent f = {.path = span_str(path), .size = 1, .read = true};
	struct workflow_sync sync = {.project_id = project, .files = &f, .n = 1};
	unsigned char *sum = arena_alloc(t.a, HASH_BYTES);
	struct span rest = span_str(names), name;

	hash_bytes(rest, sum);
	f.hash = span_of((const char *)sum, HASH_BYTES);
	f.references = ARENA_ARRAY(t.a, struct reference, rest.n + 1);
	while (rest.n && span_cut(&rest, ' ', &name)) {
		int64_t line = (int64_t)f.nreferences + 1;

		f.references[f.nreferences++] =
			(struct reference){.kind = REFERENCE_JOB,
					   .line = line,
					   .column = 3,
					   .dynamic = memchr(name.p, '$', name.n) != NULL,
					   .consumer = SPAN("build"),
					   .key = SPAN("integrations"),
					   .resource_type = SPAN(""),
					   .spot = {line, 7, (int64_t)name.n},
					   .name = name};
	}
	return store_workflow_sync(db, t.a, &w.admin, &w.actor, &sync);
}

static void sync(int64_t project, const char *path, const char *names)
{
	ck_assert_int_eq(sync_on(t.web, project, path, names), OK);
}

static struct rename_places places_of(const struct scope *s, const char *name, int64_t from,
				      int64_t limit)
{
	struct rename_places p;

	ck_assert_int_eq(store_rename_places(t.web, t.a, s, span_str(name), from, limit, &p), OK);
	return p;
}

static struct span mark_of(const char *name)
{
	return places_of(&w.admin, name, 0, 0).mark;
}

static int64_t version_of(int64_t id)
{
	return sql_number("SELECT version FROM integration WHERE id = %ld", id);
}

static struct integration_change change;

/* From the version and, when `sure`, the places that there are now. */
static int rename_as(const struct scope *s, const char *to, struct span places, bool sure)
{
	change = (struct integration_change){.id = hub,
					     .version = version_of(hub),
					     .name = span_str(to),
					     .places = places,
					     .sure = sure};
	return store_integration_rename(t.web, t.a, s, &w.actor, &change);
}

static const char *name_now(void)
{
	return sql_text("SELECT name FROM integration WHERE id = %ld", hub);
}

START_TEST(places)
{
	struct rename_places p;

	sync(w.api, "a.yml", "x hub hub $hub");
	sync(w.api, "b.yml", "hub");
	sync(w.ops, "c.yml", "hub hub2");
	p = places_of(&w.admin, "hub", 0, 10);
	ck_assert(p.seen == 4 && p.hidden == 0 && p.dynamic == 1 && p.n == 4);
	ck_assert(span_is(p.list[0].project, "api") && span_is(p.list[0].path, "a.yml") &&
		  p.list[0].project_id == w.api && !p.list[0].stale);
	ck_assert(p.list[1].reference.line == 3 && p.list[1].reference.column == 3 &&
		  p.list[1].reference.spot.line == 3 && p.list[1].reference.spot.at == 7 &&
		  p.list[1].reference.spot.bytes == 3 &&
		  span_is(p.list[1].reference.consumer, "build") &&
		  span_is(p.list[1].reference.key, "integrations"));
	ck_assert(p.list[0].file_id == p.list[1].file_id && p.list[1].file_id != p.list[2].file_id);
	/* page by page */
	p = places_of(&w.admin, "hub", 2, 1);
	ck_assert(p.seen == 4 && p.n == 1 && span_is(p.list[0].path, "b.yml"));
	/* a collaborator of api, somebody else's admin, another name */
	p = places_of(&w.collaborator, "hub", 0, 10);
	ck_assert(p.seen == 3 && p.hidden == 1 && p.n == 3);
	ck_assert(span_eq(p.mark, mark_of("hub")));
	p = places_of(&w.foreign, "hub", 0, 10);
	ck_assert(p.seen == 0 && p.hidden == 0 && p.n == 0 && p.mark.n == 0);
	ck_assert_uint_eq(places_of(&w.admin, "hub ", 0, 10).n, 0);
}
END_TEST

START_TEST(places_of_a_project)
{
	struct rename_place *list;
	size_t n;

	sync(w.api, "a.yml", "hub hub");
	sync(w.web, "c.yml", "hub");
	ck_assert_int_eq(store_rename_project(t.web, t.a, &w.admin, SPAN("hub"), w.api, &list, &n),
			 OK);
	ck_assert(n == 2 && list[1].reference.spot.line == 2);
	ck_assert_int_eq(
		store_rename_project(t.web, t.a, &w.collaborator, SPAN("hub"), w.api, &list, &n),
		OK);
	ck_assert_uint_eq(n, 2);
	ck_assert_int_eq(
		store_rename_project(t.web, t.a, &w.collaborator, SPAN("hub"), w.web, &list, &n),
		E_NOT_FOUND);
	ck_assert_int_eq(
		store_rename_project(t.web, t.a, &w.foreign, SPAN("hub"), w.api, &list, &n),
		E_NOT_FOUND);
}
END_TEST

START_TEST(marks)
{
	struct span one, same;

	ck_assert_uint_eq(mark_of("hub").n, 0);
	sync(w.api, "a.yml", "hub");
	one = mark_of("hub");
	sync(w.api, "a.yml", "x hub");
	same = mark_of("hub");
	ck_assert(one.n && span_eq(one, same)); /* another line of the file */
	sync(w.api, "a.yml", "hub hub");
	ck_assert(!span_eq(one, mark_of("hub")));
	sync(w.api, "a.yml", "x");
	sync(w.api, "b.yml", "hub");
	ck_assert(!span_eq(one, mark_of("hub"))); /* one, but in another file */
}
END_TEST

START_TEST(renamed)
{
	ck_assert_int_eq(rename_as(&w.admin, "hub2", SPAN(""), false), OK);
	ck_assert_str_eq(name_now(), "hub2");
	ck_assert_int_eq(version_of(hub), 2);
	ck_assert_str_eq(sql_text("SELECT CONCAT(action, ' ', object, ' (', fields, ')') FROM audit"
				  " WHERE object_id = %ld ORDER BY seq DESC LIMIT 1",
				  hub),
			 "integration.rename hub2 (before: hub)");
	sync(w.api, "a.yml", "hub2");
	ck_assert_int_eq(rename_as(&w.admin, "hub3", mark_of("hub2"), true), OK);
	ck_assert_str_eq(name_now(), "hub3");
	/* for programs: whichever places */
	sync(w.api, "a.yml", "hub3");
	ck_assert_int_eq(rename_as(&w.admin, "hub", SPAN_NONE, true), OK);
}
END_TEST

START_TEST(refused)
{
	struct integration_change old;

	sync(w.api, "a.yml", "hub");
	ck_assert_int_eq(rename_as(&w.admin, "hub2", SPAN(""), true), E_CONFLICT);
	ck_assert(change.moved && !change.in_use && !change.stale && !change.name_taken);
	ck_assert_int_eq(rename_as(&w.admin, "hub2", SPAN("1:1"), true), E_CONFLICT);
	ck_assert(change.moved);
	ck_assert_int_eq(rename_as(&w.admin, "hub2", SPAN_NONE, false), E_CONFLICT);
	ck_assert(change.in_use && !change.moved);
	integration_make(&w, "slack");
	ck_assert_int_eq(rename_as(&w.admin, "slack", mark_of("hub"), true), E_CONFLICT);
	ck_assert(change.name_taken);
	old = (struct integration_change){.id = hub, .version = 9, .name = SPAN("hub2")};
	ck_assert_int_eq(store_integration_rename(t.web, t.a, &w.admin, &w.actor, &old),
			 E_CONFLICT);
	ck_assert(old.stale);
	ck_assert_int_eq(rename_as(&w.foreign, "hub2", SPAN_NONE, true), E_NOT_FOUND);
	/* rights as they are at that moment */
	sql_run("UPDATE integration SET edit_roles = %d WHERE id = %ld", (int)ROLE_BIT(ROLE_ADMIN),
		hub);
	ck_assert_int_eq(rename_as(&w.member, "hub2", SPAN_NONE, true), E_DENIED);
	ck_assert(change.refused);
	ck_assert_int_eq(rename_as(&w.collaborator, "hub2", SPAN_NONE, true), E_DENIED);
	sql_run("DELETE FROM role WHERE account_id = %ld", w.ann);
	ck_assert_int_eq(rename_as(&w.admin, "hub2", SPAN_NONE, true), E_NOT_FOUND);
	ck_assert_str_eq(name_now(), "hub");
	ck_assert_int_eq(version_of(hub), 1);
}
END_TEST

/* An edit keeps the name of what is named. */
START_TEST(not_by_edit)
{
	struct integration_change c = change_named("hub2");

	sync(w.api, "a.yml", "hub");
	c.id = hub;
	c.version = 1;
	ck_assert_int_eq(store_integration_edit(t.web, t.a, &w.admin, &w.actor, &c), E_CONFLICT);
	ck_assert(c.in_use);
	c.name = SPAN("hub");
	ck_assert_int_eq(store_integration_edit(t.web, t.a, &w.admin, &w.actor, &c), OK);
	sync(w.api, "a.yml", "$hub");
	c.name = SPAN("hub2");
	c.version = 2;
	ck_assert_int_eq(store_integration_edit(t.web, t.a, &w.admin, &w.actor, &c), OK);
	ck_assert_str_eq(name_now(), "hub2");
}
END_TEST

/* Syncs that name it by either name, against renames to and fro: each comes to an end, and a rename
 * that was done is one of the version and places that it had read. */
struct race {
	volatile int done;
};

static int race(int k, void *arg)
{
	struct race *shared = arg;
	struct db *db = connect_as("signet_web");
	int rc = OK;

	for (int round = 0; round < ROUNDS && rc == OK; round++) {
		const char *now = k % 2 ? "hub" : "hubhub";
		struct integration_change c = {.id = hub, .name = span_str(now), .sure = true};
		struct rename_places p;
		struct integration *i;

		if (k < 2) {
			rc = sync_on(db, k ? w.web : w.api, "a.yml",
				     round % 2	 ? "hub hubhub"
				     : round % 4 ? ""
						 : "hub");
			continue;
		}
		if (store_integration_get(db, t.a, &w.admin, hub, &i) != OK ||
		    store_rename_places(db, t.a, &w.admin, i->name, 0, 0, &p) != OK)
			return -50;
		c.version = i->version;
		c.places = p.mark;
		rc = store_integration_rename(db, t.a, &w.admin, &w.actor, &c);
		if (rc == E_CONFLICT && (c.stale || c.moved))
			rc = OK;
		else if (rc == OK)
			__atomic_add_fetch(&shared->done, 1, __ATOMIC_SEQ_CST);
	}
	db_close(db);
	return rc;
}

START_TEST(rivals)
{
	struct race *shared = shared_new(sizeof(*shared));
	int codes[CHILDREN_MAX];

	children_run(RIVALS, race, shared, codes);
	for (int k = 0; k < RIVALS; k++)
		ck_assert_int_eq(codes[k], OK);
	ck_assert_int_gt(shared->done, 0);
	ck_assert_int_eq(version_of(hub), 1 + shared->done);
}
END_TEST

START_TEST(statements)
{
	static const struct stmt_table *const TABLES[] = {&STORE_RENAME};

	ck_assert_int_eq(db_self_test(t.web, TABLES, 1), OK);
}
END_TEST

Suite *store_rename_suite(void)
{
	Suite *s = suite_create("store_rename");
	TCase *c = tcase_create("rename");

	tcase_add_checked_fixture(c, rename_set_up, store_tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, places);
	tcase_add_test(c, places_of_a_project);
	tcase_add_test(c, marks);
	tcase_add_test(c, renamed);
	tcase_add_test(c, refused);
	tcase_add_test(c, not_by_edit);
	tcase_add_test(c, rivals);
	tcase_add_test(c, statements);
	suite_add_tcase(s, c);
	return s;
}
