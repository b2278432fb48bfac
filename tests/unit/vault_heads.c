/* vault_heads.c: the files of signed heads: the check of whole files and of files that somebody had their
 * hands on, and the vault's writing of them. */
#include "unit/suites.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/numbered.h"
#include "core/head_check.h"
#include "seal/keygen.h"
#include "vault/heads_file.h"

static char folder[] = "/tmp/signet-heads-XXXXXX";
static struct arena *a;
static struct open_key *open_key;
static struct sign_key *key;
static unsigned char public_key[SIGN_PUBLIC_BYTES];
static int faults, notes;
static int64_t heads;

static const char *in_folder(const char *name)
{
	return arena_printf(a, "%s/%s", folder, name).p;
}

static struct sign_key *key_new(const char *name)
{
	struct seal_key k;

	unlink(in_folder(name));
	ck_assert_int_eq(keygen_write(in_folder(name), in_folder("public"), &k), OK);
	ck_assert_int_eq(open_key_read(in_folder(name), &open_key), OK);
	return sign_key_new(open_key);
}

static void heads_setup(void)
{
	secret_setup();
	a = arena_new();
	ck_assert_ptr_nonnull(mkdtemp(folder));
	key = key_new("secret");
	sign_key_public(key, public_key);
}

static void heads_teardown(void)
{
	static const char *const NAMES[] = {"secret", "other", "public", HEADS_KEY};

	for (size_t k = 0; k < COUNT(NAMES); k++)
		unlink(in_folder(NAMES[k]));
	for (int64_t n = 1; n < 40; n++)
		unlink(numbered_path(a, folder, HEADS_PREFIX, n));
	rmdir(folder);
	arena_free(a);
}

/* --- signatures --- */

/* The key is made of the secret key alone, so that a vault started anew signs with the same one. */
START_TEST(signature)
{
	unsigned char sig[SIGNATURE_BYTES], again[SIGN_PUBLIC_BYTES];
	struct sign_key *same = sign_key_new(open_key), *other;

	sign_text(key, SPAN("text"), sig);
	ck_assert(signature_fits(public_key, SPAN("text"), sig));
	ck_assert(!signature_fits(public_key, SPAN("texu"), sig));
	sign_key_public(same, again);
	ck_assert_mem_eq(again, public_key, sizeof(again));
	sig[5] ^= 1;
	ck_assert(!signature_fits(public_key, SPAN("text"), sig));
	other = key_new("other");
	sign_text(other, SPAN("text"), sig);
	ck_assert(!signature_fits(public_key, SPAN("text"), sig));
	sign_key_free(same);
	sign_key_free(other);
}
END_TEST

/* --- the check --- */

static bool check_signed(void *arg, struct span text, const unsigned char sig[HEAD_SIGNATURE])
{
	(void)arg;
	return signature_fits(public_key, text, sig);
}

static void check_fault(void *arg, int64_t n, const char *what)
{
	(void)arg;
	(void)n;
	(void)what;
	faults++;
}

static void check_note(void *arg, int64_t n, const char *what)
{
	(void)arg;
	(void)n;
	(void)what;
	notes++;
}

static int check_head(void *arg, const struct head_line *l)
{
	(void)arg;
	heads += l->seq;
	return OK;
}

static struct head_check check_begin(void)
{
	faults = notes = 0;
	heads = 0;
	return (struct head_check){.hash = hash_bytes, .is_signed = check_signed, .fault = check_fault,
				   .note = check_note, .head = check_head, .gap = 300};
}

/* Text as a file: its lines; what stands behind the last end is a line, too. */
static void check_text(struct head_check *c, int64_t number, struct span text)
{
	struct span line;

	head_check_file(c, number);
	if (text.n && text.p[text.n - 1] == '\n')
		text.n--;
	while (text.n && span_cut(&text, '\n', &line))
		ck_assert_int_eq(head_check_line(c, line), OK);
}

static int faults_of(struct span text)
{
	struct head_check c = check_begin();

	check_text(&c, 1, text);
	head_check_end(&c);
	return faults;
}

static struct span read_number(int64_t number)
{
	struct span text;

	ck_assert_int_eq(file_read(a, numbered_path(a, folder, HEADS_PREFIX, number), 1 << 20, &text), OK);
	return text;
}

static struct span hash_of(int n)
{
	unsigned char *sum = arena_alloc(a, HEAD_HASH);

	hash_bytes(arena_printf(a, "%d", n), sum);
	return span_of((const char *)sum, HEAD_HASH);
}

/* One round: chains sub:1 ... sub:n, each with `seq` entries. */
static int round_of(struct heads_file *h, int n, int64_t seq)
{
	for (int k = 1; k <= n; k++)
		TRY(heads_file_head(h, arena_printf(a, "sub:%d", k), seq, hash_of(k * 1000 + (int)seq)));
	return heads_file_end(h);
}

static struct heads_file *opened(void)
{
	struct heads_file *h;

	ck_assert_int_eq(heads_file_open(a, folder, key, &h), OK);
	return h;
}

static struct span written(void)
{
	struct heads_file *h = opened();

	for (int k = 1; k <= 3; k++)
		ck_assert_int_eq(round_of(h, 2, k), OK);
	heads_file_close(h);
	return read_number(1);
}

START_TEST(whole_file)
{
	struct span text = written();

	ck_assert_int_eq(faults_of(text), 0);
	ck_assert_int_eq(notes, 0);
	ck_assert_int_eq(heads, 2 * (1 + 2 + 3));
	ck_assert_int_eq(faults_of(SPAN("")), 0);
}
END_TEST

/* Any bit of any byte. */
START_TEST(each_bit)
{
	struct span text = written();
	char *bytes = arena_str(a, text);

	for (size_t k = 0; k < text.n; k++) {
		char was = bytes[k];
		bytes[k] = (char)(was ^ (1 << (k * 5 + k / 8) % 8));
		ck_assert_msg(faults_of(span_of(bytes, text.n)) > 0, "byte %zu", k);
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
	found = faults_of(buf_span(&b));
	buf_release(&b);
	return found;
}

/* A line taken away, said twice, moved; all of them but the cut of the end itself, which age tells. */
START_TEST(lines_moved)
{
	struct span lines[LINES];
	int order[LINES + 1];

	cut_lines(written(), lines);
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
	struct span text = written();

	for (size_t n = 1; n < text.n; n++)
		ck_assert_msg((faults_of(span_of(text.p, n)) == 0) ==
				      (text.p[n - 1] == '\n' || text.p[n] == '\n'),
			      "%zu bytes", n);
}
END_TEST

/* The whole file again, by somebody with another key. */
START_TEST(another_key)
{
	struct sign_key *mine = key;

	key = key_new("other");
	ck_assert_int_gt(faults_of(written()), 9);
	sign_key_free(key);
	key = mine;
}
END_TEST

/* --- the vault's writing --- */

START_TEST(goes_on_where_it_was)
{
	struct heads_file *h = opened();

	ck_assert_int_eq(round_of(h, 3, 1), OK);
	heads_file_close(h);
	h = opened();
	/* nothing moved: one line */
	ck_assert_int_eq(round_of(h, 3, 1), OK);
	heads_file_close(h);
	ck_assert_int_eq(faults_of(read_number(1)), 0);
	ck_assert_int_eq(heads, 3);
}
END_TEST

/* A power cut in the middle of a line: told, but no fault; the vault goes on behind it. */
START_TEST(goes_on_behind_a_torn_line)
{
	struct span text = written();
	struct heads_file *h;

	ck_assert_int_eq(truncate(numbered_path(a, folder, HEADS_PREFIX, 1), (off_t)text.n - 100), 0);
	h = opened();
	ck_assert_int_eq(round_of(h, 2, 4), OK);
	heads_file_close(h);
	ck_assert_int_eq(faults_of(read_number(1)), 0);
	ck_assert_int_eq(notes, 1);
}
END_TEST

/* Cut off at a line's end while the vault was down, it looks whole: but not while the vault runs. */
START_TEST(cut_while_the_vault_runs)
{
	struct heads_file *h = opened();
	struct span text;

	ck_assert_int_eq(round_of(h, 2, 1), OK);
	text = read_number(1);
	ck_assert_int_eq(round_of(h, 2, 2), OK);
	ck_assert_int_eq(truncate(numbered_path(a, folder, HEADS_PREFIX, 1), (off_t)text.n), 0);
	ck_assert_int_eq(round_of(h, 2, 3), OK);
	heads_file_close(h);
	ck_assert_int_gt(faults_of(read_number(1)), 0);
}
END_TEST

static int64_t chains_in(struct span text)
{
	struct head_check c = check_begin();
	int64_t count = 0;
	struct head_line l;
	struct span line, signed_text;

	(void)c;
	while (text.n && span_cut(&text, '\n', &line))
		count += line.n && head_line_read(line, &l, &signed_text) == OK && l.kind == HEAD_CHAIN;
	return count;
}

/* The next file begins with the last line's hash and with all that is known. */
START_TEST(next_files)
{
	struct head_check c = check_begin();
	struct heads_file *h;
	int64_t *list;
	size_t n;

	for (int seq = 1; seq <= 12; seq++) {
		ck_assert_int_eq(heads_file_open_most(a, folder, key, 1000, &h), OK);
		while (!heads_file_full(h))
			ck_assert_int_eq(round_of(h, 3, seq), OK);
		heads_file_close(h);
	}
	ck_assert_int_eq(numbered_list(a, folder, HEADS_PREFIX, &list, &n), OK);
	ck_assert_uint_gt(n, 3);
	for (size_t k = 0; k < n; k++) {
		check_text(&c, list[k], read_number(list[k]));
		ck_assert_int_ge(chains_in(read_number(list[k])), 3);
	}
	head_check_end(&c);
	ck_assert_int_eq(faults, 0);
	/* the first ones put away: said, no fault */
	c = check_begin();
	for (size_t k = 1; k < n; k++)
		check_text(&c, list[k], read_number(list[k]));
	ck_assert_int_eq(faults, 0);
	ck_assert_int_eq(notes, 1);
	/* one taken out of their middle, or put in another's place */
	c = check_begin();
	check_text(&c, list[0], read_number(list[0]));
	check_text(&c, list[2], read_number(list[2]));
	ck_assert_int_gt(faults, 0);
	c = check_begin();
	check_text(&c, list[0], read_number(list[0]));
	check_text(&c, list[1], read_number(list[2]));
	ck_assert_int_gt(faults, 0);
}
END_TEST

/* Began a file, and was ended before all that is known stood in it. */
START_TEST(next_file_cut_off)
{
	struct heads_file *h;
	struct span second;

	written();
	ck_assert_int_eq(heads_file_open_most(a, folder, key, 100, &h), OK);
	heads_file_close(h);
	second = read_number(2);
	for (size_t bytes = 0; bytes < second.n; bytes += 13) {
		int fd = open(numbered_path(a, folder, HEADS_PREFIX, 2), O_WRONLY | O_TRUNC);
		ck_assert_int_eq(write(fd, second.p, bytes), (ssize_t)bytes);
		close(fd);
		h = opened();
		ck_assert_int_eq(round_of(h, 2, 3), OK);
		heads_file_close(h);
		ck_assert_int_ge(chains_in(read_number(2)), 2);
		struct head_check c = check_begin();
		check_text(&c, 1, read_number(1));
		check_text(&c, 2, read_number(2));
		head_check_end(&c);
		ck_assert_msg(faults == 0, "after %d bytes: %d faults", (int)bytes, faults);
	}
}
END_TEST

/* What goes back is not signed: neither fewer entries nor others in their place, nor odd names. */
START_TEST(never_back)
{
	struct heads_file *h = opened();

	ck_assert_int_eq(round_of(h, 2, 5), OK);
	ck_assert_int_eq(round_of(h, 2, 4), OK);
	ck_assert_int_eq(heads_file_head(h, SPAN("sub:1"), 5, hash_of(77)), OK);
	ck_assert_int_eq(heads_file_head(h, SPAN("sub:1 x"), 5, hash_of(77)), OK);
	ck_assert_int_eq(heads_file_head(h, SPAN("sub:3"), 0, hash_of(77)), OK);
	ck_assert_int_eq(heads_file_head(h, SPAN("sub:3"), 1, SPAN("short")), OK);
	ck_assert_int_eq(heads_file_end(h), OK);
	heads_file_close(h);
	ck_assert_int_eq(faults_of(read_number(1)), 0);
	ck_assert_int_eq(heads, 10);
}
END_TEST

START_TEST(no_place_to_write)
{
	struct heads_file *h;
	struct sign_key *mine = key;
	char *name = arena_str(a, span_str(in_folder(HEADS_KEY)));

	ck_assert_int_eq(heads_file_open(a, "/nonexistent", key, &h), E_UNAVAILABLE);
	written();
	key = key_new("other");
	ck_assert_int_eq(heads_file_open(a, folder, key, &h), E_CONFLICT);
	sign_key_free(key);
	key = mine;
	ck_assert_int_eq(unlink(name), 0);
	ck_assert_int_eq(symlink("/etc/passwd", name), 0);
	ck_assert_int_ne(heads_file_open(a, folder, key, &h), OK);
	unlink(name);
}
END_TEST

/* Thousands at once, in pieces. */
START_TEST(many_chains)
{
	struct heads_file *h = opened();
	struct stat st;

	ck_assert_int_eq(round_of(h, 5000, 1), OK);
	heads_file_close(h);
	ck_assert_int_eq(stat(numbered_path(a, folder, HEADS_PREFIX, 1), &st), 0);
	ck_assert_int_gt(st.st_size, 5000 * 250);
	ck_assert_int_eq(st.st_mode & 0777, 0640);
}
END_TEST

Suite *vault_heads_suite(void)
{
	Suite *s = suite_create("vault_heads");
	TCase *c = tcase_create("heads");

	tcase_set_timeout(c, 60);
	tcase_add_checked_fixture(c, heads_setup, heads_teardown);
	tcase_add_test(c, signature);
	tcase_add_test(c, whole_file);
	tcase_add_test(c, each_bit);
	tcase_add_test(c, lines_moved);
	tcase_add_test(c, cut_anywhere);
	tcase_add_test(c, another_key);
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
