/* core_binding.c: how a bound integration stands, and which projects may use it. */
#include "unit/suites.h"

#include <string.h>

#include "base/buf.h"
#include "core/binding.h"
#include "base/err.h"

static struct arena *arena;

static void setup(void)
{
	arena = arena_new();
}

static void teardown(void)
{
	arena_free(arena);
}

static const struct {
	const char *text;
	int err;
} LISTS[] = {
	{"", OK},
	{"3", OK},
	{"3,17,29", OK},
	{"999999999999999999", OK},
	{"3,", E_CORRUPT},
	{",3", E_CORRUPT},
	{"3,,4", E_CORRUPT},
	{"3,3", E_CORRUPT},
	{"4,3", E_CORRUPT},
	{"03", E_CORRUPT},
	{"0", E_CORRUPT},
	{"-3", E_CORRUPT},
	{" 3", E_CORRUPT},
	{"3 ", E_CORRUPT},
	{"3;4", E_CORRUPT},
	{"9999999999999999999", E_CORRUPT},
};

START_TEST(projects_are_read)
{
	struct project_set set;

	ck_assert_int_eq(project_set_read(arena, span_str(LISTS[_i].text), &set), LISTS[_i].err);
	if (LISTS[_i].err == OK) {
		ck_assert(!set.all);
		ck_assert(span_is(project_set_text(arena, &set), LISTS[_i].text));
	}
}
END_TEST

START_TEST(as_many_projects_as_a_grant_may_have)
{
	struct buf text = BUF_INIT;
	struct project_set set;

	for (int k = 1; k <= SCOPE_PROJECTS_MAX; k++)
		buf_printf(&text, "%s%d", k > 1 ? "," : "", k);
	ck_assert_int_eq(project_set_read(arena, buf_span(&text), &set), OK);
	ck_assert_uint_eq(set.n, SCOPE_PROJECTS_MAX);
	buf_puts(&text, ",100000");
	ck_assert_int_eq(project_set_read(arena, buf_span(&text), &set), E_TOO_BIG);
	buf_release(&text);
}
END_TEST

static struct project_set set_of(const char *text)
{
	struct project_set set = {.all = true};

	if (strcmp(text, "all") != 0)
		ck_assert_int_eq(project_set_read(arena, span_str(text), &set), OK);
	return set;
}

static const struct {
	const char *grant, *own, *both;
} BOTH[] = {
	{"all", "all", "all"},	   {"all", "1,2", "1,2"}, {"1,2", "all", "1,2"},
	{"1,2,3", "2,3,4", "2,3"}, {"1", "2", ""},	  {"", "all", ""},
	{"all", "", ""},
};

START_TEST(a_list_can_only_narrow)
{
	struct project_set grant = set_of(BOTH[_i].grant), own = set_of(BOTH[_i].own);
	struct project_set both = project_set_both(arena, &grant, &own);

	ck_assert(both.all == (strcmp(BOTH[_i].both, "all") == 0));
	if (!both.all)
		ck_assert(span_is(project_set_text(arena, &both), BOTH[_i].both));
	for (int64_t id = 1; id <= 4; id++)
		ck_assert(project_set_has(&both, id) ==
			  (project_set_has(&grant, id) && project_set_has(&own, id)));
}
END_TEST

static const struct {
	struct binding_facts facts;
	enum binding_state is;
} STATES[] = {
	{{true, true, true, true}, BINDING_LIVE},
	{{true, true, true, false}, BINDING_PAUSED},
	{{true, true, false, true}, BINDING_OWNER_LEFT},
	{{true, true, false, false}, BINDING_OWNER_LEFT},
	{{true, false, true, true}, BINDING_WITHDRAWN},
	{{true, false, false, true}, BINDING_WITHDRAWN},
	{{false, true, true, true}, BINDING_ERASED},
	{{false, false, false, false}, BINDING_ERASED},
};

START_TEST(the_worst_counts)
{
	ck_assert_int_eq((int)binding_state(&STATES[_i].facts), (int)STATES[_i].is);
	ck_assert((STATES[_i].is == BINDING_LIVE) == (binding_state_text(STATES[_i].is).n == 0));
}
END_TEST

START_TEST(grace_ends)
{
	const int64_t day = 24 * 3600, left = 1000;

	ck_assert(!binding_in_grace(left, 0, left));
	ck_assert(binding_in_grace(left, 1, left));
	ck_assert(binding_in_grace(left, 1, left + day - 1));
	ck_assert(!binding_in_grace(left, 1, left + day));
	ck_assert(!binding_in_grace(left, -1, left));
	ck_assert(!binding_in_grace(left + 1, 30,
				    left)); /* left in the future: no reason to trust it */
	ck_assert(binding_in_grace(left, 365, left + 365 * day - 1));
	ck_assert(!binding_in_grace(left, 100000, left + 365 * day)); /* whatever a row says */
}
END_TEST

static const struct {
	enum binding_state state;
	bool paused;
	int64_t days, after; /* of grace; days since the owner left */
	const char *text;
} RUNNERS[] = {
	{BINDING_LIVE, false, 30, 0, ""},
	{BINDING_PAUSED, true, 30, 0, "Runners get no value while its owner has it disabled."},
	{BINDING_OWNER_LEFT, false, 30, 29,
	 "Runners still get its values until 1970-01-31 00:00 UTC, 30 days after its owner left, and none "
	 "from then on."},
	{BINDING_OWNER_LEFT, false, 1, 0,
	 "Runners still get its values until 1970-01-02 00:00 UTC, 1 day after its owner left, and none "
	 "from then on."},
	{BINDING_OWNER_LEFT, false, 30, 30,
	 "Runners get no value: the 30 days of grace since its owner left were over on 1970-01-31 00:00 "
	 "UTC."},
	{BINDING_OWNER_LEFT, false, 0, 0,
	 "Runners get no value since its owner left: this subscription gives no days of grace."},
	{BINDING_OWNER_LEFT, true, 30, 0,
	 "Runners get no value: its owner disabled it."},
	{BINDING_WITHDRAWN, true, 30, 0, "Runners get no value: its owner withdrew the consent."},
	{BINDING_ERASED, false, 30, 0,
	 "Runners get no value: its owner deleted it, with all values."},
};

START_TEST(what_runners_get)
{
	struct span text =
		binding_runners_text(arena, RUNNERS[_i].state, RUNNERS[_i].paused, 0,
				     RUNNERS[_i].days, RUNNERS[_i].after * 24 * 3600);

	ck_assert_str_eq(arena_str(arena, text), RUNNERS[_i].text);
}
END_TEST

static bool among(void *arg, struct span name)
{
	const char *const *names = arg;

	for (size_t k = 0; names[k]; k++)
		if (span_is(name, names[k]))
			return true;
	return false;
}

START_TEST(a_free_name_is_found)
{
	const char *none[] = {NULL}, *two[] = {"ci-2", "ci-3", NULL};
	char longest[160];
	struct span name;

	ck_assert(span_is(binding_free_name(arena, SPAN("ci"), among, (void *)none), "ci-2"));
	ck_assert(span_is(binding_free_name(arena, SPAN("ci"), among, (void *)two), "ci-4"));
	for (size_t k = 0; k < sizeof(longest); k += 2)
		memcpy(longest + k, "\xc3\xa4", 2);
	name = binding_free_name(arena, span_of(longest, sizeof(longest)), among, (void *)none);
	ck_assert_uint_eq(name.n, 2 * 78 + 2);
	ck_assert(span_is(span_of(name.p + name.n - 2, 2), "-2"));
}
END_TEST

Suite *core_binding_suite(void)
{
	Suite *s = suite_create("core/binding");
	TCase *t = tcase_create("binding");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, projects_are_read, 0, COUNT(LISTS));
	tcase_add_test(t, as_many_projects_as_a_grant_may_have);
	tcase_add_loop_test(t, a_list_can_only_narrow, 0, COUNT(BOTH));
	tcase_add_loop_test(t, the_worst_counts, 0, COUNT(STATES));
	tcase_add_test(t, grace_ends);
	tcase_add_loop_test(t, what_runners_get, 0, COUNT(RUNNERS));
	tcase_add_test(t, a_free_name_is_found);
	suite_add_tcase(s, t);
	return s;
}
