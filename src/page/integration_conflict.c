/* integration_conflict.c: what a choice or a merge makes of the form. */
#include "page/integration_conflict.h"

#include "base/clock.h"
#include "core/merge.h"
#include "http/form.h"
#include "page/app.h"
#include "page/integration_fields.h"
#include "base/banned.h"

static struct span after(struct span name, struct span prefix)
{
	return span_of(name.p + prefix.n, name.n - prefix.n);
}

/* ---- theirs, put into the form ---- */

static void take_url(struct input *in, struct span key)
{
	const struct integration_url *theirs = NULL;
	struct view_url_row *rows = ARENA_ARRAY(in->r->arena, struct view_url_row, in->v.nurls + 1);
	size_t n = 0;
	bool found = false;

	for (size_t k = 0; k < in->old->nurls; k++)
		if (span_eq(in->old->urls[k].key, key))
			theirs = &in->old->urls[k];
	for (size_t k = 0; k < in->v.nurls; k++) {
		struct view_url_row row = in->v.urls[k];
		if (span_eq(row.key, key)) {
			if (found || (!theirs && !row.key_fixed))
				continue;
			row.url = theirs ? theirs->url : SPAN("");
			found = true;
		}
		rows[n++] = row;
	}
	if (theirs && !found)
		rows[n++] = (struct view_url_row){.key = key, .url = theirs->url};
	in->v.urls = rows;
	in->v.nurls = n;
}

static void take_value(struct input *in, struct span field)
{
	for (size_t k = 0; k < in->v.nfields; k++)
		if (span_eq(in->v.fields[k].field->name, field))
			in->v.fields[k].value = integration_value(in->old, field);
}

static void forget_slot(struct input_slot *slot)
{
	wipe(slot->typed.p, slot->typed.n);
	slot->typed = (struct secret){0};
	slot->has_kept = false;
	slot->view->kept = SPAN("");
	slot->view->removed = false;
}

static struct view_field *pairs_of(struct input *in, struct span name)
{
	struct span rest = name, field;

	(void)span_cut(&rest, ':', &field);
	for (size_t k = 0; rest.p && k < in->v.nfields; k++)
		if (span_eq(in->v.fields[k].field->name, field) &&
		    in->v.fields[k].field->kind == FIELD_PAIRS)
			return &in->v.fields[k];
	return NULL;
}

/* Makes room for one more row; those that are there move, and their slots with them. */
static void grow_pairs(struct input *in, struct view_field *f)
{
	struct view_pair *rows = ARENA_ARRAY(in->r->arena, struct view_pair, f->npairs + 1);

	for (size_t k = 0; k < f->npairs; k++) {
		rows[k] = f->pairs[k];
		for (size_t m = 0; m < in->nslots; m++)
			if (in->slots[m].view == &f->pairs[k].secret)
				in->slots[m].view = &rows[k].secret;
	}
	f->pairs = rows;
}

static void add_pair(struct input *in, struct view_field *f, struct span name)
{
	size_t prefix = f->field->name.n + 1;

	grow_pairs(in, f);
	f->pairs[f->npairs].key = span_of(name.p + prefix, name.n - prefix);
	input_slots_add(in, f, &f->pairs[f->npairs++], SIZE_MAX);
}

/* The last row takes the place of the one that goes. */
static void drop_pair(struct input *in, struct view_field *f, size_t slot)
{
	struct view_secret *gone = in->slots[slot].view;
	struct view_pair *last = &f->pairs[f->npairs - 1];

	for (size_t k = 0; k < f->npairs; k++)
		if (&f->pairs[k].secret == gone)
			f->pairs[k] = *last;
	for (size_t m = 0; m < in->nslots; m++)
		if (in->slots[m].view == &last->secret)
			in->slots[m].view = gone;
	in->slots[slot] = in->slots[--in->nslots];
	f->npairs--;
}

static void take_secret(struct input *in, struct span name)
{
	struct view_field *pairs = pairs_of(in, name);
	bool stored = integration_sealed(in->old, name) != NULL;

	for (size_t k = 0; k < in->nslots; k++) {
		if (!span_eq(in->slots[k].name, name))
			continue;
		forget_slot(&in->slots[k]);
		if (pairs && !stored)
			drop_pair(in, pairs, k);
		return;
	}
	if (pairs && stored)
		add_pair(in, pairs, name);
}

static void take_projects(struct input *in)
{
	in->v.all_projects = in->old->all_projects;
	for (size_t k = 0; k < in->v.nprojects; k++) {
		in->v.projects[k].chosen = false;
		for (size_t m = 0; m < in->old->nprojects; m++)
			if (in->old->projects[m].id == in->v.projects[k].id)
				in->v.projects[k].chosen = true;
	}
}

/* The field as it is stored, whatever was typed. */
static void take_theirs(struct input *in, struct span name)
{
	if (span_is(name, "name"))
		in->v.name = in->old->name;
	else if (span_is(name, "roles"))
		in->v.edit_roles = in->old->edit_roles;
	else if (span_is(name, "projects"))
		take_projects(in);
	else if (span_starts(name, SPAN("url.")))
		take_url(in, after(name, SPAN("url.")));
	else if (span_starts(name, SPAN("value.")))
		take_value(in, after(name, SPAN("value.")));
	else if (span_starts(name, SPAN("secret.")))
		take_secret(in, after(name, SPAN("secret.")));
}

/* ---- who changed what ---- */

struct merging {
	struct input *in;
	struct field_states mine, theirs;
	struct span opened;
	struct view_conflict *out;
};

static struct view_conflict_row row_of(const struct merging *m, struct span name)
{
	const struct field_state *mine = fields_find(&m->mine, name);
	const struct field_state *theirs = fields_find(&m->theirs, name);

	return (struct view_conflict_row){
		.name = name,
		.label = theirs ? theirs->label : mine->label,
		.mine = mine ? mine->text : SPAN(""),
		.theirs = theirs ? theirs->text : SPAN(""),
	};
}

static int choice_of(const struct input *in, struct span name)
{
	struct span field = arena_printf(in->r->arena, "choose.%.*s", SPAN_ARG(name));
	struct span choice = form_text(in->r->form, field.p);

	if (span_is(choice, "mine"))
		return CHOICE_MINE;
	return span_is(choice, "theirs") ? CHOICE_THEIRS : CHOICE_NONE;
}

static enum merge judge(const struct merging *m, struct span name)
{
	const struct field_state *mine = fields_find(&m->mine, name);
	const struct field_state *theirs = fields_find(&m->theirs, name);
	struct span opened = fields_text_find(m->opened, name);
	struct span now = theirs ? theirs->sum : SPAN_NONE;

	/* given up on the page before, whatever became of it since */
	if (choice_of(m->in, name) == CHOICE_THEIRS)
		return MERGE_THEIRS;
	/* a secret of which the form says nothing */
	if (mine && mine->untouched)
		return m->opened.n && !span_eq(opened, now) ? MERGE_THEIRS : MERGE_SAME;
	return merge_of(m->opened.n > 0, opened, mine ? mine->sum : SPAN_NONE, now);
}

static void settle(struct merging *m, struct span name)
{
	const struct field_state *mine = fields_find(&m->mine, name);
	struct view_conflict_row row = row_of(m, name);

	switch (judge(m, name)) {
	case MERGE_ASK:
		m->out->asks[m->out->nasks++] = row;
		break;
	case MERGE_THEIRS:
		take_theirs(m->in, name);
		if ((mine && mine->untouched) || !span_eq(row.mine, row.theirs))
			m->out->taken[m->out->ntaken++] = row;
		break;
	case MERGE_SAME:
	case MERGE_MINE:
		break;
	}
}

static struct view_conflict *conflict_new(const struct input *in, size_t rows)
{
	struct view_conflict *c = ARENA_NEW(in->r->arena, struct view_conflict);

	c->asks = ARENA_ARRAY(in->r->arena, struct view_conflict_row, rows + 1);
	c->taken = ARENA_ARRAY(in->r->arena, struct view_conflict_row, rows + 1);
	return c;
}

static struct merging merging_of(struct input *in)
{
	struct merging m = {
		.in = in,
		.mine = fields_typed(in),
		.theirs = fields_stored(in, in->old),
		.opened = form_text(in->r->form, "opened"),
	};

	m.out = conflict_new(in, m.mine.n + m.theirs.n);
	return m;
}

static struct span heading(const struct input *in, int64_t opened)
{
	const struct integration *now = in->old;
	struct span ago = clock_ago(in->r->arena, now->changed_at, clock_now());
	long long times = (long long)(now->version - opened);

	if (opened && times > 1)
		return arena_printf(
			in->r->arena,
			"This was changed %lld times while you were editing it, last by "
			"%.*s, %.*s.",
			times, SPAN_ARG(now->changed_by), SPAN_ARG(ago));
	return arena_printf(in->r->arena, "%.*s changed this %.*s, while you were editing it.",
			    SPAN_ARG(now->changed_by), SPAN_ARG(ago));
}

/* What the visitor may not choose is as it is stored. */
static void rebase(struct input *in, const struct integration *now)
{
	in->old = now;
	in->stale = false;
	in->v.version = now->version;
	in->v.hidden_projects = now->hidden_projects;
	if (!in->v.may_edit_roles)
		in->v.edit_roles = now->edit_roles;
	if (!in->v.may_choose_all)
		in->v.all_projects = now->all_projects;
	input_slots_restore(in);
}

static void say_missing(struct input *in)
{
	for (size_t k = 0; k < in->v.conflict->nasks; k++)
		if (in->v.conflict->asks[k].choice == CHOICE_NONE)
			form_fail(in->r->form, in->v.conflict->asks[k].name,
				  "Both of you changed this: choose which one stays.");
}

void conflict_merge(struct input *in, const struct integration *now)
{
	int64_t opened = in->v.version;
	struct merging m;

	rebase(in, now);
	m = merging_of(in);
	for (size_t k = 0; k < m.theirs.n; k++)
		settle(&m, m.theirs.list[k].name);
	for (size_t k = 0; k < m.mine.n; k++)
		if (!fields_find(&m.theirs, m.mine.list[k].name))
			settle(&m, m.mine.list[k].name);
	m.out->heading = heading(in, opened);
	m.out->disabled = now->disabled_reason;
	in->v.conflict = m.out;
	say_missing(in);
	in->v.opened = fields_text(in->r->arena, &m.theirs);
}

/* ---- the answers ---- */

bool conflict_settle(struct input *in)
{
	struct form_value *ask;
	bool whole = true;
	size_t at = 0;

	if (!in->old)
		return true;
	while (form_next(in->r->form, "ask", &at, &ask))
		whole &= choice_of(in, ask->value) != CHOICE_NONE;
	if (!whole) {
		conflict_again(in);
		if (!in->v.conflict)
			return true;
		in->v.conflict->error = SPAN("Choose one of the two for each of these fields.");
		say_missing(in);
		return false;
	}
	for (at = 0; form_next(in->r->form, "ask", &at, &ask);)
		if (choice_of(in, ask->value) == CHOICE_THEIRS)
			take_theirs(in, ask->value);
	return true;
}

static bool is_asked(const struct merging *m, struct span name)
{
	for (size_t k = 0; k < m->out->nasks; k++)
		if (span_eq(m->out->asks[k].name, name))
			return true;
	return false;
}

void conflict_again(struct input *in)
{
	struct form_value *ask;
	struct merging m;
	size_t at = 0;

	if (!in->old)
		return;
	m = merging_of(in);
	while (form_next(in->r->form, "ask", &at, &ask)) {
		struct view_conflict_row row;
		if (is_asked(&m, ask->value) ||
		    (!fields_find(&m.mine, ask->value) && !fields_find(&m.theirs, ask->value)))
			continue;
		row = row_of(&m, ask->value);
		row.choice = choice_of(in, ask->value);
		if (m.out->nasks < m.mine.n + m.theirs.n)
			m.out->asks[m.out->nasks++] = row;
	}
	m.out->heading = SPAN("Somebody changed this while you were editing it.");
	if (m.out->nasks)
		in->v.conflict = m.out;
}
