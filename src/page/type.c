/* type.c: the types of integrations. */
#include "page/type.h"

#include "page/frame.h"
#include "base/banned.h"

int page_types(struct req *r, struct res *s)
{
	struct view_frame f = frame_for(r, s, SPAN("Types"));
	struct view_types v = {.types = app_of(r)->types};

	return view_types(s->body, r->arena, &f, &v);
}
