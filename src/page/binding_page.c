/* binding_page.c: what the pages of bound integrations share. */
#include "page/binding_page.h"

#include "base/clock.h"
#include "page/sub.h"
#include "store/leaver.h"
#include "store/project.h"
#include "store/subscription.h"
#include "base/banned.h"

enum { NAMES_SHOWN = 3, LEAVERS_MOST = 1000 };

int binding_world_read(struct req *r, struct binding_world *w)
{
	struct db *db = app_of(r)->db;
	int64_t total;

	w->now = clock_now();
	TRY(store_subscription_grace(db, r->arena, scope_of(r), &w->grace_days));
	return store_project_list(db, r->arena, scope_of(r), &w->projects, &w->nprojects, &total);
}

struct span binding_projects_text(struct req *r, const struct binding_world *w,
				  const struct project_set *set)
{
	struct span text = SPAN("No project");
	size_t n = 0;

	if (set->all)
		return SPAN("All projects");
	for (size_t k = 0; k < w->nprojects; k++) {
		struct span name = w->projects[k].name;

		if (!project_set_has(set, w->projects[k].id) || n++ >= NAMES_SHOWN)
			continue;
		text = n == 1 ? name
			      : arena_printf(r->arena, "%.*s, %.*s", SPAN_ARG(text),
					     SPAN_ARG(name));
	}
	if (n <= NAMES_SHOWN)
		return text;
	return arena_printf(r->arena, "%.*s and %zu more", SPAN_ARG(text), n - NAMES_SHOWN);
}

struct view_binding binding_view(struct req *r, const struct binding_world *w,
				 const struct binding *b)
{
	const struct type *t = type_find(app_of(r)->types, b->type);
	struct project_set both = project_set_both(r->arena, &b->grant, &b->own);

	return (struct view_binding){
		.id = b->id,
		.name = b->name,
		.type = b->type,
		.type_label = t ? t->label : b->type,
		.icon = t ? t->icon : SPAN("plug"),
		.owner_id = b->owner_id,
		.owner = b->owner,
		.state = b->state,
		.runners = binding_runners_text(r->arena, b->state, b->paused, b->left_at,
						w->grace_days, w->now),
		.left_at = b->left_at,
		.bound_at = b->bound_at,
		.bound_by = b->bound_by,
		.projects = binding_projects_text(r, w, &both),
		.undo_until = b->undo_until,
		.undo_owner = b->undo_owner,
	};
}

struct view_binding *binding_views(struct req *r, const struct binding_world *w,
				   const struct binding *list, size_t n)
{
	struct view_binding *views = ARENA_ARRAY(r->arena, struct view_binding, n + 1);

	for (size_t k = 0; k < n; k++)
		views[k] = binding_view(r, w, &list[k]);
	return views;
}

struct view_candidate *binding_candidates_view(struct req *r, const struct binding_world *w,
					       const struct binding_candidate *list, size_t n)
{
	struct view_candidate *views = ARENA_ARRAY(r->arena, struct view_candidate, n + 1);

	for (size_t k = 0; k < n; k++) {
		const struct binding_candidate *c = &list[k];

		views[k] = (struct view_candidate){
			.id = c->id,
			.name = c->name,
			.owner = c->owner,
			.projects = c->granted ? binding_projects_text(r, w, &c->grant) : SPAN(""),
			.own = c->own,
			.granted = c->granted,
			.owner_here = c->owner_here,
			.enabled = c->enabled,
		};
	}
	return views;
}

/* Which of the subscription's projects the form has ticked, in their names' order; false when it
 * has another, too. */
static bool read_ticks(struct req *r, const struct binding_world *w, struct project_set *set)
{
	int64_t *ids = ARENA_ARRAY(r->arena, int64_t, w->nprojects + 1), id;
	struct form_value *v;
	size_t at = 0, sent = 0;

	for (; r->form && form_next(r->form, "project", &at, &v); sent++)
		if (span_i64(v->value, &id) == OK)
			for (size_t k = 0; k < w->nprojects; k++)
				if (w->projects[k].id == id && !project_set_has(set, id)) {
					ids[set->n++] = id;
					set->ids = ids;
				}
	return sent <= set->n;
}

struct project_set binding_ticks(struct req *r, const struct binding_world *w)
{
	struct project_set set = {0};

	(void)read_ticks(r, w, &set);
	return set;
}

struct project_set binding_consent_read(struct req *r, const struct binding_world *w)
{
	struct span scope = form_text(r->form, "scope");
	struct project_set set = {.all = span_is(scope, "all")};
	bool known;

	if (set.all)
		return set;
	known = read_ticks(r, w, &set);
	if (!span_is(scope, "some"))
		form_fail(r->form, SPAN("project"),
			  "It is not used here yet. Say which projects may use it: all of them, or "
			  "only some.");
	else if (!known)
		form_fail(
			r->form, SPAN("project"),
			"One of the projects is not there any more. Look again which may use it.");
	else if (set.n == 0)
		form_fail(r->form, SPAN("project"), "Tick at least one project, or choose all.");
	else if (set.n > SCOPE_PROJECTS_MAX)
		form_fail(r->form, SPAN("project"),
			  "At most %d projects can be ticked. Choose all of them.",
			  SCOPE_PROJECTS_MAX);
	return set;
}

struct view_consent binding_consent_view(struct req *r, const struct binding_world *w, bool typed)
{
	struct view_consent v = {.all = true, .nprojects = w->nprojects};
	struct project_set set = {0};

	v.projects = ARENA_ARRAY(r->arena, struct project, w->nprojects + 1);
	if (typed && r->form) {
		v.all = !span_is(form_text(r->form, "scope"), "some");
		v.error = frame_message(r, "project");
		set = binding_ticks(r, w);
	}
	for (size_t k = 0; k < w->nprojects; k++) {
		v.projects[k] = w->projects[k];
		v.projects[k].chosen = project_set_has(&set, w->projects[k].id);
	}
	return v;
}

int binding_rebind(struct req *r, struct vault_rebind *rebind)
{
	struct actor a = actor_of(r);
	struct vault_actor actor = {a.account_id, a.name, a.address, a.request};

	rebind->subscription_id = scope_of(r)->subscription_id;
	return vault_rebind(&app_of(r)->vault, &actor, visit_of(r)->who->token_hash, rebind);
}

int binding_leavers(struct req *r, struct view_leaver **list, size_t *n)
{
	struct leaver *found;

	TRY(store_leaver_list(app_of(r)->db, r->arena, scope_of(r), LEAVERS_MOST, &found, n));
	*list = ARENA_ARRAY(r->arena, struct view_leaver, *n + 1);
	for (size_t k = 0; k < *n; k++)
		(*list)[k] =
			(struct view_leaver){found[k].account_id, found[k].who, found[k].bindings};
	return OK;
}

struct span binding_rebind_path(const struct req *r, int64_t id)
{
	return sub_path(r, "/integrations/%lld/rebind", (long long)id);
}
