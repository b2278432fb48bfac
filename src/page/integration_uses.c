/* integration_uses.c: where an integration is named in workflow files. */
#include "page/integration_uses.h"

#include "page/frame.h"
#include "page/integration_page.h"
#include "store/reference.h"
#include "base/banned.h"

/* FROM_MOST: far behind any place that there can be, and far from where numbers end. */
enum { PAGE_ROWS = 100, FROM_MOST = 1 << 30 };

static struct view_place place_of(struct arena *a, const struct reference_use *u)
{
	return (struct view_place){
		.project_id = u->project_id,
		.line = u->reference.line,
		.project = u->project,
		.path = u->path,
		.link = git_line_url(a, &u->place, u->path, u->reference.line),
		.kind = reference_kind_text(u->reference.kind),
		.consumer = u->reference.consumer,
		.key = u->reference.key,
		.denied = u->denied,
		.stale = u->stale,
	};
}

int integration_uses_in(const struct req *r, const struct scope *sub, int64_t id, struct span name,
			int64_t from, int64_t limit, struct view_uses **out)
{
	struct view_uses *v = ARENA_NEW(r->arena, struct view_uses);
	struct reference_uses uses;

	TRY(store_reference_uses(app_of(r)->db, r->arena, sub, id, name, from, limit, &uses));
	*v = (struct view_uses){.slug = sub->slug,
				.seen = uses.seen,
				.hidden = uses.hidden,
				.dynamic = uses.dynamic,
				.from = from,
				.previous = from == 0	   ? -1
					    : from > limit ? from - limit
							   : 0,
				.next = from + limit < uses.seen ? from + limit : -1,
				.integration_id = id};
	v->places = ARENA_ARRAY(r->arena, struct view_place, uses.n + 1);
	for (v->nplaces = 0; v->nplaces < uses.n; v->nplaces++)
		v->places[v->nplaces] = place_of(r->arena, &uses.list[v->nplaces]);
	*out = v;
	return OK;
}

int integration_uses_read(const struct req *r, const struct integration *i, int64_t from,
			  int64_t limit, struct view_uses **out)
{
	return integration_uses_in(r, scope_of(r), i->id, i->name, from, limit, out);
}

int page_integration_uses(struct req *r, struct res *s)
{
	struct view_frame f;
	struct view_uses *v;
	struct integration *i;
	int64_t from = 0;

	TRY(integration_page_find(r, &i));
	if (!integration_may_edit(scope_of(r), i->edit_roles))
		return integration_page_closed(r, s, i, 200);
	if (span_i64(req_query(r, "from"), &from) != OK || from > FROM_MOST)
		from = 0;
	TRY(integration_uses_read(r, i, from, PAGE_ROWS, &v));
	f = frame_for(r, s, arena_printf(r->arena, "Where %.*s is used", SPAN_ARG(i->name)));
	frame_crumbs_integrations(r, &f, true);
	frame_crumb(&f, i->name, integration_page_path(r, i->id));
	return view_uses(s->body, r->arena, &f, v);
}
