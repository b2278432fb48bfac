/* settings.c: a subscription's settings: so far, its name. */
#include "page/settings.h"

#include "page/sub.h"
#include "store/subscription.h"
#include "view/project.h"
#include "base/banned.h"

enum { NAME_MOST = 320 };

static const struct form_field FIELDS[] = {
	{"csrf", FORM_TEXT, false, 100, "Token"},
	{"was", FORM_TEXT, false, NAME_MOST, "Name"},
	{"name", FORM_TEXT, true, NAME_MOST, "Name"},
};
const struct form_def FORM_SETTINGS = {FIELDS, COUNT(FIELDS), 4096, 8};

static int show(struct req *r, struct res *s, int status)
{
	struct view_frame f = sub_frame(r, s, SPAN("Settings"), NAV_SETTINGS, false);
	struct subscription_facts facts;
	struct view_settings v;

	TRY(store_subscription_facts(app_of(r)->db, r->arena, scope_of(r), &facts));
	v = (struct view_settings){
		.name_now = facts.name,
		.name = frame_typed(r, "name", facts.name),
		.name_error = frame_message(r, "name"),
		.error = frame_message(r, ""),
		.created_at = facts.created_at,
		.admins = facts.admins,
		.members = facts.members,
		.collaborators = facts.collaborators,
		.projects = facts.projects,
		.integrations = facts.integrations,
	};
	s->status = status;
	return view_settings(s->body, r->arena, &f, &v);
}

int page_settings(struct req *r, struct res *s)
{
	return show(r, s, 200);
}

int page_settings_save(struct req *r, struct res *s)
{
	struct span name = form_text(r->form, "name"), was = form_text(r->form, "was");
	struct actor actor = actor_of(r);
	int rc = OK;

	sub_check_name(r);
	if (r->form->errors)
		return show(r, s, 422);
	if (!was.p) /* a program's form */
		was = scope_of(r)->name;
	if (!span_eq(name, was))
		rc = store_subscription_rename(app_of(r)->db, r->arena, scope_of(r), &actor, was,
					       name);
	if (rc == E_CONFLICT) {
		form_fail(r->form, SPAN(""),
			  "Nothing is saved yet: somebody else changed the name in the meantime. "
			  "Yours is still below; saving it now replaces theirs.");
		return show(r, s, 409);
	}
	TRY(rc);
	frame_say(r, s, SAID_SAVED, sub_path(r, "/settings"));
	return OK;
}
