/* workflow_take.c: files in, references stored. What is known by its hash is not read again. */
#include "page/workflow.h"

#include "core/workflow_lines.h"
#include "page/app.h"
#include "ref/ref.h"
#include "seal/hash.h"
#include "base/banned.h"

/* Anchors that other files of the repository use. */
#define TEMPLATES "shippable.templates.yml"
/* How often somebody else may be quicker. */
enum { TRIES = 3 };

struct taking {
	struct req *r;
	const struct workflow_bytes *list;
	struct workflow_sync *sync;
	struct workflow_file *known;
	size_t nknown;
	struct arena *scratch; /* of one file at a time: a tree is much larger than its bytes */
	struct ref_templates *templates;
};

static void arena_end(void *a)
{
	arena_free(a);
}

/* --- what may be sent --- */

static bool is_twice(const struct workflow_bytes *list, size_t at)
{
	for (size_t k = 0; k < at; k++)
		if (span_eq(list[k].path, list[at].path))
			return true;
	return false;
}

/* What a program sends as a body, or a person pastes, has its path beside it; of files, which come
 * with theirs, each message says which it is about. */
static bool has_path_beside(const struct req *r, const struct workflow_bytes *one)
{
	return form_has_kind(r->form->def, FORM_RAW) || one->path.p == form_text(r->form, "path").p;
}

static void check(struct req *r, const struct workflow_bytes *list, size_t n)
{
	for (size_t k = 0; k < n; k++) {
		struct span fault = workflow_path_fault(r->arena, list[k].path);

		if (fault.n && has_path_beside(r, &list[k]))
			form_fail(r->form, SPAN("path"), "%.*s", SPAN_ARG(fault));
		else if (fault.n)
			form_fail(r->form, SPAN("file"), "\"%.*s\": %.*s", SPAN_ARG(list[k].path),
				  SPAN_ARG(fault));
		else if (is_twice(list, k))
			form_fail(r->form, SPAN("file"), "\"%.*s\" is there twice. Send it once.",
				  SPAN_ARG(list[k].path));
	}
}

/* --- reading --- */

static const struct workflow_file *known(const struct taking *t, struct span path)
{
	for (size_t k = 0; k < t->nknown; k++)
		if (span_eq(t->known[k].path, path))
			return &t->known[k];
	return NULL;
}

static bool is_known(const struct taking *t, const struct workflow_sent *f)
{
	const struct workflow_file *k = known(t, f->path);

	return k && span_eq(k->hash, f->hash) && k->fault.n == 0;
}

static struct span sentence(struct arena *a, const struct ref_fault *fault)
{
	struct span text = fault->reason.n ? fault->reason : SPAN("it cannot be read");
	char *copy = arena_str(a, text);

	if (copy[0] >= 'a' && copy[0] <= 'z')
		copy[0] = (char)(copy[0] - ('a' - 'A'));
	return span_of(copy, text.n);
}

static void keep(struct arena *a, const struct ref_result *refs, struct workflow_sent *f)
{
	f->nreferences = refs->n;
	f->references = ARENA_ARRAY(a, struct reference, refs->n + 1);
	for (size_t k = 0; k < refs->n; k++) {
		const struct ref *r = &refs->at[k];

		f->references[k] = (struct reference){
			.kind = (enum reference_kind)r->kind,
			.line = r->line,
			.column = r->column,
			.dynamic = r->dynamic,
			.consumer =
				arena_span(a, reference_cut(r->consumer, REFERENCE_TEXT_CHARS_MAX)),
			.key = span_str(r->key),
			.name = arena_span(a, reference_cut(r->name, REFERENCE_TEXT_CHARS_MAX)),
			.resource_type = arena_span(
				a, reference_cut(r->resource_type, REFERENCE_TEXT_CHARS_MAX)),
			.spot = {r->spot.line, r->spot.at, r->spot.bytes},
		};
	}
}

static void read_file(struct taking *t, size_t at)
{
	struct workflow_sent *f = &t->sync->files[at];
	struct ref_result refs;

	if (ref_read(t->scratch, t->list[at].bytes, t->templates, &REF_LIMITS, &refs) == OK) {
		keep(t->r->arena, &refs, f);
		f->lines = workflow_lines_pack(t->r->arena, t->list[at].bytes, f->references,
					       f->nreferences);
	} else {
		f->fault = sentence(t->r->arena, &refs.fault);
		f->fault_line = refs.fault.line;
	}
	f->read = true;
	arena_reset(t->scratch);
}

/* Its anchors, and whether they are others than before: then no other file is known. A templates
 * file that cannot be read says so itself, as a file. */
static bool read_templates(struct taking *t)
{
	const struct workflow_file *before = known(t, SPAN(TEMPLATES));
	struct ref_fault fault;

	for (size_t k = 0; k < t->sync->n; k++) {
		const struct workflow_sent *f = &t->sync->files[k];

		if (!span_is(f->path, TEMPLATES))
			continue;
		if (ref_templates_read(t->r->arena, t->list[k].bytes, &REF_LIMITS, &t->templates,
				       &fault) != OK)
			t->templates = NULL;
		return !before || !span_eq(before->hash, f->hash);
	}
	return before && t->sync->whole;
}

/* Whether there are too many is known before all are read: a short file can name a thousand places
 * by aliases, and a request may bring a thousand files. */
static bool is_over(struct workflow_sync *sync)
{
	size_t references = 0;

	for (size_t k = 0; k < sync->n; k++)
		references += sync->files[k].nreferences;
	sync->too_many_files = sync->n > WORKFLOW_FILES_MAX;
	sync->too_many_references = references > WORKFLOW_REFERENCES_MAX;
	return sync->too_many_files || sync->too_many_references;
}

static int read_all(struct taking *t, bool all)
{
	bool again = read_templates(t);

	for (size_t k = 0; k < t->sync->n && !is_over(t->sync); k++) {
		struct workflow_sent *f = &t->sync->files[k];

		f->again = again;
		if (!f->read && (all || again || !is_known(t, f)))
			read_file(t, k);
	}
	return is_over(t->sync) ? E_TOO_BIG : OK;
}

/* --- storing --- */

static void fail_limits(struct req *r, const struct workflow_sync *sync)
{
	const char *field = form_field_of(r->form->def, SPAN("file")) ? "file" : "";

	if (sync->too_many_files)
		form_fail(
			r->form, span_str(field),
			"Nothing is synced: a project has at most %d workflow files. Remove those "
			"that are no more, or send fewer.",
			WORKFLOW_FILES_MAX);
	if (sync->too_many_references)
		form_fail(
			r->form, span_str(field),
			"Nothing is synced: the workflow files of a project may name integrations "
			"in at most %d places, and these would make it more.",
			WORKFLOW_REFERENCES_MAX);
}

static int store(struct taking *t)
{
	struct req *r = t->r;
	struct actor actor = actor_of(r);
	int rc = E_CONFLICT;

	for (int try = 0; rc == E_CONFLICT && try < TRIES; try++) {
		rc = read_all(t, try > 0);
		if (rc == OK)
			rc = store_workflow_sync(app_of(r)->db, r->arena, scope_of(r), &actor,
						 t->sync);
		if (rc == E_CONFLICT && !t->sync->unread)
			break;
	}
	if (rc != E_TOO_BIG)
		return rc;
	fail_limits(r, t->sync);
	return OK;
}

static void hash_all(struct taking *t, size_t n)
{
	struct workflow_sent *files = ARENA_ARRAY(t->r->arena, struct workflow_sent, n + 1);

	for (size_t k = 0; k < n; k++) {
		unsigned char *sum = arena_alloc(t->r->arena, HASH_BYTES);

		hash_bytes(t->list[k].bytes, sum);
		files[k] = (struct workflow_sent){.path = t->list[k].path,
						  .hash = span_of((const char *)sum, HASH_BYTES),
						  .size = (int64_t)t->list[k].bytes.n};
	}
	t->sync->files = files;
	t->sync->n = n;
}

/* What can be taken; else there are messages in the form. */
static int open_taking(struct taking *t, int64_t project_id, size_t n, bool whole)
{
	struct req *r = t->r;

	*t->sync = (struct workflow_sync){.project_id = project_id, .whole = whole};
	check(r, t->list, n);
	if (r->form->errors)
		return OK;
	hash_all(t, n);
	t->scratch = arena_new();
	arena_defer(r->arena, arena_end, t->scratch);
	return store_workflow_files(app_of(r)->db, r->arena, scope_of(r), project_id, &t->known,
				    &t->nknown);
}

int workflow_take(struct req *r, const struct project_row *p, const struct workflow_bytes *list,
		  size_t n, bool whole, struct workflow_sync *sync)
{
	struct taking t = {.r = r, .list = list, .sync = sync};

	TRY(open_taking(&t, p->id, n, whole));
	return r->form->errors ? OK : store(&t);
}

int workflow_look(struct req *r, const struct project_row *p, const struct workflow_bytes *list,
		  size_t n, struct workflow_sync *sync, struct workflow_file **known,
		  size_t *nknown)
{
	struct taking t = {.r = r, .list = list, .sync = sync};

	TRY(open_taking(&t, p->id, n, false));
	*known = t.known;
	*nknown = t.nknown;
	return r->form->errors ? OK : read_all(&t, false);
}
