/* confirm.c: "Confirm it's you". The password goes to the vault and nowhere else: not back into the
 * page, and where the browser sends it once more with the rest of the form, form.c drops it. */
#include "page/confirm.h"

#include "base/clock.h"
#include "http/pct.h"
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

static bool is_own(struct span name)
{
	return span_is(name, "csrf") || span_is(name, FORM_CONFIRM_TO) ||
	       span_is(name, FORM_CONFIRM_PASSWORD) || span_is(name, "confirm_next");
}

/* All that the form brought but secrets and this page's own fields. */
static void keep(struct req *r, struct view_confirm *v)
{
	const struct form *f = r->form;
	struct view_kept *k;

	if (!f)
		return;
	v->kept = k = ARENA_ARRAY(r->arena, struct view_kept, f->nvalues);
	for (size_t i = 0; i < f->nvalues; i++) {
		const struct form_value *from = &f->values[i];
		if (from->field->kind == FORM_SECRET || from->field->kind == FORM_FILE ||
		    is_own(from->name))
			continue;
		*k++ = (struct view_kept){from->name, from->value};
	}
	v->nkept = (size_t)(k - v->kept);
}

static int show(struct req *r, struct res *s, int status, struct view_confirm *v)
{
	struct view_frame f = frame_for(r, s, SPAN("Confirm it's you"));

	v->login = visit_of(r)->who->login;
	keep(r, v);
	s->status = status;
	return view_confirm(s->body, r->arena, &f, v);
}

/* The address of the request as a browser would send it again. */
static struct span address_of(const struct req *r)
{
	struct span path = pct_encode(r->arena, r->path);

	if (!r->query.n || path.n + r->query.n >= ADDRESS_MOST)
		return path;
	return arena_printf(r->arena, "%.*s?%.*s", SPAN_ARG(path), SPAN_ARG(r->query));
}

int confirm_ask(struct req *r, struct res *s)
{
	struct view_confirm v = {.to = address_of(r)};

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

static int ask_vault(struct req *r)
{
	const struct who *who = visit_of(r)->who;
	int64_t account_id = 0;
	char *bytes = NULL;
	size_t n = 0;
	int rc;

	form_secret_take(r->form, SPAN(FORM_CONFIRM_PASSWORD), &bytes, &n);
	rc = vault_password_check(&app_of(r)->vault, who->login, span_of(bytes, n), who->token_hash,
				  &account_id);
	wipe(bytes, n);
	return rc == OK && account_id != who->account_id ? E_BUG : rc;
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
	struct guess guess;
	int rc;

	if (r->form->errors)
		return again(r, s, 422, SPAN("Type your password."));
	guess_init(r, visit_of(r)->who->login, &guess);
	rc = guess_check(r, &guess);
	if (rc == E_THROTTLED)
		return again(r, s, 429, GUESS_TOO_MANY);
	TRY(rc);
	rc = ask_vault(r);
	if (rc == E_DENIED) {
		TRY(guess_failed(r, &guess));
		return again(r, s, 422, SPAN("This is not your password. Try again."));
	}
	if (rc == E_UNAVAILABLE)
		return again(r, s, 503,
			     SPAN("This does not work at the moment: the vault does "
				  "not answer. Try again in a minute."));
	TRY(rc);
	TRY(guess_right(r, &guess));
	if (to.n)
		res_redirect(s, 307, to);
	else
		res_redirect(s, 303, next.n ? next : SPAN("/"));
	return OK;
}
