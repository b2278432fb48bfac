/* lint_text.c: findings as lines. */
#include "client/lint.h"

#include "client/line.h"
#include "base/banned.h"

void lint_text(const struct lint *l, struct buf *out)
{
	for (size_t k = 0; k < l->nfindings; k++) {
		const struct lint_finding *f = &l->findings[k];

		line_put_visible(out, span_str(l->files[f->file].name));
		buf_printf(out, ":%lld:%lld: ", (long long)f->line, (long long)f->column);
		line_put_visible(out, f->reason);
		buf_puts(out, ": ");
		line_put_visible(out, f->name);
		buf_puts(out, f->name.n ? ": " : "");
		line_put_visible(out, f->advice);
		buf_putc(out, '\n');
	}
}

/* " (2 missing, 1 denied)": of those that fail, or of the others. */
static void put_reasons(const struct lint *l, bool fail, struct buf *out)
{
	const char *before = " (";

	for (size_t k = 0; k < l->nfindings; k++) {
		struct span reason = l->findings[k].reason;
		size_t n = 0, first = k;

		for (size_t i = 0; i < l->nfindings; i++)
			if (span_eq(l->findings[i].reason, reason)) {
				first = i < first ? i : first;
				n++;
			}
		if (first < k || l->findings[k].fails != fail)
			continue;
		buf_printf(out, "%s%zu ", before, n);
		line_put_visible(out, reason);
		before = ", ";
	}
	buf_puts(out, ")");
}

void lint_summary(const struct lint *l, struct buf *out)
{
	size_t warn = l->nfindings - l->failing, files = l->o.nfiles;

	if (l->references == 0 && l->nfindings == 0) {
		buf_printf(out, "signet lint: nothing in %zu file%s names an integration.\n", files,
			   files == 1 ? "" : "s");
		return;
	}
	buf_printf(out, "signet lint: %lld place%s in %zu file%s", (long long)l->references,
		   l->references == 1 ? "" : "s", files, files == 1 ? "" : "s");
	if (l->failing) {
		buf_printf(out, "; %zu to mend", l->failing);
		put_reasons(l, true, out);
	}
	if (warn) {
		buf_printf(out, "; %zu to know", warn);
		put_reasons(l, false, out);
	}
	if (l->more)
		buf_printf(out, "; %lld more that are not listed", (long long)l->more);
	buf_puts(out, l->nfindings || l->more ? ".\n" : ", all fine.\n");
}
