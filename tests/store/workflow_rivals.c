/* workflow_rivals.c: many processes sync workflow files, and delete, bind, withdraw and add what
 * these name, and rename and delete the projects whose files they are. The audit trail has the
 * order in which all that was committed: walking along it afterwards shows, for each moment, what
 * was named and what was there. */
#include "store/ties_world.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "seal/hash.h"
#include "store/integration.h"
#include "store/own.h"
#include "store/project.h"
#include "store/reference.h"
#include "store/scope_withdraw.h"
#include "store/workflow_file.h"

enum { SYNCERS = 4, RIVALS = 8, ROUNDS = 400 };
/* NAMES[0] to [2] are org integrations, the others bound ones; a set of them is a number of bits.
 */
enum { NAMES_N = 5, NAMES_ORG = 3 };
static const char *const NAMES[NAMES_N] = {"hub", "slack", "git", "team ci", "team registry"};

/* Nobody knows what a sync was told whose project was deleted before the answer. */
enum { UNKNOWN = 0xff };

/* What they share. */
struct game {
	int ready;
	volatile int64_t doomed; /* the project that is deleted and made anew */
	/* What each sync was told, by who sent it and when: the names that it found. */
	unsigned char found[SYNCERS][ROUNDS];
	int synced[SYNCERS], gone, deleted[RIVALS], blocked[RIVALS];
};

static struct game *game;
static unsigned dice;

static int roll(int sides)
{
	dice = dice * 1103515245u + 12345u;
	return (int)(dice >> 16 & 0x7fff) % sides;
}

/* --- those that sync
 * ------------------------------------------------------------------------------------ */

/* The names that resolve for the project, of all that its files name. */
static int look(int64_t project, unsigned *found)
{
	struct reference_targets all;
	struct reference *list;
	size_t n;

	TRY(store_reference_list(t.web, t.a, &w.admin, project, 0, &list, &n));
	TRY(store_reference_targets(t.web, t.a, &w.admin, project, list, n, &all));
	*found = 0;
	for (unsigned k = 0; k < NAMES_N; k++)
		if (store_reference_target(&all, span_str(NAMES[k])))
			*found |= 1u << k;
	return OK;
}

/* A file that names this set. Its path says who sent it when, and the set: "2-17-5". */
static struct workflow_sent file_of(int k, int round, unsigned names)
{
	struct workflow_sent f = {.read = true, .size = 1};
	unsigned char *sum = arena_alloc(t.a, HASH_BYTES);

	f.path = arena_printf(t.a, "%d-%d-%u", k, round, names);
	hash_bytes(f.path, sum);
	f.hash = span_of((const char *)sum, HASH_BYTES);
	f.references = ARENA_ARRAY(t.a, struct reference, NAMES_N);
	for (unsigned i = 0; i < NAMES_N; i++)
		if (names & 1u << i)
			f.references[f.nreferences++] =
				(struct reference){.line = i + 1,
						   .key = SPAN("integrations"),
						   .consumer = SPAN("build"),
						   .name = span_str(NAMES[i])};
	return f;
}

static int send(int64_t project, struct workflow_sent *f, bool whole)
{
	struct workflow_sync s = {.project_id = project, .files = f, .n = 1, .whole = whole};

	return store_workflow_sync(t.web, t.a, &w.admin, &w.actor, &s);
}

/* What was found is there for as long as the file names it, also when it cannot be read any more.
 */
static int hold(int64_t project, struct workflow_sent *f, unsigned found, bool whole)
{
	unsigned still;

	if (roll(3) == 0) {
		f->fault = SPAN("no YAML");
		TRY(send(project, f, whole));
	}
	TRY(look(project, &still));
	return (found & ~still) == 0 ? OK : E_CORRUPT;
}

/* Two share a project and take their file out again; the others send all files of theirs, now and
 * then none. */
static int sync_once(int k, int round, int64_t project)
{
	bool whole = k >= 2;
	unsigned names = 1u << roll(NAMES_N) | (roll(2) ? 1u << roll(NAMES_N) : 0), found;
	struct workflow_sent f = file_of(k, round, names);
	int64_t n;

	game->found[k][round] = UNKNOWN;
	TRY(send(project, &f, whole));
	TRY(look(project, &found));
	game->found[k][round] = (unsigned char)(found & names);
	TRY(hold(project, &f, found & names, whole));
	if (!whole || roll(2))
		TRY(store_workflow_remove(t.web, t.a, &w.admin, &w.actor, project,
					  whole && roll(2) ? SPAN("") : f.path, &n));
	game->synced[k]++;
	return OK;
}

static int sync_all(int k)
{
	for (int round = 0; round < ROUNDS; round++) {
		int64_t project = k < 2 ? w.api : k == 2 ? w.web : game->doomed;
		int rc = sync_once(k, round, project);
		struct project_row row;

		if (k == 3 &&
		    store_project_get(t.web, t.a, &w.admin, project, &row) == E_NOT_FOUND) {
			game->found[k][round] = UNKNOWN;
			game->gone++;
		} else {
			TRY(rc);
		}
		arena_reset(t.a);
	}
	return OK;
}

/* --- those that delete
 * ---------------------------------------------------------------------------------- */

static void count(int k, int rc, bool in_use)
{
	game->deleted[k] += rc == OK;
	game->blocked[k] += rc == E_CONFLICT && in_use;
}

static int org_add(const char *name)
{
	struct integration_change c = change_named(name);
	unsigned char *uid = arena_alloc(t.a, UID_BYTES);
	int64_t id;
	int rc;

	random_bytes(uid, UID_BYTES); /* children count the same numbers */
	c.uid = span_of((const char *)uid, UID_BYTES);
	rc = store_integration_create(t.web, t.a, &w.admin, &w.actor, &c, &id);
	return rc == E_CONFLICT && c.name_taken ? OK : rc;
}

/* An admin: what is there and what is not there changes places. Bound ones are added by their
 * owner. */
static int admin_deletes(int k, int round)
{
	const char *name = NAMES[roll(NAMES_N)];
	struct integration *i;
	struct integration_change c = {0};
	int rc;

	if (round % 2 == 0)
		return org_add(NAMES[roll(NAMES_ORG)]);
	rc = store_integration_named(t.web, t.a, &w.admin, span_str(name), &i);
	if (rc != OK)
		return rc;
	c.id = i->id;
	c.version = i->version;
	rc = store_integration_delete(t.web, t.a, &w.admin, &w.actor, &c);
	count(k, rc, c.in_use);
	return rc;
}

/* mem lends out an account integration under a name, and takes it back with what hangs on it: the
 * consent first, or all at once. */
static int owner_deletes(int k, int round)
{
	static int64_t own[NAMES_N];
	int at = NAMES_ORG + roll(NAMES_N - NAMES_ORG), rc;
	struct scope mem = {.account_id = w.mem, .role = ROLE_ADMIN};
	struct actor actor = {w.mem, SPAN("mem"), SPAN("192.0.2.8"), SPAN("ab12")};
	struct scope_removal s = {.subscription_id = w.acme, .any = true};
	struct own_delete d = {.version = 1, .shown = SPAN_NONE};

	if (!own[at])
		own[at] = own_new(w.mem, arena_printf(t.a, "lent %d", round).p);
	if (round % 2 == 0)
		return scope_by(from(w.mem, 'm'), scope_of(own[at], NAMES[at]));
	s.integration_id = d.id = own[at];
	if (roll(2)) {
		rc = store_scope_remove(t.web, t.a, &mem, &actor, &s);
		count(k, rc, s.in_use);
		return rc;
	}
	rc = store_own_delete(t.web, t.a, &mem, &actor, &d);
	count(k, rc, d.in_use);
	own[at] = rc == OK ? 0 : own[at];
	return rc;
}

/* The project of the last one who syncs: there is a new one, and the one before is deleted under
 * its new name. */
static int project_goes(int k, int round)
{
	struct project_change c = {.id = game->doomed,
				   .was = arena_printf(t.a, "fated %d", round - 1)};
	struct project_change next = {.was = arena_printf(t.a, "doomed %d", round),
				      .name = arena_printf(t.a, "fated %d", round)};

	TRY(store_project_create(t.web, t.a, &w.admin, &w.actor, next.was, &next.id));
	game->doomed = next.id;
	if (c.id == w.ops)
		c.was = SPAN("ops");
	TRY(store_project_delete(t.web, t.a, &w.admin, &w.actor, &c));
	game->deleted[k]++;
	return store_project_set(t.web, t.a, &w.admin, &w.actor, &next);
}

static int change_all(int k)
{
	int (*const act)(int, int) = k == 7 ? project_goes : k == 6 ? owner_deletes : admin_deletes;

	for (int round = 0; round < ROUNDS; round++) {
		int rc = act(k, round);

		if (rc == E_BUG || rc == E_CORRUPT || rc == E_RETRY || (k == 7 && rc != OK))
			return rc;
		arena_reset(t.a);
	}
	return OK;
}

static int rival(int k, void *arg)
{
	(void)arg;
	v.db = t.vault = connect_as("signet_vault");
	t.web = connect_as("signet_web");
	t.sql = sql_connect("signet_test");
	v.arena = t.a;
	dice = (unsigned)k + 1;
	__atomic_add_fetch(&game->ready, 1, __ATOMIC_SEQ_CST);
	wait_for(&game->ready, RIVALS);
	return k < SYNCERS ? sync_all(k) : change_all(k);
}

/* --- along the audit trail
 * ------------------------------------------------------------------------------ */

struct file {
	int64_t project;
	struct span path;
	unsigned names;
};

/* A sync whose answer lies behind it: what it had to find, and what came before the next word of
 * its sender. */
struct told {
	bool open;
	int round;
	unsigned names, must, may;
};

struct walk {
	unsigned there;
	struct file files[2 * SYNCERS];
	size_t nfiles;
	struct told told[SYNCERS];
	int64_t found, missing;
};

static unsigned bit_of(struct span name)
{
	for (unsigned k = 0; k < NAMES_N; k++)
		if (span_is(name, NAMES[k]))
			return 1u << k;
	return 0;
}

/* The answer said exactly what was there: all that was when it was committed, and nothing that
 * never was. */
static void close_told(struct walk *x, int k)
{
	struct told *s = &x->told[k];
	unsigned found = game->found[k][s->round];

	if (s->open && found != UNKNOWN) {
		ck_assert_msg((s->must & ~found) == 0,
			      "%d-%d: of %x there was %x, and %x was found", k, s->round, s->names,
			      s->must, found);
		ck_assert_msg((found & ~s->may) == 0,
			      "%d-%d: of %x there was %x at most, and %x was found", k, s->round,
			      s->names, s->may, found);
		x->found += __builtin_popcount(found);
		x->missing += __builtin_popcount(s->names & ~found);
	}
	s->open = false;
}

static void drop(struct walk *x, int64_t project, struct span path)
{
	size_t n = 0;

	for (size_t k = 0; k < x->nfiles; k++)
		if (x->files[k].project != project || (path.n && !span_eq(x->files[k].path, path)))
			x->files[n++] = x->files[k];
	x->nfiles = n;
}

/* Takes the words off the front; whether they stood there. */
static bool cut_front(struct span *s, const char *words)
{
	struct span front = span_str(words);

	if (!span_starts(*s, front))
		return false;
	*s = span_of(s->p + front.n, s->n - front.n);
	return true;
}

/* One of the files that an entry of a sync lists. */
static void file_entry(struct walk *x, int64_t project, struct span item)
{
	int k, round;
	unsigned names;

	if (cut_front(&item, "removed: ")) {
		drop(x, project, item);
		return;
	}
	if (cut_front(&item, "not readable: "))
		return;
	ck_assert_int_eq(sscanf(arena_str(t.a, item), "%d-%d-%u", &k, &round, &names), 3);
	ck_assert_uint_lt(x->nfiles, COUNT(x->files));
	x->files[x->nfiles++] = (struct file){project, item, names};
	close_told(x, k);
	x->told[k] = (struct told){true, round, names, x->there & names, x->there & names};
}

static void sync_entry(struct walk *x, int64_t project, struct span fields)
{
	struct span item;

	while (fields.n && span_cut(&fields, ',', &item)) {
		cut_front(&item, " ");
		file_entry(x, project, item);
	}
}

static void gone_entry(struct walk *x, struct span name)
{
	unsigned bit = bit_of(name);

	for (size_t k = 0; k < x->nfiles; k++)
		ck_assert_msg(!(x->files[k].names & bit),
			      "\"%s\" was deleted while %s of project %ld named it",
			      arena_str(t.a, name), arena_str(t.a, x->files[k].path),
			      (long)x->files[k].project);
	x->there &= ~bit;
}

static void entry(struct walk *x, struct span action, int64_t id, struct span object,
		  struct span fields)
{
	if (span_is(action, "integration.create") || span_is(action, "binding.create")) {
		x->there |= bit_of(object);
		for (int k = 0; k < SYNCERS; k++)
			x->told[k].may |= bit_of(object) & x->told[k].names;
	} else if (span_is(action, "integration.delete") || span_is(action, "binding.delete")) {
		gone_entry(x, object);
	} else if (span_is(action, "project.delete")) {
		drop(x, id, SPAN(""));
		close_told(x, SYNCERS - 1);
	} else if (span_is(action, "workflow.remove")) {
		drop(x, id, span_is(fields, "all of them") ? SPAN("") : fields);
	} else if (span_is(action, "workflow.sync")) {
		sync_entry(x, id, fields);
	}
}

static struct walk walk_all(void)
{
	struct walk x = {0};
	MYSQL_RES *rows;
	MYSQL_ROW row;

	ck_assert_int_eq(
		mysql_query(t.sql,
			    arena_printf(t.a,
					 "SELECT action, object_id, object, fields FROM audit"
					 " WHERE chain = 'sub:%ld' ORDER BY seq",
					 (long)w.acme)
				    .p),
		0);
	rows = mysql_store_result(t.sql);
	while ((row = mysql_fetch_row(rows)))
		entry(&x, span_str(row[0]), row[1] ? strtoll(row[1], NULL, 10) : 0,
		      span_str(row[2]), arena_span(t.a, span_str(row[3])));
	mysql_free_result(rows);
	for (int k = 0; k < SYNCERS; k++)
		close_told(&x, k);
	return x;
}

/* --- the test
 * ------------------------------------------------------------------------------------------- */

static void each_had_its_way(const int codes[CHILDREN_MAX])
{
	for (int k = 0; k < RIVALS; k++)
		ck_assert_msg(codes[k] == OK, "rival %d: %s", k, err_text(codes[k]));
	for (int k = 0; k < SYNCERS; k++)
		ck_assert_msg(game->synced[k] > ROUNDS / 10, "rival %d sent %d", k,
			      game->synced[k]);
	ck_assert_int_gt(game->gone, 0);
	for (int k = SYNCERS; k < RIVALS; k++) {
		ck_assert_msg(game->deleted[k] > 0, "rival %d deleted nothing", k);
		ck_assert_msg(game->blocked[k] > 0 || k == 7,
			      "rival %d was never told that it is in use", k);
	}
}

START_TEST(sync_against_delete)
{
	int codes[CHILDREN_MAX];
	struct walk x;

	game = shared_new(sizeof(*game));
	game->doomed = w.ops;
	children_run(RIVALS, rival, NULL, codes);
	each_had_its_way(codes);
	x = walk_all();
	ck_assert_int_gt(x.found, ROUNDS / 10);
	ck_assert_int_gt(x.missing, ROUNDS / 10);
	/* the trail is all there is to know */
	for (unsigned k = 0; k < NAMES_N; k++)
		ck_assert_int_eq(
			sql_number(
				"SELECT COUNT(*) FROM integration WHERE subscription_id = %ld AND"
				" name = '%s'",
				w.acme, NAMES[k]),
			x.there >> k & 1);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM workflow_file"), (int64_t)x.nfiles);
	ck_assert_int_eq(
		sql_number(
			"SELECT COUNT(*) FROM reference r LEFT JOIN workflow_file f ON f.id ="
			" r.file_id LEFT JOIN project p ON p.id = f.project_id WHERE p.id IS NULL"),
		0);
	ck_assert_int_gt(chains_check(), 0);
}
END_TEST

Suite *store_workflow_rivals_suite(void)
{
	Suite *s = suite_create("store_workflow_rivals");
	TCase *c = tcase_create("rivals");

	tcase_add_checked_fixture(c, ties_world_set_up, store_tear_down);
	tcase_set_timeout(c, 240);
	tcase_add_test(c, sync_against_delete);
	suite_add_tcase(s, c);
	return s;
}
