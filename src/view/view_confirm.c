/* view_confirm.c: "Confirm it's you". */
#include "view/confirm.h"

#include "view/frame.h"
#include "view/json.h"
#include "base/banned.h"

/* An attribute's value keeps no line ends (the template library makes blanks of them), the content
 * of a text area does. */
static bool needs_lines(struct span s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20)
			return true;
	return false;
}

void view_kept(struct tpl *body, const struct view_kept *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct view_kept *k = &list[i];
		struct tpl *t = tpl_add(body, needs_lines(k->value) ? TPL_KEPT_LINES : TPL_KEPT);

		tpl_set(t, TPL_KEPT_NAME, k->name);
		tpl_set(t, TPL_KEPT_VALUE, k->value);
	}
}

int view_confirm(struct buf *out, struct arena *a, const struct view_frame *f,
		 const struct view_confirm *v)
{
	struct view_page p;

	if (f->api)
		return OK;
	p = view_page_open(a, f, TPL_FILE_CONFIRM, true);
	tpl_set(p.body, TPL_CONFIRM_LOGIN, v->login);
	tpl_set_show(p.body, TPL_CONFIRM_TO, v->to);
	tpl_set_show(p.body, TPL_CONFIRM_NEXT, v->next);
	tpl_set_show(p.body, TPL_CONFIRM_ERROR, v->error);
	tpl_show(p.body, v->to.n ? TPL_CONFIRM_CHANGE : TPL_CONFIRM_PLAIN, true);
	view_kept(p.body, v->kept, v->nkept);
	return view_page_render(&p, out);
}
