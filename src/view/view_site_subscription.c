/* view_site_subscription.c: subscriptions in site administration. */
#include "view/site.h"

#include "base/clock.h"
#include "view/frame.h"
#include "view/json.h"
#include "base/banned.h"

/* What is the same in a row and on the subscription's page. */
static void fill_facts(struct arena *a, struct tpl *t, const struct site_subscription *s)
{
	tpl_set_i64(t, TPL_ID, s->id);
	tpl_set(t, TPL_SUB_SLUG, s->slug);
	tpl_show(t, s->disabled_at ? TPL_STATE_DISABLED : TPL_STATE_ACTIVE, true);
	tpl_show(t, TPL_NO_ADMIN, !s->can_act);
	tpl_set_i64(t, TPL_PEOPLE, s->people);
	tpl_set_i64(t, TPL_PROJECTS, s->projects);
	tpl_set(t, TPL_CREATED_AT, clock_text(a, s->created_at));
}

static void fill_table(struct arena *a, struct tpl *body, const struct view_site_subscriptions *v)
{
	struct tpl *table = tpl_add(body, TPL_TABLE);

	for (size_t i = 0; i < v->nrows; i++) {
		struct tpl *row = tpl_add(table, TPL_ROW);

		fill_facts(a, row, &v->rows[i]);
		if (!span_eq(v->rows[i].name, v->rows[i].slug))
			tpl_set_show(row, TPL_OTHER_NAME, v->rows[i].name);
	}
	view_part_fill(table, &v->part, v->nrows);
}

int view_site_subscriptions(struct buf *out, struct arena *a, const struct view_frame *f,
			    const struct view_site_subscriptions *v)
{
	struct view_page p;
	bool any = v->nrows || !v->part.first, filtered = v->filter.search.n || v->filter.no_admin;

	if (f->api)
		return json_site_subscriptions(out, f, v);
	p = view_page_open(a, f, TPL_FILE_SITE_SUBSCRIPTIONS, true);
	view_page_action(&p, TPL_ACTION_ADD, SPAN("/admin/subscriptions/new"));
	tpl_set(p.body, TPL_SEARCH, v->filter.search);
	tpl_set(p.body, TPL_SHOW, v->filter.no_admin ? SPAN("no-admin") : SPAN(""));
	if (any || filtered)
		tpl_show(tpl_add(p.body, TPL_FILTER), TPL_SHOW_NO_ADMIN, v->filter.no_admin);
	if (any)
		fill_table(a, p.body, v);
	else
		tpl_show(p.body, filtered ? TPL_NO_MATCH : TPL_EMPTY, true);
	return view_page_render(&p, out);
}

int view_site_subscription_new(struct buf *out, struct arena *a, const struct view_frame *f,
			       const struct view_site_subscription_new *v)
{
	struct view_page p;

	if (f->api)
		return OK;
	p = view_page_open(a, f, TPL_FILE_SITE_SUBSCRIPTION_NEW, true);
	tpl_set(p.body, TPL_SUB_SLUG, v->slug);
	tpl_set(p.body, TPL_NAME, v->name);
	tpl_set(p.body, TPL_ADMIN_LOGIN, v->admin);
	tpl_set_show(p.body, TPL_SLUG_ERROR, v->slug_error);
	tpl_set_show(p.body, TPL_NAME_ERROR, v->name_error);
	tpl_set_show(p.body, TPL_ADMIN_ERROR, v->admin_error);
	return view_page_render(&p, out);
}

static void fill_admins(struct tpl *body, const struct view_site_subscription *v)
{
	struct tpl *list;

	tpl_show(body, TPL_NO_ADMINS, v->nadmins == 0);
	if (v->nadmins == 0)
		return;
	list = tpl_add(body, TPL_ADMINS);
	for (size_t i = 0; i < v->nadmins; i++) {
		const struct site_subscription_admin *m = &v->admins[i];
		struct tpl *row = tpl_add(list, TPL_ADMIN);

		tpl_set_i64(row, TPL_ACCOUNT_ID, m->account_id);
		tpl_set(row, TPL_ADMIN_NAME, m->name);
		if (!span_eq(m->name, m->login))
			tpl_set_show(row, TPL_ADMIN_LOGIN, m->login);
		tpl_show(row, TPL_ADMIN_DISABLED, m->disabled);
	}
}

static void fill_acts(struct tpl *body, const struct view_site_subscription *v)
{
	const struct site_subscription *s = v->subscription;

	if (!s->can_act) {
		struct tpl *form = tpl_add(body, TPL_APPOINT);

		tpl_set(form, TPL_ADMIN_TYPED, v->admin);
		tpl_set_show(form, TPL_ADMIN_ERROR, v->admin_error);
	}
	tpl_show(body, TPL_CAN_ACT, s->can_act);
	tpl_show(body, s->disabled_at ? TPL_ENABLE_CARD : TPL_DISABLE_CARD, true);
	tpl_show(body, v->empty ? TPL_MAY_DELETE : TPL_NOT_EMPTY, true);
}

int view_site_subscription(struct buf *out, struct arena *a, const struct view_frame *f,
			   const struct view_site_subscription *v)
{
	struct view_page p;

	if (f->api)
		return json_site_subscription(out, v);
	p = view_page_open(a, f, TPL_FILE_SITE_SUBSCRIPTION, true);
	fill_facts(a, p.body, v->subscription);
	if (v->subscription->disabled_at)
		tpl_set_show(p.body, TPL_DISABLED_AT, clock_text(a, v->subscription->disabled_at));
	tpl_set_show(p.body, TPL_BANNER, v->error);
	tpl_set(p.body, TPL_NAME, v->name);
	tpl_set_show(p.body, TPL_NAME_ERROR, v->name_error);
	fill_admins(p.body, v);
	fill_acts(p.body, v);
	return view_page_render(&p, out);
}
