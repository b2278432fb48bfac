/* view_own.c: where one of the visitor's own integrations is used. */
#include "view/frame.h"

#include "base/clock.h"
#include "base/banned.h"

static void fill_handle(struct arena *a, struct tpl *t, const struct view_own_place *p,
			const struct view_own_handle *h, int64_t now)
{
	tpl_show(t, p->open ? TPL_HANDLE_OPEN : TPL_HANDLE_CLOSED, true);
	tpl_set_i64(t, TPL_HANDLE_ID, h->id);
	tpl_set(t, TPL_HANDLE_NAME, h->name);
	tpl_set_show(t, TPL_HANDLE_STATE, h->state);
	tpl_show(t, TPL_HANDLE_DISABLED, h->disabled);
	tpl_set(t, TPL_BOUND_AT, clock_text(a, h->bound_at));
	tpl_set(t, TPL_BOUND_AGO, clock_ago(a, h->bound_at, now));
	tpl_set(t, TPL_BOUND_BY, h->bound_by);
}

void view_own_uses(struct arena *a, struct tpl *body, const struct view_frame *f,
		   const struct view_details *v)
{
	struct tpl *card = tpl_include(body, TPL_OWN_USES, TPL_FILE_OWN_USES);

	tpl_show(body, TPL_PERSONAL, true);
	tpl_set(card, TPL_SCOPE_HREF, view_integration_href(a, f, v->i->id, "/scope"));
	tpl_show(card, v->own->nplaces ? TPL_IS_USED : TPL_NOT_USED, true);
	tpl_show(card, TPL_MORE_USES, v->own->more);
	for (size_t k = 0; k < v->own->nplaces; k++) {
		const struct view_own_place *p = &v->own->places[k];
		struct tpl *place = tpl_add(card, TPL_PLACE);

		tpl_set(place, TPL_PLACE_SLUG, p->slug);
		tpl_set(place, TPL_PLACE_NAME, p->name);
		tpl_show(place, p->open ? TPL_PLACE_OPEN : TPL_PLACE_CLOSED, true);
		for (size_t m = 0; m < p->n; m++)
			fill_handle(a, tpl_add(place, TPL_HANDLE), p, &p->handles[m], v->now);
	}
}

void view_own_delete(struct tpl *panel, const struct view_own *v)
{
	struct tpl *t = tpl_include(panel, TPL_OWN_DELETE, TPL_FILE_OWN_DELETE);

	tpl_show(t, v->nplaces ? TPL_IS_USED : TPL_NOT_USED, true);
	tpl_show(t, TPL_MORE_USES, v->more);
	tpl_set(t, TPL_SHOWN_HANDLES, v->shown);
	for (size_t k = 0; k < v->nplaces; k++) {
		const struct view_own_place *p = &v->places[k];
		struct tpl *place = tpl_add(t, TPL_PLACE);

		tpl_set(place, TPL_PLACE_NAME, p->name);
		tpl_show(place, p->here ? TPL_PLACE_HERE : TPL_PLACE_LEFT, true);
		for (size_t m = 0; m < p->n; m++)
			tpl_set(tpl_add(place, TPL_HANDLE), TPL_HANDLE_NAME, p->handles[m].name);
	}
}
