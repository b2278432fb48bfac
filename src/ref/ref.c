/* ref.c: the reader's face: a file in, references out. */
#include "ref/ref.h"

#include <stdlib.h>

#include "ref/find.h"
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

/* All but the column, which comes last in the order. */
static int cmp_row(const struct ref *a, const struct ref *b)
{
	int c = (a->line > b->line) - (a->line < b->line);

	if (c == 0)
		c = (a->kind > b->kind) - (a->kind < b->kind);
	if (c == 0)
		c = span_cmp(a->consumer, b->consumer);
	return c != 0 ? c : span_cmp(a->name, b->name);
}

static int by_row(const void *a, const void *b)
{
	const struct ref *x = a, *y = b;
	int c = cmp_row(x, y);

	return c != 0 ? c : (x->column > y->column) - (x->column < y->column);
}

static void sort(struct finder *f)
{
	size_t n = 0;

	if (f->n > 1)
		qsort(f->at, f->n, sizeof(*f->at), by_row);
	for (size_t k = 0; k < f->n; k++)
		if (n == 0 || cmp_row(&f->at[n - 1], &f->at[k]) != 0)
			f->at[n++] = f->at[k];
	f->n = n;
}

static int read_all(struct tree *t, struct finder *f, struct span bytes)
{
	const struct node *root = NULL;
	bool end;

	TRY(ref_tree_open(t, bytes));
	for (;;) {
		TRY(ref_tree_next(t, &root, &end));
		if (end)
			return OK;
		TRY(ref_find(f, root));
	}
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
	sort(&f);
	out->at = f.at;
	out->n = f.n;
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
