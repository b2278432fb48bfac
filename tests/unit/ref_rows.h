/* ref_rows.h: references as text, to compare them in one go. */
#ifndef TESTS_REF_ROWS_H
#define TESTS_REF_ROWS_H

#include "base/buf.h"
#include "ref/ref.h"

/* A file and what must be found in it: "LINE kind consumer name|" for each, in order. */
struct ref_case {
	struct span file;
	const char *rows;
};

static inline void ref_rows_put(struct buf *out, const struct ref_result *r)
{
	for (size_t k = 0; k < r->n; k++) {
		const struct ref *ref = &r->at[k];
		buf_printf(out, "%d %s %.*s ", ref->line, ref_kind_text(ref->kind),
			   SPAN_ARG(ref->consumer));
		buf_put(out, ref->name);
		buf_putc(out, '|');
	}
	buf_puts(out, "");
}

static inline void ref_rows_expect(const struct ref_case *c, const struct ref_templates *templates)
{
	struct arena *a = arena_new();
	struct buf rows = BUF_INIT;
	struct ref_result r;
	int rc = ref_read(a, c->file, templates, &REF_LIMITS, &r);

	ck_assert_msg(rc == OK, "%.*s\n%d: %.*s", SPAN_ARG(c->file), r.fault.line,
		      SPAN_ARG(r.fault.reason));
	ref_rows_put(&rows, &r);
	ck_assert_msg(strcmp(rows.p, c->rows) == 0, "%.*s\nis     %s\nshould %s", SPAN_ARG(c->file),
		      rows.p, c->rows);
	buf_release(&rows);
	arena_free(a);
}

#endif
