/* view_sessions.c: where one is signed in. */
#include "view/site.h"

#include "base/clock.h"
#include "view/frame.h"
#include "base/banned.h"

static void fill_row(struct arena *a, struct tpl *row, const struct view_session *s, int64_t now)
{
	tpl_set(row, TPL_AGENT, s->agent.n ? s->agent : SPAN("A program that gave no name"));
	tpl_set(row, TPL_ADDRESS, s->address);
	tpl_set(row, TPL_CREATED_AT, clock_text(a, s->created_at));
	tpl_set(row, TPL_CREATED_AGO, clock_ago(a, s->created_at, now));
	tpl_set(row, TPL_SEEN_AT, clock_text(a, s->seen_at));
	tpl_set(row, TPL_SEEN_AGO, clock_ago(a, s->seen_at, now));
	tpl_set(row, TPL_HANDLE, s->handle);
	tpl_show(row, s->here ? TPL_HERE : TPL_AWAY, true);
}

int view_sessions(struct buf *out, struct arena *a, const struct view_frame *f,
		  const struct view_sessions *v)
{
	struct view_page p = view_page_open(a, f, TPL_FILE_SESSIONS, true);

	for (size_t i = 0; i < v->nrows; i++)
		fill_row(a, tpl_add(p.body, TPL_ROW), &v->rows[i], v->now);
	tpl_show(p.body, TPL_OTHERS, v->nrows > 1);
	return view_page_render(&p, out);
}
