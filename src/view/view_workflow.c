/* view_workflow.c: the cards of workflow files on a project's page. */
#include "view/workflow.h"

#include "base/clock.h"
#include "view/frame.h"
#include "view/json.h"
#include "base/banned.h"

/* More files than these are folded away. */
enum { FILES_SHOWN = 10 };

struct span view_visible(struct arena *a, struct span text)
{
	struct buf out = BUF_INIT;
	struct span shown;
	unsigned code;
	size_t at;

	if (!span_has_control(text, false, &code, &at))
		return text;
	for (size_t k = 0, n; k < text.n; k += n) {
		struct span one;

		for (n = 1; k + n < text.n && ((unsigned char)text.p[k + n] & 0xC0) == 0x80;)
			n++;
		one = span_of(text.p + k, n);
		if (span_has_control(one, false, &code, &at))
			buf_printf(&out, "\\u%04X", code);
		else
			buf_put(&out, one);
	}
	shown = arena_span(a, buf_span(&out));
	buf_release(&out);
	return shown;
}

static void fill_state(struct tpl *row, const struct view_reference *r)
{
	static const enum tpl_name SHOWN[REFERENCE_STATES] = {
		[REFERENCE_MISSING] = TPL_IS_BAD,     [REFERENCE_DENIED] = TPL_IS_BAD,
		[REFERENCE_WRONG_TYPE] = TPL_IS_BAD,  [REFERENCE_ERASED] = TPL_IS_BAD,
		[REFERENCE_WITHDRAWN] = TPL_IS_BAD,   [REFERENCE_DISABLED] = TPL_IS_BAD,
		[REFERENCE_PAUSED] = TPL_IS_BAD,      [REFERENCE_OWNER_LEFT] = TPL_IS_WARNING,
		[REFERENCE_DYNAMIC] = TPL_IS_DYNAMIC,
	};

	tpl_set(row, TPL_STATE, reference_state_text(r->state));
	if (r->state != REFERENCE_FINE)
		tpl_show(row, SHOWN[r->state], true);
	tpl_show(row, TPL_IS_STALE, r->stale);
	tpl_set_show(row, TPL_ADVICE, r->advice);
}

static void fill_code(struct tpl *row, struct arena *a, const struct view_reference *r)
{
	struct tpl *code;

	if (r->ncode == 0)
		return;
	code = tpl_add(row, TPL_CODE);
	for (size_t k = 0; k < r->ncode; k++) {
		const struct view_code *c = &r->code[k];
		struct tpl *line = tpl_add(code, TPL_CODE_LINE);

		tpl_show(line, TPL_GAP, c->gap);
		tpl_show(line, TPL_HERE, c->here);
		tpl_set_i64(line, TPL_CODE_NUMBER, c->number);
		tpl_show(line, TPL_BEGUN, c->begun);
		tpl_set(line, TPL_BEFORE, view_visible(a, c->before));
		tpl_set_show(line, TPL_MARKED, view_visible(a, c->marked));
		tpl_set(line, TPL_BEHIND, view_visible(a, c->after));
		tpl_show(line, TPL_BROKEN, c->broken);
	}
}

void view_reference(struct tpl *t, struct arena *a, const struct view_frame *f,
		    const struct view_reference *r)
{
	struct tpl *row = tpl_include(t, TPL_REFERENCE_ROW, TPL_FILE_REFERENCE_ROW);

	tpl_set(row, TPL_SLUG, f->scope ? f->scope->slug : SPAN(""));
	tpl_set(row, TPL_REFERENCE_NAME, view_visible(a, r->name));
	tpl_set(row, TPL_PATH, r->path);
	tpl_set_i64(row, TPL_LINE, r->line);
	tpl_set_show(row, TPL_LINK, r->link);
	tpl_show(row, TPL_NO_LINK, r->link.n == 0);
	tpl_set(row, TPL_KIND, r->kind);
	/* that of the CI section says nothing more */
	if (!span_eq(r->consumer, r->kind))
		tpl_set_show(row, TPL_CONSUMER, view_visible(a, r->consumer));
	tpl_set(row, TPL_KEY, r->key);
	if (r->target_id)
		tpl_set_show(row, TPL_TARGET, view_number(a, r->target_id));
	else
		tpl_show(row, TPL_NO_TARGET, true);
	fill_state(row, r);
	fill_code(row, a, r);
}

static void fill_references(struct tpl *files, struct arena *a, const struct view_frame *f,
			    const struct view_workflow *v)
{
	struct tpl *list;

	if (v->problems)
		tpl_set_show(files, TPL_PROBLEMS, view_number(a, v->problems));
	else
		tpl_show(files, TPL_ALL_FINE, v->total > 0 && v->nstale == 0);
	if (v->total == 0) {
		tpl_show(files, TPL_NO_REFERENCE, true);
		return;
	}
	list = tpl_add(files, TPL_REFERENCES);
	for (size_t k = 0; k < v->nreferences; k++)
		view_reference(tpl_add(list, TPL_REFERENCE), a, f, &v->references[k]);
	tpl_set_i64(list, TPL_FIRST, v->from + 1);
	tpl_set_i64(list, TPL_LAST, v->from + (int64_t)v->nreferences);
	tpl_set_i64(list, TPL_TOTAL, v->total);
	if (v->previous >= 0)
		tpl_set_show(list, TPL_PREVIOUS_PAGE, view_number(a, v->previous));
	if (v->next >= 0)
		tpl_set_show(list, TPL_NEXT_PAGE, view_number(a, v->next));
}

static void fill_fault(struct tpl *row, struct arena *a, const struct view_workflow_file *f)
{
	struct tpl *fault;

	if (f->fault.n == 0)
		return;
	fault = tpl_add(row, TPL_FAULT);
	tpl_set(fault, TPL_FAULT, view_visible(a, f->fault));
	if (f->fault_line)
		tpl_set_show(fault, TPL_FAULT_LINE, view_number(a, f->fault_line));
	if (f->read_at)
		tpl_set(tpl_add(fault, TPL_KEPT), TPL_READ_AT, clock_text(a, f->read_at));
}

static void fill_file(struct tpl *row, struct arena *a, const struct view_workflow_file *f,
		      int64_t now)
{
	tpl_set(row, TPL_PATH, f->path);
	tpl_set(row, TPL_COUNT,
		arena_printf(a, "%lld reference%s", (long long)f->references,
			     f->references == 1 ? "" : "s"));
	tpl_set(row, TPL_SYNCED_AT, clock_text(a, f->synced_at));
	tpl_set(row, TPL_SYNCED_AGO, clock_ago(a, f->synced_at, now));
	tpl_set(row, TPL_SYNCED_BY, f->synced_by);
	fill_fault(row, a, f);
}

/* Those that cannot be read come first, and are never folded away. */
static void fill_files(struct tpl *files, struct arena *a, const struct view_workflow *v)
{
	size_t shown = v->nstale > FILES_SHOWN ? v->nstale : FILES_SHOWN;
	struct tpl *more = NULL;

	if (v->nfiles > shown) {
		more = tpl_add(files, TPL_MORE_FILES);
		tpl_set_i64(more, TPL_MORE_FILES, (int64_t)(v->nfiles - shown));
	}
	for (size_t k = 0; k < v->nfiles; k++)
		fill_file(tpl_add(more && k >= shown ? more : files, TPL_FILE), a, &v->files[k],
			  v->now);
	if (v->nstale)
		tpl_set_show(files, TPL_STALE_FILES, view_number(a, (int64_t)v->nstale));
}

static void fill_ids(struct tpl *t, const struct view_frame *f, int64_t project_id)
{
	tpl_set(t, TPL_SLUG, f->scope ? f->scope->slug : SPAN(""));
	tpl_set(t, TPL_CSRF, f->csrf);
	tpl_set_i64(t, TPL_ID, project_id);
}

void view_paste(struct tpl *t, const struct view_frame *f, int64_t project_id,
		const struct view_paste *v)
{
	struct tpl *form = tpl_include(t, TPL_PASTE_FORM, TPL_FILE_WORKFLOW_PASTE);

	fill_ids(form, f, project_id);
	tpl_set(form, TPL_PATH_TYPED, v->path);
	tpl_set(form, TPL_TEXT, v->text);
	tpl_set_show(form, TPL_PATH_ERROR, v->path_error);
	tpl_set_show(form, TPL_TEXT_ERROR, v->text_error);
}

static void fill_form(struct tpl *t, const struct view_frame *f, const struct view_workflow *v)
{
	bool wrong = v->paste.path_error.n || v->paste.text_error.n || v->file_error.n ||
		     v->folder_error.n;

	tpl_set(t, TPL_API, v->api);
	tpl_set(t, TPL_SERVER, v->server);
	tpl_set(t, TPL_LINT, v->lint);
	tpl_set(t, TPL_FOLDER, v->folder);
	tpl_set_show(t, TPL_FILES_ERROR, v->file_error);
	tpl_set_show(t, TPL_FOLDER_ERROR, v->folder_error);
	tpl_show(t, TPL_OPEN, wrong || v->nfiles == 0);
	view_paste(t, f, v->project_id, &v->paste);
}

void view_workflow(struct tpl *t, struct arena *a, const struct view_frame *f,
		   const struct view_workflow *v)
{
	struct tpl *files;

	fill_ids(t, f, v->project_id);
	tpl_show(t, f->scope && f->scope->role == ROLE_ADMIN ? TPL_MAKES_TOKENS : TPL_NAMES_TOKENS,
		 true);
	fill_form(t, f, v);
	if (v->nfiles == 0) {
		tpl_show(t, TPL_NO_FILES, true);
		return;
	}
	files = tpl_add(t, TPL_FILES);
	fill_references(files, a, f, v);
	fill_files(files, a, v);
}

int view_workflow_state(struct buf *out, const struct view_frame *f, const struct view_workflow *v)
{
	return json_workflow(out, f, v);
}

int view_synced(struct buf *out, const struct view_synced *v)
{
	return json_synced(out, v);
}
