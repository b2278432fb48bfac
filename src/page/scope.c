/* scope.c: the scope of an account integration: which subscriptions may use it. */
#include "page/scope.h"

#include <stdlib.h>

#include "page/frame.h"
#include "page/integration_page.h"
#include "page/own_uses.h"
#include "page/scope_form.h"
#include "page/scope_place.h"
#include "page/session.h"
#include "store/scope_withdraw.h"
#include "store/subscription.h"
#include "base/banned.h"

enum { BODY_MOST = 64 * 1024, PAIRS_MOST = 2000 };

static const struct form_field FIELDS[] = {
	{"csrf", FORM_TEXT, false, 100, "Token"},
	SCOPE_FORM_FIELDS,
};
const struct form_def FORM_SCOPE = {FIELDS, COUNT(FIELDS), BODY_MOST, PAIRS_MOST};

static const struct form_member MEMBERS[] = {
	{"name", "name", NULL},
	{"scope", "scope", NULL},
	{"projects[]", "project", NULL},
	{"was", "was", NULL},
};
const struct json_map JSON_SCOPE = {
	&FORM_SCOPE, MEMBERS, COUNT(MEMBERS),
	"subscription role left_at state released_until granted_at hidden_projects handles "
	"disabled"};

static const struct form_field REMOVE_FIELDS[] = {
	{"csrf", FORM_TEXT, false, 100, "Token"},
	{"handle", FORM_LIST, false, 20, "Integration"},
};
const struct form_def FORM_SCOPE_REMOVE = {REMOVE_FIELDS, COUNT(REMOVE_FIELDS), BODY_MOST,
					   PAIRS_MOST};

/* The visitor's integration and the subscription that the address names. */
struct place {
	struct integration *i;
	int64_t subscription_id;
	const struct scope *sub; /* NULL: they left */
};

static int open_place(struct req *r, struct place *p)
{
	TRY(integration_page_find(r, &p->i));
	TRY(req_param_id(r, "subscription", &p->subscription_id));
	p->sub = session_scope(r, p->subscription_id);
	return OK;
}

static struct span path_of(const struct req *r, const struct place *p)
{
	return arena_printf(r->arena, "%.*s/scope/%lld",
			    SPAN_ARG(integration_page_path(r, p->i->id)),
			    (long long)p->subscription_id);
}

static struct view_frame frame_of(struct req *r, struct res *s, const struct integration *i,
				  struct span title, bool below)
{
	struct view_frame f = frame_for(r, s, title);
	struct span path = integration_page_path(r, i->id);

	frame_crumbs_integrations(r, &f, true);
	frame_crumb(&f, i->name, path);
	if (below)
		frame_crumb(&f, SPAN("Scope"),
			    arena_printf(r->arena, "%.*s/scope", SPAN_ARG(path)));
	return f;
}

int page_scope(struct req *r, struct res *s)
{
	struct view_scope v = {0};
	struct view_frame f;
	struct integration *i;

	TRY(integration_page_find(r, &i));
	v.id = i->id;
	v.name = i->name;
	TRY(scope_places_read(r, i->id, &v.places, &v.n, &v.more));
	f = frame_of(r, s, i, SPAN("Scope"), false);
	return view_scope(s->body, r->arena, &f, &v);
}

static int show(struct req *r, struct res *s, int status, const struct place *p,
		const struct scope_form *form)
{
	struct view_scope_one v = {
		.id = p->i->id, .name = p->i->name, .sub = p->sub, .error = frame_message(r, "")};
	struct view_frame f;

	TRY(scope_place_read(r, p->i->id, p->subscription_id, &v.place));
	if (form) {
		v.as = form->as;
		v.as.error = frame_message(r, "name");
		v.consent = form->consent;
		v.consent.error = frame_message(r, "scope");
		if (!v.consent.error.p)
			v.consent.error = frame_message(r, "project");
		v.hidden = form->hidden;
		TRY(store_subscription_grace(app_of(r)->db, r->arena, p->sub, &v.grace_days));
	}
	f = frame_of(r, s, p->i, v.place.name, true);
	s->status = status;
	return view_scope_one(s->body, r->arena, &f, &v);
}

int page_scope_one(struct req *r, struct res *s)
{
	struct scope_form form;
	struct place p;

	TRY(open_place(r, &p));
	if (!p.sub)
		return show(r, s, 200, &p, NULL);
	TRY(scope_form_open(&form, r, p.sub, p.i->id, p.i->name));
	scope_form_first(&form);
	return show(r, s, 200, &p, &form);
}

/* Only people of a subscription that is not disabled give it something. */
static int refuse(struct req *r, struct res *s, const struct place *p)
{
	form_fail(
		r->form, SPAN(""),
		p->sub ? "Nothing is changed: a site admin disabled this subscription. You can "
			 "withdraw what you allowed there, and nothing else."
		       : "Nothing is changed: you have no role in this subscription any more. You "
			 "can withdraw what you allowed there, and nothing else.");
	return show(r, s, 403, p, NULL);
}

static int grant(struct req *r, struct res *s, const struct place *p, struct scope_form *form)
{
	int64_t handle = 0;
	int rc;

	TRY(scope_form_read(form));
	rc = r->form->errors ? E_INVALID : scope_form_grant(form, &handle);
	if (rc == E_INVALID)
		return show(r, s, 422, p, form);
	if (rc == E_CONFLICT) {
		scope_form_first(form);
		return show(r, s, 409, p, form);
	}
	TRY(rc);
	frame_say(r, s, handle ? SAID_SCOPE_GRANTED : SAID_SAVED, path_of(r, p));
	return OK;
}

int page_scope_grant(struct req *r, struct res *s)
{
	struct scope_form form;
	struct scope_row row;
	struct place p;

	TRY(open_place(r, &p));
	TRY(store_scope_get(app_of(r)->db, r->arena, owner_of(r), p.i->id, p.subscription_id,
			    &row));
	if (!p.sub || p.sub->disabled)
		return refuse(r, s, &p);
	TRY(scope_form_open(&form, r, p.sub, p.i->id, p.i->name));
	return grant(r, s, &p, &form);
}

/* The page as it is now, with a message. */
static int show_now(struct req *r, struct res *s, int status, const struct place *p)
{
	struct scope_form form;

	if (!p->sub)
		return show(r, s, status, p, NULL);
	TRY(scope_form_open(&form, r, p->sub, p->i->id, p->i->name));
	scope_form_first(&form);
	return show(r, s, status, p, &form);
}

int page_scope_withdraw(struct req *r, struct res *s)
{
	struct actor actor = actor_of(r);
	struct scope_row row;
	struct place p;
	int rc;

	TRY(open_place(r, &p));
	TRY(store_scope_get(app_of(r)->db, r->arena, owner_of(r), p.i->id, p.subscription_id,
			    &row));
	rc = store_scope_withdraw(app_of(r)->db, r->arena, owner_of(r), &actor, p.i->id,
				  p.subscription_id);
	if (rc == E_CONFLICT) {
		form_fail(r->form, SPAN(""),
			  "There is nothing to withdraw: %.*s is not allowed to use it.",
			  SPAN_ARG(row.name));
		return show_now(r, s, 409, &p);
	}
	TRY(rc);
	/* somebody who left sees nothing of it, once no handle is left */
	frame_say(r, s, SAID_WITHDRAWN,
		  p.sub || row.handles ? path_of(r, &p)
				       : arena_printf(r->arena, "%.*s/scope",
						      SPAN_ARG(integration_page_path(r, p.i->id))));
	return OK;
}

static int show_remove(struct req *r, struct res *s, int status, const struct place *p)
{
	struct view_scope_remove v = {
		.id = p->i->id, .name = p->i->name, .error = frame_message(r, "")};
	struct view_blocker *named;
	struct view_frame f;

	TRY(scope_place_read(r, p->i->id, p->subscription_id, &v.place));
	if (!r->api) {
		TRY(own_named_read(r, p->i->id, p->subscription_id, &named, &v.nnamed));
		v.named = named;
	}
	f = frame_of(r, s, p->i,
		     arena_printf(r->arena, "Take %.*s out of the scope", SPAN_ARG(v.place.name)),
		     true);
	s->status = status;
	return view_scope_remove(s->body, r->arena, &f, &v);
}

int page_scope_remove_ask(struct req *r, struct res *s)
{
	struct place p;

	TRY(open_place(r, &p));
	return show_remove(r, s, 200, &p);
}

static int by_id(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

/* The handles that the page named; a program, which has seen no page, names none or those it means.
 */
static void read_removal(struct req *r, struct scope_removal *c)
{
	int64_t *ids = ARENA_ARRAY(r->arena, int64_t, r->form->nvalues + 1);
	struct form_value *value;
	size_t at = 0;

	while (form_next(r->form, "handle", &at, &value))
		if (span_i64(value->value, &ids[c->nhandles]) == OK)
			c->nhandles++;
	qsort(ids, c->nhandles, sizeof(*ids), by_id);
	c->handles = ids;
	c->any = r->api && c->nhandles == 0;
}

static int not_removed(struct req *r, struct res *s, const struct place *p,
		       const struct scope_removal *c)
{
	form_fail(r->form, SPAN(""),
		  c->in_use ? "Nothing is changed: workflow files there name what would be "
			      "deleted. Take the names out of them and sync them, or withdraw "
			      "instead."
		  : c->stale ? "Nothing is changed: other integrations are bound there than you were "
			     "shown. Here they are now; decide again."
			   : "There is nothing to take out: it is not in the scope.");
	return show_remove(r, s, 409, p);
}

int page_scope_remove(struct req *r, struct res *s)
{
	struct actor actor = actor_of(r);
	struct scope_removal c = {0};
	struct place p;
	int rc;

	TRY(open_place(r, &p));
	if (p.sub && p.sub->disabled)
		return refuse(r, s, &p);
	c.integration_id = p.i->id;
	c.subscription_id = p.subscription_id;
	read_removal(r, &c);
	rc = store_scope_remove(app_of(r)->db, r->arena, owner_of(r), &actor, &c);
	if (rc == E_CONFLICT)
		return not_removed(r, s, &p, &c);
	TRY(rc);
	frame_say(
		r, s, p.sub ? SAID_SCOPE_REMOVED : SAID_WITHDRAWN,
		arena_printf(r->arena, "%.*s/scope", SPAN_ARG(integration_page_path(r, p.i->id))));
	return OK;
}
