/* view_site.c: what the lists of site administration share. */
#include "view/site.h"

#include "view/frame.h"
#include "base/banned.h"

void view_part_fill(struct tpl *table, const struct view_part *part, size_t shown)
{
	struct tpl *pages;

	tpl_set_i64(table, TPL_SHOWN, (int64_t)shown);
	tpl_set_i64(table, TPL_TOTAL, part->total);
	if (part->first && part->next.n == 0)
		return;
	pages = tpl_add(table, TPL_PAGES);
	tpl_show(pages, TPL_FIRST_PAGE, !part->first);
	tpl_set(pages, TPL_AFTER, part->next);
	tpl_show(pages, TPL_NEXT_PAGE, part->next.n > 0);
}
