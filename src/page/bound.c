/* bound.c: a bound integration's own pages. */
#include "page/bound.h"

#include "http/form.h"
#include "page/binding_page.h"
#include "base/banned.h"

static bool is_listed(const struct integration *i, int64_t project_id)
{
	for (size_t k = 0; k < i->nprojects; k++)
		if (i->projects[k].id == project_id)
			return true;
	return false;
}

static void fill_outside(struct req *r, const struct binding_world *w, const struct integration *i,
			 const struct project_set *grant, struct view_bound *v)
{
	v->outside = ARENA_ARRAY(r->arena, struct view_outside, w->nprojects + 1);
	for (size_t k = 0; k < w->nprojects; k++)
		if (!project_set_has(grant, w->projects[k].id))
			v->outside[v->noutside++] = (struct view_outside){
				w->projects[k].name, is_listed(i, w->projects[k].id)};
}

int bound_read(struct req *r, const struct integration *i, struct view_bound **out,
	       struct project_set *grant)
{
	struct view_bound *v = ARENA_NEW(r->arena, struct view_bound);
	struct binding_world w = {0};
	struct binding b, *list;
	size_t n, same = 0;

	TRY(store_binding_get(app_of(r)->db, r->arena, scope_of(r), i->id, &b));
	TRY(store_binding_of_owner(app_of(r)->db, r->arena, scope_of(r), b.owner_id, &list, &n));
	TRY(binding_world_read(r, &w));
	for (size_t k = 0; k < n; k++)
		same += list[k].account_integration_id == b.account_integration_id;
	v->binding = binding_view(r, &w, &b);
	v->allowed = binding_projects_text(r, &w, &b.grant);
	v->listed = binding_projects_text(r, &w, &b.own);
	v->none_allowed = !b.grant.all && b.grant.n == 0;
	v->last = same <= 1;
	fill_outside(r, &w, i, &b.grant, v);
	*grant = b.grant;
	*out = v;
	return OK;
}

/* ---- the form ---- */

static size_t allowed_only(const struct input *in, struct project *list, size_t n)
{
	size_t kept = 0;

	for (size_t k = 0; k < n; k++)
		if (project_set_has(&in->grant, list[k].id))
			list[kept++] = list[k];
	return kept;
}

const struct integration *bound_form_stored(struct input *in, const struct integration *now)
{
	struct arena *a = in->r->arena;
	struct integration *i;

	if (!in->v.bound)
		return now;
	i = ARENA_NEW(a, struct integration);
	*i = *now;
	i->projects = ARENA_ARRAY(a, struct project, now->nprojects + 1);
	memcpy(i->projects, now->projects, now->nprojects * sizeof(*i->projects));
	i->nprojects = allowed_only(in, i->projects, i->nprojects);
	return i;
}

int bound_form_open(struct input *in)
{
	struct type *bare = ARENA_NEW(in->r->arena, struct type);

	TRY(bound_read(in->r, in->old, &in->v.bound, &in->grant));
	*bare = *in->type;
	bare->nfields = bare->nurls = 0;
	bare->more_urls = false;
	in->type = in->v.type = bare;
	in->v.may_add_url = false;
	in->v.nfields = 0;
	in->v.may_edit_roles = false;
	in->v.nprojects = allowed_only(in, in->v.projects, in->v.nprojects);
	in->old = bound_form_stored(in, in->old);
	return OK;
}

static bool is_choice(const struct input *in, struct span text)
{
	int64_t id;

	if (span_i64(text, &id) != OK)
		return false;
	for (size_t k = 0; k < in->v.nprojects; k++)
		if (in->v.projects[k].id == id)
			return true;
	return false;
}

void bound_form_check(struct input *in)
{
	static const char *const VALUES[] = {"url",	 "url_key", "value.*",
					     "secret.*", "kept.*",  "pair_key.*"};
	const struct form *f = in->r->form;
	struct form_value *value;
	size_t at;

	if (!in->v.bound || !f)
		return;
	in->v.nurls = in->c.nurls = 0; /* there is no place for them on the page */
	for (size_t k = 0; k < COUNT(VALUES); k++) {
		at = 0;
		if (form_next(f, VALUES[k], &at, &value))
			form_fail(in->r->form, SPAN(""),
				  "This integration takes its values and URLs from an account "
				  "integration of %.*s, who alone changes them.",
				  SPAN_ARG(in->v.bound->binding.owner));
	}
	at = 0;
	while (form_next(f, "project", &at, &value)) {
		if (is_choice(in, value->value))
			continue;
		in->v.projects_error = SPAN("Its owner does not allow one of these projects, or it "
					    "is not there any more. Choose among those that are "
					    "listed.");
		form_fail(in->r->form, SPAN("projects"), "%.*s", SPAN_ARG(in->v.projects_error));
		in->failed = true;
		return;
	}
}
