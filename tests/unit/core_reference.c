/* core_reference.c: judging references, "did you mean", paths of workflow files. */
#include "unit/suites.h"

#include <string.h>

#include "core/reference.h"
#include "ref/ref.h"

static struct arena *a;

static void set_up(void)
{
	a = arena_new();
}

static void tear_down(void)
{
	arena_free(a);
}

static const struct reference PLAIN = {.name = {"x", 1}, .key = {"integration", 11}};

static enum reference_state judge_as(const struct reference *r, const struct reference_target *t)
{
	static struct span forge[] = {SPAN("gitRepo")}, cloud[] = {SPAN("image"), SPAN("file")};
	static struct type types[] = {
		{.name = SPAN("forge"), .resources = forge, .nresources = COUNT(forge)},
		{.name = SPAN("cloud"), .resources = cloud, .nresources = COUNT(cloud)},
	};
	static const struct type_catalogue ALL = {types, COUNT(types)};

	return reference_judge(&ALL, r, t);
}

static enum reference_state judge(struct reference_target t)
{
	return judge_as(&PLAIN, &t);
}

START_TEST(judged)
{
	struct reference dynamic = PLAIN;

	dynamic.dynamic = true;
	ck_assert_int_eq(judge_as(&PLAIN, NULL), REFERENCE_MISSING);
	ck_assert_int_eq(judge((struct reference_target){.allowed = true}), REFERENCE_FINE);
	ck_assert_int_eq(judge((struct reference_target){.allowed = false}), REFERENCE_DENIED);
	ck_assert_int_eq(judge((struct reference_target){.allowed = true, .disabled = true}),
			 REFERENCE_DISABLED);
	ck_assert_int_eq(judge((struct reference_target){.disabled = true}), REFERENCE_DENIED);
	ck_assert_int_eq(judge_as(&dynamic, NULL), REFERENCE_DYNAMIC);
	ck_assert_int_eq(judge_as(&dynamic, &(struct reference_target){.allowed = true}),
			 REFERENCE_DYNAMIC);
}
END_TEST

START_TEST(judged_by_type)
{
	struct reference_target t = {.allowed = true, .type = SPAN("cloud"), .disabled = true};
	struct reference r = PLAIN;

	/* only a resource has a type that counts, and only for what names its own integration */
	r.resource_type = SPAN("gitRepo");
	ck_assert_int_eq(judge_as(&r, &t), REFERENCE_DISABLED);
	r.kind = REFERENCE_RESOURCE;
	ck_assert_int_eq(judge_as(&r, &t), REFERENCE_WRONG_TYPE);
	r.key = SPAN("integrationName");
	ck_assert_int_eq(judge_as(&r, &t), REFERENCE_WRONG_TYPE);
	r.key = SPAN("configuration.integrationName");
	ck_assert_int_eq(judge_as(&r, &t), REFERENCE_WRONG_TYPE);
	r.key = SPAN("bastionIntegrationName");
	ck_assert_int_eq(judge_as(&r, &t), REFERENCE_DISABLED);
	r.key = SPAN("configuration.bastionIntegrationName");
	ck_assert_int_eq(judge_as(&r, &t), REFERENCE_DISABLED);
	r.key = PLAIN.key;
	r.resource_type = SPAN("");
	ck_assert_int_eq(judge_as(&r, &t), REFERENCE_DISABLED);
	/* what it is, is told only to projects that may use it */
	r.resource_type = SPAN("gitRepo");
	t.allowed = false;
	ck_assert_int_eq(judge_as(&r, &t), REFERENCE_DENIED);
	ck_assert_int_eq(judge_as(&r, NULL), REFERENCE_MISSING);
	r.dynamic = true;
	ck_assert_int_eq(judge_as(&r, &t), REFERENCE_DYNAMIC);
}
END_TEST

START_TEST(judged_bound)
{
	static const enum reference_state WANTED[BINDING_STATES] = {
		[BINDING_LIVE] = REFERENCE_FINE,
		[BINDING_PAUSED] = REFERENCE_PAUSED,
		[BINDING_OWNER_LEFT] = REFERENCE_OWNER_LEFT,
		[BINDING_WITHDRAWN] = REFERENCE_WITHDRAWN,
		[BINDING_ERASED] = REFERENCE_ERASED,
	};

	for (int s = 0; s < BINDING_STATES; s++) {
		struct reference_target t = {
			.allowed = true, .bound = true, .binding = (enum binding_state)s};
		ck_assert_int_eq(judge(t), WANTED[s]);
		t.bound = false; /* an org one has no binding to look at */
		ck_assert_int_eq(judge(t), REFERENCE_FINE);
		t.bound = t.disabled = true;
		ck_assert_int_eq(judge(t),
				 WANTED[s] < REFERENCE_DISABLED ? WANTED[s] : REFERENCE_DISABLED);
	}
}
END_TEST

START_TEST(words)
{
	for (int s = 0; s < REFERENCE_STATES; s++) {
		ck_assert_uint_gt(reference_state_text((enum reference_state)s).n, 0);
		ck_assert_int_eq(reference_advice((enum reference_state)s).n == 0,
				 s == REFERENCE_FINE);
		for (int other = 0; other < s; other++)
			ck_assert(!span_eq(reference_state_text((enum reference_state)s),
					   reference_state_text((enum reference_state)other)) &&
				  !span_eq(reference_state_slug((enum reference_state)s),
					   reference_state_slug((enum reference_state)other)));
	}
	/* programs rely on these */
	ck_assert(span_is(reference_state_slug(REFERENCE_WRONG_TYPE), "wrong-type"));
	ck_assert(span_is(reference_state_slug(REFERENCE_OWNER_LEFT), "owner-left"));
	/* the reader's numbers are the database's */
	for (int k = 0; k < REFERENCE_KINDS; k++)
		ck_assert_str_eq(reference_kind_text((enum reference_kind)k).p,
				 ref_kind_text((enum ref_kind)k));
	ck_assert_uint_eq(REF_LIMITS.bytes, WORKFLOW_FILE_BYTES);
	ck_assert_uint_eq(REF_LIMITS.references, WORKFLOW_REFERENCES_MAX);
}
END_TEST

static const char *alike(const char *name, const char *const *list)
{
	struct span names[16], found;
	size_t n = 0;

	for (; list[n]; n++)
		names[n] = span_str(list[n]);
	found = reference_alike(a, span_str(name), names, n);
	return found.p ? found.p : "";
}

static const char *const NAMES[] = {"docker hub",
				    "jenkins-prod",
				    "jenkins-prod-2",
				    "slack",
				    "Slack (Team)",
				    "aws",
				    "schlüssel",
				    "",
				    NULL};

/* {name, what was meant} */
static const char *const MEANT[][2] = {
	{"docker-hub", "docker hub"},
	{"DockerHub", "docker hub"},
	{"jenkins_prod", "jenkins-prod"},
	{"Jenkins-Prod", "jenkins-prod"},
	{"jenkins-prd", "jenkins-prod"},
	{"jenkins-prdo", "jenkins-prod"},
	{"jenknis-prod", "jenkins-prod"},
	{"jenkins-prod-3", "jenkins-prod-2"},
	{"slcak", "slack"},
	{"slack ", "slack"},
	{"slack(team)", "Slack (Team)"},
	{"schlussel", "schlüssel"},
	{"aws2", "aws"},
	{"ws", ""}, /* two letters: nothing may be wrong */
	{"azure", ""},
	{"quite another name", ""},
	{"", ""},
	{"---", ""},
};

START_TEST(did_you_mean)
{
	char longest[400];

	for (size_t k = 0; k < COUNT(MEANT); k++)
		ck_assert_msg(strcmp(alike(MEANT[k][0], NAMES), MEANT[k][1]) == 0, "%s: %s",
			      MEANT[k][0], alike(MEANT[k][0], NAMES));
	ck_assert_ptr_null(reference_alike(a, SPAN("x"), NULL, 0).p);
	memset(longest, 'a', sizeof(longest));
	longest[sizeof(longest) - 1] = '\0';
	ck_assert_str_eq(alike(longest, NAMES), "");
	ck_assert_str_eq(alike("slack", (const char *const[]){longest, NULL}), "");
	longest[80] = '\0';
	ck_assert_str_eq(alike(longest, (const char *const[]){longest, NULL}), longest);
}
END_TEST

START_TEST(paths)
{
	static const char *const FINE[] = {"shippable.yml", "ci/a b.yml", "a/b/c.yaml", ".ci.yml",
					   "ci/..yml",	    "ärger.yml",  "x"};
	static const char *const WRONG[] = {"",
					    "/etc/a.yml",
					    "a//b",
					    "a/",
					    "./a",
					    "a/../b",
					    "..",
					    "a\\b",
					    " a",
					    "a ",
					    "a\tb",
					    "a\nb",
					    "a\x01",
					    "\xff",
					    "a\xe2\x80\xae"
					    "b"};
	char longest[2 * WORKFLOW_PATH_CHARS_MAX + 3];

	for (size_t k = 0; k < COUNT(FINE); k++)
		ck_assert_msg(workflow_path_fault(a, span_str(FINE[k])).p == NULL, "%s", FINE[k]);
	for (size_t k = 0; k < COUNT(WRONG); k++)
		ck_assert_msg(workflow_path_fault(a, span_str(WRONG[k])).n > 0, "%s", WRONG[k]);
	for (size_t k = 0; k < WORKFLOW_PATH_CHARS_MAX; k++)
		memcpy(longest + 2 * k, "ä", 2);
	longest[2 * WORKFLOW_PATH_CHARS_MAX] = '\0';
	ck_assert_ptr_null(workflow_path_fault(a, span_str(longest)).p);
	strcat(longest, "x");
	ck_assert_uint_gt(workflow_path_fault(a, span_str(longest)).n, 0);
}
END_TEST

START_TEST(cut)
{
	ck_assert(span_is(reference_cut(SPAN("abc"), 3), "abc"));
	ck_assert(span_is(reference_cut(SPAN("abcd"), 3), "abc"));
	ck_assert(span_is(reference_cut(SPAN("äöüß"), 3), "äöü"));
	ck_assert(span_is(reference_cut(SPAN(""), 3), ""));
}
END_TEST

START_TEST(names_less)
{
	const struct span now[] = {SPAN("b"), SPAN("a"), SPAN("c"), SPAN("a"), SPAN("d")};
	const struct span was[] = {SPAN("c"), SPAN("b"), SPAN("x")};
	struct span *list;
	size_t n;

	list = reference_names_less(a, now, COUNT(now), was, COUNT(was), &n);
	ck_assert_uint_eq(n, 2);
	ck_assert(span_is(list[0], "a") && span_is(list[1], "d"));
	list = reference_names_less(a, was, COUNT(was), now, COUNT(now), &n);
	ck_assert_uint_eq(n, 1);
	ck_assert(span_is(list[0], "x"));
	reference_names_less(a, NULL, 0, now, COUNT(now), &n);
	ck_assert_uint_eq(n, 0);
	reference_names_less(a, now, COUNT(now), NULL, 0, &n);
	ck_assert_uint_eq(n, 4);
}
END_TEST

Suite *core_reference_suite(void)
{
	Suite *s = suite_create("core_reference");
	TCase *c = tcase_create("reference");

	tcase_add_checked_fixture(c, set_up, tear_down);
	tcase_add_test(c, judged);
	tcase_add_test(c, judged_by_type);
	tcase_add_test(c, judged_bound);
	tcase_add_test(c, words);
	tcase_add_test(c, did_you_mean);
	tcase_add_test(c, paths);
	tcase_add_test(c, cut);
	tcase_add_test(c, names_less);
	suite_add_tcase(s, c);
	return s;
}
