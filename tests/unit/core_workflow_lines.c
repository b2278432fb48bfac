/* core_workflow_lines.c: which lines of a workflow file are kept, byte by byte. */
#include "unit/suites.h"

#include "base/buf.h"
#include "core/workflow_lines.h"

static struct arena *a;

static void set_up(void)
{
	a = arena_new();
}

static void tear_down(void)
{
	arena_free(a);
}

/* References in these lines; 0 ends the list. */
static struct workflow_lines kept(struct span file, const int *lines)
{
	struct reference list[10] = {0};
	struct workflow_lines out;
	size_t n = 0;

	for (; lines[n]; n++)
		list[n].line = lines[n];
	ck_assert_int_eq(workflow_lines_unpack(a, workflow_lines_pack(a, file, list, n), &out), OK);
	return out;
}

static const char *numbers(const struct workflow_lines *l)
{
	struct buf out = BUF_INIT;
	const char *text;

	for (size_t k = 0; k < l->n; k++)
		buf_printf(&out, "%s%d", k ? " " : "", (int)l->at[k].number);
	text = arena_span(a, buf_span(&out)).p;
	buf_release(&out);
	return text;
}

#define FILE_20 "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n20\n"

START_TEST(three_around)
{
	static const struct {
		int lines[4];
		const char *numbers;
	} CASES[] = {
		{{1}, "1 2 3 4"},
		{{4}, "1 2 3 4 5 6 7"},
		{{5}, "2 3 4 5 6 7 8"},
		{{20}, "17 18 19 20"},
		{{10, 12}, "7 8 9 10 11 12 13 14 15"},
		{{18, 2, 2}, "1 2 3 4 5 15 16 17 18 19 20"},
		{{0}, ""},
		{{300}, ""},
	};

	for (size_t k = 0; k < COUNT(CASES); k++) {
		struct workflow_lines l = kept(SPAN(FILE_20), CASES[k].lines);

		ck_assert_str_eq(numbers(&l), CASES[k].numbers);
		ck_assert(l.total == 20 && !l.open_end);
		for (size_t i = 0; i < l.n; i++)
			ck_assert(
				span_eq(l.at[i].text, arena_printf(a, "%d", (int)l.at[i].number)) &&
				!l.at[i].cut);
	}
}
END_TEST

START_TEST(around_the_spot_as_well)
{
	struct reference one = {.line = 15, .spot = {.line = 3, .at = 0, .bytes = 1}};
	struct workflow_lines l;
	struct span packed = workflow_lines_pack(a, SPAN(FILE_20), &one, 1);

	ck_assert_int_eq(workflow_lines_unpack(a, packed, &l), OK);
	ck_assert_str_eq(numbers(&l), "1 2 3 4 5 6 12 13 14 15 16 17 18");
	ck_assert(span_is(workflow_line_find(&l, 13)->text, "13"));
	ck_assert_ptr_null(workflow_line_find(&l, 7));
	ck_assert_ptr_null(workflow_line_find(&l, 0));
}
END_TEST

START_TEST(verbatim)
{
	static const int ONE[] = {1, 0};
	struct workflow_lines l = kept(SPAN("\xEF\xBB\xBF a: \t\r\n\r\n\xC3\xA9\x01 "), ONE);

	ck_assert_uint_eq(l.n, 3);
	ck_assert(l.total == 3 && l.open_end);
	ck_assert(span_eq(l.at[0].text, SPAN("\xEF\xBB\xBF a: \t\r")));
	ck_assert(span_eq(l.at[1].text, SPAN("\r")));
	ck_assert(span_eq(l.at[2].text, SPAN("\xC3\xA9\x01 ")));
	l = kept(SPAN("\n"), ONE);
	ck_assert(l.n == 1 && l.total == 1 && !l.open_end && l.at[0].text.n == 0);
	l = kept(SPAN(""), ONE);
	ck_assert(l.n == 0 && l.total == 0 && !l.open_end);
	l = kept(SPAN("x"), ONE);
	ck_assert(l.n == 1 && l.total == 1 && l.open_end);
}
END_TEST

/* Nothing is known of what Git and YAML count differently. */
START_TEST(nothing)
{
	static const int ONE[] = {1, 0};

	ck_assert_int_eq(kept(SPAN("a\rb\n"), ONE).total, 0);
	ck_assert_int_eq(kept(SPAN("a\n\r"), ONE).total, 0);
	ck_assert_int_eq(kept(SPAN("a\r\r\n"), ONE).total, 0);
	ck_assert_int_eq(kept(SPAN("\xFF\xFE-\0a\0"), ONE).total, 0);
	ck_assert_int_eq(kept(SPAN("\xC3\n"), ONE).total, 0);
}
END_TEST

START_TEST(long_lines_are_cut)
{
	static const int ONE[] = {1, 0};
	char *text = arena_alloc(a, 5000);
	struct workflow_lines l;

	memset(text, 'x', 5000);
	l = kept(span_of(text, WORKFLOW_LINE_BYTES_MAX), ONE);
	ck_assert(l.at[0].text.n == WORKFLOW_LINE_BYTES_MAX && !l.at[0].cut);
	l = kept(span_of(text, WORKFLOW_LINE_BYTES_MAX + 1), ONE);
	ck_assert(l.at[0].text.n == WORKFLOW_LINE_BYTES_MAX && l.at[0].cut);
	/* not within a character */
	memcpy(text + WORKFLOW_LINE_BYTES_MAX - 2, "\xE6\x9D\xB1", 3);
	l = kept(span_of(text, 3000), ONE);
	ck_assert(l.at[0].text.n == WORKFLOW_LINE_BYTES_MAX - 2 && l.at[0].cut);
}
END_TEST

START_TEST(what_is_stored_is_checked)
{
	struct reference one = {.line = 2};
	struct span packed = workflow_lines_pack(a, SPAN("a\nb\nc\n"), &one, 1);
	char *bytes = arena_str(a, packed);
	struct workflow_lines l;

	ck_assert_int_eq(workflow_lines_unpack(a, SPAN_NONE, &l), OK);
	ck_assert_uint_eq(l.n, 0);
	ck_assert_int_eq(workflow_lines_unpack(a, packed, &l), OK);
	ck_assert_uint_eq(l.n, 3);
	for (size_t n = 1; n < packed.n; n++) {
		bool between_lines = n >= 6 && (n - 6) % 8 == 0;

		ck_assert_int_eq(workflow_lines_unpack(a, span_of(packed.p, n), &l),
				 between_lines ? OK : E_BUG);
	}
	bytes[0] = 2;
	ck_assert_int_eq(workflow_lines_unpack(a, span_of(bytes, packed.n), &l), E_BUG);
}
END_TEST

Suite *core_workflow_lines_suite(void)
{
	Suite *s = suite_create("core_workflow_lines");
	TCase *c = tcase_create("lines");

	tcase_add_checked_fixture(c, set_up, tear_down);
	tcase_add_test(c, three_around);
	tcase_add_test(c, around_the_spot_as_well);
	tcase_add_test(c, verbatim);
	tcase_add_test(c, nothing);
	tcase_add_test(c, long_lines_are_cut);
	tcase_add_test(c, what_is_stored_is_checked);
	suite_add_tcase(s, c);
	return s;
}
