/* core_diff.c: unified diffs of files of which some lines are known. What git makes of them is
 * tested with git itself, in tests/flow/rename.test.mjs. */
#include "unit/suites.h"

#include "base/buf.h"
#include "base/err.h"
#include "core/diff.h"

static struct arena *a;
static struct buf out;

static void set_up(void)
{
	a = arena_new();
}

static void tear_down(void)
{
	buf_release(&out);
	arena_free(a);
}

/* The lines of a file, all of them known. */
static struct workflow_lines lines_of(const char *text)
{
	struct span rest = span_str(text), line;
	struct workflow_lines f = {0};

	f.open_end = rest.n && rest.p[rest.n - 1] != '\n';
	if (rest.n && !f.open_end)
		rest.n--;
	f.at = ARENA_ARRAY(a, struct workflow_line, rest.n + 1);
	while (rest.n && span_cut(&rest, '\n', &line))
		f.at[f.n] = (struct workflow_line){.number = (int64_t)++f.n, .text = line};
	f.total = (int64_t)f.n;
	return f;
}

/* "1\n2\n3\n" and so on. */
static struct workflow_lines numbers(int n)
{
	struct buf text = BUF_INIT;
	const char *whole;

	for (int k = 1; k <= n; k++)
		buf_printf(&text, "%d\n", k);
	whole = arena_str(a, buf_span(&text));
	buf_release(&text);
	return lines_of(whole);
}

/* Line `number` is not kept, or cut. */
static void forget(struct workflow_lines *f, int64_t number, bool cut)
{
	for (size_t k = 0; k < f->n; k++) {
		if (f->at[k].number != number)
			continue;
		if (cut) {
			f->at[k].cut = true;
			return;
		}
		memmove(&f->at[k], &f->at[k + 1], (f->n - k - 1) * sizeof(f->at[0]));
		f->n--;
		return;
	}
}

static struct diff_edit edit(int64_t line, int64_t at, int64_t bytes, const char *text)
{
	return (struct diff_edit){.line = line, .at = at, .bytes = bytes, .text = span_str(text)};
}

static const char *diff_of(const struct workflow_lines *f, const char *path,
			   struct diff_edit *edits, size_t n)
{
	struct diff d;

	diff_make(a, f, edits, n, &d);
	buf_reset(&out);
	diff_put(&out, span_str(path), &d);
	buf_putc(&out, '\0');
	return out.p;
}

#define HEAD "diff --git a/ci.yml b/ci.yml\n--- a/ci.yml\n+++ b/ci.yml\n"
#define IS(f, list, expected) ck_assert_str_eq(diff_of(&(f), "ci.yml", list, COUNT(list)), expected)

START_TEST(in_the_middle)
{
	struct workflow_lines f = lines_of("a\nb\nc\nd: old # why\ne\nf\ng\nh\n");
	struct diff_edit one[] = {edit(4, 3, 3, "\"new name\"")};

	IS(f, one,
	   HEAD "@@ -1,7 +1,7 @@\n a\n b\n c\n-d: old # why\n+d: \"new name\" # why\n e\n f\n g\n");
	ck_assert_int_eq(one[0].fate, DIFF_DONE);
}
END_TEST

START_TEST(at_the_ends)
{
	struct workflow_lines f = lines_of("old\nb\nc\nd\ne\n");
	struct diff_edit first[] = {edit(1, 0, 3, "new")}, last[] = {edit(5, 0, 1, "E")};
	struct workflow_lines alone = lines_of("old\n");

	IS(f, first, HEAD "@@ -1,4 +1,4 @@\n-old\n+new\n b\n c\n d\n");
	IS(f, last, HEAD "@@ -2,4 +2,4 @@\n b\n c\n d\n-e\n+E\n");
	IS(alone, first, HEAD "@@ -1 +1 @@\n-old\n+new\n");
}
END_TEST

START_TEST(no_newline_at_the_end)
{
	struct workflow_lines f = lines_of("a\nb\nc");
	struct diff_edit last[] = {edit(3, 0, 1, "C")}, before[] = {edit(2, 0, 1, "B")},
			 both[] = {edit(2, 0, 1, "B"), edit(3, 0, 1, "C")},
			 first[] = {edit(1, 0, 1, "A")};
	struct workflow_lines long_one = lines_of("a\nb\nc\nd\ne");

	IS(f, last,
	   HEAD "@@ -1,3 +1,3 @@\n a\n b\n-c\n\\ No newline at end of file\n+C\n"
		"\\ No newline at end of file\n");
	IS(f, before, HEAD "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n\\ No newline at end of file\n");
	IS(f, both,
	   HEAD "@@ -1,3 +1,3 @@\n a\n-b\n-c\n\\ No newline at end of file\n+B\n+C\n"
		"\\ No newline at end of file\n");
	IS(long_one, first, HEAD "@@ -1,4 +1,4 @@\n-a\n+A\n b\n c\n d\n");
}
END_TEST

START_TEST(carriage_returns_stay)
{
	struct workflow_lines f = lines_of("a\r\nb: old\r\nc\r\n");
	struct diff_edit one[] = {edit(2, 3, 3, "new")};

	IS(f, one, HEAD "@@ -1,3 +1,3 @@\n a\r\n-b: old\r\n+b: new\r\n c\r\n");
}
END_TEST

START_TEST(several_in_a_line)
{
	struct workflow_lines f = lines_of("x: [old, 'old', old]\ny\n");
	struct diff_edit list[] = {edit(1, 16, 3, "new"), edit(1, 4, 3, "new"),
				   edit(1, 9, 5, "'new'"), edit(1, 4, 3, "new")};

	IS(f, list, HEAD "@@ -1,2 +1,2 @@\n-x: [old, 'old', old]\n+x: [new, 'new', new]\n y\n");
	for (size_t k = 0; k < COUNT(list); k++)
		ck_assert_int_eq(list[k].fate, DIFF_DONE);
}
END_TEST

/* Contexts that touch become one hunk, others two. */
START_TEST(hunks)
{
	struct workflow_lines f = numbers(20);
	struct diff_edit near[] = {edit(12, 0, 2, "Y"), edit(5, 0, 1, "X")},
			 far[] = {edit(5, 0, 1, "X"), edit(13, 0, 2, "Y")},
			 next[] = {edit(5, 0, 1, "X"), edit(6, 0, 1, "Y"), edit(8, 0, 1, "Z")};

	IS(f, near,
	   HEAD "@@ -2,14 +2,14 @@\n 2\n 3\n 4\n-5\n+X\n 6\n 7\n 8\n 9\n 10\n 11\n-12\n+Y\n 13\n "
		"14\n 15\n");
	IS(f, far,
	   HEAD "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+X\n 6\n 7\n 8\n"
		"@@ -10,7 +10,7 @@\n 10\n 11\n 12\n-13\n+Y\n 14\n 15\n 16\n");
	IS(f, next,
	   HEAD "@@ -2,10 +2,10 @@\n 2\n 3\n 4\n-5\n-6\n+X\n+Y\n 7\n-8\n+Z\n 9\n 10\n 11\n");
}
END_TEST

START_TEST(unknown_lines)
{
	struct workflow_lines f = numbers(20);
	struct diff_edit one[] = {edit(10, 0, 2, "X")},
			 two[] = {edit(9, 0, 1, "X"), edit(12, 0, 2, "Y")},
			 both[] = {edit(9, 0, 1, "X"), edit(10, 0, 2, "Y")};

	forget(&f, 8, true);
	forget(&f, 12, false);
	IS(f, one, HEAD "@@ -9,3 +9,3 @@\n 9\n-10\n+X\n 11\n");
	forget(&f, 11, true);
	ck_assert_str_eq(diff_of(&f, "a", one, 1), "");
	ck_assert_int_eq(one[0].fate, DIFF_CUT_OFF);
	/* the line before can be changed all the same */
	IS(f, both, HEAD "@@ -9,2 +9,2 @@\n-9\n+X\n 10\n");
	ck_assert_int_eq(both[0].fate, DIFF_DONE);
	ck_assert_int_eq(both[1].fate, DIFF_CUT_OFF);
	IS(f, two, HEAD "@@ -9,2 +9,2 @@\n-9\n+X\n 10\n");
	ck_assert_int_eq(two[1].fate, DIFF_UNKNOWN);
}
END_TEST

/* Changes near each other with an unknown line between: two hunks, neither with that line. */
START_TEST(unknown_between)
{
	struct workflow_lines f = numbers(12);
	struct diff_edit two[] = {edit(4, 0, 1, "X"), edit(8, 0, 1, "Y")};

	forget(&f, 6, true);
	IS(f, two,
	   HEAD
	   "@@ -1,5 +1,5 @@\n 1\n 2\n 3\n-4\n+X\n 5\n@@ -7,5 +7,5 @@\n 7\n-8\n+Y\n 9\n 10\n 11\n");
}
END_TEST

START_TEST(what_does_not_fit)
{
	struct workflow_lines f = lines_of("abc\ndef\n");
	struct diff_edit list[] = {edit(0, 0, 1, "x"),	      edit(1, 0, 4, "x"),
				   edit(1, 4, 1, "x"),	      edit(1, -1, 1, "x"),
				   edit(1, 0, 0, "x"),	      edit(3, 0, 1, "x"),
				   edit(1, 1, INT64_MAX, "x")};
	struct diff_edit over[] = {edit(1, 0, 2, "x"), edit(1, 1, 2, "y")},
			 other[] = {edit(1, 0, 2, "x"), edit(1, 0, 2, "y")},
			 same[] = {edit(2, 0, 3, "def")};

	ck_assert_str_eq(diff_of(&f, "a", list, COUNT(list)), "");
	for (size_t k = 0; k < COUNT(list); k++)
		ck_assert_int_eq(list[k].fate, DIFF_UNKNOWN);
	IS(f, over, HEAD "@@ -1,2 +1,2 @@\n-abc\n+xc\n def\n");
	ck_assert_int_eq(over[1].fate, DIFF_UNKNOWN);
	IS(f, other, HEAD "@@ -1,2 +1,2 @@\n-abc\n+xc\n def\n");
	ck_assert_int_eq(other[1].fate, DIFF_UNKNOWN);
	ck_assert_str_eq(diff_of(&f, "a", same, 1), "");
	ck_assert_str_eq(diff_of(&(struct workflow_lines){0}, "a", same, 1), "");
	ck_assert_str_eq(diff_of(&f, "a", NULL, 0), "");
}
END_TEST

START_TEST(paths_are_quoted_as_git_does)
{
	static const char *const PATHS[][2] = {
		{"ci/a-b_c.yml", "diff --git a/ci/a-b_c.yml b/ci/a-b_c.yml\n--- a/ci/a-b_c.yml\n"
				 "+++ b/ci/a-b_c.yml\n"},
		{"a b.yml", "diff --git a/a b.yml b/a b.yml\n--- a/a b.yml\t\n+++ b/a b.yml\t\n"},
		{"\xC3\xA4.yml", "diff --git \"a/\\303\\244.yml\" \"b/\\303\\244.yml\"\n"
				 "--- \"a/\\303\\244.yml\"\n+++ \"b/\\303\\244.yml\"\n"},
		{"a\" b.yml", "diff --git \"a/a\\\" b.yml\" \"b/a\\\" b.yml\"\n"
			      "--- \"a/a\\\" b.yml\"\t\n+++ \"b/a\\\" b.yml\"\t\n"},
		{"it's.yml", "diff --git a/it's.yml b/it's.yml\n--- a/it's.yml\n+++ b/it's.yml\n"},
	};
	struct workflow_lines f = lines_of("a\n");
	struct diff_edit one[] = {edit(1, 0, 1, "b")};

	for (size_t k = 0; k < COUNT(PATHS); k++)
		ck_assert_str_eq(diff_of(&f, PATHS[k][0], one, 1),
				 arena_printf(a, "%s@@ -1 +1 @@\n-a\n+b\n", PATHS[k][1]).p);
}
END_TEST

/* As a page shows it: which line is which. */
START_TEST(numbers_of_lines)
{
	struct workflow_lines f = numbers(9);
	struct diff_edit one[] = {edit(2, 0, 1, "X")};
	struct diff d;

	diff_make(a, &f, one, 1, &d);
	ck_assert_uint_eq(d.n, 7);
	ck_assert_int_eq(d.changed, 1);
	ck_assert(d.list[0].sign == '@' && d.list[0].number == 0);
	ck_assert(d.list[1].sign == ' ' && d.list[1].number == 1);
	ck_assert(d.list[2].sign == '-' && d.list[2].number == 2 && span_is(d.list[2].text, "2"));
	ck_assert(d.list[3].sign == '+' && d.list[3].number == 2 && span_is(d.list[3].text, "X"));
	ck_assert(d.list[6].sign == ' ' && d.list[6].number == 5);
}
END_TEST

Suite *core_diff_suite(void)
{
	Suite *s = suite_create("core_diff");
	TCase *c = tcase_create("unified");

	tcase_add_checked_fixture(c, set_up, tear_down);
	tcase_add_test(c, in_the_middle);
	tcase_add_test(c, at_the_ends);
	tcase_add_test(c, no_newline_at_the_end);
	tcase_add_test(c, carriage_returns_stay);
	tcase_add_test(c, several_in_a_line);
	tcase_add_test(c, hunks);
	tcase_add_test(c, unknown_lines);
	tcase_add_test(c, unknown_between);
	tcase_add_test(c, what_does_not_fit);
	tcase_add_test(c, paths_are_quoted_as_git_does);
	tcase_add_test(c, numbers_of_lines);
	suite_add_tcase(s, c);
	return s;
}
