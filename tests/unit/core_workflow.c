/* core_workflow.c: the line that a page offers to copy, read back by the reader of workflow files.
 */
#include "unit/suites.h"

#include "base/buf.h"
#include "base/err.h"
#include "core/name.h"
#include "core/workflow.h"
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

/* {name, how it is written} */
static const char *const TABLE[][2] = {
	{"jenkins_prod", "jenkins_prod"},
	{"DC/OS", "DC/OS"},
	{"a.b-c_d2", "a.b-c_d2"},
	{"docker hub", "\"docker hub\""},
	{"Slack (DevTac)", "\"Slack (DevTac)\""},
	{"yes", "\"yes\""},
	{"No", "\"No\""},
	{"NULL", "\"NULL\""},
	{"y", "\"y\""},
	{"true", "\"true\""},
	{"~", "\"~\""},
	{"1", "\"1\""},
	{"0x1F", "\"0x1F\""},
	{"1e3", "\"1e3\""},
	{"12:30", "\"12:30\""},
	{"2026-01-01", "\"2026-01-01\""},
	{"-", "\"-\""},
	{"- a", "\"- a\""},
	{"---", "\"---\""},
	{"...", "\"...\""},
	{"a: b", "\"a: b\""},
	{"a #b", "\"a #b\""},
	{"a,b", "\"a,b\""},
	{"[a]", "\"[a]\""},
	{"{a}", "\"{a}\""},
	{"*a", "\"*a\""},
	{"&a", "\"&a\""},
	{"!a", "\"!a\""},
	{"%a", "\"%a\""},
	{"@a", "\"@a\""},
	{"`a`", "\"`a`\""},
	{"|", "\"|\""},
	{">", "\">\""},
	{"?", "\"?\""},
	{"<<", "\"<<\""},
	{"'a'", "\"'a'\""},
	{"\"a\"", "\"\\\"a\\\"\""},
	{"a\\nb", "\"a\\\\nb\""},
	{"back\\", "\"back\\\\\""},
	{"two  blanks", "\"two  blanks\""},
	{"caf\xC3\xA9", "\"caf\xC3\xA9\""},
	{"\xF0\x9F\x94\x91 key", "\"\xF0\x9F\x94\x91 key\""},
	{"a\xC2\xA0"
	 "b",
	 "\"a\xC2\xA0"
	 "b\""},
	{"a\xEF\xBF\xBF"
	 "b",
	 "\"a\\uFFFFb\""},
	{"\xEF\xBF\xBE", "\"\\uFFFE\""},
	{"email", "email"},
	{"100%", "\"100%\""},
	{"$", "\"$\""},
	{"$1", "\"$1\""},
	{"a$", "\"a$\""},
};

/* The lines of the details page in a file of their own. */
static const struct {
	const char *format;
	enum ref_kind kind;
} FILES[] = {
	{"integrations:\n  hub:\n    - integrationName: %.*s\n      type: dockerRegistryLogin\n",
	 REF_CI},
	{"resources:\n  - name: r\n    type: gitRepo\n    integration: %.*s\n", REF_RESOURCE},
	{"jobs:\n  - name: j\n    type: runSh\n    integrations:\n      - %.*s\n", REF_JOB},
	{"jobs:\n  - name: j\n    type: runSh\n    integrations: [%.*s]\n", REF_JOB},
	{"jobs: [{name: j,integrations: [ %.*s,]}]\n", REF_JOB},
	{"resources: [{name: r, integration: %.*s}]\n", REF_RESOURCE},
	{"{\"resources\":[{\"name\":\"r\",\"integration\":%.*s,\"type\":\"gitRepo\"}]}\n",
	 REF_RESOURCE},
};

static void text_reads_back(struct span text, struct span name, bool dynamic)
{
	for (size_t k = 0; k < COUNT(FILES); k++) {
		struct span file = arena_printf(a, FILES[k].format, SPAN_ARG(text));
		struct ref_result r;

		ck_assert_msg(ref_read(a, file, NULL, &REF_LIMITS, &r) == OK, "%s", file.p);
		ck_assert_msg(r.n == 1 && span_eq(r.at[0].name, name), "%s", file.p);
		ck_assert_int_eq((int)r.at[0].kind, (int)FILES[k].kind);
		ck_assert_int_eq(r.at[0].dynamic, dynamic);
	}
}

/* Alone, and in the place of scalars of each kind. */
static void reads_back(struct span name, bool dynamic)
{
	static const char *const BEFORE[] = {"old", "\"old\"", "'old'", "*old"};

	text_reads_back(workflow_name_text(a, name), name, dynamic);
	for (size_t k = 0; k < COUNT(BEFORE); k++)
		text_reads_back(workflow_name_text_as(a, name, span_str(BEFORE[k])), name, dynamic);
	ck_assert_int_eq(workflow_name_is_dynamic(name), dynamic);
}

START_TEST(names_are_quoted_where_they_must)
{
	struct span name = span_str(TABLE[_i][0]);

	ck_assert_msg(name_fault(a, name).p == NULL, "%s is a name", name.p);
	ck_assert_str_eq(arena_str(a, workflow_name_text(a, name)), TABLE[_i][1]);
	reads_back(name, false);
}
END_TEST

/* {name, what stood there, what stands there then} */
START_TEST(quotes_stay)
{
	static const char *const AS[][3] = {
		{"new", "old", "new"},
		{"new", "\"old\"", "\"new\""},
		{"new", "'old'", "'new'"},
		{"new", "*old", "new"},
		{"a b", "old", "\"a b\""},
		{"it's", "'old'", "'it''s'"},
		{"it's", "\"old\"", "\"it's\""},
		{"a\"b\\", "'old'", "'a\"b\\'"},
		{"a\xEF\xBF\xBF", "'old'", "\"a\\uFFFF\""},
	};

	for (size_t k = 0; k < COUNT(AS); k++)
		ck_assert_str_eq(arena_str(a, workflow_name_text_as(a, span_str(AS[k][0]),
								    span_str(AS[k][1]))),
				 AS[k][2]);
}
END_TEST

START_TEST(variables_are_told)
{
	reads_back(SPAN("$HOME"), true);
	reads_back(SPAN("a ${x}"), true);
	reads_back(SPAN("a$_b"), true);
}
END_TEST

static struct span character(unsigned c, char bytes[4])
{
	struct span one = {bytes, 0};

	if (c < 0x80) {
		bytes[one.n++] = (char)c;
	} else if (c < 0x800) {
		bytes[one.n++] = (char)(0xC0 | c >> 6);
		bytes[one.n++] = (char)(0x80 | (c & 0x3F));
	} else {
		bytes[one.n++] = (char)(0xE0 | c >> 12);
		bytes[one.n++] = (char)(0x80 | (c >> 6 & 0x3F));
		bytes[one.n++] = (char)(0x80 | (c & 0x3F));
	}
	return arena_span(a, one);
}

enum { BLOCK = 256 };

/* The legal ones of: each character of the block alone, and in the midst of a name. */
static size_t names_of_block(unsigned first, struct span names[2 * BLOCK])
{
	size_t n = 0;

	for (unsigned c = first; c < first + BLOCK; c++) {
		char bytes[4];
		struct span one = character(c, bytes),
			    amid = arena_printf(a, "a%.*s1", SPAN_ARG(one));

		if (!name_fault(a, one).p)
			names[n++] = one;
		if (!name_fault(a, amid).p)
			names[n++] = amid;
	}
	return n;
}

/* All names in one file, as items under `head`, each line made by `format`. */
static void block_reads_back(const struct span *names, size_t n, const char *head,
			     const char *format, const char *before)
{
	struct buf file = BUF_INIT;
	struct ref_result r;

	buf_puts(&file, head);
	for (size_t k = 0; k < n; k++)
		buf_printf(&file, format,
			   SPAN_ARG(workflow_name_text_as(a, names[k], span_str(before))));
	ck_assert_msg(ref_read(a, buf_span(&file), NULL, &REF_LIMITS, &r) == OK, "%s%s", head,
		      format);
	ck_assert_uint_eq(r.n, n);
	for (size_t k = 0; k < n; k++)
		ck_assert_msg(span_eq(r.at[k].name, names[k]), "%.*s", SPAN_ARG(names[k]));
	buf_release(&file);
}

/* Every character of the first plane that a name may have. */
START_TEST(every_character_reads_back)
{
	static const char JOB[] = "jobs:\n  - name: j\n    type: runSh\n    integrations:\n";
	unsigned first = (unsigned)_i * BLOCK;
	struct span names[2 * BLOCK];
	size_t n = names_of_block(first, names);

	if (n == 0) {
		/* surrogates, private use, and characters of which NFC makes others */
		ck_assert_uint_ge(first, 0xD800);
		ck_assert_uint_lt(first, 0xFA00);
		return;
	}
	block_reads_back(names, n, "integrations:\n  hub:\n",
			 "    - integrationName: %.*s\n      type: dockerRegistryLogin\n", "");
	block_reads_back(names, n, "resources:\n",
			 "  - name: r\n    type: gitRepo\n    integration: %.*s\n", "");
	block_reads_back(names, n, JOB, "      - %.*s\n", "");
	block_reads_back(names, n, JOB, "      - %.*s\n", "'old'");
}
END_TEST

Suite *core_workflow_suite(void)
{
	Suite *s = suite_create("core_workflow");
	TCase *c = tcase_create("yaml");

	tcase_add_checked_fixture(c, set_up, tear_down);
	tcase_set_timeout(c, 20);
	tcase_add_loop_test(c, names_are_quoted_where_they_must, 0, (int)COUNT(TABLE));
	tcase_add_test(c, quotes_stay);
	tcase_add_test(c, variables_are_told);
	tcase_add_loop_test(c, every_character_reads_back, 0, 0x10000 / BLOCK);
	suite_add_tcase(s, c);
	return s;
}
