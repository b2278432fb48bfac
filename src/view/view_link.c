/* view_link.c: a first or forgotten password. */
#include "view/link.h"

#include "view/frame.h"
#include "base/banned.h"

int view_link(struct buf *out, struct arena *a, const struct view_frame *f,
	      const struct view_link *v)
{
	struct view_page p = view_page_open(a, f, TPL_FILE_LINK, false);

	tpl_show(p.body, v->over ? TPL_LINK_OVER : TPL_LINK_FORM, true);
	tpl_set_show(p.body, TPL_PASSWORD_ERROR, v->password_error);
	tpl_set_show(p.body, TPL_AGAIN_ERROR, v->again_error);
	return view_page_render(&p, out);
}
