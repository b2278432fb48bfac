/* view_bindings.c: all that is bound to one account's integrations in a subscription; leaving it.
 */
#include "view/binding.h"

#include "view/binding_parts.h"
#include "view/frame.h"
#include "view/json.h"
#include "base/banned.h"

static void fill_who(struct arena *a, struct tpl *body, const struct view_bindings *v)
{
	tpl_set_i64(body, TPL_ACCOUNT_ID, v->account_id);
	tpl_set(body, TPL_WHO, v->who);
	tpl_set(body, TPL_ROLE, role_text(v->role));
	tpl_show(body,
		 v->role == ROLE_NONE ? TPL_GONE
		 : v->disabled	      ? TPL_IS_DISABLED
				      : TPL_HERE,
		 true);
	tpl_set_i64(body, TPL_UNDO_DAYS, BINDING_UNDO_DAYS);
	tpl_show(body, TPL_NO_GRACE, v->grace_days == 0);
	if (v->grace_days)
		tpl_set_show(body, TPL_GRACE_DAYS, view_binding_days(a, v->grace_days));
}

static void fill_list(struct arena *a, struct tpl *form, const struct view_bindings_type *t)
{
	for (size_t k = 0; k < t->n; k++) {
		struct tpl *row = tpl_add(form, TPL_BINDING);

		tpl_set_i64(row, TPL_BINDING_ID, t->list[k].id);
		tpl_set(row, TPL_BINDING_NAME, t->list[k].name);
		tpl_set(row, TPL_PROJECTS, t->list[k].projects);
		tpl_show(row, t->ncandidates ? TPL_TICK : TPL_NO_TICK, true);
		tpl_show(row, TPL_TICKED, t->ticked[k]);
		view_binding_state(a, row, &t->list[k]);
	}
}

static void fill_choice(struct arena *a, struct tpl *form, const struct view_frame *f,
			const struct view_bindings_type *t)
{
	struct tpl *choice;

	if (t->ncandidates == 0) {
		tpl_show(form, TPL_NO_CANDIDATE, true);
		return;
	}
	choice = tpl_add(form, TPL_CHOICE);
	tpl_set_show(choice, TPL_TO_ERROR, t->to_error);
	for (size_t k = 0; k < t->ncandidates; k++)
		view_candidate(tpl_add(choice, TPL_CANDIDATE), &t->candidates[k],
			       t->candidates[k].id == t->chosen);
	if (t->asks)
		view_consent(tpl_add(choice, TPL_ASKS), f,
			     arena_printf(a, "projects-%.*s", SPAN_ARG(t->type)),
			     SPAN("Projects that may use one of yours that is not used here yet"),
			     &t->consent);
}

static void fill_denied(struct arena *a, struct tpl *form, const struct view_bindings_type *t)
{
	struct tpl *denies;

	if (t->places == 0 || t->ncandidates == 0)
		return;
	denies = tpl_add(form, TPL_DENIES);
	tpl_set(denies, TPL_COUNT, view_number(a, t->places));
	tpl_set_i64(denies, TPL_PLACES_N, t->places);
	tpl_show(denies, t->places == 1 ? TPL_ONE : TPL_SEVERAL, true);
	for (size_t k = 0; k < t->ndenied; k++) {
		struct tpl *row = tpl_add(denies, TPL_DENIED);

		tpl_set_i64(row, TPL_BINDING_ID, t->denied[k].id);
		tpl_set(row, TPL_BINDING_NAME, t->denied[k].name);
		tpl_set(row, TPL_COUNT, view_number(a, t->denied[k].places));
		tpl_show(row, t->denied[k].places == 1 ? TPL_ONE : TPL_SEVERAL, true);
	}
}

int view_bindings(struct buf *out, struct arena *a, const struct view_frame *f,
		  const struct view_bindings *v)
{
	struct view_page p;

	if (f->api)
		return json_bindings(out, v);
	p = view_page_open(a, f, TPL_FILE_BINDINGS, true);
	tpl_set(p.body, TPL_SUB_NAME, f->scope ? f->scope->name : SPAN(""));
	tpl_set_show(p.body, TPL_BANNER, v->error);
	fill_who(a, p.body, v);
	tpl_show(p.body, TPL_NO_BINDING, v->ntypes == 0);
	for (size_t k = 0; k < v->ntypes; k++) {
		const struct view_bindings_type *t = &v->types[k];
		struct tpl *form = tpl_add(p.body, TPL_TYPE_FORM);

		tpl_set(form, TPL_TYPE, t->label);
		tpl_set(form, TPL_TYPE_NAME, t->type);
		tpl_set(form, TPL_ICON, t->icon);
		tpl_set_show(form, TPL_TYPE_ERROR, t->error);
		fill_list(a, form, t);
		fill_choice(a, form, f, t);
		fill_denied(a, form, t);
		tpl_show(form, TPL_NEVERTHELESS, t->places > 0);
	}
	return view_page_render(&p, out);
}

int view_leave(struct buf *out, struct arena *a, const struct view_frame *f,
	       const struct view_leave *v)
{
	struct view_touched touched = {v->list, v->n, v->grace_days, v->now, 0};
	struct view_page p;

	if (f->api)
		return OK;
	p = view_page_open(a, f, TPL_FILE_LEAVE, true);
	tpl_set(p.body, TPL_SUB_NAME, f->scope ? f->scope->name : SPAN(""));
	tpl_set_show(p.body, TPL_BANNER, v->error);
	tpl_set(p.body, TPL_ROLE, role_text(v->role));
	tpl_show(p.body, TPL_LAST_ADMIN, v->last_admin);
	tpl_show(p.body, TPL_MAY_LEAVE, !v->last_admin);
	view_touched(a, p.body, f, &touched);
	return view_page_render(&p, out);
}
