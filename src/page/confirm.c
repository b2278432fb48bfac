/* confirm.c: "Confirm it's you". The password goes to the vault and nowhere else: not back into the
 * page, and where the browser sends it once more with the rest of the form, form.c drops it. */
#include "page/confirm.h"

#include "base/clock.h"
#include "http/pct.h"
#include "page/carry.h"
#include "page/frame.h"
#include "page/guess.h"
#include "store/confirmation.h"
#include "view/confirm.h"
#include "base/banned.h"

enum { PASSWORD_MOST = 1024, ADDRESS_MOST = 2000 };

/* The caps are above those of any form that is handed on. */
static const struct form_field CONFIRM_FIELDS[] = {
	{"csrf", FORM_TEXT, false, 100, "Token"},
	{FORM_CONFIRM_TO, FORM_TEXT, false, ADDRESS_MOST, "Address"},
	{"confirm_next", FORM_TEXT, false, ADDRESS_MOST, "Next page"},
	{FORM_CONFIRM_PASSWORD, FORM_SECRET, true, PASSWORD_MOST, "Password"},
	{"*", FORM_ANY, false, 256 * 1024, "Field"},
};
const struct form_def FORM_CONFIRM = {CONFIRM_FIELDS, COUNT(CONFIRM_FIELDS), 256 * 1024, 2000};

int confirm_check(struct req *r)
{
	const struct who *who = visit_of(r)->who;
	int64_t at;

	TRY(store_confirmation_at(app_of(r)->db, r->arena, who->token_hash, who->account_id, &at));
	return clock_now() - at <= VAULT_CONFIRMED ? OK : E_UNCONFIRMED;
}

static int show(struct req *r, struct res *s, int status, struct view_confirm *v)
{
	struct view_frame f = frame_for(r, s, SPAN("Confirm it's you"));
	struct carry c;

	v->login = visit_of(r)->who->login;
	c = carry_form(r, 0);
	v->kept = c.fields;
	v->nkept = c.nfields;
	s->status = status;
	return view_confirm(s->body, r->arena, &f, v);
}

int confirm_ask(struct req *r, struct res *s)
{
	struct view_confirm v = {.to = carry_form(r, 0).to};

	if (r->form)
		return show(r, s, 403, &v);
	v.to = pct_encode(r->arena, v.to);
	res_redirect(s, 303, arena_printf(r->arena, "/confirm?next=%.*s", SPAN_ARG(v.to)));
	return OK;
}

int page_confirm_form(struct req *r, struct res *s)
{
	struct view_confirm v = {.next = req_query(r, "next")};

	return show(r, s, 200, &v);
}

static int again(struct req *r, struct res *s, int status, struct span error)
{
	struct view_confirm v = {
		.to = form_text(r->form, FORM_CONFIRM_TO),
		.next = form_text(r->form, "confirm_next"),
		.error = error,
	};

	form_fail(r->form, SPAN(FORM_CONFIRM_PASSWORD), "%.*s", SPAN_ARG(error));
	return show(r, s, status, &v);
}

int page_confirm(struct req *r, struct res *s)
{
	struct span to = form_text(r->form, FORM_CONFIRM_TO);
	struct span next = form_text(r->form, "confirm_next");
	const struct who *who = visit_of(r)->who;
	int64_t account_id;
	int rc;

	if (r->form->errors)
		return again(r, s, 422, SPAN("Type your password."));
	rc = guess_password(r, who->login, FORM_CONFIRM_PASSWORD, who->token_hash, &account_id);
	if (rc == E_THROTTLED)
		return again(r, s, 429, GUESS_TOO_MANY);
	if (rc == E_DENIED)
		return again(r, s, 422, SPAN("This is not your password. Try again."));
	if (rc == E_RETRY)
		return again(r, s, 503, GUESS_NO_VAULT);
	TRY(rc);
	if (account_id != who->account_id)
		return E_BUG;
	if (to.n)
		res_redirect(s, 307, to);
	else
		res_redirect(s, 303, next.n ? next : SPAN("/"));
	return OK;
}
