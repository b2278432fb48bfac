/* view_rebind.c: pointing a bound integration at another account integration. */
#include "view/binding.h"

#include "base/clock.h"
#include "view/binding_parts.h"
#include "view/frame.h"
#include "view/json.h"
#include "view/uses.h"
#include "base/banned.h"

static void fill_now(struct arena *a, struct tpl *body, const struct view_frame *f,
		     const struct view_rebind *v)
{
	const struct view_binding *b = &v->binding;

	tpl_set(body, TPL_NAME, b->name);
	tpl_set(body, TPL_ICON, b->icon);
	tpl_set(body, TPL_TYPE, b->type_label);
	tpl_set(body, TPL_TYPE_NAME, b->type);
	tpl_set(body, TPL_OWNER, b->owner);
	tpl_set_i64(body, TPL_VERSION, v->version);
	tpl_set(body, TPL_REBIND_HREF, view_integration_href(a, f, b->id, "/rebind"));
	tpl_set(body, TPL_UNDO_HREF, view_integration_href(a, f, b->id, "/rebind/undo"));
	tpl_set(body, TPL_DETAILS_HREF, view_integration_href(a, f, b->id, ""));
	view_binding_state(a, body, b);
	view_binding_undo(a, body, b);
}

static void fill_choice(struct tpl *body, const struct view_rebind *v)
{
	struct tpl *choice;

	if (v->ncandidates == 0) {
		tpl_show(body, TPL_NO_CANDIDATE, true);
		return;
	}
	choice = tpl_add(body, TPL_CHOICE);
	tpl_set_show(choice, TPL_TO_ERROR, v->to_error);
	for (size_t k = 0; k < v->ncandidates; k++)
		view_candidate(tpl_add(choice, TPL_CANDIDATE), &v->candidates[k],
			       v->chosen == &v->candidates[k]);
}

static void fill_chosen(struct tpl *body, const struct view_frame *f, const struct view_rebind *v)
{
	enum binding_state s = v->binding.state;

	tpl_show(body, v->chosen ? TPL_CHOSEN : TPL_NOT_CHOSEN, true);
	if (!v->chosen)
		return;
	tpl_set_i64(body, TPL_CHOSEN_ID, v->chosen->id);
	tpl_set(body, TPL_CHOSEN_NAME, v->chosen->name);
	tpl_set(body, TPL_CHOSEN_OWNER, v->chosen->owner);
	tpl_set_i64(body, TPL_UNDO_DAYS, BINDING_UNDO_DAYS);
	tpl_show(body,
		 s == BINDING_WITHDRAWN || s == BINDING_ERASED ? TPL_NOTHING_KEPT : TPL_UNDO_KEPT,
		 true);
	if (v->chosen->granted)
		return;
	tpl_show(body, TPL_ASKS, true);
	view_consent(body, f, SPAN("projects"), SPAN("Projects that may use it"), &v->consent);
}

static void fill_denied(struct arena *a, struct tpl *body, const struct view_rebind *v)
{
	struct tpl *t;

	if (!v->ndenied)
		return;
	t = tpl_add(body, TPL_DENIES);
	tpl_set(t, TPL_COUNT,
		arena_printf(a, "%s%.*s", v->more_denied ? "At least " : "",
			     SPAN_ARG(view_number(a, v->ndenied))));
	tpl_show(t, v->ndenied == 1 ? TPL_ONE : TPL_SEVERAL, true);
	tpl_show(t, TPL_MORE, v->ndenied > (int64_t)v->denied->nplaces);
	view_uses_list(t, a, v->denied);
}

/* In one sentence what no list of projects says. */
static struct span reach_text(const struct view_rebind *v)
{
	if (!v->chosen)
		return v->all_before ? SPAN("All projects, also future ones.") : SPAN("");
	if (v->all_before && v->all_after)
		return SPAN("All projects, also future ones, now and then.");
	if (v->all_after)
		return SPAN("All projects then, also future ones.");
	return v->all_before
		       ? SPAN("All projects now, also future ones; then only those that stay.")
		       : SPAN("");
}

static void fill_reach(struct arena *a, struct tpl *body, const struct view_rebind *v)
{
	bool any = v->all_after;
	struct tpl *list;

	tpl_set_show(body, TPL_REACH_ALL, reach_text(v));
	for (size_t k = 0; k < v->nreach; k++)
		any = any || (v->chosen ? v->reach[k].after : v->reach[k].before);
	if (!any && !(v->all_before && !v->chosen))
		tpl_set_show(body, TPL_REACH_NONE,
			     v->chosen ? SPAN("No project could use it then.")
				       : SPAN("No project can use it now."));
	if (v->nreach == 0)
		return;
	list = tpl_add(body, TPL_REACH_LIST);
	for (size_t k = 0; k < v->nreach; k++) {
		struct tpl *row = tpl_add(list, TPL_REACH);

		tpl_set(row, TPL_REACH_NAME, v->reach[k].name);
		if (!v->chosen)
			continue;
		if (v->reach[k].before && v->reach[k].after)
			tpl_show(row, TPL_STAYS, true);
		else
			tpl_show(row, v->reach[k].after ? TPL_GAINS : TPL_LOSES, true);
	}
	if (v->more)
		tpl_set_show(list, TPL_REACH_MORE, view_number(a, v->more));
}

int view_rebind(struct buf *out, struct arena *a, const struct view_frame *f,
		const struct view_rebind *v)
{
	struct view_page p;

	if (f->api)
		return json_rebind(out, v);
	p = view_page_open(a, f, TPL_FILE_REBIND, true);
	tpl_set(p.body, TPL_SUB_NAME, f->scope ? f->scope->name : SPAN(""));
	tpl_set_show(p.body, TPL_BANNER, v->error);
	fill_now(a, p.body, f, v);
	fill_choice(p.body, v);
	fill_chosen(p.body, f, v);
	fill_denied(a, p.body, v);
	fill_reach(a, p.body, v);
	return view_page_render(&p, out);
}
