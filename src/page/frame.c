/* frame.c: what is the same on every page. */
#include "page/frame.h"

#include "http/api.h"
#include "http/dispatch.h"
#include "http/pct.h"
#include "page/session.h"
#include "view/json.h"
#include "base/banned.h"

static const struct {
	const char *code, *words;
} SAID[] = {
	[SAID_NOTHING] = {"", ""},
	[SAID_ADDED] = {"added", "The integration was added."},
	[SAID_SAVED] = {"saved", "Your changes are saved."},
	[SAID_RENAMED] = {"renamed", "It has its new name."},
	[SAID_DISABLED] = {"disabled", "The integration is disabled."},
	[SAID_ENABLED] = {"enabled", "The integration is enabled again."},
	[SAID_DELETED] = {"deleted", "The integration was deleted, with its sealed values."},
	[SAID_SIGNED_OUT] = {"signed-out", "You are signed out."},
	[SAID_THEME] = {"theme", "Your theme is saved."},
	[SAID_PASSWORD] = {"password", "Your password is changed. Other browsers are signed out."},
	[SAID_PERSON_ADDED] = {"person", "The person was added."},
	[SAID_COLLABORATOR_ADDED] = {"collaborator",
				     "The person was added. Now name them on a project: until then "
				     "they see no integration."},
	[SAID_PERSON_REMOVED] = {"removed",
				 "The role was taken; the person sees nothing here now."},
	[SAID_LEFT] = {"left",
		       "You gave up your role; what belongs to it is no longer shown to you."},
	[SAID_REBOUND] = {"rebound", "It is bound to the other one now; its name stays."},
	[SAID_REBOUND_ALL] = {"rebound-all",
			      "They are bound to the other one now; their names stay."},
	[SAID_REBIND_UNDONE] = {"undone",
				"The rebind is undone: it is bound to what it was before."},
	[SAID_NAMED] = {"named", "The collaborator is named on the project."},
	[SAID_TAKEN_OFF] = {"taken-off", "The collaborator is off the project."},
	[SAID_PROJECT_ADDED] = {"project", "The project was added."},
	[SAID_PROJECT_DELETED] = {"project-deleted", "The project was deleted."},
	[SAID_PASSWORD_SET] = {"password-set", "Your password is set. Sign in with it."},
	[SAID_SYNCED] = {"synced", "The files are synced. What they name is below."},
	[SAID_SYNCED_STALE] = {"synced-stale", "A file could not be read; what it named before is "
					       "kept. See below where and why."},
	[SAID_UNSYNCED] = {"unsynced", "What was removed names no integration any more."},
	[SAID_REVOKED] = {"revoked", "The access token is revoked: nobody can use it any more."},
	[SAID_SYNC_TOKEN_REVOKED] = {"sync-token", "The sync token is revoked: nobody can use it any "
						   "more."},
	[SAID_PROFILE] = {"profile", "The profile is saved."},
	[SAID_NAME] = {"name", "The name is saved."},
	[SAID_SESSION_ENDED] = {"session", "The session is ended."},
	[SAID_SESSIONS_ENDED] = {"sessions", "All other sessions are ended."},
	[SAID_ACCOUNT_ADDED] = {"account",
				"The account is there. Make a link for its password now."},
	[SAID_ACCOUNT_DISABLED] = {"account-off", "The account is disabled and signed out."},
	[SAID_ACCOUNT_ENABLED] = {"account-on", "The account is enabled again."},
	[SAID_SITE_ADMIN] = {"site-admin", "The account is a site admin now."},
	[SAID_SITE_ADMIN_END] = {"site-admin-end", "The account is no site admin any more."},
	[SAID_SUBSCRIPTION_ADDED] = {"sub", "The subscription is there, with its first admin."},
	[SAID_SUBSCRIPTION_ALONE] = {"sub-alone", "The subscription is there, but its admin could "
						  "not be appointed. Try again below."},
	[SAID_SUBSCRIPTION_DISABLED] = {"sub-off", "The subscription is disabled."},
	[SAID_SUBSCRIPTION_ENABLED] = {"sub-on", "The subscription is enabled again."},
	[SAID_SUBSCRIPTION_DELETED] = {"sub-gone", "The subscription is deleted."},
	[SAID_SCOPE_GRANTED] = {"bound",
				"The bound integration is there. It takes its values from your "
				"account integration."},
	[SAID_WITHDRAWN] = {"withdrawn", "Withdrawn. Runners get no value from now on."},
	[SAID_SCOPE_REMOVED] = {"unscoped", "The subscription is out of the scope, and the bound "
					    "integrations there are deleted."},
	[SAID_APPOINTED] = {"appointed", "The admin is appointed."},
};

static const char *said_cookie(const struct req *r)
{
	return app_of(r)->secure ? "__Host-signet-said" : "signet-said";
}

/* The cookie holds a code of the table above, so nobody can put words into our mouth. */
static struct span take_message(struct req *r, struct res *s)
{
	struct span code = req_cookie(r, said_cookie(r));

	if (code.n == 0)
		return SPAN("");
	res_cookie(s, said_cookie(r), SPAN(""), 0, app_of(r)->secure);
	for (size_t k = 1; k < COUNT(SAID); k++)
		if (span_is(code, SAID[k].code))
			return span_str(SAID[k].words);
	return SPAN("");
}

struct view_frame frame_for(struct req *r, struct res *s, struct span title)
{
	const struct visit *v = visit_of(r);
	struct view_frame f = {
		.title = title,
		.who = v ? v->who : NULL,
		.scope = v ? v->last : NULL,
		.csrf = r->csrf,
		.api = r->api,
		.path = r->path,
		.query = r->query,
	};

	if (!r->api) {
		f.message = take_message(r, s);
		session_remember(r, s);
	}
	return f;
}

void frame_crumb(struct view_frame *f, struct span label, struct span href)
{
	ASSERT(f->ncrumbs < COUNT(f->crumbs));
	f->crumbs[f->ncrumbs++] = (struct view_crumb){label, href};
}

struct span frame_integrations_path(const struct req *r)
{
	if (owner_is_visitor(r))
		return SPAN("/integrations");
	return arena_printf(r->arena, "/s/%.*s/integrations", SPAN_ARG(scope_of(r)->slug));
}

void frame_crumbs_integrations(struct req *r, struct view_frame *f, bool link_list)
{
	struct span list = frame_integrations_path(r);

	f->own = owner_is_visitor(r);
	f->active = f->own ? NAV_OWN : NAV_INTEGRATIONS;
	if (f->own && link_list)
		frame_crumb(f, SPAN("My integrations"), list);
	if (f->own)
		return;
	frame_crumb(f, SPAN("CI/CD"), SPAN("/"));
	frame_crumb(f, scope_of(r)->name, list);
	if (link_list)
		frame_crumb(f, SPAN("Integrations"), list);
}

struct span frame_message(const struct req *r, const char *field)
{
	return r->form ? form_message(r->form, span_str(field)) : SPAN_NONE;
}

struct span frame_typed(const struct req *r, const char *field, struct span first)
{
	struct span typed;

	if (!r->form)
		return first;
	typed = form_text(r->form, field);
	return typed.p ? typed : SPAN("");
}

void frame_say(const struct req *r, struct res *s, enum said said, struct span to)
{
	if (!r->api)
		res_cookie(s, said_cookie(r), span_str(SAID[said].code), 60, app_of(r)->secure);
	res_redirect(s, 303, to);
}

void frame_version(const struct req *r, struct res *s, int64_t version)
{
	if (r->api)
		res_header(s, "ETag", arena_printf(r->arena, "\"%lld\"", (long long)version));
}

void frame_was(const struct req *r, struct res *s, const struct span *was, size_t n)
{
	struct span tag = SPAN(API_WAS);

	if (!r->api)
		return;
	for (size_t k = 0; k < n; k++)
		tag = arena_printf(r->arena, "%.*s%s%.*s", SPAN_ARG(tag), k ? ";" : "",
				   SPAN_ARG(pct_encode(r->arena, was[k])));
	res_header(s, "ETag", arena_printf(r->arena, "%.*s\"", SPAN_ARG(tag)));
}

/* Programs get what forms show beside their fields; what belongs to the whole form is the detail.
 */
static int problem(struct req *r, struct res *s, const char *message)
{
	const struct form *f = r->form;
	struct view_problem v = {
		.status = s->status,
		.type = span_str(r->problem),
		.title = r->problem ? SPAN("Confirmation needed") : span_str(res_reason(s->status)),
		.detail = span_str(message),
		.request = span_str(r->id),
	};
	size_t n = 0;

	for (const struct form_error *e = f ? f->errors : NULL; e; e = e->next)
		n++;
	v.faults = ARENA_ARRAY(r->arena, struct view_fault, n + 1);
	for (const struct form_error *e = f ? f->errors : NULL; e; e = e->next) {
		/* pages show the first one beside a field */
		if (e->message.p != form_message(f, e->name).p)
			continue;
		if (e->name.n)
			v.faults[v.nfaults++] =
				(struct view_fault){form_json_member(f, e->name), e->message};
		else
			v.detail = e->message;
	}
	s->content_type = "application/problem+json";
	return view_problem(s->body, &v);
}

static struct span heading(int status)
{
	switch (status) {
	case 403:
		return SPAN("Not allowed");
	case 404:
		return SPAN("Page not found");
	case 410:
		return SPAN("It was deleted");
	case 429:
		return SPAN("Too many tries");
	case 500:
		return SPAN("Something broke");
	case 503:
		return SPAN("Signet is not ready");
	default:
		return span_str(res_reason(status));
	}
}

const char *frame_disabled(const struct req *r)
{
	const struct visit *v = visit_of(r);

	if (!v || !v->scope || !v->scope->disabled)
		return NULL;
	return "A site admin disabled this subscription. Nothing in it is lost, and nothing can be "
	       "looked at or changed until a site admin enables it again.";
}

void frame_fail(struct req *r, struct res *s, const char *message)
{
	const char *disabled = s->status == 403 ? frame_disabled(r) : NULL;
	struct view_frame f =
		frame_for(r, s, disabled ? SPAN("Subscription disabled") : heading(s->status));
	struct view_error v = {
		.status = s->status,
		.heading = f.title,
		.request = span_str(r->id),
	};
	int rc;

	message = disabled ? disabled : message;
	v.message = span_str(message);
	rc = r->api ? problem(r, s, message) : view_error(s->body, r->arena, &f, &v);
	if (rc == OK)
		return;
	buf_reset(s->body);
	s->content_type = "text/plain; charset=utf-8";
	buf_printf(s->body, "%d: %s\nRequest %s\n", s->status, message, r->id);
}
