/* view_uses.c: where an integration is named. */
#include "view/uses.h"

#include "view/frame.h"
#include "view/json.h"
#include "view/workflow.h"
#include "base/banned.h"

static struct span places_text(struct arena *a, int64_t n)
{
	return arena_printf(a, "%lld place%s", (long long)n, n == 1 ? "" : "s");
}

static void fill_place(struct tpl *row, struct arena *a, const struct view_place *p)
{
	tpl_set_i64(row, TPL_PROJECT_ID, p->project_id);
	tpl_set(row, TPL_PROJECT_NAME, p->project);
	tpl_set(row, TPL_PATH, p->path);
	tpl_set_i64(row, TPL_LINE, p->line);
	tpl_set_show(row, TPL_LINK, p->link);
	tpl_show(row, TPL_NO_LINK, p->link.n == 0);
	tpl_set(row, TPL_KIND, p->kind);
	if (!span_eq(p->consumer, p->kind))
		tpl_set_show(row, TPL_CONSUMER, view_visible(a, p->consumer));
	tpl_set(row, TPL_KEY, p->key);
	tpl_show(row, TPL_IS_DENIED, p->denied);
	tpl_show(row, TPL_IS_STALE, p->stale);
}

static bool is_whole(const struct view_uses *v)
{
	return v->next < 0 && v->previous < 0;
}

static void fill_notes(struct tpl *t, struct arena *a, const struct view_uses *v, bool link)
{
	struct tpl *notes;

	if (!(link && !is_whole(v)) && !v->hidden && !v->dynamic)
		return;
	notes = tpl_add(t, TPL_NOTES);
	if (link && !is_whole(v))
		tpl_set_show(notes, TPL_MORE, view_number(a, v->seen));
	if (v->hidden)
		tpl_set_show(notes, TPL_HIDDEN, places_text(a, v->hidden));
	if (v->dynamic) {
		struct tpl *dynamic = tpl_add(notes, TPL_DYNAMIC);

		tpl_set(dynamic, TPL_DYNAMIC, places_text(a, v->dynamic));
		tpl_show(dynamic, v->dynamic == 1 ? TPL_ONE : TPL_SEVERAL, true);
	}
}

static void fill(struct tpl *t, struct arena *a, const struct view_uses *v, bool link)
{
	struct tpl *list;

	tpl_set(t, TPL_SLUG, v->slug);
	tpl_set_i64(t, TPL_ID, v->integration_id);
	tpl_show(t, TPL_NONE, v->seen + v->hidden == 0);
	if (v->nplaces) {
		list = tpl_add(t, TPL_PLACES);
		for (size_t k = 0; k < v->nplaces; k++)
			fill_place(tpl_add(list, TPL_PLACE), a, &v->places[k]);
	}
	fill_notes(t, a, v, link);
}

void view_uses_list(struct tpl *t, struct arena *a, const struct view_uses *v)
{
	fill(tpl_include(t, TPL_USES, TPL_FILE_USES), a, v, true);
}

void view_blockers(struct tpl *t, struct arena *a, const struct view_blocker *list, size_t n)
{
	struct tpl *all = tpl_include(t, TPL_NAMED, TPL_FILE_NAMED);

	for (size_t k = 0; k < n; k++) {
		struct tpl *row = tpl_add(all, TPL_NAMED_HANDLE);

		tpl_set(row, TPL_PLACE_NAME, list[k].subscription);
		tpl_set(row, TPL_HANDLE_NAME, list[k].name);
		if (list[k].uses)
			view_uses_list(row, a, list[k].uses);
	}
}

void view_uses_card(struct tpl *t, struct arena *a, const struct view_uses *v)
{
	struct tpl *card = tpl_include(t, TPL_USES_CARD, TPL_FILE_USES_CARD);

	tpl_set(card, TPL_COUNT, places_text(a, v->seen + v->hidden));
	view_uses_list(card, a, v);
}

int view_uses(struct buf *out, struct arena *a, const struct view_frame *f,
	      const struct view_uses *v)
{
	struct view_page p;
	struct tpl *pages;

	if (f->api)
		return json_uses(out, f, v);
	p = view_page_open(a, f, TPL_FILE_USES_PAGE, true);
	fill(tpl_include(p.body, TPL_USES, TPL_FILE_USES), a, v, false);
	if (is_whole(v))
		return view_page_render(&p, out);
	pages = tpl_add(p.body, TPL_PAGES);
	tpl_set_i64(pages, TPL_FIRST, v->from + 1);
	tpl_set_i64(pages, TPL_LAST, v->from + (int64_t)v->nplaces);
	tpl_set_i64(pages, TPL_TOTAL, v->seen);
	if (v->previous >= 0)
		tpl_set_show(pages, TPL_PREVIOUS_PAGE, view_number(a, v->previous));
	if (v->next >= 0)
		tpl_set_show(pages, TPL_NEXT_PAGE, view_number(a, v->next));
	return view_page_render(&p, out);
}
