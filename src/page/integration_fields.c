/* integration_fields.c: the fields of an integration, one by one. */
#include "page/integration_fields.h"

#include "base/clock.h"
#include "http/form.h"
#include "page/app.h"
#include "seal/hash.h"
#include "base/banned.h"

enum { SUM_BYTES = 8 };

static struct span sum_of(struct arena *a, struct span what)
{
	static const char HEX[] = "0123456789abcdef";
	unsigned char all[HASH_BYTES];
	char *text = arena_alloc(a, 2 * SUM_BYTES);

	hash_bytes(what, all);
	for (size_t k = 0; k < SUM_BYTES; k++) {
		text[2 * k] = HEX[all[k] >> 4];
		text[2 * k + 1] = HEX[all[k] & 15];
	}
	return span_of(text, 2 * SUM_BYTES);
}

static struct field_states room_for(struct arena *a, size_t n)
{
	return (struct field_states){ARENA_ARRAY(a, struct field_state, n), 0};
}

/* A text field that is empty is as good as not there. */
static void add(struct arena *a, struct field_states *f, struct span name, struct span label,
		struct span text)
{
	if (text.n)
		f->list[f->n++] = (struct field_state){name, label, text, sum_of(a, text), false};
}

static void add_url(struct arena *a, struct field_states *f, struct span key, struct span url)
{
	struct span name = arena_printf(a, "url.%.*s", SPAN_ARG(key));

	if (!fields_find(f, name))
		add(a, f, name, arena_printf(a, "URL %.*s", SPAN_ARG(key)), url);
}

/* "API_TOKEN" for a pair, "API token" for a field of one value. */
static struct span secret_label(const struct input *in, struct span name)
{
	struct span key = name, field;
	const struct type_field *t;

	if (!span_cut(&key, ':', &field) || !key.p)
		key = SPAN("");
	t = type_field_find(in->type, field);
	if (!t)
		return name;
	return key.n ? key : t->label;
}

static void add_roles(struct arena *a, struct field_states *f, role_set roles)
{
	add(a, f, SPAN("roles"), SPAN("Who can edit"), view_editors(roles | ROLE_BIT(ROLE_ADMIN)));
}

/* Those that the visitor sees; the others stay as they are, whoever saves. */
static void add_projects(struct arena *a, struct field_states *f, bool all,
			 const struct project *list, size_t n)
{
	struct field_state *s = &f->list[f->n++];
	struct buf names = BUF_INIT, ids = BUF_INIT;

	buf_puts(&ids, all ? "all" : "some");
	for (size_t k = 0; !all && k < n; k++) {
		if (!list[k].chosen)
			continue;
		buf_puts(&names, names.n ? ", " : "");
		buf_put(&names, list[k].name);
		buf_printf(&ids, " %lld", (long long)list[k].id);
	}
	*s = (struct field_state){
		.name = SPAN("projects"),
		.label = SPAN("Projects that can use it"),
		.text = names.n ? arena_span(a, buf_span(&names)) : SPAN("No project"),
		.sum = sum_of(a, buf_span(&ids)),
	};
	if (all)
		s->text = SPAN("All projects, also future ones");
	buf_release(&names);
	buf_release(&ids);
}

static void add_mark(const struct input *in, struct field_states *f, const struct sealed_mark *m)
{
	struct arena *a = in->r->arena;
	struct span ago = clock_ago(a, m->sealed_at, clock_now());

	f->list[f->n++] = (struct field_state){
		.name = arena_printf(a, "secret.%.*s", SPAN_ARG(m->field)),
		.label = secret_label(in, m->field),
		.text = arena_printf(a, "Sealed %.*s by %.*s", SPAN_ARG(ago),
				     SPAN_ARG(m->sealed_by)),
		.sum = sum_of(a, arena_printf(a, "%lld %.*s", (long long)m->sealed_at,
					      SPAN_ARG(m->sealed_by))),
	};
}

struct field_states fields_stored(const struct input *in, const struct integration *i)
{
	struct arena *a = in->r->arena;
	struct field_states f = room_for(a, i->nurls + in->v.nfields + i->nsealed + 4);

	add(a, &f, SPAN("name"), SPAN("Name"), i->name);
	for (size_t k = 0; k < i->nurls; k++)
		add_url(a, &f, i->urls[k].key, i->urls[k].url);
	for (size_t k = 0; k < in->v.nfields; k++) {
		const struct type_field *t = in->v.fields[k].field;
		if (!field_is_secret(t->kind))
			add(a, &f, arena_printf(a, "value.%.*s", SPAN_ARG(t->name)), t->label,
			    integration_value(i, t->name));
	}
	for (size_t k = 0; k < i->nsealed; k++)
		add_mark(in, &f, &i->sealed[k]);
	add_roles(a, &f, i->edit_roles);
	add_projects(a, &f, i->all_projects, i->projects, i->nprojects);
	return f;
}

static void add_slot(const struct input *in, struct field_states *f, const struct input_slot *slot)
{
	struct arena *a = in->r->arena;
	struct field_state s = {
		.name = arena_printf(a, "secret.%.*s", SPAN_ARG(slot->name)),
		.label = secret_label(in, slot->name),
	};

	if (slot->typed.n || slot->has_kept) {
		s.text = SPAN("What you typed, sealed");
		s.sum = SPAN("typed"); /* no sum is like it: nobody can compare two boxes */
	} else if (!slot->view->removed) {
		s.untouched = true;
	}
	f->list[f->n++] = s;
}

/* A collaborator's form without a choice of projects says nothing about them. */
static void add_projects_typed(const struct input *in, struct field_states *f)
{
	add_projects(in->r->arena, f, in->v.all_projects, in->v.projects, in->v.nprojects);
	f->list[f->n - 1].untouched =
		!in->v.may_choose_all && span_is(form_text(in->r->form, "scope"), "all");
}

struct field_states fields_typed(const struct input *in)
{
	struct arena *a = in->r->arena;
	struct field_states f = room_for(a, in->v.nurls + in->v.nfields + in->nslots + 4);

	add(a, &f, SPAN("name"), SPAN("Name"), in->v.name);
	for (size_t k = 0; k < in->v.nurls; k++)
		if (in->v.urls[k].key.n)
			add_url(a, &f, in->v.urls[k].key, in->v.urls[k].url);
	for (size_t k = 0; k < in->v.nfields; k++) {
		const struct view_field *field = &in->v.fields[k];
		const struct type_field *t = field->field;
		if (!field_is_secret(t->kind))
			add(a, &f, arena_printf(a, "value.%.*s", SPAN_ARG(t->name)), t->label,
			    field->value);
	}
	for (size_t k = 0; k < in->nslots; k++)
		add_slot(in, &f, &in->slots[k]);
	add_roles(a, &f, in->v.edit_roles);
	add_projects_typed(in, &f);
	return f;
}

const struct field_state *fields_find(const struct field_states *f, struct span name)
{
	for (size_t k = 0; k < f->n; k++)
		if (span_eq(f->list[k].name, name))
			return &f->list[k];
	return NULL;
}

struct span fields_text(struct arena *a, const struct field_states *f)
{
	struct buf out = BUF_INIT;
	struct span text;

	for (size_t k = 0; k < f->n; k++)
		buf_printf(&out, "%s%.*s=%.*s", k ? " " : "", SPAN_ARG(f->list[k].name),
			   SPAN_ARG(f->list[k].sum));
	text = arena_span(a, buf_span(&out));
	buf_release(&out);
	return text;
}

struct span fields_text_find(struct span text, struct span name)
{
	struct span one, key;

	while (span_cut(&text, ' ', &one))
		if (span_cut(&one, '=', &key) && span_eq(key, name))
			return one;
	return SPAN_NONE;
}
