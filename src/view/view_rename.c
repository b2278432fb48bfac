/* view_rename.c: the page of a rename. */
#include "view/rename.h"

#include "view/frame.h"
#include "view/json.h"
#include "view/workflow.h"
#include "base/banned.h"

static struct span lines_text(struct arena *a, int64_t n)
{
	return arena_printf(a, "%lld line%s", (long long)n, n == 1 ? "" : "s");
}

/* A line as people read it: a tab and the end of a line of Windows are nothing odd, all other
 * control characters are shown. */
static struct span shown_line(struct arena *a, char sign, struct span text)
{
	struct buf out = BUF_INIT;
	struct span rest, part, shown;

	if (text.n && text.p[text.n - 1] == '\r')
		text.n--;
	buf_putc(&out, sign);
	rest = text;
	for (bool first = true; rest.n && span_cut(&rest, '\t', &part); first = false) {
		buf_puts(&out, first ? "" : "\t");
		buf_put(&out, view_visible(a, part));
	}
	shown = arena_span(a, buf_span(&out));
	buf_release(&out);
	return shown;
}

static enum tpl_name kind_of(char sign)
{
	if (sign == '@' || sign == '\\')
		return TPL_HUNK;
	if (sign == ' ')
		return TPL_SAME;
	return sign == '-' ? TPL_GONE : TPL_ADDED;
}

static void fill_diff(struct tpl *file, struct arena *a, const struct diff *d)
{
	struct tpl *t;

	if (d->n == 0)
		return;
	t = tpl_add(file, TPL_DIFF);
	for (size_t k = 0; k < d->n; k++) {
		struct tpl *row = tpl_add(t, TPL_DIFF_LINE);

		tpl_show(row, kind_of(d->list[k].sign), true);
		tpl_set(row, TPL_DIFF_TEXT, shown_line(a, d->list[k].sign, d->list[k].text));
	}
}

static void fill_file(struct tpl *t, struct arena *a, const struct view_rename_file *f)
{
	tpl_set(t, TPL_PATH, f->path);
	tpl_show(t, TPL_IS_STALE, f->stale);
	for (size_t k = 0; k < f->nplaces; k++) {
		const struct view_rename_place *p = &f->places[k];
		struct tpl *row = tpl_add(t, TPL_PLACE);

		tpl_set_i64(row, TPL_LINE, p->line);
		tpl_set_show(row, TPL_LINK, p->link);
		tpl_show(row, TPL_NO_LINK, p->link.n == 0);
		tpl_set(row, TPL_KIND, p->kind);
		if (!span_eq(p->consumer, p->kind))
			tpl_set_show(row, TPL_CONSUMER, view_visible(a, p->consumer));
		tpl_set(row, TPL_KEY, p->key);
		tpl_set_show(row, TPL_BY_HAND, p->by_hand);
	}
	if (f->diff.n)
		tpl_set_show(t, TPL_FILE_DIFF, f->href);
	fill_diff(t, a, &f->diff);
}

static bool has_diff(const struct view_rename *v, int64_t project_id)
{
	for (size_t k = 0; k < v->nfiles; k++)
		if (v->files[k].diff.n && (!project_id || v->files[k].project_id == project_id))
			return true;
	return false;
}

static void fill_files(struct tpl *list, struct arena *a, const struct view_rename *v)
{
	struct tpl *project = NULL;

	for (size_t k = 0; k < v->nfiles; k++) {
		const struct view_rename_file *f = &v->files[k];

		if (!project || v->files[k - 1].project_id != f->project_id) {
			project = tpl_add(list, TPL_PROJECT);
			tpl_set_i64(project, TPL_PROJECT_ID, f->project_id);
			tpl_set(project, TPL_PROJECT_NAME, f->project);
			if (has_diff(v, f->project_id))
				tpl_set_show(project, TPL_PROJECT_DIFF, f->project_href);
		}
		fill_file(tpl_add(project, TPL_FILE), a, f);
	}
}

/* "3 places in this subscription name ...": a number, and how the sentence goes on. */
static void fill_note(struct tpl *notes, struct arena *a, enum tpl_name name, int64_t n)
{
	struct tpl *t;

	if (n == 0)
		return;
	t = tpl_add(notes, name);
	tpl_set(t, name, lines_text(a, n));
	tpl_show(t, n == 1 ? TPL_ONE : TPL_SEVERAL, true);
}

static void fill_notes(struct tpl *list, struct arena *a, const struct view_rename *v)
{
	struct tpl *notes;

	if (!v->hidden && !v->dynamic && !v->already)
		return;
	notes = tpl_add(list, TPL_NOTES);
	fill_note(notes, a, TPL_HIDDEN, v->hidden);
	fill_note(notes, a, TPL_DYNAMIC, v->dynamic);
	fill_note(notes, a, TPL_ALREADY, v->already);
}

static void fill_lines(struct tpl *body, struct arena *a, const struct view_rename *v)
{
	struct tpl *list = tpl_add(body, TPL_LINES), *pages;

	tpl_show(list, v->was.n ? TPL_AFTER : TPL_BEFORE, true);
	tpl_set(list, TPL_COUNT, lines_text(a, v->seen + v->hidden));
	fill_files(list, a, v);
	fill_notes(list, a, v);
	if (!v->previous.n && !v->next.n)
		return;
	pages = tpl_add(list, TPL_PAGES);
	tpl_set_i64(pages, TPL_FIRST, v->from + 1);
	tpl_set_i64(pages, TPL_LAST, v->last);
	tpl_set_i64(pages, TPL_TOTAL, v->seen);
	tpl_set_show(pages, TPL_PREVIOUS_PAGE, v->previous);
	tpl_set_show(pages, TPL_NEXT_PAGE, v->next);
}

static void fill_ask(struct tpl *body, struct arena *a, const struct view_rename *v)
{
	struct tpl *ask = tpl_add(body, TPL_ASK);
	int64_t all = v->seen + v->hidden;

	tpl_show(ask, all ? TPL_IN_USE : TPL_UNUSED, true);
	tpl_show(ask, TPL_FIRST_STEP, !all || !v->to.n);
	tpl_set(ask, TPL_COUNT, lines_text(a, all));
	tpl_set(ask, TPL_TYPED, v->typed);
	tpl_set_show(ask, TPL_NAME_ERROR, v->name_error);
}

static void fill_confirm(struct tpl *body, struct arena *a, const struct view_rename *v)
{
	struct tpl *t = tpl_add(body, TPL_CONFIRM);
	int64_t all = v->seen + v->hidden;

	tpl_set(t, TPL_MARK, v->mark);
	tpl_set(t, TPL_TO, v->to);
	tpl_set(t, TPL_AGAIN, v->again);
	tpl_set_show(t, TPL_AGAIN_ERROR, v->again_error);
	tpl_set(t, TPL_COUNT, lines_text(a, all));
	tpl_show(t, all == 1 ? TPL_ONE : TPL_SEVERAL, true);
}

static void fill(struct tpl *body, struct arena *a, const struct view_frame *f,
		 const struct view_rename *v)
{
	bool any = v->seen + v->hidden > 0;

	tpl_set(body, TPL_RENAME_HREF, view_integration_href(a, f, v->id, "/rename"));
	tpl_set(body, TPL_DETAILS_HREF, view_integration_href(a, f, v->id, ""));
	tpl_set_i64(body, TPL_VERSION, v->version);
	tpl_set(body, TPL_NAME, v->name);
	tpl_set(body, TPL_OLD, v->was);
	tpl_set_show(body, TPL_BANNER, v->error);
	tpl_show(body, TPL_WAS_TAKEN, v->was_taken);
	if (!v->was.n)
		fill_ask(body, a, v);
	else if (!any)
		tpl_show(body, TPL_NOTHING_LEFT, true);
	if (any)
		fill_lines(body, a, v);
	if (any && v->to.n)
		fill_confirm(body, a, v);
	if (has_diff(v, 0))
		tpl_show(tpl_add(body, TPL_APPLY), TPL_AFTER, v->was.n > 0);
}

int view_rename(struct buf *out, struct arena *a, const struct view_frame *f,
		const struct view_rename *v)
{
	struct view_page p;

	if (f->api)
		return json_rename(out, f, v);
	p = view_page_open(a, f, TPL_FILE_RENAME, true);
	fill(p.body, a, f, v);
	return view_page_render(&p, out);
}
