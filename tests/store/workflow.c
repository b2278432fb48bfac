/* workflow.c: syncs of workflow files, what they leave, and where an integration is used. */
#include "store/fixture.h"

#include "seal/hash.h"
#include "store/integration.h"
#include "store/project.h"
#include "store/reference.h"
#include "store/workflow_file.h"
#include "store/workflow_lines.h"

enum { RIVALS = 4, ROUNDS = 20 };

static struct world w;

static void workflow_set_up(void)
{
	store_set_up();
	world_make(&w);
}

static struct span hash_of(const char *text)
{
	unsigned char *sum = arena_alloc(t.a, HASH_BYTES);

	hash_bytes(span_str(text), sum);
	return span_of((const char *)sum, HASH_BYTES);
}

/* A file whose bytes are the names that it has, " " between; one with a '$' is dynamic. */
static struct workflow_sent sent(const char *path, const char *names)
{
	struct workflow_sent f = {.path = span_str(path),
				  .hash = hash_of(names),
				  .size = (int64_t)strlen(names),
				  .read = true};
	struct span rest = span_str(names), name;

	f.references = ARENA_ARRAY(t.a, struct reference, strlen(names) + 1);
	while (rest.n && span_cut(&rest, ' ', &name))
		f.references[f.nreferences] =
			(struct reference){.kind = REFERENCE_JOB,
					   .line = (int64_t)f.nreferences++ + 1,
					   .column = 3,
					   .dynamic = memchr(name.p, '$', name.n) != NULL,
					   .consumer = SPAN("build"),
					   .key = SPAN("integrations"),
					   .name = name};
	return f;
}

static struct workflow_sent spoiled(const char *path, const char *bytes)
{
	return (struct workflow_sent){.path = span_str(path),
				      .hash = hash_of(bytes),
				      .size = 1,
				      .read = true,
				      .fault_line = 7,
				      .fault = SPAN("no YAML")};
}

static struct workflow_sync last;

static int sync_as(const struct scope *s, int64_t project, bool whole, struct workflow_sent *files,
		   size_t n)
{
	last = (struct workflow_sync){
		.project_id = project, .files = files, .n = n, .whole = whole};
	return store_workflow_sync(t.web, t.a, s, &w.actor, &last);
}

static enum workflow_change sync_one(const char *path, const char *names)
{
	struct workflow_sent f = sent(path, names);

	ck_assert_int_eq(sync_as(&w.admin, w.api, false, &f, 1), OK);
	return f.change;
}

/* The names that a project's references have, file by file. */
static const char *names_of(int64_t project)
{
	return sql_text(
		"SELECT COALESCE(GROUP_CONCAT(r.name ORDER BY w.path, r.n SEPARATOR ' '), '')"
		" FROM reference r JOIN workflow_file w ON w.id = r.file_id"
		" WHERE w.project_id = %ld AND r.project_id = w.project_id",
		project);
}

static const char *entry(void)
{
	return sql_text("SELECT CONCAT(action, ' ', object, ': ', fields) FROM audit WHERE chain ="
			" 'sub:%ld' ORDER BY seq DESC LIMIT 1",
			w.acme);
}

START_TEST(one_file)
{
	struct workflow_file *list;
	struct reference *references;
	size_t n;

	ck_assert_int_eq(sync_one("ci/a.yml", "hub slack $x"), WORKFLOW_NEW);
	ck_assert_str_eq(entry(), "workflow.sync api: ci/a.yml");
	ck_assert_int_eq(store_workflow_files(t.web, t.a, &w.admin, w.api, &list, &n), OK);
	ck_assert_uint_eq(n, 1);
	ck_assert(span_is(list->path, "ci/a.yml") && span_eq(list->hash, hash_of("hub slack $x")));
	ck_assert_int_eq(list->references, 3);
	ck_assert_int_eq(list->dynamic, 1);
	ck_assert(span_is(list->synced_by, "ann") && list->synced_at > 0 && list->fault.n == 0);
	ck_assert_int_eq(
		store_reference_list(t.web, t.a, &w.admin, w.api, list->id, &references, &n), OK);
	ck_assert_uint_eq(n, 3);
	ck_assert(span_is(references[1].name, "slack") && references[1].line == 2 &&
		  references[1].column == 3 && references[1].kind == REFERENCE_JOB &&
		  span_is(references[1].consumer, "build") &&
		  span_is(references[1].key, "integrations") && !references[1].dynamic);
	ck_assert(references[2].dynamic);
	/* another's project has none of it */
	ck_assert_int_eq(store_workflow_files(t.web, t.a, &w.foreign, w.api, &list, &n), OK);
	ck_assert_uint_eq(n, 0);
	ck_assert_int_eq(store_reference_list(t.web, t.a, &w.foreign, w.api, 0, &references, &n),
			 OK);
	ck_assert_uint_eq(n, 0);
}
END_TEST

/* What is kept for pages and diffs, and for whom. */
START_TEST(spots_and_lines)
{
	static const char TEXT[] = "a\nb\nhub\nc\nd\ne\nf\ng";
	struct workflow_sent f = sent("a.yml", "hub"), other = sent("b.yml", "x");
	struct workflow_sent bad = spoiled("a.yml", "{");
	struct workflow_lines lines, *many;
	struct reference *list;
	int64_t ids[13] = {0};
	size_t n;

	f.references->line = 3;
	f.references->resource_type = SPAN("gitRepo");
	f.references->spot = (struct reference_spot){3, 1, 2};
	f.lines = workflow_lines_pack(t.a, span_str(TEXT), f.references, 1);
	ck_assert_int_eq(sync_as(&w.admin, w.api, false, &f, 1), OK);
	ck_assert_int_eq(sync_as(&w.admin, w.web, false, &other, 1), OK);
	ck_assert_int_eq(store_reference_list(t.web, t.a, &w.admin, w.api, 0, &list, &n), OK);
	ck_assert(span_is(list->resource_type, "gitRepo") && list->spot.line == 3 &&
		  list->spot.at == 1 && list->spot.bytes == 2);
	ck_assert_int_eq(store_workflow_lines(t.web, t.a, &w.admin, w.api, f.id, &lines), OK);
	ck_assert(lines.n == 6 && lines.total == 8 && lines.open_end);
	ck_assert(span_is(workflow_line_find(&lines, 3)->text, "hub"));
	/* a collaborator of that project, but not of others; nobody else's people */
	ck_assert_int_eq(store_workflow_lines(t.web, t.a, &w.collaborator, w.api, f.id, &lines),
			 OK);
	ck_assert_uint_eq(lines.n, 6);
	ck_assert_int_eq(store_workflow_lines(t.web, t.a, &w.admin, w.web, f.id, &lines), OK);
	ck_assert_uint_eq(lines.n, 0);
	ck_assert_int_eq(store_workflow_lines(t.web, t.a, &w.foreign, w.api, f.id, &lines), OK);
	ck_assert_uint_eq(lines.n, 0);
	/* many: each at the place of its id, one of another's empty */
	other.hash = hash_of("again");
	other.lines = workflow_lines_pack(t.a, SPAN("x\n"), other.references, 1);
	ck_assert_int_eq(sync_as(&w.admin, w.web, false, &other, 1), OK);
	ids[1] = ids[12] = f.id;
	ids[11] = other.id;
	ck_assert_int_eq(store_workflow_lines_many(t.web, t.a, &w.member, ids, 13, &many), OK);
	ck_assert(many[0].n == 0 && many[1].n == 6 && many[11].n == 1 && many[12].n == 6);
	ck_assert_int_eq(store_workflow_lines_many(t.web, t.a, &w.collaborator, ids, 13, &many),
			 OK);
	ck_assert(many[1].n == 6 && many[11].n == 0);
	ck_assert_int_eq(store_workflow_lines_many(t.web, t.a, &w.foreign, ids, 13, &many), OK);
	ck_assert(many[1].n == 0 && many[11].n == 0);
	/* a file that cannot be read keeps them with its references; another text has others */
	ck_assert_int_eq(sync_as(&w.admin, w.api, false, &bad, 1), OK);
	ck_assert_int_eq(store_workflow_lines(t.web, t.a, &w.admin, w.api, f.id, &lines), OK);
	ck_assert_uint_eq(lines.n, 6);
	f.lines = workflow_lines_pack(t.a, SPAN("x"), f.references, 1);
	ck_assert_int_eq(sync_as(&w.admin, w.api, false, &f, 1), OK);
	ck_assert_int_eq(store_workflow_lines(t.web, t.a, &w.admin, w.api, f.id, &lines), OK);
	ck_assert(lines.n == 1 && lines.total == 1);
}
END_TEST

/* As migration 0013 leaves files that were read before it: nothing is known but their names. */
START_TEST(read_again_after_the_migration)
{
	struct workflow_sent f = sent("a.yml", "hub"), unread = {.path = SPAN("a.yml")};
	struct workflow_lines lines;

	sync_one("a.yml", "hub");
	sql_run("UPDATE workflow_file SET hash = REPEAT('\\0', 32), kept_lines = NULL");
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM workflow_file WHERE HEX(hash) ="
				    " REPEAT('00', 32)"),
			 1);
	unread.hash = f.hash;
	ck_assert_int_eq(sync_as(&w.admin, w.api, true, &unread, 1), E_CONFLICT);
	ck_assert(last.unread);
	f.lines = workflow_lines_pack(t.a, SPAN("x"), f.references, 1);
	ck_assert_int_eq(sync_as(&w.admin, w.api, true, &f, 1), OK);
	ck_assert_int_eq(f.change, WORKFLOW_CHANGED);
	ck_assert_int_eq(store_workflow_lines(t.web, t.a, &w.admin, w.api, f.id, &lines), OK);
	ck_assert_int_eq(lines.total, 1);
	ck_assert_str_eq(names_of(w.api), "hub");
}
END_TEST

/* How many rows of each size of statement, and beyond. */
START_TEST(many_references)
{
	static const size_t SIZES[] = {0, 1, 9, 10, 11, 49, 50, 51, 60, 61, 111, 200};

	for (size_t k = 0; k < COUNT(SIZES); k++) {
		struct buf names = BUF_INIT;
		const char *all;

		for (size_t i = 0; i < SIZES[k]; i++)
			buf_printf(&names, "%sn%zu", i ? " " : "", i);
		all = arena_str(t.a, buf_span(&names));
		buf_release(&names);
		sync_one("a.yml", all);
		sql_run("SET SESSION group_concat_max_len = 100000");
		ck_assert_str_eq(names_of(w.api), all);
	}
}
END_TEST

START_TEST(same_again)
{
	struct workflow_sent unread = {.path = SPAN("a.yml"), .hash = hash_of("hub")};
	int64_t entries, revision;

	sync_one("a.yml", "hub");
	entries = entries_of(w.acme);
	revision = sql_number("SELECT revision FROM subscription WHERE id = %ld", w.acme);
	sql_run("UPDATE workflow_file SET synced_at = 1, synced_by = NULL");
	ck_assert_int_eq(sync_as(&w.admin, w.api, false, &unread, 1), OK);
	ck_assert_int_eq(unread.change, WORKFLOW_SAME);
	ck_assert_int_eq(
		sql_number("SELECT synced_at > 1 AND synced_by = %ld FROM workflow_file", w.ann),
		1);
	sql_run("UPDATE workflow_file SET synced_at = 1");
	ck_assert_int_eq(sync_as(&w.admin, w.api, true, &unread, 1), OK);
	ck_assert_int_eq(sql_number("SELECT synced_at > 1 FROM workflow_file"), 1);
	ck_assert_int_eq(sync_one("a.yml", "hub"), WORKFLOW_SAME);
	ck_assert_int_eq(entries_of(w.acme), entries); /* nothing was changed */
	ck_assert_str_eq(names_of(w.api), "hub");
	ck_assert_int_eq(sql_number("SELECT revision FROM subscription WHERE id = %ld", w.acme),
			 revision);
	ck_assert_int_eq(sql_number("SELECT activity FROM subscription WHERE id = %ld", w.acme), 4);
}
END_TEST

START_TEST(changed)
{
	struct workflow_sent f = sent("a.yml", "hub git git");

	sync_one("a.yml", "hub slack");
	ck_assert_int_eq(sync_as(&w.member, w.api, false, &f, 1), OK);
	ck_assert_int_eq(f.change, WORKFLOW_CHANGED);
	ck_assert_uint_eq(f.nwas, 2);
	ck_assert_str_eq(names_of(w.api), "hub git git");
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM reference"), 3);
	ck_assert_int_eq(sql_number("SELECT references_n FROM workflow_file"), 3);
}
END_TEST

/* Somebody else's sync came between the look at the hashes and the lock. */
START_TEST(unread_but_changed)
{
	struct workflow_sent unread = {.path = SPAN("a.yml"), .hash = hash_of("hub")};

	sync_one("a.yml", "slack");
	ck_assert_int_eq(sync_as(&w.admin, w.api, false, &unread, 1), E_CONFLICT);
	ck_assert(last.unread);
	unread.path = SPAN("b.yml");
	ck_assert_int_eq(sync_as(&w.admin, w.api, false, &unread, 1), E_CONFLICT);
	ck_assert_str_eq(names_of(w.api), "slack");
}
END_TEST

START_TEST(stale)
{
	struct workflow_sent bad = spoiled("a.yml", "{"), unread = {.path = SPAN("a.yml")};
	int64_t entries;

	sync_one("a.yml", "hub slack");
	ck_assert_int_eq(sync_as(&w.admin, w.api, false, &bad, 1), OK);
	ck_assert_int_eq(bad.change, WORKFLOW_STALE);
	ck_assert_str_eq(names_of(w.api), "hub slack");
	ck_assert_str_eq(
		sql_text("SELECT CONCAT(fault, fault_line, references_n) FROM workflow_file"),
		"no YAML72");
	ck_assert_str_eq(entry(), "workflow.sync api: not readable: a.yml");
	entries = entries_of(w.acme);
	bad = spoiled("a.yml", "{");
	ck_assert_int_eq(sync_as(&w.admin, w.api, false, &bad, 1), OK);
	ck_assert_int_eq(entries_of(w.acme), entries);
	/* the same bytes may be readable with another templates file: they are always read */
	unread.hash = hash_of("{");
	ck_assert_int_eq(sync_as(&w.admin, w.api, false, &unread, 1), E_CONFLICT);
	ck_assert_int_eq(sync_one("a.yml", "slack"), WORKFLOW_CHANGED);
	ck_assert_int_eq(sql_number("SELECT fault = '' FROM workflow_file"), 1);
	bad = spoiled("new.yml", "[");
	ck_assert_int_eq(sync_as(&w.admin, w.api, false, &bad, 1), OK);
	ck_assert_int_eq(
		sql_number(
			"SELECT references_n + read_at FROM workflow_file WHERE path = 'new.yml'"),
		0);
}
END_TEST

START_TEST(whole)
{
	struct workflow_sent files[3] = {sent("a.yml", "hub"), sent("b.yml", "git"),
					 sent("c.yml", "")};

	ck_assert_int_eq(sync_as(&w.admin, w.api, true, files, 3), OK);
	ck_assert_uint_eq(last.nremoved, 0);
	files[1] = sent("d.yml", "slack");
	ck_assert_int_eq(sync_as(&w.admin, w.api, true, files, 2), OK);
	ck_assert_uint_eq(last.nremoved, 2);
	ck_assert_str_eq(names_of(w.api), "hub slack");
	ck_assert_str_eq(entry(), "workflow.sync api: d.yml, removed: b.yml, removed: c.yml");
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM reference"), 2);
	/* another project's stay */
	ck_assert_int_eq(sync_as(&w.admin, w.web, true, files, 1), OK);
	ck_assert_str_eq(names_of(w.api), "hub slack");
	ck_assert_str_eq(names_of(w.web), "hub");
}
END_TEST

START_TEST(removed)
{
	int64_t n = 0;

	sync_one("a.yml", "hub");
	sync_one("b.yml", "git");
	sync_one("c.yml", "git");
	ck_assert_int_eq(
		store_workflow_remove(t.web, t.a, &w.admin, &w.actor, w.api, SPAN("x"), &n),
		E_NOT_FOUND);
	ck_assert_int_eq(
		store_workflow_remove(t.web, t.a, &w.foreign, &w.actor, w.api, SPAN("a.yml"), &n),
		E_NOT_FOUND);
	ck_assert_int_eq(
		store_workflow_remove(t.web, t.a, &w.admin, &w.actor, w.api, SPAN("a.yml"), &n),
		OK);
	ck_assert_str_eq(entry(), "workflow.remove api: a.yml");
	ck_assert_str_eq(names_of(w.api), "git git");
	ck_assert_int_eq(
		store_workflow_remove(t.web, t.a, &w.collaborator, &w.actor, w.api, SPAN(""), &n),
		OK);
	ck_assert_int_eq(n, 2);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM reference"), 0);
	ck_assert_int_eq(store_workflow_remove(t.web, t.a, &w.admin, &w.actor, w.api, SPAN(""), &n),
			 E_NOT_FOUND);
}
END_TEST

START_TEST(who_may)
{
	struct workflow_sent f = sent("a.yml", "hub");

	ck_assert_int_eq(sync_as(&w.collaborator, w.api, false, &f, 1), OK);
	ck_assert_int_eq(sync_as(&w.collaborator, w.web, false, &f, 1), E_NOT_FOUND);
	ck_assert_int_eq(sync_as(&w.foreign, w.api, false, &f, 1), E_NOT_FOUND);
	ck_assert_int_eq(sync_as(&w.admin, w.store, false, &f, 1), E_NOT_FOUND);
	ck_assert_int_eq(sync_as(&w.admin, 999999, false, &f, 1), E_NOT_FOUND);
	/* what the request knew may be over */
	sql_run("UPDATE role SET role = 1 WHERE account_id = %ld", w.mem);
	ck_assert_int_eq(sync_as(&w.member, w.api, false, &f, 1), E_NOT_FOUND);
	sql_run("DELETE FROM role WHERE account_id = %ld", w.ann);
	ck_assert_int_eq(sync_as(&w.admin, w.api, false, &f, 1), E_NOT_FOUND);
	sql_run("UPDATE account SET disabled_at = 1 WHERE id = %ld", w.col);
	ck_assert_int_eq(sync_as(&w.collaborator, w.api, false, &f, 1), E_NOT_FOUND);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM workflow_file"), 1);
}
END_TEST

START_TEST(limits)
{
	struct workflow_sent *many = ARENA_ARRAY(t.a, struct workflow_sent, WORKFLOW_FILES_MAX + 1);
	struct workflow_sent big = sent("big.yml", "");

	for (size_t k = 0; k <= WORKFLOW_FILES_MAX; k++)
		many[k] = sent(arena_printf(t.a, "%zu.yml", k).p, k ? "" : "hub");
	ck_assert_int_eq(sync_as(&w.admin, w.api, true, many, WORKFLOW_FILES_MAX + 1), E_TOO_BIG);
	ck_assert(last.too_many_files && !last.too_many_references);
	ck_assert_int_eq(sync_as(&w.admin, w.api, true, many, WORKFLOW_FILES_MAX), OK);
	ck_assert_int_eq(sync_as(&w.admin, w.api, false, &many[WORKFLOW_FILES_MAX], 1), E_TOO_BIG);
	ck_assert_int_eq(sync_as(&w.admin, w.api, false, many, 1), OK);
	/* 1 and so many are one too many; in the place of that one they fit */
	big.nreferences = WORKFLOW_REFERENCES_MAX;
	big.references = ARENA_ARRAY(t.a, struct reference, big.nreferences);
	for (size_t k = 0; k < big.nreferences; k++)
		big.references[k] = (struct reference){
			.name = SPAN("x"), .key = SPAN(""), .consumer = SPAN("")};
	big.path = SPAN("1.yml");
	big.hash = hash_of("big");
	ck_assert_int_eq(sync_as(&w.admin, w.api, false, &big, 1), E_TOO_BIG);
	ck_assert(last.too_many_references && !last.too_many_files);
	big.path = SPAN("0.yml");
	ck_assert_int_eq(sync_as(&w.admin, w.api, false, &big, 1), OK);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM reference"), WORKFLOW_REFERENCES_MAX);
}
END_TEST

START_TEST(texts_of_any_length)
{
	struct workflow_sent f = sent("a.yml", "x"), bad = spoiled("b.yml", "{");
	char *text = arena_alloc(t.a, 5001);

	memset(text, 'n', 5000);
	f.references->name = f.references->consumer = bad.fault = span_of(text, 5000);
	ck_assert_int_eq(sync_as(&w.admin, w.api, false, &f, 1), OK);
	ck_assert_int_eq(sync_as(&w.admin, w.api, false, &bad, 1), OK);
	ck_assert_int_eq(sql_number("SELECT LENGTH(name) + LENGTH(consumer) FROM reference"), 200);
	ck_assert_int_eq(sql_number("SELECT LENGTH(fault) FROM workflow_file WHERE path = 'b.yml'"),
			 300);
}
END_TEST

START_TEST(gone_with_the_project)
{
	struct project_change c = {.id = w.ops, .was = SPAN("ops")};
	struct workflow_sent f = sent("a.yml", "hub slack");

	ck_assert_int_eq(sync_as(&w.admin, w.ops, false, &f, 1), OK);
	ck_assert_int_eq(store_project_delete(t.web, t.a, &w.admin, &w.actor, &c), OK);
	ck_assert_int_eq(
		sql_number("SELECT (SELECT COUNT(*) FROM reference) + (SELECT COUNT(*) FROM"
			   " workflow_file)"),
		0);
	ck_assert_int_eq(sync_as(&w.admin, w.ops, false, &f, 1), E_NOT_FOUND);
}
END_TEST

/* --- what they lead to --- */

static const struct reference_target *target(const struct scope *s, int64_t project,
					     const char *name)
{
	struct reference_targets all;
	struct reference *list;
	size_t n;

	ck_assert_int_eq(store_reference_list(t.web, t.a, s, project, 0, &list, &n), OK);
	ck_assert_int_eq(store_reference_targets(t.web, t.a, s, project, list, n, &all), OK);
	return store_reference_target(&all, span_str(name));
}

START_TEST(targets)
{
	struct workflow_sent f = sent("a.yml", "all listed other off $x gone");
	int64_t listed, other;

	integration_make(&w, "all");
	integration_make(&w, "$x");
	integration_make(&w, "unnamed");
	listed = integration_make(&w, "listed");
	other = integration_make(&w, "other");
	sql_run("UPDATE integration SET all_projects = 0 WHERE id IN (%ld, %ld)", listed, other);
	sql_run("INSERT INTO integration_project VALUES (%ld, %ld), (%ld, %ld)", listed, w.api,
		other, w.web);
	sql_run("UPDATE integration SET disabled_at = 1 WHERE id = %ld",
		integration_make(&w, "off"));
	ck_assert_int_eq(sync_as(&w.admin, w.api, false, &f, 1), OK);
	ck_assert(target(&w.admin, w.api, "all")->allowed && target(&w.admin, w.api, "all")->seen);
	ck_assert(target(&w.admin, w.api, "listed")->allowed);
	ck_assert(!target(&w.admin, w.api, "other")->allowed);
	ck_assert(target(&w.admin, w.api, "off")->disabled);
	ck_assert_ptr_null(target(&w.admin, w.api, "gone"));
	ck_assert_ptr_null(target(&w.admin, w.api, "$x"));
	ck_assert_ptr_null(target(&w.admin, w.api, "unnamed"));
	ck_assert(target(&w.collaborator, w.api, "listed")->seen);
	ck_assert(!target(&w.collaborator, w.api, "other")->seen);
	ck_assert_ptr_null(target(&w.foreign, w.store, "all"));
}
END_TEST

/* More names than go to the server at a time, each twice; every third has an integration. */
START_TEST(many_targets)
{
	struct reference *list = ARENA_ARRAY(t.a, struct reference, 2 * 450);
	struct reference_targets all;

	for (size_t k = 0; k < 450; k++) {
		list[2 * k].name = list[2 * k + 1].name = arena_printf(t.a, "n%zu", k);
		if (k % 3 == 0)
			sql_run("INSERT INTO integration (uid, subscription_id, name, type, url,"
				" all_projects, edit_roles, created_at, changed_at) VALUES"
				" (RANDOM_BYTES(16), %ld, 'n%zu', 'jenkins', '', 1, 6, 1, 1)",
				w.acme, k);
	}
	for (size_t n = 0; n <= 450; n = n ? n * 2 + n / 8 : 20) {
		ck_assert_int_eq(
			store_reference_targets(t.web, t.a, &w.admin, w.api, list, 2 * n, &all), OK);
		ck_assert_uint_eq(all.n, (n + 2) / 3);
		for (size_t k = 0; k < n; k++)
			ck_assert((store_reference_target(&all, list[2 * k].name) != NULL) ==
				  (k % 3 == 0));
	}
}
END_TEST

/* The database takes "hub " for "hub". */
START_TEST(exact_names)
{
	struct workflow_sent f = sent("a.yml", "x");
	struct reference_uses uses;
	int64_t id = integration_make(&w, "hub");

	f.references->name = SPAN("hub ");
	ck_assert_int_eq(sync_as(&w.admin, w.api, false, &f, 1), OK);
	ck_assert_ptr_null(target(&w.admin, w.api, "hub "));
	ck_assert_int_eq(store_reference_uses(t.web, t.a, &w.admin, id, SPAN("hub"), 0, 10, &uses),
			 OK);
	ck_assert_int_eq(uses.seen + uses.hidden, 0);
	f = sent("b.yml", "HUB");
	ck_assert_int_eq(sync_as(&w.admin, w.api, false, &f, 1), OK);
	ck_assert_ptr_null(target(&w.admin, w.api, "HUB"));
}
END_TEST

/* A handle on an account integration of mem's, granted for `projects`. */
static int64_t bound_make(const char *name, int all, int64_t projects)
{
	int64_t own, id = integration_make(&w, name);

	sql_run("INSERT INTO integration (uid, account_id, name, type, url, all_projects, "
		"edit_roles,"
		" created_at, changed_at) VALUES (RANDOM_BYTES(16), %ld, '%s', 'jenkins', '', 1, "
		"4, 1, 1)",
		w.mem, name);
	own = (int64_t)mysql_insert_id(t.sql);
	sql_run("UPDATE integration SET bound = 1 WHERE id = %ld", id);
	sql_run("INSERT INTO binding (integration_id, subscription_id, account_integration_id,"
		" account_id, bound_at, entry, mac) VALUES (%ld, %ld, %ld, %ld, 1, 1, '')",
		id, w.acme, own, w.mem);
	sql_run("INSERT INTO scope_grant (integration_id, subscription_id, account_id, "
		"all_projects,"
		" projects, granted_at, entry, mac) VALUES (%ld, %ld, %ld, %d, '%ld', 1, 1, '')",
		own, w.acme, w.mem, all, projects);
	return own;
}

START_TEST(bound_targets)
{
	struct workflow_sent f = sent("a.yml", "live some elsewhere withdrawn erased paused");
	int64_t withdrawn, erased, paused;

	bound_make("live", 1, 0);
	bound_make("some", 0, w.api);
	bound_make("elsewhere", 0, w.web);
	withdrawn = bound_make("withdrawn", 1, 0);
	erased = bound_make("erased", 1, 0);
	paused = bound_make("paused", 1, 0);
	sql_run("DELETE FROM scope_grant WHERE integration_id = %ld", withdrawn);
	sql_run("DELETE FROM integration WHERE id = %ld", erased);
	sql_run("UPDATE integration SET disabled_at = 1 WHERE id = %ld", paused);
	ck_assert_int_eq(sync_as(&w.admin, w.api, false, &f, 1), OK);
	ck_assert_int_eq(target(&w.admin, w.api, "live")->binding, BINDING_LIVE);
	ck_assert(target(&w.admin, w.api, "some")->allowed);
	ck_assert(!target(&w.admin, w.api, "elsewhere")->allowed);
	ck_assert_int_eq(target(&w.admin, w.api, "withdrawn")->binding, BINDING_WITHDRAWN);
	ck_assert_int_eq(target(&w.admin, w.api, "erased")->binding, BINDING_ERASED);
	ck_assert_int_eq(target(&w.admin, w.api, "paused")->binding, BINDING_PAUSED);
	sql_run("UPDATE account SET disabled_at = 1 WHERE id = %ld", w.mem);
	ck_assert_int_eq(target(&w.admin, w.api, "live")->binding, BINDING_OWNER_LEFT);
}
END_TEST

START_TEST(where_used)
{
	int64_t id = integration_make(&w, "hub");
	struct workflow_sent one = sent("a.yml", "hub git $x hub"), two = sent("b.yml", "git hub");
	struct workflow_sent bad = spoiled("b.yml", "{");
	struct reference_uses uses;

	ck_assert_int_eq(store_reference_uses(t.web, t.a, &w.admin, id, SPAN("hub"), 0, 10, &uses),
			 OK);
	ck_assert_int_eq(uses.seen + uses.hidden + uses.dynamic, 0);
	ck_assert_int_eq(sync_as(&w.admin, w.web, false, &one, 1), OK);
	ck_assert_int_eq(sync_as(&w.admin, w.api, false, &two, 1), OK);
	ck_assert_int_eq(sync_as(&w.admin, w.api, false, &bad, 1), OK);
	sql_run("UPDATE integration SET all_projects = 0");
	sql_run("INSERT INTO integration_project VALUES (%ld, %ld)", id, w.api);
	ck_assert_int_eq(store_reference_uses(t.web, t.a, &w.admin, id, SPAN("hub"), 0, 10, &uses),
			 OK);
	ck_assert_int_eq(uses.seen, 3);
	ck_assert_int_eq(uses.hidden, 0);
	ck_assert_int_eq(uses.dynamic, 1);
	ck_assert_uint_eq(uses.n, 3);
	ck_assert(span_is(uses.list[0].project, "web") && span_is(uses.list[0].path, "a.yml") &&
		  uses.list[0].reference.line == 1 && uses.list[0].denied && !uses.list[0].stale);
	ck_assert_int_eq(uses.list[1].reference.line, 4);
	ck_assert(span_is(uses.list[2].project, "api") && uses.list[2].reference.line == 2 &&
		  !uses.list[2].denied && uses.list[2].stale);
	ck_assert_int_eq(store_reference_uses(t.web, t.a, &w.admin, id, SPAN("hub"), 2, 10, &uses),
			 OK);
	ck_assert_uint_eq(uses.n, 1);
	ck_assert_int_eq(
		store_reference_uses(t.web, t.a, &w.collaborator, id, SPAN("hub"), 0, 10, &uses),
		OK);
	ck_assert_int_eq(uses.seen, 1);
	ck_assert_int_eq(uses.hidden, 2);
	ck_assert(uses.n == 1 && span_is(uses.list[0].project, "api"));
	ck_assert_int_eq(
		store_reference_uses(t.web, t.a, &w.foreign, id, SPAN("hub"), 0, 10, &uses), OK);
	ck_assert_int_eq(uses.seen + uses.hidden + uses.dynamic, 0);
}
END_TEST

/* --- deleting what is in use --- */

static int delete_one(int64_t id, bool *in_use)
{
	struct integration_change c = {
		.id = id,
		.version = sql_number("SELECT version FROM integration WHERE id = %ld", id)};
	int rc = store_integration_delete(t.web, t.a, &w.admin, &w.actor, &c);

	*in_use = c.in_use;
	return rc;
}

START_TEST(in_use)
{
	int64_t id = integration_make(&w, "hub"), n;
	struct workflow_sent f = sent("a.yml", "hub"), bad = spoiled("a.yml", "{");
	struct workflow_sent others = sent("a.yml", "HUB $hub hubb");
	bool used;

	others.references[2].name = SPAN("hub ");
	sql_run("UPDATE integration SET all_projects = 0"); /* a denied one blocks, too */
	ck_assert_int_eq(sync_as(&w.admin, w.web, false, &f, 1), OK);
	ck_assert_int_eq(delete_one(id, &used), E_CONFLICT);
	ck_assert(used);
	ck_assert_int_eq(sync_as(&w.admin, w.web, false, &bad, 1), OK); /* and a stale one */
	ck_assert_int_eq(delete_one(id, &used), E_CONFLICT);
	/* another name, a variable, or another subscription's does not */
	ck_assert_int_eq(sync_as(&w.admin, w.web, false, &others, 1), OK);
	ck_assert_int_eq(sync_as(&w.foreign, w.store, false, &f, 1), OK);
	ck_assert_int_eq(delete_one(id, &used), OK);
	ck_assert(!used);
	id = integration_make(&w, "hub");
	ck_assert_int_eq(sync_as(&w.admin, w.web, false, &f, 1), OK);
	ck_assert_int_eq(
		store_workflow_remove(t.web, t.a, &w.admin, &w.actor, w.web, SPAN("a.yml"), &n),
		OK);
	ck_assert_int_eq(delete_one(id, &used), OK);
}
END_TEST

enum { DUELS = 150 };

/* Some sync a file that names "hub", look whether it resolves, and take the name out again; the
 * others delete it and make it anew. What resolved after a sync is there until the name is out. */
static int duel(int k, void *arg)
{
	const struct reference hub = {.name = SPAN("hub")};
	struct reference_targets all;
	struct integration_change c;
	bool found, still;
	int64_t id;
	int rc;

	(void)arg;
	t.web = connect_as("signet_web");
	for (int n = 0; n < DUELS; n++) {
		struct workflow_sent with = sent(k == 0 ? "a.yml" : "b.yml", "hub");
		struct workflow_sent without = sent(k == 0 ? "a.yml" : "b.yml", "");

		if (k > 1) {
			c = change_named("hub");
			c.uid = span_of(arena_printf(t.a, "%08d%08d", k, n).p, UID_BYTES);
			rc = store_integration_create(t.web, t.a, &w.admin, &w.actor, &c, &id);
			if (rc != OK && !(rc == E_CONFLICT && c.name_taken))
				return rc;
			c = (struct integration_change){.id = id, .version = 1};
			rc = rc == OK ? store_integration_delete(t.web, t.a, &w.admin, &w.actor, &c)
				      : OK;
			while (rc == E_CONFLICT && c.in_use)
				rc = store_integration_delete(t.web, t.a, &w.admin, &w.actor, &c);
			TRY(rc == E_NOT_FOUND ? OK : rc);
			continue;
		}
		TRY(sync_as(&w.admin, w.api, false, &with, 1));
		TRY(store_reference_targets(t.web, t.a, &w.admin, w.api, &hub, 1, &all));
		found = store_reference_target(&all, SPAN("hub")) != NULL;
		TRY(store_reference_targets(t.web, t.a, &w.admin, w.api, &hub, 1, &all));
		still = store_reference_target(&all, SPAN("hub")) != NULL;
		if (found && !still)
			return E_CORRUPT;
		TRY(sync_as(&w.admin, w.api, false, &without, 1));
		arena_reset(t.a);
	}
	return OK;
}

START_TEST(delete_against_sync)
{
	int codes[CHILDREN_MAX];

	children_run(RIVALS, duel, NULL, codes);
	for (int k = 0; k < RIVALS; k++)
		ck_assert_msg(codes[k] == OK, "%d: %s", k, err_text(codes[k]));
	ck_assert_int_ge(
		sql_number("SELECT COUNT(*) FROM audit WHERE action = 'integration.delete'"), 2);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM integration"), 0);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM reference"), 0);
	ck_assert_int_gt(chains_check(), 0);
}
END_TEST

/* --- rivals --- */

static int sync_over_and_over(int k, void *arg)
{
	t.web = connect_as("signet_web");
	(void)arg;
	for (int n = 0; n < ROUNDS; n++) {
		const char *names = arena_printf(t.a, "r%d r%d r%d-%d", k, k, k, n).p;
		struct workflow_sent files[2] = {sent("a.yml", names), sent("b.yml", names)};

		TRY(sync_as(&w.admin, w.api, k % 2, files, 2));
	}
	return OK;
}

/* Syncs of one project at once: each as a whole, one after the other. */
START_TEST(rivals)
{
	int codes[CHILDREN_MAX];

	children_run(RIVALS, sync_over_and_over, NULL, codes);
	for (int k = 0; k < RIVALS; k++)
		ck_assert_msg(codes[k] == OK, "%s", err_text(codes[k]));
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM workflow_file"), 2);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM reference"), 6);
	ck_assert_int_eq(
		sql_number("SELECT COUNT(DISTINCT SUBSTRING_INDEX(name, '-', 1)) FROM reference"),
		1);
	ck_assert_int_eq(sql_number("SELECT activity FROM subscription WHERE id = %ld", w.acme),
			 RIVALS * ROUNDS);
	ck_assert_int_eq(chains_check(), RIVALS * ROUNDS);
}
END_TEST

Suite *store_workflow_suite(void)
{
	Suite *s = suite_create("store_workflow");
	TCase *c = tcase_create("workflow");

	tcase_add_checked_fixture(c, workflow_set_up, store_tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, one_file);
	tcase_add_test(c, spots_and_lines);
	tcase_add_test(c, read_again_after_the_migration);
	tcase_add_test(c, many_references);
	tcase_add_test(c, same_again);
	tcase_add_test(c, changed);
	tcase_add_test(c, unread_but_changed);
	tcase_add_test(c, stale);
	tcase_add_test(c, whole);
	tcase_add_test(c, removed);
	tcase_add_test(c, who_may);
	tcase_add_test(c, limits);
	tcase_add_test(c, texts_of_any_length);
	tcase_add_test(c, gone_with_the_project);
	tcase_add_test(c, targets);
	tcase_add_test(c, many_targets);
	tcase_add_test(c, exact_names);
	tcase_add_test(c, bound_targets);
	tcase_add_test(c, where_used);
	tcase_add_test(c, in_use);
	tcase_add_test(c, delete_against_sync);
	tcase_add_test(c, rivals);
	suite_add_tcase(s, c);
	return s;
}
