/* view_types.c: + Add, first step: the types by family, and a search among them. */
#include "view/frame.h"

#include "view/json.h"
#include "base/banned.h"

/* Does a type before `i` have the same family? Then that one's turn has shown this one, too. */
static bool family_done(const struct view_types *v, size_t i)
{
	const struct type *list = v->types->list;

	for (size_t k = 0; k < i; k++)
		if (span_eq(list[k].family, list[i].family) && type_fits(&list[k], v->q))
			return true;
	return false;
}

static size_t fill_family(struct tpl *family, const struct view_types *v, size_t first)
{
	const struct type_catalogue *c = v->types;
	size_t n = 0;

	tpl_set_i64(family, TPL_FAMILY_NUMBER, (int64_t)first);
	tpl_set(family, TPL_FAMILY_NAME, c->list[first].family);
	for (size_t i = first; i < c->n; i++) {
		const struct type *type = &c->list[i];
		struct tpl *card;

		if (!span_eq(type->family, c->list[first].family) || !type_fits(type, v->q))
			continue;
		card = tpl_add(family, TPL_TYPE_CARD);
		tpl_set(card, TPL_TYPE_NAME, type->name);
		tpl_set(card, TPL_TYPE_ICON, type->icon);
		tpl_set(card, TPL_TYPE_LABEL, type->label);
		tpl_set(card, TPL_TYPE_HELP, type->help);
		n++;
	}
	return n;
}

int view_types(struct buf *out, struct arena *a, const struct view_frame *f,
	       const struct view_types *v)
{
	struct view_page p;
	size_t n = 0;

	if (f->api)
		return json_types(out, v);
	p = view_page_open(a, f, TPL_FILE_TYPES, true);
	tpl_show(p.frame, TPL_SCRIPTS, true);
	if (!f->own)
		view_add_tabs(p.body, f, false);
	tpl_set(p.body, TPL_Q, v->q);
	tpl_set_show(p.body, TPL_BACK, v->back);
	tpl_show(p.body, TPL_SEARCHED, v->q.n > 0);
	for (size_t i = 0; i < v->types->n; i++)
		if (type_fits(&v->types->list[i], v->q) && !family_done(v, i))
			n += fill_family(tpl_add(p.body, TPL_FAMILY), v, i);
	tpl_set_i64(p.body, TPL_SHOWN, (int64_t)n);
	tpl_show(p.body, n == 1 ? TPL_ONE_TYPE : TPL_MANY_TYPES, n > 0);
	tpl_show(p.body, TPL_SOME_TYPE, n > 0);
	tpl_show(p.body, TPL_NO_TYPE, n == 0);
	return view_page_render(&p, out);
}
