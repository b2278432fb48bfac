/* resume.c: a form that arrives after its session has ended. Whose it is, its own token says: it
 * was made with the token of that session, which the browser still has (session_former()). Nobody
 * else's password takes the form on. */
#include "page/resume.h"

#include "http/pct.h"
#include "page/carry.h"
#include "page/confirm.h"
#include "page/frame.h"
#include "page/guess.h"
#include "page/integration.h"
#include "page/integration_carry.h"
#include "page/session.h"
#include "view/resume.h"
#include "base/banned.h"

enum {
	PASSWORD_MOST = 1024,
	ADDRESS_MOST = 2000,
	LABEL_MOST = 1000,
	BODY_MOST = 1024 * 1024,
	PAIRS_MOST = 5000
};

/* The caps are above those of any form that waits. */
static const struct form_field FIELDS[] = {
	{"csrf", FORM_TEXT, true, 100, "Token"},
	{FORM_CONFIRM_TO, FORM_TEXT, false, ADDRESS_MOST, "Address"},
	{"confirm_next", FORM_TEXT, false, ADDRESS_MOST, "Next page"},
	{FORM_CONFIRM_PASSWORD, FORM_SECRET, true, PASSWORD_MOST, "Password"},
	{"*", FORM_ANY, false, BODY_MOST, "Field"},
};
const struct form_def FORM_RESUME = {FIELDS, COUNT(FIELDS), BODY_MOST, PAIRS_MOST};

/* Signed in: the form's page as it is now; else by way of the sign-in page. */
static struct span away(const struct req *r, struct span next)
{
	if (next.n == 0 || next.p[0] != '/' || (next.n > 1 && next.p[1] == '/'))
		next = SPAN("/");
	if (visit_of(r))
		return next;
	return arena_printf(r->arena, "/login?next=%.*s", SPAN_ARG(pct_encode(r->arena, next)));
}

static int show(struct req *r, struct res *s, int status, const struct former *of,
		struct view_resume *v, const struct carry *c)
{
	const struct visit *now = visit_of(r);
	struct view_frame f = frame_for(r, s, SPAN("Sign in"));

	f.who = NULL;
	v->csrf = form_text(r->form, "csrf");
	v->login = of->who->login;
	v->now = now && now->who->account_id != of->account_id ? now->who->login : SPAN("");
	v->away = away(r, v->next);
	v->kept = c->fields;
	v->nkept = c->nfields;
	v->lost = c->lost;
	v->nlost = c->nlost;
	s->status = status;
	if (status == 401)
		res_header(s, "WWW-Authenticate", SPAN("Bearer realm=\"Signet\""));
	return view_resume(s->body, r->arena, &f, v);
}

/* What the page holds. "Confirm it's you" held a form of its own: that one goes on, since signing
 * in is a confirmation, too. */
static int collect(struct req *r, const struct former *of, struct carry *c)
{
	const struct form_def *form = r->route->form;

	if (form == &FORM_INTEGRATION_NEW || form == &FORM_INTEGRATION ||
	    form == &FORM_OWN_INTEGRATION)
		TRY(integration_carry(r, of, c));
	else
		*c = carry_form(r, 0);
	if (r->route->form == &FORM_CONFIRM)
		c->to = form_text(r->form, FORM_CONFIRM_TO);
	return c->to.n && carry_bytes(c) <= CARRY_MOST ? OK : E_DENIED;
}

int resume_former(struct req *r, struct res *s, bool *answered)
{
	const struct visit *now = visit_of(r);
	struct view_resume v = {0};
	struct former of;
	struct carry c;
	int rc = session_former(r, &of);

	if (rc == E_NOT_FOUND)
		return E_DENIED;
	TRY(rc);
	if (r->route->form == &FORM_RESUME || (now && now->who->account_id == of.account_id))
		return OK;
	TRY(collect(r, &of, &c));
	v.to = c.to;
	v.next = r->form_page;
	*answered = true;
	return show(r, s, now ? 409 : 401, &of, &v, &c);
}

static int again(struct req *r, struct res *s, int status, const struct former *of,
		 struct span error)
{
	struct view_resume v = {
		.to = form_text(r->form, FORM_CONFIRM_TO),
		.next = form_text(r->form, "confirm_next"),
		.error = error,
	};
	struct carry c = carry_form(r, 0);

	return show(r, s, status, of, &v, &c);
}

static int go_on(struct req *r, struct res *s, const struct former *of, struct session_new *session)
{
	struct span to = form_text(r->form, FORM_CONFIRM_TO);

	session->was = of->token;
	TRY(session_start(r, s, session, of->account_id, of->who->login));
	res_redirect(s, to.n ? 307 : 303, to.n ? to : SPAN("/"));
	return OK;
}

int page_resume(struct req *r, struct res *s)
{
	struct session_new session = session_prepare(r);
	struct former of;
	int64_t account_id;
	int rc = session_former(r, &of);

	if (rc == E_NOT_FOUND) { /* nobody's form came with this */
		res_redirect(s, 303, SPAN("/login"));
		return OK;
	}
	TRY(rc);
	if (r->form->errors)
		return again(r, s, 422, &of, SPAN("Type your password."));
	rc = guess_password(r, of.who->login, FORM_CONFIRM_PASSWORD, session.token_hash,
			    &account_id);
	if (rc == E_THROTTLED)
		return again(r, s, 429, &of, GUESS_TOO_MANY);
	if (rc == E_DENIED)
		return again(r, s, 422, &of, SPAN("This is not the password. Try again."));
	if (rc == E_RETRY)
		return again(r, s, 503, &of, GUESS_NO_VAULT);
	TRY(rc);
	return account_id == of.account_id ? go_on(r, s, &of, &session) : E_BUG;
}
