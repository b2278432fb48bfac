/* login.c: signing in and out. A wrong password and an unknown account must look alike, so there is
 * one sentence for both, the throttle counts what was typed, and the vault runs Argon2 once in any
 * case. */
#include "page/login.h"

#include "page/frame.h"
#include "page/guess.h"
#include "page/session.h"
#include "base/banned.h"

enum { LOGIN_MOST = 320, PASSWORD_MOST = 1024 };

static const struct form_field LOGIN_FIELDS[] = {
	{"csrf", FORM_TEXT, false, 100, "Token"},
	{"login", FORM_TEXT, true, LOGIN_MOST, "Login"},
	{"password", FORM_SECRET, true, PASSWORD_MOST, "Password"},
	{"next", FORM_TEXT, false, 2000, "Next page"},
};
const struct form_def FORM_LOGIN = {LOGIN_FIELDS, COUNT(LOGIN_FIELDS), 16 * 1024, 10};

static const struct form_field EMPTY_FIELDS[] = {{"csrf", FORM_TEXT, false, 100, "Token"}};
const struct form_def FORM_EMPTY = {EMPTY_FIELDS, COUNT(EMPTY_FIELDS), 1024, 4};

static int show(struct req *r, struct res *s, int status, struct span error)
{
	struct view_frame f = frame_for(r, s, SPAN("Sign in"));
	struct view_login v = {.error = error};

	if (r->form) {
		v.login = form_text(r->form, "login");
		v.next = form_text(r->form, "next");
	} else {
		v.login = req_query(r, "login");
		v.next = req_query(r, "next");
		v.lost = span_is(req_query(r, "lost"), "1");
	}
	f.who = NULL;
	s->status = status;
	return view_login(s->body, r->arena, &f, &v);
}

int page_login_form(struct req *r, struct res *s)
{
	struct span next = req_query(r, "next");

	if (!visit_of(r))
		return show(r, s, 200, SPAN(""));
	res_redirect(s, 303, next.n ? next : SPAN("/"));
	return OK;
}

int page_login(struct req *r, struct res *s)
{
	struct span login = form_text(r->form, "login"), next = form_text(r->form, "next");
	struct session_new session = session_prepare(r);
	int64_t account_id;
	int rc;

	if (r->form->errors)
		return show(r, s, 422, SPAN("Fill in your login and your password."));
	rc = guess_password(r, login, "password", session.token_hash, &account_id);
	if (rc == E_THROTTLED)
		return show(r, s, 429, GUESS_TOO_MANY);
	if (rc == E_DENIED)
		return show(r, s, 422,
			    SPAN("The login or the password is wrong. Check both and try again."));
	if (rc == E_RETRY)
		return show(r, s, 503,
			    SPAN("Signing in does not work at the moment: the vault does "
				 "not answer. Try again in a minute."));
	TRY(rc);
	TRY(session_start(r, s, &session, account_id, login));
	res_redirect(s, 303, next.n ? next : SPAN("/"));
	return OK;
}

int page_logout(struct req *r, struct res *s)
{
	TRY(session_end(r, s));
	frame_say(r, s, SAID_SIGNED_OUT, SPAN("/login"));
	return OK;
}
