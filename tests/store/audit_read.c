/* audit_read.c: pages of a chain, against what a plain query over all of it says; and refusals. */
#include "store/fixture.h"

#include "base/clock.h"
#include "store/audit_denial.h"
#include "store/audit_read.h"

static struct world w;

enum { ENTRIES = 6000 };

#define DIGITS                                                                                     \
	"(SELECT 0 d UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5"   \
	" UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9)"

/* Written by plain SQL: a chain of which only the reading counts. Two entries a second, so that seconds
 * do not tell them apart; "eve" wrote every seventh, and "rare" is the name of two. */
static void chain_make(void)
{
	sql_run("INSERT INTO audit SELECT 'sub:1', s.seq, 1000000 + s.seq DIV 2, NULL,"
		" IF(s.seq %% 7 = 0, 'eve', 'ann'), '192.0.2.7', '',"
		" ELT(1 + s.seq %% 4, 'integration.edit', 'integration.delete', 'role.grant', 'denied'),"
		" s.seq %% 100, IF(s.seq IN (3, 5001), 'rare', CONCAT('thing ', s.seq %% 100)), 'name', '',"
		" '' FROM (SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 1 AS seq FROM " DIGITS " a, " DIGITS
		" b, " DIGITS " c, " DIGITS " e) s WHERE s.seq <= %d", (int)ENTRIES);
	sql_run("INSERT INTO audit_head VALUES ('sub:1', %d, REPEAT('h', 32))", (int)ENTRIES);
	/* another's, which no page may show */
	sql_run("INSERT INTO audit SELECT 'sub:10', seq, at, NULL, actor, address, request, action, object_id,"
		" object, fields, prev, hash FROM audit WHERE seq <= 50");
}

static void read_set_up(void)
{
	store_set_up();
	world_make(&w);
}

static void chain_set_up(void)
{
	read_set_up();
	chain_make();
}

static struct audit_filter everything(void)
{
	return (struct audit_filter){.to = INT64_MAX, .before = {INT64_MAX, 0}};
}

/* Walks all pages; the sum over all entries of a number that tells them and their order apart. */
static int64_t walk(struct audit_filter f, size_t limit, size_t *n, size_t *pages)
{
	struct audit_page page = {.more = true, .last = f.before};
	struct audit_place last = {INT64_MAX, INT64_MAX};
	int64_t sum = 0;

	for (*n = *pages = 0; page.more; (*pages)++) {
		f.before = page.last;
		ck_assert_int_eq(store_audit_page(t.web, t.a, SPAN("sub:1"), &f, limit, &page), OK);
		ck_assert_uint_le(page.nrows, limit);
		ck_assert(page.nrows == limit || !page.more || page.cut_short);
		for (size_t k = 0; k < page.nrows; k++, (*n)++) {
			const struct audit_row *r = &page.rows[k];
			ck_assert(r->at < last.at || (r->at == last.at && r->seq < last.seq));
			last = (struct audit_place){r->at, r->seq};
			sum += r->seq * r->seq;
		}
	}
	return sum;
}

static struct audit_actions group(enum audit_group g)
{
	return audit_group_actions(g);
}

/* {actor, object, id, group, from, to}, and the same in SQL. */
static const struct {
	const char *actor, *object;
	int64_t id;
	int group; /* -1: any */
	int64_t from, to;
	const char *where;
} CASES[] = {
	{"", "", 0, -1, 0, 0, "1"},
	{"eve", "", 0, -1, 0, 0, "actor = 'eve'"},
	{"nobody", "", 0, -1, 0, 0, "0"},
	{"", "rare", 0, -1, 0, 0, "object = 'rare'"},
	{"", "thing 7", 0, -1, 0, 0, "object = 'thing 7'"},
	{"", "", 42, -1, 0, 0, "object_id = 42"},
	{"", "", 0, AUDIT_GROUP_INTEGRATIONS, 0, 0, "action LIKE 'integration.%'"},
	{"", "", 0, AUDIT_GROUP_REFUSED, 0, 0, "action = 'denied'"},
	{"", "", 0, AUDIT_GROUP_PROJECTS, 0, 0, "0"},
	{"", "", 0, -1, 1001000, 1001500, "at >= 1001000 AND at < 1001500"},
	{"eve", "", 0, AUDIT_GROUP_PEOPLE, 0, 0, "actor = 'eve' AND action = 'role.grant'"},
	{"eve", "rare", 0, -1, 0, 0, "actor = 'eve' AND object = 'rare'"},
	{"ann", "rare", 0, AUDIT_GROUP_REFUSED, 0, 0, "actor = 'ann' AND object = 'rare' AND action = 'denied'"},
	{"ann", "", 35, AUDIT_GROUP_REFUSED, 1000500, 1002500,
	 "actor = 'ann' AND object_id = 35 AND action = 'denied' AND at >= 1000500 AND at < 1002500"},
	{"", "", 0, AUDIT_GROUP_INTEGRATIONS, 1000500, 1000600,
	 "action LIKE 'integration.%' AND at >= 1000500 AND at < 1000600"},
	{"ann", "", 0, AUDIT_GROUP_PROJECTS, 0, 0, "0"},
};

START_TEST(every_filter)
{
	struct audit_filter f = everything();
	struct audit_actions actions;
	size_t n, pages;
	int64_t sum;

	f.actor = span_str(CASES[_i].actor);
	f.object = span_str(CASES[_i].object);
	f.object_id = CASES[_i].id;
	if (CASES[_i].group >= 0) {
		actions = group((enum audit_group)CASES[_i].group);
		f.actions = &actions;
	}
	f.from = CASES[_i].from;
	f.to = CASES[_i].to ? CASES[_i].to : INT64_MAX;
	sum = walk(f, 50, &n, &pages);
	ck_assert_int_eq((int64_t)n, sql_number("SELECT COUNT(*) FROM audit WHERE chain = 'sub:1' AND %s",
						CASES[_i].where));
	ck_assert_int_eq(sum, sql_number("SELECT COALESCE(SUM(seq * seq), 0) FROM audit WHERE chain = 'sub:1'"
					 " AND %s", CASES[_i].where));
	ck_assert_uint_le(pages, n / 50 + 2 + ENTRIES / AUDIT_SCAN);
}
END_TEST

/* Entries that come while somebody turns pages do not push others twice into view. */
START_TEST(stable_while_written)
{
	struct audit_filter f = everything();
	struct audit_page page;

	ck_assert_int_eq(store_audit_page(t.web, t.a, SPAN("sub:1"), &f, 10, &page), OK);
	ck_assert_int_eq(page.rows[0].seq, ENTRIES);
	ck_assert(page.more && !page.cut_short);
	sql_run("INSERT INTO audit VALUES ('sub:1', %d, 9000000, NULL, '', '', '', 'denied', 0, '', '', '', '')",
		ENTRIES + 1);
	f.before = page.last;
	ck_assert_int_eq(store_audit_page(t.web, t.a, SPAN("sub:1"), &f, 10, &page), OK);
	ck_assert_int_eq(page.rows[0].seq, ENTRIES - 10);
}
END_TEST

/* What nobody did is looked for no further than the bound, and the page says how far. */
START_TEST(bounded)
{
	struct audit_actions actions = group(AUDIT_GROUP_PROJECTS);
	struct audit_filter f = everything();
	struct audit_page page;

	f.actor = SPAN("ann");
	f.actions = &actions;
	sql_run("UPDATE audit SET actor = 'ann' WHERE chain = 'sub:1'");
	ck_assert_int_eq(store_audit_page(t.web, t.a, SPAN("sub:1"), &f, 50, &page), OK);
	ck_assert(page.cut_short && page.more && page.nrows == 0);
	ck_assert_int_eq(page.last.seq, ENTRIES - AUDIT_SCAN + 1);
	f.before = page.last;
	ck_assert_int_eq(store_audit_page(t.web, t.a, SPAN("sub:1"), &f, 50, &page), OK);
	ck_assert(!page.cut_short && !page.more && page.nrows == 0);
}
END_TEST

/* A page reads by the key of its condition, without sorting. */
static const char *const PLANS[][2] = {
	{"audit_at", "1"},
	{"audit_actor", "actor = 'eve'"},
	{"audit_action", "action = 'denied'"},
	{"audit_object", "object = 'rare'"},
	{"audit_object_id", "object_id = 42"},
};

START_TEST(plans)
{
	MYSQL_RES *r;
	MYSQL_ROW row;
	struct span sql = arena_printf(
		t.a, "EXPLAIN SELECT seq, at, actor, address, action, object_id, object, fields FROM audit"
		     " FORCE INDEX (%s) WHERE chain = 'sub:1' AND %s AND at >= 0 AND at <= 9000000000 AND"
		     " (at < 9000000000 OR seq < 0) ORDER BY at DESC, seq DESC LIMIT 51",
		PLANS[_i][0], PLANS[_i][1]);

	ck_assert_int_eq(mysql_query(t.sql, sql.p), 0);
	r = mysql_store_result(t.sql);
	row = mysql_fetch_row(r);
	ck_assert_str_eq(row[5], PLANS[_i][0]); /* key */
	ck_assert_msg(!strstr(row[9], "filesort"), "%s", row[9]);
	mysql_free_result(r);
}
END_TEST

START_TEST(total)
{
	int64_t n;

	ck_assert_int_eq(store_audit_total(t.web, t.a, SPAN("sub:1"), &n), OK);
	ck_assert_int_eq(n, ENTRIES);
	ck_assert_int_eq(store_audit_total(t.web, t.a, SPAN("sub:99"), &n), OK);
	ck_assert_int_eq(n, 0);
}
END_TEST

/* --- refusals --- */

static struct audit_entry refusal(const char *path, const char *method)
{
	return (struct audit_entry){.chain = SPAN("sub:5"), .actor = w.actor, .action = AUDIT_DENIED,
				    .object = span_str(path), .fields = span_str(method)};
}

static int refuse(struct db *db, const char *path, const char *method)
{
	struct audit_entry e = refusal(path, method);

	return store_audit_denial(db, t.a, &e);
}

/* The minute in which the test runs may end meanwhile: then what it counts is of two. */
static int64_t minutes(void)
{
	return sql_number("SELECT COUNT(DISTINCT at DIV 60) FROM audit");
}

START_TEST(refused_once_a_minute)
{
	for (int k = 0; k < 5; k++) {
		ck_assert_int_eq(refuse(t.web, "/s/acme/audit", "GET"), OK);
		ck_assert_int_eq(refuse(t.web, "/s/acme/audit", "POST"), OK);
		ck_assert_int_eq(refuse(t.web, "/s/acme/people", "GET"), OK);
	}
	ck_assert_int_le(entries_of(5), 3 * minutes());
	ck_assert_int_ge(entries_of(5), 3);
	/* an hour ago is not this minute */
	sql_run("UPDATE audit SET at = at - 3600");
	ck_assert_int_eq(refuse(t.web, "/s/acme/audit", "GET"), OK);
	ck_assert_int_ge(entries_of(5), 4);
	w.actor.name = SPAN("mem");
	ck_assert_int_eq(refuse(t.web, "/s/acme/audit", "GET"), OK);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM audit WHERE actor = 'mem'"), 1);
}
END_TEST

START_TEST(refused_everywhere)
{
	for (int k = 0; k < DENIALS_A_MINUTE + 50; k++)
		ck_assert_int_eq(refuse(t.web, arena_printf(t.a, "/s/acme/people/%d", k).p, "GET"), OK);
	ck_assert_int_le(entries_of(5), DENIALS_A_MINUTE * minutes());
	ck_assert_int_ge(entries_of(5), DENIALS_A_MINUTE);
	ck_assert_int_eq(chains_check(), entries_of(5));
}
END_TEST

static int refused_child(int k, void *arg)
{
	struct db *db = connect_as("signet_web");

	(void)k;
	(void)arg;
	for (int n = 0; n < 20; n++)
		TRY(refuse(db, "/s/acme/audit", "GET"));
	return OK;
}

START_TEST(refused_at_once)
{
	int codes[CHILDREN_MAX];

	children_run(4, refused_child, NULL, codes);
	for (int k = 0; k < 4; k++)
		ck_assert_int_eq(codes[k], OK);
	ck_assert_int_le(entries_of(5), minutes());
	ck_assert_int_ge(entries_of(5), 1);
}
END_TEST

Suite *store_audit_read_suite(void)
{
	Suite *s = suite_create("store_audit_read");
	TCase *c = tcase_create("pages"), *d = tcase_create("refusals");

	tcase_add_checked_fixture(c, chain_set_up, store_tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_loop_test(c, every_filter, 0, (int)COUNT(CASES));
	tcase_add_test(c, stable_while_written);
	tcase_add_test(c, bounded);
	tcase_add_loop_test(c, plans, 0, (int)COUNT(PLANS));
	tcase_add_test(c, total);
	suite_add_tcase(s, c);
	tcase_add_checked_fixture(d, read_set_up, store_tear_down);
	tcase_set_timeout(d, 60);
	tcase_add_test(d, refused_once_a_minute);
	tcase_add_test(d, refused_everywhere);
	tcase_add_test(d, refused_at_once);
	suite_add_tcase(s, d);
	return s;
}
