/* vault_heads.c: the vault's writing of signed heads: going on, torn lines, the next file, what goes back. */
#include "unit/suites.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/numbered.h"
#include "unit/heads_fixture.h"

START_TEST(goes_on_where_it_was)
{
	struct heads_file *h = heads_opened();

	ck_assert_int_eq(heads_round(h, 3, 1), OK);
	heads_file_close(h);
	h = heads_opened();
	/* nothing moved: one line */
	ck_assert_int_eq(heads_round(h, 3, 1), OK);
	heads_file_close(h);
	ck_assert_int_eq(heads_faults_of(heads_read_number(1)), 0);
	ck_assert_int_eq(heads.heads, 3);
}
END_TEST

/* A power cut in the middle of a line: told, but no fault; the vault goes on behind it. */
START_TEST(goes_on_behind_a_torn_line)
{
	struct span text = heads_written();
	struct heads_file *h;

	ck_assert_int_eq(truncate(numbered_path(heads.a, heads.folder, HEADS_PREFIX, 1), (off_t)text.n - 100), 0);
	h = heads_opened();
	ck_assert_int_eq(heads_round(h, 2, 4), OK);
	heads_file_close(h);
	ck_assert_int_eq(heads_faults_of(heads_read_number(1)), 0);
	ck_assert_int_eq(heads.notes, 1);
}
END_TEST

/* Cut off at a line's end while the vault was down, it looks whole: but not while the vault runs. */
START_TEST(cut_while_the_vault_runs)
{
	struct heads_file *h = heads_opened();
	struct span text;

	ck_assert_int_eq(heads_round(h, 2, 1), OK);
	text = heads_read_number(1);
	ck_assert_int_eq(heads_round(h, 2, 2), OK);
	ck_assert_int_eq(truncate(numbered_path(heads.a, heads.folder, HEADS_PREFIX, 1), (off_t)text.n), 0);
	ck_assert_int_eq(heads_round(h, 2, 3), OK);
	heads_file_close(h);
	ck_assert_int_gt(heads_faults_of(heads_read_number(1)), 0);
}
END_TEST

static int64_t chains_in(struct span text)
{
	int64_t count = 0;
	struct head_line l;
	struct span line, signed_text;

	while (text.n && span_cut(&text, '\n', &line))
		count += line.n && head_line_read(line, &l, &signed_text) == OK && l.kind == HEAD_CHAIN;
	return count;
}

/* The next file begins with the last line's hash and with all that is known. */
START_TEST(next_files)
{
	struct head_check c = heads_check_begin();
	struct heads_file *h;
	int64_t *list;
	size_t n;

	for (int seq = 1; seq <= 12; seq++) {
		ck_assert_int_eq(heads_file_open_most(heads.a, heads.folder, heads.key, 1000, &h), OK);
		while (!heads_file_full(h))
			ck_assert_int_eq(heads_round(h, 3, seq), OK);
		heads_file_close(h);
	}
	ck_assert_int_eq(numbered_list(heads.a, heads.folder, HEADS_PREFIX, &list, &n), OK);
	ck_assert_uint_gt(n, 3);
	for (size_t k = 0; k < n; k++) {
		heads_check_text(&c, list[k], heads_read_number(list[k]));
		ck_assert_int_ge(chains_in(heads_read_number(list[k])), 3);
	}
	head_check_end(&c);
	ck_assert_int_eq(heads.faults, 0);
	/* the first ones put away: said, no fault */
	c = heads_check_begin();
	for (size_t k = 1; k < n; k++)
		heads_check_text(&c, list[k], heads_read_number(list[k]));
	ck_assert_int_eq(heads.faults, 0);
	ck_assert_int_eq(heads.notes, 1);
	/* one taken out of their middle, or put in another's place */
	c = heads_check_begin();
	heads_check_text(&c, list[0], heads_read_number(list[0]));
	heads_check_text(&c, list[2], heads_read_number(list[2]));
	ck_assert_int_gt(heads.faults, 0);
	c = heads_check_begin();
	heads_check_text(&c, list[0], heads_read_number(list[0]));
	heads_check_text(&c, list[1], heads_read_number(list[2]));
	ck_assert_int_gt(heads.faults, 0);
}
END_TEST

/* Began a file, and was ended before all that is known stood in it. */
START_TEST(next_file_cut_off)
{
	struct heads_file *h;
	struct span second;

	heads_written();
	ck_assert_int_eq(heads_file_open_most(heads.a, heads.folder, heads.key, 100, &h), OK);
	heads_file_close(h);
	second = heads_read_number(2);
	for (size_t bytes = 0; bytes < second.n; bytes += 13) {
		int fd = open(numbered_path(heads.a, heads.folder, HEADS_PREFIX, 2), O_WRONLY | O_TRUNC);
		ck_assert_int_eq(write(fd, second.p, bytes), (ssize_t)bytes);
		close(fd);
		h = heads_opened();
		ck_assert_int_eq(heads_round(h, 2, 3), OK);
		heads_file_close(h);
		ck_assert_int_ge(chains_in(heads_read_number(2)), 2);
		struct head_check c = heads_check_begin();
		heads_check_text(&c, 1, heads_read_number(1));
		heads_check_text(&c, 2, heads_read_number(2));
		head_check_end(&c);
		ck_assert_msg(heads.faults == 0, "after %d bytes: %d faults", (int)bytes, heads.faults);
	}
}
END_TEST

/* What goes back is not signed: neither fewer entries nor others in their place, nor odd names. */
START_TEST(never_back)
{
	struct heads_file *h = heads_opened();

	ck_assert_int_eq(heads_round(h, 2, 5), OK);
	ck_assert_int_eq(heads_round(h, 2, 4), OK);
	ck_assert_int_eq(heads_file_head(h, SPAN("sub:1"), 5, heads_hash(77)), OK);
	ck_assert_int_eq(heads_file_head(h, SPAN("sub:1 x"), 5, heads_hash(77)), OK);
	ck_assert_int_eq(heads_file_head(h, SPAN("sub:3"), 0, heads_hash(77)), OK);
	ck_assert_int_eq(heads_file_head(h, SPAN("sub:3"), 1, SPAN("short")), OK);
	ck_assert_int_eq(heads_file_end(h), OK);
	heads_file_close(h);
	ck_assert_int_eq(heads_faults_of(heads_read_number(1)), 0);
	ck_assert_int_eq(heads.heads, 10);
}
END_TEST

START_TEST(no_place_to_write)
{
	struct heads_file *h;
	struct sign_key *mine = heads.key;
	char *name = arena_str(heads.a, span_str(heads_path(HEADS_KEY)));

	ck_assert_int_eq(heads_file_open(heads.a, "/nonexistent", heads.key, &h), E_UNAVAILABLE);
	heads_written();
	heads.key = heads_key_new("other");
	ck_assert_int_eq(heads_file_open(heads.a, heads.folder, heads.key, &h), E_CONFLICT);
	sign_key_free(heads.key);
	heads.key = mine;
	ck_assert_int_eq(unlink(name), 0);
	ck_assert_int_eq(symlink("/etc/passwd", name), 0);
	ck_assert_int_ne(heads_file_open(heads.a, heads.folder, heads.key, &h), OK);
	unlink(name);
}
END_TEST

/* Thousands at once, in pieces. */
START_TEST(many_chains)
{
	struct heads_file *h = heads_opened();
	struct stat st;

	ck_assert_int_eq(heads_round(h, 5000, 1), OK);
	heads_file_close(h);
	ck_assert_int_eq(stat(numbered_path(heads.a, heads.folder, HEADS_PREFIX, 1), &st), 0);
	ck_assert_int_gt(st.st_size, 5000 * 250);
	ck_assert_int_eq(st.st_mode & 0777, 0640);
}
END_TEST

Suite *vault_heads_suite(void)
{
	Suite *s = suite_create("vault_heads");
	TCase *c = tcase_create("heads");

	tcase_set_timeout(c, 60);
	tcase_add_checked_fixture(c, heads_set_up, heads_tear_down);
	tcase_add_test(c, goes_on_where_it_was);
	tcase_add_test(c, goes_on_behind_a_torn_line);
	tcase_add_test(c, cut_while_the_vault_runs);
	tcase_add_test(c, next_files);
	tcase_add_test(c, next_file_cut_off);
	tcase_add_test(c, never_back);
	tcase_add_test(c, no_place_to_write);
	tcase_add_test(c, many_chains);
	suite_add_tcase(s, c);
	return s;
}
