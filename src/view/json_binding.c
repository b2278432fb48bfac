/* json_binding.c: bound integrations: how one stands, to what it could be bound. */
#include "view/json.h"

#include "view/binding.h"
#include "base/banned.h"

json_t *json_binding_state(enum binding_state s)
{
	return json_text(s == BINDING_LIVE ? SPAN("in use") : binding_state_text(s));
}

json_t *json_binding(const struct view_binding *b)
{
	return json_pack("{sI so so so sI so so so so so so so so}", "id", (json_int_t)b->id,
			 "name", json_text(b->name), "type", json_text(b->type), "owner",
			 json_text(b->owner), "owner_id", (json_int_t)b->owner_id, "state",
			 json_binding_state(b->state), "runners", json_text_or_null(b->runners), "left_at",
			 json_time(b->left_at), "bound_at", json_time(b->bound_at), "bound_by",
			 json_text(b->bound_by), "usable_by", json_text(b->projects), "undo_until",
			 json_time(b->undo_until), "undo_owner", json_text_or_null(b->undo_owner));
}

json_t *json_binding_list(const struct view_binding *list, size_t n)
{
	json_t *all = json_array();

	for (size_t k = 0; k < n; k++)
		json_array_append_new(all, json_binding(&list[k]));
	return all;
}

static json_t *candidates_of(const struct view_candidate *list, size_t n)
{
	json_t *all = json_array();

	for (size_t k = 0; k < n; k++)
		json_array_append_new(
			all,
			json_pack("{sI so so sb sb sb sb so}", "id", (json_int_t)list[k].id, "name",
				  json_text(list[k].name), "owner", json_text(list[k].owner), "own",
				  list[k].own, "granted", list[k].granted, "owner_here",
				  list[k].owner_here, "enabled", list[k].enabled, "allows",
				  json_text_or_null(list[k].projects)));
	return all;
}

int json_rebind(struct buf *out, const struct view_rebind *v)
{
	json_t *all = json_binding(&v->binding);

	json_object_set_new(all, "version", json_integer(v->version));
	json_object_set_new(all, "candidates", candidates_of(v->candidates, v->ncandidates));
	return json_write(out, all);
}

int json_bindings(struct buf *out, const struct view_bindings *v)
{
	json_t *types = json_array();

	for (size_t k = 0; k < v->ntypes; k++) {
		const struct view_bindings_type *t = &v->types[k];

		json_array_append_new(
			types, json_pack("{so so so}", "type", json_text(t->type), "bindings",
					 json_binding_list(t->list, t->n), "candidates",
					 candidates_of(t->candidates, t->ncandidates)));
	}
	return json_write(out,
			  json_pack("{sI so so sb sI so}", "id", (json_int_t)v->account_id, "who",
				    json_text(v->who), "role",
				    json_text_or_null(role_text(v->role)), "disabled", v->disabled,
				    "grace_days", (json_int_t)v->grace_days, "types", types));
}
