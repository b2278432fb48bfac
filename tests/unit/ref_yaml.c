/* ref_yaml.c: the same names in every dress that YAML has, and the line that is told for each. */
#include "unit/suites.h"

#include "unit/ref_rows.h"

static const struct ref_case SCALARS[] = {
	{SPAN("- integration: a b/c-d_E.1 (x)   # comment\n"), "1 resource  a b/c-d_E.1 (x)|"},
	{SPAN("- integration: 'it''s'\n- integration: \"a\\x41\\u00e9\\\"\"\n"),
	 "1 resource  it's|2 resource  aA\xC3\xA9\"|"},
	{SPAN("- integration:\n    a\n- integration:\n\n    # c\n    \"b\"\n"),
	 "2 resource  a|6 resource  b|"},
	/* folded over lines: where it begins */
	{SPAN("- integration: a\n    b\n- integration: \"a\n\n    b\"\n- integration: 'c\n"
	      "    d'\n"),
	 "1 resource  a b|3 resource  a\nb|6 resource  c d|"},
	/* block scalars: where their sign is; |- and >- have no line break at the end, | and >
	 * do */
	{SPAN("- integration: |-\n    a\n- integration: >-\n    b\n    c\n- integration: |\n    d\n"
	      "- integration: >+\n    e\n\n- integration: |2-\n     f\n"),
	 "1 resource  a|3 resource  b c|6 resource  d\n|8 resource  e\n\n|11 resource   f|"},
	/* numbers and truth are names; null is none, in quotes it is */
	{SPAN("- integration: 12\n- integration: 0x1F\n- integration: 1.0\n- integration: true\n"
	      "- integration: No\n- integration: 2001-01-01\n"),
	 "1 resource  12|2 resource  0x1F|3 resource  1.0|4 resource  true|5 resource  No|"
	 "6 resource  2001-01-01|"},
	{SPAN("- integration:\n- integration: ~\n- integration: null\n- integration: Null\n"
	      "- integration: NULL\n- integration: ''\n- integration: \"\"\n- integration: |\n"
	      "- integration: !!null x\n- integration: !!str\n- integration: &a\n"),
	 ""},
	{SPAN("- integration: 'null'\n- integration: \"~\"\n- integration: nULL\n"
	      "- integration: !!str null\n- integration: ! NULL\n- integration: ' '\n"),
	 "1 resource  null|2 resource  ~|3 resource  nULL|4 resource  null|5 resource  NULL|"
	 "6 resource   |"},
	/* tags; a tag or anchor on an earlier line than its scalar */
	{SPAN("- integration: !x a\n- integration: !!binary b\n- integration: !<tag:x,2000:y> c\n"),
	 "1 resource  a|2 resource  b|3 resource  c|"},
	{SPAN("- integration: !!str\n    a\n- integration: &x\n    # c\n    \"b\n    c\"\n"
	      "- integration: &y !z\n\n    |-\n    d\n"),
	 "2 resource  a|5 resource  b c|9 resource  d|"},
	{SPAN("- integration: a#b\n- integration: a:b\n- integration: \"a # b\"\n"),
	 "1 resource  a#b|2 resource  a:b|3 resource  a # b|"},
	{SPAN("- integration: \xE6\x9D\xB1\xE4\xBA\xAC\n"
	      "- integration: caf\xC3\xA9 \xF0\x9F\x9A\x80\n"),
	 "1 resource  \xE6\x9D\xB1\xE4\xBA\xAC|2 resource  caf\xC3\xA9 \xF0\x9F\x9A\x80|"},
};

static const struct ref_case KEYS[] = {
	{SPAN("\"resources\":\n- 'integration': a\n  \"na\\x6De\": r\n"), "2 resource r a|"},
	{SPAN("resources :\n- integration : a\n"), "2 resource  a|"},
	{SPAN("? resources\n: - ? integration\n    : a\n"), "3 resource  a|"},
	{SPAN("resources:\n- integration:a\n"), ""},
	{SPAN("resources:\n- Integration: a\n- integration_name: b\n- INTEGRATION: c\n"), ""},
	/* the last of two with one name, also when it is nothing */
	{SPAN("resources:\n- integration: a\n  integration: b\n- integration: c\n  integration:\n"),
	 "3 resource  b|"},
	{SPAN("resources:\n- integration: a\nresources:\n- integration: b\n"), "4 resource  b|"},
	{SPAN("resources:\n- integration: a\nresources:\n"), ""},
	{SPAN("integrations:\n  hub:\n  - integrationName: a\n  key: [integrationName: b]\n"
	      "  hub:\n  - integrationName: c\n"),
	 "4 ci ci b|6 ci ci c|"},
	{SPAN("integrations:\n- {integrationName: email, type: slack, type: email}\n"
	      "- {integrationName: email, type: email, type: slack}\n"),
	 "3 ci ci email|"},
	{SPAN("jobs:\n- name: a\n  name: b\n  integration: c\n"), "4 job b c|"},
	/* a list or map as key */
	{SPAN("? [a]\n: b\n? {c: d}\n: e\nresources:\n- ? [x]\n  : y\n  integration: z\n"),
	 "8 resource  z|"},
	{SPAN("integrations:\n  ? [a]\n  : - integrationName: b\n  ? [a]\n"
	      "  : - integrationName: c\n"
	      "  '': [integrationName: d]\n  \"\": [integrationName: e]\n"),
	 "3 ci ci b|5 ci ci c|7 ci ci e|"},
};

static const struct ref_case ALIASES[] = {
	/* where the alias is written */
	{SPAN("x: &a name\nresources:\n- integration: *a\n  name: *a\n"), "3 resource name name|"},
	{SPAN("resources:\n- &r\n  name: r\n  integration: a\n- *r\n"),
	 "4 resource r a|5 resource r a|"},
	{SPAN("x: &x\n- integration: a\nresources: *x\ntriggers: *x\n"),
	 "3 resource  a|4 resource  a|"},
	{SPAN("jobs:\n- integrations: &l [a, b]\n- integrations: *l\n- integrations: [*l]\n"),
	 "2 job  a|2 job  b|3 job  a|3 job  b|"},
	{SPAN("x: [&n c]\njobs:\n- integrations: [*n, {name: *n}]\n- &m {integrations: [*n]}\n"
	      "- *m\n"),
	 "3 job  c|3 job  c|4 job  c|5 job  c|"},
	/* the outermost counts */
	{SPAN("x: &n a\ny: &e {integration: *n}\nz: &l [*e]\nresources: *l\n"), "4 resource  a|"},
	/* aliases as keys; an anchor that is used twice */
	{SPAN("? &k resources\n: - ? &i integration\n    : a\ntriggers:\n- *i : b\n"),
	 "3 resource  a|5 resource  b|"},
	{SPAN("x: &s triggers\n*s :\n- integration: a\n"), "3 resource  a|"},
	{SPAN("x: &a one\ny: *a\nz: &a two\nresources:\n- integration: *a\n"), "5 resource  two|"},
	{SPAN("resources:\n- integration: &a one\n- integration: *a\n- integration: &a two\n"
	      "- integration: *a\n"),
	 "2 resource  one|3 resource  one|4 resource  two|5 resource  two|"},
	/* of two with one name that lie in each other, the one that began last */
	{SPAN("x: &a [&a b, *a]\nresources: [integration: *a]\n"), "2 resource  b|"},
	{SPAN("x: &a\nresources:\n- integration: *a\n"), ""},
	/* what is not looked at may be pointed to, with all that is in it */
	{SPAN("a: {b: &s {integrations: {any: [integrationName: q]}}}\n<<: *s\n"), "2 ci ci q|"},
	{SPAN("build:\n  ci:\n  - deep: [{er: &e {integration: a}}]\nresources:\n- *e\n"),
	 "5 resource  a|"},
};

static const struct ref_case MERGES[] = {
	{SPAN("x: &d {integration: a, name: d}\nresources:\n- <<: *d\n  name: r\n"),
	 "3 resource r a|"},
	/* the entry's own wins, wherever the merge key stands */
	{SPAN("x: &d {integration: a}\nresources:\n- integration: b\n  <<: *d\n- <<: *d\n"
	      "  integration:\n"),
	 "3 resource  b|"},
	/* of a list the first wins; of two merge keys the last */
	{SPAN("x: &a {integration: a}\ny: &b {integration: b, name: n}\nresources:\n"
	      "- <<: [*a, *b]\n"
	      "- <<: *a\n  <<: *b\n- <<:\n  - *b\n  - *a\n"),
	 "4 resource n a|6 resource n b|7 resource n b|"},
	/* through several, and in place */
	{SPAN("x: &a {integration: a}\ny: &b {<<: *a, name: n}\nresources:\n- <<: *b\n"
	      "- <<: {integration: c}\n- <<:\n    integration: d\n"),
	 "4 resource n a|5 resource  c|6 resource  d|"},
	{SPAN("x: &c {integrationName: a}\nresources:\n- configuration:\n    <<: *c\n"
	      "- configuration: *c\n"),
	 "4 resource  a|5 resource  a|"},
	/* at the root and of families */
	{SPAN("x: &s\n  resources: [integration: a]\n  jobs: [integration: b]\n<<: *s\n"
	      "jobs: [integration: c]\n"),
	 "4 resource  a|5 job  c|"},
	{SPAN("x: &f\n  hub: [integrationName: a]\n  key: [integrationName: b]\nintegrations:\n"
	      "  <<: *f\n  key: [integrationName: c]\n"),
	 "5 ci ci a|6 ci ci c|"},
	/* what cannot be merged is passed over; in quotes it is a key like any other */
	{SPAN("resources:\n- <<: a\n  integration: b\n- <<: [a, [integration: c]]\n- <<:\n"),
	 "3 resource  b|"},
	{SPAN("resources:\n- '<<': {integration: a}\n- !!str <<: {integration: b}\n"
	      "- !!merge <<: {integration: c}\n"),
	 "4 resource  c|"},
	{SPAN("integrations:\n  '<<': [integrationName: a]\n"), "2 ci ci a|"},
};

static const struct ref_case FLOW[] = {
	{SPAN("resources: [{name: r, integration: a}, {integration: \"b\"},\n"
	      "  {\"integration\":c}]\n"),
	 "1 resource  b|1 resource r a|2 resource  c|"},
	{SPAN("{resources: [integration: a, {integration: b,},]}"), "1 resource  a|1 resource  b|"},
	{SPAN("jobs: [{integrations: [\n a,\n 'b' # c\n ,c]}]"), "2 job  a|3 job  b|4 job  c|"},
	{SPAN("integrations: {hub: [{integrationName: a}], key: {integrationName: b}}"),
	 "1 ci ci a|1 ci ci b|"},
	{SPAN("- {integration: a\n    b}\n- {integration: }\n- {integration}\n"
	      "- {? integration : c}\n"),
	 "1 resource  a b|5 resource  c|"},
};

static const struct ref_case LINES[] = {
	{SPAN("resources:\r\n- name: r\r\n  integration: a\r\n- integration: \"b\"  \r\n"),
	 "3 resource r a|4 resource  b|"},
	{SPAN("resources:\r- integration: a\r- integration: b"), "2 resource  a|3 resource  b|"},
	{SPAN("resources:\n- integration: a \t \n- integration: \"b\"\t\n- integration:\tc\t# d\n"),
	 "2 resource  a|3 resource  b|4 resource  c|"},
	{SPAN("resources:\n\n\n   \n- integration: a\n\n- integration: b"),
	 "5 resource  a|7 resource  b|"},
	/* line breaks of YAML 1.1 that no editor counts */
	{SPAN(
	 "# a\xC2\x85# b\xE2\x80\xA8# c\n- integration: a\n# \xE2\x80\xA9\r\n\n- integration: b\n"),
	 "2 resource  a|5 resource  b|"},
	{SPAN("\xEF\xBB\xBFresources:\n- integration: a\n"), "2 resource  a|"},
	{SPAN("\xEF\xBB\xBF- integration: a\n"), "1 resource  a|"},
	{SPAN("%YAML 1.1\n---\n- integration: a\n"), "3 resource  a|"},
	{SPAN("%YAML 1.2\n%TAG !e! tag:e,2000:\n--- # c\n- integration: !e!x a\n"),
	 "4 resource  a|"},
	{SPAN("--- {resources: [integration: a]}\n"), "1 resource  a|"},
	/* documents: each has its own keys and anchors */
	{SPAN("resources:\n- integration: &a a\n---\nresources:\n- integration: b\n...\n# c\n---\n"
	      "- integration: &a c\n- integration: *a\n"),
	 "2 resource  a|5 resource  b|9 resource  c|10 resource  c|"},
};

/* "resources:\n- integration: é😀\n" */
#define UTF16LE                                                                                    \
	"\xFF\xFEr\0e\0s\0o\0u\0r\0c\0e\0s\0:\0\n\0-\0 \0i\0n\0t\0e\0g\0r\0a\0t\0i\0o\0n\0:\0 \0"  \
	"\xE9\0\x3D\xD8\x00\xDE\n\0"
#define UTF16BE                                                                                    \
	"\xFE\xFF\0r\0e\0s\0o\0u\0r\0c\0e\0s\0:\0\n\0-\0 \0i\0n\0t\0e\0g\0r\0a\0t\0i\0o\0n\0:\0 "  \
	"\0\xE9\xD8\x3D\xDE\x00\0\n"

static const struct ref_case UTF16[] = {
	{SPAN(UTF16LE), "2 resource  \xC3\xA9\xF0\x9F\x98\x80|"},
	{SPAN(UTF16BE), "2 resource  \xC3\xA9\xF0\x9F\x98\x80|"},
};

static const struct ref_case TEMPLATED[] = {
	{SPAN("resources:\n- integration: *name\n- <<: *entry\n- *entry\n"),
	 "2 resource  from-templates|3 resource t other|4 resource t other|"},
	/* the file's own anchor counts; in each document the templates are there again */
	{SPAN("x: &name own\nresources:\n- integration: *name\n---\n- integration: *name\n"),
	 "3 resource  own|5 resource  from-templates|"},
	{SPAN("resources: *list\n"), "1 resource  from-templates|1 resource t other|"},
};

START_TEST(templates)
{
	struct arena *a = arena_new();
	struct ref_templates *t;
	struct ref_fault fault;

	ck_assert_int_eq(
	    ref_templates_read(a,
			       SPAN("resources:\n- integration: not-this\nx: &name from-templates\n"
				    "---\ny: &entry {name: t, integration: other}\n"
				    "z: &list [*entry, integration: *name]\n"),
			       &REF_LIMITS, &t, &fault),
	    OK);
	ref_rows_expect(&TEMPLATED[_i], t);
	arena_free(a);
}
END_TEST

#define CASES_TEST(name, table)                                                                    \
	START_TEST(name)                                                                           \
	{                                                                                          \
		ref_rows_expect(&table[_i], NULL);                                                 \
	}                                                                                          \
	END_TEST

CASES_TEST(scalars, SCALARS)
CASES_TEST(keys, KEYS)
CASES_TEST(aliases, ALIASES)
CASES_TEST(merge_keys, MERGES)
CASES_TEST(flow_style, FLOW)
CASES_TEST(lines_and_documents, LINES)
CASES_TEST(utf16, UTF16)

Suite *ref_yaml_suite(void)
{
	Suite *s = suite_create("ref_yaml");
	TCase *c = tcase_create("yaml");

	tcase_add_loop_test(c, scalars, 0, (int)COUNT(SCALARS));
	tcase_add_loop_test(c, keys, 0, (int)COUNT(KEYS));
	tcase_add_loop_test(c, aliases, 0, (int)COUNT(ALIASES));
	tcase_add_loop_test(c, merge_keys, 0, (int)COUNT(MERGES));
	tcase_add_loop_test(c, flow_style, 0, (int)COUNT(FLOW));
	tcase_add_loop_test(c, lines_and_documents, 0, (int)COUNT(LINES));
	tcase_add_loop_test(c, utf16, 0, (int)COUNT(UTF16));
	tcase_add_loop_test(c, templates, 0, (int)COUNT(TEMPLATED));
	suite_add_tcase(s, c);
	return s;
}
