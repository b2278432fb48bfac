/* integration_input.c: the form's rows: from the type's file, from the database, or from what was
 * typed. */
#include "page/integration_input.h"

#include "core/name.h"
#include "http/form.h"
#include "page/app.h"
#include "page/bound.h"
#include "store/project.h"
#include "base/banned.h"

/* Who may edit it, and which projects may use it: questions that only a subscription has. */
static int open_sharing(struct input *in)
{
	const struct scope *s = in->scope;
	int64_t total;

	in->v.edit_roles = in->old ? in->old->edit_roles : ROLE_SET_NEW;
	in->v.all_projects = in->old ? in->old->all_projects : true;
	in->v.hidden_projects = in->old ? in->old->hidden_projects : 0;
	if (s->subscription_id == 0) {
		in->v.edit_roles = ROLE_BIT(ROLE_ADMIN);
		return OK;
	}
	in->v.may_edit_roles = s->role == ROLE_ADMIN;
	in->v.may_choose_all = s->role != ROLE_COLLABORATOR;
	return store_project_list(app_of(in->r)->db, in->r->arena, s, &in->v.projects,
				  &in->v.nprojects, &total);
}

int input_open(struct input *in, struct req *r, const struct type *type,
	       const struct integration *old)
{
	*in = (struct input){.r = r, .scope = owner_of(r), .type = type, .old = old};
	in->v.type = type;
	in->v.is_new = old == NULL;
	in->v.may_add_url = type->more_urls;
	TRY(open_sharing(in));
	in->v.fields = ARENA_ARRAY(r->arena, struct view_field, type->nfields + 1);
	in->v.nfields = type->nfields;
	for (size_t k = 0; k < type->nfields; k++)
		in->v.fields[k].field = &type->fields[k];
	in->v.may_delete = old != NULL;
	if (old && old->bound)
		TRY(bound_form_open(in));
	if (old) {
		in->uid = old->uid;
		in->v.id = old->id;
		in->v.version = old->version;
		in->v.name = old->name;
	}
	return OK;
}

static const struct type_url *type_url(const struct type *t, struct span key)
{
	for (size_t k = 0; k < t->nurls; k++)
		if (span_eq(t->urls[k].key, key))
			return &t->urls[k];
	return NULL;
}

static void add_url(struct input *in, struct span key, struct span url)
{
	const struct type_url *t = type_url(in->type, key);
	struct view_url_row *row = &in->v.urls[in->v.nurls++];

	*row = (struct view_url_row){.key = key, .url = url};
	if (!t)
		return;
	row->help = t->help;
	row->example = t->example;
	row->key_fixed = true;
	row->required = t->required;
}

static struct span stored_url(const struct integration *i, struct span key)
{
	for (size_t k = 0; k < i->nurls; k++)
		if (span_eq(i->urls[k].key, key))
			return i->urls[k].url;
	return SPAN("");
}

/* The type's own keys first, then those that somebody added. */
static void first_urls(struct input *in)
{
	size_t n = in->type->nurls + (in->old ? in->old->nurls : 0);

	in->v.urls = ARENA_ARRAY(in->r->arena, struct view_url_row, n + 1);
	for (size_t k = 0; k < in->type->nurls; k++) {
		const struct type_url *t = &in->type->urls[k];
		add_url(in, t->key, in->old ? stored_url(in->old, t->key) : t->preset);
	}
	for (size_t k = 0; in->old && k < in->old->nurls; k++)
		if (!type_url(in->type, in->old->urls[k].key))
			add_url(in, in->old->urls[k].key, in->old->urls[k].url);
}

static void choose_projects(struct input *in)
{
	for (size_t k = 0; k < in->v.nprojects; k++)
		for (size_t m = 0; in->old && m < in->old->nprojects; m++)
			if (in->old->projects[m].id == in->v.projects[k].id)
				in->v.projects[k].chosen = true;
}

static void first_pairs(struct input *in, struct view_field *f)
{
	struct span prefix = integration_pair_field(in->r->arena, f->field->name, SPAN(""));
	size_t n = in->old ? in->old->nsealed : 0;

	f->pairs = ARENA_ARRAY(in->r->arena, struct view_pair, n + 1);
	for (size_t k = 0; k < n; k++) {
		struct span name = in->old->sealed[k].field;
		if (span_starts(name, prefix))
			f->pairs[f->npairs++].key =
				span_of(name.p + prefix.n, name.n - prefix.n);
	}
	if (f->npairs == 0)
		f->npairs = 1; /* an empty row to begin with */
	for (size_t k = 0; k < f->npairs; k++)
		input_slots_add(in, f, &f->pairs[k], k);
}

static void first_fields(struct input *in)
{
	for (size_t k = 0; k < in->v.nfields; k++) {
		struct view_field *f = &in->v.fields[k];
		if (f->field->kind == FIELD_PAIRS)
			first_pairs(in, f);
		else if (field_is_secret(f->field->kind))
			input_slots_add(in, f, NULL, 0);
		else if (in->old)
			f->value = integration_value(in->old, f->field->name);
	}
}

static void slots_room(struct input *in)
{
	size_t n = in->type->nfields + INTEGRATION_PAIRS_MAX + 1;

	if (in->old)
		n += in->old->nsealed;
	if (in->r->form)
		n += in->r->form->nvalues;
	in->slots = ARENA_ARRAY(in->r->arena, struct input_slot, n);
}

void input_new(struct input *in)
{
	slots_room(in);
	first_urls(in);
	first_fields(in);
}

void input_stored(struct input *in)
{
	slots_room(in);
	first_urls(in);
	first_fields(in);
	choose_projects(in);
}

/* Two lists side by side: the n-th key belongs to the n-th URL. */
static void read_urls(struct input *in)
{
	const struct form *f = in->r->form;
	int64_t remove = form_id(f, "remove_url");
	struct form_value *key, *url;
	size_t at_key = 0, at_url = 0, row = 0;

	in->v.urls = ARENA_ARRAY(in->r->arena, struct view_url_row, f->nvalues + 2);
	while (form_next(f, "url_key", &at_key, &key)) {
		struct span text = SPAN("");
		if (form_next(f, "url", &at_url, &url))
			text = span_trim(url->value);
		if ((int64_t)++row != remove)
			add_url(in, span_trim(key->value), text);
	}
	if (form_flag(f, "add_url"))
		add_url(in, SPAN(""), SPAN(""));
}

static struct span field_input(struct arena *a, const char *prefix, struct span field)
{
	return arena_printf(a, "%s.%.*s", prefix, SPAN_ARG(field));
}

/* "pair_key.envs.3": the row's number comes last. */
static bool pair_row(struct span name, struct span field, int64_t *row)
{
	struct span prefix = SPAN("pair_key.");

	if (name.n < prefix.n + field.n + 2 || name.p[prefix.n + field.n] != '.' ||
	    !span_eq(span_of(name.p + prefix.n, field.n), field))
		return false;
	prefix.n += field.n + 1;
	return span_i64(span_of(name.p + prefix.n, name.n - prefix.n), row) == OK;
}

static void read_pairs(struct input *in, struct view_field *f)
{
	const struct form *form = in->r->form;
	struct arena *a = in->r->arena;
	struct span add = form_text(form, "add_pair"), remove = form_text(form, "remove_pair");
	struct form_value *value;
	size_t at = 0;
	int64_t row;

	f->pairs = ARENA_ARRAY(a, struct view_pair, form->nvalues + 2);
	while (form_next(form, "pair_key.*", &at, &value)) {
		if (!pair_row(value->name, f->field->name, &row))
			continue;
		if (span_eq(remove, arena_printf(a, "%.*s.%lld", SPAN_ARG(f->field->name),
						 (long long)row)))
			continue;
		f->pairs[f->npairs].key = span_trim(value->value);
		input_slots_add(in, f, &f->pairs[f->npairs++], (size_t)row);
	}
	if (span_eq(add, f->field->name) || f->npairs == 0)
		input_slots_add(in, f, &f->pairs[f->npairs++], SIZE_MAX);
}

/* A public key that was chosen as a file: shown like one that was typed. */
static void read_file(struct input *in, struct view_field *f)
{
	struct span fault;
	char *p;
	size_t n;

	if (!input_file_take(in, f->field, &p, &n))
		return;
	fault = input_file_fault(in, f->field, span_of(p, n));
	if (!fault.p)
		f->value = span_of(p, input_unix_lines(p, n));
	f->error = fault.p ? fault : f->error;
	in->failed |= fault.p != NULL;
}

static void read_fields(struct input *in)
{
	struct arena *a = in->r->arena;

	for (size_t k = 0; k < in->v.nfields; k++) {
		struct view_field *f = &in->v.fields[k];
		struct span name = f->field->name;
		if (f->field->kind == FIELD_PAIRS)
			read_pairs(in, f);
		else if (field_is_secret(f->field->kind))
			input_slots_add(in, f, NULL, 0);
		else
			f->value = form_text(in->r->form, field_input(a, "value", name).p);
		if (!field_is_secret(f->field->kind))
			read_file(in, f);
	}
}

static void read_roles(struct input *in)
{
	const struct form *f = in->r->form;

	if (!in->v.may_edit_roles)
		return; /* only admins change them: what a form says counts for nothing */
	in->v.edit_roles = ROLE_BIT(ROLE_ADMIN);
	if (form_flag(f, "role_member"))
		in->v.edit_roles |= ROLE_BIT(ROLE_MEMBER);
	if (form_flag(f, "role_collaborator"))
		in->v.edit_roles |= ROLE_BIT(ROLE_COLLABORATOR);
}

static void read_projects(struct input *in)
{
	const struct form *f = in->r->form;
	struct form_value *value;
	size_t at = 0;
	int64_t id;

	if (in->v.may_choose_all)
		in->v.all_projects = !span_is(form_text(f, "scope"), "some");
	while (form_next(f, "project", &at, &value))
		for (size_t k = 0; k < in->v.nprojects; k++)
			if (span_i64(value->value, &id) == OK && in->v.projects[k].id == id)
				in->v.projects[k].chosen = true;
}

/* + Add: the uid under which kept secrets were sealed comes back with the form. One that this
 * session did not get from us is as good as none. */
static void read_uid(struct input *in)
{
	struct span text = form_text(in->r->form, "uid"), uid;
	struct span owner = in->scope->subscription_uid;
	const struct visit *v = visit_of(in->r);

	if (in->old)
		return;
	if (kept_uid_read(in->r->arena, v->token, owner, text, &uid) == OK ||
	    (v->was.n && kept_uid_read(in->r->arena, v->was, owner, text, &uid) == OK))
		in->uid = uid;
}

void input_read(struct input *in)
{
	const struct form *f = in->r->form;
	int64_t version;

	read_uid(in);
	slots_room(in);
	in->v.name = form_text(f, "name");
	in->rows_only = form_flag(f, "add_url") || form_id(f, "remove_url") ||
			form_text(f, "add_pair").n || form_text(f, "remove_pair").n;
	if (in->old) {
		version = form_id(f, "version");
		in->v.version = version;
		in->v.opened = form_text(f, "opened");
		in->stale = version != in->old->version;
	}
	read_urls(in);
	read_fields(in);
	read_roles(in);
	read_projects(in);
}
