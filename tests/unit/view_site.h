/* view_site.h: the pages of site administration with `h` in every place, for the tests of view.c. */
#ifndef TESTS_VIEW_SITE_H
#define TESTS_VIEW_SITE_H

#include "view/view.h"

enum { VIEW_SITE_PAGES = 13 };

/* Page `which`, 0 to VIEW_SITE_PAGES - 1, into `out`. */
int view_site_sample(int which, struct buf *out, struct arena *a, const struct view_frame *f,
		     struct span h);

#endif
