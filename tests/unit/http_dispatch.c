/* http_dispatch.c: what the dispatcher refuses, in which order, and how each answer looks. Requests
 * are made by hand; `calls` says which steps they reached. */
#include "unit/suites.h"

#include "http/dispatch.h"

enum { OPEN = 1, MEMBERS, ADMINS, HIDDEN };

static struct arena *a;
static struct buf body, calls;
static struct req req;
static struct res res;
static int handler_err, session_err;
static struct span sent;      /* the body that the client sends */
static const char *visitor;   /* NULL: anonymous */

static int page(struct req *r, struct res *s)
{
	buf_puts(&calls, "page ");
	buf_printf(s->body, "<p>%.*s</p>", SPAN_ARG(r->path));
	res_header(s, "X-Mine", SPAN("1"));
	res_cookie(s, "flash", SPAN("saved"), 60, false);
	if (span_is(r->query, "cached"))
		res_header(s, "Cache-Control", SPAN("max-age=60"));
	if (span_is(r->query, "full"))
		s->body->err = E_TOO_BIG;
	return handler_err;
}

static int change(struct req *r, struct res *s)
{
	buf_puts(&calls, r->form->errors ? "errors " : "change ");
	s->status = r->form->errors ? 422 : 200;
	buf_puts(s->body, "done");
	return handler_err;
}

static const struct form_field FIELDS[] = {{"name", FORM_TEXT, true, 10, "Name"}};
static const struct form_def FORM = {FIELDS, COUNT(FIELDS), 40, 3};
static const struct route ROWS[] = {
	{METHOD_GET, "/", page, OPEN, NULL},
	{METHOD_GET, "/s/:sub/things", page, MEMBERS, NULL},
	{METHOD_POST, "/s/:sub/things", change, MEMBERS, &FORM},
	{METHOD_GET, "/admin", page, ADMINS, NULL},
	{METHOD_GET, "/hidden", page, HIDDEN, NULL},
	{METHOD_GET, "/login", page, OPEN, NULL},
	{METHOD_POST, "/login", change, OPEN, &FORM},
};

static int session(struct req *r, struct res *s)
{
	(void)s;
	buf_puts(&calls, "session ");
	r->who = (void *)visitor;
	r->csrf = SPAN("tok");
	return session_err;
}

static int may(struct req *r, int permission)
{
	buf_puts(&calls, "may ");
	if (permission == HIDDEN)
		return E_NOT_FOUND;
	return permission == OPEN || (r->who && permission == MEMBERS) ? OK : E_DENIED;
}

static void fail_page(struct req *r, struct res *s, const char *message)
{
	(void)r;
	ck_assert_uint_eq(s->body->n, 0);
	buf_printf(s->body, "%d|%s", s->status, message);
}

static int read_body(struct req *r, size_t most, struct span *out)
{
	buf_puts(&calls, "body ");
	if ((size_t)r->content_length > most)
		return E_TOO_BIG;
	if (sent.n < (size_t)r->content_length)
		return E_INVALID;
	*out = arena_span(r->arena, sent);
	return OK;
}

static const char *const HOSTS[] = {"ci.example", "localhost:8080"};
static struct site site;

static void set_up(void)
{
	a = arena_new();
	site = (struct site){.routes = {ROWS, COUNT(ROWS)}, .hosts = HOSTS, .nhosts = COUNT(HOSTS),
			     .session = session, .may = may, .fail = fail_page};
	handler_err = session_err = OK;
	visitor = "ann";
	sent = SPAN("csrf=tok&name=x");
}

static void tear_down(void)
{
	arena_free(a);
	buf_release(&body);
	buf_release(&calls);
}

static void prepare(enum method method, const char *path)
{
	buf_reset(&calls);
	req = (struct req){.arena = a, .id = "0123456789abcdef", .method = method,
			   .path = span_str(path), .query = SPAN(""), .host = SPAN("ci.example"),
			   .content_length = -1, .read_body = read_body};
	if (method == METHOD_POST) {
		req.content_type = SPAN("application/x-www-form-urlencoded");
		req.content_length = (int64_t)sent.n;
	}
}

static void run(void)
{
	res_init(&res, a, &body);
	dispatch(&site, &req, &res);
}

static void visit(enum method method, const char *path)
{
	prepare(method, path);
	run();
}

static const char *header(const char *name)
{
	struct span v = res_header_value(&res, name);

	return v.p ? arena_str(a, v) : NULL;
}

static const char *walked(void)
{
	return calls.n ? calls.p : "";
}

START_TEST(a_page_with_its_headers)
{
	visit(METHOD_GET, "/s/acme/things");
	ck_assert_int_eq(res.status, 200);
	ck_assert_str_eq(walked(), "session may page ");
	ck_assert_str_eq(body.p, "<p>/s/acme/things</p>");
	ck_assert_str_eq(header("Content-Security-Policy"),
			 "default-src 'none'; script-src 'self'; style-src 'self'; "
			 "img-src 'self' data:; font-src 'self'; connect-src 'self'; "
			 "form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
	ck_assert_str_eq(header("X-Content-Type-Options"), "nosniff");
	ck_assert_str_eq(header("Referrer-Policy"), "same-origin");
	ck_assert_str_eq(header("Cross-Origin-Opener-Policy"), "same-origin");
	ck_assert_str_eq(header("Cross-Origin-Resource-Policy"), "same-origin");
	ck_assert_ptr_nonnull(header("Permissions-Policy"));
	ck_assert_str_eq(header("Cache-Control"), "no-store");
	ck_assert_str_eq(header("X-Request-Id"), "0123456789abcdef");
	ck_assert_ptr_null(header("Strict-Transport-Security"));
	ck_assert_str_eq(header("X-Mine"), "1");
	site.secure = true;
	prepare(METHOD_HEAD, "/");
	req.query = SPAN("cached");
	run();
	ck_assert_int_eq(res.status, 200);
	ck_assert_str_eq(header("Cache-Control"), "max-age=60");
	ck_assert_str_eq(header("Strict-Transport-Security"), "max-age=31536000");
}
END_TEST

START_TEST(a_form_reaches_its_handler)
{
	visit(METHOD_POST, "/s/acme/things");
	ck_assert_int_eq(res.status, 200);
	ck_assert_str_eq(walked(), "session may body change ");
	ck_assert(span_is(req.params[0], "acme"));
	/* a field with an error is the handler's matter */
	sent = SPAN("csrf=tok&name=");
	visit(METHOD_POST, "/s/acme/things");
	ck_assert_int_eq(res.status, 422);
	ck_assert_str_eq(walked(), "session may body errors ");
	/* signing in needs no visitor, but the token */
	visitor = NULL;
	sent = SPAN("name=x&csrf=tok");
	visit(METHOD_POST, "/login");
	ck_assert_str_eq(walked(), "session may body change ");
}
END_TEST

#define HERE "ci.example"
#define FORM_TYPE "application/x-www-form-urlencoded"

/* Each row breaks one thing of a good POST; `walked` shows that nothing after the refusal ran. */
static const struct {
	const char *path, *host, *type, *body;
	int64_t length;
	bool malformed;
	int status;
	const char *walked;
} REFUSALS[] = {
	{"/x", "evil", "text/plain", "", -1, true, 400, ""},
	{"/x", "evil", "text/plain", "", -1, false, 421, ""},
	{"/s/a/things", "", "", "", -1, false, 421, ""},
	{"/s/a/things", "ci.example:80", "", "", -1, false, 421, ""},
	{"/s/a/things", "ci.example.", "", "", -1, false, 421, ""},
	{"/x", HERE, "text/plain", "", -1, false, 404, ""},
	{"/admin", "localhost:8080", "text/plain", "", -1, false, 405, ""},
	{"/s/a/things", HERE, "text/plain", "", -1, false, 415, "session may "},
	{"/s/a/things", HERE, "", "", 0, false, 415, "session may "},
	{"/s/a/things", HERE, "multipart/form-data; boundary=x", "", 9, false, 415, "session may "},
	{"/s/a/things", HERE, FORM_TYPE "-x", "", 9, false, 415, "session may "},
	{"/s/a/things", HERE, FORM_TYPE "; charset=utf-16", "", 9, false, 415, "session may "},
	{"/s/a/things", HERE, FORM_TYPE, "", -1, false, 411, "session may "},
	{"/s/a/things", HERE, FORM_TYPE, "", 40 + FORM_CONFIRM_MOST + 1, false, 413,
	 "session may "},
	{"/s/a/things", HERE, FORM_TYPE, "", INT64_MAX, false, 413, "session may "},
	{"/s/a/things", HERE, FORM_TYPE, "a=b", 4, false, 400, "session may body "},
	{"/s/a/things", HERE, FORM_TYPE, "%zz=tok", 7, false, 400, "session may body "},
	{"/s/a/things", HERE, FORM_TYPE, "a&b&c&d", 7, false, 413, "session may body "},
	{"/s/a/things", HERE, FORM_TYPE, "", 0, false, 403, "session may body "},
	{"/s/a/things", HERE, FORM_TYPE, "csrf=no", 7, false, 403, "session may body "},
	{"/login", HERE, FORM_TYPE, "name=x", 6, false, 403, "session may body "},
	{"/login", HERE, "Application/X-WWW-Form-Urlencoded ;charset=\"UTF-8\"", "csrf=tok", 8,
	 false, 422, "session may body errors "},
};

START_TEST(refusals_in_order)
{
	sent = span_str(REFUSALS[_i].body);
	prepare(METHOD_POST, REFUSALS[_i].path);
	req.host = span_str(REFUSALS[_i].host);
	req.content_type = span_str(REFUSALS[_i].type);
	req.content_length = REFUSALS[_i].length;
	req.malformed = REFUSALS[_i].malformed;
	run();
	ck_assert_int_eq(res.status, REFUSALS[_i].status);
	ck_assert_str_eq(walked(), REFUSALS[_i].walked);
	ck_assert_ptr_nonnull(header("Content-Security-Policy"));
	if (res.status == 405)
		ck_assert_str_eq(header("Allow"), "GET, HEAD");
	else
		ck_assert_ptr_null(header("Allow"));
}
END_TEST

static const char FOREIGN[] = "403|This form is out of date or came from another site. "
			      "Go back, reload the page and try again.";

START_TEST(foreign_forms_never_reach_a_handler)
{
	for (int i = 0; i < 4; i++) {
		prepare(METHOD_POST, i % 2 ? "/login" : "/s/acme/things");
		if (i < 2)
			req.origin = SPAN("https://evil.example");
		else
			req.fetch_site = SPAN("cross-site");
		run();
		ck_assert_int_eq(res.status, 403);
		ck_assert_str_eq(body.p, FOREIGN);
		ck_assert_str_eq(walked(), "session may body ");
	}
}
END_TEST

static const struct {
	enum method method;
	const char *path, *query, *location;
} LOGINS[] = {
	{METHOD_GET, "/admin", "", "/login?next=/admin"},
	{METHOD_HEAD, "/admin", "", "/login?next=/admin"},
	{METHOD_GET, "/s/acme/things", "q=a%20b&p=2",
	 "/login?next=/s/acme/things%3Fq%3Da%2520b%26p%3D2"},
	{METHOD_GET, "/s/a b&c/things", "", "/login?next=/s/a%2520b%2526c/things"},
	{METHOD_POST, "/s/acme/things", "q=1", "/login?next=/s/acme/things&lost=1"},
};

START_TEST(strangers_are_sent_to_sign_in)
{
	struct req next = {.arena = a};

	visitor = NULL;
	prepare(LOGINS[_i].method, LOGINS[_i].path);
	req.query = span_str(LOGINS[_i].query);
	run();
	ck_assert_int_eq(res.status, 303);
	ck_assert_str_eq(header("Location"), LOGINS[_i].location);
	ck_assert_str_eq(walked(), "session may ");
	ck_assert_ptr_nonnull(header("Content-Security-Policy"));
	/* and it can be read back */
	next.query = span_str(strchr(LOGINS[_i].location, '?') + 1);
	ck_assert_int_eq(req_query(&next, "next").p[0], '/');
}
END_TEST

START_TEST(a_very_long_address_is_not_kept)
{
	char *query = arena_alloc(a, 3001);

	visitor = NULL;
	memset(query, '%', 1500);
	prepare(METHOD_GET, "/admin");
	req.query = span_of(query, 1500);
	run();
	ck_assert_str_eq(header("Location"), "/login?next=/");
	memset(query, 'x', 3000);
	prepare(METHOD_GET, "/admin");
	req.query = span_of(query, 3000);
	run();
	ck_assert_str_eq(header("Location"), "/login?next=/admin");
}
END_TEST

START_TEST(the_known_are_refused)
{
	visit(METHOD_GET, "/admin");
	ck_assert_int_eq(res.status, 403);
	ck_assert_str_eq(walked(), "session may ");
	visit(METHOD_GET, "/hidden");
	ck_assert_int_eq(res.status, 404);
	visitor = NULL;
	visit(METHOD_GET, "/hidden");
	ck_assert_int_eq(res.status, 404);
	session_err = E_UNAVAILABLE;
	visit(METHOD_GET, "/");
	ck_assert_int_eq(res.status, 503);
	ck_assert_str_eq(header("Retry-After"), "2");
	ck_assert_str_eq(walked(), "session ");
}
END_TEST

static const struct {
	int err, status;
	const char *page; /* how it begins */
} ERRORS[] = {
	{E_NOT_FOUND, 404, "404|There is nothing"},  {E_DENIED, 403, "403|You do not have"},
	{E_CONFLICT, 409, "409|Somebody changed"},   {E_INVALID, 400, "400|The request could"},
	{E_TOO_BIG, 413, "413|The form is too"},     {E_UNAVAILABLE, 503, "503|A part of the"},
	{E_RETRY, 503, "503|A part of the"},         {E_CORRUPT, 500, "500|What is stored"},
	{E_THROTTLED, 429, "429|That was tried"},    {E_BUG, 500, "500|Something went"},
	{-99, 500, "500|Something went"},            {1, 500, "500|Something went"},
};

START_TEST(errors_become_pages)
{
	handler_err = ERRORS[_i].err;
	visit(METHOD_GET, "/");
	ck_assert_int_eq(res.status, ERRORS[_i].status);
	ck_assert_ptr_eq(strstr(body.p, ERRORS[_i].page), body.p);
	ck_assert_ptr_null(strstr(body.p, "<p>"));
	ck_assert_ptr_null(header("X-Mine"));
	ck_assert_ptr_nonnull(header("Set-Cookie"));
	ck_assert_int_eq(header("Retry-After") != NULL, res.status == 503);
}
END_TEST

static void fail_silently(struct req *r, struct res *s, const char *message)
{
	(void)r;
	(void)message;
	buf_puts(s->body, "half a pa");
	s->body->err = E_TOO_BIG;
}

static int ask(struct req *r, struct res *s)
{
	buf_puts(&calls, "confirm ");
	ck_assert_uint_eq(s->body->n, 0);
	ck_assert(span_is(form_text(r->form, "name"), "x"));
	s->status = 403;
	buf_puts(s->body, "is it you?");
	return OK;
}

/* What is not confirmed leads to the page that asks; where there is none, to a refusal. */
START_TEST(the_unconfirmed_are_asked)
{
	handler_err = E_UNCONFIRMED;
	prepare(METHOD_POST, "/s/a/things");
	req.content_type = SPAN(FORM_TYPE);
	req.content_length = (int64_t)sent.n;
	run();
	ck_assert_int_eq(res.status, 403);
	ck_assert(span_starts(buf_span(&body), SPAN("403|You do not have")));
	site.confirm = ask;
	prepare(METHOD_POST, "/s/a/things");
	req.content_type = SPAN(FORM_TYPE);
	req.content_length = (int64_t)sent.n;
	run();
	ck_assert_str_eq(walked(), "session may body change confirm ");
	ck_assert_int_eq(res.status, 403);
	ck_assert(span_is(buf_span(&body), "is it you?"));
}
END_TEST

/* The fields of "Confirm it's you" take no room of the form's own; it has no more than before. */
START_TEST(room_for_a_confirmation)
{
	handler_err = OK;
	for (int long_name = 0; long_name < 2; long_name++) {
		sent = long_name ? SPAN("csrf=tok&name=x&other=56789012345678901234567&confirm_password=p")
				 : SPAN("csrf=tok&name=x&confirm_to=/x&confirm_password=01234567890123456789");
		prepare(METHOD_POST, "/s/a/things");
		req.content_type = SPAN(FORM_TYPE);
		req.content_length = (int64_t)sent.n;
		run();
		ck_assert_int_eq(res.status, long_name ? 413 : 200);
	}
}
END_TEST

START_TEST(half_a_page_is_never_sent)
{
	prepare(METHOD_GET, "/");
	req.query = SPAN("full");
	run();
	ck_assert_int_eq(res.status, 500);
	ck_assert_int_eq(strncmp(body.p, "500|", 4), 0);
	/* when even the error page cannot be made, plain words remain */
	site.fail = fail_silently;
	visit(METHOD_GET, "/nowhere");
	ck_assert_int_eq(res.status, 404);
	ck_assert_int_eq(strncmp(body.p, "404 Not Found\n", 14), 0);
	ck_assert_str_eq(res.content_type, "text/plain; charset=utf-8");
	ck_assert_int_eq(body.err, OK);
}
END_TEST

Suite *http_dispatch_suite(void)
{
	Suite *s = suite_create("http_dispatch");
	TCase *c = tcase_create("dispatch");

	tcase_add_checked_fixture(c, set_up, tear_down);
	tcase_add_test(c, a_page_with_its_headers);
	tcase_add_test(c, a_form_reaches_its_handler);
	tcase_add_loop_test(c, refusals_in_order, 0, (int)COUNT(REFUSALS));
	tcase_add_test(c, foreign_forms_never_reach_a_handler);
	tcase_add_loop_test(c, strangers_are_sent_to_sign_in, 0, (int)COUNT(LOGINS));
	tcase_add_test(c, a_very_long_address_is_not_kept);
	tcase_add_test(c, the_known_are_refused);
	tcase_add_loop_test(c, errors_become_pages, 0, (int)COUNT(ERRORS));
	tcase_add_test(c, half_a_page_is_never_sent);
	tcase_add_test(c, the_unconfirmed_are_asked);
	tcase_add_test(c, room_for_a_confirmation);
	suite_add_tcase(s, c);
	return s;
}
