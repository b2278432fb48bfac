/* core_resource.c: which integrations which resources take, with the types as they are. */
#include "unit/suites.h"

#include "core/resource.h"
#include "types/read.h"

static struct arena *a;
static struct type_catalogue types;

static void set_up(void)
{
	a = arena_new();
	ck_assert_int_eq(types_read(a, "src/types", &types), OK);
}

static void tear_down(void)
{
	arena_free(a);
}

/* Every resource that workflow files know, and the types that it takes, " " around each; "*": all,
 * also ones that are no more. */
static const struct {
	const char *kind, *takes;
} KINDS[] = {
	{"integration", "*"},
	{"gitRepo", " github gitlab "},
	{"syncRepo", " github gitlab "},
	{"ciRepo", " github gitlab "},
	{"image", " amazonKeys dockerRegistryLogin "},
	{"cliConfig", " amazonKeys dockerRegistryLogin "},
	{"cluster", " amazonKeys "},
	{"notification", " slackKey webhookV2 "},
	{"file", " "},
	{"loadBalancer", " "},
	{"params", ""},
	{"replicas", ""},
	{"dockerOptions", ""},
	{"state", ""},
	{"time", ""},
	{"trigger", ""},
	{"version", ""},
	{"webhook", ""},
	{"externalCIServer", ""},
	/* nobody's business */
	{"", "*"},
	{"GitRepo", "*"},
	{"gitrepo", "*"},
	{"own_thing", "*"},
	{"${x}", "*"},
};

START_TEST(each_kind)
{
	struct span kind = span_str(KINDS[_i].kind), advice;
	const char *wanted = KINDS[_i].takes;
	bool any = *wanted == '*', none = *wanted == '\0';

	for (size_t k = 0; k < types.n; k++) {
		struct span name = types.list[k].name;
		bool takes = any || strstr(wanted, arena_printf(a, " %s ", name.p).p) != NULL;

		ck_assert_msg(resource_takes(&types, kind, name) == takes, "%s %s", kind.p, name.p);
		if (takes)
			continue;
		advice = resource_advice(a, &types, kind, name);
		ck_assert_ptr_nonnull(strstr(advice.p, kind.p));
		ck_assert(advice.p[advice.n - 1] == '.');
	}
	/* a row of a type that is no more */
	ck_assert_int_eq(resource_takes(&types, kind, SPAN("gone")), !none);
}
END_TEST

START_TEST(advice)
{
	ck_assert_str_eq(resource_advice(a, &types, SPAN("image"), SPAN("slackKey")).p,
			 "This is of type Slack; a resource of type image takes AWS Keys or Docker "
			 "Registry.");
	ck_assert_str_eq(resource_advice(a, &types, SPAN("cluster"), SPAN("slackKey")).p,
			 "This is of type Slack; a resource of type cluster takes AWS Keys.");
	ck_assert_str_eq(resource_advice(a, &types, SPAN("time"), SPAN("slackKey")).p,
			 "A resource of type time takes no integration: take this line out.");
	ck_assert_str_eq(resource_advice(a, &types, SPAN("file"), SPAN("slackKey")).p,
			 "This is of type Slack, which a resource of type file does not take; no "
			 "type here fits.");
}
END_TEST

START_TEST(advice_of_many)
{
	static struct span kind[] = {SPAN("thing")};
	static struct type list[] = {
		{.name = SPAN("a"), .label = SPAN("A"), .resources = kind, .nresources = 1},
		{.name = SPAN("b"), .label = SPAN("B")},
		{.name = SPAN("c"), .label = SPAN("C"), .resources = kind, .nresources = 1},
		{.name = SPAN("d"), .label = SPAN("D"), .resources = kind, .nresources = 1},
	};
	static const struct type_catalogue FOUR = {list, COUNT(list)};

	ck_assert_str_eq(resource_advice(a, &FOUR, SPAN("thing"), SPAN("b")).p,
			 "This is of type B; a resource of type thing takes A, C or D.");
	ck_assert(resource_takes(&FOUR, SPAN("thing"), SPAN("d")));
	ck_assert(!resource_takes(&FOUR, SPAN("thing"), SPAN("b")));
}
END_TEST

Suite *core_resource_suite(void)
{
	Suite *s = suite_create("core_resource");
	TCase *c = tcase_create("resources");

	tcase_add_checked_fixture(c, set_up, tear_down);
	tcase_add_loop_test(c, each_kind, 0, (int)COUNT(KINDS));
	tcase_add_test(c, advice);
	tcase_add_test(c, advice_of_many);
	suite_add_tcase(s, c);
	return s;
}
