/* json_project.c: a subscription's projects and settings. */
#include "view/json.h"

#include "base/banned.h"

static json_t *project_of(const struct view_project_row *r)
{
	return json_pack("{sI so sI sI}", "id", (json_int_t)r->id, "name", json_text(r->name),
			 "integrations", (json_int_t)r->integrations, "collaborators",
			 (json_int_t)r->collaborators);
}

int json_projects(struct buf *out, const struct view_frame *f, const struct view_projects *v)
{
	struct json_place after = {"after", v->next};
	json_t *list = json_array();

	for (size_t i = 0; i < v->nrows; i++)
		json_array_append_new(list, project_of(&v->rows[i]));
	return json_write(out, json_pack("{so sI so}", "projects", list, "total",
					 (json_int_t)v->total, "next", json_next(f, &after, 1)));
}

static json_t *people_of(const struct view_project *v)
{
	json_t *list = json_array();

	for (size_t i = 0; i < v->npeople; i++)
		json_array_append_new(list,
				      json_pack("{sI so so}", "id", (json_int_t)v->people[i].id,
						"login", json_text(v->people[i].login), "name",
						json_text(v->people[i].name)));
	return list;
}

/* The first of them: the list of integrations has all. */
static json_t *integrations_of(const struct view_project *v)
{
	json_t *list = json_array();

	for (size_t i = 0; i < v->nintegrations; i++)
		json_array_append_new(list, json_pack("{sI so sb}", "id",
						      (json_int_t)v->integrations[i].id, "name",
						      json_text(v->integrations[i].name), "alone",
						      v->integrations[i].alone));
	return list;
}

int json_project(struct buf *out, const struct view_frame *f, const struct view_project *v)
{
	struct json_place places[] = {{"after", v->after_name}, {"login", v->after_login}};
	json_t *all = project_of(&v->project);

	json_object_set_new(all, "url", json_text(v->place.url));
	json_object_set_new(all, "git_host", json_text(git_host_word(v->place.host)));
	json_object_set_new(all, "created_at", json_time(v->created_at));
	json_object_set_new(all, "integration_list", integrations_of(v));
	json_object_set_new(all, "people", people_of(v));
	json_object_set_new(all, "next", json_next(f, places, COUNT(places)));
	return json_write(out, all);
}

int json_settings(struct buf *out, const struct view_settings *v)
{
	return json_write(
		out,
		json_pack("{so sI so sI sI sI sI sI}", "name", json_text(v->name_now), "grace_days",
			  (json_int_t)v->grace_now, "created_at", json_time(v->created_at),
			  "admins", (json_int_t)v->admins, "members", (json_int_t)v->members,
			  "collaborators", (json_int_t)v->collaborators, "projects",
			  (json_int_t)v->projects, "integrations", (json_int_t)v->integrations));
}
