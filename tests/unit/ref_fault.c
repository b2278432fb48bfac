/* ref_fault.c: what is refused, where and with which words; the limits, and that they are reached
 * in little time and memory. */
#include "unit/suites.h"

#include "base/buf.h"
#include "base/clock.h"
#include "ref/ref.h"

/* `says`: a piece of the reason. */
static const struct {
	struct span file;
	int line, column;
	const char *says;
} FAULTS[] = {
	{SPAN("resources:\n\t- integration: a\n"), 2, 1,
	 "line 2 is indented with a tab; YAML wants spaces"},
	{SPAN("resources:\n- name: a\n  \tintegration: a\n"),
	 3, 3, "line 3 is indented with a tab"},
	{SPAN("a: b\n\t\nc: d\n"), 2, 1, "line 2 is blank but for a tab"},
	{SPAN("-\ta: b\n"), 1, 2, "line 1 has a tab where"},
	{SPAN("a: |\n\tb\n"), 2, 1, "line 2 is indented with a tab"},
	{SPAN("# \xC2\x85# \xE2\x80\xA8\nx: y\n\ta: b\n"), 3, 1, "line 3 is indented with a tab"},
	{SPAN("# \xC2\x85# \xE2\x80\xA8\r\nx:\n  - *y\n"), 3, 5, "`*y` is used here"},
	{SPAN("build:\n  - *build\n"), 2, 5,
	 "`*build` is used here but its anchor is not in this file; add shippable.templates.yml"},
	{SPAN("a: *b\nc: &b d\n"), 1, 4, "`*b` is used here"},
	{SPAN("a: &b c\n---\n*b\n"), 3, 1, "`*b` is used here"},
	{SPAN("resources:\n  - name: a\n - integration: b\n"), 3, 2, "a key was expected here"},
	{SPAN("a:\n  - b\n  c: d\n"), 3, 3, "(the list began in line 2)"},
	{SPAN("a: b: c\n"), 1, 5, "a `:` stands here where no key can be"},
	{SPAN("a: [b, c\nd: e\n"),
	 2, 2, "a `,` or `]` was expected here (the `[` began in line 1)"},
	{SPAN("a: {b: c\n"), 2, 1, "a `,` or `}` was expected here (the `{` began in line 1)"},
	{SPAN("a: \"b\nc: d\n"), 3, 1, "the file ends within quotes (the quote began in line 1)"},
	{SPAN("a: 'b\n---\nc: d\n"), 2, 1,
	 "a new document begins within quotes (the quote began in line 1)"},
	{SPAN("a: @b\n"), 1, 4, "`@` cannot begin a value; put the value in quotes"},
	{SPAN("a: `b`\n"), 1, 4, "` cannot begin"},
	{SPAN("a: %b\n"), 1, 4, "`%` cannot begin"},
	{SPAN("a: \"\\y\"\n"), 1, 5, "write `\\\\`"},
	{SPAN("a\nb: c\n"), 2, 2, "a `:` stands here"},
	{SPAN("- a\nb: c\n"), 2, 1, "a `- ` entry was expected"},
	{SPAN("a: b\n- c\n"), 2, 1, "a key was expected"},
	{SPAN("  a: b\nc: d\n"), 2, 1, "the file goes on after its end"},
	{SPAN("a: b\nkey with no colon\nc: d\n"), 3, 1,
	 "a `:` was expected before this, to make a key of what begins in line 2"},
	{SPAN("%YAML 3.0\n---\n"), 1, 1, "%YAML"},
	{SPAN("%YAML 1.1\n%YAML 1.1\n---\n"), 2, 1, "a second %YAML"},
	{SPAN("a: !e!x b\n"), 1, 4, "this tag's handle is not defined"},
	{SPAN("a: b\nc: \x01\n"), 2, 4, "a control character"},
	{SPAN("a: b\nc: \xFF\n"), 2, 4, "not UTF-8"},
	{SPAN("a: b\nc: \xC3("), 2, 5, "not UTF-8"},
	{SPAN("a: \xED\xA0\x80\n"), 1, 4, ""},
	{SPAN("a: b\n\n# c\0\n"), 3, 4, "NUL byte"},
	{SPAN("a\0:\0 \0b\0\n\0"), 1, 2, "UTF-16 without a byte order mark"},
	{SPAN("\xFF\xFE"
	      "a\0\0\0"),
	 1, 2, "NUL"},
	{SPAN("\xFF\xFE\n\0a"), 2, 1, "UTF-16"},
	{SPAN("\xFF\xFE"
	      "a\0\x00\xDC"),
	 1, 2, "UTF-16"},
	{SPAN("\xFE\xFF\xD8\x00\x00"
	      "a"),
	 1, 1, "UTF-16"},
};

START_TEST(faults)
{
	struct arena *a = arena_new();
	struct ref_result r;
	int rc = ref_read(a, FAULTS[_i].file, NULL, &REF_LIMITS, &r);

	ck_assert_int_eq(rc, E_INVALID);
	ck_assert_msg(r.fault.line == FAULTS[_i].line && r.fault.column == FAULTS[_i].column &&
			  memmem(r.fault.reason.p, r.fault.reason.n, FAULTS[_i].says,
				 strlen(FAULTS[_i].says)),
		      "%.*s: %d:%d: %.*s", SPAN_ARG(FAULTS[_i].file), r.fault.line, r.fault.column,
		      SPAN_ARG(r.fault.reason));
	ck_assert(r.n == 0 && r.at == NULL);
	arena_free(a);
}
END_TEST

/* With the limits 5 levels, 3 references, 20 nodes by aliases, 100 bytes. */
static const struct {
	struct span file;
	int line;
	const char *says; /* NULL: within them */
} LIMITED[] = {
	{SPAN("[[[[[a]]]]]"), 0, NULL},
	{SPAN("\n[[[[[[a]]]]]]"), 2, "nested more than 5 levels"},
	{SPAN("[[[[{a: b}]]]]"), 0, NULL},
	{SPAN("[[[[[{a: b}]]]]]"), 1, "nested more than 5 levels"},
	/* through aliases */
	{SPAN("- &a [[[b]]]\n- [*a]\n"), 0, NULL},
	{SPAN("- &a [[[b]]]\n- [[*a]]\n"), 2, "nested more than 5 levels"},
	{SPAN("- &a [b]\n- &b [*a]\n- &c [*b]\n- &d [*c]\n- &e [*d]\n"), 5, "nested more than"},
	{SPAN("- integration: a\n- integration: b\n- integration: c\n"), 0, NULL},
	{SPAN("- integration: a\n- integration: b\n- integration: c\n- integration: d\n"), 4,
	 "more than 3 references"},
	/* repeats count, too: an alias could bring in any number */
	{SPAN("- &a {integration: a}\n- *a\n- *a\n- *a\n"), 4, "more than 3 references"},
	{SPAN("---\n- integration: a\n---\n- integration: b\n- integration: c\n- integration: d\n"),
	 6,
	 "more than 3 references"},
	{SPAN("- &a [1,2,3,4]\n- *a\n- *a\n- *a\n- *a\n"), 0, NULL},
	{SPAN("- &a [1,2,3,4]\n- *a\n- *a\n- *a\n- *a\n- *a\n"), 6,
	 "with `*a` aliases bring in more than 20"},
	{SPAN("- &a [1,2,3]\n- &b [*a,*a]\n- [*b,\n *b]\n"), 4, "`*b`"},
	{SPAN("x: &a\n  - *a\n"), 2, "`*a` is used inside of what it stands for"},
	{SPAN("&r\nx: {y: [*r]}\n"), 2, "`*r` is used inside"},
	{SPAN("&r {*r : x}\n"), 1, "`*r` is used inside"},
	{SPAN("# 3456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 "
	      "123456789 1234567890"),
	 0, NULL},
	{SPAN("# 3456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 "
	      "123456789 1234567890x"),
	 1, "more than 100 bytes"},
};

START_TEST(limits)
{
	static const struct ref_limits LIMITS = {100, 5, 3, 20};
	struct arena *a = arena_new();
	struct ref_result r;
	int rc = ref_read(a, LIMITED[_i].file, NULL, &LIMITS, &r);

	ck_assert_msg(rc == (LIMITED[_i].says ? E_TOO_BIG : OK), "%.*s: %d: %.*s",
		      SPAN_ARG(LIMITED[_i].file), rc, SPAN_ARG(r.fault.reason));
	if (LIMITED[_i].says) {
		ck_assert_int_eq(r.fault.line, LIMITED[_i].line);
		ck_assert_msg(strstr(r.fault.reason.p, LIMITED[_i].says) != NULL, "%.*s",
			      SPAN_ARG(r.fault.reason));
		ck_assert(r.n == 0 && r.at == NULL);
	}
	arena_free(a);
}
END_TEST

/* Files of 1 MiB that are made to take long. `size` of `unit`, between `head` and `tail`. */
static const struct {
	const char *head, *unit, *tail;
	int rc;
} HOSTILE[] = {
	{"", "- \n", "", OK},
	{"", "[", "", E_TOO_BIG},
	{"[", "a,", "]", OK},
	{"", "%TAG !a! b\n", "---\n", E_TOO_BIG},
	{"", "&a\n\n", "b", E_INVALID},
	{"- &a b\n", "- *a\n", "", OK},
	{"x: &a [integration: b]\njobs:\n", "- *a\n", "", OK},
	{"x: &a {integration: b}\njobs:\n", "- *a\n", "", E_TOO_BIG},
	{"x: &a [b,b,b,b,b,b,b,b,b,b,b,b,b,b,b,b]\njobs:\n", "- *a\n", "", E_TOO_BIG},
	{"x: &a {}\nresources:\n-", " <<: *a\n ", "", OK},
	{"resources:\n- integrations: [\n", "{name: },\n", "]", OK},
	{"integrations:\n", "  a: b\n", "", OK},
	{"", "---\n", "", OK},
	{"", "\"\\x41\\\n\"", "", E_INVALID},
	{"", "? ", "", E_TOO_BIG},
	{"a: |\n", "  \n", "", OK},
	{"a: b\n", "# \xE2\x80\xA8\n", "c: *d", E_INVALID},
	{"", "- &a !x\n  b\n", "", OK},
	{"- ", "\xC2\x85", "*a", E_INVALID},
	{"# \xE2\x80\xA8\n", "- &a !x\n\n  b\n", "", OK},
	{"# \xE2\x80\xA8\nresources:\n", "- {? a, b: , c: , *a : *a}\n", "", E_INVALID},
	{"# \xE2\x80\xA8\nx: &a y\nresources:\n", "- {? a, b: , c: , *a : *a}\n", "", OK},
	{"# \xE2\x80\xA8\nx: &a y\nresources:\n", "-\n  ? a\n  ? b\n  :\n  *a :\n  c:\n", "", OK},
};

START_TEST(hostile_files)
{
	struct arena *a = arena_new();
	struct buf file = BUF_INIT;
	struct ref_result r;
	int64_t start;
	int rc;

	buf_puts(&file, HOSTILE[_i].head);
	while (file.n + strlen(HOSTILE[_i].unit) + strlen(HOSTILE[_i].tail) <= REF_LIMITS.bytes)
		buf_puts(&file, HOSTILE[_i].unit);
	buf_puts(&file, HOSTILE[_i].tail);
	start = clock_ms();
	rc = ref_read(a, buf_span(&file), NULL, &REF_LIMITS, &r);
	/* generous: sanitizers and a busy machine; what is quadratic takes minutes */
	ck_assert_msg(clock_ms() - start < 8000, "%d ms", (int)(clock_ms() - start));
	ck_assert_msg(rc == HOSTILE[_i].rc, "%d: %.*s", rc, SPAN_ARG(r.fault.reason));
	ck_assert_msg(arena_used(a) < 64 << 20, "%zu bytes", arena_used(a));
	buf_release(&file);
	arena_free(a);
}
END_TEST

/* Ten million and more if it were unfolded: each line is ten of the one before. */
START_TEST(alias_bomb)
{
	struct arena *a = arena_new();
	struct buf file = BUF_INIT;
	struct ref_result r;

	buf_puts(&file, "a0: &a0 {integration: x}\n");
	for (int k = 1; k < 10; k++) {
		buf_printf(&file, "a%d: &a%d [", k, k);
		for (int n = 0; n < 10; n++)
			buf_printf(&file, "*a%d,", k - 1);
		buf_puts(&file, "]\n");
	}
	ck_assert_int_eq(ref_read(a, buf_span(&file), NULL, &REF_LIMITS, &r), E_TOO_BIG);
	ck_assert_int_eq(r.fault.line, 7);
	ck_assert(arena_used(a) < 100000);
	buf_release(&file);
	arena_free(a);
}
END_TEST

/* 40,000 anchors in the order that makes a plain tree a list, and as many aliases to them. */
START_TEST(many_anchors)
{
	struct arena *a = arena_new();
	struct buf file = BUF_INIT;
	struct ref_result r;

	for (int k = 0; k < 40000; k++)
		buf_printf(&file, "- &%05d x\n", k);
	for (int k = 0; k < 40000; k++)
		buf_printf(&file, "- *%05d\n", k);
	ck_assert_int_eq(ref_read(a, buf_span(&file), NULL, &REF_LIMITS, &r), OK);
	buf_release(&file);
	arena_free(a);
}
END_TEST

START_TEST(templates_fault)
{
	struct arena *a = arena_new();
	struct ref_templates *t = NULL;
	struct ref_fault fault;
	struct ref_result r;

	ck_assert_int_eq(ref_templates_read(a, SPAN("a:\n\tb: c\n"), &REF_LIMITS, &t, &fault),
			 E_INVALID);
	ck_assert(t == NULL && fault.line == 2 && fault.column == 1);
	ck_assert_int_eq(ref_templates_read(a, SPAN("x: &x [[y]]\n"), &REF_LIMITS, &t, &fault), OK);
	ck_assert_int_eq(ref_read(a, SPAN("a: *x\nb: *y\n"), t, &REF_LIMITS, &r), E_INVALID);
	ck_assert_int_eq(r.fault.line, 2);
	ck_assert(strstr(r.fault.reason.p, "neither in this file nor in the templates file"));
	arena_free(a);
}
END_TEST

Suite *ref_fault_suite(void)
{
	Suite *s = suite_create("ref_fault");
	TCase *c = tcase_create("faults");

	tcase_set_timeout(c, 30);
	tcase_add_loop_test(c, faults, 0, (int)COUNT(FAULTS));
	tcase_add_loop_test(c, limits, 0, (int)COUNT(LIMITED));
	tcase_add_loop_test(c, hostile_files, 0, (int)COUNT(HOSTILE));
	tcase_add_test(c, alias_bomb);
	tcase_add_test(c, many_anchors);
	tcase_add_test(c, templates_fault);
	suite_add_tcase(s, c);
	return s;
}
