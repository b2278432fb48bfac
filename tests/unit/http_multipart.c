/* http_multipart.c: multipart/form-data: what browsers send, and what nobody should. */
#include "unit/suites.h"

#include "http/form.h"
#include "http/multipart.h"

#define TYPE "multipart/form-data; boundary=B"
#define PART(name, content)                                                                        \
	"--B\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" content "\r\n"
#define FILE_PART(name, content)                                                                   \
	"--B\r\nContent-Disposition: form-data; name=\"" name "\"; filename=\"id_rsa\"\r\n"        \
	"Content-Type: application/octet-stream\r\n\r\n" content "\r\n"
#define NAMED(file, content)                                                                       \
	"--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" file "\"\r\n\r\n"      \
	content "\r\n"
#define END "--B--\r\n"

static const struct form_field FIELDS[] = {
	{"name", FORM_TEXT, true, 10, "Name"},	  {"note", FORM_LINES, false, 20, "Note"},
	{"key", FORM_LIST, false, 10, "Key"},	  {"secret.*", FORM_SECRET, false, 10, "Secret"},
	{"file.*", FORM_FILE, false, 10, "File"},
};
static const struct form_def DEF = {FIELDS, COUNT(FIELDS), 1000, 6};

static struct arena *a;

static void set_up(void)
{
	a = arena_new();
}

static void tear_down(void)
{
	arena_free(a);
}

static int parse_n(const char *type, const char *body, size_t n, struct form **out)
{
	char *copy = arena_alloc(a, n ? n : 1);

	memcpy(copy, body, n);
	return form_parse_multipart(a, &DEF, span_str(type), copy, n, out);
}

static int parse(const char *body, struct form **out)
{
	return parse_n(TYPE, body, strlen(body), out);
}

START_TEST(values_and_files_are_read)
{
	struct form *f = NULL;
	size_t at = 0, n;
	struct form_value *v;
	char *bytes;

	ck_assert_int_eq(parse(PART("name", "a+b %41") PART("note", "x\r\ny") PART("key", "1")
				       PART("key", "2") PART("secret.a", "s3cret")
					       FILE_PART("file.a", "k\r\ney") END,
			       &f),
			 OK);
	ck_assert(f->errors == NULL);
	ck_assert(span_is(form_text(f, "name"), "a+b %41"));
	ck_assert(span_is(form_text(f, "note"), "x\ny"));
	ck_assert(form_next(f, "key", &at, &v) && span_is(v->value, "1"));
	ck_assert(form_next(f, "key", &at, &v) && span_is(v->value, "2"));
	ck_assert(form_text(f, "secret.a").p == NULL);
	ck_assert(form_text(f, "file.a").p == NULL);
	ck_assert(form_secret_take(f, SPAN("secret.a"), &bytes, &n));
	ck_assert(span_is(span_of(bytes, n), "s3cret"));
	ck_assert(form_secret_take(f, SPAN("file.a"), &bytes, &n));
	ck_assert(span_is(span_of(bytes, n), "k\r\ney"));
	ck_assert(!form_secret_take(f, SPAN("file.a"), &bytes, &n));
}
END_TEST

START_TEST(a_file_may_hold_any_bytes)
{
	static const char BODY[] = PART("name", "x") FILE_PART("file.a", "\0\xff--B\r\n-") END;
	struct form *f = NULL;
	char *bytes;
	size_t n;

	ck_assert_int_eq(parse_n(TYPE, BODY, sizeof(BODY) - 1, &f), OK);
	ck_assert(form_secret_take(f, SPAN("file.a"), &bytes, &n));
	ck_assert_uint_eq(n, 8);
	ck_assert_mem_eq(bytes, "\0\xff--B\r\n-", 8);
}
END_TEST

START_TEST(no_file_chosen_is_no_file)
{
	struct form *f = NULL;
	char *bytes;
	size_t n;

	ck_assert_int_eq(
		parse(PART("name", "x") "--B\r\nContent-Disposition: form-data; name=\"file.a\"; "
					"filename=\"\"\r\n\r\n\r\n" END,
		      &f),
		OK);
	ck_assert(!form_secret_take(f, SPAN("file.a"), &bytes, &n));
	ck_assert(f->errors == NULL);
	/* text under a file's name is no file either */
	ck_assert_int_eq(parse(PART("name", "x") PART("file.a", "text") END, &f), OK);
	ck_assert(!form_secret_take(f, SPAN("file.a"), &bytes, &n));
}
END_TEST

START_TEST(a_file_is_capped_with_a_sentence)
{
	struct form *f = NULL;

	ck_assert_int_eq(parse(PART("name", "x") FILE_PART("file.a", "12345678901") END, &f), OK);
	ck_assert_str_eq(
		form_message(f, SPAN("file.a")).p,
		"The file is too large: at most 10 bytes, this one has 11. Choose another.");
}
END_TEST

START_TEST(names_come_back_as_they_were)
{
	struct form *f = NULL;
	char *bytes;
	size_t n;

	ck_assert_int_eq(parse(PART("name", "x") PART("secret.%22a%0D%0Ab%41%2", "v") END, &f), OK);
	ck_assert(form_secret_take(f, SPAN("secret.\"a\r\nb%41%2"), &bytes, &n));
}
END_TEST

/* Bodies that are no form; the type is TYPE. */
static const char *const BROKEN[] = {
	"",
	"--B",
	"--B--x",
	"\r\n" PART("name", "x") END, /* something before the first */
	"preamble\r\n" PART("name", "x") END,
	PART("name", "x"), /* no final boundary */
	PART("name", "x") "--B",
	PART("name", "x") "--B-",
	PART("name", "x") "--B--\r\nmore", /* something behind it */
	PART("name", "x") "--B--\r\n\r\n",
	PART("name", "x") "--Bx--\r\n",
	PART("name", "x\r\n--Bx") END, /* the boundary, not alone on its line */
	"--B \r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nx\r\n" END,
	"--B\nContent-Disposition: form-data; name=\"name\"\n\nx\n--B--\n",
	"--B\r\n\r\nx\r\n" END, /* no disposition */
	"--B\r\nContent-Type: text/plain\r\n\r\nx\r\n" END,
	"--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n" END,
	"--B\r\nContent-Disposition: form-data;\r\n\r\nx\r\n" END,
	"--B\r\nContent-Disposition: attachment; name=\"name\"\r\n\r\nx\r\n" END,
	"--B\r\nContent-Disposition: form-data; name=name\r\n\r\nx\r\n" END,
	"--B\r\nContent-Disposition: form-data; name=\"name\r\n\r\nx\r\n" END,
	"--B\r\nContent-Disposition: form-data; name=\"name\";\r\n\r\nx\r\n" END,
	"--B\r\nContent-Disposition: form-data; name=\"name\" x\r\n\r\nx\r\n" END,
	"--B\r\nContent-Disposition: form-data; name=\"name\"; name=\"key\"\r\n\r\nx\r\n" END,
	"--B\r\nContent-Disposition: form-data; name=\"file.a\"; filename*=\"x\"\r\n\r\nx\r\n" END,
	"--B\r\nContent-Disposition: form-data; name=\"name\"\r\nContent-Disposition: form-data; "
	"name=\"name\"\r\n\r\nx\r\n" END,
	"--B\r\nContent-Disposition: form-data;\r\n name=\"name\"\r\n\r\nx\r\n" END, /* folded */
	"--B\r\nContent-Disposition: form-data; name=\"name\"\r\n folded: x\r\n\r\nx\r\n" END,
	"--B\r\nContent-Disposition : form-data; name=\"name\"\r\n\r\nx\r\n" END,
	"--B\r\nContent-Disposition: form-data; name=\"name\"\r\nno colon\r\n\r\nx\r\n" END,
	"--B\r\nContent-Disposition: form-data; name=\"name\"\r\nContent-Transfer-Encoding: "
	"base64\r\n\r\neA==\r\n" END,
	"--B\r\nContent-Type: a/b\r\nContent-Type: a/b\r\nContent-Disposition: form-data; "
	"name=\"name\"\r\n\r\nx\r\n" END,
	"--B\r\nContent-Disposition: form-data; name=\"na\x01me\"\r\n\r\nx\r\n" END,
	"--B\r\nContent-Disposition: form-data; name=\"na\xffme\"\r\n\r\nx\r\n" END,
	"--B\r\nContent-Disposition: form-data; name=\"name\"\r\n",
	"--B\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nx",
	PART("name", "\xff") END,   /* text that is none */
	FILE_PART("name", "x") END, /* a file where text was asked for */
	FILE_PART("secret.a", "x") END,
};

START_TEST(what_no_browser_sends_is_no_form)
{
	struct form *f = NULL;

	ck_assert_msg(parse(BROKEN[_i], &f) == E_INVALID, "%s", BROKEN[_i]);
}
END_TEST

START_TEST(nul_is_no_text)
{
	static const char BODY[] = PART("name", "a\0b") END;
	static const char HEADER[] =
		"--B\r\nContent-Disposition: form-data; name=\"a\0b\"\r\n\r\nx\r\n" END;
	struct form *f = NULL;

	ck_assert_int_eq(parse_n(TYPE, BODY, sizeof(BODY) - 1, &f), E_INVALID);
	ck_assert_int_eq(parse_n(TYPE, HEADER, sizeof(HEADER) - 1, &f), E_INVALID);
}
END_TEST

static const struct {
	const char *type;
	int rc;
} TYPES[] = {
	{"multipart/form-data; boundary=B", OK},
	{"Multipart/Form-Data; Boundary=\"B\"", OK},
	{"multipart/form-data;charset=utf-8;boundary=B", OK},
	{"multipart/form-data", E_INVALID},
	{"multipart/form-data; boundary=", E_INVALID},
	{"multipart/form-data; boundary=\"\"", E_INVALID},
	{"multipart/form-data; boundary=B; boundary=B", E_INVALID},
	{"multipart/form-data; boundary=\"B B\"", E_INVALID},
	{"multipart/form-data; boundary=B\xff", E_INVALID},
	{"multipart/form-data; boundary=C", E_INVALID},
	{"multipart/mixed; boundary=B", E_INVALID},
	{"multipart/form-data; boundary="
	 "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB",
	 E_INVALID},
};

START_TEST(boundaries_are_checked)
{
	static const char BODY[] = PART("name", "x") END;
	struct form *f = NULL;

	ck_assert_msg(parse_n(TYPES[_i].type, BODY, sizeof(BODY) - 1, &f) == TYPES[_i].rc, "%s",
		      TYPES[_i].type);
}
END_TEST

START_TEST(too_much_is_too_big)
{
	struct form *f = NULL;
	char *huge = arena_alloc(a, 9000);

	ck_assert_int_eq(parse(PART("key", "1") PART("key", "2") PART("key", "3") PART("key", "4")
				       PART("key", "5") PART("key", "6") PART("key", "7") END,
			       &f),
			 E_TOO_BIG);
	ck_assert_int_eq(parse("--B\r\na: 1\r\nb: 1\r\nc: 1\r\nd: 1\r\ne: 1\r\nf: 1\r\ng: 1\r\n"
			       "h: 1\r\ni: 1\r\n\r\n" END,
			       &f),
			 E_TOO_BIG);
	memset(huge, 'x', 8000);
	memcpy(huge, "--B\r\nx: ", 8);
	memcpy(huge + 8000, "\r\n\r\n" END, 4 + sizeof(END));
	ck_assert_int_eq(parse(huge, &f), E_TOO_BIG);
}
END_TEST

START_TEST(an_unclosed_body_ends_early_at_every_byte)
{
	static const char BODY[] = PART("name", "x") FILE_PART("file.a", "key") END;
	struct form *f = NULL;

	for (size_t n = 0; n < sizeof(BODY) - 3; n++)
		ck_assert_int_eq(parse_n(TYPE, BODY, n, &f), E_INVALID);
	/* the last line end may be missing */
	ck_assert_int_eq(parse_n(TYPE, BODY, sizeof(BODY) - 3, &f), OK);
}
END_TEST

START_TEST(files_come_by_multipart_alone)
{
	char body[] = "name=x&file.a=id_rsa";
	struct form *f = NULL;
	char *bytes;
	size_t n;

	ck_assert_int_eq(form_parse(a, &DEF, body, strlen(body), &f), OK);
	ck_assert(!form_secret_take(f, SPAN("file.a"), &bytes, &n));
	ck_assert(form_takes_files(&DEF));
	ck_assert(!form_takes_files(&(struct form_def){FIELDS, 4, 10, 10}));
	ck_assert(multipart_is(SPAN("multipart/form-data; boundary=x")));
	ck_assert(!multipart_is(SPAN("multipart/form-data-x")));
	ck_assert(!multipart_is(SPAN("")));
}
END_TEST

/* Several files under one name, each with its own; and what is no file of theirs. */
START_TEST(files_have_names)
{
	static const struct form_field FIELD[] = {{"file", FORM_FILES, false, 4, "The file"}};
	static const struct form_def SEVERAL = {FIELD, 1, 1000, 9};
	static const char BODY[] = NAMED("a/%22b%22.yml", "x") NAMED("", "") NAMED("b", "")
		PART("file", "text") NAMED("c", "12345") FILE_PART("other", "y") END;
	struct form *f = NULL;
	struct form_value *v;
	char *copy = arena_str(a, span_str(BODY));
	size_t at = 0;

	ck_assert_int_eq(form_parse_multipart(a, &SEVERAL, SPAN(TYPE), copy, strlen(copy), &f), OK);
	ck_assert(form_next(f, "file", &at, &v) && span_is(v->value, "a/\"b\".yml") &&
		  span_is(form_bytes(v), "x"));
	ck_assert(form_next(f, "file", &at, &v) && span_is(v->value, "b") && form_bytes(v).n == 0);
	ck_assert(form_next(f, "file", &at, &v) && span_is(v->value, "c"));
	ck_assert(!form_next(f, "file", &at, &v));
	ck_assert_str_eq(form_message(f, SPAN("file")).p,
			 "c is too large: at most 4 bytes, this one has 5.");
	copy = arena_str(a, SPAN(NAMED("\xff", "x") END));
	ck_assert_int_eq(form_parse_multipart(a, &SEVERAL, SPAN(TYPE), copy, strlen(copy), &f),
			 E_INVALID);
	copy = arena_str(a, SPAN("file=x"));
	ck_assert_int_eq(form_parse(a, &SEVERAL, copy, strlen(copy), &f), OK);
	ck_assert_uint_eq(f->nvalues, 0);
	ck_assert(form_takes_files(&SEVERAL));
}
END_TEST

Suite *http_multipart_suite(void)
{
	Suite *s = suite_create("http_multipart");
	TCase *c = tcase_create("multipart");

	tcase_add_checked_fixture(c, set_up, tear_down);
	tcase_add_test(c, values_and_files_are_read);
	tcase_add_test(c, a_file_may_hold_any_bytes);
	tcase_add_test(c, no_file_chosen_is_no_file);
	tcase_add_test(c, a_file_is_capped_with_a_sentence);
	tcase_add_test(c, names_come_back_as_they_were);
	tcase_add_loop_test(c, what_no_browser_sends_is_no_form, 0, (int)COUNT(BROKEN));
	tcase_add_test(c, nul_is_no_text);
	tcase_add_loop_test(c, boundaries_are_checked, 0, (int)COUNT(TYPES));
	tcase_add_test(c, too_much_is_too_big);
	tcase_add_test(c, an_unclosed_body_ends_early_at_every_byte);
	tcase_add_test(c, files_come_by_multipart_alone);
	tcase_add_test(c, files_have_names);
	suite_add_tcase(s, c);
	return s;
}
