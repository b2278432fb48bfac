/* view_list.c: a subscription's integrations. */
#include "view/frame.h"

#include "view/json.h"
#include "base/banned.h"

static void fill_row(struct tpl *t, const struct view_row *r)
{
	tpl_set_i64(t, TPL_ID, r->id);
	tpl_set(t, TPL_ICON, r->icon);
	tpl_set(t, TPL_NAME, r->name);
	tpl_set(t, TPL_TYPE, r->type_label);
	tpl_set(t, TPL_URL, r->url.n ? r->url : SPAN("—"));
	tpl_set(t, TPL_PROJECTS, r->projects);
	tpl_show(t, TPL_MAY_EDIT, r->may_edit);
	tpl_show(t, TPL_IS_DISABLED, r->disabled);
}

static void fill_table(struct tpl *body, const struct view_list *v)
{
	struct tpl *table = tpl_add(body, TPL_TABLE);

	for (size_t i = 0; i < v->nrows; i++)
		fill_row(tpl_add(table, TPL_ROW), &v->rows[i]);
	tpl_set_i64(table, TPL_SHOWN, (int64_t)v->nrows);
	tpl_set_i64(table, TPL_TOTAL, v->total);
	if (!v->first || v->next.n) {
		struct tpl *pages = tpl_add(table, TPL_PAGES);

		tpl_show(pages, TPL_FIRST_PAGE, !v->first);
		tpl_set(pages, TPL_AFTER, v->next);
		tpl_show(pages, TPL_NEXT_PAGE, v->next.n > 0);
	}
}

int view_list_body(struct buf *out, struct arena *a, const struct view_frame *f,
		   const struct view_list *v)
{
	struct tpl *body;

	if (f->api)
		return json_list(out, f, v);
	body = tpl_new(a);
	if (f->scope)
		tpl_set(body, TPL_SLUG, f->scope->slug);
	if (v->nrows || !v->first)
		fill_table(body, v);
	else
		tpl_show(tpl_add(body, TPL_EMPTY),
			 v->may_add	 ? TPL_EMPTY_ADD
			 : v->no_project ? TPL_EMPTY_NAMED
					 : TPL_EMPTY_WAIT,
			 true);
	return tpl_render(body, TPL_FILE_LIST, out);
}

int view_list(struct buf *out, struct arena *a, const struct view_frame *f, bool may_add,
	      struct span body)
{
	struct view_page p;

	if (f->api) {
		buf_put(out, body);
		return out->err;
	}
	p = view_page_around(a, f, body);
	if (may_add)
		view_page_action(&p, TPL_ACTION_ADD, view_integrations_href(a, f, "/new"));
	view_page_gear(a, &p, f);
	return view_page_render(&p, out);
}
