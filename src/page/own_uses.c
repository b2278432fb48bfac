/* own_uses.c: handles of one of the visitor's own integrations, by subscription. */
#include "page/own_uses.h"

#include "page/app.h"
#include "page/integration_uses.h"
#include "page/session.h"
#include "store/binding.h"
#include "store/own.h"
#include "base/banned.h"

enum { NAMED_SHOWN = 20 };

static const struct membership *role_in(const struct req *r, int64_t subscription_id)
{
	const struct who *who = visit_of(r)->who;

	for (size_t k = 0; k < who->nmemberships; k++)
		if (who->memberships[k].subscription_id == subscription_id)
			return &who->memberships[k];
	return NULL;
}

/* To its owner: that they disabled it stands above all handles. */
static struct span state_text(enum binding_state state, bool here)
{
	if (state == BINDING_OWNER_LEFT || (!here && state != BINDING_WITHDRAWN))
		return SPAN("you left");
	return state == BINDING_PAUSED ? SPAN("") : binding_state_text(state);
}

static struct view_own_handle handle_of(const struct binding *b, bool here)
{
	return (struct view_own_handle){
		.id = b->id,
		.name = b->name,
		.state = state_text(b->state, here),
		.bound_at = b->bound_at,
		.bound_by = b->bound_by,
		.disabled = b->disabled,
	};
}

static struct view_own_place place_of(const struct req *r, const struct binding *b, size_t room)
{
	const struct membership *m = role_in(r, b->subscription_id);

	return (struct view_own_place){
		.slug = b->slug,
		.name = b->subscription,
		.here = m != NULL,
		.open = m && !m->disabled,
		.handles = ARENA_ARRAY(r->arena, struct view_own_handle, room),
	};
}

static int read_places(const struct req *r, int64_t id, struct view_own **out)
{
	struct view_own *v = ARENA_NEW(r->arena, struct view_own);
	struct view_own_place *place = NULL;
	struct binding *list;

	TRY(store_binding_of_integration(app_of(r)->db, r->arena, owner_of(r), id, &list,
					 &v->nhandles));
	v->more = v->nhandles == BINDING_ROWS_MAX;
	v->places = ARENA_ARRAY(r->arena, struct view_own_place, v->nhandles + 1);
	for (size_t k = 0; k < v->nhandles; k++) {
		if (k == 0 || list[k].subscription_id != list[k - 1].subscription_id) {
			place = &v->places[v->nplaces++];
			*place = place_of(r, &list[k], v->nhandles - k);
		}
		place->handles[place->n++] = handle_of(&list[k], place->here);
	}
	*out = v;
	return OK;
}

int own_uses_read(const struct req *r, int64_t id, const struct view_own **out)
{
	struct view_own *v;

	TRY(read_places(r, id, &v));
	*out = v;
	return OK;
}

int own_named_read(const struct req *r, int64_t id, int64_t subscription_id,
		   struct view_blocker **out, size_t *n)
{
	struct binding_named *list;
	struct view_blocker *v;

	TRY(store_binding_named(app_of(r)->db, r->arena, owner_of(r), id, subscription_id, NAMED_SHOWN,
			    &list, n));
	*out = v = ARENA_ARRAY(r->arena, struct view_blocker, *n + 1);
	for (size_t k = 0; k < *n; k++) {
		const struct scope *sub = session_scope(r, list[k].subscription_id);
		struct view_uses *uses = NULL;

		if (sub && !sub->disabled)
			TRY(integration_uses_in(r, sub, list[k].id, list[k].name, 0, USES_SHOWN,
						&uses));
		v[k] = (struct view_blocker){list[k].subscription, list[k].name, uses};
	}
	return OK;
}

int own_form_read(struct input *in)
{
	struct view_blocker *named;
	struct own_handle *list;
	struct view_own *v;
	size_t n;

	if (!owner_is_visitor(in->r) || in->r->api)
		return OK;
	TRY(read_places(in->r, in->old->id, &v));
	TRY(store_own_handles(app_of(in->r)->db, in->r->arena, in->scope, in->old->id, &list, &n));
	v->shown = own_handles_text(in->r->arena, list, n);
	TRY(own_named_read(in->r, in->old->id, 0, &named, &v->nnamed));
	v->named = named;
	in->v.own = v;
	return OK;
}
