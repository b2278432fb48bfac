/* json_people.c: a subscription's people. */
#include "view/json.h"

#include "base/banned.h"

static json_t *person_of(const struct view_person_row *r)
{
	return json_pack("{sI so so so sb so so}", "id", (json_int_t)r->id, "login",
			 json_text(r->login), "name", json_text(r->name), "role",
			 json_text(role_text(r->role)), "disabled", r->disabled, "source",
			 json_text(r->source), "granted_at", json_time(r->granted_at));
}

int json_people(struct buf *out, const struct view_frame *f, const struct view_people *v)
{
	struct json_place places[] = {{"after", v->after_name}, {"login", v->after_login}};
	json_t *list = json_array();

	for (size_t i = 0; i < v->nrows; i++)
		json_array_append_new(list, person_of(&v->rows[i]));
	return json_write(out,
			  json_pack("{so sI so}", "people", list, "total", (json_int_t)v->total,
				    "next", json_next(f, places, COUNT(places))));
}

/* Others than collaborators see all projects: null. */
static json_t *projects_of(const struct view_person *v)
{
	json_t *list;

	if (v->person.role != ROLE_COLLABORATOR)
		return json_null();
	list = json_array();
	for (size_t i = 0; i < v->nprojects; i++)
		json_array_append_new(
			list, json_pack("{sI so so so}", "id", (json_int_t)v->projects[i].id,
					"name", json_text(v->projects[i].name), "source",
					json_text(v->projects[i].source), "granted_at",
					json_time(v->projects[i].granted_at)));
	return list;
}

int json_person(struct buf *out, const struct view_person *v)
{
	json_t *all = person_of(&v->person);

	json_object_set_new(all, "last_admin", json_boolean(v->last_admin));
	json_object_set_new(all, "projects", projects_of(v));
	json_object_set_new(all, "bindings", json_binding_list(v->bindings, v->nbindings));
	json_object_set_new(all, "grace_days", json_integer(v->grace_days));
	return json_write(out, all);
}
