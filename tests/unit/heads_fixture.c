/* heads_fixture.c: keys, files and the check of them. */
#include "unit/heads_fixture.h"

#include <check.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/numbered.h"
#include "seal/keygen.h"

struct heads_fixture heads = {.folder = "/tmp/signet-heads-XXXXXX"};

const char *heads_path(const char *name)
{
	return arena_printf(heads.a, "%s/%s", heads.folder, name).p;
}

struct sign_key *heads_key_new(const char *name)
{
	struct seal_key k;

	unlink(heads_path(name));
	ck_assert_int_eq(keygen_write(heads_path(name), heads_path("public"), &k), OK);
	ck_assert_int_eq(open_key_read(heads_path(name), &heads.open_key), OK);
	return sign_key_new(heads.open_key);
}

void heads_set_up(void)
{
	secret_setup();
	heads.a = arena_new();
	ck_assert_ptr_nonnull(mkdtemp(heads.folder));
	heads.key = heads_key_new("secret");
	sign_key_public(heads.key, heads.public_key);
}

void heads_tear_down(void)
{
	static const char *const NAMES[] = {"secret", "other", "public", HEADS_KEY};

	for (size_t k = 0; k < COUNT(NAMES); k++)
		unlink(heads_path(NAMES[k]));
	for (int64_t n = 1; n < 40; n++)
		unlink(numbered_path(heads.a, heads.folder, HEADS_PREFIX, n));
	rmdir(heads.folder);
	arena_free(heads.a);
}

static bool check_signed(void *arg, struct span text, const unsigned char sig[HEAD_SIGNATURE])
{
	(void)arg;
	return signature_fits(heads.public_key, text, sig);
}

static void check_fault(void *arg, int64_t n, const char *what)
{
	(void)arg;
	(void)n;
	(void)what;
	heads.faults++;
}

static void check_note(void *arg, int64_t n, const char *what)
{
	(void)arg;
	(void)n;
	(void)what;
	heads.notes++;
}

static int check_head(void *arg, const struct head_line *l)
{
	(void)arg;
	heads.heads += l->seq;
	return OK;
}

struct head_check heads_check_begin(void)
{
	heads.faults = heads.notes = 0;
	heads.heads = 0;
	return (struct head_check){.hash = hash_bytes, .is_signed = check_signed, .fault = check_fault,
				   .note = check_note, .head = check_head, .gap = 300};
}

/* Text as a file: its lines; what stands behind the last end is a line, too. */
void heads_check_text(struct head_check *c, int64_t number, struct span text)
{
	struct span line;

	head_check_file(c, number);
	if (text.n && text.p[text.n - 1] == '\n')
		text.n--;
	while (text.n && span_cut(&text, '\n', &line))
		ck_assert_int_eq(head_check_line(c, line), OK);
}

int heads_faults_of(struct span text)
{
	struct head_check c = heads_check_begin();

	heads_check_text(&c, 1, text);
	head_check_end(&c);
	return heads.faults;
}

struct span heads_read_number(int64_t number)
{
	struct span text;

	ck_assert_int_eq(file_read(heads.a, numbered_path(heads.a, heads.folder, HEADS_PREFIX, number), 1 << 20, &text), OK);
	return text;
}

struct span heads_hash(int n)
{
	unsigned char *sum = arena_alloc(heads.a, HEAD_HASH);

	hash_bytes(arena_printf(heads.a, "%d", n), sum);
	return span_of((const char *)sum, HEAD_HASH);
}

/* One round: chains sub:1 ... sub:n, each with `seq` entries. */
int heads_round(struct heads_file *h, int n, int64_t seq)
{
	for (int k = 1; k <= n; k++)
		TRY(heads_file_head(h, arena_printf(heads.a, "sub:%d", k), seq, heads_hash(k * 1000 + (int)seq)));
	return heads_file_end(h);
}

struct heads_file *heads_opened(void)
{
	struct heads_file *h;

	ck_assert_int_eq(heads_file_open(heads.a, heads.folder, heads.key, &h), OK);
	return h;
}

struct span heads_written(void)
{
	struct heads_file *h = heads_opened();

	for (int k = 1; k <= 3; k++)
		ck_assert_int_eq(heads_round(h, 2, k), OK);
	heads_file_close(h);
	return heads_read_number(1);
}
