/* ref.c: the reader's face: a file in, references out. */
#include "ref/ref.h"

#include <stdlib.h>

#include "ref/find.h"
#include "ref/spot.h"
#include "ref/tree.h"
#include "base/banned.h"

const struct ref_limits REF_LIMITS = {1 << 20, 100, 10000, 1000000};

struct ref_templates {
	struct anchors anchors;
};

const char *ref_kind_text(enum ref_kind kind)
{
	static const char *const TEXT[] = {"ci", "resource", "job"};

	return TEXT[kind];
}

/* What somebody sees as one and the same line. */
static int cmp_row(const struct ref *a, const struct ref *b)
{
	int c = (a->line > b->line) - (a->line < b->line);

	if (c == 0)
		c = (a->kind > b->kind) - (a->kind < b->kind);
	if (c == 0)
		c = span_cmp(a->consumer, b->consumer);
	return c != 0 ? c : span_cmp(a->name, b->name);
}

static int cmp_column(const struct ref *a, const struct ref *b)
{
	return (a->column > b->column) - (a->column < b->column);
}

static int cmp_spot(const struct ref *a, const struct ref *b)
{
	int c = (a->spot.line > b->spot.line) - (a->spot.line < b->spot.line);

	return c != 0 ? c : (a->spot.at > b->spot.at) - (a->spot.at < b->spot.at);
}

static int by_row_and_spot(const void *a, const void *b)
{
	int c = cmp_row(a, b);

	if (c == 0)
		c = cmp_spot(a, b);
	return c != 0 ? c : cmp_column(a, b);
}

static int by_row(const void *a, const void *b)
{
	int c = cmp_row(a, b);

	if (c == 0)
		c = cmp_column(a, b);
	return c != 0 ? c : cmp_spot(a, b);
}

/* Of those in one line that a single change would rename, the first. */
static size_t drop_repeats(struct ref *list, size_t n)
{
	size_t kept = 0;

	for (size_t k = 0; k < n; k++)
		if (kept == 0 || cmp_row(&list[kept - 1], &list[k]) != 0 ||
		    cmp_spot(&list[kept - 1], &list[k]) != 0)
			list[kept++] = list[k];
	return kept;
}

static void sort(struct arena *a, const struct finder *f, struct ref_result *out)
{
	out->at = ARENA_ARRAY(a, struct ref, f->n + 1);
	for (size_t k = 0; k < f->n; k++)
		out->at[k] = f->at[k].ref;
	if (f->n > 1)
		qsort(out->at, f->n, sizeof(*out->at), by_row_and_spot);
	out->n = drop_repeats(out->at, f->n);
	if (out->n > 1)
		qsort(out->at, out->n, sizeof(*out->at), by_row);
}

static int read_all(struct tree *t, struct finder *f, struct span bytes)
{
	const struct node *root = NULL;
	bool end;

	TRY(ref_tree_open(t, bytes));
	for (;;) {
		TRY(ref_tree_next(t, &root, &end));
		if (end)
			break;
		TRY(ref_find(f, root));
	}
	ref_spots(&t->text, f->at, f->n);
	return OK;
}

int ref_read(struct arena *a, struct span bytes, const struct ref_templates *templates,
	     const struct ref_limits *limits, struct ref_result *out)
{
	struct finder f = {.arena = a, .limits = limits, .fault = &out->fault};
	struct tree t = {.arena = a,
			 .limits = limits,
			 .templates = templates ? &templates->anchors : NULL,
			 .fault = &out->fault};
	int rc;

	*out = (struct ref_result){0};
	rc = read_all(&t, &f, bytes);
	ref_tree_close(&t);
	if (rc != OK)
		return rc;
	sort(a, &f, out);
	return OK;
}

static void templates_clear(void *templates)
{
	ref_anchors_clear(&((struct ref_templates *)templates)->anchors);
}

int ref_templates_read(struct arena *a, struct span bytes, const struct ref_limits *limits,
		       struct ref_templates **out, struct ref_fault *fault)
{
	struct tree t = {.arena = a, .limits = limits, .keep_anchors = true, .fault = fault};
	const struct node *root;
	bool end = false;
	int rc;

	*fault = (struct ref_fault){0};
	rc = ref_tree_open(&t, bytes);
	while (rc == OK && !end)
		rc = ref_tree_next(&t, &root, &end);
	if (rc == OK) {
		*out = ARENA_NEW(a, struct ref_templates);
		(*out)->anchors = t.anchors;
		t.anchors = (struct anchors){0};
		arena_defer(a, templates_clear, *out);
	}
	ref_tree_close(&t);
	return rc;
}
