/* core_head_check.c: the check of files of signed heads: whole ones, and those that somebody had their hands
 * on. */
#include "unit/suites.h"

#include "unit/heads_fixture.h"

/* The key is made of the secret key alone, so that a vault started anew signs with the same one. */
START_TEST(signature)
{
	unsigned char sig[SIGNATURE_BYTES], again[SIGN_PUBLIC_BYTES];
	struct sign_key *same = sign_key_new(heads.open_key), *other;

	sign_text(heads.key, SPAN("text"), sig);
	ck_assert(signature_fits(heads.public_key, SPAN("text"), sig));
	ck_assert(!signature_fits(heads.public_key, SPAN("texu"), sig));
	sign_key_public(same, again);
	ck_assert_mem_eq(again, heads.public_key, sizeof(again));
	sig[5] ^= 1;
	ck_assert(!signature_fits(heads.public_key, SPAN("text"), sig));
	other = heads_key_new("other");
	sign_text(other, SPAN("text"), sig);
	ck_assert(!signature_fits(heads.public_key, SPAN("text"), sig));
	sign_key_free(same);
	sign_key_free(other);
}
END_TEST

START_TEST(whole_file)
{
	struct span text = heads_written();

	ck_assert_int_eq(heads_faults_of(text), 0);
	ck_assert_int_eq(heads.notes, 0);
	ck_assert_int_eq(heads.heads, 2 * (1 + 2 + 3));
	ck_assert_int_eq(heads_faults_of(SPAN("")), 0);
}
END_TEST

/* A bit of each byte, in turn another one. */
START_TEST(each_bit)
{
	struct span text = heads_written();
	char *bytes = arena_str(heads.a, text);

	for (size_t k = 0; k < text.n; k++) {
		char was = bytes[k];
		bytes[k] = (char)(was ^ (1 << (k * 5 + k / 8) % 8));
		ck_assert_msg(heads_faults_of(span_of(bytes, text.n)) > 0, "byte %zu", k);
		bytes[k] = was;
	}
}
END_TEST

enum { LINES = 10 };

static void cut_lines(struct span text, struct span lines[LINES])
{
	for (int k = 0; k < LINES; k++)
		ck_assert(span_cut(&text, '\n', &lines[k]));
	ck_assert_uint_eq(text.n, 0);
}

static int faults_of_lines(const struct span *lines, const int *order, int n)
{
	struct buf b = BUF_INIT;
	int found;

	for (int k = 0; k < n; k++) {
		buf_put(&b, lines[order[k]]);
		buf_putc(&b, '\n');
	}
	found = heads_faults_of(buf_span(&b));
	buf_release(&b);
	return found;
}

/* A line taken away, said twice, moved; all of them but the cut of the end itself, which age tells. */
START_TEST(lines_moved)
{
	struct span lines[LINES];
	int order[LINES + 1];

	cut_lines(heads_written(), lines);
	for (int k = 0; k < LINES; k++) {
		int n = 0;
		for (int i = 0; i < LINES; i++)
			if (i != k)
				order[n++] = i;
		ck_assert_msg((faults_of_lines(lines, order, n) > 0) == (k != LINES - 1), "without %d", k);
		for (int i = 0, m = 0; i < LINES; i++) {
			order[m++] = i;
			if (i == k)
				order[m++] = i;
		}
		ck_assert_msg(faults_of_lines(lines, order, LINES + 1) > 0, "%d twice", k);
		for (int i = 0; i < LINES; i++)
			order[i] = i;
		order[k] = (k + 1) % LINES;
		order[(k + 1) % LINES] = k;
		ck_assert_msg(faults_of_lines(lines, order, LINES) > 0, "%d and the next", k);
	}
}
END_TEST

/* Cut at any place: at a line's end it is whole (its age tells), elsewhere the last line is none. */
START_TEST(cut_anywhere)
{
	struct span text = heads_written();

	for (size_t n = 1; n < text.n; n++)
		ck_assert_msg((heads_faults_of(span_of(text.p, n)) == 0) ==
				      (text.p[n - 1] == '\n' || text.p[n] == '\n'),
			      "%zu bytes", n);
}
END_TEST

/* The whole file again, by somebody with another key. */
START_TEST(another_key)
{
	struct sign_key *mine = heads.key;

	heads.key = heads_key_new("other");
	ck_assert_int_gt(heads_faults_of(heads_written()), 9);
	sign_key_free(heads.key);
	heads.key = mine;
}
END_TEST

Suite *core_head_check_suite(void)
{
	Suite *s = suite_create("core_head_check");
	TCase *c = tcase_create("check");

	tcase_set_timeout(c, 60);
	tcase_add_checked_fixture(c, heads_set_up, heads_tear_down);
	tcase_add_test(c, signature);
	tcase_add_test(c, whole_file);
	tcase_add_test(c, each_bit);
	tcase_add_test(c, lines_moved);
	tcase_add_test(c, cut_anywhere);
	tcase_add_test(c, another_key);
	suite_add_tcase(s, c);
	return s;
}
