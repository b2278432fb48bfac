/* request.c: any set of variables from the web server, through the dispatcher to the answer.
 * The input is lines "NAME=value" up to an empty line; the rest is the body. */
#include "http/dispatch.h"
#include "http/front.h"
#include "base/log.h"
#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

enum { VARIABLES_MOST = 40, BODY_MOST = 256 };

static const struct form_field FIELDS[] = {
	{"name", FORM_TEXT, true, 20, "Name"},
	{"pass", FORM_SECRET, false, 20, "Password"},
};
static const struct form_def FORM = {FIELDS, COUNT(FIELDS), BODY_MOST, 8};

static int show(struct req *r, struct res *s)
{
	int64_t id = 0;
	struct span next = req_query(r, "next");

	if (req_param_id(r, "id", &id) == OK)
		ASSERT(id >= 1);
	if (next.p)
		res_redirect(s, 303, next);
	buf_puts(s->body, "<p>page</p>");
	return OK;
}

/* Reached only with the right token and from our own page. */
static int change(struct req *r, struct res *s)
{
	ASSERT(r->form && span_is(form_text(r->form, "csrf"), "token"));
	ASSERT(r->origin.n == 0 ||
	       span_eq(r->origin, arena_printf(r->arena, "http://%.*s", SPAN_ARG(r->host))));
	res_redirect(s, 303, form_text(r->form, "name"));
	return r->form->errors ? E_INVALID : OK;
}

static const struct route ROWS[] = {
	{METHOD_GET, "/", show, 1, NULL},
	{METHOD_GET, "/s/:sub/things", show, 1, NULL},
	{METHOD_GET, "/s/:sub/things/new", show, 1, NULL},
	{METHOD_POST, "/s/:sub/things/new", change, 1, &FORM},
	{METHOD_GET, "/s/:sub/things/:id", show, 2, NULL},
	{METHOD_DELETE, "/s/:sub/things/:id", change, 2, &FORM},
};

static int session(struct req *r, struct res *s)
{
	struct span id = req_cookie(r, "id");

	(void)s;
	if (span_is(id, "down"))
		return E_UNAVAILABLE;
	if (span_is(id, "me")) {
		r->who = r;
		r->csrf = SPAN("token");
	}
	return OK;
}

static int may(struct req *r, int permission)
{
	return r->who || permission == 1 ? OK : E_DENIED;
}

static void fail(struct req *r, struct res *s, const char *message)
{
	(void)r;
	buf_printf(s->body, "<h1>%d</h1><p>%s</p>", s->status, message);
}

static const char *const HOSTS[] = {"a", "a:80"};
static const struct site SITE = {
	.routes = {ROWS, COUNT(ROWS)}, .hosts = HOSTS, .nhosts = COUNT(HOSTS),
	.session = session, .may = may, .fail = fail,
};

static int read_body(struct req *r, size_t most, struct span *out)
{
	const struct span *body = r->front;

	if ((size_t)r->content_length > most)
		return E_TOO_BIG;
	if ((size_t)r->content_length != body->n)
		return E_INVALID;
	*out = arena_span(r->arena, *body);
	return OK;
}

static void check_request(const struct req *r)
{
	struct span rest = r->path, part;

	ASSERT(rest.n > 0 && rest.p[0] == '/' && span_is_utf8(rest));
	ASSERT(!memchr(rest.p, '\\', rest.n) && !memchr(rest.p, '\0', rest.n));
	while (span_cut(&rest, '/', &part))
		ASSERT(!span_is(part, ".") && !span_is(part, ".."));
	ASSERT(r->agent.n <= 300 && span_is_utf8(r->agent));
	ASSERT(r->content_length >= -1);
}

static void check_answer(const struct res *s, struct span head)
{
	struct span line, location = res_header_value(s, "Location");
	bool ended = false;

	ASSERT(res_reason(s->status)[0] != '\0');
	ASSERT(s->status == 303 || s->body->n > 0);
	while (span_cut(&head, '\n', &line)) {
		ASSERT(!ended || line.n == 0);
		if (head.p || line.n)
			ASSERT(line.n > 0 && line.p[line.n - 1] == '\r');
		ended = ended || line.n == 1;
		ASSERT(!memchr(line.p, '\0', line.n));
	}
	ASSERT(ended);
	if (location.p) {
		ASSERT(location.n >= 1 && location.p[0] == '/');
		ASSERT(location.n < 2 || (location.p[1] != '/' && location.p[1] != '\\'));
	}
	ASSERT(res_header_value(s, "Content-Security-Policy").n > 0);
	ASSERT(res_header_value(s, "X-Request-Id").n == REQ_ID_LENGTH);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new();
	struct span rest = span_of((const char *)data, n), line, body;
	char *envp[VARIABLES_MOST + 1] = {NULL};
	struct buf page = BUF_INIT, head = BUF_INIT;
	struct req r = {.arena = a, .id = "0123456789abcdef", .read_body = read_body};
	struct res s;
	size_t nvariables = 0;

	log_init("fuzz", LOG_ERROR);
	while (nvariables < VARIABLES_MOST && span_cut(&rest, '\n', &line) && line.n)
		envp[nvariables++] = arena_str(a, line);
	body = rest;
	r.front = &body;
	front_read(&r, envp);
	check_request(&r);
	res_init(&s, a, &page);
	dispatch(&SITE, &r, &s);
	res_head(&s, &head);
	check_answer(&s, buf_span(&head));
	ASSERT(!r.malformed || s.status == 400);
	buf_release(&page);
	buf_release(&head);
	arena_free(a);
	return 0;
}
