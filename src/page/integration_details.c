/* integration_details.c: one integration for those who may edit it: what it holds, how workflow
 * files name it, who changed it; disabling and enabling it. */
#include "page/integration.h"

#include "base/clock.h"
#include "core/name.h"
#include "core/workflow.h"
#include "page/bound.h"
#include "page/frame.h"
#include "page/integration_again.h"
#include "page/integration_input.h"
#include "page/integration_page.h"
#include "page/integration_uses.h"
#include "page/own_uses.h"
#include "page/session.h"
#include "store/integration.h"
#include "store/integration_history.h"
#include "base/banned.h"

enum { CHANGES_SHOWN = 5 };

static const struct form_field DISABLE_FIELDS[] = {
	{"csrf", FORM_TEXT, false, 100, "Token"},
	{"reason", FORM_TEXT, false, 4 * INTEGRATION_REASON_CHARS_MAX, "The reason"},
};
const struct form_def FORM_INTEGRATION_DISABLE = {DISABLE_FIELDS, COUNT(DISABLE_FIELDS), 8192, 8};
const struct form_def FORM_INTEGRATION_ENABLE = {DISABLE_FIELDS, 1, 1024, 4};

/* ---- how workflow files name it ---- */

static void add_use(struct view_details *v, struct span where, struct span key, struct span text)
{
	v->uses[v->nuses++] = (struct view_use){where, key, text};
}

static void fill_uses(struct arena *a, struct view_details *v)
{
	struct span name = workflow_name_text(a, v->i->name);
	const struct type *t = v->type;

	v->dynamic = workflow_name_is_dynamic(v->i->name);
	if (t && t->ci_family.n)
		add_use(v, SPAN("For the CI job, under integrations:"),
			arena_printf(a, "%.*s:", SPAN_ARG(t->ci_family)),
			t->ci_type.n ? arena_printf(a, "- integrationName: %.*s\n  type: %.*s",
						    SPAN_ARG(name), SPAN_ARG(t->ci_type))
				     : arena_printf(a, "- integrationName: %.*s", SPAN_ARG(name)));
	if (t && t->nresources)
		add_use(v, SPAN("In a resource of"),
			arena_printf(a, "type: %.*s", SPAN_ARG(t->resources[0])),
			arena_printf(a, "integration: %.*s", SPAN_ARG(name)));
	add_use(v, SPAN("In a job of type: runSh, under"), SPAN("integrations:"),
		arena_printf(a, "- %.*s", SPAN_ARG(name)));
}

/* ---- who changed what ---- */

/* The name of a field in the audit trail, as the form calls it. */
static struct span field_label(struct arena *a, const struct type *type, struct span field)
{
	const struct type_field *f;
	struct span key = field, name;

	if (span_is(field, "name"))
		return SPAN("Name");
	if (span_is(field, "urls"))
		return SPAN("URLs");
	if (span_is(field, "edit permissions"))
		return SPAN("Who can edit");
	if (span_is(field, "projects"))
		return SPAN("Projects");
	(void)span_cut(&key, ':', &name);
	f = type ? type_field_find(type, name) : NULL;
	if (!f)
		return field;
	return key.n ? arena_printf(a, "%.*s %.*s", SPAN_ARG(f->label), SPAN_ARG(key)) : f->label;
}

static struct span changed_text(struct arena *a, const struct type *type, struct span fields)
{
	struct buf out = BUF_INIT;
	struct span field, text;

	buf_puts(&out, "Saved without a change");
	if (fields.n) {
		buf_reset(&out);
		buf_puts(&out, "Changed: ");
	}
	for (bool first = true; span_cut(&fields, ',', &field); first = false) {
		buf_puts(&out, first ? "" : ", ");
		buf_put(&out, field_label(a, type, span_trim(field)));
	}
	text = arena_span(a, buf_span(&out));
	buf_release(&out);
	return text;
}

/* What became of the consent to use an account integration, and of what is bound to it: the entry
 * says where. SPAN_NONE: it is about something else. */
static struct span bound_text(struct arena *a, const struct integration_entry *e)
{
	static const struct {
		enum audit_action action;
		const char *words;
	} WORDS[] = {
		{AUDIT_SCOPE_GRANT, "Granted its use in"},
		{AUDIT_SCOPE_CHANGE, "Changed its projects in"},
		{AUDIT_SCOPE_RELEASE, "Out of use, but for an undo, in"},
		{AUDIT_SCOPE_RESTORE, "Back in use in"},
		{AUDIT_SCOPE_WITHDRAW, "Withdrew its use in"},
		{AUDIT_BINDING_CREATE, "Bound"},
		{AUDIT_BINDING_REBIND, "Rebound"},
		{AUDIT_BINDING_UNDO, "Rebind undone,"},
		{AUDIT_BINDING_DELETE, "Bound one deleted:"},
	};

	for (size_t k = 0; k < COUNT(WORDS); k++)
		if (e->action == WORDS[k].action)
			return arena_printf(a, "%s %.*s", WORDS[k].words, SPAN_ARG(e->fields));
	return SPAN_NONE;
}

static struct span entry_text(struct arena *a, const struct type *type,
			      const struct integration_entry *e)
{
	struct span bound;

	if (e->action == AUDIT_INTEGRATION_CREATE)
		return SPAN("Added");
	if (e->action == AUDIT_INTEGRATION_DISABLE)
		return SPAN("Disabled");
	if (e->action == AUDIT_INTEGRATION_ENABLE)
		return SPAN("Enabled");
	if (e->action == AUDIT_INTEGRATION_RENAME)
		return arena_printf(a, "Renamed, %.*s", SPAN_ARG(e->fields));
	bound = bound_text(a, e);
	return bound.p ? bound : changed_text(a, type, e->fields);
}

static int fill_changes(struct req *r, struct view_details *v)
{
	struct integration_entry *list;
	size_t n;

	TRY(store_integration_history(app_of(r)->db, r->arena, owner_of(r), v->i->id, CHANGES_SHOWN,
				      &list, &n));
	v->changes = ARENA_ARRAY(r->arena, struct view_change, n + 1);
	for (size_t k = 0; k < n; k++)
		v->changes[v->nchanges++] = (struct view_change){
			entry_text(r->arena, v->type, &list[k]), list[k].who, list[k].at};
	v->may_see_audit = owner_of(r)->role == ROLE_ADMIN;
	return OK;
}

static int fill_workflows(struct req *r, struct view_details *v)
{
	struct view_uses *used;

	fill_uses(r->arena, v);
	if (r->api)
		return OK;
	TRY(integration_uses_read(r, v->i, 0, USES_SHOWN, &used));
	v->used = used;
	return OK;
}

/* ---- the page ---- */

static int show(struct req *r, struct res *s, int status, struct view_details *v)
{
	struct project_set grant;
	struct view_frame f;

	s->status = status;
	if (r->api && status != 200)
		return OK; /* the dispatcher tells programs */
	v->now = clock_now();
	v->may_edit = true;
	v->type = type_find(app_of(r)->types, v->i->type);
	if (owner_is_visitor(r))
		TRY(own_uses_read(r, v->i->id, &v->own));
	else
		TRY(fill_workflows(r, v));
	if (v->i->bound)
		TRY(bound_read(r, v->i, &v->bound, &grant));
	TRY(fill_changes(r, v));
	frame_version(r, s, v->i->version);
	f = frame_for(r, s, v->i->name);
	frame_crumbs_integrations(r, &f, true);
	return view_details(s->body, r->arena, &f, v);
}

int page_integration_details(struct req *r, struct res *s)
{
	struct view_details v = {0};
	struct integration *i;
	int rc = integration_page_find(r, &i);

	if (rc == E_NOT_FOUND)
		return integration_again_gone(r, s);
	TRY(rc);
	if (!integration_may_edit(owner_of(r), i->edit_roles))
		return integration_page_closed(r, s, i, 200);
	v.i = i;
	return show(r, s, 200, &v);
}

/* ---- disabling ---- */

static bool check_reason(struct req *r, struct view_details *v)
{
	struct span fault = input_text_fault(r->arena, v->reason, SIZE_MAX, false);
	size_t characters = 0;

	for (size_t k = 0; k < v->reason.n; k++)
		characters += ((unsigned char)v->reason.p[k] & 0xC0) != 0x80;
	if (v->reason.n == 0)
		form_fail(r->form, SPAN("reason"),
			  "Say in a few words why, for those who find it disabled.");
	else if (characters > INTEGRATION_REASON_CHARS_MAX)
		form_fail(r->form, SPAN("reason"), "The reason is too long: at most %d characters.",
			  INTEGRATION_REASON_CHARS_MAX);
	else if (fault.p)
		form_fail(r->form, SPAN("reason"), "%.*s", SPAN_ARG(fault));
	v->reason_error = form_message(r->form, SPAN("reason"));
	return v->reason_error.p == NULL;
}

/* It is so already: the page as it is now says by whom. */
static int show_already(struct req *r, struct res *s, struct view_details *v)
{
	struct integration *now;

	TRY(integration_page_find(r, &now));
	v->i = now;
	v->error = now->disabled_at ? SPAN("Somebody disabled it already; see why below.")
				    : SPAN("It is enabled already.");
	form_fail(r->form, SPAN(""), "%.*s", SPAN_ARG(v->error));
	return show(r, s, 409, v);
}

static int take(struct req *r, struct res *s, struct view_details *v, enum said said)
{
	struct actor actor = actor_of(r);
	struct integration_change c = {.id = v->i->id};
	int rc = store_integration_disable(app_of(r)->db, r->arena, owner_of(r), &actor, &c,
					   v->reason);

	if (rc == E_CONFLICT)
		return show_already(r, s, v);
	if (rc == E_DENIED)
		TRY(session_note_denial(r));
	TRY(rc);
	frame_say(r, s, said, integration_page_path(r, v->i->id));
	return OK;
}

static int open_stored(struct req *r, struct res *s, struct view_details *v, bool *closed)
{
	struct integration *i;

	TRY(integration_page_find(r, &i));
	v->i = i;
	*closed = !integration_may_edit(owner_of(r), i->edit_roles);
	if (!*closed)
		return OK;
	TRY(session_note_denial(r));
	return integration_page_closed(r, s, i, 403);
}

int page_integration_disable(struct req *r, struct res *s)
{
	struct view_details v = {.reason = span_trim(form_text(r->form, "reason"))};
	bool closed;

	TRY(open_stored(r, s, &v, &closed));
	if (closed)
		return OK;
	if (!check_reason(r, &v))
		return show(r, s, 422, &v);
	return take(r, s, &v, SAID_DISABLED);
}

int page_integration_enable(struct req *r, struct res *s)
{
	struct view_details v = {0};
	bool closed;

	TRY(open_stored(r, s, &v, &closed));
	return closed ? OK : take(r, s, &v, SAID_ENABLED);
}
