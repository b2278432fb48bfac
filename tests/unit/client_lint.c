/* client_lint.c: what signet lint makes of an answer. */
#include "unit/suites.h"

#include <stdlib.h>

#include <jansson.h>

#include "client/lint.h"

/* --- reasons --- */

static const struct {
	const char *text;
	int rc;
	bool missing, dynamic, newer;
} SETS[] = {
	{NULL, OK, true, false, true},
	{"all", OK, true, true, true},
	{"none", OK, false, false, false},
	{"dynamic", OK, false, true, false},
	{"missing,dynamic", OK, true, true, false},
	{"denied, missing", OK, true, false, false},
	{"unreadable", OK, false, false, false},
	{"", E_INVALID, false, false, false},
	{"missing,", E_INVALID, false, false, false},
	{"Missing", E_INVALID, false, false, false},
	{"all,missing", E_INVALID, false, false, false},
	{"newer", E_INVALID, false, false, false},
};

START_TEST(sets)
{
	struct reason_set set;
	struct span wrong;

	ck_assert_int_eq(reason_set_parse(SETS[_i].text, &set, &wrong), SETS[_i].rc);
	if (SETS[_i].rc != OK)
		return;
	ck_assert_int_eq(reason_set_has(&set, SPAN("missing")), SETS[_i].missing);
	ck_assert_int_eq(reason_set_has(&set, SPAN("dynamic")), SETS[_i].dynamic);
	ck_assert_int_eq(reason_set_has(&set, SPAN("newer")), SETS[_i].newer);
	ck_assert(reason_set_has(&set, SPAN("unreadable")));
}
END_TEST

START_TEST(default_set)
{
	const char *warns[] = {"dynamic", "owner-left", "not-connected"};
	size_t n = 0;

	for (size_t k = 0; k < REASONS; k++) {
		ck_assert_uint_eq(reason_at(span_str(REASON_LIST[k].slug)), k);
		n += !REASON_LIST[k].fails;
	}
	ck_assert_uint_eq(n, COUNT(warns));
	for (size_t k = 0; k < COUNT(warns); k++)
		ck_assert(!REASON_LIST[reason_at(span_str(warns[k]))].fails);
}
END_TEST

/* --- answers --- */

/* Two files and one for --templates, all asked about. */
static struct lint new_lint(void)
{
	struct lint l = {.a = arena_new()};
	struct span no;

	l.o = (struct lint_options){.project = "acme/web", .nfiles = 2};
	ck_assert_int_eq(reason_set_parse(NULL, &l.o.fails, &no), OK);
	l.files = ARENA_ARRAY(l.a, struct lint_file, 3);
	l.nfiles = 3;
	l.files[0] = (struct lint_file){.name = "./ci/a b:c\xFF.yml", .path = SPAN("1.yml")};
	l.files[1] = (struct lint_file){.name = "/abs.yml", .path = SPAN("2.yml")};
	l.files[2] = (struct lint_file){
		.name = "t.yml", .path = SPAN("shippable.templates.yml"), .aside = true};
	return l;
}

#define FILES(one, two, three)                                                                     \
	"\"files\": [{\"path\": \"1.yml\", " one "}, {\"path\": \"2.yml\", " two                   \
	"}, {\"path\": \"shippable.templates.yml\", " three "}]"
#define WHOLE "\"references\": 2, \"fault\": null"
#define NONE "\"references\": 0, \"fault\": null"
#define PROBLEM(path, reason, name)                                                                \
	"{\"path\": \"" path "\", \"line\": 7, \"column\": 3, \"reason\": \"" reason               \
	"\", \"name\": \"" name "\", \"message\": \"Do (it).\"}"

static const struct {
	const char *body;
	int rc;
	long long references, fine, more;
	size_t findings, failing;
} ANSWERS[] = {
	{"{" FILES(WHOLE, NONE, NONE) ", \"references\": 2, \"fine\": 2, \"problems\": []}", OK, 2,
	 2, 0, 0, 0},
	{"{" FILES(WHOLE, WHOLE, NONE) ", \"references\": 4, \"fine\": 2, \"problems\": [" PROBLEM(
		 "2.yml", "dynamic", "$x") ", " PROBLEM("1.yml", "newer", "a\\u0000b") "]}",
	 OK, 4, 2, 0, 2, 1},
	/* without those of --templates, of which one is fine */
	{"{" FILES(WHOLE, NONE, WHOLE) ", \"references\": 4, \"fine\": 2, \"problems\": [" PROBLEM(
		 "1.yml", "missing", "x") ", " PROBLEM("shippable.templates.yml", "missing",
						       "y") "]}",
	 OK, 2, 1, 0, 1, 1},
	/* a file that cannot be read, and that of --templates */
	{"{" FILES(
		 "\"references\": 0, \"fault\": {\"line\": 0, \"message\": \"No\"}", NONE,
		 "\"references\": 0, \"fault\": {\"line\": 3, \"message\": \"No\"}") ", "
										     "\"references"
										     "\": 0, "
										     "\"fine\": 0, "
										     "\"problems\":"
										     " []}",
	 OK, 0, 0, 0, 2, 2},
	/* more than are listed */
	{"{" FILES(WHOLE, WHOLE, NONE) ", \"references\": 4, \"fine\": 1, \"problems\": [" PROBLEM(
		 "1.yml", "dynamic", "$x") "]}",
	 OK, 4, 1, 2, 1, 0},
	/* not what a Signet answers */
	{"", E_INVALID, 0, 0, 0, 0, 0},
	{"[]", E_INVALID, 0, 0, 0, 0, 0},
	{"{}", E_INVALID, 0, 0, 0, 0, 0},
	{"{\"files\": [], \"references\": 0, \"fine\": 0, \"problems\": []}", E_INVALID, 0, 0, 0, 0,
	 0},
	{"{" FILES(WHOLE, NONE, NONE) ", \"references\": 2, \"problems\": []}", E_INVALID, 0, 0, 0,
	 0, 0},
	{"{" FILES(WHOLE, NONE, NONE) ", \"references\": 2, \"fine\": 2}", E_INVALID, 0, 0, 0, 0,
	 0},
	{"{" FILES(WHOLE, NONE, NONE) ", \"references\": 2, \"fine\": 3, \"problems\": []}",
	 E_INVALID, 0, 0, 0, 0, 0},
	{"{" FILES(WHOLE, NONE,
		   "\"references\": 1") ", \"references\": 2, \"fine\": 2, \"problems\": []}",
	 E_INVALID, 0, 0, 0, 0, 0},
	{"{" FILES(WHOLE, NONE, NONE) ", \"references\": 2, \"fine\": 1, \"problems\": [" PROBLEM(
		 "3.yml", "missing", "x") "]}",
	 E_INVALID, 0, 0, 0, 0, 0},
	{"{" FILES(WHOLE, NONE, NONE) ", \"references\": 2, \"fine\": 1, \"problems\": [" PROBLEM(
		 "1.yml", "", "x") "]}",
	 E_INVALID, 0, 0, 0, 0, 0},
	{"{" FILES(WHOLE, NONE, NONE) ", \"references\": 2, \"fine\": 1, \"problems\": [{}]}",
	 E_INVALID, 0, 0, 0, 0, 0},
};

START_TEST(answers)
{
	struct lint l = new_lint();

	ck_assert_int_eq(lint_answer(&l, span_str(ANSWERS[_i].body)), ANSWERS[_i].rc);
	if (ANSWERS[_i].rc == OK) {
		ck_assert_int_eq(l.references, ANSWERS[_i].references);
		ck_assert_int_eq(l.fine, ANSWERS[_i].fine);
		ck_assert_int_eq(l.more, ANSWERS[_i].more);
		ck_assert_uint_eq(l.nfindings, ANSWERS[_i].findings);
		ck_assert_uint_eq(l.failing, ANSWERS[_i].failing);
	}
	arena_free(l.a);
}
END_TEST

/* --- formats --- */

static struct lint one_of_each(void)
{
	struct lint l = new_lint();

	ck_assert_int_eq(
		lint_answer(
			&l,
			span_str("{" FILES(
				WHOLE,
				"\"references\": 0, \"fault\": {\"line\": 0, \"message\": "
				"\"No\"}",
				NONE) ", \"references\": 2, \"fine\": 0, \"problems\": "
				      "[" PROBLEM("1.yml", "newer",
						  "[a](b) {0}\\n\\u202e") ", " PROBLEM("1.yml",
										       "owner-"
										       "left",
										       "x") "]"
											    "}")),
		OK);
	return l;
}

START_TEST(text)
{
	struct lint l = one_of_each();
	struct buf out = BUF_INIT;

	lint_text(&l, &out);
	ck_assert_str_eq(out.p, "/abs.yml:1:1: unreadable: No.\n"
				"./ci/a b:c\xFF.yml:7:3: newer: [a](b) {0}\\n\\u202e: Do (it).\n"
				"./ci/a b:c\xFF.yml:7:3: owner-left: x: Do (it).\n");
	buf_reset(&out);
	lint_summary(&l, &out);
	ck_assert_str_eq(out.p,
			 "signet lint: 2 places in 2 files; 2 to mend (1 unreadable, 1 newer); "
			 "1 to know (1 owner-left).\n");
	l.nfindings = l.failing = 0;
	l.references = 1;
	buf_reset(&out);
	lint_summary(&l, &out);
	ck_assert_str_eq(out.p, "signet lint: 1 place in 2 files, all fine.\n");
	l.references = 0;
	buf_reset(&out);
	lint_summary(&l, &out);
	ck_assert_str_eq(out.p, "signet lint: nothing in 2 files names an integration.\n");
	l.references = 1;
	l.more = 3;
	buf_reset(&out);
	lint_summary(&l, &out);
	ck_assert_str_eq(out.p, "signet lint: 1 place in 2 files; 3 more that are not listed.\n");
	buf_release(&out);
	arena_free(l.a);
}
END_TEST

static json_t *printed(void (*format)(const struct lint *, struct buf *))
{
	struct lint l = one_of_each();
	struct buf out = BUF_INIT;
	json_t *all;

	format(&l, &out);
	all = json_loadb(out.p, out.n, 0, NULL);
	ck_assert_msg(all != NULL, "%s", out.p);
	buf_release(&out);
	arena_free(l.a);
	return all;
}

START_TEST(json_document)
{
	json_t *all = printed(lint_json), *findings = json_object_get(all, "findings"), *is;

	ck_assert_uint_eq(json_array_size(findings), 3);
	is = json_pack("{s:s,s:i,s:i,s:s,s:b,s:s,s:n,s:n,s:n,s:n,s:n,s:n,s:n}", "file", "/abs.yml",
		       "line", 1, "column", 1, "reason", "unreadable", "fails", 1, "advice", "No.",
		       "name", "kind", "consumer", "key", "state", "did_you_mean", "integration");
	ck_assert(json_equal(json_array_get(findings, 0), is));
	json_decref(is);
	ck_assert_str_eq(json_string_value(json_object_get(json_array_get(findings, 1), "file")),
			 "./ci/a b:c\xEF\xBF\xBD.yml");
	ck_assert_str_eq(json_string_value(json_object_get(json_array_get(findings, 1), "name")),
			 "[a](b) {0}\n\xE2\x80\xAE");
	ck_assert(json_is_false(json_object_get(json_array_get(findings, 2), "fails")));
	json_decref(all);
}
END_TEST

static const char *string_at(json_t *v, const char *first, const char *second)
{
	return json_string_value(json_object_get(json_object_get(v, first), second));
}

START_TEST(sarif)
{
	json_t *all = printed(lint_sarif), *run = json_array_get(json_object_get(all, "runs"), 0);
	json_t *results = json_object_get(run, "results"), *newer = json_array_get(results, 1), *at;

	ck_assert_uint_eq(json_array_size(results), 3);
	/* its placeholder and link are none, what nobody sees is written out */
	ck_assert_str_eq(string_at(newer, "message", "text"),
			 "\"[a] (b) {{0}}\\n\\u202e\": Do (it).");
	ck_assert_int_eq(json_integer_value(json_object_get(newer, "ruleIndex")), REASONS);
	at = json_object_get(json_array_get(json_object_get(newer, "locations"), 0),
			     "physicalLocation");
	ck_assert_str_eq(string_at(at, "artifactLocation", "uri"), "ci/a%20b%3Ac%FF.yml");
	at = json_object_get(
		json_array_get(json_object_get(json_array_get(results, 0), "locations"), 0),
		"physicalLocation");
	ck_assert_str_eq(string_at(at, "artifactLocation", "uri"), "file:///abs.yml");
	ck_assert_str_eq(json_string_value(json_object_get(json_array_get(results, 2), "level")),
			 "warning");
	json_decref(all);
}
END_TEST

Suite *client_lint_suite(void)
{
	Suite *s = suite_create("client_lint");
	TCase *c = tcase_create("lint");

	tcase_add_loop_test(c, sets, 0, (int)COUNT(SETS));
	tcase_add_test(c, default_set);
	tcase_add_loop_test(c, answers, 0, (int)COUNT(ANSWERS));
	tcase_add_test(c, text);
	tcase_add_test(c, json_document);
	tcase_add_test(c, sarif);
	suite_add_tcase(s, c);
	return s;
}
