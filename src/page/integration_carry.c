/* integration_carry.c: an integration's form that waits. */
#include "page/integration_carry.h"

#include "page/integration_input.h"
#include "page/integration_page.h"
#include "base/banned.h"

/* Of all values of one name, in the place of the first: so that what is sealed now counts, and not
 * what was kept before. */
static void put(struct carry *c, struct span name, struct span value)
{
	for (size_t k = 0; k < c->nfields; k++)
		if (span_eq(c->fields[k].name, name)) {
			c->fields[k].value = value;
			return;
		}
	carry_add(c, name, value);
}

static void leave(struct carry *c, struct span field, struct span label)
{
	carry_add(c, SPAN("left_behind"), field);
	carry_lose(c, label);
}

static struct span label_of(struct input *in, const struct input_slot *slot)
{
	struct span key = slot->name;

	if (!slot->pair)
		return slot->field->label;
	while (key.n && key.p[0] != ':')
		key = span_of(key.p + 1, key.n - 1);
	if (key.n < 2)
		return slot->field->label;
	return arena_printf(in->r->arena, "%.*s: %.*s", SPAN_ARG(slot->field->label),
			    SPAN_ARG(span_of(key.p + 1, key.n - 1)));
}

static void put_slot(struct input *in, const struct input_slot *slot, struct span kept_before,
		     struct carry *c)
{
	bool sealed = slot->view->kept.n && !span_eq(slot->view->kept, kept_before);

	if (slot->typed.n && sealed)
		put(c, input_kept_name(in, slot), slot->view->kept);
	else if (slot->typed.n)
		leave(c, slot->name, label_of(in, slot));
}

/* Public keys that were chosen as files: text like any other. */
static void put_files(struct input *in, const bool *chosen, struct carry *c)
{
	for (size_t k = 0; k < in->v.nfields; k++) {
		const struct view_field *f = &in->v.fields[k];

		if (!chosen[k])
			continue;
		if (f->error.n)
			leave(c, f->field->name, f->field->label);
		else
			put(c, arena_printf(in->r->arena, "value.%.*s", SPAN_ARG(f->field->name)),
			    f->value);
	}
}

/* Which fields that are no secrets have a file: told before the bytes are taken. */
static bool *files_chosen(const struct input *in)
{
	bool *chosen = ARENA_ARRAY(in->r->arena, bool, in->v.nfields + 1);

	for (size_t k = 0; k < in->v.nfields; k++) {
		const struct type_field *f = in->v.fields[k].field;
		struct form_value *v;
		size_t at = 0;

		while (!field_is_secret(f->kind) && form_next(in->r->form, "file.*", &at, &v))
			if (v->nsecret && span_eq(span_of(v->name.p + 5, v->name.n - 5), f->name))
				chosen[k] = true;
	}
	return chosen;
}

static int seal(struct input *in, struct carry *c)
{
	bool *chosen = files_chosen(in);
	struct span *before;

	input_read(in);
	if (!in->uid.n)
		return E_NOT_FOUND; /* + Add gives every form one */
	input_check(in);
	before = ARENA_ARRAY(in->r->arena, struct span, in->nslots + 1);
	for (size_t k = 0; k < in->nslots; k++)
		before[k] = in->slots[k].view->kept;
	TRY(input_keep(in));
	c->nlost = 0;
	for (size_t k = 0; k < in->nslots; k++)
		put_slot(in, &in->slots[k], before[k], c);
	put_files(in, chosen, c);
	return OK;
}

/* What the form is about, as its sender may see it now. */
static int open(struct req *r, struct input *in)
{
	struct integration *old = NULL;
	const struct type *type;

	if (req_param(r, "id").p) {
		TRY(integration_page_find(r, &old));
		if (!integration_may_edit(owner_of(r), old->edit_roles))
			return E_NOT_FOUND;
	}
	type = type_find(app_of(r)->types, old ? old->type : form_text(r->form, "type"));
	return type ? input_open(in, r, type, old) : E_NOT_FOUND;
}

static int seal_as(struct req *r, const struct visit *v, struct carry *c)
{
	struct input in;

	if (role_allows(v->who, v->scope, (enum permission)r->route->permission) != OK)
		return E_NOT_FOUND;
	TRY(open(r, &in));
	return seal(&in, c);
}

/* "envs.3" is the pair whose key stands in "pair_key.envs.3": "envs:KEY". */
static struct span field_of(const struct form *f, struct span input)
{
	struct span key = form_text(f, arena_printf(f->arena, "pair_key.%.*s", SPAN_ARG(input)).p);
	size_t n = input.n;

	if (!key.p)
		return input;
	while (n && input.p[n - 1] != '.')
		n--;
	return integration_pair_field(f->arena, span_of(input.p, n ? n - 1 : 0), span_trim(key));
}

/* Without boxes. What was typed is looked at before anybody takes it. */
static struct carry leave_all(struct req *r)
{
	struct carry c = carry_form(r, r->form->nvalues);

	c.nlost = 0;
	for (size_t i = 0; i < r->form->nvalues; i++) {
		const struct form_value *v = &r->form->values[i];
		struct span input = v->name, prefix;

		if (v->nsecret && span_cut(&input, '.', &prefix))
			leave(&c, field_of(r->form, input), input);
	}
	return c;
}

int integration_carry(struct req *r, const struct former *of, struct carry *c)
{
	struct carry bare = leave_all(r);
	void *who = r->who;
	int rc;

	*c = carry_form(r, 2 * r->form->nvalues);
	r->who = session_former_visit(r, of);
	rc = seal_as(r, r->who, c);
	r->who = who;
	if (rc == E_NOT_FOUND || (rc == OK && carry_bytes(c) > CARRY_MOST)) {
		*c = bare;
		return OK;
	}
	return rc;
}

bool input_left_behind(const struct input *in, struct span field)
{
	struct form_value *v;
	size_t at = 0;

	while (in->r->form && form_next(in->r->form, "left_behind", &at, &v))
		if (span_eq(v->value, field))
			return true;
	return false;
}
