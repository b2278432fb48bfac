/* http_former.c: a form whose token is not of the visitor's session: who is asked whether it
 * counts, and what must be true before. */
#include "unit/suites.h"

#include "http/csrf.h"
#include "http/dispatch.h"

static struct arena *a;
static struct buf body, calls;
static struct req req;
static struct res res;
static struct site site;
static struct span sent;
static const char *visitor;
static int former_err;
static bool former_answers;

static int change(struct req *r, struct res *s)
{
	(void)r;
	buf_puts(&calls, "change ");
	buf_puts(s->body, "done");
	return OK;
}

static int page(struct req *r, struct res *s)
{
	return change(r, s);
}

static const struct form_field FIELDS[] = {{"name", FORM_TEXT, true, 10, "Name"}};
static const struct form_def FORM = {FIELDS, COUNT(FIELDS), 40, 3}, EMPTY = {FIELDS, 0, 40, 3};
static const struct route ROWS[] = {
	{METHOD_GET, "/things", page, 2, NULL},
	{METHOD_POST, "/things/add", change, 2, &FORM},
	{METHOD_POST, "/things/end", change, 2, &EMPTY},
	{METHOD_POST, "/open", change, 1, &FORM},
};

static int session(struct req *r, struct res *s)
{
	(void)s;
	r->who = (void *)visitor;
	r->csrf = SPAN("tok");
	return OK;
}

static int may(struct req *r, int permission)
{
	return permission == 1 || r->who ? OK : E_DENIED;
}

static void fail_page(struct req *r, struct res *s, const char *message)
{
	(void)r;
	buf_printf(s->body, "%d|%s", s->status, message);
}

static int former(struct req *r, struct res *s, bool *answered)
{
	buf_printf(&calls, "former(%.*s) ", SPAN_ARG(r->form_page));
	ck_assert_ptr_nonnull(r->form);
	*answered = former_answers;
	if (former_answers) {
		s->status = 401;
		buf_puts(s->body, "sign in");
	}
	return former_err;
}

static int read_body(struct req *r, size_t most, struct span *out)
{
	buf_puts(&calls, "body ");
	if ((size_t)r->content_length > most)
		return E_TOO_BIG;
	*out = arena_span(r->arena, sent);
	return OK;
}

static const char *const HOSTS[] = {"ci.example"};

static void set_up(void)
{
	a = arena_new();
	site = (struct site){.routes = {ROWS, COUNT(ROWS)},
			     .hosts = HOSTS,
			     .nhosts = 1,
			     .session = session,
			     .may = may,
			     .fail = fail_page,
			     .former = former};
	former_err = OK;
	former_answers = true;
	visitor = NULL;
	sent = SPAN("csrf=old&name=x");
}

static void tear_down(void)
{
	arena_free(a);
	buf_release(&body);
	buf_release(&calls);
}

static const char *post(const char *path)
{
	buf_reset(&calls);
	req = (struct req){.arena = a,
			   .id = "0123456789abcdef",
			   .method = METHOD_POST,
			   .path = span_str(path),
			   .query = SPAN(""),
			   .host = SPAN("ci.example"),
			   .origin = req.origin,
			   .fetch_site = req.fetch_site,
			   .content_type = SPAN("application/x-www-form-urlencoded"),
			   .content_length = (int64_t)sent.n,
			   .read_body = read_body};
	res_init(&res, a, &body);
	dispatch(&site, &req, &res);
	buf_puts(&calls, "");
	return calls.p ? calls.p : "";
}

static void ours(void)
{
	req.origin = SPAN("http://ci.example");
	req.fetch_site = SPAN("same-origin");
}

START_TEST(a_stranger_may_sign_in_and_go_on)
{
	ours();
	ck_assert_str_eq(post("/things/add"), "body former(/things) ");
	ck_assert_int_eq(res.status, 401);
	ck_assert_str_eq(body.p, "sign in");
	ck_assert(res_header_value(&res, "Content-Security-Policy").p != NULL);
	/* known, but not of a session: never handled */
	former_answers = false;
	ck_assert_str_eq(post("/things/add"), "body former(/things) ");
	ck_assert_int_eq(res.status, 303);
	former_err = E_DENIED;
	post("/things/add");
	ck_assert(span_is(res_header_value(&res, "Location"), "/login?next=/things&lost=1"));
	former_err = E_UNAVAILABLE;
	post("/things/add");
	ck_assert_int_eq(res.status, 503);
	/* nothing was typed */
	former_err = OK;
	ck_assert_str_eq(post("/things/end"), "");
	ck_assert_int_eq(res.status, 303);
}
END_TEST

START_TEST(what_cannot_be_read_is_lost)
{
	ours();
	sent = SPAN("csrf=old&name=%zz");
	ck_assert_str_eq(post("/things/add"), "body ");
	ck_assert_int_eq(res.status, 303);
	sent = span_of(arena_alloc(a, 20000), 20000);
	ck_assert_str_eq(post("/things/add"), "");
	ck_assert_int_eq(res.status, 303);
}
END_TEST

START_TEST(of_somebody_signed_in)
{
	ours();
	visitor = "ann";
	former_answers = false;
	ck_assert_str_eq(post("/things/add"), "body former(/things) change ");
	ck_assert_int_eq(res.status, 200);
	former_answers = true;
	ck_assert_str_eq(post("/things/add"), "body former(/things) ");
	ck_assert_int_eq(res.status, 401);
	former_err = E_DENIED;
	former_answers = false;
	post("/things/add");
	ck_assert_int_eq(res.status, 403);
	former_err = E_RETRY;
	post("/things/add");
	ck_assert_int_eq(res.status, 503);
	/* the session's own token: nobody is asked */
	sent = SPAN("csrf=tok&name=x");
	ck_assert_str_eq(post("/things/add"), "body change ");
	site.former = NULL;
	sent = SPAN("csrf=old&name=x");
	ck_assert_str_eq(post("/things/add"), "body ");
	ck_assert_int_eq(res.status, 403);
}
END_TEST

static const struct {
	const char *origin, *site;
	bool ours;
} SENDERS[] = {
	{"http://ci.example", "same-origin", true},
	{"http://ci.example", NULL, true},
	{NULL, "same-origin", true},
	{NULL, NULL, false},
	{"http://ci.example", "none", false},
	{"http://ci.example", "same-site", false},
	{"http://ci.example", "cross-site", false},
	{"https://ci.example", NULL, false},
	{"http://ci.example:81", NULL, false},
	{"http://evil.example", "same-origin", false},
	{"null", NULL, false},
	{"null", "same-origin", false},
	{"http://ci.example.evil", NULL, false},
	{"http://ci.example", "Same-Origin", false},
};

START_TEST(only_our_own_pages)
{
	req.origin = span_str(SENDERS[_i].origin);
	req.fetch_site = span_str(SENDERS[_i].site);
	req.host = SPAN("ci.example");
	ck_assert_int_eq(csrf_same_origin(&req, false), SENDERS[_i].ours);
	for (int signed_in = 0; signed_in < 2; signed_in++) {
		visitor = signed_in ? "ann" : NULL;
		post(signed_in ? "/open" : "/things/add");
		ck_assert_int_eq(strstr(calls.p ? calls.p : "", "former") != NULL,
				 SENDERS[_i].ours);
		ck_assert_int_eq(res.status, SENDERS[_i].ours ? 401 : signed_in ? 403 : 303);
	}
}
END_TEST

Suite *http_former_suite(void)
{
	Suite *s = suite_create("http_former");
	TCase *c = tcase_create("former");

	tcase_add_checked_fixture(c, set_up, tear_down);
	tcase_add_test(c, a_stranger_may_sign_in_and_go_on);
	tcase_add_test(c, what_cannot_be_read_is_lost);
	tcase_add_test(c, of_somebody_signed_in);
	tcase_add_loop_test(c, only_our_own_pages, 0, (int)COUNT(SENDERS));
	suite_add_tcase(s, c);
	return s;
}
