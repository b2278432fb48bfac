/* view_binding.c: what several pages say of bound integrations: how one stands, the candidates for
 * a rebind, what happens when an owner leaves. */
#include "view/binding.h"

#include "base/clock.h"
#include "view/binding_parts.h"
#include "view/frame.h"
#include "base/banned.h"

enum { LEAVERS_SHOWN = 10 };

struct span view_binding_days(struct arena *a, int64_t days)
{
	return arena_printf(a, "%lld day%s", (long long)days, days == 1 ? "" : "s");
}

static enum tpl_name colour_of(enum binding_state s)
{
	if (s == BINDING_LIVE)
		return TPL_STATE_GOOD;
	return s == BINDING_WITHDRAWN || s == BINDING_ERASED ? TPL_STATE_BAD : TPL_STATE_WARN;
}

void view_binding_state(struct arena *a, struct tpl *parent, const struct view_binding *v)
{
	struct tpl *t = tpl_include(parent, TPL_STATE, TPL_FILE_BINDING_STATE);
	struct span text = binding_state_text(v->state);

	tpl_set(t, TPL_STATE, text.n ? text : SPAN("in use"));
	tpl_show(t, colour_of(v->state), true);
	if (v->left_at && v->state == BINDING_OWNER_LEFT)
		tpl_set_show(t, TPL_LEFT_AT, clock_text(a, v->left_at));
	tpl_set_show(t, TPL_RUNNERS, v->runners);
}

void view_binding_undo(struct arena *a, struct tpl *t, const struct view_binding *v)
{
	struct tpl *undo;

	if (!v->undo_until)
		return;
	undo = tpl_add(t, TPL_UNDO);
	tpl_set(undo, TPL_UNDO_UNTIL, clock_text(a, v->undo_until));
	tpl_set(undo, TPL_UNDO_OWNER, v->undo_owner);
}

void view_binding_card(struct arena *a, struct tpl *body, const struct view_frame *f,
		       const struct view_binding *v, bool may_rebind)
{
	struct tpl *t = tpl_include(body, TPL_BINDING_CARD, TPL_FILE_BINDING_CARD);

	tpl_set(t, TPL_OWNER, v->owner);
	view_binding_state(a, t, v);
	tpl_set(t, TPL_BOUND_AT, clock_text(a, v->bound_at));
	tpl_set(t, TPL_BOUND_AGO, clock_ago(a, v->bound_at, clock_now()));
	tpl_set(t, TPL_BOUND_BY, v->bound_by);
	if (!may_rebind)
		return;
	view_binding_undo(a, t, v);
	tpl_show(t, TPL_NO_UNDO, v->undo_until == 0);
	tpl_set_show(t, TPL_REBIND_HREF, view_integration_href(a, f, v->id, "/rebind"));
}

void view_candidate(struct tpl *t, const struct view_candidate *c, bool chosen)
{
	tpl_set_i64(t, TPL_CANDIDATE_ID, c->id);
	tpl_set(t, TPL_CANDIDATE_NAME, c->name);
	tpl_set(t, TPL_CANDIDATE_OWNER, c->owner);
	tpl_show(t, TPL_CANDIDATE_CHOSEN, chosen);
	tpl_show(t, TPL_OWN, c->own);
	tpl_show(t, TPL_OWNER_GONE, !c->owner_here);
	tpl_show(t, TPL_PAUSED, !c->enabled);
	if (c->granted)
		tpl_set_show(t, TPL_CANDIDATE_PROJECTS, c->projects);
	else
		tpl_show(t, TPL_NO_CONSENT, true);
}

void view_consent(struct tpl *parent, const struct view_frame *f, struct span id,
		  struct span legend, const struct view_consent *v)
{
	struct tpl *t = tpl_include(parent, TPL_CONSENT, TPL_FILE_CONSENT);

	tpl_set(t, TPL_CONSENT_ID, id);
	tpl_set(t, TPL_CONSENT_LEGEND, legend);
	tpl_set_show(t, TPL_CONSENT_ERROR, v->error);
	if (!v->named_only)
		tpl_show(tpl_add(t, TPL_MAY_ALL), TPL_ALL_CHOSEN, v->all);
	tpl_show(t, TPL_SOME_CHOSEN, !v->all);
	for (size_t k = 0; k < v->nprojects; k++) {
		struct tpl *row = tpl_add(t, TPL_PROJECT);

		tpl_set_i64(row, TPL_PROJECT_ID, v->projects[k].id);
		tpl_set(row, TPL_PROJECT_NAME, v->projects[k].name);
		tpl_show(row, TPL_PROJECT_CHOSEN, v->projects[k].chosen);
	}
	tpl_show(t, v->named_only ? TPL_NO_PROJECT_SEEN : TPL_NO_PROJECT, v->nprojects == 0);
	tpl_set(t, TPL_SUB_NAME, f->scope ? f->scope->name : v->place);
}

void view_leavers(struct arena *a, struct tpl *body, const struct view_frame *f,
		  const struct view_leaver *list, size_t n)
{
	struct tpl *t = tpl_include(body, TPL_LEAVERS, TPL_FILE_LEAVERS), *all;
	int64_t total = 0;

	if (n == 0)
		return;
	all = tpl_add(t, TPL_LEAVERS);
	tpl_set(all, TPL_SLUG, f->scope ? f->scope->slug : SPAN(""));
	for (size_t k = 0; k < n; k++)
		total += list[k].bindings;
	for (size_t k = 0; k < n && k < LEAVERS_SHOWN; k++) {
		struct tpl *row = tpl_add(all, TPL_LEAVER_ROW);

		tpl_set_i64(row, TPL_LEAVER_ID, list[k].id);
		tpl_set(row, TPL_LEAVER, list[k].who);
		tpl_set(row, TPL_LEAVER_COUNT, view_number(a, list[k].bindings));
	}
	tpl_show(all, total == 1 ? TPL_ONE : TPL_SEVERAL, true);
	tpl_set_i64(all, TPL_COUNT, total);
	if (n > LEAVERS_SHOWN)
		tpl_set_show(all, TPL_MORE, view_number(a, (int64_t)n - LEAVERS_SHOWN));
}

static void fill_touched(struct arena *a, struct tpl *t, const struct view_touched *v)
{
	for (size_t k = 0; k < v->n; k++) {
		struct tpl *row = tpl_add(t, TPL_TOUCHED_ROW);

		tpl_set(row, TPL_TOUCHED_NAME, v->list[k].name);
		tpl_set(row, TPL_TOUCHED_TYPE, v->list[k].type_label);
		tpl_set_show(row, TPL_TOUCHED_STATE, binding_state_text(v->list[k].state));
	}
	tpl_show(t, v->n == 1 ? TPL_ONE : TPL_SEVERAL, true);
	tpl_set_i64(t, TPL_COUNT, (int64_t)v->n);
	tpl_show(t, TPL_NO_GRACE, v->grace_days == 0);
	if (v->grace_days == 0)
		return;
	tpl_set_show(t, TPL_GRACE_DAYS, view_binding_days(a, v->grace_days));
	tpl_set(t, TPL_GRACE_END, clock_text(a, binding_grace_end(v->now, v->grace_days)));
}

void view_touched(struct arena *a, struct tpl *body, const struct view_frame *f,
		  const struct view_touched *v)
{
	struct tpl *t = tpl_include(body, TPL_TOUCHED, TPL_FILE_TOUCHED);

	tpl_set(t, TPL_SLUG, f->scope ? f->scope->slug : SPAN(""));
	tpl_set(t, TPL_SUB_NAME, f->scope ? f->scope->name : SPAN(""));
	tpl_set_i64(t, TPL_ACCOUNT_ID, v->account_id);
	tpl_show(t, v->account_id ? TPL_THEIRS : TPL_YOURS, true);
	if (v->n)
		fill_touched(a, tpl_add(t, TPL_BOUND_GO), v);
	else
		tpl_show(t, TPL_BOUND_NONE, true);
}
