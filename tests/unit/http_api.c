/* http_api.c: the dispatcher's answers to programs: who asks, versions, what follows a change. */
#include "unit/suites.h"

#include "http/api.h"

enum { OPEN = 1, MEMBERS };

static struct arena *a;
static struct buf body, calls;
static struct req req;
static struct res res;
static const char *visitor, *target;
static struct span sent;
static int handler_err, show_err;
static bool stale;

static int thing(struct req *r, struct res *s)
{
	buf_puts(&calls, "show ");
	res_header(s, "ETag", SPAN("\"7\""));
	buf_printf(s->body, "{\"at\":\"%.*s\"}", SPAN_ARG(r->path));
	return show_err;
}

static int nothing(struct req *r, struct res *s)
{
	(void)r;
	(void)s;
	return OK;
}

static int change(struct req *r, struct res *s)
{
	struct span version = form_text(r->form, "version");

	buf_printf(&calls, "change(%.*s%s) ", SPAN_ARG(version),
		   form_flag(r->form, "confirm") ? " confirmed" : "");
	r->stale = stale;
	if (r->form->errors) {
		s->status = 422;
		buf_puts(s->body, "<p>a page</p>");
	} else {
		res_redirect(s, 303, span_str(target));
	}
	return handler_err;
}

/* What came: the body's bytes, or each file. */
static int take(struct req *r, struct res *s)
{
	struct form_value *v;
	size_t at = 0;

	while (form_next(r->form, "body", &at, &v))
		buf_printf(&calls, "%.*s=%.*s;", SPAN_ARG(v->value), SPAN_ARG(form_bytes(v)));
	buf_puts(s->body, "{}");
	return OK;
}

static const struct form_field RAW_FIELD[] = {{"body", FORM_RAW, false, 8, "The file"}};
static const struct form_def RAW = {RAW_FIELD, 1, 8, 1};
static const struct form_field PARTS_FIELD[] = {{"body", FORM_FILES, false, 8, "The file"}};
static const struct form_def PARTS = {PARTS_FIELD, 1, 200, 9};
static const struct form_field FIELDS[] = {
	{"csrf", FORM_TEXT, false, 100, "Token"}, {"version", FORM_ID, false, 20, "Version"},
	{"name", FORM_TEXT, true, 10, "Name"},	  {"confirm", FORM_FLAG, false, 1, "Tick"},
};
static const struct form_def FORM = {FIELDS, COUNT(FIELDS), 60, 6};
static const struct form_def FREE = {FIELDS, 1, 60, 6};
static const struct form_def SURE = {FIELDS + 3, 1, 60, 6};
static const struct route ROWS[] = {
	{METHOD_GET, "/api/v1/things", thing, MEMBERS, NULL},
	{METHOD_POST, "/api/v1/things", change, MEMBERS, &FORM},
	{METHOD_GET, "/api/v1/things/:id", thing, MEMBERS, NULL},
	{METHOD_PUT, "/api/v1/things/:id", change, MEMBERS, &FORM},
	{METHOD_DELETE, "/api/v1/things/:id", change, MEMBERS, &SURE},
	{METHOD_POST, "/api/v1/things/:id/act", change, MEMBERS, &FREE},
	{METHOD_GET, "/api/v1/empty", nothing, MEMBERS, NULL},
	{METHOD_GET, "/things/:id", thing, MEMBERS, NULL},
	{METHOD_PUT, "/api/v1/raw", take, MEMBERS, &RAW},
	{METHOD_PUT, "/api/v1/parts", take, MEMBERS, &PARTS},
};

static int session(struct req *r, struct res *s)
{
	(void)s;
	buf_puts(&calls, r->api ? "token " : "cookie ");
	r->who = (void *)visitor;
	return OK;
}

static int may(struct req *r, int permission)
{
	return permission == OPEN || r->who ? OK : E_DENIED;
}

static void fail_page(struct req *r, struct res *s, const char *message)
{
	buf_printf(s->body, "%d|%s|%s", s->status, r->api ? "problem" : "page", message);
	if (r->form)
		for (const struct form_error *e = r->form->errors; e; e = e->next)
			buf_printf(s->body, "|%.*s", SPAN_ARG(e->name));
}

static int read_body(struct req *r, size_t most, struct span *out)
{
	if (r->content_length < 0 && sent.n)
		return E_INVALID;
	*out = arena_span(r->arena, sent);
	return sent.n <= most ? OK : E_TOO_BIG;
}

static const char *const HOSTS[] = {"ci.example"};
static struct site site;

static void set_up(void)
{
	a = arena_new();
	form_json_setup();
	site = (struct site){.routes = {ROWS, COUNT(ROWS)}, .hosts = HOSTS, .nhosts = COUNT(HOSTS),
			     .session = session, .may = may, .fail = fail_page};
	handler_err = show_err = OK;
	visitor = "ann";
	target = "/things/5";
	stale = false;
	sent = SPAN("");
}

static void tear_down(void)
{
	arena_free(a);
	buf_release(&body);
	buf_release(&calls);
}

static void ask(enum method method, const char *path, const char *json, const char *if_match)
{
	buf_reset(&calls);
	sent = span_str(json);
	req = (struct req){.arena = a, .id = "0123456789abcdef", .method = method,
			   .path = span_str(path), .query = SPAN(""), .host = SPAN("ci.example"),
			   .if_match = span_str(if_match), .read_body = read_body,
			   .content_type = json ? SPAN("application/json") : SPAN(""),
			   .content_length = json ? (int64_t)strlen(json) : -1};
	res_init(&res, a, &body);
	dispatch(&site, &req, &res);
}

static const char *header(const char *name)
{
	struct span v = res_header_value(&res, name);

	return v.p ? arena_str(a, v) : NULL;
}

static const char *text(void)
{
	return arena_str(a, buf_span(&body));
}

START_TEST(the_thing)
{
	ask(METHOD_GET, "/api/v1/things/5", NULL, "");
	ck_assert_int_eq(res.status, 200);
	ck_assert_str_eq(res.content_type, "application/json");
	ck_assert_str_eq(arena_str(a, buf_span(&calls)), "token show ");
	/* nobody is sent to a page to sign in */
	visitor = NULL;
	ask(METHOD_GET, "/api/v1/things/5", NULL, "");
	ck_assert_int_eq(res.status, 401);
	ck_assert_str_eq(header("WWW-Authenticate"), "Bearer realm=\"Signet\"");
	ck_assert_ptr_null(header("Location"));
	ask(METHOD_GET, "/things/5", NULL, "");
	ck_assert_int_eq(res.status, 303);
	/* a page without a twin is our own fault, and no empty answer */
	visitor = "ann";
	ask(METHOD_GET, "/api/v1/empty", NULL, "");
	ck_assert_int_eq(res.status, 500);
}
END_TEST

START_TEST(what_follows_a_change)
{
	ask(METHOD_POST, "/api/v1/things", "{\"name\":\"x\"}", "");
	ck_assert_int_eq(res.status, 201);
	ck_assert_str_eq(header("Location"), "/api/v1/things/5");
	ck_assert_str_eq(header("ETag"), "\"7\"");
	ck_assert_str_eq(text(), "{\"at\":\"/api/v1/things/5\"}");
	/* the visitor is looked up anew for what is shown, and the log speaks of what was asked */
	ck_assert_str_eq(arena_str(a, buf_span(&calls)), "token change() token show ");
	ck_assert_int_eq(req.method, METHOD_POST);
	ck_assert(span_is(req.path, "/api/v1/things"));
	ask(METHOD_PUT, "/api/v1/things/5", "{\"name\":\"x\"}", "\"7\"");
	ck_assert_int_eq(res.status, 200);
	ck_assert_ptr_null(header("Location"));
	ck_assert_str_eq(text(), "{\"at\":\"/api/v1/things/5\"}");
	ask(METHOD_DELETE, "/api/v1/things/5", NULL, "");
	ck_assert_int_eq(res.status, 204);
	ck_assert_uint_eq(body.n, 0);
	ck_assert_str_eq(arena_str(a, buf_span(&calls)), "token change( confirmed) ");
	ask(METHOD_POST, "/api/v1/things/5/act", NULL, "");
	ck_assert_int_eq(res.status, 200);
	/* where there is nothing to show, or not any more */
	target = "/elsewhere";
	ask(METHOD_POST, "/api/v1/things/5/act", NULL, "");
	ck_assert_int_eq(res.status, 204);
	target = "/things/5";
	show_err = E_NOT_FOUND;
	ask(METHOD_POST, "/api/v1/things", "{\"name\":\"x\"}", "");
	ck_assert_int_eq(res.status, 201);
	ck_assert_uint_eq(body.n, 0);
}
END_TEST

static const struct {
	enum method method;
	const char *json, *if_match;
	int status;
} VERSIONS[] = {
	{METHOD_PUT, "{\"name\":\"x\"}", "", 428},
	{METHOD_PUT, "{\"name\":\"x\"}", "*", 412},
	{METHOD_PUT, "{\"name\":\"x\"}", "W/\"7\"", 412},
	{METHOD_PUT, "{\"name\":\"x\"}", "7", 412},
	{METHOD_PUT, "{\"name\":\"x\"}", "\"7", 412},
	{METHOD_PUT, "{\"name\":\"x\"}", "\"07\"", 412},
	{METHOD_PUT, "{\"name\":\"x\"}", "\"7\", \"8\"", 412},
	{METHOD_PUT, "{\"name\":\"x\"}", "\"99999999999999999999\"", 412},
	{METHOD_PUT, "{\"name\":\"x\",\"version\":9}", " \"7\" ", 200},
};

START_TEST(versions)
{
	ask(VERSIONS[_i].method, "/api/v1/things/5", VERSIONS[_i].json, VERSIONS[_i].if_match);
	ck_assert_msg(res.status == VERSIONS[_i].status, "%s: %d", VERSIONS[_i].if_match,
		      res.status);
	if (res.status == 200) /* the header counts, not the member */
		ck_assert_ptr_nonnull(strstr(arena_str(a, buf_span(&calls)), "change(7) "));
}
END_TEST

START_TEST(somebody_was_quicker)
{
	handler_err = E_CONFLICT;
	ask(METHOD_PUT, "/api/v1/things/5", "{\"name\":\"x\"}", "\"7\"");
	ck_assert_int_eq(res.status, 409);
	stale = true;
	ask(METHOD_PUT, "/api/v1/things/5", "{\"name\":\"x\"}", "\"7\"");
	ck_assert_int_eq(res.status, 412);
	handler_err = E_UNCONFIRMED;
	stale = false;
	ask(METHOD_POST, "/api/v1/things/5/act", NULL, "");
	ck_assert_int_eq(res.status, 403);
	ck_assert_str_eq(req.problem, "urn:signet:confirmation-needed");
}
END_TEST

START_TEST(bodies)
{
	/* a page that shows what is wrong becomes a problem */
	ask(METHOD_POST, "/api/v1/things", "{}", "");
	ck_assert_int_eq(res.status, 422);
	ck_assert_str_eq(text(), "422|problem|Nothing was changed. See errors for what to mend.|name");
	/* the handler never sees a body of the wrong shape */
	ask(METHOD_POST, "/api/v1/things", "{\"nam\":\"x\",\"name\":1}", "");
	ck_assert_int_eq(res.status, 422);
	ck_assert_ptr_null(strstr(arena_str(a, buf_span(&calls)), "change"));
	ask(METHOD_POST, "/api/v1/things", "{", "");
	ck_assert_int_eq(res.status, 400);
	ask(METHOD_POST, "/api/v1/things", "{\"name\":\"0123456789012345678901234567890123456789012345678901\"}", "");
	ck_assert_int_eq(res.status, 413);
	ask(METHOD_POST, "/api/v1/things", "{\"name\":\"x\"}", "");
	req.content_type = SPAN("application/x-www-form-urlencoded");
	res_init(&res, a, &body);
	dispatch(&site, &req, &res);
	ck_assert_int_eq(res.status, 415);
}
END_TEST

START_TEST(other_methods)
{
	ask(METHOD_OPTIONS, "/api/v1/things/5", NULL, "");
	ck_assert_int_eq(res.status, 204);
	ck_assert_str_eq(header("Allow"), "GET, HEAD, PUT, DELETE, OPTIONS");
	ask(METHOD_OPTIONS, "/things/5", NULL, "");
	ck_assert_int_eq(res.status, 405);
	ask(METHOD_OTHER, "/api/v1/things/5", NULL, "");
	ck_assert_int_eq(res.status, 405);
	ask(METHOD_GET, "/api/v1", NULL, "");
	ck_assert_int_eq(res.status, 404);
	ck_assert_ptr_nonnull(strstr(text(), "|problem|"));
	ask(METHOD_GET, "/api/v10/things", NULL, "");
	ck_assert_ptr_nonnull(strstr(text(), "|page|"));
}
END_TEST

static void ask_typed(const char *path, const char *type, const char *bytes)
{
	buf_reset(&calls);
	sent = span_str(bytes);
	req = (struct req){.arena = a, .id = "0123456789abcdef", .method = METHOD_PUT,
			   .path = span_str(path), .query = SPAN(""), .host = SPAN("ci.example"),
			   .read_body = read_body, .content_type = span_str(type),
			   .content_length = (int64_t)sent.n};
	res_init(&res, a, &body);
	dispatch(&site, &req, &res);
}

/* The body is the thing itself, whatever it is called. */
START_TEST(raw_bodies)
{
	static const char *const TYPES[] = {"", "application/json", "text/plain; charset=latin1",
					    "application/x-www-form-urlencoded", "nonsense"};

	for (size_t k = 0; k < COUNT(TYPES); k++) {
		ask_typed("/api/v1/raw", TYPES[k], "a=%41\xff{");
		ck_assert_int_eq(res.status, 200);
		ck_assert_str_eq(arena_str(a, buf_span(&calls)), "token =a=%41\xff{;");
	}
	ask_typed("/api/v1/raw", "", "");
	ck_assert_str_eq(arena_str(a, buf_span(&calls)), "token =;");
	ask_typed("/api/v1/raw", "", "123456789");
	ck_assert_int_eq(res.status, 413);
	ck_assert_str_eq(text(), "413|problem|The file is too large: at most 8 bytes.");
}
END_TEST

START_TEST(parts)
{
#define TYPE "multipart/form-data; boundary=B"
#define ONE "--B\r\nContent-Disposition: form-data; name=\"body\"; filename=\"a\"\r\n\r\nx\r\n"
	ask_typed("/api/v1/parts", TYPE, ONE "--B--\r\n");
	ck_assert_int_eq(res.status, 200);
	ck_assert_str_eq(arena_str(a, buf_span(&calls)), "token a=x;");
	ask_typed("/api/v1/parts", TYPE, ONE);
	ck_assert_int_eq(res.status, 400);
	ask_typed("/api/v1/parts", "application/json", "{}");
	ck_assert_int_eq(res.status, 415);
	ck_assert_ptr_nonnull(strstr(text(), "multipart/form-data"));
	ask_typed("/api/v1/parts", TYPE, ONE ONE ONE ONE "--B--\r\n");
	ck_assert_int_eq(res.status, 413);
	ck_assert_ptr_nonnull(strstr(text(), "All files together are too large"));
}
END_TEST

Suite *http_api_suite(void)
{
	Suite *s = suite_create("http_api");
	TCase *c = tcase_create("api");

	tcase_add_checked_fixture(c, set_up, tear_down);
	tcase_add_test(c, the_thing);
	tcase_add_test(c, what_follows_a_change);
	tcase_add_loop_test(c, versions, 0, (int)COUNT(VERSIONS));
	tcase_add_test(c, somebody_was_quicker);
	tcase_add_test(c, bodies);
	tcase_add_test(c, other_methods);
	tcase_add_test(c, raw_bodies);
	tcase_add_test(c, parts);
	suite_add_tcase(s, c);
	return s;
}
