/* workflow.c: what a project's workflow files name, judged as things are now. */
#include "page/workflow.h"

#include <stdlib.h>

#include "base/clock.h"
#include "core/resource.h"
#include "core/shell.h"
#include "page/frame.h"
#include "base/banned.h"

/* A name that leads nowhere is compared with all names there are: so many times a page, no more. */
enum { GUESSES_MOST = 20, API_ROWS = 500 };

/* --- judging --- */

struct judge {
	struct req *r;
	struct reference_targets targets;
	struct span *names; /* of what the viewer sees; NULL until the first name leads nowhere */
	size_t nnames;
	struct {
		struct span name, meant;
	} guesses[GUESSES_MOST];
	size_t nguesses;
};

static int guess(struct judge *j, struct span name, struct span *meant)
{
	struct arena *a = j->r->arena;

	*meant = SPAN("");
	for (size_t k = 0; k < j->nguesses; k++)
		if (span_eq(j->guesses[k].name, name)) {
			*meant = j->guesses[k].meant;
			return OK;
		}
	if (j->nguesses == GUESSES_MOST)
		return OK;
	if (!j->names)
		TRY(store_reference_names(app_of(j->r)->db, a, scope_of(j->r), &j->names,
					  &j->nnames));
	*meant = reference_alike(a, name, j->names, j->nnames);
	j->guesses[j->nguesses].name = name;
	j->guesses[j->nguesses++].meant = *meant;
	return OK;
}

static int judge_one(struct judge *j, const struct reference *r, struct view_reference *out)
{
	const struct reference_target *t = store_reference_target(&j->targets, r->name);

	out->file_id = r->file_id;
	out->spot = r->spot;
	out->line = r->line;
	out->column = r->column;
	out->kind = reference_kind_text(r->kind);
	out->consumer = r->consumer;
	out->key = r->key;
	out->name = r->name;
	out->state = reference_judge(app_of(j->r)->types, r, t);
	out->advice = reference_advice(out->state);
	if (out->state == REFERENCE_WRONG_TYPE && t->seen)
		out->advice = resource_advice(j->r->arena, app_of(j->r)->types, r->resource_type,
					      t->type);
	out->target_id = t && t->seen && !r->dynamic ? t->id : 0;
	if (out->state != REFERENCE_MISSING)
		return OK;
	TRY(guess(j, r->name, &out->meant));
	if (out->meant.n)
		out->advice = arena_printf(j->r->arena, "%.*s Did you mean \"%.*s\"?",
					   SPAN_ARG(out->advice), SPAN_ARG(out->meant));
	return OK;
}

static const struct workflow_file *file_of(const struct workflow_file *files, size_t n, int64_t id)
{
	for (size_t k = 0; k < n; k++)
		if (files[k].id == id)
			return &files[k];
	return NULL;
}

static bool needs_somebody(const struct view_reference *r)
{
	return r->state != REFERENCE_FINE || r->stale;
}

static int by_urgency(const void *a, const void *b)
{
	const struct view_reference *x = a, *y = b;
	int c = (int)x->state - (int)y->state;

	if (c == 0)
		c = (int)y->stale - (int)x->stale;
	if (c == 0)
		c = span_cmp(x->path, y->path);
	if (c == 0)
		c = (x->line > y->line) - (x->line < y->line);
	return c != 0 ? c : (x->column > y->column) - (x->column < y->column);
}

int workflow_judge(struct req *r, int64_t project_id, const struct workflow_file *files,
		   size_t nfiles, const struct reference *list, size_t n,
		   struct view_reference **out)
{
	struct judge *j = ARENA_NEW(r->arena, struct judge);
	const struct workflow_file *file = NULL;

	j->r = r;
	*out = ARENA_ARRAY(r->arena, struct view_reference, n + 1);
	TRY(store_reference_targets(app_of(r)->db, r->arena, scope_of(r), project_id, list, n,
				    &j->targets));
	for (size_t k = 0; k < n; k++) {
		if (!file || file->id != list[k].file_id)
			file = file_of(files, nfiles, list[k].file_id);
		TRY(judge_one(j, &list[k], &(*out)[k]));
		/* none: a file that came between two looks at the database */
		(*out)[k].path = file ? file->path : SPAN("");
		(*out)[k].stale = file && file->fault.n;
	}
	if (n > 1)
		qsort(*out, n, sizeof(**out), by_urgency);
	return OK;
}

/* --- the project's page --- */

static int by_need(const void *a, const void *b)
{
	const struct view_workflow_file *x = a, *y = b;
	int c = (y->fault.n > 0) - (x->fault.n > 0);

	return c != 0 ? c : span_cmp(x->path, y->path);
}

static void show_files(struct req *r, const struct workflow_file *files, size_t n,
		       struct view_workflow *v)
{
	v->files = ARENA_ARRAY(r->arena, struct view_workflow_file, n + 1);
	for (v->nfiles = 0; v->nfiles < n; v->nfiles++) {
		const struct workflow_file *f = &files[v->nfiles];

		v->files[v->nfiles] = (struct view_workflow_file){
			f->path,      f->size,	f->references, f->synced_at,
			f->synced_by, f->fault, f->fault_line, f->read_at};
		v->nstale += f->fault.n > 0;
	}
	if (n > 1)
		qsort(v->files, n, sizeof(*v->files), by_need);
}

static void show_page(struct view_workflow *v, struct view_reference *all, size_t n, int64_t from,
		      int64_t limit)
{
	v->total = (int64_t)n;
	v->from = from < v->total ? from : 0;
	v->references = all + v->from;
	v->nreferences = (size_t)(v->total - v->from < limit ? v->total - v->from : limit);
	v->previous = v->from == 0 ? -1 : v->from > limit ? v->from - limit : 0;
	v->next = v->from + limit < v->total ? v->from + limit : -1;
	for (size_t k = 0; k < n; k++)
		v->problems += needs_somebody(&all[k]);
}

void workflow_link(const struct req *r, const struct project_row *p, struct view_reference *list,
		   size_t n)
{
	for (size_t k = 0; k < n; k++)
		list[k].link = git_line_url(r->arena, &p->place, list[k].path, list[k].line);
}

/* What a CI step says. */
static void show_lines(struct req *r, const struct project_row *p, struct view_workflow *v)
{
	struct arena *a = r->arena;
	struct span slug = scope_of(r)->slug;

	v->server = arena_printf(a, "%s://%.*s", app_of(r)->secure ? "https" : "http",
				 SPAN_ARG(r->host));
	v->api = arena_printf(a, "%.*s/api/v1/s/%.*s/projects/%lld", SPAN_ARG(v->server),
			      SPAN_ARG(slug), (long long)p->id);
	v->lint = shell_word(a, arena_printf(a, "%.*s/%.*s", SPAN_ARG(slug), SPAN_ARG(p->name)));
}

int workflow_show(struct req *r, const struct project_row *p, int64_t limit,
		  struct view_workflow *v)
{
	struct app *app = app_of(r);
	struct workflow_file *files;
	struct reference *list;
	struct view_reference *judged;
	int64_t from = 0;
	size_t nfiles, n;

	TRY(store_workflow_files(app->db, r->arena, scope_of(r), p->id, &files, &nfiles));
	TRY(store_reference_list(app->db, r->arena, scope_of(r), p->id, 0, &list, &n));
	TRY(workflow_judge(r, p->id, files, nfiles, list, n, &judged));
	if (span_i64(req_query(r, "from"), &from) != OK)
		from = 0;
	*v = (struct view_workflow){
		.project_id = p->id,
		.now = clock_now(),
		.paste = {.path = frame_typed(r, "path", SPAN("")),
			  .text = frame_typed(r, "text", SPAN("")),
			  .path_error = frame_message(r, "path"),
			  .text_error = frame_message(r, "text")},
		.folder = frame_typed(r, "folder", SPAN("")),
		.file_error = frame_message(r, "file"),
		.folder_error = frame_message(r, "folder"),
	};
	show_lines(r, p, v);
	show_files(r, files, nfiles, v);
	show_page(v, judged, n, from, limit);
	workflow_link(r, p, v->references, v->nreferences);
	return r->api ? OK : workflow_context(r, v->references, v->nreferences);
}

int page_workflow(struct req *r, struct res *s)
{
	struct view_frame f = frame_for(r, s, SPAN(""));
	struct view_workflow v;
	struct project_row p;
	int64_t id;

	TRY(req_param_id(r, "id", &id));
	TRY(store_project_get(app_of(r)->db, r->arena, scope_of(r), id, &p));
	TRY(workflow_show(r, &p, API_ROWS, &v));
	return view_workflow_state(s->body, &f, &v);
}
