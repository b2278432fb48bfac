/* site_subscription_act.c: one subscription's page in site administration, and what it does. */
#include "core/name.h"
#include "page/frame.h"
#include "page/site.h"
#include "page/site_subscription.h"
#include "store/site_subscription.h"
#include "base/banned.h"

static int show(struct req *r, struct res *s, int64_t id)
{
	struct db *db = app_of(r)->db;
	struct view_site_subscription v = {.admin = frame_typed(r, "admin", SPAN(""))};
	struct site_subscription sub;
	struct site_subscription_admin *admins;
	struct view_frame f;

	TRY(store_site_subscription_get(db, r->arena, id, &sub));
	TRY(store_site_subscription_admins(db, r->arena, id, &admins, &v.nadmins));
	TRY(store_site_subscription_empty(db, r->arena, id, &v.empty));
	v.subscription = &sub;
	v.admins = admins;
	v.error = frame_message(r, "");
	v.name_error = frame_message(r, "name");
	v.name = v.name_error.p ? frame_typed(r, "name", SPAN("")) : sub.name;
	v.admin_error = frame_message(r, "admin");
	f = site_frame(r, s, sub.name, NAV_SUBSCRIPTIONS);
	frame_crumb(&f, SPAN("Subscriptions"), SPAN("/admin/subscriptions"));
	s->status = site_status(r);
	return view_site_subscription(s->body, r->arena, &f, &v);
}

int page_site_subscription(struct req *r, struct res *s)
{
	int64_t id;

	TRY(req_param_id(r, "id", &id));
	return show(r, s, id);
}

int page_site_subscription_name(struct req *r, struct res *s)
{
	struct actor actor = actor_of(r);
	struct span name = frame_typed(r, "name", SPAN(""));
	int64_t id;

	TRY(req_param_id(r, "id", &id));
	site_fault(r, "name", name_fault(r->arena, name));
	if (r->form->errors)
		return show(r, s, id);
	TRY(store_site_subscription_rename(app_of(r)->db, r->arena, &actor, id, name));
	frame_say(r, s, SAID_NAME, site_subscription_path(r, id));
	return OK;
}

int page_site_subscription_admin(struct req *r, struct res *s)
{
	int64_t id, account = 0;
	int rc;

	TRY(req_param_id(r, "id", &id));
	TRY(site_admin_find(r, &account));
	if (r->form->errors)
		return show(r, s, id);
	rc = site_admin_grant(r, account, id);
	if (rc == E_DENIED) {
		form_fail(r->form, SPAN(""),
			  "An admin of this subscription can act. Only where "
			  "nobody can is it yours to appoint one.");
		return show(r, s, id);
	}
	TRY(rc);
	frame_say(r, s, SAID_APPOINTED, site_subscription_path(r, id));
	return OK;
}

static int enable(struct req *r, struct res *s, bool enabled)
{
	struct actor actor = actor_of(r);
	int64_t id;

	TRY(req_param_id(r, "id", &id));
	TRY(store_site_subscription_enable(app_of(r)->db, r->arena, &actor, id, enabled));
	frame_say(r, s, enabled ? SAID_SUBSCRIPTION_ENABLED : SAID_SUBSCRIPTION_DISABLED,
		  site_subscription_path(r, id));
	return OK;
}

int page_site_subscription_disable(struct req *r, struct res *s)
{
	return enable(r, s, false);
}

int page_site_subscription_enable(struct req *r, struct res *s)
{
	return enable(r, s, true);
}

int page_site_subscription_delete(struct req *r, struct res *s)
{
	struct actor actor = actor_of(r);
	int64_t id;
	int rc;

	TRY(req_param_id(r, "id", &id));
	if (!form_flag(r->form, "confirm")) {
		form_fail(r->form, SPAN(""), "Tick the box beside Delete if you mean it.");
		return show(r, s, id);
	}
	rc = store_site_subscription_delete(app_of(r)->db, r->arena, &actor, id);
	if (rc == E_CONFLICT) {
		form_fail(r->form, SPAN(""),
			  "It is not empty: its projects and integrations go "
			  "first, and its admins can delete them.");
		return show(r, s, id);
	}
	TRY(rc);
	frame_say(r, s, SAID_SUBSCRIPTION_DELETED, SPAN("/admin/subscriptions"));
	return OK;
}
