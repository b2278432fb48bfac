/* link.c: a first or forgotten password by a one-time link. Its code stands in an address once:
 * from there it goes into a cookie that no script reads, so that no history, no log and no Referer
 * keeps it. Whether it is good only the vault knows, and it is asked when the password is there. */
#include "page/link.h"

#include "base/log.h"
#include "http/pct.h"
#include "page/frame.h"
#include "page/session.h"
#include "seal/secret.h"
#include "store/account.h"
#include "view/link.h"
#include "base/banned.h"

enum { PASSWORD_LEAST = 12, PASSWORD_MOST = 1024, COOKIE_AGE = 15 * 60 };

static const struct form_field LINK_FIELDS[] = {
	{"csrf", FORM_TEXT, false, 100, "Token"},
	{"password", FORM_SECRET, true, PASSWORD_MOST, "New password"},
	{"again", FORM_SECRET, true, PASSWORD_MOST, "New password, again"},
};
const struct form_def FORM_LINK = {LINK_FIELDS, COUNT(LINK_FIELDS), 16 * 1024, 6};

static const char *link_cookie(const struct req *r)
{
	return app_of(r)->secure ? "__Host-signet-link" : "signet-link";
}

/* Base64url of 32 bytes: anything else is no code, and no value for a cookie. */
static bool is_code(struct span s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		      c == '-' || c == '_'))
			return false;
	}
	return s.n == VAULT_CODE_CHARS;
}

static struct span code_of(const struct req *r)
{
	struct span code = req_cookie(r, link_cookie(r));

	return is_code(code) ? code : SPAN_NONE;
}

/* Whoever opened the link is nobody yet, whoever is signed in here. */
static int show(struct req *r, struct res *s, int status, const struct view_link *v)
{
	struct view_frame f = frame_for(r, s, SPAN("Set your password"));

	f.who = NULL;
	s->status = status;
	return view_link(s->body, r->arena, &f, v);
}

/* Used, replaced, expired, never made: it is all the same to who has it. */
static int show_over(struct req *r, struct res *s)
{
	struct view_link v = {.over = true};

	res_cookie(s, link_cookie(r), SPAN(""), 0, app_of(r)->secure);
	return show(r, s, 410, &v);
}

int page_link_form(struct req *r, struct res *s)
{
	struct span code = req_query(r, "code");
	struct view_link v = {0};

	if (code.p && !is_code(code))
		return show_over(r, s);
	if (code.p) {
		res_cookie(s, link_cookie(r), code, COOKIE_AGE, app_of(r)->secure);
		res_redirect(s, 303, SPAN("/password"));
		return OK;
	}
	return code_of(r).n ? show(r, s, 200, &v) : show_over(r, s);
}

static struct secret taken(struct req *r, const char *name)
{
	char *p = NULL;
	size_t n = 0;

	form_secret_take(r->form, span_str(name), &p, &n);
	return secret_take(r->arena, p, n);
}

static struct span bytes(const struct secret *s)
{
	return span_of((const char *)s->p, s->n);
}

static int set(struct req *r, const struct secret *password, int64_t *account_id)
{
	const struct vault_actor nobody = {0, SPAN(""), r->remote, span_str(r->id)};

	return vault_link_password(&app_of(r)->vault, &nobody, code_of(r), bytes(password),
				   account_id);
}

/* Signing in comes next, with the login filled in: many who come here have never seen theirs. */
static int done(struct req *r, struct res *s, int64_t account_id)
{
	struct span login;

	log_info("account %lld has a new password by its link", (long long)account_id);
	res_cookie(s, link_cookie(r), SPAN(""), 0, app_of(r)->secure);
	if (visit_of(r))
		TRY(session_end(r, s));
	TRY(store_account_login(app_of(r)->db, r->arena, account_id, &login));
	login = pct_encode(r->arena, login);
	frame_say(r, s, SAID_PASSWORD_SET,
		  arena_printf(r->arena, "/login?login=%.*s", SPAN_ARG(login)));
	return OK;
}

int page_link(struct req *r, struct res *s)
{
	struct secret password = taken(r, "password"), again = taken(r, "again");
	struct view_link v = {0};
	int64_t account_id;
	int rc;

	if (!code_of(r).n)
		return show_over(r, s);
	if (password.n < PASSWORD_LEAST || password.n > PASSWORD_MOST)
		form_fail(r->form, SPAN("password"), "A password needs 12 to 1024 characters.");
	else if (!span_eq(bytes(&password), bytes(&again)))
		form_fail(r->form, SPAN("again"), "The two passwords are not the same.");
	if (r->form->errors) {
		v.password_error = form_message(r->form, SPAN("password"));
		v.again_error = form_message(r->form, SPAN("again"));
		return show(r, s, 422, &v);
	}
	rc = set(r, &password, &account_id);
	if (rc == E_NOT_FOUND)
		return show_over(r, s);
	TRY(rc);
	return done(r, s, account_id);
}
