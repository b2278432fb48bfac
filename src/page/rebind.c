/* rebind.c: pointing a bound integration at another account integration, and undoing that. */
#include "page/rebind.h"

#include "page/binding_page.h"
#include "page/integration_page.h"
#include "page/integration_uses.h"
#include "page/sub.h"
#include "view/binding.h"
#include "base/banned.h"

enum { REACH_SHOWN = 200, DENIED_READ = 1000, DENIED_SHOWN = 20 };

static const struct form_field FIELDS[] = {
	{"csrf", FORM_TEXT, false, 100, "Token"},
	{"version", FORM_ID, false, 20, "Version"},
	{"to", FORM_ID, false, 20, "Personal integration"},
	BINDING_CONSENT_FIELDS,
};
const struct form_def FORM_REBIND = {FIELDS, COUNT(FIELDS), 64 * 1024, SCOPE_PROJECTS_MAX + 20};
const struct form_def FORM_REBIND_UNDO = {FIELDS, 2, 4096, 8};

static const struct form_member MEMBERS[] = {
	{"to", "to", NULL},
	{"scope", "scope", NULL},
	{"projects[]", "project", NULL},
};
const struct json_map JSON_REBIND = {
	&FORM_REBIND, MEMBERS, COUNT(MEMBERS),
	"id name type version owner owner_id state runners left_at bound_at bound_by usable_by "
	"undo_until undo_owner candidates"};

/* The handle of ":id" as the database has it now, and to what it could be bound. */
struct shown {
	struct integration *handle;
	struct binding b;
	struct binding_world world;
	struct binding_candidate *list; /* not what it is bound to already */
	size_t n;
	const struct binding_candidate *chosen; /* or NULL */
};

static void leave_out(struct shown *p, int64_t id)
{
	size_t kept = 0;

	for (size_t k = 0; k < p->n; k++)
		if (p->list[k].id != id)
			p->list[kept++] = p->list[k];
	p->n = kept;
}

/* What the form or the address says; the only one there is, when they say nothing. */
static void choose(struct req *r, struct shown *p)
{
	int64_t id = 0;

	if (r->form)
		id = form_id(r->form, "to");
	else if (span_i64(req_query(r, "to"), &id) != OK && p->n == 1)
		id = p->list[0].id;
	p->chosen = NULL;
	for (size_t k = 0; k < p->n; k++)
		if (p->list[k].id == id)
			p->chosen = &p->list[k];
}

static int open_handle(struct req *r, struct shown *p)
{
	struct db *db = app_of(r)->db;
	int rc;

	TRY(integration_page_find(r, &p->handle));
	rc = store_binding_get(db, r->arena, scope_of(r), p->handle->id, &p->b);
	if (rc == E_NOT_FOUND) {
		r->refusal =
			"Only an integration that takes its values from somebody's personal one "
			"can be rebound. This one has its own: change them where it is edited.";
		return E_CONFLICT;
	}
	TRY(rc);
	TRY(binding_world_read(r, &p->world));
	TRY(store_binding_candidates(db, r->arena, scope_of(r), p->b.type, &p->list, &p->n));
	leave_out(p, p->b.account_integration_id);
	choose(r, p);
	return OK;
}

/* ---- what it reaches ---- */

static struct project_set fill_reach(struct req *r, const struct shown *p, struct view_rebind *v)
{
	struct project_set before = project_set_both(r->arena, &p->b.grant, &p->b.own), after = {0};
	struct project_set consent = {.all = true};
	const struct binding_world *w = &p->world;

	if (p->chosen && p->chosen->granted)
		consent = p->chosen->grant;
	else if (r->form && span_is(form_text(r->form, "scope"), "some"))
		consent = binding_ticks(r, w);
	if (p->chosen)
		after = project_set_both(r->arena, &consent, &p->b.own);
	v->all_before = before.all;
	v->all_after = after.all;
	v->reach = ARENA_ARRAY(r->arena, struct view_reach, w->nprojects + 1);
	for (size_t k = 0; k < w->nprojects; k++) {
		struct view_reach one = {w->projects[k].name,
					 project_set_has(&before, w->projects[k].id),
					 project_set_has(&after, w->projects[k].id)};

		if ((one.before || one.after) && v->nreach == REACH_SHOWN)
			v->more++;
		else if (one.before || one.after)
			v->reach[v->nreach++] = one;
	}
	return after;
}

/* The places that name it in projects which could not use it any more: workflow files say the same,
 * and their runs are refused. */
static int fill_denied(struct req *r, const struct shown *p, const struct project_set *after,
		       struct view_rebind *v)
{
	struct view_uses *uses;
	size_t kept = 0;

	if (!p->chosen || after->all || r->api)
		return OK;
	TRY(integration_uses_read(r, p->handle, 0, DENIED_READ, &uses));
	for (size_t k = 0; k < uses->nplaces; k++)
		if (!project_set_has(after, uses->places[k].project_id))
			uses->places[kept++] = uses->places[k];
	v->ndenied = (int64_t)kept;
	uses->nplaces = kept < DENIED_SHOWN ? kept : DENIED_SHOWN;
	v->more_denied = uses->next >= 0;
	uses->hidden = uses->dynamic = 0;
	uses->previous = uses->next = -1;
	v->denied = uses;
	return OK;
}

/* ---- the page ---- */

static int show(struct req *r, struct res *s, int status, const struct shown *p)
{
	struct view_rebind v = {
		.binding = binding_view(r, &p->world, &p->b),
		.version = p->handle->version,
		.candidates = binding_candidates_view(r, &p->world, p->list, p->n),
		.ncandidates = p->n,
		.consent = binding_consent_view(r, &p->world, true),
		.error = frame_message(r, ""),
		.to_error = frame_message(r, "to"),
	};
	struct view_frame f =
		frame_for(r, s, arena_printf(r->arena, "Rebind %.*s", SPAN_ARG(p->b.name)));
	struct project_set after;

	if (p->chosen)
		v.chosen = &v.candidates[p->chosen - p->list];
	after = fill_reach(r, p, &v);
	TRY(fill_denied(r, p, &after, &v));
	frame_crumbs_integrations(r, &f, true);
	frame_crumb(&f, p->b.name, integration_page_path(r, p->b.id));
	frame_version(r, s, p->handle->version);
	s->status = status;
	return view_rebind(s->body, r->arena, &f, &v);
}

int page_rebind(struct req *r, struct res *s)
{
	struct shown p = {0};

	TRY(open_handle(r, &p));
	return show(r, s, 200, &p);
}

/* ---- the act ---- */

/* Is it another version than that which the form showed? Then a message says so. */
static bool is_stale(struct req *r, const struct shown *p)
{
	if (form_id(r->form, "version") == p->handle->version)
		return false;
	r->stale = true;
	form_fail(r->form, SPAN(""),
		  "Nothing is changed: somebody else changed this integration in the meantime. "
		  "Look again how it is now, then decide.");
	return true;
}

static bool check_chosen(struct req *r, const struct shown *p)
{
	if (p->chosen)
		return true;
	form_fail(r->form, SPAN("to"), "%s",
		  form_id(r->form, "to")
			  ? "It cannot be bound to that one, or not any more. Choose "
			    "one of these."
			  : "Choose what to bind it to.");
	return false;
}

/* Why the vault refused: what it said hangs on what somebody else did meanwhile. */
static int explain(struct req *r, struct res *s, int refused)
{
	struct shown p = {0};

	TRY(open_handle(r, &p));
	if (!is_stale(r, &p) && check_chosen(r, &p)) {
		if (refused == E_DENIED)
			return E_DENIED;
		form_fail(r->form, SPAN(""),
			  "Nothing is changed: what you chose changed in the meantime. Look again "
			  "how it is now, then decide.");
	}
	return show(r, s, 409, &p);
}

int page_rebind_save(struct req *r, struct res *s)
{
	struct project_set consent = {0};
	struct shown p = {0};
	struct vault_rebind rebind;
	int rc;

	TRY(open_handle(r, &p));
	if (is_stale(r, &p))
		return show(r, s, 409, &p);
	if (check_chosen(r, &p) && !p.chosen->granted)
		consent = binding_consent_read(r, &p.world);
	if (r->form->errors)
		return show(r, s, 422, &p);
	rebind = (struct vault_rebind){
		.to = p.chosen->id,
		.handles = &p.b.id,
		.nhandles = 1,
		.all_projects = consent.all,
		.projects = consent.ids,
		.nprojects = consent.n,
		.expect = p.handle->version,
	};
	rc = binding_rebind(r, &rebind);
	if (rc == E_CONFLICT || rc == E_NOT_FOUND || rc == E_DENIED)
		return explain(r, s, rc);
	TRY(rc);
	frame_say(r, s, SAID_REBOUND, integration_page_path(r, p.b.id));
	return OK;
}

static int show_over(struct req *r, struct res *s)
{
	struct shown p = {0};

	TRY(open_handle(r, &p));
	if (!is_stale(r, &p))
		form_fail(
			r->form, SPAN(""),
			"There is nothing to undo any more: the time is over, or the owner of what "
			"it was bound to ended it. Bind it to one of these instead.");
	return show(r, s, 409, &p);
}

int page_rebind_undo(struct req *r, struct res *s)
{
	struct shown p = {0};
	struct vault_rebind rebind;
	int rc;

	TRY(open_handle(r, &p));
	if (form_id(r->form, "version") != p.handle->version || !p.b.undo_until)
		return show_over(r, s);
	rebind = (struct vault_rebind){
		.undo = true, .handles = &p.b.id, .nhandles = 1, .expect = p.handle->version};
	rc = binding_rebind(r, &rebind);
	if (rc == E_CONFLICT)
		return show_over(r, s);
	TRY(rc);
	frame_say(r, s, SAID_REBIND_UNDONE, integration_page_path(r, p.b.id));
	return OK;
}
