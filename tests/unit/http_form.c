/* http_form.c: declared forms: kinds, limits, hostile bodies, secrets. */
#include "unit/suites.h"

#include "http/form.h"

static const struct form_field FIELDS[] = {
	{"name", FORM_TEXT, true, 10, "Name"},
	{"note", FORM_LINES, false, 20, "Note"},
	{"key", FORM_LIST, false, 10, "Key"},
	{"all", FORM_FLAG, false, 0, "All projects"},
	{"id", FORM_ID, false, 0, "Project"},
	{"value.*", FORM_TEXT, false, 10, "Value"},
	{"value.s.*", FORM_SECRET, false, 10, "Secret"},
	{"pass", FORM_SECRET, false, 10, "Password"},
};
static const struct form_def DEF = {FIELDS, COUNT(FIELDS), 1000, 12};

static struct arena *a;

static void set_up(void)
{
	a = arena_new();
}

static void tear_down(void)
{
	arena_free(a);
}

static int parse_n(const char *body, size_t n, struct form **out)
{
	char *copy = arena_alloc(a, n);

	memcpy(copy, body, n);
	return form_parse(a, &DEF, copy, n, out);
}

static struct form *parse(const char *body)
{
	struct form *f = NULL;

	ck_assert_int_eq(parse_n(body, strlen(body), &f), OK);
	return f;
}

START_TEST(values_are_typed)
{
	struct form *f = parse("name=a%20b+c&note=x%0D%0Ay%0Dz%0A&all=on&id=42&none=1&csrf=tok");
	struct form_value *v;
	size_t at = 0;

	ck_assert(f->errors == NULL);
	ck_assert(span_is(form_text(f, "name"), "a b c"));
	ck_assert(span_is(form_text(f, "note"), "x\ny\nz\n"));
	ck_assert(form_flag(f, "all"));
	ck_assert(!form_flag(f, "note2"));
	ck_assert_int_eq(form_id(f, "id"), 42);
	ck_assert_int_eq(form_id(f, "name"), 0);
	ck_assert(form_text(f, "none").p == NULL);
	ck_assert(span_is(form_text(f, "csrf"), "tok"));
	ck_assert(!form_next(f, "key", &at, &v));
}
END_TEST

START_TEST(lists_and_prefixes_keep_their_order)
{
	struct form *f = parse("name=n&key=1&value.b=B&key=&value.a=A&key=1&value.b=again");
	const char *const keys[] = {"1", "", "1"}, *const names[] = {"value.b", "value.a"};
	struct form_value *v;
	size_t at = 0, n = 0;

	while (form_next(f, "key", &at, &v))
		ck_assert(span_is(v->value, keys[n++]));
	ck_assert_uint_eq(n, 3);
	n = at = 0;
	while (form_next(f, "value.*", &at, &v))
		ck_assert(span_is(v->name, names[n++]));
	ck_assert_uint_eq(n, 2);
	ck_assert(span_is(form_text(f, "value.b"), "B"));
}
END_TEST

START_TEST(the_first_of_two_wins)
{
	struct form *f = parse("name=one&name=two&pass=p&pass=q&%6Eame=three");
	char *p;
	size_t n;

	ck_assert(span_is(form_text(f, "name"), "one"));
	ck_assert_uint_eq(f->nvalues, 2);
	ck_assert(form_secret_take(f, SPAN("pass"), &p, &n));
	ck_assert(span_is(span_of(p, n), "p"));
}
END_TEST

/* NULL as message: no error beside that field. */
static const struct {
	const char *body, *name, *message, *kept;
} FAULTS[] = {
	{"", "name", "Name must be filled in", NULL},
	{"name=", "name", "Name must be filled in", ""},
	{"name=0123456789", "name", NULL, "0123456789"},
	{"name=0123456789a", "name", "Name is too long: at most 10 bytes, this is 11",
	 "0123456789a"},
	{"name=a%0Ab", "name",
	 "Name must be one line without control characters: take out U+000A (character 2)", "a\nb"},
	{"name=a%0D", "name",
	 "Name must be one line without control characters: take out U+000D (character 2)", "a\r"},
	{"name=%01", "name",
	 "Name must be one line without control characters: take out U+0001 (character 1)", "\x01"},
	{"name=%7F", "name",
	 "Name must be one line without control characters: take out U+007F (character 1)", "\x7F"},
	{"name=%C2%85", "name",
	 "Name must be one line without control characters: take out U+0085 (character 1)",
	 "\xC2\x85"},
	{"name=%C2%A0", "name", NULL, "\xC2\xA0"},
	{"name=ab%E2%80%AE", "name",
	 "Name must be one line without control characters: take out U+202E (character 3)",
	 "ab\xE2\x80\xAE"},
	{"name=%F0%9F%98%80%E2%80%A8", "name",
	 "Name must be one line without control characters: take out U+2028 (character 2)",
	 "\xF0\x9F\x98\x80\xE2\x80\xA8"},
	{"name=%D8%9C", "name",
	 "Name must be one line without control characters: take out U+061C (character 1)",
	 "\xD8\x9C"},
	{"name=%E2%80%AF%D8%9B", "name", NULL, "\xE2\x80\xAF\xD8\x9B"},
	{"key=%0A", "key",
	 "Key must be one line without control characters: take out U+000A (character 1)", "\n"},
	{"note=012345678%0D%0A0123456789", "note", NULL, "012345678\n0123456789"},
	{"note=0123456789%0D%0A0123456789", "note",
	 "Note is too long: at most 20 bytes, this is 21", "0123456789\n0123456789"},
	{"id=0", "id", "Project must be a whole number of at least 1", "0"},
	{"id=1x", "id", "Project must be a whole number of at least 1", "1x"},
	{"id=-1", "id", "Project must be a whole number of at least 1", "-1"},
	{"id=99999999999999999999", "id", "Project must be a whole number of at least 1",
	 "99999999999999999999"},
	{"id=", "id", NULL, ""},
	{"value.x=0123456789a", "value.x", "Value is too long: at most 10 bytes, this is 11",
	 "0123456789a"},
	{"pass=0123456789a", "pass", "Password is too long: at most 10 bytes, this is 11", NULL},
	{"pass=a%0Ab", "pass", NULL, NULL},
	{"csrf=a%0Ab", "csrf", NULL, "a\nb"},
};

START_TEST(faults_stand_beside_the_field)
{
	struct form *f = parse(FAULTS[_i].body);
	struct span message = form_message(f, span_str(FAULTS[_i].name));
	struct span kept = form_text(f, FAULTS[_i].name);

	ck_assert_msg(span_is(message, FAULTS[_i].message), "%s: %.*s", FAULTS[_i].body,
		      SPAN_ARG(message));
	ck_assert_msg((kept.p != NULL) == (FAULTS[_i].kept != NULL), "%s", FAULTS[_i].body);
	ck_assert_msg(span_is(kept, FAULTS[_i].kept), "%s", FAULTS[_i].body);
}
END_TEST

static const struct {
	struct span body;
	int err;
} BODIES[] = {
	{SPAN(""), OK},
	{SPAN("&&&"), OK},
	{SPAN("="), OK},
	{SPAN("name"), OK},
	{SPAN("name=a=b"), OK},
	{SPAN("a&b&c&d&e&f&g&h&i&j&k&l"), OK},
	{SPAN("a&b&c&d&e&f&g&h&i&j&k&l&m"), E_TOO_BIG},
	{SPAN("name=%"), E_INVALID},
	{SPAN("name=%4"), E_INVALID},
	{SPAN("name=%4&id=1"), E_INVALID},
	{SPAN("name=%xy"), E_INVALID},
	{SPAN("%=x"), E_INVALID},
	{SPAN("name=%00"), E_INVALID},
	{SPAN("name=a\0b"), E_INVALID},
	{SPAN("\0=a"), E_INVALID},
	{SPAN("name=%C3%28"), E_INVALID},
	{SPAN("name=\xC3"), E_INVALID},
	{SPAN("undeclared=%ED%A0%80"), E_INVALID},
	{SPAN("%FF=1"), E_INVALID},
	{SPAN("pass=%FF"), E_INVALID},
};

START_TEST(bodies_that_are_no_form)
{
	struct form *f;

	ck_assert_msg(parse_n(BODIES[_i].body.p, BODIES[_i].body.n, &f) == BODIES[_i].err, "%s",
		      BODIES[_i].body.p);
}
END_TEST

START_TEST(secrets_are_given_out_once)
{
	struct form *f = parse("name=n&pass=hush%21&value.s.t=quiet&value.s.u=&value.s=open");
	struct form_value *v;
	size_t at = 0, n = 0;
	char *p = NULL;

	ck_assert(form_text(f, "pass").p == NULL);
	ck_assert(form_text(f, "value.s.t").p == NULL);
	ck_assert(span_is(form_text(f, "value.s"), "open"));
	while (form_next(f, "value.s.*", &at, &v))
		ck_assert(v->value.p == NULL);
	ck_assert(!form_secret_take(f, SPAN("name"), &p, &n));
	ck_assert(!form_secret_take(f, SPAN("value.s.u"), &p, &n));
	ck_assert(!form_secret_take(f, SPAN("nothing"), &p, &n));
	ck_assert(form_secret_take(f, SPAN("pass"), &p, &n));
	ck_assert(span_is(span_of(p, n), "hush!"));
	ck_assert(!form_secret_take(f, SPAN("pass"), &p, &n));
	ck_assert(form_secret_take(f, SPAN("value.s.t"), &p, &n));
	ck_assert(span_is(span_of(p, n), "quiet"));
}
END_TEST

static const struct form_field NEEDED_FIELDS[] = {
	{"key", FORM_LIST, true, 10, "Key"},
	{"ok", FORM_FLAG, true, 0, "Consent"},
	{"pass", FORM_SECRET, true, 10, "Password"},
	{"v.*", FORM_TEXT, true, 10, "Value"},
};
static const struct form_def NEEDED = {NEEDED_FIELDS, COUNT(NEEDED_FIELDS), 1000, 9};

START_TEST(required_of_every_kind)
{
	char none[] = "key=&pass=&v.a=", some[] = "key=&key=k&ok=&pass=p&v.a=1";
	struct form *f = NULL;

	ck_assert_int_eq(form_parse(a, &NEEDED, none, strlen(none), &f), OK);
	ck_assert(span_is(form_message(f, SPAN("key")), "Key must be filled in"));
	ck_assert(span_is(form_message(f, SPAN("ok")), "Consent must be ticked"));
	ck_assert(span_is(form_message(f, SPAN("pass")), "Password must be filled in"));
	ck_assert(span_is(form_message(f, SPAN("v.a")), "Value must be filled in"));
	ck_assert(form_message(f, SPAN("v.*")).p == NULL);
	ck_assert_int_eq(form_parse(a, &NEEDED, some, strlen(some), &f), OK);
	ck_assert(f->errors == NULL);
	ck_assert_int_eq(form_parse(a, &NEEDED, NULL, 0, &f), OK);
	ck_assert(span_is(form_message(f, SPAN("v.*")), "Value must be filled in"));
}
END_TEST

START_TEST(errors_are_copies_in_order)
{
	struct form *f = form_new(a, &DEF);
	char name[] = "name";

	form_fail(f, span_str(name), "%s is taken", "docker hub");
	form_fail(f, SPAN(""), "Two of a kind");
	form_fail(f, SPAN("name"), "second");
	memset(name, 'x', 4);
	ck_assert(span_is(form_message(f, SPAN("name")), "docker hub is taken"));
	ck_assert(span_is(form_message(f, SPAN("")), "Two of a kind"));
	ck_assert(span_is(f->errors->next->next->message, "second"));
	ck_assert(form_message(f, SPAN("id")).p == NULL);
	ck_assert(form_text(f, "name").p == NULL);
}
END_TEST

Suite *http_form_suite(void)
{
	Suite *s = suite_create("http_form");
	TCase *c = tcase_create("form");

	tcase_add_checked_fixture(c, set_up, tear_down);
	tcase_add_test(c, values_are_typed);
	tcase_add_test(c, lists_and_prefixes_keep_their_order);
	tcase_add_test(c, the_first_of_two_wins);
	tcase_add_loop_test(c, faults_stand_beside_the_field, 0, (int)COUNT(FAULTS));
	tcase_add_loop_test(c, bodies_that_are_no_form, 0, (int)COUNT(BODIES));
	tcase_add_test(c, secrets_are_given_out_once);
	tcase_add_test(c, required_of_every_kind);
	tcase_add_test(c, errors_are_copies_in_order);
	suite_add_tcase(s, c);
	return s;
}
