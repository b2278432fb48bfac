/* settings.c: a subscription's settings: its name, and the days of grace for who leaves it. */
#include "page/settings.h"

#include "core/binding.h"
#include "page/sub.h"
#include "store/subscription.h"
#include "view/project.h"
#include "base/banned.h"

enum { NAME_MOST = 320, DAYS_MOST = 20 };

/* The days are a FORM_LIST, which takes 0 and, in JSON, numbers and words alike. */
static const struct form_field FIELDS[] = {
	{"csrf", FORM_TEXT, false, 100, "Token"},
	{"was", FORM_TEXT, false, NAME_MOST, "Name"},
	{"name", FORM_TEXT, true, NAME_MOST, "Name"},
	{"was_grace_days", FORM_LIST, false, DAYS_MOST, "Days of grace"},
	{"grace_days", FORM_LIST, false, DAYS_MOST, "Days of grace"},
};
const struct form_def FORM_SETTINGS = {FIELDS, COUNT(FIELDS), 4096, 8};

static struct span days_text(struct req *r, int64_t days)
{
	return arena_printf(r->arena, "%lld", (long long)days);
}

static struct span sent(struct req *r, const char *field)
{
	return r->form ? form_text(r->form, field) : SPAN_NONE;
}

/* What was typed; what was left as the form showed it is shown as it is by now. */
static struct span typed(struct req *r, const char *field, const char *was, struct span now)
{
	struct span text = sent(r, field);

	return !text.p || span_eq(text, sent(r, was)) ? now : text;
}

static int show(struct req *r, struct res *s, int status)
{
	struct view_frame f = sub_frame(r, s, SPAN("Settings"), NAV_SETTINGS, false);
	struct subscription_facts facts;
	struct view_settings v;

	TRY(store_subscription_facts(app_of(r)->db, r->arena, scope_of(r), &facts));
	v = (struct view_settings){
		.name_now = facts.name,
		.name = typed(r, "name", "was", facts.name),
		.name_error = frame_message(r, "name"),
		.error = frame_message(r, ""),
		.created_at = facts.created_at,
		.admins = facts.admins,
		.members = facts.members,
		.collaborators = facts.collaborators,
		.projects = facts.projects,
		.integrations = facts.integrations,
		.grace_now = facts.grace_days,
		.grace = typed(r, "grace_days", "was_grace_days", days_text(r, facts.grace_days)),
		.grace_error = frame_message(r, "grace_days"),
	};
	s->status = status;
	frame_was(r, s, (struct span[]){facts.name, days_text(r, facts.grace_days)}, 2);
	return view_settings(s->body, r->arena, &f, &v);
}

int page_settings(struct req *r, struct res *s)
{
	return show(r, s, 200);
}

/* The days that a field says; `absent` when it was not sent. */
static int read_days(struct req *r, const char *field, int64_t absent, int64_t *days)
{
	struct span text = form_text(r->form, field);

	*days = absent;
	if (!text.p)
		return OK;
	if (span_i64(span_trim(text), days) != OK || *days > BINDING_GRACE_MOST)
		return E_INVALID;
	return OK;
}

/* The form's two pairs of "was" and "now"; what a program leaves out stays. */
static int read_form(struct req *r, const struct subscription_facts *facts,
		     struct subscription_settings *was, struct subscription_settings *now)
{
	was->name = form_text(r->form, "was");
	if (!was->name.p)
		was->name = facts->name;
	now->name = form_text(r->form, "name");
	TRY(read_days(r, "was_grace_days", facts->grace_days, &was->grace_days));
	if (read_days(r, "grace_days", was->grace_days, &now->grace_days) != OK &&
	    !form_message(r->form, SPAN("grace_days")).p)
		form_fail(r->form, SPAN("grace_days"),
			  "Write a whole number of days, from 0 (at once) to %d.",
			  BINDING_GRACE_MOST);
	return OK;
}

static int show_stale(struct req *r, struct res *s, const struct subscription_settings *was)
{
	struct subscription_facts facts;

	TRY(store_subscription_facts(app_of(r)->db, r->arena, scope_of(r), &facts));
	r->stale = r->if_match.n > 0;
	form_fail(r->form, SPAN(""),
		  "Nothing is saved yet: somebody else changed the %s in the meantime. Yours is "
		  "still below; saving it now replaces theirs.",
		  span_eq(facts.name, was->name) ? "days of grace" : "name");
	return show(r, s, 409);
}

int page_settings_save(struct req *r, struct res *s)
{
	struct subscription_settings was, now;
	struct subscription_facts facts;
	struct actor actor = actor_of(r);
	int rc = OK;

	TRY(store_subscription_facts(app_of(r)->db, r->arena, scope_of(r), &facts));
	sub_check_name(r);
	TRY(read_form(r, &facts, &was, &now));
	if (r->form->errors)
		return show(r, s, 422);
	/* a program names the whole; people who change one of the two leave the other to others */
	if (r->if_match.n && (!span_eq(was.name, facts.name) || was.grace_days != facts.grace_days))
		return show_stale(r, s, &was);
	if (!span_eq(now.name, was.name) || now.grace_days != was.grace_days)
		rc = store_subscription_set(app_of(r)->db, r->arena, scope_of(r), &actor, &was,
					    &now);
	if (rc == E_CONFLICT)
		return show_stale(r, s, &was);
	TRY(rc);
	frame_say(r, s, SAID_SAVED, sub_path(r, "/settings"));
	return OK;
}
