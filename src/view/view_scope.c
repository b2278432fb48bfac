/* view_scope.c: the pages of an account integration's scope. */
#include "view/scope_parts.h"

#include "base/clock.h"
#include "view/binding_parts.h"
#include "view/json.h"
#include "base/banned.h"

struct span view_scope_projects(struct arena *a, bool all, struct span names, int64_t hidden)
{
	struct buf out = BUF_INIT;
	struct span name, text;

	if (all)
		return SPAN("All projects, also future ones");
	for (size_t n = 0; names.n && span_cut(&names, '\n', &name); n++) {
		buf_puts(&out, n ? ", " : "");
		buf_put(&out, name);
	}
	if (hidden > 0)
		buf_printf(&out, "%s%lld%s that you don't see", out.n ? " and " : "",
			   (long long)hidden, out.n ? " more" : "");
	text = out.n ? arena_span(a, buf_span(&out)) : SPAN("No project");
	buf_release(&out);
	return text;
}

void view_scope_name(struct tpl *parent, struct span subscription, const struct view_scope_name *v)
{
	struct tpl *t = tpl_include(parent, TPL_AS, TPL_FILE_SCOPE_NAME), *taken;

	tpl_set(t, TPL_SUB_NAME, subscription);
	tpl_set(t, TPL_NAME_TYPED, v->name);
	tpl_set_show(t, TPL_NAME_ERROR, v->error);
	if (!v->free.n)
		return;
	taken = tpl_add(t, TPL_NAME_TAKEN);
	tpl_set(taken, TPL_NAME_FREE, v->free);
	tpl_set_show(taken, TPL_NAME_HREF, v->href);
}

void view_scope_means(struct arena *a, struct tpl *parent, struct span subscription,
		      int64_t grace_days)
{
	struct tpl *t = tpl_include(parent, TPL_MEANS, TPL_FILE_SCOPE_MEANS);

	tpl_set(t, TPL_SUB_NAME, subscription);
	if (grace_days)
		tpl_set_show(t, TPL_GRACE, view_binding_days(a, grace_days));
	else
		tpl_show(t, TPL_NO_GRACE, true);
}

static enum tpl_name section_of(enum scope_state s)
{
	switch (s) {
	case SCOPE_LIVE:
		return TPL_IS_LIVE;
	case SCOPE_RELEASED:
		return TPL_IS_RELEASED;
	case SCOPE_WITHDRAWN:
		return TPL_IS_WITHDRAWN;
	case SCOPE_NONE:
		break;
	}
	return TPL_IS_NONE;
}

/* Which of "it" and "them", where handles are spoken of. */
static void fill_count(struct tpl *t, const struct view_scope_place *p)
{
	tpl_show(t, p->nhandles == 1 ? TPL_ONE : TPL_SEVERAL, true);
	tpl_set_i64(t, TPL_COUNT, (int64_t)p->nhandles);
}

static void fill_handles(struct tpl *t, const struct view_scope_place *p)
{
	for (size_t k = 0; k < p->nhandles; k++) {
		struct tpl *row = tpl_add(t, TPL_HANDLE);

		tpl_set_i64(row, TPL_HANDLE_ID, p->handles[k].id);
		tpl_set(row, TPL_HANDLE_NAME, p->handles[k].name);
		tpl_show(row, TPL_HANDLE_NEXT, k > 0);
		tpl_show(row, p->opens ? TPL_HANDLE_OPENS : TPL_HANDLE_SHUT, true);
	}
}

static void fill_left(struct arena *a, struct tpl *t, const struct view_scope_place *p)
{
	if (p->left_at)
		tpl_set_show(t, TPL_LEFT_AT, clock_text(a, p->left_at));
}

/* What the list and the page of one have alike. */
static void fill_place(struct arena *a, struct tpl *t, const struct view_scope_place *p)
{
	struct tpl *state = tpl_include(t, TPL_STATE, TPL_FILE_SCOPE_STATE);

	tpl_set_i64(t, TPL_PLACE_ID, p->id);
	tpl_set(t, TPL_PLACE_NAME, p->name);
	tpl_set(t, TPL_PLACE_SLUG, p->slug);
	tpl_set(t, TPL_ROLE_ARTICLE, p->role == ROLE_ADMIN ? SPAN("an") : SPAN("a"));
	tpl_set_show(t, TPL_ROLE, role_text(p->role));
	if (p->role == ROLE_NONE)
		fill_left(a, tpl_add(t, TPL_LEFT), p);
	tpl_show(t, TPL_PLACE_DISABLED, p->disabled);
	tpl_show(state, section_of(p->state), true);
	tpl_set(state, TPL_RELEASED_UNTIL, clock_text(a, p->released_until));
	fill_count(state, p);
	if (p->nhandles)
		fill_handles(tpl_add(t, TPL_HANDLES), p);
	if (p->state == SCOPE_LIVE || p->state == SCOPE_RELEASED)
		tpl_set_show(t, TPL_PROJECTS, view_scope_projects(a, p->all, p->names, p->hidden));
}

int view_scope(struct buf *out, struct arena *a, const struct view_frame *f,
	       const struct view_scope *v)
{
	struct view_page p;
	struct tpl *table;

	if (f->api)
		return json_scope(out, v);
	p = view_page_open(a, f, TPL_FILE_SCOPE, true);
	tpl_set(p.body, TPL_NAME, v->name);
	tpl_set_i64(p.body, TPL_ID, v->id);
	if (v->n == 0) {
		tpl_show(p.body, TPL_NO_PLACE, true);
		return view_page_render(&p, out);
	}
	table = tpl_add(p.body, TPL_TABLE);
	for (size_t k = 0; k < v->n; k++) {
		const struct view_scope_place *place = &v->places[k];
		struct tpl *row = tpl_add(table, TPL_ROW);

		fill_place(a, row, place);
		tpl_show(row, TPL_NO_HANDLE, place->nhandles == 0);
		tpl_show(row,
			 place->state == SCOPE_NONE && !place->disabled ? TPL_ADDS : TPL_CHANGES,
			 true);
	}
	tpl_show(table, TPL_MORE, v->more);
	return view_page_render(&p, out);
}

static void fill_grant(struct arena *a, struct tpl *body, const struct view_frame *f,
		       const struct view_scope_one *v)
{
	struct tpl *t = tpl_add(body, TPL_GRANT);
	struct view_frame there = *f;

	there.scope = v->sub;
	tpl_show(t, section_of(v->place.state), true);
	fill_count(t, &v->place);
	if (v->place.nhandles == 0)
		view_scope_name(t, v->place.name, &v->as);
	view_consent(t, &there, SPAN("projects"), SPAN("Projects that may use it"), &v->consent);
	if (v->hidden)
		tpl_set_show(t, TPL_HIDDEN,
			     arena_printf(a, "%lld project%s", (long long)v->hidden,
					  v->hidden == 1 ? "" : "s"));
	if (v->place.state != SCOPE_LIVE)
		return;
	t = tpl_add(body, TPL_ANOTHER);
	tpl_show(t, TPL_ANOTHER_OPEN, v->as.error.n > 0);
	view_scope_name(t, v->place.name, &v->as);
}

static void fill_withdraw(struct tpl *body, const struct view_scope_one *v)
{
	struct tpl *t = tpl_add(body, TPL_WITHDRAW);

	tpl_show(t, section_of(v->place.state), true);
	fill_count(t, &v->place);
	tpl_show(t, v->sub ? TPL_HERE : TPL_GONE, true);
}

int view_scope_one(struct buf *out, struct arena *a, const struct view_frame *f,
		   const struct view_scope_one *v)
{
	bool acts = v->sub && !v->sub->disabled;
	enum scope_state state = v->place.state;
	struct view_page p;

	if (f->api)
		return json_scope_one(out, v);
	p = view_page_open(a, f, TPL_FILE_SCOPE_ONE, true);
	tpl_set(p.body, TPL_NAME, v->name);
	tpl_set_i64(p.body, TPL_ID, v->id);
	tpl_set_i64(p.body, TPL_WAS, v->place.entry);
	tpl_set_show(p.body, TPL_BANNER, v->error);
	fill_place(a, p.body, &v->place);
	if (acts)
		fill_grant(a, p.body, f, v);
	if (state == SCOPE_LIVE || state == SCOPE_RELEASED)
		fill_withdraw(p.body, v);
	if (acts && v->place.nhandles)
		fill_count(tpl_add(p.body, TPL_REMOVE), &v->place);
	if (acts)
		view_scope_means(a, p.body, v->place.name, v->grace_days);
	return view_page_render(&p, out);
}

int view_scope_remove(struct buf *out, struct arena *a, const struct view_frame *f,
		      const struct view_scope_remove *v)
{
	bool here = v->place.role != ROLE_NONE;
	struct view_page p;
	struct tpl *t, *body;

	if (f->api)
		return OK;
	p = view_page_open(a, f, TPL_FILE_SCOPE_REMOVE, true);
	tpl_set(p.body, TPL_NAME, v->name);
	tpl_set_i64(p.body, TPL_ID, v->id);
	tpl_set_i64(p.body, TPL_PLACE_ID, v->place.id);
	tpl_set(p.body, TPL_PLACE_NAME, v->place.name);
	tpl_set_show(p.body, TPL_BANNER, v->error);
	if (v->nnamed) {
		view_blockers(tpl_add(p.body, TPL_OWN_IN_USE), a, v->named, v->nnamed);
		return view_page_render(&p, out);
	}
	body = tpl_add(p.body, TPL_MAY_REMOVE);
	tpl_show(body, TPL_ENDS,
		 v->place.state == SCOPE_LIVE || v->place.state == SCOPE_RELEASED);
	if (here && v->place.nhandles) {
		t = tpl_add(body, TPL_GOES);
		fill_count(t, &v->place);
		fill_handles(t, &v->place);
	} else {
		tpl_show(tpl_add(body, TPL_STAYS), TPL_LEFT, !here);
	}
	return view_page_render(&p, out);
}
