/* scope_place.c: how an account integration stands with a subscription, for its owner's eyes. Of a
 * subscription that they left they see what they gave, not what became of its projects. */
#include "page/scope_place.h"

#include "page/scope_form.h"
#include "page/session.h"
#include "store/project.h"
#include "base/banned.h"

static int read_names(struct req *r, const struct scope *sub, struct view_scope_place *p)
{
	struct project *list;
	int64_t total;
	size_t n;

	p->hidden = (int64_t)p->set.n;
	if (p->set.all || p->set.n == 0 || !sub || sub->disabled)
		return OK;
	TRY(store_project_list(app_of(r)->db, r->arena, sub, &list, &n, &total));
	p->names = scope_form_names(r->arena, list, n, &p->set, &p->hidden);
	if (sub->role != ROLE_COLLABORATOR)
		p->hidden = 0; /* deleted ones */
	return OK;
}

static int fill(struct req *r, const struct scope_row *row, const struct binding *handles,
		size_t nhandles, struct view_scope_place *p)
{
	const struct scope *sub = session_scope(r, row->subscription_id);

	*p = (struct view_scope_place){
		.id = row->subscription_id,
		.slug = row->slug,
		.name = row->name,
		.role = row->role,
		.disabled = row->disabled,
		.left_at = row->left_at,
		.state = row->state,
		.released_until = row->released_until,
		.all = row->grant.all,
		.names = SPAN(""),
		.set = row->grant,
		.granted_at = row->granted_at,
		.entry = row->entry,
		.opens = row->role >= ROLE_MEMBER && !row->disabled,
	};
	p->handles = ARENA_ARRAY(r->arena, struct view_scope_handle, nhandles + 1);
	for (size_t k = 0; k < nhandles; k++)
		if (handles[k].subscription_id == row->subscription_id)
			p->handles[p->nhandles++] =
				(struct view_scope_handle){handles[k].id, handles[k].name};
	return read_names(r, sub, p);
}

/* Both lists are by the subscription's name, then its id. */
static size_t run_of(const struct binding *handles, size_t n, int64_t subscription_id)
{
	size_t k = 0;

	while (k < n && handles[k].subscription_id == subscription_id)
		k++;
	return k;
}

int scope_places_read(struct req *r, int64_t integration_id, struct view_scope_place **list,
		      size_t *n, bool *more)
{
	const struct scope *own = &visit_of(r)->own;
	struct db *db = app_of(r)->db;
	struct scope_row *rows;
	struct binding *handles;
	size_t nhandles, at = 0;

	TRY(store_scope_list(db, r->arena, own, integration_id, &rows, n));
	TRY(store_binding_of_integration(db, r->arena, own, integration_id, &handles, &nhandles));
	*list = ARENA_ARRAY(r->arena, struct view_scope_place, *n + 1);
	for (size_t k = 0; k < *n; k++) {
		size_t run = run_of(handles + at, nhandles - at, rows[k].subscription_id);

		TRY(fill(r, &rows[k], handles + at, run, &(*list)[k]));
		at += run;
	}
	*more = *n == BINDING_ROWS_MAX || nhandles == BINDING_ROWS_MAX;
	return OK;
}

int scope_place_read(struct req *r, int64_t integration_id, int64_t subscription_id,
		     struct view_scope_place *out)
{
	const struct scope *own = &visit_of(r)->own;
	struct db *db = app_of(r)->db;
	struct scope_row row;
	struct binding *handles;
	size_t n;

	TRY(store_scope_get(db, r->arena, own, integration_id, subscription_id, &row));
	TRY(store_binding_of_integration(db, r->arena, own, integration_id, &handles, &n));
	return fill(r, &row, handles, n, out);
}
