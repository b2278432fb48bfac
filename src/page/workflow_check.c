/* workflow_check.c: the gate before a run: files are judged as a sync would judge them, and nothing
 * is stored. */
#include "page/workflow.h"

#include "page/frame.h"
#include "page/project.h"
#include "page/sub.h"
#include "view/workflow_check.h"
#include "base/banned.h"

struct checking {
	struct req *r;
	const struct project_row *project;
	struct workflow_sync sync;
	struct workflow_file *known; /* as they are stored */
	size_t nknown;
	struct reference *stored; /* their references; only if any is needed */
	size_t nstored;
};

static const struct workflow_file *known_of(const struct checking *c, struct span path)
{
	for (size_t k = 0; k < c->nknown; k++)
		if (span_eq(c->known[k].path, path))
			return &c->known[k];
	return NULL;
}

/* What is stored of a file; *n of them, in the order of the file's place in `stored`. */
static struct reference *stored_of(const struct checking *c, int64_t file_id, size_t *n)
{
	struct reference *list;
	size_t room = 1;

	/* this is done for each file: never as much as all of them need */
	for (size_t k = 0; k < c->nstored; k++)
		room += c->stored[k].file_id == file_id;
	list = ARENA_ARRAY(c->r->arena, struct reference, room);
	*n = 0;
	for (size_t k = 0; k < c->nstored; k++)
		if (c->stored[k].file_id == file_id)
			list[(*n)++] = c->stored[k];
	return list;
}

static void names_before(const struct checking *c, struct workflow_sent *f, int64_t file_id)
{
	const struct reference *list = stored_of(c, file_id, &f->nwas);

	f->was = ARENA_ARRAY(c->r->arena, struct span, f->nwas + 1);
	for (size_t k = 0; k < f->nwas; k++)
		f->was[k] = list[k].name;
}

/* What a sync would make of it. */
static void compare(const struct checking *c, struct workflow_sent *f)
{
	const struct workflow_file *known = known_of(c, f->path);

	if (f->fault.n)
		f->change = WORKFLOW_STALE;
	else if (!known)
		f->change = WORKFLOW_NEW;
	else
		f->change = f->read ? WORKFLOW_CHANGED : WORKFLOW_SAME;
	if (f->change == WORKFLOW_CHANGED)
		names_before(c, f, known->id);
	/* its bytes are those that were read then */
	if (f->change == WORKFLOW_SAME)
		f->references = stored_of(c, known->id, &f->nreferences);
}

static int compare_all(struct checking *c)
{
	bool known = false;

	for (size_t k = 0; k < c->sync.n; k++)
		known = known || known_of(c, c->sync.files[k].path);
	if (known)
		TRY(store_reference_list(app_of(c->r)->db, c->r->arena, scope_of(c->r),
					 c->project->id, 0, &c->stored, &c->nstored));
	for (size_t k = 0; k < c->sync.n; k++)
		compare(c, &c->sync.files[k]);
	return OK;
}

static void fail_limits(const struct checking *c)
{
	struct form *f = c->r->form;

	if (c->sync.too_many_files)
		form_fail(
			f, SPAN("file"),
			"Nothing is checked: a project has at most %d workflow files. Send fewer.",
			WORKFLOW_FILES_MAX);
	if (c->sync.too_many_references)
		form_fail(
			f, SPAN("file"),
			"Nothing is checked: the workflow files of a project may name integrations "
			"in at most %d places, and these have more.",
			WORKFLOW_REFERENCES_MAX);
}

/* With those of files that are known and were not read again. */
static void check_references(struct checking *c)
{
	size_t references = 0;

	for (size_t k = 0; k < c->sync.n; k++)
		references += c->sync.files[k].nreferences;
	c->sync.too_many_references = references > WORKFLOW_REFERENCES_MAX;
	fail_limits(c);
}

/* Each file under a number of its own, whether it is stored or not. */
static int judge(struct checking *c, struct view_synced *v)
{
	struct arena *a = c->r->arena;
	struct workflow_file *files = ARENA_ARRAY(a, struct workflow_file, c->sync.n + 1);
	struct reference *list;
	size_t n = 0;

	for (size_t k = 0; k < c->sync.n; k++)
		n += c->sync.files[k].nreferences;
	list = ARENA_ARRAY(a, struct reference, n + 1);
	n = 0;
	for (size_t k = 0; k < c->sync.n; k++) {
		const struct workflow_sent *f = &c->sync.files[k];

		files[k] = (struct workflow_file){.id = (int64_t)k + 1, .path = f->path};
		for (size_t i = 0; i < f->nreferences; i++) {
			list[n] = f->references[i];
			list[n++].file_id = files[k].id;
		}
	}
	TRY(workflow_judge(c->r, c->project->id, files, c->sync.n, list, n, &v->problems));
	v->references = (int64_t)n;
	/* the fine ones stand at the end */
	while (n && v->problems[n - 1].state == REFERENCE_FINE)
		n--;
	v->fine = v->references - (int64_t)n;
	v->nproblems = n;
	return OK;
}

/* The lines around what a page shows, from the bytes that were sent. */
static int show_lines(const struct checking *c, const struct workflow_bytes *list,
		      struct view_synced *v)
{
	struct arena *a = c->r->arena;
	struct workflow_lines *lines = ARENA_ARRAY(a, struct workflow_lines, c->sync.n + 1);

	for (size_t k = 0; k < c->sync.n; k++) {
		const struct workflow_sent *f = &c->sync.files[k];
		struct span packed =
			workflow_lines_pack(a, list[k].bytes, f->references, f->nreferences);

		TRY(workflow_lines_unpack(a, packed, &lines[k]));
	}
	for (size_t k = 0; k < v->nproblems && k < VIEW_CHECK_PROBLEMS; k++)
		workflow_context_of(a, &v->problems[k], &lines[v->problems[k].file_id - 1]);
	return OK;
}

/* Messages about what cannot be checked are in the form afterwards. */
static int check(struct req *r, const struct project_row *p, const struct workflow_bytes *list,
		 size_t n, struct view_synced *v)
{
	struct checking c = {.r = r, .project = p};
	int rc;

	rc = workflow_look(r, p, list, n, &c.sync, &c.known, &c.nknown);
	if (rc == E_TOO_BIG)
		fail_limits(&c);
	else
		TRY(rc);
	if (!r->form->errors)
		TRY(compare_all(&c));
	if (!r->form->errors)
		check_references(&c);
	if (r->form->errors)
		return OK;
	v->files = ARENA_ARRAY(r->arena, struct view_synced_file, c.sync.n + 1);
	for (v->nfiles = 0; v->nfiles < c.sync.n; v->nfiles++) {
		workflow_file_answer(r->arena, &c.sync.files[v->nfiles], &v->files[v->nfiles]);
		v->files[v->nfiles].references = (int64_t)c.sync.files[v->nfiles].nreferences;
	}
	TRY(judge(&c, v));
	return r->api ? OK : show_lines(&c, list, v);
}

/* --- programs --- */

static int answer(struct req *r, struct res *s, const struct project_row *p)
{
	struct view_synced v = {0};
	size_t n;
	struct workflow_bytes *list = workflow_parts(r, SPAN(""), 0, &n);

	if (n == 0)
		form_fail(r->form, SPAN("file"),
			  "Send at least one file, as a part named \"file\" whose file name is its "
			  "path.");
	if (!r->form->errors)
		TRY(check(r, p, list, n, &v));
	if (!r->form->errors)
		return view_synced(s->body, &v);
	s->status = 422;
	return OK;
}

int page_workflow_check(struct req *r, struct res *s)
{
	struct project_row p;
	int64_t id;

	TRY(req_param_id(r, "id", &id));
	TRY(store_project_get(app_of(r)->db, r->arena, scope_of(r), id, &p));
	return answer(r, s, &p);
}

int page_workflow_check_named(struct req *r, struct res *s)
{
	struct span name = req_query(r, "project");
	struct project_row p;
	int64_t id;

	if (name.n == 0) {
		form_fail(r->form, SPAN("project"),
			  "Say whose files these are: the project's name, as ?project=NAME.");
		s->status = 422;
		return OK;
	}
	TRY(store_project_find(app_of(r)->db, r->arena, scope_of(r), name, &id));
	TRY(store_project_get(app_of(r)->db, r->arena, scope_of(r), id, &p));
	return answer(r, s, &p);
}

/* --- people --- */

int workflow_check_show(struct req *r, struct res *s, const struct project_row *p,
			const struct workflow_bytes *list, size_t n)
{
	struct view_check v = {
		.project_id = p->id,
		.project = p->name,
		.paste = {.path = form_text(r->form, "path"), .text = form_text(r->form, "text")},
	};
	struct view_frame f;

	TRY(check(r, p, list, n, &v.found));
	if (r->form->errors)
		return page_project_again(r, s, 422);
	f = sub_frame(r, s, SPAN("What the check found"), NAV_PROJECTS, true);
	frame_crumb(&f, p->name, sub_path(r, "/projects/%lld", (long long)p->id));
	return view_check(s->body, r->arena, &f, &v);
}
