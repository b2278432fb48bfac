/* workflow_send.c: files from programs and from the project's page. */
#include "page/workflow.h"

#include "page/frame.h"
#include "page/project.h"
#include "page/sub.h"
#include "base/banned.h"

enum { PATH_MOST = 4 * WORKFLOW_PATH_CHARS_MAX + 4, BODY_MOST = 8 << 20, PARTS_MOST = 1000 };
enum { PROBLEMS_SHOWN = 1000 };

static const struct form_field RAW_FIELDS[] = {
	{"body", FORM_RAW, false, WORKFLOW_FILE_BYTES, "The file"}};
const struct form_def FORM_WORKFLOW_RAW = {RAW_FIELDS, 1, WORKFLOW_FILE_BYTES, 1};

static const struct form_field FILES_FIELDS[] = {
	{"file", FORM_FILES, false, WORKFLOW_FILE_BYTES, "The file"}};
const struct form_def FORM_WORKFLOW_FILES = {FILES_FIELDS, 1, BODY_MOST, PARTS_MOST};

static const struct form_field FIELDS[] = {
	{"csrf", FORM_TEXT, false, 100, "Token"},
	{"path", FORM_TEXT, false, PATH_MOST, "The path"},
	{"text", FORM_LINES, false, WORKFLOW_FILE_BYTES, "The file"},
	{"folder", FORM_TEXT, false, PATH_MOST, "The folder"},
	{"file", FORM_FILES, false, WORKFLOW_FILE_BYTES, "The file"},
	{"check", FORM_FLAG, false, 1, "Check without storing"},
};
const struct form_def FORM_WORKFLOW = {FIELDS, COUNT(FIELDS), BODY_MOST, PARTS_MOST};

static const struct form_field REMOVE_FIELDS[] = {
	{"csrf", FORM_TEXT, false, 100, "Token"},
	{"path", FORM_TEXT, false, PATH_MOST, "The path"},
	{"all", FORM_FLAG, false, 1, "All files"},
};
const struct form_def FORM_WORKFLOW_REMOVE = {REMOVE_FIELDS, COUNT(REMOVE_FIELDS), 8192, 8};

static int open_project(struct req *r, struct project_row *p)
{
	int64_t id;

	TRY(req_param_id(r, "id", &id));
	return store_project_get(app_of(r)->db, r->arena, scope_of(r), id, p);
}

/* --- what a sync answers --- */

static struct span change_text(enum workflow_change change)
{
	switch (change) {
	case WORKFLOW_SAME:
		return SPAN("same");
	case WORKFLOW_NEW:
		return SPAN("new");
	case WORKFLOW_CHANGED:
		return SPAN("changed");
	case WORKFLOW_STALE:
		return SPAN("stale");
	}
	return SPAN("");
}

void workflow_file_answer(struct arena *a, const struct workflow_sent *f,
			  struct view_synced_file *v)
{
	struct span *names = ARENA_ARRAY(a, struct span, f->nreferences + 1);

	*v = (struct view_synced_file){.path = f->path,
				       .change = change_text(f->change),
				       .fault = f->fault,
				       .fault_line = f->fault_line};
	if (f->change != WORKFLOW_NEW && f->change != WORKFLOW_CHANGED)
		return;
	for (size_t k = 0; k < f->nreferences; k++)
		names[k] = f->references[k].name;
	v->added = reference_names_less(a, names, f->nreferences, f->was, f->nwas, &v->nadded);
	v->gone = reference_names_less(a, f->was, f->nwas, names, f->nreferences, &v->ngone);
}

/* The references of the files that were sent, as they are stored now. */
static int read_sent(struct req *r, const struct workflow_sync *sync, struct view_synced *v,
		     struct reference **list, size_t *n)
{
	int64_t one = sync->n == 1 ? sync->files[0].id : 0;
	struct reference *all;
	size_t nall;

	TRY(store_reference_list(app_of(r)->db, r->arena, scope_of(r), sync->project_id, one, &all,
				 &nall));
	*list = all;
	*n = 0;
	for (size_t k = 0; k < nall; k++)
		for (size_t i = 0; i < sync->n; i++)
			if (sync->files[i].id == all[k].file_id) {
				v->files[i].references++;
				all[(*n)++] = all[k];
				break;
			}
	return OK;
}

static int answer(struct req *r, struct res *s, const struct project_row *p,
		  const struct workflow_sync *sync)
{
	struct view_synced v = {.removed = sync->removed, .nremoved = sync->nremoved};
	struct workflow_file *files;
	struct reference *list;
	size_t nfiles, n;

	v.files = ARENA_ARRAY(r->arena, struct view_synced_file, sync->n + 1);
	for (v.nfiles = 0; v.nfiles < sync->n; v.nfiles++)
		workflow_file_answer(r->arena, &sync->files[v.nfiles], &v.files[v.nfiles]);
	TRY(read_sent(r, sync, &v, &list, &n));
	TRY(store_workflow_files(app_of(r)->db, r->arena, scope_of(r), sync->project_id, &files,
				 &nfiles));
	TRY(workflow_judge(r, sync->project_id, files, nfiles, list, n, &v.problems));
	v.references = (int64_t)n;
	/* the fine ones stand at the end */
	while (n && v.problems[n - 1].state == REFERENCE_FINE)
		n--;
	v.fine = v.references - (int64_t)n;
	v.nproblems = n < PROBLEMS_SHOWN ? n : PROBLEMS_SHOWN;
	workflow_link(r, p, v.problems, v.nproblems);
	return view_synced(s->body, &v);
}

static int take(struct req *r, struct res *s, const struct project_row *p,
		const struct workflow_bytes *list, size_t n, bool whole)
{
	struct workflow_sync sync;

	TRY(workflow_take(r, p, list, n, whole, &sync));
	if (!r->form->errors)
		return answer(r, s, p, &sync);
	s->status = 422;
	return OK;
}

/* --- programs --- */

int page_workflow_put(struct req *r, struct res *s)
{
	struct workflow_bytes one = {.path = req_query(r, "path")};
	struct form_value *body;
	struct project_row p;
	size_t at = 0;

	TRY(open_project(r, &p));
	if (form_next(r->form, "body", &at, &body))
		one.bytes = form_bytes(body);
	return take(r, s, &p, &one, 1, false);
}

/* "./ci/a.yml" is how some commands write it. */
static struct span file_path(struct arena *a, struct span folder, struct span name)
{
	while (span_starts(name, SPAN("./")))
		name = span_of(name.p + 2, name.n - 2);
	while (folder.n && folder.p[folder.n - 1] == '/')
		folder.n--;
	if (folder.n == 0)
		return name;
	return arena_printf(a, "%.*s/%.*s", SPAN_ARG(folder), SPAN_ARG(name));
}

struct workflow_bytes *workflow_parts(struct req *r, struct span folder, size_t room, size_t *n)
{
	struct workflow_bytes *list =
		ARENA_ARRAY(r->arena, struct workflow_bytes, r->form->nvalues + room);
	struct form_value *v;
	size_t at = 0;

	for (*n = 0; form_next(r->form, "file", &at, &v); ++*n)
		list[*n] = (struct workflow_bytes){file_path(r->arena, folder, v->value),
						   form_bytes(v)};
	return list;
}

int page_workflow_put_all(struct req *r, struct res *s)
{
	struct workflow_bytes *list;
	struct project_row p;
	size_t n;

	TRY(open_project(r, &p));
	list = workflow_parts(r, SPAN(""), 1, &n);
	if (n == 0)
		form_fail(r->form, SPAN("file"),
			  "Send at least one file, as a part named \"file\" whose file name is its "
			  "path. To remove the last one, use DELETE on its own address.");
	return take(r, s, &p, list, n, true);
}

int page_workflow_delete(struct req *r, struct res *s)
{
	struct span path = req_query(r, "path");
	struct actor actor = actor_of(r);
	struct project_row p;
	int64_t n;

	TRY(open_project(r, &p));
	if (path.n == 0) {
		form_fail(r->form, SPAN("path"), "Say which file is gone: its path.");
		s->status = 422;
		return OK;
	}
	s->status = 204;
	return store_workflow_remove(app_of(r)->db, r->arena, scope_of(r), &actor, p.id, path, &n);
}

/* --- people --- */

static int done(struct req *r, struct res *s, const struct project_row *p, enum said said)
{
	frame_say(r, s, said, sub_path(r, "/projects/%lld", (long long)p->id));
	return OK;
}

/* A path and a text make one more file. */
static void add_paste(struct req *r, struct workflow_bytes *list, size_t *n)
{
	struct span path = form_text(r->form, "path"), text = form_text(r->form, "text");

	if (!path.n && !text.n && *n == 0)
		form_fail(r->form, SPAN("file"),
			  "Choose the files to send, or paste one with its path.");
	if (!path.n && !text.n)
		return;
	if (!text.n)
		form_fail(r->form, SPAN("text"), "Paste the file here.");
	list[(*n)++] = (struct workflow_bytes){path, text};
}

int page_workflow_send(struct req *r, struct res *s)
{
	struct workflow_bytes *list;
	struct workflow_sync sync;
	struct project_row p;
	size_t n;

	TRY(open_project(r, &p));
	list = workflow_parts(r, form_text(r->form, "folder"), 1, &n);
	add_paste(r, list, &n);
	if (!r->form->errors && form_flag(r->form, "check"))
		return workflow_check_show(r, s, &p, list, n);
	if (!r->form->errors)
		TRY(workflow_take(r, &p, list, n, false, &sync));
	if (r->form->errors)
		return page_project_again(r, s, 422);
	for (size_t k = 0; k < sync.n; k++)
		if (sync.files[k].change == WORKFLOW_STALE)
			return done(r, s, &p, SAID_SYNCED_STALE);
	return done(r, s, &p, SAID_SYNCED);
}

int page_workflow_remove(struct req *r, struct res *s)
{
	bool all = form_flag(r->form, "all");
	struct span path = all ? SPAN("") : form_text(r->form, "path");
	struct actor actor = actor_of(r);
	struct project_row p;
	int64_t n;
	int rc;

	TRY(open_project(r, &p));
	if (!all && path.n == 0)
		return E_INVALID;
	rc = store_workflow_remove(app_of(r)->db, r->arena, scope_of(r), &actor, p.id, path, &n);
	/* gone already: that is what was wanted */
	if (rc != OK && rc != E_NOT_FOUND)
		return rc;
	return done(r, s, &p, SAID_UNSYNCED);
}
