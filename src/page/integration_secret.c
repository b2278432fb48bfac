/* integration_secret.c: the secrets of an integration's form: what was typed, what was kept from
 * the try before, what is stored; which of them counts; and sealing. */
#include "page/integration_input.h"

#include "base/clock.h"
#include "http/form.h"
#include "page/app.h"
#include "base/banned.h"

/* "secret.apiToken", "secret.envs.3" */
static struct span input_name(struct input *in, const char *prefix, const struct input_slot *slot,
			      size_t row)
{
	if (slot->pair)
		return arena_printf(in->r->arena, "%s.%.*s.%zu", prefix,
				    SPAN_ARG(slot->field->name), row);
	return arena_printf(in->r->arena, "%s.%.*s", prefix, SPAN_ARG(slot->field->name));
}

static void take_typed(struct input *in, struct input_slot *slot, size_t row)
{
	struct arena *a = in->r->arena;
	char *p;
	size_t n;

	if (form_secret_take(in->r->form, input_name(in, "secret", slot, row), &p, &n))
		slot->typed = secret_take(a, p, input_unix_lines(p, n));
	if (slot->pair || !input_file_take(in, slot->field, &p, &n))
		return;
	slot->typed = secret_take(a, p, input_unix_lines(p, n));
	slot->from_file = true;
}

struct span input_kept_name(struct input *in, const struct input_slot *slot)
{
	return input_name(in, "kept", slot, slot->row);
}

/* Boxes of the session before were the same person's; from now on they are this one's. */
static int read_kept(struct input *in, struct span *text, struct kept *k)
{
	const struct visit *v = visit_of(in->r);
	int rc = kept_read(in->r->arena, v->token, *text, k);

	if (rc != E_INVALID || !v->was.n)
		return rc;
	TRY(kept_read(in->r->arena, v->was, *text, k));
	*text = kept_text(in->r->arena, v->token, k);
	return OK;
}

/* A box that neither session got from us is as good as none. */
static void take_kept(struct input *in, struct input_slot *slot, size_t row)
{
	struct span text = form_text(in->r->form, input_name(in, "kept", slot, row).p);

	slot->kept = (struct kept){
		.owner = in->scope->subscription_uid,
		.uid = in->uid,
		.type = in->type->name,
		.field = slot->name,
	};
	slot->has_kept = text.n && in->uid.n && read_kept(in, &text, &slot->kept) == OK;
	if (slot->has_kept)
		slot->view->kept = text;
}

static struct span sealed_note(struct input *in, const struct sealed_mark *m)
{
	struct arena *a = in->r->arena;
	struct span ago = clock_ago(a, m->sealed_at, clock_now());

	return arena_printf(a, "Sealed %.*s by %.*s. Type to replace it.", SPAN_ARG(ago),
			    SPAN_ARG(m->sealed_by));
}

/* What is stored under the slot's name, and what the page may say of it. */
static void find_stored(struct input *in, struct input_slot *slot)
{
	slot->stored = in->old ? integration_sealed(in->old, slot->name) : NULL;
	slot->view->note = slot->stored ? sealed_note(in, slot->stored) : SPAN("");
	slot->view->is_stored = slot->stored != NULL;
}

/* Optional, and there is something to remove: in the database, or kept from the try before. */
static bool is_removable(const struct input_slot *slot)
{
	return !slot->required && (slot->stored || slot->has_kept);
}

void input_slots_restore(struct input *in)
{
	for (size_t k = 0; k < in->nslots; k++) {
		struct input_slot *slot = &in->slots[k];
		find_stored(in, slot);
		slot->view->removable = is_removable(slot);
		slot->view->removed &= slot->view->removable;
	}
}

/* row: the pair's number in the form; SIZE_MAX for a row that has just been added. */
void input_slots_add(struct input *in, struct view_field *f, struct view_pair *pair, size_t row)
{
	struct input_slot *slot = &in->slots[in->nslots++];
	struct arena *a = in->r->arena;

	*slot = (struct input_slot){
		.field = f->field,
		.view = pair ? &pair->secret : &f->secret,
		.pair = pair != NULL,
		.row = row,
		.required = pair ? true : f->field->required,
		.fate = SECRET_NONE, /* until check_slot() decides; an unused row stays so */
		.name = pair ? integration_pair_field(a, f->field->name, pair->key)
			     : f->field->name,
	};
	find_stored(in, slot);
	if (in->r->form && row != SIZE_MAX) {
		take_typed(in, slot, row);
		take_kept(in, slot, row);
	}
	slot->view->removable = is_removable(slot);
	if (!in->r->form || row == SIZE_MAX)
		return;
	slot->view->removed = slot->view->removable &&
			      form_flag(in->r->form, input_name(in, "remove", slot, row).p);
}

static void fail(struct input *in, struct input_slot *slot, struct span message)
{
	slot->view->error = message;
	in->failed = true;
}

/* The message never repeats what was typed: it is a secret. */
static void check_typed(struct input *in, struct input_slot *slot)
{
	struct span value = span_of((const char *)slot->typed.p, slot->typed.n), fault;

	if (value.n == 0)
		return;
	fault = slot->from_file ? input_file_fault(in, slot->field, value) : SPAN_NONE;
	if (fault.p)
		fail(in, slot, fault);
	else if (value.n > slot->field->most)
		fail(in, slot, arena_printf(in->r->arena, "This is longer than %zu bytes.",
					    slot->field->most));
	else if (slot->field->kind == FIELD_SECRET && memchr(value.p, '\n', value.n))
		fail(in, slot, SPAN("This must be one line."));
	else if (slot->field->kind == FIELD_SECRET_URL &&
		 url_origin(in->r->arena, value, NULL, &slot->url_origin, &fault) != OK)
		fail(in, slot,
		     SPAN("Write the whole URL, beginning with https://, without blanks or "
			  "a user name in it."));
}

/* The origins of a box or row; none when the text is not ours. */
static struct origins origins_from(struct input *in, struct span text)
{
	struct origins o = {0};

	if (origins_read(in->r->arena, text, &o) != OK)
		o = (struct origins){0};
	return o;
}

static void decide(struct input *in, struct input_slot *slot, const struct origins *wanted)
{
	struct origins kept, stored;
	struct secret_given g = {
		.typed = slot->typed.n > 0,
		.removed = slot->view->removed,
		.required = slot->required,
	};

	if (slot->has_kept) {
		kept = origins_from(in, slot->kept.origins);
		g.kept = &kept;
	}
	if (slot->stored) {
		stored = origins_from(in, slot->stored->origins);
		g.stored = &stored;
	}
	slot->fate = secret_fate(&g, wanted);
}

/* A URL that is itself a secret goes to its own host and nowhere else. */
static struct span own_origins(struct input *in, const struct input_slot *slot)
{
	struct origins one = {0};

	if (slot->typed.n && slot->url_origin.p)
		one = origins_of(in->r->arena, &slot->url_origin, 1);
	else if (slot->typed.n)
		return SPAN("");
	else if (slot->has_kept)
		return slot->kept.origins;
	else if (slot->stored && !slot->view->removed)
		return slot->stored->origins;
	return origins_text(in->r->arena, &one);
}

static void want_secret_urls(struct input *in)
{
	struct span *list =
		ARENA_ARRAY(in->r->arena, struct span, in->wanted.n + in->nslots * 8 + 1);
	size_t n = in->wanted.n;

	if (n)
		memcpy(list, in->wanted.list, n * sizeof(*list));
	for (size_t k = 0; k < in->nslots; k++) {
		struct origins own;
		if (in->slots[k].field->kind != FIELD_SECRET_URL)
			continue;
		own = origins_from(in, own_origins(in, &in->slots[k]));
		for (size_t m = 0; m < own.n && m < 8; m++)
			list[n++] = own.list[m];
	}
	in->wanted = origins_of(in->r->arena, list, n);
}

static void say_elsewhere(struct input *in, struct input_slot *slot)
{
	fail(in, slot,
	     SPAN("The URLs now lead to another host, and this was given for the old ones only: "
		  "type it again, so that nobody can redirect it by changing a URL."));
	if (in->rows_only)
		return; /* the URLs may not be final */
	slot->view->kept = SPAN("");
	slot->has_kept = false;
}

#define LEFT_BEHIND                                                                                \
	SPAN("You were signed out before this arrived, and it could not be kept: type it again.")

static void check_slot(struct input *in, struct input_slot *slot)
{
	static const struct origins NOWHERE;
	bool own = slot->field->kind == FIELD_SECRET_URL;

	/* a pair without key and value is an unused row; integration_check.c says what else is
	 * wrong */
	if (slot->pair && slot->name.p[slot->name.n - 1] == ':' && !slot->typed.n)
		return;
	check_typed(in, slot);
	if (!slot->typed.n && !slot->has_kept && !slot->view->removed &&
	    input_left_behind(in, slot->name))
		fail(in, slot, LEFT_BEHIND);
	decide(in, slot, own ? &NOWHERE : &in->wanted);
	if (slot->fate == SECRET_MISSING && !slot->view->error.n)
		fail(in, slot, slot->pair ? SPAN("Type the value of this key.")
					  : arena_printf(in->r->arena, "%.*s must be filled in.",
							 SPAN_ARG(slot->field->label)));
	if (slot->fate == SECRET_ELSEWHERE)
		say_elsewhere(in, slot);
}

void input_check_secrets(struct input *in)
{
	for (size_t k = 0; k < in->nslots; k++)
		if (in->slots[k].field->kind == FIELD_SECRET_URL)
			check_typed(in, &in->slots[k]);
	want_secret_urls(in);
	for (size_t k = 0; k < in->nslots; k++)
		check_slot(in, &in->slots[k]);
}

static int seal_slot(struct input *in, const struct input_slot *slot, struct span origins,
		     int64_t now, struct span *box)
{
	struct seal_label label = {
		.field = slot->name,
		.type = in->type->name,
		.origins = origins,
		.sealed_at = now,
	};

	ASSERT(in->uid.n == UID_BYTES && in->scope->subscription_uid.n == UID_BYTES);
	memcpy(label.owner_uid, in->scope->subscription_uid.p, UID_BYTES);
	memcpy(label.thing_uid, in->uid.p, UID_BYTES);
	return seal_value(in->r->arena, &app_of(in->r)->key, &label, &slot->typed, box);
}

static struct span origins_for(struct input *in, const struct input_slot *slot)
{
	if (slot->field->kind == FIELD_SECRET_URL)
		return own_origins(in, slot);
	return origins_text(in->r->arena, &in->wanted);
}

static int add_typed(struct input *in, const struct input_slot *slot, struct sealed_new *out)
{
	*out = (struct sealed_new){
		.field = slot->name,
		.key_id = arena_span(in->r->arena, span_str(app_of(in->r)->key.id)),
		.origins = origins_for(in, slot),
		.sealed_at = clock_now(),
	};
	return seal_slot(in, slot, out->origins, out->sealed_at, &out->box);
}

static struct sealed_new from_kept(const struct input_slot *slot)
{
	return (struct sealed_new){
		.field = slot->name,
		.key_id = slot->kept.key_id,
		.box = slot->kept.box,
		.origins = slot->kept.origins,
		.sealed_at = slot->kept.sealed_at,
	};
}

static bool has_slot(const struct input *in, struct span field)
{
	for (size_t k = 0; k < in->nslots; k++)
		if (span_eq(in->slots[k].name, field))
			return true;
	return false;
}

/* Removed ones, and pairs whose row is gone. */
static void collect_unsealed(struct input *in)
{
	size_t n = in->old ? in->old->nsealed : 0;

	in->c.unsealed = ARENA_ARRAY(in->r->arena, struct span, n + 1);
	in->c.nunsealed = 0;
	for (size_t k = 0; k < n; k++)
		if (!has_slot(in, in->old->sealed[k].field))
			in->c.unsealed[in->c.nunsealed++] = in->old->sealed[k].field;
	for (size_t k = 0; k < in->nslots; k++)
		if (in->slots[k].fate == SECRET_REMOVED && in->slots[k].stored)
			in->c.unsealed[in->c.nunsealed++] = in->slots[k].name;
}

int input_seal(struct input *in)
{
	in->c.sealed = ARENA_ARRAY(in->r->arena, struct sealed_new, in->nslots + 1);
	in->c.nsealed = 0;
	for (size_t k = 0; k < in->nslots; k++) {
		const struct input_slot *slot = &in->slots[k];
		if (slot->fate == SECRET_TYPED)
			TRY(add_typed(in, slot, &in->c.sealed[in->c.nsealed++]));
		else if (slot->fate == SECRET_KEPT)
			in->c.sealed[in->c.nsealed++] = from_kept(slot);
	}
	collect_unsealed(in);
	return OK;
}

/* Sealed for the origins as far as they are known; the label must fit when the form comes back. */
static int keep_slot(struct input *in, struct input_slot *slot, size_t *room)
{
	struct kept k = {
		.owner = in->scope->subscription_uid,
		.uid = in->uid,
		.type = in->type->name,
		.field = slot->name,
		.key_id = span_str(app_of(in->r)->key.id),
		.origins = origins_for(in, slot),
		.sealed_at = clock_now(),
	};
	struct span text;

	TRY(seal_slot(in, slot, k.origins, k.sealed_at, &k.box));
	text = kept_text(in->r->arena, visit_of(in->r)->token, &k);
	if (text.n > *room)
		return E_TOO_BIG;
	*room -= text.n;
	slot->view->kept = text;
	slot->view->removable = !slot->required;
	return OK;
}

/* What is too long to be sealed, or together more than a form brings back, is not kept: the page
 * asks for it again. Without the limit, a form of hundreds of URLs and pairs would make a page of
 * megabytes, since each box repeats all origins. */
int input_keep(struct input *in)
{
	size_t room = KEPT_ALL_MAX;

	for (size_t k = 0; k < in->nslots; k++) {
		struct input_slot *slot = &in->slots[k];
		bool fits = slot->typed.n <= slot->field->most &&
			    (slot->field->kind != FIELD_SECRET_URL || slot->url_origin.p);
		int rc = slot->typed.n && fits ? keep_slot(in, slot, &room) : OK;

		if (rc == E_TOO_BIG && room < KEPT_TEXT_MAX)
			break;
		if (rc != OK && rc != E_TOO_BIG)
			return rc;
	}
	return OK;
}
