/* view_workflow_check.c: the page of a check. */
#include "view/workflow_check.h"

#include "view/frame.h"
#include "base/banned.h"

static struct span counted(struct arena *a, size_t n, const char *one, const char *many)
{
	return arena_printf(a, "%zu %s", n, n == 1 ? one : many);
}

static size_t count_faults(const struct view_synced *v)
{
	size_t n = 0;

	for (size_t k = 0; k < v->nfiles; k++)
		n += v->files[k].fault.n > 0;
	return n;
}

static void fill_verdict(struct tpl *body, struct arena *a, const struct view_synced *v)
{
	size_t faults = count_faults(v);
	struct tpl *t;

	if (!faults && !v->nproblems) {
		t = tpl_add(body, TPL_ALL_FINE);
		tpl_set(t, TPL_COUNT, counted(a, (size_t)v->references, "place", "places"));
		tpl_set(t, TPL_FILES_TEXT, counted(a, v->nfiles, "file", "files"));
		return;
	}
	t = tpl_add(body, TPL_TO_MEND);
	if (v->nproblems)
		tpl_set_show(t, TPL_PROBLEMS,
			     arena_printf(a, "%zu of %s", v->nproblems,
					  counted(a, (size_t)v->references, "place", "places").p));
	if (faults)
		tpl_set_show(t, TPL_STALE_FILES, counted(a, faults, "file", "files"));
}

static void fill_faults(struct tpl *body, struct arena *a, const struct view_synced *v)
{
	struct tpl *list;

	if (!count_faults(v))
		return;
	list = tpl_add(body, TPL_FAULTS);
	for (size_t k = 0; k < v->nfiles; k++) {
		const struct view_synced_file *f = &v->files[k];
		struct tpl *row;

		if (f->fault.n == 0)
			continue;
		row = tpl_add(list, TPL_FAULT);
		tpl_set(row, TPL_PATH, f->path);
		tpl_set(row, TPL_FAULT, view_visible(a, f->fault));
		if (f->fault_line)
			tpl_set_show(row, TPL_FAULT_LINE, view_number(a, f->fault_line));
	}
}

static void fill_problems(struct tpl *body, struct arena *a, const struct view_frame *f,
			  const struct view_synced *v)
{
	struct tpl *list;

	if (v->nproblems == 0)
		return;
	list = tpl_add(body, TPL_REFERENCES);
	for (size_t k = 0; k < v->nproblems && k < VIEW_CHECK_PROBLEMS; k++)
		view_reference(tpl_add(list, TPL_REFERENCE), a, f, &v->problems[k]);
	if (v->nproblems > VIEW_CHECK_PROBLEMS)
		tpl_set_show(list, TPL_MORE,
			     view_number(a, (int64_t)(v->nproblems - VIEW_CHECK_PROBLEMS)));
}

int view_check(struct buf *out, struct arena *a, const struct view_frame *f,
	       const struct view_check *v)
{
	struct view_page p = view_page_open(a, f, TPL_FILE_WORKFLOW_CHECK, true);

	tpl_set(p.body, TPL_SLUG, f->scope ? f->scope->slug : SPAN(""));
	tpl_set(p.body, TPL_CSRF, f->csrf);
	tpl_set_i64(p.body, TPL_ID, v->project_id);
	tpl_set(p.body, TPL_PROJECT_NAME, v->project);
	fill_verdict(p.body, a, &v->found);
	fill_faults(p.body, a, &v->found);
	fill_problems(p.body, a, f, &v->found);
	if (v->paste.text.n)
		view_paste(tpl_add(p.body, TPL_PASTE), f, v->project_id, &v->paste);
	else
		tpl_show(p.body, TPL_CHOSEN, true);
	return view_page_render(&p, out);
}
