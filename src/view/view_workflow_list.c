/* view_workflow_list.c: the workflow files of all projects. */
#include "view/workflow_list.h"

#include "base/clock.h"
#include "view/frame.h"
#include "view/json.h"
#include "base/banned.h"

/* "1 file", "3 files". */
static struct span many(struct arena *a, int64_t n, const char *noun)
{
	return arena_printf(a, "%lld %s%s", (long long)n, noun, n == 1 ? "" : "s");
}

static void fill_row(struct tpl *row, struct arena *a, const struct view_workflow_project *p,
		     int64_t now)
{
	tpl_set_i64(row, TPL_ID, p->id);
	tpl_set(row, TPL_NAME, p->name);
	tpl_set_i64(row, TPL_FILES_COUNT, p->files);
	tpl_set_i64(row, TPL_REFERENCES_COUNT, p->references);
	if (p->problems)
		tpl_set_show(row, TPL_PROBLEMS, view_number(a, p->problems));
	if (p->unreadable)
		tpl_set_show(row, TPL_UNREADABLE, view_number(a, p->unreadable));
	tpl_show(row, TPL_ALL_FINE, p->references && !p->problems && !p->unreadable);
	tpl_show(row, TPL_NOTHING, !p->references && !p->unreadable);
	if (p->files) {
		struct tpl *synced = tpl_add(row, TPL_SYNCED);

		tpl_set(synced, TPL_SYNCED_AT, clock_text(a, p->synced_at));
		tpl_set(synced, TPL_SYNCED_AGO, clock_ago(a, p->synced_at, now));
		tpl_set(synced, TPL_SYNCED_BY, p->synced_by);
	} else {
		tpl_show(row, TPL_NEVER, true);
	}
}

static void fill_table(struct tpl *body, struct arena *a, const struct view_workflow_list *v)
{
	struct tpl *table = tpl_add(body, TPL_TABLE), *pages;

	for (size_t k = 0; k < v->nrows; k++) {
		struct tpl *row = tpl_add(table, TPL_ROW);

		fill_row(row, a, &v->rows[k], v->now);
		tpl_show(row, TPL_MAY_REMOVE, v->rows[k].files > 0);
	}
	tpl_set_i64(table, TPL_SHOWN, (int64_t)v->nrows);
	tpl_set_i64(table, TPL_TOTAL, v->total);
	if (v->first && !v->next.n)
		return;
	pages = tpl_add(table, TPL_PAGES);
	tpl_show(pages, TPL_FIRST_PAGE, !v->first);
	tpl_set(pages, TPL_AFTER, v->next);
	tpl_show(pages, TPL_NEXT_PAGE, v->next.n > 0);
}

int view_workflow_list(struct buf *out, struct arena *a, const struct view_frame *f,
		       const struct view_workflow_list *v)
{
	bool filtered = v->search.n || v->since.n;
	struct view_page p;

	if (f->api)
		return json_workflow_list(out, f, v);
	p = view_page_open(a, f, TPL_FILE_WORKFLOW_LIST, true);
	tpl_set(p.body, TPL_SEARCH, v->search);
	tpl_set(p.body, TPL_SINCE, v->since);
	tpl_set_show(p.body, TPL_SINCE_ERROR, v->since_error);
	if (v->nrows || !v->first)
		fill_table(p.body, a, v);
	else if (!v->since_error.n)
		tpl_show(p.body, filtered ? TPL_NO_MATCH : TPL_EMPTY, true);
	return view_page_render(&p, out);
}

void view_unused(struct tpl *t, struct arena *a, struct span slug, const struct view_unused *v)
{
	struct tpl *list;

	if (v->n == 0)
		return;
	list = tpl_include(t, TPL_UNUSED, TPL_FILE_UNUSED);
	tpl_set(list, TPL_SLUG, slug);
	tpl_set(list, TPL_COUNT,
		v->more ? arena_printf(a, "More than %zu integrations", v->n)
			: many(a, (int64_t)v->n, "integration"));
	tpl_show(list, v->n == 1 ? TPL_ONE : TPL_SEVERAL, true);
	for (size_t k = 0; k < v->n; k++) {
		struct tpl *row = tpl_add(list, TPL_UNUSED_ROW);

		tpl_set_i64(row, TPL_INTEGRATION_ID, v->rows[k].id);
		tpl_set(row, TPL_INTEGRATION_NAME, v->rows[k].name);
	}
	tpl_show(list, TPL_MORE, v->more);
}

int view_workflow_clear(struct buf *out, struct arena *a, const struct view_frame *f,
			const struct view_workflow_clear *v)
{
	struct view_page p;
	struct tpl *ask;

	if (f->api)
		return OK;
	p = view_page_open(a, f, TPL_FILE_WORKFLOW_CLEAR, true);
	tpl_set_show(p.body, TPL_BANNER, v->error);
	if (v->files == 0) {
		tpl_show(p.body, TPL_EMPTY, true);
		return view_page_render(&p, out);
	}
	ask = tpl_add(p.body, TPL_ASK);
	tpl_set_i64(ask, TPL_FILES_SEEN, v->files);
	tpl_set_i64(ask, TPL_REFERENCES_SEEN, v->references);
	tpl_set(ask, TPL_FILES_TEXT, many(a, v->files, "workflow file"));
	tpl_set(ask, TPL_REFERENCES_TEXT, many(a, v->references, "reference"));
	for (size_t k = 0; k < v->nrows; k++)
		fill_row(tpl_add(ask, TPL_ROW), a, &v->rows[k], v->now);
	if (v->unused.n)
		view_unused(ask, a, f->scope ? f->scope->slug : SPAN(""), &v->unused);
	else
		tpl_show(ask, TPL_NONE_UNUSED, true);
	return view_page_render(&p, out);
}
