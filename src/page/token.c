/* token.c: access tokens: what there is, one more, one less. */
#include "page/token.h"

#include "base/clock.h"
#include "core/name.h"
#include "page/bearer.h"
#include "page/confirm.h"
#include "page/frame.h"
#include "store/token.h"
#include "base/banned.h"

enum { DAY = 86400 };

static const struct form_field FIELDS[] = {
	{"csrf", FORM_TEXT, false, 100, "Token"},
	{"name", FORM_TEXT, false, 4 * NAME_CHARS_MAX, "Name"},
	{"read", FORM_FLAG, false, 1, "Read"},
	{"write", FORM_FLAG, false, 1, "Write"},
	{"workflow", FORM_FLAG, false, 1, "Workflow"},
	{"days", FORM_ID, false, 10, "Days"},
};
const struct form_def FORM_TOKEN = {FIELDS, COUNT(FIELDS), 4096, 16};

static int show(struct req *r, struct res *s, int status, struct view_tokens *v)
{
	struct view_frame f = frame_for(r, s, SPAN("Access tokens"));
	struct access_token *list;

	TRY(store_token_list(app_of(r)->db, r->arena, visit_of(r)->who->account_id, &list, &v->n));
	v->list = list;
	v->now = clock_now();
	f.active = NAV_ACCOUNT;
	frame_crumb(&f, SPAN("Account"), SPAN("/account"));
	s->status = status;
	return view_tokens(s->body, r->arena, &f, v);
}

static struct view_tokens empty(struct arena *a)
{
	return (struct view_tokens){.read = true, .days = arena_printf(a, "%d", TOKEN_DAYS)};
}

int page_token_list(struct req *r, struct res *s)
{
	struct view_tokens v = empty(r->arena);

	return show(r, s, 200, &v);
}

static void check(struct form *f, struct access_token *t)
{
	struct span fault = name_fault(f->arena, t->name);
	int64_t days = form_text(f, "days").n ? form_id(f, "days") : TOKEN_DAYS;

	if (form_message(f, SPAN("name")).n == 0 && t->name.n == 0)
		form_fail(f, SPAN("name"), "Give the token a name that says what uses it.");
	else if (form_message(f, SPAN("name")).n == 0 && fault.p)
		form_fail(f, SPAN("name"), "%.*s", SPAN_ARG(fault));
	if (t->scopes == 0)
		form_fail(f, SPAN("read"), "Choose what the token may do.");
	if (form_message(f, SPAN("days")).n == 0 && (days < 1 || days > TOKEN_DAYS_MOST))
		form_fail(f, SPAN("days"), "A token lives for 1 to %d days.", TOKEN_DAYS_MOST);
	t->expires_at = t->created_at + days * DAY;
}

static int show_again(struct req *r, struct res *s, const struct access_token *t)
{
	struct view_tokens v = {
		.name = t->name,
		.days = form_text(r->form, "days"),
		.read = t->scopes & TOKEN_READ,
		.write = t->scopes & TOKEN_WRITE,
		.workflow = t->scopes & TOKEN_WORKFLOW,
		.error = SPAN("No token is made yet. Mend what is marked below."),
		.name_error = form_message(r->form, SPAN("name")),
		.scopes_error = form_message(r->form, SPAN("read")),
		.days_error = form_message(r->form, SPAN("days")),
	};

	return show(r, s, 422, &v);
}

int page_token_create(struct req *r, struct res *s)
{
	struct view_tokens v = empty(r->arena);
	struct actor actor = actor_of(r);
	struct access_token t = {
		.name = form_text(r->form, "name"),
		.scopes = (form_flag(r->form, "read") ? TOKEN_READ : 0u) |
			  (form_flag(r->form, "write") ? TOKEN_WRITE : 0u) |
			  (form_flag(r->form, "workflow") ? TOKEN_WORKFLOW : 0u),
		.created_at = clock_now(),
	};
	struct span text, hash;
	int rc;

	check(r->form, &t);
	if (r->form->errors)
		return show_again(r, s, &t);
	TRY(confirm_check(r));
	bearer_new(r->arena, TOKEN_PREFIX, &text, &hash);
	rc = store_token_create(app_of(r)->db, r->arena, &actor, &t, hash, &t.id);
	if (rc == E_CONFLICT) {
		form_fail(r->form, SPAN("name"),
			  "You have a token of this name, or %d of them: revoke one first.",
			  TOKENS_MOST);
		return show_again(r, s, &t);
	}
	TRY(rc);
	v.made = text;
	v.made_name = t.name;
	return show(r, s, r->api ? 201 : 200, &v);
}

int page_token_revoke(struct req *r, struct res *s)
{
	struct actor actor = actor_of(r);
	int64_t id;

	TRY(req_param_id(r, "id", &id));
	TRY(store_token_revoke(app_of(r)->db, r->arena, &actor, id));
	frame_say(r, s, SAID_REVOKED, SPAN("/account/tokens"));
	return OK;
}
