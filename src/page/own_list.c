/* own_list.c: the list of the visitor's own integrations. */
#include "page/own.h"

#include "base/clock.h"
#include "page/frame.h"
#include "page/integration_query.h"
#include "store/integration.h"
#include "store/own.h"
#include "base/banned.h"

static struct view_row row_of(const struct req *r, const struct integration_row *i)
{
	const struct type *t = type_find(app_of(r)->types, i->type);

	return (struct view_row){
		.id = i->id,
		.name = i->name,
		.type_label = t ? t->label : i->type,
		.icon = t ? t->icon : SPAN("plug"),
		.url = i->url,
		.may_edit = true,
		.type = i->type,
		.disabled = i->disabled,
		.handles = i->handles,
		.subscriptions = i->subscriptions,
		.uses = i->uses,
		.changed_at = i->changed_at,
	};
}

/* ?name=: how programs find one. */
static int find_named(struct req *r, struct span name, struct view_list *v)
{
	struct db *db = app_of(r)->db;
	struct integration_row row;
	struct integration *i;
	int rc = store_integration_named(db, r->arena, owner_of(r), name, &i);

	if (rc == E_NOT_FOUND)
		return OK;
	TRY(rc);
	row = (struct integration_row){.id = i->id,
				       .name = i->name,
				       .type = i->type,
				       .url = i->url,
				       .disabled = i->disabled_at != 0,
				       .changed_at = i->changed_at};
	TRY(store_own_used(db, r->arena, owner_of(r), i->id, &row.handles, &row.subscriptions,
			   &row.uses));
	v->rows = ARENA_NEW(r->arena, struct view_row);
	v->rows[0] = row_of(r, &row);
	v->nrows = 1;
	v->total = 1;
	return OK;
}

static int find_page(struct req *r, struct view_list *v)
{
	struct integration_row from, *list;
	struct integration_query q;

	integration_query_read(r, &q, &from);
	if (q.state > STATE_DISABLED)
		q.state = STATE_ANY; /* the others are of bound ones */
	TRY(integration_query_run(r, &q, v, &list));
	v->rows = ARENA_ARRAY(r->arena, struct view_row, v->nrows + 1);
	for (size_t k = 0; k < v->nrows; k++)
		v->rows[k] = row_of(r, &list[k]);
	return OK;
}

int page_own_list(struct req *r, struct res *s)
{
	struct view_frame f = frame_for(r, s, SPAN("My integrations"));
	struct view_list v = {.may_add = true, .now = clock_now()};
	struct span name = req_query(r, "name");

	frame_crumbs_integrations(r, &f, false);
	TRY(r->api && name.p ? find_named(r, name, &v) : find_page(r, &v));
	if (!r->api)
		TRY(view_list_head(s->body, r->arena, &f, true));
	TRY(view_list_body(s->body, r->arena, &f, &v));
	return r->api ? OK : view_list_foot(s->body, r->arena);
}
