/* json_integration.c: integrations and their types. */
#include "view/bound.h"
#include "view/json.h"

#include "base/banned.h"

/* Whose values it has: the subscription's, or those of somebody's account integration. */
static struct span kind_of(bool bound)
{
	return bound ? SPAN("personal") : SPAN("org");
}

static json_t *uses_of(const struct view_row *r)
{
	return r->uses == USES_UNKNOWN ? json_null() : json_integer(r->uses);
}

/* null: it is used, or never was, or is not for the viewer to know. */
static json_t *unused_since(const struct view_row *r)
{
	return r->uses == 0 && r->used_at ? json_time(r->used_at) : json_null();
}

int json_list(struct buf *out, const struct view_frame *f, const struct view_list *v)
{
	struct json_place after = {"after", v->next};
	json_t *rows = json_array();

	for (size_t i = 0; i < v->nrows; i++) {
		const struct view_row *r = &v->rows[i];

		json_array_append_new(
			rows,
			json_pack("{sIsososososbsbsb so so so so so so}", "id", (json_int_t)r->id, "name",
				  json_text(r->name), "type", json_text(r->type), "url",
				  json_text_or_null(r->url), "project_names",
				  r->all_projects ? json_null() : json_lines(r->project_names),
				  "all_projects", r->all_projects, "may_edit", r->may_edit,
				  "disabled", r->disabled, "kind", json_text(kind_of(r->bound)),
				  "owner", json_text_or_null(r->owner), "owner_id",
				  r->bound ? json_integer(r->owner_id) : json_null(), "state",
				  r->bound ? json_binding_state(r->binding) : json_null(), "uses",
				  uses_of(r), "unused_since", unused_since(r)));
	}
	return json_write(out, json_pack("{sosIso}", "integrations", rows, "total",
					 (json_int_t)v->total, "next", json_next(f, &after, 1)));
}

int json_own_list(struct buf *out, const struct view_frame *f, const struct view_list *v)
{
	struct json_place after = {"after", v->next};
	json_t *rows = json_array();

	for (size_t i = 0; i < v->nrows; i++) {
		const struct view_row *r = &v->rows[i];

		json_array_append_new(
			rows, json_pack("{sIsosososbsIsIsIso}", "id", (json_int_t)r->id, "name",
					json_text(r->name), "type", json_text(r->type), "url",
					json_text_or_null(r->url), "disabled", r->disabled,
					"handles", (json_int_t)r->handles, "subscriptions",
					(json_int_t)r->subscriptions, "uses",
					(json_int_t)r->uses, "changed_at",
					json_time(r->changed_at)));
	}
	return json_write(out, json_pack("{sosIso}", "integrations", rows, "total",
					 (json_int_t)v->total, "next", json_next(f, &after, 1)));
}

static json_t *urls_of(const struct integration *i)
{
	json_t *list = json_array();

	for (size_t k = 0; k < i->nurls; k++)
		json_array_append_new(list, json_pack("{soso}", "key", json_text(i->urls[k].key),
						      "url", json_text(i->urls[k].url)));
	return list;
}

static json_t *values_of(const struct integration *i)
{
	json_t *all = json_object();

	for (size_t k = 0; k < i->nvalues; k++)
		json_object_setn_new(all, i->values[k].field.p, i->values[k].field.n,
				     json_text(i->values[k].value));
	return all;
}

static json_t *sealed_of(const struct integration *i)
{
	json_t *list = json_array();

	for (size_t k = 0; k < i->nsealed; k++) {
		const struct sealed_mark *mark = &i->sealed[k];
		struct span key = mark->field, field;

		/* "envs:KEY" is one key of a field of pairs. */
		if (!span_cut(&key, ':', &field))
			field = mark->field;
		json_array_append_new(list, json_pack("{sosososo}", "field", json_text(field),
						      "key", json_text_or_null(key), "sealed_at",
						      json_time(mark->sealed_at), "sealed_by",
						      json_text(mark->sealed_by)));
	}
	return list;
}

/* The keys of each field of pairs, without their values: what a change sends back to keep them. */
static json_t *pairs_of(const struct integration *i)
{
	json_t *all = json_object(), *rows;

	for (size_t k = 0; k < i->nsealed; k++) {
		struct span key = i->sealed[k].field, field;

		if (!span_cut(&key, ':', &field) || !key.p)
			continue;
		rows = json_object_getn(all, field.p, field.n);
		if (!rows) {
			rows = json_array();
			json_object_setn_new(all, field.p, field.n, rows);
		}
		json_array_append_new(rows, json_pack("{so}", "key", json_text(key)));
	}
	return all;
}

static json_t *disabled_of(const struct integration *i)
{
	if (!i->disabled_at)
		return json_null();
	return json_pack("{sososo}", "at", json_time(i->disabled_at), "by",
			 json_text(i->disabled_by), "reason", json_text(i->disabled_reason));
}

static json_t *projects_of(const struct integration *i)
{
	json_t *list = json_array();

	for (size_t k = 0; k < i->nprojects; k++)
		json_array_append_new(list, json_integer(i->projects[k].id));
	return list;
}

static json_t *changes_of(const struct view_details *v)
{
	json_t *list = json_array();

	for (size_t k = 0; k < v->nchanges; k++)
		json_array_append_new(list, json_pack("{so so so}", "at",
						      json_time(v->changes[k].at), "who",
						      json_text(v->changes[k].who), "what",
						      json_text(v->changes[k].what)));
	return list;
}

static json_t *places_of(const struct view_own *v)
{
	json_t *list = json_array();

	for (size_t k = 0; k < v->nplaces; k++) {
		const struct view_own_place *p = &v->places[k];
		json_t *handles = json_array();

		for (size_t m = 0; m < p->n; m++)
			json_array_append_new(
				handles, json_pack("{sI so so so so sb}", "id",
						   (json_int_t)p->handles[m].id, "name",
						   json_text(p->handles[m].name), "state",
						   json_text_or_null(p->handles[m].state), "bound_at",
						   json_time(p->handles[m].bound_at), "bound_by",
						   json_text(p->handles[m].bound_by), "disabled",
						   p->handles[m].disabled));
		json_array_append_new(list, json_pack("{so so sb so}", "slug", json_text(p->slug),
						      "name", json_text(p->name), "role_there",
						      p->here, "handles", handles));
	}
	return list;
}

/* Who shares one of a subscription; where one of the visitor's own is used. */
static json_t *sharing_of(const struct view_details *v)
{
	const struct integration *i = v->i;

	if (v->own)
		return json_pack("{so}", "used_in", places_of(v->own));
	return json_pack("{so ss so sI}", "edit_roles", json_roles(i->edit_roles), "scope",
			 i->all_projects ? "all" : "some", "projects", projects_of(i),
			 "hidden_projects", (json_int_t)i->hidden_projects);
}

static json_t *bound_of(const struct view_bound *v)
{
	json_t *all = json_binding(&v->binding), *outside = json_array();

	for (size_t k = 0; k < v->noutside; k++)
		json_array_append_new(outside, json_text(v->outside[k].name));
	json_object_set_new(all, "allowed", json_text(v->allowed));
	json_object_set_new(all, "listed", json_text(v->listed));
	json_object_set_new(all, "not_allowed", outside);
	return all;
}

int json_details(struct buf *out, const struct view_details *v)
{
	const struct integration *i = v->i;
	json_t *sharing = sharing_of(v);
	json_t *all = json_pack(
		"{sIsI sosososososo sosososososo}", "id", (json_int_t)i->id, "version",
		(json_int_t)i->version, "name", json_text(i->name), "type", json_text(i->type),
		"urls", urls_of(i), "values", values_of(i), "pairs", pairs_of(i), "sealed",
		sealed_of(i), "disabled", disabled_of(i), "created_at", json_time(i->created_at),
		"created_by", json_text(i->created_by), "changed_at", json_time(i->changed_at),
		"changed_by", json_text(i->changed_by), "changes", changes_of(v));

	if (!sharing || json_object_update(all, sharing) != 0) {
		json_decref(all);
		all = NULL;
	}
	json_decref(sharing);
	json_object_set_new(all, "kind", json_text(v->own ? SPAN("own") : kind_of(i->bound)));
	if (v->bound)
		json_object_set_new(all, "bound", bound_of(v->bound));
	return json_write(out, all);
}

int json_closed(struct buf *out, const struct view_closed *v)
{
	return json_write(out, json_pack("{sIsososbso so so so}", "id", (json_int_t)v->id, "name",
					 json_text(v->name), "type", json_text(v->type), "may_edit",
					 0, "edit_roles", json_roles(v->edit_roles), "kind",
					 json_text(kind_of(v->owner.n > 0)), "owner",
					 json_text_or_null(v->owner), "state",
					 v->owner.n ? json_binding_state(v->binding)
						    : json_null()));
}

static const char *kind_text(enum field_kind kind)
{
	switch (kind) {
	case FIELD_TEXT:
		return "text";
	case FIELD_LINES:
		return "lines";
	case FIELD_SECRET:
		return "secret";
	case FIELD_SECRET_LINES:
		return "secret-lines";
	case FIELD_SECRET_URL:
		return "secret-url";
	case FIELD_PAIRS:
		return "pairs";
	}
	return "";
}

static json_t *type_of(const struct type *t)
{
	json_t *fields = json_array(), *urls = json_array();

	for (size_t i = 0; i < t->nfields; i++) {
		const struct type_field *f = &t->fields[i];

		json_array_append_new(fields,
				      json_pack("{sososssbsosI}", "name", json_text(f->name),
						"label", json_text(f->label), "kind",
						kind_text(f->kind), "required", f->required, "help",
						json_text(f->help), "most", (json_int_t)f->most));
	}
	for (size_t i = 0; i < t->nurls; i++)
		json_array_append_new(
			urls, json_pack("{sosbsoso}", "key", json_text(t->urls[i].key), "required",
					t->urls[i].required, "help", json_text(t->urls[i].help),
					"preset", json_text_or_null(t->urls[i].preset)));
	return json_pack("{sosososososbso}", "name", json_text(t->name), "label",
			 json_text(t->label), "family", json_text(t->family), "help",
			 json_text(t->help), "urls", urls, "more_urls", t->more_urls, "fields",
			 fields);
}

int json_types(struct buf *out, const struct view_types *v)
{
	json_t *list = json_array();

	for (size_t i = 0; i < v->types->n; i++)
		json_array_append_new(list, type_of(&v->types->list[i]));
	return json_write(out, json_pack("{so}", "types", list));
}
