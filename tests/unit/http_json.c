/* http_json.c: JSON bodies as declared forms: kinds, shapes, hostile bodies, secrets. */
#include "unit/suites.h"

#include <stdlib.h>

#include "http/json_form.h"

static const struct form_field FIELDS[] = {
	{"csrf", FORM_TEXT, false, 100, "Token"},
	{"version", FORM_ID, false, 20, "Version"},
	{"name", FORM_TEXT, true, 10, "Name"},
	{"note", FORM_LINES, false, 20, "Note"},
	{"key", FORM_LIST, false, 10, "Key"},
	{"url", FORM_LIST, false, 10, "URL"},
	{"all", FORM_FLAG, false, 1, "All projects"},
	{"id", FORM_ID, false, 20, "Project"},
	{"value.*", FORM_LINES, false, 10, "Value"},
	{"secret.*", FORM_SECRET, false, 20, "Secret"},
	{"pair.*", FORM_TEXT, false, 10, "Key"},
	{"remove.*", FORM_FLAG, false, 1, "Remove"},
	{"pass", FORM_SECRET, false, 20, "Password"},
	{"file", FORM_FILE, false, 20, "File"},
};
static const struct form_def DEF = {FIELDS, COUNT(FIELDS), 1000, 12};

static const struct form_member MEMBERS[] = {
	{"name", "name", NULL},
	{"urls[].key", "key", NULL},
	{"urls[].url", "url", NULL},
	{"values.*", "value.*", NULL},
	{"secrets.*", "secret.*", "remove.*"},
	{"pairs.*[].key", "pair.*.#", NULL},
	{"pairs.*[].value", "secret.*.#", NULL},
	{"roles.admin", NULL, NULL},
	{"roles.member", "all", NULL},
};
static const struct json_map MAP = {&DEF, MEMBERS, COUNT(MEMBERS), "id made_at"};

static struct arena *a;
static const char *fault;
static bool sound;

static void set_up(void)
{
	a = arena_new();
	form_json_setup();
}

static void tear_down(void)
{
	arena_free(a);
}

static int parse_n(const struct json_map *map, const char *body, size_t n, struct form **out)
{
	char *copy = arena_alloc(a, n);
	int rc;

	memcpy(copy, body, n);
	rc = form_json_parse(a, &DEF, map, copy, n, out, &sound, &fault);
	for (size_t i = 0; rc == OK && i < n; i++)
		ck_assert_int_eq(copy[i], 0); /* the body itself is gone */
	return rc;
}

static struct form *parse(const struct json_map *map, const char *body)
{
	struct form *f = NULL;

	ck_assert_int_eq(parse_n(map, body, strlen(body), &f), OK);
	return f;
}

static const char *text(const struct form *f, const char *name)
{
	struct span v = form_text(f, name);

	return v.p ? arena_str(a, v) : NULL;
}

/* The values of a list, "," between. */
static const char *list(const struct form *f, const char *name)
{
	struct span all = SPAN("");
	struct form_value *v;
	size_t at = 0;

	while (form_next(f, name, &at, &v))
		all = arena_printf(a, "%.*s%s%.*s", SPAN_ARG(all), all.n ? "," : "",
				   SPAN_ARG(v->value));
	return all.p;
}

START_TEST(members_are_fields)
{
	struct form *f = parse(NULL, "{\"name\":\"a \\u00e9\",\"note\":\"x\\r\\ny\",\"key\":[\"1\",2],"
				     "\"all\":true,\"id\":42,\"version\":9,\"url\":null}");

	ck_assert(sound && f->errors == NULL);
	ck_assert_str_eq(text(f, "name"), "a \xC3\xA9");
	ck_assert_str_eq(text(f, "note"), "x\ny");
	ck_assert_str_eq(list(f, "key"), "1,2");
	ck_assert(form_flag(f, "all"));
	ck_assert_int_eq(form_id(f, "id"), 42);
	/* the version travels in a header of its own */
	ck_assert_int_eq(form_id(f, "version"), 0);
	ck_assert_ptr_null(text(f, "url"));
	f = parse(NULL, "{\"name\":\"x\",\"all\":false}");
	ck_assert(!form_flag(f, "all"));
	f = parse(NULL, "");
	ck_assert(sound);
	ck_assert(span_is(form_message(f, SPAN("name")), "Name must be filled in"));
}
END_TEST

START_TEST(rows_stay_side_by_side)
{
	struct form *f = parse(&MAP, "{\"name\":\"n\",\"urls\":[{\"url\":\"u0\"},{\"key\":\"k1\"},"
				     "{\"key\":null,\"url\":\"u2\"},{\"url\":\"u3\",\"key\":\"k3\"},{}]}");

	ck_assert(sound);
	ck_assert_str_eq(list(f, "key"), "k1,,k3,"); /* the first one is empty, too */
	ck_assert_str_eq(list(f, "url"), "u0,,u2,u3,");
	ck_assert_uint_eq(f->nvalues, 11);
	for (size_t i = 0; i < f->nvalues; i++) {
		const struct form_value *v = &f->values[i];
		if (v->value.n == 2 && v->field->kind == FORM_LIST)
			ck_assert(memchr(v->member.p, v->value.p[1], v->member.n) != NULL);
	}
}
END_TEST

START_TEST(shapes_of_a_map)
{
	struct form *f = parse(&MAP, "{\"id\":{\"any\":[1.5]},\"made_at\":\"x\",\"name\":\"n\","
				     "\"values\":{\"a\":\"1\",\"b\":null},\"secrets\":{\"s\":\"geheim\","
				     "\"t\":null},\"pairs\":{\"envs\":[{\"key\":\"A\",\"value\":\"v0\"},"
				     "{\"key\":\"B\"}]},\"roles\":{\"admin\":1,\"member\":true}}");
	char *p;
	size_t n;

	ck_assert(sound && f->errors == NULL);
	ck_assert_str_eq(text(f, "value.a"), "1");
	ck_assert_ptr_null(text(f, "value.b"));
	ck_assert_ptr_null(text(f, "secret.s"));
	ck_assert(form_flag(f, "remove.t") && !form_flag(f, "remove.s"));
	ck_assert(form_secret_take(f, SPAN("secret.s"), &p, &n));
	ck_assert(span_is(span_of(p, n), "geheim"));
	ck_assert(!form_secret_take(f, SPAN("secret.s"), &p, &n));
	ck_assert_str_eq(text(f, "pair.envs.0"), "A");
	ck_assert_str_eq(text(f, "pair.envs.1"), "B");
	ck_assert(form_secret_take(f, SPAN("secret.envs.0"), &p, &n));
	ck_assert(!form_secret_take(f, SPAN("secret.envs.1"), &p, &n));
	ck_assert(form_flag(f, "all"));
}
END_TEST

START_TEST(errors_name_members)
{
	struct form *f = parse(&MAP, "{\"name\":\"much too long a name\",\"values\":{\"a\":\"1\"},"
				     "\"pairs\":{\"e\":[{\"key\":\"0123456789x\"}]}}");

	ck_assert(sound && f->errors != NULL);
	ck_assert(span_is(form_json_member(f, SPAN("name")), "name"));
	ck_assert(span_is(form_json_member(f, SPAN("value.a")), "values.a"));
	ck_assert(span_is(form_json_member(f, SPAN("value.none")), "values.none"));
	ck_assert(span_is(form_json_member(f, SPAN("secret.q")), "secrets.q"));
	ck_assert(span_is(form_json_member(f, SPAN("pair.e.0")), "pairs.e[0].key"));
	ck_assert(span_is(form_json_member(f, SPAN("url")), "urls"));
	ck_assert(span_is(form_json_member(f, SPAN("urls[3].url")), "urls[3].url"));
}
END_TEST

/* Understood, but of the wrong kind or name: beside which member. */
static const struct {
	const char *body, *member;
} WRONG[] = {
	{"{\"name\":1}", "name"},
	{"{\"name\":true}", "name"},
	{"{\"name\":[\"x\"]}", "name"},
	{"{\"name\":{\"x\":\"y\"}}", "name"},
	{"{\"name\":1.5}", "name"},
	{"{\"id\":\"42\"}", "id"},
	{"{\"id\":4.0}", "id"},
	{"{\"id\":true}", "id"},
	{"{\"all\":1}", "all"},
	{"{\"all\":\"true\"}", "all"},
	{"{\"key\":\"x\"}", "key"},
	{"{\"key\":{\"0\":\"x\"}}", "key"},
	{"{\"key\":[[\"x\"]]}", "key[0]"},
	{"{\"key\":[\"a\",true]}", "key[1]"},
	{"{\"key\":[\"a\",{}]}", "key[1]"},
	{"{\"pass\":12345}", "pass"},
	{"{\"csrf\":\"x\"}", "csrf"},
	{"{\"file\":\"x\"}", "file"},
	{"{\"Name\":\"x\"}", "Name"},
	{"{\"\":\"x\"}", ""},
	{"{\"name \":\"x\"}", "name "},
	{"{\"value\":\"x\"}", "value"},
	{"{\"value.*\":\"x\"}", "value.*"},
	{"{\"__proto__\":{}}", "__proto__"},
};

START_TEST(the_wrong_kind)
{
	struct form *f = parse(NULL, WRONG[_i].body);

	ck_assert_msg(!sound, "%s", WRONG[_i].body);
	ck_assert(f->errors && f->errors->message.n && !f->errors->next);
	ck_assert_str_eq(arena_str(a, f->errors->name), WRONG[_i].member);
}
END_TEST

START_TEST(numbers_as_ids)
{
	static const char *const BAD[] = {"0", "-1", "-9223372036854775808"};

	for (size_t i = 0; i < COUNT(BAD); i++) {
		struct form *f = parse(NULL, arena_printf(a, "{\"name\":\"n\",\"id\":%s}", BAD[i]).p);
		ck_assert(sound && f->errors);
		ck_assert_int_eq(form_id(f, "id"), 0);
	}
	ck_assert_int_eq(form_id(parse(NULL, "{\"id\":9223372036854775807}"), "id"), INT64_MAX);
}
END_TEST

/* No form at all. */
static const struct {
	const char *body;
	size_t n; /* 0: strlen */
	const char *fault;
} REFUSED[] = {
	{"null", 0, "not JSON"},
	{"[]", 0, "object"},
	{"\"name\"", 0, "not JSON"},
	{"{\"name\":\"x\"", 0, "not JSON"},
	{"{\"name\":\"x\"} x", 0, "not JSON"},
	{"{\"name\":\"x\"}{}", 0, "not JSON"},
	{"{'name':'x'}", 0, "not JSON"},
	{"{\"name\":\"x\",}", 0, "not JSON"},
	{"{name:\"x\"}", 0, "not JSON"},
	{"{\"name\":NaN}", 0, "not JSON"},
	{"{\"name\":\"a\nb\"}", 0, "not JSON"},
	{"// x\n{}", 0, "not JSON"},
	{"\xEF\xBB\xBF{}", 0, "not JSON"},
	{"name=x", 0, "not JSON"},
	{"{\"name\":\"a\\u0000b\"}", 0, "U+0000"},
	{"{\"na\\u0000me\":\"b\"}", 0, ""},
	{"{\"name\":\"a\0b\"}", 14, "not JSON"},
	{"\0", 1, "not JSON"},
	{"{\"name\":\"\\ud800\"}", 0, ""},
	{"{\"name\":\"\\udc00\\ud800\"}", 0, ""},
	{"{\"name\":\"\\ud800x\"}", 0, ""},
	{"{\"name\":\"\xED\xA0\x80\"}", 0, "UTF-8"},
	{"{\"name\":\"\xC0\xAF\"}", 0, "UTF-8"},
	{"{\"name\":\"\xFF\"}", 0, "UTF-8"},
	{"{\"name\":\"\\x41\"}", 0, "not JSON"},
	{"{\"id\":9223372036854775808}", 0, "too large"},
	{"{\"id\":1e999}", 0, "too large"},
	{"{\"name\":\"x\",\"name\":\"y\"}", 0, "twice"},
	{"{\"name\":\"x\",\"\\u006eame\":\"y\"}", 0, "twice"},
	{"{\"values\":{\"a\":\"1\",\"a\":\"1\"}}", 0, "twice"},
	{"{\"a\":[[[[[[[[]]]]]]]]}", 0, "deep"},
	{"{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}}}}}", 0, "deep"},
};

START_TEST(no_form_at_all)
{
	const char *body = REFUSED[_i].body;
	struct form *f = NULL;

	ck_assert_int_eq(parse_n(&MAP, body, REFUSED[_i].n ? REFUSED[_i].n : strlen(body), &f),
			 E_INVALID);
	ck_assert_ptr_nonnull(fault);
	ck_assert_msg(strstr(fault, REFUSED[_i].fault) != NULL, "%s: %s", body, fault);
}
END_TEST

START_TEST(the_deep_end)
{
	size_t n = 200000;
	char *body = malloc(n);
	struct form *f;

	for (int kind = 0; kind < 2; kind++) {
		memset(body, kind ? '[' : '{', n);
		ck_assert_int_eq(parse_n(NULL, body, n, &f), E_INVALID);
	}
	/* brackets in a string are text */
	memset(body, '[', n);
	memcpy(body, "{\"note\":\"", 9);
	memcpy(body + n - 2, "\"}", 2);
	ck_assert_int_eq(parse_n(NULL, body, n, &f), OK);
	ck_assert(sound && form_message(f, SPAN("note")).n > 0);
	free(body);
}
END_TEST

START_TEST(how_many)
{
	struct span body = SPAN("{\"name\":\"n\",\"key\":[1,2,3,4,5,6,7,8,9,10,11");
	struct form *f = NULL;

	body = arena_printf(a, "%.*s]}", SPAN_ARG(body));
	ck_assert_int_eq(parse_n(NULL, body.p, body.n, &f), OK);
	ck_assert_uint_eq(f->nvalues, 12);
	body = arena_printf(a, "%.*s,12]}", (int)body.n - 2, body.p);
	ck_assert_int_eq(parse_n(NULL, body.p, body.n, &f), E_TOO_BIG);
	/* rows that get what they lack count, too */
	body = SPAN("{\"urls\":[{},{},{},{},{},{},{}]}");
	ck_assert_int_eq(parse_n(&MAP, body.p, body.n, &f), E_TOO_BIG);
}
END_TEST

START_TEST(errors_are_few_and_short)
{
	struct span body = SPAN("{");
	char *name = malloc(5001);
	struct form *f = NULL;
	size_t n = 0;

	for (int i = 0; i < 100; i++)
		body = arena_printf(a, "%.*s%s\"m%d\":1", SPAN_ARG(body), i ? "," : "", i);
	memset(name, 'n', 5000);
	name[5000] = '\0';
	body = arena_printf(a, "%.*s,\"%s\":1}", SPAN_ARG(body), name);
	free(name);
	ck_assert_int_eq(parse_n(NULL, body.p, body.n, &f), OK);
	ck_assert(!sound);
	for (const struct form_error *e = f->errors; e; e = e->next, n++)
		ck_assert_uint_lt(e->name.n, 100);
	ck_assert_uint_eq(n, 20);
}
END_TEST

Suite *http_json_suite(void)
{
	Suite *s = suite_create("http_json");
	TCase *c = tcase_create("json");

	tcase_add_checked_fixture(c, set_up, tear_down);
	tcase_add_test(c, members_are_fields);
	tcase_add_test(c, rows_stay_side_by_side);
	tcase_add_test(c, shapes_of_a_map);
	tcase_add_test(c, errors_name_members);
	tcase_add_loop_test(c, the_wrong_kind, 0, (int)COUNT(WRONG));
	tcase_add_test(c, numbers_as_ids);
	tcase_add_loop_test(c, no_form_at_all, 0, (int)COUNT(REFUSED));
	tcase_add_test(c, the_deep_end);
	tcase_add_test(c, how_many);
	tcase_add_test(c, errors_are_few_and_short);
	suite_add_tcase(s, c);
	return s;
}
