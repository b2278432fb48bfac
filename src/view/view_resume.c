/* view_resume.c: "Sign in to go on". */
#include "view/resume.h"

#include "view/frame.h"
#include "base/banned.h"

int view_resume(struct buf *out, struct arena *a, const struct view_frame *f,
		const struct view_resume *v)
{
	struct view_page p = view_page_open(a, f, TPL_FILE_RESUME, false);

	tpl_set(p.body, TPL_RESUME_CSRF, v->csrf);
	tpl_set(p.body, TPL_CONFIRM_TO, v->to);
	tpl_set(p.body, TPL_CONFIRM_LOGIN, v->login);
	tpl_set(p.body, TPL_RESUME_NOW, v->now);
	tpl_show(p.body, v->now.n ? TPL_IS_OTHER : TPL_IS_ENDED, true);
	tpl_set(p.body, TPL_CONFIRM_NEXT, v->next);
	tpl_set(p.body, TPL_RESUME_AWAY, v->away);
	tpl_set_show(p.body, TPL_CONFIRM_ERROR, v->error);
	tpl_show(p.body, TPL_RETYPE, v->nlost > 0);
	for (size_t i = 0; i < v->nlost; i++)
		tpl_set(tpl_add(p.body, TPL_RETYPE_ROW), TPL_RETYPE_LABEL, v->lost[i]);
	view_kept(p.body, v->kept, v->nkept);
	return view_page_render(&p, out);
}
