/* http.c: escapes, the request's accessors, the web server's variables, the response, CSRF. */
#include "unit/suites.h"

#include <signal.h>

#include "http/csrf.h"
#include "http/front.h"
#include "http/pct.h"
#include "http/route.h"

static struct arena *a;

static void set_up(void)
{
	a = arena_new();
}

static void tear_down(void)
{
	arena_free(a);
}

static const struct {
	const char *raw, *decoded; /* NULL: refused */
} PATHS[] = {
	{"/", "/"},
	{"/a/b", "/a/b"},
	{"/a/", "/a/"},
	{"/a%20b", "/a b"},
	{"/%61", "/a"},
	{"/%C3%A9", "/\xC3\xA9"},
	{"/\xC3\xA9", "/\xC3\xA9"},
	{"/%2561", "/%61"},
	{"/a+b", "/a+b"},
	{"/...", "/..."},
	{"/.a", "/.a"},
	{"/%3F", "/?"},
	{"", NULL},
	{"a", NULL},
	{"*", NULL},
	{"http://a/", NULL},
	{"//", NULL},
	{"//a", NULL},
	{"/a//b", NULL},
	{"/a//", NULL},
	{"/.", NULL},
	{"/./a", NULL},
	{"/..", NULL},
	{"/a/../b", NULL},
	{"/%2e%2E/b", NULL},
	{"/a/.%2e", NULL},
	{"/a%2Fb", NULL},
	{"/a%2fb", NULL},
	{"%2Fa", NULL},
	{"/a%5Cb", NULL},
	{"/a\\b", NULL},
	{"/a%00", NULL},
	{"/a%0Ab", NULL},
	{"/a\x7F", NULL},
	{"/a#b", NULL},
	{"/%", NULL},
	{"/%4", NULL},
	{"/%4g", NULL},
	{"/%g4", NULL},
	{"/%-1", NULL},
	{"/%C3%28", NULL},
	{"/\xFF", NULL},
	{"/%C0%AF", NULL},
};

START_TEST(paths_mean_one_thing)
{
	const char *want = PATHS[_i].decoded;
	size_t n = strlen(PATHS[_i].raw);
	char *p = arena_str(a, span_str(PATHS[_i].raw));
	int rc = pct_decode_path(p, &n);

	ck_assert_msg((rc == OK) == (want != NULL), "%s: %s", PATHS[_i].raw, err_text(rc));
	if (want)
		ck_assert_msg(span_is(span_of(p, n), want), "%s", PATHS[_i].raw);
}
END_TEST

START_TEST(escapes_go_round)
{
	struct span all = SPAN("/a-b_c.d~e?f=g&h%i\xC3\xA9 +"), text = pct_encode(a, all);
	size_t n = text.n;
	char *p = arena_str(a, text);

	ck_assert(span_is(text, "/a-b_c.d~e%3Ff%3Dg%26h%25i%C3%A9%20%2B"));
	ck_assert_int_eq(pct_decode(p, &n, true), OK);
	ck_assert(span_eq(span_of(p, n), all));
}
END_TEST

START_TEST(query_parameters)
{
	struct req r = {.arena = a, .query = SPAN("q=a%20b+c&&e=&%71=2&%6e=n&bad=%zz&u=%ff&f")};

	ck_assert(span_is(req_query(&r, "q"), "a b c"));
	ck_assert(span_is(req_query(&r, "n"), "n"));
	ck_assert(req_query(&r, "e").p != NULL && req_query(&r, "e").n == 0);
	ck_assert(req_query(&r, "f").p != NULL && req_query(&r, "f").n == 0);
	ck_assert(req_query(&r, "bad").p == NULL);
	ck_assert(req_query(&r, "u").p == NULL);
	ck_assert(req_query(&r, "x").p == NULL);
	ck_assert(req_query(&r, "").p == NULL);
	r.query = SPAN_NONE;
	ck_assert(req_query(&r, "q").p == NULL);
}
END_TEST

static const struct {
	const char *header, *value; /* of "id"; NULL: absent */
} COOKIES[] = {
	{"id=x", "x"},        {"a=b; id=x", "x"},      {"id=x; id=y", "x"},
	{"a=b;id=x;", "x"},   {" id = x ;", "x"},      {"id=", ""},
	{"id=a=b", "a=b"},    {"id=\"q\"", "\"q\""},   {"id", NULL},
	{"", NULL},           {";;=;", NULL},          {"xid=x", NULL},
	{"ID=x", NULL},       {"a=id=x", NULL},        {"id2=x", NULL},
	{"id; id=x", "x"},    {"a=\"; id=x\"", "x\""},
};

START_TEST(cookies)
{
	struct req r = {.arena = a, .cookies = span_str(COOKIES[_i].header)};
	struct span v = req_cookie(&r, "id");
	const char *want = COOKIES[_i].value;

	ck_assert_msg((v.p != NULL) == (want != NULL), "%s", COOKIES[_i].header);
	ck_assert_msg(span_is(v, want), "%s", COOKIES[_i].header);
}
END_TEST

START_TEST(params_by_name)
{
	static const struct route ROW = {.pattern = "/s/:sub/things/:id/edit"};
	struct req r = {.arena = a, .route = &ROW, .params = {SPAN("acme"), SPAN("42")}};
	int64_t id = 7;

	ck_assert(span_is(req_param(&r, "sub"), "acme"));
	ck_assert(span_is(req_param(&r, "id"), "42"));
	ck_assert(req_param(&r, "things").p == NULL);
	ck_assert(req_param(&r, ":id").p == NULL);
	ck_assert_int_eq(req_param_id(&r, "id", &id), OK);
	ck_assert_int_eq(id, 42);
	ck_assert_int_eq(req_param_id(&r, "sub", &id), E_NOT_FOUND);
	ck_assert_int_eq(req_param_id(&r, "none", &id), E_NOT_FOUND);
	r.params[1] = SPAN("007");
	ck_assert_int_eq(req_param_id(&r, "id", &id), E_NOT_FOUND);
	r.params[1] = SPAN("0");
	ck_assert_int_eq(req_param_id(&r, "id", &id), E_NOT_FOUND);
	r.params[1] = SPAN("-1");
	ck_assert_int_eq(req_param_id(&r, "id", &id), E_NOT_FOUND);
	r.params[1] = SPAN("9223372036854775808");
	ck_assert_int_eq(req_param_id(&r, "id", &id), E_NOT_FOUND);
	ck_assert_int_eq(id, 42);
	r.route = NULL;
	ck_assert(req_param(&r, "sub").p == NULL);
}
END_TEST

START_TEST(variables_become_a_request)
{
	char *envp[] = {
		"REQUEST_METHOD=POST", "REQUEST_URI=/s/a%20b?x=%20&y", "HTTP_HOST=CI.Example:8080",
		"REMOTE_ADDR=192.0.2.7", "HTTPS=on", "HTTP_USER_AGENT=Browser/1", "UNKNOWN",
		"HTTP_COOKIE=a=b; c=d", "HTTP_ORIGIN=https://ci.example:8080",
		"HTTP_SEC_FETCH_SITE=same-origin", "CONTENT_TYPE=text/plain", "CONTENT_LENGTH=12",
		"HTTP_CONTENT_LENGTH=12", "HTTP_HX_REQUEST=true", "=", "", NULL,
	};
	struct req r = {.arena = a};

	front_read(&r, envp);
	ck_assert(!r.malformed);
	ck_assert_int_eq(r.method, METHOD_POST);
	ck_assert(span_is(r.path, "/s/a b"));
	ck_assert(span_is(r.query, "x=%20&y"));
	ck_assert(span_is(r.host, "ci.example:8080"));
	ck_assert(span_is(r.remote, "192.0.2.7"));
	ck_assert(r.https && r.htmx);
	ck_assert(span_is(r.agent, "Browser/1"));
	ck_assert(span_is(r.cookies, "a=b; c=d"));
	ck_assert(span_is(r.origin, "https://ci.example:8080"));
	ck_assert(span_is(r.fetch_site, "same-origin"));
	ck_assert(span_is(r.content_type, "text/plain"));
	ck_assert_int_eq(r.content_length, 12);
}
END_TEST

static const struct {
	const char *one, *two;
	bool malformed;
	int64_t length;
} VARIABLES[] = {
	{"X=", "Y=", false, -1},
	{"CONTENT_LENGTH=", "X=", false, -1},
	{"CONTENT_LENGTH=0", "X=", false, 0},
	{"CONTENT_LENGTH=-1", "X=", true, -1},
	{"CONTENT_LENGTH=+1", "X=", true, -1},
	{"CONTENT_LENGTH=1 ", "X=", true, -1},
	{"CONTENT_LENGTH=0x1", "X=", true, -1},
	{"CONTENT_LENGTH=9223372036854775808", "X=", true, -1},
	{"CONTENT_LENGTH=1", "CONTENT_LENGTH=1", false, 1},
	{"CONTENT_LENGTH=1", "CONTENT_LENGTH=2", true, 1},
	{"CONTENT_LENGTH=1", "HTTP_CONTENT_LENGTH=2", true, -1},
	{"HTTP_CONTENT_LENGTH=2", "HTTP_TRANSFER_ENCODING=chunked", true, -1},
	{"CONTENT_LENGTH=2", "HTTP_TRANSFER_ENCODING=chunked", false, 2},
	{"HTTP_HOST=a", "HTTP_HOST=b", true, -1},
	{"REQUEST_URI=/x", "X=", true, -1},
};

START_TEST(variables_that_contradict)
{
	char *one = (char *)VARIABLES[_i].one, *two = (char *)VARIABLES[_i].two;
	char *envp[] = {"REQUEST_URI=/", one, two, NULL};
	struct req r = {.arena = a};

	front_read(&r, envp);
	ck_assert_int_eq(r.malformed, VARIABLES[_i].malformed);
	ck_assert_int_eq(r.content_length, VARIABLES[_i].length);
	ck_assert(span_is(r.path, "/"));
}
END_TEST

START_TEST(variables_that_are_missing_or_odd)
{
	char *none[] = {NULL}, *control[] = {"REQUEST_URI=/?a\tb", "REQUEST_METHOD=get", NULL};
	char *agent[] = {"REQUEST_URI=/", NULL, NULL};
	struct req r = {.arena = a};
	char text[400];

	front_read(&r, none);
	ck_assert(r.malformed && r.host.n == 0 && r.method == METHOD_OTHER && !r.https);
	front_read(&r, control);
	ck_assert(r.malformed && r.method == METHOD_OTHER);
	/* 299 letters and then a character of two bytes: it does not fit into 300 */
	memset(text, 'x', sizeof(text));
	memcpy(text, "HTTP_USER_AGENT=", 16);
	memcpy(text + 16 + 299, "\xC3\xA9", 3);
	agent[1] = text;
	front_read(&r, agent);
	ck_assert_uint_eq(r.agent.n, 299);
	memcpy(text + 16, "\xC3\x28", 3);
	front_read(&r, agent);
	ck_assert(!r.malformed && r.agent.n == 0);
}
END_TEST

static const struct {
	const char *target, *location;
} TARGETS[] = {
	{"/", "/"},           {"/s/acme?q=1#x", "/s/acme?q=1#x"}, {"/a//b", "/a//b"},
	{"", "/"},            {"//evil", "/"},                    {"/\\evil", "/"},
	{"\\\\evil", "/"},    {"http://evil", "/"},               {"evil", "/"},
	{"/\t/evil", "/"},    {"/a\r\nSet-Cookie: x=y", "/"},     {"/a b", "/"},
	{"javascript:1", "/"}, {" /a", "/"},                      {"/a\x7F", "/"},
};

START_TEST(redirects_stay_here)
{
	struct buf body = BUF_INIT;
	struct res s;

	res_init(&s, a, &body);
	res_redirect(&s, 303, span_str(TARGETS[_i].target));
	ck_assert_int_eq(s.status, 303);
	ck_assert_str_eq(arena_str(a, res_header_value(&s, "Location")), TARGETS[_i].location);
	buf_release(&body);
}
END_TEST

#define COOKIE_LINES                                                   \
	"Set-Cookie: id=v; Path=/; HttpOnly; SameSite=Lax; Secure\r\n" \
	"Set-Cookie: old=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax\r\n\r\n"

START_TEST(response_head)
{
	struct buf body = BUF_INIT, head = BUF_INIT;
	struct res s;

	res_init(&s, a, &body);
	buf_puts(&body, "hello");
	res_header(&s, "X-A", SPAN("1"));
	res_cookie(&s, "id", SPAN("v"), -1, true);
	res_cookie(&s, "old", SPAN(""), 0, false);
	res_head(&s, &head);
	ck_assert_str_eq(head.p, "Status: 200 OK\r\n"
				 "Content-Type: text/html; charset=utf-8\r\n"
				 "Content-Length: 5\r\n"
				 "X-A: 1\r\n"
				 COOKIE_LINES);
	res_clear(&s);
	s.status = 204;
	buf_reset(&head);
	res_head(&s, &head);
	ck_assert_str_eq(head.p, "Status: 204 No Content\r\n"
				 COOKIE_LINES);
	ck_assert_str_eq(res_reason(421), "Misdirected Request");
	ck_assert_str_eq(res_reason(299), "");
	buf_release(&body);
	buf_release(&head);
}
END_TEST

static const struct span BAD_VALUES[] = {SPAN("a\r\nb"), SPAN("a\nb"), SPAN("a\0b")};

START_TEST(header_splitting_ends_the_process)
{
	struct buf body = BUF_INIT;
	struct res s;

	res_init(&s, a, &body);
	res_header(&s, "X", BAD_VALUES[_i]);
}
END_TEST

START_TEST(cookie_splitting_ends_the_process)
{
	struct buf body = BUF_INIT;
	struct res s;

	res_init(&s, a, &body);
	res_cookie(&s, "x", SPAN("v; Domain=evil"), -1, true);
}
END_TEST

static const struct {
	const char *site, *origin, *token, *typed;
	bool secure, passes;
} FORGERIES[] = {
	{"", "", "tok", "tok", true, true},
	{"same-origin", "https://ci:80", "tok", "tok", true, true},
	{"none", "", "tok", "tok", true, true},
	{"", "http://ci:80", "tok", "tok", false, true},
	{"cross-site", "", "tok", "tok", true, false},
	{"same-site", "", "tok", "tok", true, false},
	{"Same-Origin", "", "tok", "tok", true, false},
	{"same-origin", "null", "tok", "tok", true, false},
	{"", "http://ci:80", "tok", "tok", true, false},
	{"", "https://ci:80", "tok", "tok", false, false},
	{"", "https://ci", "tok", "tok", true, false},
	{"", "https://ci:80.evil", "tok", "tok", true, false},
	{"", "https://", "tok", "tok", true, false},
	{"", "", "tok", "tox", true, false},
	{"", "", "tok", "to", true, false},
	{"", "", "tok", "tokk", true, false},
	{"", "", "tok", "", true, false},
	{"", "", "", "", true, false},
	{"", "", "tok", NULL, true, false},
};

START_TEST(forgeries)
{
	static const struct form_def DEF = {NULL, 0, 100, 4};
	struct req r = {.arena = a, .host = SPAN("ci:80"),
			.fetch_site = span_str(FORGERIES[_i].site),
			.origin = span_str(FORGERIES[_i].origin),
			.csrf = span_str(FORGERIES[_i].token)};
	const char *typed = FORGERIES[_i].typed;
	struct span body = arena_printf(a, "%s%s", typed ? "csrf=" : "x=", typed ? typed : "");
	struct form *f = NULL;

	ck_assert_int_eq(form_parse(a, &DEF, (char *)body.p, body.n, &f), OK);
	ck_assert_int_eq(csrf_check(&r, f, FORGERIES[_i].secure),
			 FORGERIES[_i].passes ? OK : E_DENIED);
}
END_TEST

Suite *http_suite(void)
{
	Suite *s = suite_create("http");
	TCase *c = tcase_create("pieces");

	tcase_add_checked_fixture(c, set_up, tear_down);
	tcase_add_loop_test(c, paths_mean_one_thing, 0, (int)COUNT(PATHS));
	tcase_add_test(c, escapes_go_round);
	tcase_add_test(c, query_parameters);
	tcase_add_loop_test(c, cookies, 0, (int)COUNT(COOKIES));
	tcase_add_test(c, params_by_name);
	tcase_add_test(c, variables_become_a_request);
	tcase_add_loop_test(c, variables_that_contradict, 0, (int)COUNT(VARIABLES));
	tcase_add_test(c, variables_that_are_missing_or_odd);
	tcase_add_loop_test(c, redirects_stay_here, 0, (int)COUNT(TARGETS));
	tcase_add_test(c, response_head);
	tcase_add_loop_test_raise_signal(c, header_splitting_ends_the_process, SIGABRT, 0,
					 (int)COUNT(BAD_VALUES));
	tcase_add_test_raise_signal(c, cookie_splitting_ends_the_process, SIGABRT);
	tcase_add_loop_test(c, forgeries, 0, (int)COUNT(FORGERIES));
	suite_add_tcase(s, c);
	return s;
}
