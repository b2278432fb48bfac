/* rename_file.c: from places in files to diffs of these files. */
#include "page/rename.h"

#include "core/workflow.h"
#include "page/app.h"
#include "store/workflow_lines.h"
#include "base/banned.h"

/* The lines of a file may be 1 MiB: so many are in memory at a time, and only what is shown of them
 * stays. */
enum { FILES_AT_ONCE = 10 };

/* What stands in the place of the name now, with its quotes; empty: it is not known. */
static struct span before_of(const struct workflow_lines *lines, const struct reference_spot *spot)
{
	const struct workflow_line *line = workflow_line_find(lines, spot->line);

	if (!line || spot->at < 0 || spot->bytes < 0 || spot->at > (int64_t)line->text.n ||
	    spot->bytes > (int64_t)line->text.n - spot->at)
		return SPAN("");
	return span_of(line->text.p + spot->at, (size_t)spot->bytes);
}

static struct diff_edit edit_of(struct arena *a, const struct workflow_lines *lines,
				const struct reference_spot *spot, struct span to)
{
	return (struct diff_edit){
		.line = spot->line,
		.at = spot->at,
		.bytes = spot->bytes,
		.text = workflow_name_text_as(a, to, before_of(lines, spot)),
	};
}

/* The text from a column on, which counts characters from 1. */
static struct span text_at(struct span line, int64_t column)
{
	size_t k = 0;

	for (; k < line.n; k++)
		if (((unsigned char)line.p[k] & 0xC0) != 0x80 && --column == 0)
			break;
	return span_of(line.p + k, line.n - k);
}

/* No byte of the file is the one to change. */
static const char *without_spot(const struct workflow_lines *lines, const struct reference *r)
{
	const struct workflow_line *line = workflow_line_find(lines, r->line);
	struct span text = line ? text_at(line->text, r->column) : SPAN("");

	if (!line)
		return "Signet knows the number of its line alone: the file is not UTF-8, or was "
		       "synced before such lines were kept. Sync it again.";
	if (span_starts(text, SPAN("*")) || span_starts(text, SPAN("<<")))
		return "It comes from an anchor in shippable.templates.yml, or from one whose text "
		       "spans several lines. Change it there.";
	return "The name spans several lines, or what stands beside it leaves no room for "
	       "quotes.";
}

static struct span why_by_hand(const struct workflow_lines *lines, const struct reference *r,
			       enum diff_fate fate)
{
	if (r->spot.line == 0)
		return span_str(without_spot(lines, r));
	if (fate == DIFF_UNKNOWN)
		return SPAN("Its line is too long for a diff.");
	if (fate == DIFF_CUT_OFF)
		return SPAN("The line after it is too long for a diff.");
	return SPAN("");
}

/* From the scratch arena into the request's. */
static struct diff keep(struct arena *a, const struct diff *d)
{
	struct diff kept = {ARENA_ARRAY(a, struct diff_line, d->n + 1), d->n, d->changed};

	for (size_t k = 0; k < d->n; k++) {
		kept.list[k] = d->list[k];
		kept.list[k].text = arena_span(a, d->list[k].text);
	}
	return kept;
}

static void make_diff(struct arena *a, struct arena *scratch, const struct workflow_lines *lines,
		      struct span to, struct rename_file *f)
{
	struct diff_edit *edits = ARENA_ARRAY(scratch, struct diff_edit, f->n + 1);
	struct diff diff;

	for (size_t k = 0; k < f->n; k++)
		edits[k] = edit_of(scratch, lines, &f->places[k].reference.spot, to);
	diff_make(scratch, lines, edits, f->n, &diff);
	f->diff = keep(a, &diff);
	for (size_t k = 0; k < f->n; k++)
		f->by_hand[k] = why_by_hand(lines, &f->places[k].reference, edits[k].fate);
}

static int make_diffs(struct req *r, struct arena *scratch, struct rename_file *files, size_t n,
		      struct span to)
{
	int64_t ids[FILES_AT_ONCE];
	struct workflow_lines *lines;

	for (size_t k = 0; k < n; k++)
		ids[k] = files[k].places->file_id;
	TRY(store_workflow_lines_many(app_of(r)->db, scratch, scope_of(r), ids, n, &lines));
	for (size_t k = 0; k < n; k++)
		make_diff(r->arena, scratch, &lines[k], to, &files[k]);
	return OK;
}

/* The places cut where one file ends. */
static struct rename_file *cut(struct arena *a, const struct rename_place *list, size_t n,
			       size_t *nout)
{
	struct rename_file *files = ARENA_ARRAY(a, struct rename_file, n + 1), *f = NULL;

	*nout = 0;
	for (size_t k = 0; k < n; k++) {
		if (!f || f->places->file_id != list[k].file_id) {
			f = &files[(*nout)++];
			f->places = &list[k];
		}
		f->n++;
	}
	for (size_t k = 0; k < *nout; k++)
		files[k].by_hand = ARENA_ARRAY(a, struct span, files[k].n);
	return files;
}

int rename_files(struct req *r, const struct rename_place *list, size_t n, struct span to,
		 struct rename_file **out, size_t *nout)
{
	struct arena *scratch;
	int rc = OK;

	*out = cut(r->arena, list, n, nout);
	if (!to.n)
		return OK;
	scratch = arena_new();
	for (size_t k = 0; k < *nout && rc == OK; k += FILES_AT_ONCE) {
		size_t some = *nout - k < FILES_AT_ONCE ? *nout - k : FILES_AT_ONCE;

		rc = make_diffs(r, scratch, *out + k, some, to);
		arena_reset(scratch);
	}
	arena_free(scratch);
	return rc;
}
