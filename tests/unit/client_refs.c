/* client_refs.c: how signet refs prints. */
#include "unit/suites.h"

#include <jansson.h>

#include "client/refs.h"

static void read_one(struct arena *a, struct span file, struct found *found)
{
	found->rc = ref_read(a, file, NULL, &REF_LIMITS, &found->refs);
}

static const struct {
	const char *name;
	struct span file;
	const char *lines;
} LINES[] = {
	/* sorted as text: line 10 before line 2 */
	{"f", SPAN("- integration: a\n- integration: b\n\n\n\n\n\n\n\n- integration: c\n"),
	 "f:1\tresource\t\ta\nf:10\tresource\t\tc\nf:2\tresource\t\tb\n"},
	{"a/b c:1", SPAN("jobs: [{name: j k, integrations: [b, a, b]}]"),
	 "a/b c:1:1\tjob\tj k\ta\na/b c:1:1\tjob\tj k\tb\n"},
	/* exactly, unless it would break the line */
	{"f", SPAN("- integration: 'a\\nb\"c $ \xC3\xA9'"),
	 "f:1\tresource\t\ta\\nb\"c $ \xC3\xA9\n"},
	{"f", SPAN("- {name: \"a\\tb\", integration: \"a\\nb\\\\c\\r\"}"),
	 "f:1\tresource\ta\\tb\ta\\nb\\\\c\\r\n"},
	{"f", SPAN("- integration: \"\\0\\x7f\\N\\L\\P\\e\"\n"),
	 "f:1\tresource\t\t\\u0000\\u007f\\u0085\\u2028\\u2029\\u001b\n"},
	{"f\ng", SPAN("- integration: a"), "f\\ng:1\tresource\t\ta\n"},
	{"f", SPAN("a:\n\t- b"), "f:2\terror\n"},
	{"f", SPAN("a: b"), ""},
};

START_TEST(lines)
{
	struct arena *a = arena_new();
	struct buf out = BUF_INIT;
	struct found found = {.file = LINES[_i].name};

	read_one(a, LINES[_i].file, &found);
	refs_text(a, &found, &out);
	buf_puts(&out, "");
	ck_assert_str_eq(out.p, LINES[_i].lines);
	buf_release(&out);
	arena_free(a);
}
END_TEST

START_TEST(json_document)
{
	struct arena *a = arena_new();
	struct buf out = BUF_INIT;
	struct json *json = refs_json_new();
	struct found found = {.file = "f"}, bad = {.file = "\xFF"
							   "b"};
	json_t *all, *is;

	read_one(a,
		 SPAN("jobs:\n- {name: \"j\\t\", integration: \"a\\0\\n\"}\n- integrations: $x\n"),
		 &found);
	read_one(a, SPAN("a: *b"), &bad);
	refs_json_add(json, &found);
	refs_json_add(json, &bad);
	refs_json_end(json, &out);
	all = json_loadb(out.p, out.n, JSON_ALLOW_NUL, NULL);
	ck_assert(all != NULL);
	is = json_pack("{s:[{s:s,s:i,s:i,s:s,s:s,s:s#,s:s,s:b},{s:s,s:i,s:i,s:s,s:s,s:s,s:s,s:b}],"
		       "s:[{s:s,s:i,s:i,s:s}]}",
		       "references", "file", "f", "line", 2, "column", 30, "kind", "job",
		       "consumer", "j\t", "name", "a\0\n", 3, "key", "integration", "dynamic", 0,
		       "file", "f", "line", 3, "column", 17, "kind", "job", "consumer", "", "name",
		       "$x", "key", "integrations", "dynamic", 1, "errors", "file",
		       "\xEF\xBF\xBD"
		       "b",
		       "line", 1, "column", 4, "reason",
		       "`*b` is used here but its anchor is not in this file; add "
		       "shippable.templates.yml (--templates FILE)");
	ck_assert(is != NULL);
	ck_assert_msg(json_equal(all, is), "%s", out.p);
	json_decref(all);
	json_decref(is);
	buf_release(&out);
	arena_free(a);
}
END_TEST

Suite *client_refs_suite(void)
{
	Suite *s = suite_create("client_refs");
	TCase *c = tcase_create("print");

	tcase_add_loop_test(c, lines, 0, (int)COUNT(LINES));
	tcase_add_test(c, json_document);
	suite_add_tcase(s, c);
	return s;
}
