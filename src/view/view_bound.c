/* view_bound.c: the parts of details and form that only bound integrations have. */
#include "view/bound.h"

#include "view/frame.h"
#include "view/json.h"
#include "base/banned.h"

void view_bound_details(struct arena *a, struct tpl *body, const struct view_frame *f,
			const struct view_bound *v)
{
	struct tpl *t = tpl_add(body, TPL_BOUND_PROJECTS);

	tpl_set(t, TPL_ALLOWED, v->allowed);
	tpl_set(t, TPL_LISTED, v->listed);
	tpl_set(t, TPL_USABLE, v->binding.projects);
	view_binding_card(a, body, f, &v->binding, true);
}

void view_bound_form(struct arena *a, struct tpl *body, struct tpl *scope,
		     const struct view_frame *f, const struct view_bound *v)
{
	struct tpl *t = tpl_add(scope, TPL_BOUND_SCOPE);

	tpl_set(t, TPL_ALLOWED, v->allowed);
	tpl_show(t, v->none_allowed ? TPL_NONE_ALLOWED : TPL_SOME_ALLOWED, true);
	for (size_t k = 0; k < v->noutside; k++) {
		struct tpl *row = tpl_add(t, TPL_OUTSIDE);

		tpl_set(row, TPL_PROJECT_NAME, v->outside[k].name);
		tpl_show(row, TPL_OUTSIDE_LISTED, v->outside[k].listed);
	}
	view_binding_card(a, body, f, &v->binding, true);
}

void view_bound_delete(struct tpl *panel, const struct view_frame *f, const struct view_bound *v)
{
	struct tpl *t = tpl_add(panel, TPL_BOUND_DELETE);

	tpl_set(t, TPL_OWNER, v->binding.owner);
	tpl_set(t, TPL_SUB_NAME, f->scope ? f->scope->name : SPAN(""));
	tpl_show(t, v->last ? TPL_LAST_HANDLE : TPL_OTHER_HANDLES, true);
}
