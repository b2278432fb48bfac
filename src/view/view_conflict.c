/* view_conflict.c: the panel of an integration's form that says what somebody else changed. */
#include "view/frame.h"

#include "base/banned.h"

static struct span shown(struct span text)
{
	return text.n ? text : SPAN("None");
}

static void fill_ask(struct tpl *t, const struct view_conflict_row *r)
{
	tpl_set(t, TPL_ASK_NAME, r->name);
	tpl_set(t, TPL_ASK_LABEL, r->label);
	tpl_set(t, TPL_ASK_MINE, shown(r->mine));
	tpl_set(t, TPL_ASK_THEIRS, shown(r->theirs));
	tpl_show(t, TPL_CHOSE_MINE, r->choice == CHOICE_MINE);
	tpl_show(t, TPL_CHOSE_THEIRS, r->choice == CHOICE_THEIRS);
}

void view_conflict(struct tpl *t, const struct view_conflict *v)
{
	struct tpl *list;

	tpl_set(t, TPL_CONFLICT_HEADING, v->heading);
	tpl_set_show(t, TPL_NOW_DISABLED, v->disabled);
	if (v->nasks) {
		list = tpl_add(t, TPL_ASKS);
		tpl_set_show(list, TPL_ASKS_ERROR, v->error);
		for (size_t i = 0; i < v->nasks; i++)
			fill_ask(tpl_add(list, TPL_ASK), &v->asks[i]);
	}
	if (v->ntaken) {
		list = tpl_add(t, TPL_TAKEN);
		for (size_t i = 0; i < v->ntaken; i++) {
			struct tpl *row = tpl_add(list, TPL_TAKEN_ROW);

			tpl_set(row, TPL_ASK_LABEL, v->taken[i].label);
			tpl_set(row, TPL_ASK_THEIRS,
				v->taken[i].theirs.n ? v->taken[i].theirs : SPAN("Removed"));
		}
	}
	tpl_show(t, TPL_NOTHING_ASKED, v->nasks == 0);
}
