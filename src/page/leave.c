/* leave.c: giving up one's own role in a subscription. */
#include "page/rebind.h"

#include "page/binding_page.h"
#include "page/sub.h"
#include "store/people.h"
#include "view/binding.h"
#include "base/banned.h"

static const struct form_field FIELDS[] = {
	{"csrf", FORM_TEXT, false, 100, "Token"},
	{"was", FORM_TEXT, false, 20, "Role"},
};
const struct form_def FORM_LEAVE = {FIELDS, COUNT(FIELDS), 4096, 8};

static int look_for_others(struct req *r, bool *last_admin)
{
	const struct scope *scope = scope_of(r);
	int64_t others = 0;

	*last_admin = false;
	if (scope->role != ROLE_ADMIN)
		return OK;
	TRY(store_people_other_admins(app_of(r)->db, r->arena, scope, scope->account_id, &others));
	*last_admin = others == 0;
	return OK;
}

static int show(struct req *r, struct res *s, int status)
{
	const struct scope *scope = scope_of(r);
	struct view_leave v = {.role = scope->role, .error = frame_message(r, "")};
	struct binding_world w;
	struct view_frame f;
	struct binding *list;

	TRY(look_for_others(r, &v.last_admin));
	TRY(binding_world_read(r, &w));
	TRY(store_binding_of_owner(app_of(r)->db, r->arena, scope, scope->account_id, &list, &v.n));
	v.list = binding_views(r, &w, list, v.n);
	v.grace_days = w.grace_days;
	v.now = w.now;
	f = frame_for(r, s, arena_printf(r->arena, "Leave %.*s", SPAN_ARG(scope->name)));
	f.active = NAV_ACCOUNT;
	frame_crumb(&f, SPAN("Account"), SPAN("/account"));
	s->status = status;
	return view_leave(s->body, r->arena, &f, &v);
}

int page_leave_ask(struct req *r, struct res *s)
{
	return show(r, s, 200);
}

/* A program that does not say what its role was means whatever it is. */
static bool is_stale(struct req *r)
{
	enum role was = sub_role(form_text(r->form, "was"));

	return was != ROLE_NONE && was != scope_of(r)->role;
}

static int refuse(struct req *r, struct res *s, int status, bool last_admin)
{
	form_fail(r->form, SPAN(""), "%s",
		  last_admin
			  ? "You are the only admin who can act here: make somebody else an "
			    "admin first."
			  : "Nothing is changed: somebody else changed your role in the meantime. "
			    "Look again, then decide.");
	return show(r, s, status);
}

int page_leave(struct req *r, struct res *s)
{
	const struct scope *scope = scope_of(r);
	bool last_admin;
	int rc;

	if (is_stale(r))
		return refuse(r, s, 409, false);
	TRY(look_for_others(r, &last_admin));
	if (last_admin)
		return refuse(r, s, 422, true);
	rc = sub_grant(r, (struct vault_grant){.kind = GRANT_ROLE,
					       .account_id = scope->account_id,
					       .role = ROLE_NONE,
					       .expect = GRANT_EXPECT(scope->role)});
	if (rc == E_CONFLICT) {
		TRY(look_for_others(r, &last_admin));
		return refuse(r, s, 409, last_admin);
	}
	TRY(rc);
	frame_say(r, s, SAID_LEFT, SPAN("/"));
	return OK;
}
