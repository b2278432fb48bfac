/* view_audit.c: the audit trail. */
#include "view/audit.h"

#include "base/clock.h"
#include "core/audit_group.h"
#include "view/frame.h"
#include "view/json.h"
#include "base/banned.h"

static void fill_row(struct arena *a, struct tpl *t, const struct view_audit_row *r)
{
	tpl_set(t, TPL_WHEN, clock_text_second(a, r->at));
	if (r->who.n)
		tpl_set(tpl_add(t, TPL_WHO_KNOWN), TPL_WHO, r->who);
	else
		tpl_show(t, TPL_WHO_NOBODY, true);
	tpl_set(t, TPL_ADDRESS, r->address);
	tpl_set(t, TPL_WHAT_WORDS, r->what);
	tpl_set(t, TPL_FIELDS_NAMES, r->fields);
	if (r->object.n)
		tpl_set(tpl_add(t, TPL_WHICH_LINK), TPL_OBJECT, r->object);
	else
		tpl_show(t, TPL_WHICH_PLAIN, true);
	tpl_set(t, TPL_WHICH_NAME, r->which);
}

/* Everything that is asked but the place, for links: the parts stand in the template. */
static void fill_asked(struct tpl *t, const struct view_audit *v)
{
	tpl_set(t, TPL_BASE, v->base);
	tpl_set(t, TPL_ASKED_ACCOUNT, v->account);
	tpl_set(t, TPL_ASKED_WHO, v->who);
	tpl_set(t, TPL_ASKED_WHAT, v->what);
	tpl_set(t, TPL_ASKED_WHICH, v->which);
	tpl_set(t, TPL_ASKED_FROM, v->from);
	tpl_set(t, TPL_ASKED_TO, v->to);
	tpl_set(t, TPL_ASKED_OBJECT, v->object);
	tpl_set(t, TPL_BEFORE, v->next);
}

static void fill_form(struct tpl *body, const struct view_audit *v)
{
	tpl_show(body, TPL_ASK_ACCOUNT, v->kind == VIEW_AUDIT_SITE);
	if (v->kind != VIEW_AUDIT_ACCOUNT)
		tpl_show(tpl_add(body, TPL_ASK_WHO), TPL_ASK_TOKEN,
			 v->kind == VIEW_AUDIT_SUBSCRIPTION);
	tpl_show(body, TPL_ASK_WHICH, v->kind != VIEW_AUDIT_ACCOUNT);
	tpl_set_show(body, TPL_ACCOUNT_ERROR, v->account_error);
	tpl_set_show(body, TPL_FROM_ERROR, v->from_error);
	tpl_set_show(body, TPL_TO_ERROR, v->to_error);
	tpl_show(body, TPL_CLEAR, v->filtered || v->account.n);
	tpl_show(body, TPL_ONE_THING, v->object.n > 0);
	for (size_t g = 0; g < AUDIT_GROUPS; g++) {
		const char *text = audit_group_text((enum audit_group)g);
		struct tpl *option = tpl_add(body, TPL_GROUP);

		tpl_set(option, TPL_GROUP_TEXT, span_str(text));
		tpl_set(option, TPL_GROUP_WORDS, span_str(audit_group_words((enum audit_group)g)));
		tpl_show(option, TPL_GROUP_CHOSEN, span_is(v->what, text));
	}
}

static void fill_table(struct arena *a, struct tpl *body, const struct view_audit *v)
{
	struct tpl *table = tpl_add(body, TPL_TABLE);

	for (size_t k = 0; k < v->nrows; k++)
		fill_row(a, tpl_add(table, TPL_ROW), &v->rows[k]);
}

static void fill_foot(struct arena *a, struct tpl *body, const struct view_audit *v)
{
	struct tpl *foot = tpl_add(body, TPL_FOOT);

	tpl_set_i64(foot, TPL_SHOWN, (int64_t)v->nrows);
	if (!v->partial)
		tpl_set_i64(tpl_add(foot, TPL_IN_ALL), TPL_TOTAL, v->total);
	if (v->searched_back_to)
		tpl_set(tpl_add(foot, TPL_SEARCHED), TPL_SEARCHED_TO,
			clock_text(a, v->searched_back_to));
	tpl_show(foot, TPL_FIRST_PAGE, !v->first);
	tpl_show(foot, v->searched_back_to ? TPL_SEARCH_ON : TPL_NEXT_PAGE, v->next.n > 0);
}

static void fill_result(struct arena *a, struct tpl *result, const struct view_audit *v)
{
	if (v->nrows)
		fill_table(a, result, v);
	else if (!v->searched_back_to)
		tpl_show(result,
			 v->filtered ? TPL_NO_MATCH
			 : v->first  ? TPL_EMPTY
				     : TPL_NO_OLDER,
			 true);
	fill_foot(a, result, v);
}

int view_audit(struct buf *out, struct arena *a, const struct view_frame *f,
	       const struct view_audit *v)
{
	bool wrong = v->account_error.n || v->from_error.n || v->to_error.n;
	struct view_page p;

	if (f->api)
		return json_audit(out, f, v);
	p = view_page_open(a, f, TPL_FILE_AUDIT, true);
	fill_asked(p.body, v);
	fill_form(p.body, v);
	if (!wrong)
		fill_result(a, tpl_add(p.body, TPL_RESULT), v);
	tpl_show(p.body, TPL_NOTE_OWN, v->partial);
	tpl_show(p.body, TPL_NOTE_REFUSED, v->kind != VIEW_AUDIT_ACCOUNT);
	return view_page_render(&p, out);
}
