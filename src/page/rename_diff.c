/* rename_diff.c: the diff of a project or of one of its files, as a file. */
#include "page/rename.h"

#include "page/frame.h"
#include "base/banned.h"

/* All files together; the front ends a page past 32 MiB. */
enum { DIFF_MOST = 24 * 1024 * 1024, FILES_AT_ONCE = 10 };

/* Before the first file's head git and patch skip what they do not know. */
static void put_notes(struct buf *out, const struct rename_file *files, size_t n)
{
	for (size_t k = 0; k < n; k++)
		for (size_t m = 0; m < files[k].n; m++)
			if (files[k].by_hand[m].n)
				buf_printf(out, "# By hand: %.*s:%lld: %.*s\n",
					   SPAN_ARG(files[k].places[m].path),
					   (long long)files[k].places[m].reference.line,
					   SPAN_ARG(files[k].by_hand[m]));
}

/* How many of the first places lie in FILES_AT_ONCE files. */
static size_t places_of_some(const struct rename_place *list, size_t n)
{
	size_t files = 1, k = 1;

	for (; k < n; k++)
		if (list[k].file_id != list[k - 1].file_id && ++files > FILES_AT_ONCE)
			break;
	return k;
}

static int put_diffs(struct req *r, const struct rename_names *names,
		     const struct rename_place *list, size_t n, struct buf *notes,
		     struct buf *diffs)
{
	struct rename_file *files;
	size_t nfiles, some;

	for (size_t at = 0; at < n; at += some) {
		some = places_of_some(list + at, n - at);
		TRY(rename_files(r, list + at, some, names->to, &files, &nfiles));
		put_notes(notes, files, nfiles);
		for (size_t k = 0; k < nfiles; k++)
			diff_put(diffs, files[k].places->path, &files[k].diff);
		if (diffs->n > DIFF_MOST)
			return E_TOO_BIG;
	}
	return OK;
}

/* Of this file alone, if the address names one. */
static size_t keep_file(const struct req *r, struct rename_place *list, size_t n)
{
	int64_t file;
	size_t kept = 0;

	if (!req_query(r, "file").p)
		return n;
	if (span_i64(req_query(r, "file"), &file) != OK)
		return 0;
	for (size_t k = 0; k < n; k++)
		if (list[k].file_id == file)
			list[kept++] = list[k];
	return kept;
}

/* "web.diff": of the project's name what means the same in every file system. */
static struct span file_name(struct arena *a, struct span project)
{
	struct span name = arena_span(a, project);
	char *p = (char *)name.p;

	for (size_t k = 0; k < name.n; k++) {
		bool plain = (p[k] >= 'a' && p[k] <= 'z') || (p[k] >= 'A' && p[k] <= 'Z') ||
			     (p[k] >= '0' && p[k] <= '9') || p[k] == '_' || p[k] == '-';

		if (!plain)
			p[k] = '-';
	}
	return name;
}

static void name_download(struct req *r, struct res *s, struct span project)
{
	s->content_type = "text/x-diff; charset=utf-8";
	res_header(s, "Content-Disposition",
		   arena_printf(r->arena, "attachment; filename=\"%.*s.diff\"",
				SPAN_ARG(file_name(r->arena, project))));
}

static int answer(struct req *r, struct res *s, const struct rename_names *names,
		  const struct rename_place *list, size_t n)
{
	struct buf diffs = BUF_INIT;
	int rc;

	diffs.cap = DIFF_MOST + (2 << 20);
	rc = put_diffs(r, names, list, n, s->body, &diffs);
	if (rc == OK)
		rc = diffs.err;
	if (rc == OK && diffs.n == 0) {
		r->refusal = "No diff can change these places: change them by hand, as the page of "
			     "the rename says.";
		rc = E_CONFLICT;
	}
	if (rc == E_TOO_BIG)
		r->refusal = "The diff of the whole project is too large. Take those of its files.";
	buf_put(s->body, buf_span(&diffs));
	buf_release(&diffs);
	TRY(rc);
	name_download(r, s, list->project);
	return OK;
}

int page_rename_diff(struct req *r, struct res *s)
{
	struct rename_names names;
	struct rename_place *list;
	int64_t project;
	bool closed;
	size_t n;

	TRY(rename_open(r, s, &names, &closed));
	if (closed)
		return OK;
	if (span_i64(req_query(r, "project"), &project) != OK || !names.to.n ||
	    rename_fault(r->arena, names.from, names.to, true).p) {
		r->refusal = "Say by ?project= whose diff it is, and by ?name= which name the "
			     "integration shall have.";
		return E_INVALID;
	}
	TRY(store_rename_project(app_of(r)->db, r->arena, scope_of(r), names.from, project, &list,
				 &n));
	n = keep_file(r, list, n);
	if (n == 0)
		return E_NOT_FOUND;
	return answer(r, s, &names, list, n);
}
