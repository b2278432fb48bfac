/* json_scope.c: which subscriptions may use an account integration, for its owner's programs. */
#include "view/json.h"

#include "base/banned.h"

static const char *state_text(enum scope_state s)
{
	switch (s) {
	case SCOPE_LIVE:
		return "live";
	case SCOPE_RELEASED:
		return "released";
	case SCOPE_WITHDRAWN:
		return "withdrawn";
	case SCOPE_NONE:
		break;
	}
	return "none";
}

static json_t *handles_of(const struct view_scope_place *p)
{
	json_t *list = json_array();

	for (size_t k = 0; k < p->nhandles; k++)
		json_array_append_new(list, json_pack("{sI so}", "id", (json_int_t)p->handles[k].id,
						      "name", json_text(p->handles[k].name)));
	return list;
}

static json_t *projects_of(const struct view_scope_place *p)
{
	json_t *list = json_array();

	for (size_t k = 0; k < p->set.n; k++)
		json_array_append_new(list, json_integer(p->set.ids[k]));
	return list;
}

static json_t *place_of(const struct view_scope_place *p)
{
	bool some = p->state == SCOPE_LIVE || p->state == SCOPE_RELEASED;
	json_t *all = json_object();

	json_object_set_new(all, "subscription",
			    json_pack("{sI so so}", "id", (json_int_t)p->id, "slug",
				      json_text(p->slug), "name", json_text(p->name)));
	json_object_set_new(all, "role", json_text_or_null(role_text(p->role)));
	json_object_set_new(all, "left_at", json_time(p->left_at));
	json_object_set_new(all, "disabled", json_boolean(p->disabled));
	json_object_set_new(all, "state", json_string(state_text(p->state)));
	json_object_set_new(all, "released_until", json_time(p->released_until));
	json_object_set_new(all, "scope",
			    some ? json_string(p->all ? "all" : "some") : json_null());
	json_object_set_new(all, "projects", projects_of(p));
	json_object_set_new(all, "granted_at", json_time(some ? p->granted_at : 0));
	json_object_set_new(all, "handles", handles_of(p));
	json_object_set_new(all, "was", json_integer(p->entry));
	return all;
}

int json_scope(struct buf *out, const struct view_scope *v)
{
	json_t *list = json_array();

	for (size_t k = 0; k < v->n; k++)
		json_array_append_new(list, place_of(&v->places[k]));
	return json_write(out, json_pack("{so sb}", "scope", list, "more", v->more));
}

int json_scope_one(struct buf *out, const struct view_scope_one *v)
{
	return json_write(out, place_of(&v->place));
}
