/* integration_form.c: + Add and the pencil: show the form, take it back, save. */
#include "page/integration.h"

#include "base/clock.h"
#include "base/log.h"
#include "http/pct.h"
#include "page/bind.h"
#include "page/bind_typed.h"
#include "page/bound.h"
#include "page/frame.h"
#include "page/integration_again.h"
#include "page/integration_api.h"
#include "page/integration_conflict.h"
#include "page/integration_fields.h"
#include "page/integration_input.h"
#include "page/integration_page.h"
#include "page/integration_uses.h"
#include "page/own_uses.h"
#include "page/session.h"
#include "base/banned.h"

enum {
	FILE_MOST = 64 * 1024,
	NAME_MOST = 320,
	LINES_MOST = 32 * 1024,
	BODY_MOST = 1024 * 1024,
	PAIRS_MOST = 4000
};

static const struct form_field FIELDS[] = {
	{"csrf", FORM_TEXT, false, 100, "Token"},
	{"uid", FORM_TEXT, false, 64, "Id"},
	{"type", FORM_TEXT, false, 100, "Type"},
	{"version", FORM_ID, false, 20, "Version"},
	{"name", FORM_TEXT, false, NAME_MOST, "Name"},
	{"url_key", FORM_LIST, false, NAME_MOST, "Key"},
	{"url", FORM_LIST, false, 4096, "URL"},
	{"add_url", FORM_FLAG, false, 1, "Add URL"},
	{"remove_url", FORM_ID, false, 10, "Remove URL"},
	{"add_pair", FORM_TEXT, false, 100, "Add"},
	{"remove_pair", FORM_TEXT, false, 120, "Remove"},
	{"value.*", FORM_LINES, false, LINES_MOST, "This"},
	{"secret.*", FORM_SECRET, false, LINES_MOST + 2048, "This"},
	{"kept.*", FORM_TEXT, false, KEPT_TEXT_MAX, "This"},
	{"remove.*", FORM_FLAG, false, 1, "Remove"},
	{"pair_key.*", FORM_TEXT, false, NAME_MOST, "Key"},
	{"file.*", FORM_FILE, false, FILE_MOST, "File"},
	{"opened", FORM_TEXT, false, FIELDS_TEXT_MAX, "This"},
	{"ask", FORM_LIST, false, NAME_MOST, "Field"},
	{"choose.*", FORM_TEXT, false, 10, "Choice"},
	{"left_behind", FORM_LIST, false, NAME_MOST, "Field"},
	{"back", FORM_TEXT, false, BIND_TYPED_MOST, "Page"},
	/* of a subscription's alone */
	{"role_member", FORM_FLAG, false, 1, "Members"},
	{"role_collaborator", FORM_FLAG, false, 1, "Collaborators"},
	{"scope", FORM_TEXT, false, 10, "Projects"},
	{"project", FORM_LIST, false, 20, "Project"},
	/* with these it is page_bind_create()'s */
	{"account_integration", FORM_ID, false, 20, "Account integration"},
	{"use_name", FORM_TEXT, false, NAME_MOST, "Name"},
	{"was", FORM_LIST, false, 20, "State"},
	{"go", FORM_TEXT, false, 10, "Page"},
};
enum { BOUND_FIELDS = 4, SHARING_FIELDS = 4 + BOUND_FIELDS };
const struct form_def FORM_INTEGRATION_NEW = {FIELDS, COUNT(FIELDS), BODY_MOST, PAIRS_MOST};
const struct form_def FORM_INTEGRATION = {FIELDS, COUNT(FIELDS) - BOUND_FIELDS, BODY_MOST,
					  PAIRS_MOST};
const struct form_def FORM_OWN_INTEGRATION = {FIELDS, COUNT(FIELDS) - SHARING_FIELDS, BODY_MOST,
					      PAIRS_MOST};

/* A form on top of an older version keeps what it brought, to be compared when it is saved. */
static void remember_opened(struct input *in)
{
	struct field_states stored = fields_stored(in, in->old);

	if (!in->stale)
		in->v.opened = fields_text(in->r->arena, &stored);
}

/* Where one's own is made for, if for anything; a word that leads nowhere counts for nothing. */
static struct span back_of(const struct req *r)
{
	struct span back = r->form ? form_text(r->form, "back") : req_query(r, "back");

	return owner_is_visitor(r) && bind_typed_path(r->arena, back, 0).p ? back : SPAN("");
}

/* For the Delete panel. */
static int read_uses(struct input *in)
{
	struct view_uses *used;

	if (in->r->api || owner_is_visitor(in->r))
		return OK;
	TRY(integration_uses_read(in->r, in->old, 0, USES_SHOWN, &used));
	in->v.used = used;
	return OK;
}

int integration_form_show(struct input *in, struct res *s, int status)
{
	struct req *r = in->r;
	struct view_frame f = frame_for(r, s, in->old ? in->old->name : SPAN("Add an integration"));

	if (!in->old)
		in->v.uid = kept_uid_text(r->arena, visit_of(r)->token, in->scope->subscription_uid,
					  in->uid);
	if (in->old) {
		in->v.submit =
			arena_printf(r->arena, "%s/edit", integration_page_path(r, in->old->id).p);
		remember_opened(in);
		TRY(own_form_read(in));
		TRY(read_uses(in));
	} else {
		in->v.submit = arena_printf(r->arena, "%s/new", frame_integrations_path(r).p);
		in->v.back = back_of(r);
		in->v.back_path = bind_typed_path(r->arena, in->v.back, 0);
	}
	frame_crumbs_integrations(r, &f, true);
	if (r->api)
		integration_api_faults(in);
	s->status = status;
	return view_form(s->body, r->arena, &f, &in->v);
}

/* Its secrets are sealed under it from the first try on. */
void integration_form_uid(struct input *in)
{
	unsigned char *uid = arena_alloc(in->r->arena, UID_BYTES);

	random_bytes(uid, UID_BYTES);
	in->uid = span_of((const char *)uid, UID_BYTES);
}

static int show_types(struct req *r, struct res *s)
{
	struct view_frame f = frame_for(r, s, SPAN("Add an integration"));
	struct view_types v = {app_of(r)->types, span_trim(req_query(r, "q")), back_of(r)};

	frame_crumbs_integrations(r, &f, true);
	return view_types(s->body, r->arena, &f, &v);
}

int page_integration_new(struct req *r, struct res *s)
{
	struct span name = req_query(r, "type");
	const struct type *type = type_find(app_of(r)->types, name);
	struct input in;

	if (span_is(req_query(r, "tab"), "own") && !owner_is_visitor(r))
		return page_bind(r, s);
	if (name.n == 0)
		return show_types(r, s);
	if (!type)
		return E_NOT_FOUND;
	TRY(input_open(&in, r, type, NULL));
	integration_form_uid(&in);
	input_new(&in);
	return integration_form_show(&in, s, 200);
}

int integration_form_again(struct input *in, struct res *s, int status, struct span error)
{
	if (!in->r->api)
		TRY(input_keep(in));
	in->v.error = error;
	return integration_form_show(in, s, status);
}

/* Beside a file's field, or in the panel of a conflict. */
static bool has_place(struct span name)
{
	static const char *const PLACES[] = {"file.",	"url.",	 "value.",
					     "secret.", "roles", "projects"};

	for (size_t k = 0; k < COUNT(PLACES); k++)
		if (span_starts(name, span_str(PLACES[k])))
			return true;
	return false;
}

static void copy_form_errors(struct input *in)
{
	for (const struct form_error *e = in->r->form->errors; e; e = e->next) {
		in->failed = true;
		if (span_is(e->name, "name") && !in->v.name_error.n)
			in->v.name_error = e->message;
		else if (!in->v.error.n && !has_place(e->name))
			in->v.error = e->message;
	}
}

static int save_once(struct input *in, int64_t *id)
{
	struct actor actor = actor_of(in->r);
	struct app *app = app_of(in->r);

	TRY(input_seal(in));
	*id = in->c.id;
	if (in->old)
		return store_integration_edit(app->db, in->r->arena, in->scope, &actor, &in->c);
	return store_integration_create(app->db, in->r->arena, in->scope, &actor, &in->c, id);
}

/* E_DENIED: the key with which we sealed is not active any more. Its successor's file is there by
 * then; what was typed in this request can be sealed again. */
static int save(struct input *in, int64_t *id)
{
	struct app *app = app_of(in->r);
	struct seal_key now;
	int rc = save_once(in, id);

	if (rc != E_DENIED || in->c.refused)
		return rc;
	TRY(seal_key_read(app->key_path, &now));
	log_warn("the public key %s is not active any more, the file now holds %s", app->key.id,
		 now.id);
	app->key = now;
	rc = save_once(in, id);
	return rc == E_DENIED && !in->c.refused ? E_UNAVAILABLE : rc;
}

/* Somebody else saved first: what only one of them changed is settled, the rest is asked. */
static int show_conflict(struct input *in, struct res *s)
{
	struct integration *now;

	in->r->stale = true;
	if (in->r->api) {
		s->status = 409;
		return OK;
	}
	TRY(integration_page_find(in->r, &now));
	conflict_merge(in, bound_form_stored(in, now));
	input_forgive(in);
	return integration_form_again(in, s, 409, SPAN(""));
}

/* Rule 10: what workflow files name gets another name on a page of its own. */
static int show_used_name(struct input *in, struct res *s)
{
	struct arena *a = in->r->arena;
	struct view_uses *uses;
	int64_t n;

	TRY(integration_uses_read(in->r, in->old, 0, 1, &uses));
	n = uses->seen + uses->hidden;
	in->v.name_error = arena_printf(a,
					"%lld line%s of workflow files name%s it. Another name is "
					"given on a page of its own, which shows these lines.",
					(long long)n, n == 1 ? "" : "s", n == 1 ? "s" : "");
	in->v.rename_href = arena_printf(a, "%.*s/rename?name=%.*s",
					 SPAN_ARG(integration_page_path(in->r, in->old->id)),
					 SPAN_ARG(pct_encode(a, in->v.name)));
	form_fail(in->r->form, SPAN("name"), "%.*s", SPAN_ARG(in->v.name_error));
	return integration_form_again(
		in, s, 409,
		arena_printf(a,
			     "Nothing is saved yet: the name cannot change here. Everything that "
			     "you typed is still here; to save the rest, put the name back: %.*s",
			     SPAN_ARG(in->old->name)));
}

static int conflict(struct input *in, struct res *s)
{
	bool used = false;

	if (in->c.stale)
		return show_conflict(in, s);
	if (in->c.in_use)
		return show_used_name(in, s);
	if (!in->old && !in->r->api)
		TRY(integration_again_used(in, s, &used));
	if (used)
		return OK;
	if (!in->c.name_taken)
		return E_CONFLICT;
	in->v.name_error =
		owner_is_visitor(in->r)
			? SPAN("Another of your integrations has this name.")
			: SPAN("Another integration of this subscription has this name.");
	form_fail(in->r->form, SPAN("name"), "%.*s", SPAN_ARG(in->v.name_error));
	return integration_form_again(in, s, 422, SPAN("Nothing is saved yet: the name is taken."));
}

static int show_rows(struct input *in, struct res *s)
{
	input_check(in);
	input_forgive(in);
	conflict_again(in);
	return integration_form_again(in, s, 200, SPAN(""));
}

static int take(struct input *in, struct res *s, enum said said)
{
	struct span back;
	int64_t id;
	int rc;

	input_read(in);
	if (!in->uid.n)
		integration_form_uid(in);
	if (in->rows_only)
		return show_rows(in, s);
	if (!in->stale)
		in->failed = !conflict_settle(in);
	input_check(in);
	if (in->stale)
		return show_conflict(in, s);
	copy_form_errors(in);
	if (in->failed)
		return integration_form_again(
			in, s, 422,
			in->v.error.n ? in->v.error
				      : SPAN("Nothing is saved yet. Mend what is marked below; "
					     "everything that you typed is still here."));
	rc = save(in, &id);
	if (rc == E_CONFLICT)
		return conflict(in, s);
	if (rc == E_DENIED)
		TRY(session_note_denial(in->r));
	TRY(rc);
	back = in->old ? SPAN_NONE : bind_typed_path(in->r->arena, back_of(in->r), id);
	frame_say(in->r, s, said, back.p ? back : integration_page_path(in->r, id));
	return OK;
}

int page_integration_create(struct req *r, struct res *s)
{
	struct span name = form_text(r->form, "type");
	const struct type *type = type_find(app_of(r)->types, name);
	struct input in;

	if (form_text(r->form, "account_integration").p)
		return page_bind_create(r, s);
	if (!type) {
		form_fail(
			r->form, SPAN("type"),
			"\"%.*s\" is not among the approved types. Choose one of the list, or ask "
			"a site admin to approve it.",
			SPAN_ARG(name));
		s->status = 422;
		frame_fail(r, s, form_message(r->form, SPAN("type")).p);
		return OK;
	}
	TRY(input_open(&in, r, type, NULL));
	return take(&in, s, SAID_ADDED);
}

int integration_form_open(struct req *r, struct res *s, struct input *in, bool *closed)
{
	struct integration *old;
	const struct type *type;
	int rc = integration_page_find(r, &old);

	*closed = true;
	if (rc == E_NOT_FOUND)
		return integration_again_gone(r, s);
	TRY(rc);
	*closed = !integration_may_edit(owner_of(r), old->edit_roles);
	if (*closed) {
		TRY(session_note_denial(r));
		return integration_page_closed(r, s, old, 403);
	}
	type = type_find(app_of(r)->types, old->type);
	if (!type) {
		log_error("no type file for %.*s", SPAN_ARG(old->type));
		return E_UNAVAILABLE;
	}
	return input_open(in, r, type, old);
}

int page_integration_edit(struct req *r, struct res *s)
{
	struct input in;
	bool closed;

	TRY(integration_form_open(r, s, &in, &closed));
	if (closed)
		return OK;
	input_stored(&in);
	return integration_form_show(&in, s, 200);
}

int page_integration_save(struct req *r, struct res *s)
{
	struct span type = form_text(r->form, "type");
	struct input in;
	bool closed;

	TRY(integration_form_open(r, s, &in, &closed));
	if (closed)
		return OK;
	if (r->api && type.n && !span_eq(type, in.old->type)) {
		form_fail(r->form, SPAN("type"), "The type of an integration cannot be changed.");
		s->status = 422;
		return OK;
	}
	return take(&in, s, SAID_SAVED);
}
