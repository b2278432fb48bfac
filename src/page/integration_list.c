/* integration_list.c: the list, and what the pages of one integration share. */
#include "page/integration.h"

#include "base/clock.h"
#include "page/binding_page.h"
#include "page/frame.h"
#include "page/integration_page.h"
#include "page/integration_query.h"
#include "page/sub.h"
#include "store/binding.h"
#include "store/integration.h"
#include "store/name_use.h"
#include "store/project.h"
#include "base/banned.h"

static struct view_row row_of(const struct req *r, const struct integration_row *i, bool dated)
{
	const struct type *t = type_find(app_of(r)->types, i->type);

	return (struct view_row){
		.id = i->id,
		.name = i->name,
		.type_label = t ? t->label : i->type,
		.icon = t ? t->icon : SPAN("plug"),
		.url = integration_may_edit(scope_of(r), i->edit_roles) ? i->url : SPAN(""),
		.projects =
			i->all_projects ? SPAN("All projects") : sub_names(r->arena, i->projects),
		.may_edit = integration_may_edit(scope_of(r), i->edit_roles),
		.type = i->type,
		.all_projects = i->all_projects,
		.project_names = i->projects,
		.disabled = i->disabled,
		.bound = i->bound,
		.owner_id = i->owner_id,
		.owner = i->owner,
		.binding = i->binding,
		.may_rebind = i->bound && scope_of(r)->role == ROLE_ADMIN,
		.uses = integration_may_count(scope_of(r), i->edit_roles) ? i->uses : USES_UNKNOWN,
		.used_at = i->used_at,
		.changed = dated ? clock_text(r->arena, i->changed_at) : SPAN(""),
	};
}

/* Who is named on no project sees nothing for that reason. */
static int look_for_project(const struct req *r, struct view_list *v)
{
	int64_t projects;

	if (scope_of(r)->role != ROLE_COLLABORATOR)
		return OK;
	TRY(store_project_count(app_of(r)->db, r->arena, scope_of(r), SPAN(""), &projects));
	v->no_project = projects == 0;
	return OK;
}

/* All that a list's body hangs on, beside the types' files and the templates, which this process
 * has for good: who may see and edit (a collaborator, and who asks for their own: by account), the
 * revision that each change of the subscription's things raises, that of people (owners' names, and
 * whether they left), and what the address asks for. Empty: keep nothing. */
static struct span key_of(const struct req *r, bool api)
{
	const struct scope *s = scope_of(r);
	int64_t people = visit_of(r)->who->people_revision;
	bool by_account = s->role < ROLE_MEMBER || span_is(req_query(r, "owner"), "mine");

	if (s->revision == 0 || people == 0)
		return SPAN("");
	return arena_printf(r->arena, "%lld.%lld.%lld %d %lld %d %lld %.*s?%.*s",
			    (long long)db_epoch(app_of(r)->db), (long long)s->revision,
			    (long long)people, api, (long long)s->subscription_id, (int)s->role,
			    by_account ? (long long)s->account_id : 0, SPAN_ARG(r->path),
			    SPAN_ARG(r->query));
}

/* ?name=: how programs find what workflow files name. */
static int find_named(struct req *r, struct span name, struct view_list *v)
{
	struct integration_row row = {0};
	struct integration *i;
	int rc = store_integration_named(app_of(r)->db, r->arena, scope_of(r), name, &i);

	v->first = true;
	if (rc == E_NOT_FOUND)
		return OK;
	TRY(rc);
	row = (struct integration_row){.id = i->id,
				       .name = i->name,
				       .type = i->type,
				       .url = i->url,
				       .all_projects = i->all_projects,
				       .edit_roles = i->edit_roles,
				       .disabled = i->disabled_at != 0,
				       .bound = i->bound};
	TRY(store_integration_rows_fill(app_of(r)->db, r->arena, scope_of(r), &row, 1));
	TRY(store_name_use_of(app_of(r)->db, r->arena, scope_of(r), row.id, &row.uses,
			      &row.used_at));
	v->rows = ARENA_NEW(r->arena, struct view_row);
	v->rows[0] = row_of(r, &row, false);
	v->nrows = 1;
	v->total = v->matches = 1;
	return OK;
}

/* What the parts of the page are made of. */
struct parts {
	struct req *r;
	const struct view_frame *frame;
	bool may_add;
};

static int make_head(struct buf *out, void *arg)
{
	const struct parts *p = arg;

	return view_list_head(out, p->r->arena, p->frame, p->may_add);
}

static int make_body(struct buf *out, void *arg)
{
	const struct parts *p = arg;
	struct req *r = p->r;
	struct integration_row from, *list;
	struct integration_query q;
	struct view_list v = {.may_add = p->may_add};

	if (r->api && req_query(r, "name").p) {
		TRY(find_named(r, req_query(r, "name"), &v));
		return view_list_body(out, r->arena, p->frame, &v);
	}
	integration_query_read(r, &q, &from);
	TRY(integration_query_run(r, &q, &v, &list));
	if (v.total == 0)
		TRY(look_for_project(r, &v));
	v.rows = ARENA_ARRAY(r->arena, struct view_row, v.nrows + 1);
	for (size_t k = 0; k < v.nrows; k++)
		v.rows[k] = row_of(r, &list[k], q.sort == SORT_CHANGED);
	if (scope_of(r)->role == ROLE_ADMIN)
		TRY(binding_leavers(r, &v.leavers, &v.nleavers));
	return view_list_body(out, r->arena, p->frame, &v);
}

static int make_foot(struct buf *out, void *arg)
{
	const struct parts *p = arg;

	return view_list_foot(out, p->r->arena);
}

int page_integration_list(struct req *r, struct res *s)
{
	struct view_frame f = frame_for(r, s, SPAN("Integrations"));
	struct rendered *kept = &app_of(r)->rendered;
	struct parts p = {.r = r, .frame = &f};

	p.may_add = role_allows(visit_of(r)->who, scope_of(r), P_INTEGRATION_ADD) == OK;
	frame_crumbs_integrations(r, &f, false);
	if (r->api)
		return rendered_put(kept, key_of(r, true), s->body, make_body, &p);
	TRY(rendered_put(kept, view_list_head_key(r->arena, &f, p.may_add), s->body, make_head,
			 &p));
	TRY(rendered_put(kept, key_of(r, false), s->body, make_body, &p));
	return rendered_put(kept, SPAN(" list foot"), s->body, make_foot, &p);
}

int integration_page_find(struct req *r, struct integration **out)
{
	int64_t id;

	TRY(req_param_id(r, "id", &id));
	return store_integration_get(app_of(r)->db, r->arena, owner_of(r), id, out);
}

struct span integration_page_path(const struct req *r, int64_t id)
{
	return arena_printf(r->arena, "%.*s/%lld", SPAN_ARG(frame_integrations_path(r)),
			    (long long)id);
}

/* Of a bound one everybody who sees it may know whose it is, and how it stands. */
static int closed_owner(struct req *r, const struct integration *i, struct view_closed *v)
{
	struct binding b;

	v->owner = SPAN("");
	if (!i->bound)
		return OK;
	TRY(store_binding_get(app_of(r)->db, r->arena, scope_of(r), i->id, &b));
	v->owner = b.owner;
	v->binding = b.state;
	return OK;
}

int integration_page_closed(struct req *r, struct res *s, const struct integration *i, int status)
{
	const struct type *t = type_find(app_of(r)->types, i->type);
	struct view_frame f = frame_for(r, s, i->name);
	struct view_closed v = {
		.id = i->id,
		.type = i->type,
		.name = i->name,
		.type_label = t ? t->label : i->type,
		.icon = t ? t->icon : SPAN("plug"),
		.edit_roles = i->edit_roles,
	};

	TRY(closed_owner(r, i, &v));
	s->status = status;
	frame_crumbs_integrations(r, &f, true);
	return view_closed(s->body, r->arena, &f, &v);
}
