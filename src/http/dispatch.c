/* dispatch.c: the steps that every request takes, in their order. A step that refuses sets the
 * status; none can be left out by a handler. */
#include "http/dispatch.h"

#include "base/log.h"
#include "http/api.h"
#include "http/body.h"
#include "http/csrf.h"
#include "http/front.h"
#include "http/pct.h"
#include "base/banned.h"

enum { NEXT_MOST = 2000 };

/* The state of one walk: which answer a step decided on. */
struct walk {
	const struct site *site;
	struct req *r;
	struct res *s;
	int status;           /* 0: the response stands as it is; else render this failure */
	const char *message;  /* NULL: the status's own sentence */
	struct span allow;    /* for 405 */
};

#define SOMETHING_WRONG                                                                            \
	"Something went wrong on our side. Tell your operator the request id, so that they can "  \
	"find out what."

static const struct {
	int status;
	const char *message;
} MESSAGES[] = {
	{400, "The request could not be understood. Check the address, or go back, reload the "
	      "page and try again."},
	{403, "You do not have the right to do this. An admin can give it to you."},
	{404, "There is nothing at this address, or it is not visible to you. Check the address, "
	      "or start from the list."},
	{405, "This address cannot be used in this way. Open the page and use its form."},
	{409, "Somebody changed this in the meantime, or the name is taken. Reload the page to see "
	      "how it is now, then try again."},
	{411, "The request did not say how long it is. Send it with a Content-Length."},
	{413, "The form is too large. Shorten what you typed and send it again."},
	{415, "The request is in a format that is not read here. Send a form of the page itself."},
	{421, "This host name does not belong to this installation. Check the address."},
	{429, "That was tried too often. Wait a few minutes, then try again."},
	{500, SOMETHING_WRONG},
	{503, "A part of the service cannot be reached right now. Try again in a few seconds."},
};

static const char FOREIGN_FORM[] = "This form is out of date or came from another site. "
				   "Go back, reload the page and try again.";

static const char *message_of(const struct req *r, int status)
{
	const char *message = r->api ? api_message(status) : NULL;

	if (r->refusal)
		return r->refusal;
	for (size_t i = 0; i < COUNT(MESSAGES) && !message; i++)
		if (MESSAGES[i].status == status)
			message = MESSAGES[i].message;
	return message ? message : SOMETHING_WRONG;
}

static int status_of(int err)
{
	switch ((enum err)err) {
	case E_NOT_FOUND: return 404;
	case E_UNCONFIRMED:
	case E_DENIED: return 403;
	case E_CONFLICT: return 409;
	case E_INVALID: return 400;
	case E_TOO_BIG: return 413;
	case E_THROTTLED: return 429;
	case E_UNAVAILABLE:
	case E_RETRY: return 503;
	case OK:
	case E_CORRUPT:
	case E_BUG: break;
	}
	return 500;
}

static const char CORRUPT[] = "What is stored does not fit together, so nothing was changed. Tell your "
			      "operator the request id: `signet-admin doctor` says what is broken.";

static const char UNCONFIRMED[] = "Confirmation needed: send your password to /api/v1/confirm, then "
				  "this request again within ten minutes.";

/* Ends the walk. Each step returns whether to go on, so this is always false. */
static bool stop(struct walk *w, int status)
{
	w->status = status;
	return false;
}

static bool stop_err(struct walk *w, const char *where, int err)
{
	int status = status_of(err);

	if (status >= 500)
		log_error("%s failed: %s", where, err_text(err));
	if (err == E_CORRUPT)
		w->message = CORRUPT;
	return stop(w, status);
}

static bool host_is_ours(const struct site *site, struct span host)
{
	for (size_t i = 0; i < site->nhosts; i++)
		if (span_is(host, site->hosts[i]))
			return true;
	return false;
}

static bool step_match(struct walk *w)
{
	int rc;

	if (w->r->malformed)
		return stop(w, 400);
	if (!host_is_ours(w->site, w->r->host))
		return stop(w, 421);
	w->r->api = api_path(w->r->path);
	rc = route_find(&w->site->routes, w->r, &w->r->route, &w->allow);
	if (rc == E_INVALID && w->r->api && w->r->method == METHOD_OPTIONS) {
		w->s->status = 204;
		res_header(w->s, "Allow", arena_printf(w->r->arena, "%.*s, OPTIONS",
						       SPAN_ARG(w->allow)));
		return stop(w, 0);
	}
	return rc == OK || stop(w, rc == E_NOT_FOUND ? 404 : 405);
}

/* The page that shows the form which was sent to `path`: what answers a GET there, or above it
 * ("/s/acme/integrations/42/delete" has its form on a page of 42). */
static struct span form_page(const struct walk *w, struct span path)
{
	struct req at = {.arena = w->r->arena, .method = METHOD_GET, .path = path};
	const struct route *row;
	struct span allow;

	while (at.path.n > 1) {
		if (route_find(&w->site->routes, &at, &row, &allow) == OK)
			return at.path;
		while (at.path.n > 1 && at.path.p[--at.path.n] != '/')
			;
	}
	return SPAN("/");
}

/* Where to go on after signing in. The path begins with one '/', so it stays on this host. */
static struct span next_target(const struct walk *w)
{
	struct req *r = w->r;
	bool get = r->method == METHOD_GET || r->method == METHOD_HEAD;
	struct span target = pct_encode(r->arena, get ? r->path : form_page(w, r->path));

	if (get && r->query.n && r->query.n <= NEXT_MOST)
		target = arena_printf(r->arena, "%.*s?%.*s", SPAN_ARG(target), SPAN_ARG(r->query));
	target = pct_encode(r->arena, target);
	return target.n <= NEXT_MOST ? target : SPAN("/");
}

/* Had the request a form in which something was typed? Then the sign-in page says that it is lost. */
static bool has_input(const struct route *row)
{
	for (size_t i = 0; row->form && i < row->form->nfields; i++)
		if (!span_is(span_str(row->form->fields[i].name), "csrf"))
			return true;
	return false;
}

static bool send_to_login(struct walk *w)
{
	struct span next = next_target(w);

	res_redirect(w->s, 303,
		     arena_printf(w->r->arena, "/login?next=%.*s%s", SPAN_ARG(next),
				  has_input(w->r->route) ? "&lost=1" : ""));
	return stop(w, 0);
}

static bool answer_stranger(struct walk *w);

static bool step_admit(struct walk *w)
{
	struct req *r = w->r;
	int rc = w->site->session(r, w->s);

	if (rc != OK)
		return stop_err(w, "session", rc);
	rc = w->site->may(r, r->route->permission);
	if (rc == E_DENIED && !r->who)
		return r->api ? stop(w, 401) : answer_stranger(w);
	if (rc == E_DENIED)
		log_warn("denied: %s %s", method_name(r->method), r->route->pattern);
	return rc == OK || stop_err(w, "permission", rc);
}

/* Asks the program whose form it is, if one of our own pages sent it. */
static int ask_former(struct walk *w, bool *answered)
{
	struct req *r = w->r;
	int rc;

	*answered = false;
	if (!w->site->former || !csrf_same_origin(r, w->site->secure))
		return E_DENIED;
	r->form_page = pct_encode(r->arena, form_page(w, r->path));
	rc = w->site->former(r, w->s, answered);
	return rc == OK && *answered && w->s->body->err != OK ? E_BUG : rc;
}

/* Somebody who is not signed in (any more) and may not do this. What they filled in waits until they
 * are; where it is not known whose it is, they are told that it is lost. */
static bool answer_stranger(struct walk *w)
{
	struct req *r = w->r;
	bool changes = r->method != METHOD_GET && r->method != METHOD_HEAD, answered = false;
	int rc = E_DENIED;

	if (changes && has_input(r->route) && w->site->former &&
	    csrf_same_origin(r, w->site->secure) && body_read_form(r) == 0)
		rc = ask_former(w, &answered);
	if (rc != OK && rc != E_DENIED)
		return stop_err(w, "former session", rc);
	return answered ? stop(w, 0) : send_to_login(w);
}

static bool step_form(struct walk *w)
{
	struct req *r = w->r;
	bool answered;
	int rc;

	if (!r->route->form || r->method == METHOD_GET || r->method == METHOD_HEAD)
		return true;
	rc = r->api ? api_read(w->site, r) : body_read_form(r);
	if (rc != 0)
		return stop(w, rc);
	if (r->api || csrf_check(r, r->form, w->site->secure) == OK)
		return true;
	rc = ask_former(w, &answered);
	if (rc == OK)
		return answered ? stop(w, 0) : true;
	if (rc != E_DENIED)
		return stop_err(w, "former session", rc);
	w->message = FOREIGN_FORM;
	return stop(w, 403);
}

static bool step_handle(struct walk *w)
{
	int rc = w->r->route->handler(w->r, w->s);

	if (rc == E_UNCONFIRMED && w->r->api) {
		w->message = UNCONFIRMED;
		w->r->problem = "urn:signet:confirmation-needed";
	} else if (rc == E_UNCONFIRMED && w->site->confirm) {
		res_clear(w->s);
		rc = w->site->confirm(w->r, w->s);
	}
	if (rc == OK && w->s->body->err != OK)
		rc = E_BUG;
	return rc == OK || stop_err(w, w->r->route->pattern, rc);
}

/* A program's answer: the thing instead of "go on there", and a problem instead of a page that
 * shows what is wrong. */
static void step_translate(struct walk *w)
{
	struct res *s = w->s;

	if (s->status == 303)
		api_follow(w->site, w->r, s);
	else if (s->status >= 400)
		stop(w, s->status);
	else if (s->body->n == 0 && s->status != 204)
		stop_err(w, w->r->route->pattern, E_BUG);
	if (w->status == 0 && res_is_page(s))
		s->content_type = "application/json";
}

static void answer_failure(struct walk *w)
{
	const char *message = w->message ? w->message : message_of(w->r, w->status);
	struct res *s = w->s;

	res_clear(s);
	s->status = w->status;
	w->site->fail(w->r, s, message);
	if (s->body->err != OK || s->body->n == 0) {
		buf_reset(s->body);
		s->content_type = "text/plain; charset=utf-8";
		buf_printf(s->body, "%d %s\n%s\n", w->status, res_reason(w->status), message);
	}
	if (w->status == 401)
		res_header(s, "WWW-Authenticate", SPAN("Bearer realm=\"Signet\""));
	if (w->status == 405)
		res_header(s, "Allow", w->allow);
	if (w->status == 503)
		res_header(s, "Retry-After", SPAN("2"));
}

static const struct {
	const char *name, *value;
} SECURITY[] = {
	{"Content-Security-Policy",
	 "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
	 "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
	 "frame-ancestors 'none'"},
	{"X-Content-Type-Options", "nosniff"},
	/* not "no-referrer": with that, browsers send "Origin: null" with our own forms */
	{"Referrer-Policy", "same-origin"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"Cross-Origin-Embedder-Policy", "require-corp"},
	{"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
};

static void add_headers(const struct site *site, const struct req *r, struct res *s)
{
	for (size_t i = 0; i < COUNT(SECURITY); i++)
		res_header(s, SECURITY[i].name, span_str(SECURITY[i].value));
	if (site->secure)
		res_header(s, "Strict-Transport-Security", SPAN("max-age=31536000"));
	if (!res_header_value(s, "Cache-Control").p)
		res_header(s, "Cache-Control", SPAN("no-store"));
	res_header(s, "X-Request-Id", span_str(r->id));
}

void dispatch(const struct site *site, struct req *r, struct res *s)
{
	struct walk w = {.site = site, .r = r, .s = s};

	if (step_match(&w) && step_admit(&w) && step_form(&w) && step_handle(&w) && r->api)
		step_translate(&w);
	if (w.status == 409 && r->api && r->stale)
		w.status = 412;
	if (w.status != 0)
		answer_failure(&w);
	add_headers(site, r, s);
}
