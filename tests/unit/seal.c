/* seal.c: secrets, hashes, boxes, key files, passwords. */
#include "unit/suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "seal/keygen.h"
#include "seal/open.h"
#include "seal/pwhash.h"

static struct arena *arena;
static char folder[32];
static char secret_path[64], public_path[64];
static struct seal_key public_key;
static struct open_key *key;

static void key_setup(void)
{
	secret_setup();
	arena = arena_new();
	memcpy(folder + sizeof(folder) - 7, "XXXXXX", 6);
	snprintf(folder, sizeof(folder), "/tmp/signet-seal-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(secret_path, sizeof(secret_path), "%s/secret", folder);
	snprintf(public_path, sizeof(public_path), "%s/public", folder);
	ck_assert_int_eq(keygen_write(secret_path, public_path, &public_key), OK);
	ck_assert_int_eq(open_key_read(secret_path, &key), OK);
}

static void key_teardown(void)
{
	unlink(secret_path);
	unlink(public_path);
	rmdir(folder);
	arena_free(arena);
}

static struct span hex(const unsigned char *p, size_t n)
{
	char *text = arena_alloc(arena, 2 * n + 1);

	for (size_t i = 0; i < n; i++)
		snprintf(text + 2 * i, 3, "%02x", p[i]);
	return span_of(text, 2 * n);
}

static struct seal_label label_of(const char *field)
{
	struct seal_label l = {
		.field = span_str(field),
		.type = SPAN("jenkins"),
		.origins = SPAN("https://ci.example:443"),
		.sealed_at = 1700000000,
	};

	memset(l.owner_uid, 1, UID_BYTES);
	memset(l.thing_uid, 2, UID_BYTES);
	return l;
}

static struct secret secret_of(const char *text)
{
	char *copy = arena_str(arena, span_str(text));

	return secret_take(arena, copy, strlen(text));
}

static struct span box_of(const char *text)
{
	struct seal_label l = label_of("apiToken");
	struct secret value = secret_of(text);
	struct span box;

	ck_assert_int_eq(seal_value(arena, &public_key, &l, &value, &box), OK);
	return box;
}

START_TEST(secret_takes_and_wipes)
{
	char typed[] = "canary";
	struct secret s = secret_take(NULL, typed, 6), none = secret_new(arena, 0);

	ck_assert_mem_eq(s.p, "canary", 6);
	ck_assert_mem_eq(typed, "\0\0\0\0\0\0", 6);
	secret_release(&s);
	ck_assert_ptr_null(s.p);
	secret_release(&s);
	ck_assert_ptr_null(none.p);
}
END_TEST

/* BLAKE2b-256 of "abc", and of the same keyed with the bytes 00 to 1f, from Python's hashlib. */
START_TEST(hash_known_answers)
{
	unsigned char out[HASH_BYTES], k[32];

	hash_bytes(SPAN("abc"), out);
	ck_assert_str_eq(hex(out, HASH_BYTES).p,
			 "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
	for (unsigned i = 0; i < sizeof(k); i++)
		k[i] = (unsigned char)i;
	mac_bytes(span_of((char *)k, sizeof(k)), SPAN("abc"), out);
	ck_assert_str_eq(hex(out, HASH_BYTES).p,
			 "d63a32d3e44738d7907f964316c241adaba0abfeabc32349677578a15a203f7f");
	ck_assert(mac_equal(out, span_of((char *)out, HASH_BYTES)));
	ck_assert(!mac_equal(out, span_of((char *)out, HASH_BYTES - 1)));
	ck_assert(!mac_equal(out, SPAN_NONE));
	k[31] ^= 1;
	ck_assert(!mac_equal(k, span_of((char *)out, HASH_BYTES)));
}
END_TEST

static const struct {
	const char *text;
	size_t most;
	int rc;
	const char *bytes;
} BASE64[] = {
	{"", 0, OK, ""},          {"Zg", 1, OK, "f"},        {"Zm9v", 3, OK, "foo"},
	{"-_8", 2, OK, "\xFB\xFF"}, {"+/8", 2, E_INVALID, ""}, {"Zg==", 9, E_INVALID, ""},
	{"Zh", 9, E_INVALID, ""}, {"Z", 9, E_INVALID, ""},   {"Zm9v", 2, E_INVALID, ""},
	{"Zm 9v", 9, E_INVALID, ""}, {"Zm9v\n", 9, E_INVALID, ""},
	{"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", 2, E_INVALID, ""},
};

START_TEST(base64_reads)
{
	struct span out;

	ck_assert_int_eq(base64_read(arena, span_str(BASE64[_i].text), BASE64[_i].most, &out),
			 BASE64[_i].rc);
	if (BASE64[_i].rc != OK)
		return;
	ck_assert(span_is(out, BASE64[_i].bytes));
	ck_assert(span_is(base64_text(arena, out), BASE64[_i].text));
}
END_TEST

START_TEST(tokens_differ)
{
	struct span a = token_new(arena), b = token_new(arena);

	ck_assert_uint_eq(a.n, 43);
	ck_assert(!span_eq(a, b));
}
END_TEST

START_TEST(seal_and_open)
{
	struct span box = box_of("s3cret");
	struct seal_label l;
	struct secret v;

	ck_assert_int_eq(seal_open(arena, key, box, &l, &v), OK);
	ck_assert_uint_eq(v.n, 6);
	ck_assert_mem_eq(v.p, "s3cret", 6);
	ck_assert(span_is(l.field, "apiToken"));
	ck_assert(span_is(l.type, "jenkins"));
	ck_assert(span_is(l.origins, "https://ci.example:443"));
	ck_assert_int_eq(l.sealed_at, 1700000000);
	for (int i = 0; i < UID_BYTES; i++) {
		ck_assert_int_eq(l.owner_uid[i], 1);
		ck_assert_int_eq(l.thing_uid[i], 2);
	}
	ck_assert_str_eq(open_key_public(key)->id, public_key.id);
}
END_TEST

START_TEST(seal_every_flip_fails)
{
	struct span box = box_of("s3cret");
	struct seal_label l;
	struct secret v;

	for (size_t i = 0; i < box.n; i++) {
		char *p = arena_str(arena, box);
		p[i] = (char)(p[i] ^ (1 << (i % 8)));
		ck_assert_msg(seal_open(arena, key, span_of(p, box.n), &l, &v) == E_CORRUPT,
			      "byte %zu", i);
	}
	for (size_t n = 0; n < box.n; n++)
		ck_assert_int_eq(seal_open(arena, key, span_of(box.p, n), &l, &v), E_CORRUPT);
	ck_assert_int_eq(seal_open(arena, key, SPAN_NONE, &l, &v), E_CORRUPT);
}
END_TEST

START_TEST(seal_another_key_fails)
{
	struct span box = box_of("s3cret");
	struct seal_label l;
	struct seal_key other;
	struct open_key *k;
	struct secret v;

	unlink(secret_path);
	ck_assert_int_eq(keygen_write(secret_path, public_path, &other), OK);
	ck_assert_str_ne(other.id, public_key.id);
	ck_assert_int_eq(open_key_read(secret_path, &k), OK);
	ck_assert_int_eq(seal_open(arena, k, box, &l, &v), E_CORRUPT);
}
END_TEST

/* Sealed to the right public key under another id: the label says so. */
START_TEST(seal_label_names_its_key)
{
	struct seal_label l = label_of("apiToken");
	struct secret v = secret_of("x");
	struct span box;

	public_key.id[0] = public_key.id[0] == 'a' ? 'b' : 'a';
	ck_assert_int_eq(seal_value(arena, &public_key, &l, &v, &box), OK);
	ck_assert_int_eq(seal_open(arena, key, box, &l, &v), E_CORRUPT);
}
END_TEST

START_TEST(seal_padding_hides_length)
{
	size_t first = box_of("").n;

	/* The label of the test takes 114 bytes: 13 more are in the same class of length. */
	ck_assert_uint_eq(first, 128 + 48);
	ck_assert_uint_eq(box_of("0123456789012").n, first);
	ck_assert_uint_eq(box_of("01234567890123").n, first + 64);
}
END_TEST

START_TEST(seal_limits)
{
	struct seal_label l = label_of("apiToken");
	struct secret v = secret_new(arena, SEAL_VALUE_MAX);
	struct secret more = secret_new(arena, SEAL_VALUE_MAX + 1);
	struct secret none = secret_new(arena, 0), got;
	struct span box;

	ck_assert_int_eq(seal_value(arena, &public_key, &l, &v, &box), OK);
	ck_assert_int_eq(seal_open(arena, key, box, &l, &got), OK);
	ck_assert_uint_eq(got.n, SEAL_VALUE_MAX);
	ck_assert_int_eq(seal_value(arena, &public_key, &l, &more, &box), E_TOO_BIG);
	ck_assert_int_eq(seal_value(arena, &public_key, &l, &none, &box), OK);
	ck_assert_int_eq(seal_open(arena, key, box, &l, &got), OK);
	ck_assert_uint_eq(got.n, 0);
	l.field = span_of(arena_alloc(arena, 171), 171);
	ck_assert_int_eq(seal_value(arena, &public_key, &l, &v, &box), E_TOO_BIG);
}
END_TEST

static void file_put(const char *path, const char *text, mode_t mode)
{
	FILE *f;

	unlink(path);
	f = fopen(path, "w");
	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	fclose(f);
	ck_assert_int_eq(chmod(path, mode), 0);
}

START_TEST(key_files_have_modes)
{
	struct seal_key again;
	struct open_key *k;
	struct stat st;

	ck_assert_int_eq(stat(secret_path, &st), 0);
	ck_assert_uint_eq(st.st_mode & 07777, 0400);
	ck_assert_int_eq(stat(public_path, &st), 0);
	ck_assert_uint_eq(st.st_mode & 07777, 0644);
	ck_assert_int_eq(seal_key_read(public_path, &again), OK);
	ck_assert_str_eq(again.id, public_key.id);
	ck_assert_mem_eq(again.public_key, public_key.public_key, SEAL_PUBLIC_BYTES);
	ck_assert_int_eq(keygen_write(secret_path, public_path, &again), E_CONFLICT);
	ck_assert_int_eq(chmod(secret_path, 0440), 0);
	ck_assert_int_eq(open_key_read(secret_path, &k), E_DENIED);
	ck_assert_int_eq(chmod(secret_path, 0404), 0);
	ck_assert_int_eq(open_key_read(secret_path, &k), E_DENIED);
	ck_assert_int_eq(open_key_read("/nonexistent/key", &k), E_NOT_FOUND);
	ck_assert_int_eq(open_key_read(folder, &k), E_INVALID);
	ck_assert_int_eq(seal_key_read("/nonexistent/key", &again), E_NOT_FOUND);
}
END_TEST

static const char *const BAD_KEYS[] = {
	"", "signet-secret-key v1\n", "signet-secret-key v2\na\nb\nc\n",
	"signet-secret-key v1\n0000000000000000\n"
	"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"
	"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
	"signet-public-key v1\n0000000000000000\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
};

START_TEST(key_files_are_checked)
{
	struct open_key *k;
	struct seal_key p;

	file_put(secret_path, BAD_KEYS[_i], 0400);
	ck_assert_int_eq(open_key_read(secret_path, &k), E_INVALID);
	ck_assert_int_eq(seal_key_read(secret_path, &p), E_INVALID);
}
END_TEST

START_TEST(macs_depend_on_key_and_row)
{
	unsigned char a[HASH_BYTES], b[HASH_BYTES];

	open_key_mac(key, SPAN("row"), a);
	open_key_mac(key, SPAN("row"), b);
	ck_assert_mem_eq(a, b, HASH_BYTES);
	open_key_mac(key, SPAN("rov"), b);
	ck_assert_mem_ne(a, b, HASH_BYTES);
}
END_TEST

START_TEST(pwhash_checks)
{
	struct secret right = secret_of("correct horse battery");
	struct secret wrong = secret_of("Correct horse battery");
	struct secret none = secret_new(arena, 0);
	int64_t before = pwhash_calls();
	struct span hash, cut;

	ck_assert_int_eq(pwhash_make(arena, &right, &hash), OK);
	ck_assert(span_starts(hash, SPAN("$argon2id$v=19$m=65536,t=2,p=1$")));
	ck_assert_int_eq(pwhash_check(hash, &right), OK);
	ck_assert_int_eq(pwhash_check(hash, &wrong), E_DENIED);
	ck_assert_int_eq(pwhash_check(hash, &none), E_DENIED);
	cut = span_of(hash.p, hash.n - 1);
	ck_assert_int_eq(pwhash_check(cut, &right), E_DENIED);
	ck_assert_int_eq(pwhash_check(SPAN_NONE, &right), E_DENIED);
	ck_assert_int_eq(pwhash_check(span_of(arena_alloc(arena, 500), 500), &right), E_DENIED);
	ck_assert_int_eq(pwhash_calls() - before, 7);
}
END_TEST

Suite *seal_suite(void)
{
	Suite *s = suite_create("seal");
	TCase *t = tcase_create("seal");

	tcase_set_timeout(t, 30);
	tcase_add_checked_fixture(t, key_setup, key_teardown);
	tcase_add_test(t, secret_takes_and_wipes);
	tcase_add_test(t, hash_known_answers);
	tcase_add_loop_test(t, base64_reads, 0, (int)COUNT(BASE64));
	tcase_add_test(t, tokens_differ);
	tcase_add_test(t, seal_and_open);
	tcase_add_test(t, seal_every_flip_fails);
	tcase_add_test(t, seal_another_key_fails);
	tcase_add_test(t, seal_label_names_its_key);
	tcase_add_test(t, seal_padding_hides_length);
	tcase_add_test(t, seal_limits);
	tcase_add_test(t, key_files_have_modes);
	tcase_add_loop_test(t, key_files_are_checked, 0, (int)COUNT(BAD_KEYS));
	tcase_add_test(t, macs_depend_on_key_and_row);
	tcase_add_test(t, pwhash_checks);
	suite_add_tcase(s, t);
	return s;
}
