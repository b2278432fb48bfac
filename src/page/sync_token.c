/* sync_token.c: a project's sync tokens: what there is, one more, one less. */
#include "page/sync_token.h"

#include "base/clock.h"
#include "core/name.h"
#include "core/reference.h"
#include "page/bearer.h"
#include "page/confirm.h"
#include "page/sub.h"
#include "store/project.h"
#include "store/sync_token.h"
#include "view/sync_token.h"
#include "base/banned.h"

enum { DAY = 86400 };

static const struct form_field FIELDS[] = {
	{"csrf", FORM_TEXT, false, 100, "Token"},
	{"name", FORM_TEXT, false, 4 * NAME_CHARS_MAX, "Name"},
	{"days", FORM_ID, false, 10, "Days"},
};
const struct form_def FORM_SYNC_TOKEN = {FIELDS, COUNT(FIELDS), 4096, 8};

static int open_project(struct req *r, struct project_row *p)
{
	int64_t id;

	TRY(req_param_id(r, "id", &id));
	return store_project_get(app_of(r)->db, r->arena, scope_of(r), id, p);
}

static struct span path_of(const struct req *r, const struct project_row *p, const char *below)
{
	return sub_path(r, "/projects/%lld%s", (long long)p->id, below);
}

static int show(struct req *r, struct res *s, int status, const struct project_row *p,
		struct view_sync_tokens *v)
{
	struct view_frame f = sub_frame(r, s, SPAN("Sync tokens"), NAV_PROJECTS, true);
	struct sync_token *list;

	TRY(store_sync_token_list(app_of(r)->db, r->arena, scope_of(r), p->id, &list, &v->n));
	v->list = list;
	v->project_id = p->id;
	v->project = p->name;
	v->now = clock_now();
	frame_crumb(&f, p->name, path_of(r, p, ""));
	s->status = status;
	return view_sync_tokens(s->body, r->arena, &f, v);
}

static struct view_sync_tokens empty(struct arena *a)
{
	return (struct view_sync_tokens){.days = arena_printf(a, "%d", TOKEN_DAYS)};
}

int page_sync_tokens(struct req *r, struct res *s)
{
	struct view_sync_tokens v = empty(r->arena);
	struct project_row p;

	TRY(open_project(r, &p));
	return show(r, s, 200, &p, &v);
}

static int show_again(struct req *r, struct res *s, const struct project_row *p)
{
	struct span whole = frame_message(r, "");
	struct view_sync_tokens v = {
		.name = form_text(r->form, "name"),
		.days = form_text(r->form, "days"),
		.error = whole.n ? whole : SPAN("No token is made yet. Mend what is marked below."),
		.name_error = frame_message(r, "name"),
		.days_error = frame_message(r, "days"),
	};

	return show(r, s, 422, p, &v);
}

static void check_name(struct form *f, struct span name)
{
	struct span fault = name_fault(f->arena, name);

	if (form_message(f, SPAN("name")).n)
		return;
	if (name.n == 0)
		form_fail(f, SPAN("name"), "Give the token a name that says what sends it.");
	else if (fault.p)
		form_fail(f, SPAN("name"), "%.*s", SPAN_ARG(fault));
	else if (reference_cut(name, SYNC_TOKEN_NAME_CHARS).n < name.n)
		form_fail(f, SPAN("name"), "Shorten the name: at most %d characters.",
			  SYNC_TOKEN_NAME_CHARS);
}

static struct sync_token check(struct form *f)
{
	struct sync_token t = {.name = form_text(f, "name"), .created_at = clock_now()};
	int64_t days = form_text(f, "days").n ? form_id(f, "days") : TOKEN_DAYS;

	check_name(f, t.name);
	if (form_message(f, SPAN("days")).n == 0 && (days < 1 || days > TOKEN_DAYS_MOST))
		form_fail(f, SPAN("days"), "A token lives for 1 to %d days.", TOKEN_DAYS_MOST);
	t.expires_at = t.created_at + days * DAY;
	return t;
}

static void fail_conflict(struct form *f, const struct sync_token_new *n)
{
	if (n->name_taken)
		form_fail(f, SPAN("name"), "Another sync token of this project has this name.");
	else
		form_fail(f, SPAN(""),
			  "No token is made: this project has %d of them. Revoke one first.",
			  SYNC_TOKENS_MOST);
}

int page_sync_token_create(struct req *r, struct res *s)
{
	struct view_sync_tokens v = empty(r->arena);
	struct actor actor = actor_of(r);
	struct sync_token_new n = {.token = check(r->form)};
	struct project_row p;
	int64_t id;
	int rc;

	TRY(open_project(r, &p));
	if (r->form->errors)
		return show_again(r, s, &p);
	TRY(confirm_check(r));
	n.project_id = p.id;
	bearer_new(r->arena, SYNC_TOKEN_PREFIX, &v.made, &n.hash);
	rc = store_sync_token_create(app_of(r)->db, r->arena, scope_of(r), &actor, &n, &id);
	if (rc == E_CONFLICT) {
		fail_conflict(r->form, &n);
		return show_again(r, s, &p);
	}
	TRY(rc);
	v.made_name = n.token.name;
	return show(r, s, r->api ? 201 : 200, &p, &v);
}

int page_sync_token_revoke(struct req *r, struct res *s)
{
	struct actor actor = actor_of(r);
	struct project_row p;
	int64_t id;

	TRY(open_project(r, &p));
	TRY(req_param_id(r, "token", &id));
	TRY(store_sync_token_revoke(app_of(r)->db, r->arena, scope_of(r), &actor, p.id, id));
	frame_say(r, s, SAID_SYNC_TOKEN_REVOKED, path_of(r, &p, "/tokens"));
	return OK;
}
