/* view_site_account.c: accounts in site administration. */
#include "view/site.h"

#include "base/clock.h"
#include "view/frame.h"
#include "view/json.h"
#include "base/banned.h"

static const struct span SHOW[] = {
	[SITE_ACCOUNT_ANY] = SPAN(""),
	[SITE_ACCOUNT_ACTIVE] = SPAN("active"),
	[SITE_ACCOUNT_DISABLED] = SPAN("disabled"),
	[SITE_ACCOUNT_NEW] = SPAN("new"),
};

static struct span ago(struct arena *a, int64_t at, int64_t now)
{
	return at ? clock_ago(a, at, now) : SPAN("Never");
}

/* What is the same in a row and on the account's page. */
static void fill_facts(struct arena *a, struct tpl *t, const struct site_account *c, int64_t now)
{
	tpl_set_i64(t, TPL_ID, c->id);
	tpl_set(t, TPL_LOGIN, c->login);
	if (c->disabled_at)
		tpl_show(t, TPL_STATE_DISABLED, true);
	else
		tpl_show(t, c->signed_in_at ? TPL_STATE_ACTIVE : TPL_STATE_NEW, true);
	tpl_show(t, TPL_NO_PASSWORD, !c->password_at);
	tpl_show(t, TPL_IS_SITE_ADMIN, c->site_admin);
	tpl_set(t, TPL_SIGNED_IN_AGO, ago(a, c->signed_in_at, now));
	if (c->signed_in_at)
		tpl_set(t, TPL_SIGNED_IN_AT, clock_text(a, c->signed_in_at));
	tpl_set(t, TPL_CREATED_AT, clock_text(a, c->created_at));
}

static void fill_filter(struct tpl *body, const struct view_site_accounts *v)
{
	bool admins = v->filter.site_admins;

	tpl_set(body, TPL_SEARCH, v->filter.search);
	tpl_set(body, TPL_SHOW, admins ? SPAN("site-admins") : SHOW[v->filter.state]);
	tpl_show(body, TPL_SHOW_ACTIVE, v->filter.state == SITE_ACCOUNT_ACTIVE);
	tpl_show(body, TPL_SHOW_NEW, v->filter.state == SITE_ACCOUNT_NEW);
	tpl_show(body, TPL_SHOW_DISABLED, v->filter.state == SITE_ACCOUNT_DISABLED);
	tpl_show(body, TPL_SHOW_SITE_ADMINS, admins);
}

static void fill_table(struct arena *a, struct tpl *body, const struct view_site_accounts *v)
{
	struct tpl *table = tpl_add(body, TPL_TABLE);

	for (size_t i = 0; i < v->nrows; i++) {
		struct tpl *row = tpl_add(table, TPL_ROW);

		fill_facts(a, row, &v->rows[i], v->now);
		if (!span_eq(v->rows[i].name, v->rows[i].login))
			tpl_set_show(row, TPL_OTHER_NAME, v->rows[i].name);
	}
	view_part_fill(table, &v->part, v->nrows);
}

int view_site_accounts(struct buf *out, struct arena *a, const struct view_frame *f,
		       const struct view_site_accounts *v)
{
	struct view_page p;

	if (f->api)
		return json_site_accounts(out, f, v);
	p = view_page_open(a, f, TPL_FILE_SITE_ACCOUNTS, true);
	view_page_action(&p, TPL_ACTION_ADD, SPAN("/admin/accounts/new"));
	fill_filter(p.body, v);
	if (v->nrows || !v->part.first)
		fill_table(a, p.body, v);
	else
		tpl_show(p.body, TPL_EMPTY, true);
	return view_page_render(&p, out);
}

int view_site_account_new(struct buf *out, struct arena *a, const struct view_frame *f,
			  const struct view_site_account_new *v)
{
	struct view_page p;

	if (f->api)
		return OK;
	p = view_page_open(a, f, TPL_FILE_SITE_ACCOUNT_NEW, true);
	tpl_set(p.body, TPL_LOGIN, v->login);
	tpl_set(p.body, TPL_NAME, v->name);
	tpl_set_show(p.body, TPL_LOGIN_ERROR, v->login_error);
	tpl_set_show(p.body, TPL_NAME_ERROR, v->name_error);
	tpl_set(p.body, TPL_EMAIL, v->email);
	tpl_set_show(p.body, TPL_EMAIL_ERROR, v->email_error);
	tpl_show(p.body, v->mails ? TPL_MAILS : TPL_NO_MAILS, true);
	return view_page_render(&p, out);
}

/* True: in some subscription this account alone can act. */
static bool fill_roles(struct tpl *body, const struct view_site_account *v)
{
	bool alone = false;
	struct tpl *list;

	tpl_show(body, TPL_NO_ROLE, v->nroles == 0);
	if (v->nroles == 0)
		return false;
	list = tpl_add(body, TPL_ROLES);
	for (size_t i = 0; i < v->nroles; i++) {
		const struct site_account_role *r = &v->roles[i];
		struct tpl *row = tpl_add(list, TPL_ROLE);

		tpl_set_i64(row, TPL_SUB_ID, r->subscription_id);
		tpl_set(row, TPL_SUB_SLUG, r->slug);
		tpl_set(row, TPL_SUB_ROLE, role_text(r->role));
		tpl_show(row, TPL_SUB_DISABLED, r->disabled);
		tpl_show(row, TPL_ONLY_ADMIN, r->only_admin);
		alone = alone || r->only_admin;
	}
	return alone;
}

/* How a link gets to its owner. */
static void fill_link(struct tpl *body, const struct view_site_account *v)
{
	struct tpl *card;

	if (v->account->disabled_at)
		return;
	card = tpl_add(body, TPL_LINK_CARD);
	tpl_show(card, TPL_NO_MAILS, !v->mails);
	tpl_show(card, TPL_NO_ADDRESS, v->mails && !v->account->email.n);
	if (v->mails && v->account->email.n)
		tpl_set_show(card, TPL_MAIL_TO, v->account->email);
}

static void fill_acts(struct tpl *body, const struct view_site_account *v, bool alone)
{
	bool disabled = v->account->disabled_at != 0;

	fill_link(body, v);
	tpl_show(body, TPL_SELF, v->self);
	tpl_show(body, TPL_ENABLE_CARD, disabled);
	if (v->self || disabled)
		return;
	tpl_show(body, TPL_SITE_CARD, true);
	tpl_show(body, TPL_NOT_SITE_ADMIN, !v->account->site_admin);
	tpl_show(tpl_add(body, TPL_DISABLE_CARD), TPL_LAST_ADMIN, alone);
}

int view_site_account(struct buf *out, struct arena *a, const struct view_frame *f,
		      const struct view_site_account *v)
{
	struct view_page p;
	const struct site_account *c = v->account;

	if (f->api)
		return json_site_account(out, v);
	p = view_page_open(a, f, TPL_FILE_SITE_ACCOUNT, true);
	fill_facts(a, p.body, c, v->now);
	if (c->disabled_at)
		tpl_set_show(p.body, TPL_DISABLED_AT, clock_text(a, c->disabled_at));
	tpl_set(p.body, TPL_PASSWORD_AGO, ago(a, c->password_at, v->now));
	tpl_set_show(p.body, TPL_BANNER, v->error);
	tpl_set(p.body, TPL_NAME, v->name);
	tpl_set_show(p.body, TPL_NAME_ERROR, v->name_error);
	tpl_set(p.body, TPL_EMAIL, v->email);
	tpl_set_show(p.body, TPL_EMAIL_ERROR, v->email_error);
	tpl_show(p.body, v->mails ? TPL_MAILS : TPL_NO_MAILS, true);
	fill_acts(p.body, v, fill_roles(p.body, v));
	return view_page_render(&p, out);
}

static void fill_bound(struct arena *a, struct tpl *body, const struct view_site_account *v)
{
	struct tpl *list;

	tpl_show(body, TPL_BOUND_NONE, v->nbound == 0);
	if (v->nbound == 0)
		return;
	list = tpl_add(body, TPL_BOUND_GO);
	for (size_t i = 0; i < v->nbound; i++) {
		struct tpl *row = tpl_add(list, TPL_BOUND);

		tpl_set(row, TPL_SUB_NAME, v->bound[i].name);
		tpl_set(row, TPL_COUNT,
			arena_printf(a, "%lld integration%s", (long long)v->bound[i].bindings,
				     v->bound[i].bindings == 1 ? "" : "s"));
	}
}

int view_site_account_disable(struct buf *out, struct arena *a, const struct view_frame *f,
			      const struct view_site_account *v)
{
	struct view_page p;
	bool alone = false;

	if (f->api)
		return OK;
	p = view_page_open(a, f, TPL_FILE_SITE_ACCOUNT_DISABLE, true);
	for (size_t i = 0; i < v->nroles; i++)
		alone = alone || v->roles[i].only_admin;
	tpl_set_i64(p.body, TPL_ID, v->account->id);
	tpl_set(p.body, TPL_LOGIN, v->account->login);
	tpl_show(p.body, TPL_SELF, v->self);
	tpl_show(p.body, TPL_IS_DISABLED, !v->self && v->account->disabled_at != 0);
	tpl_show(p.body, TPL_MAY_CHANGE, !v->self && !v->account->disabled_at);
	tpl_show(p.body, TPL_LAST_ADMIN, alone);
	fill_bound(a, p.body, v);
	return view_page_render(&p, out);
}

int view_site_link(struct buf *out, struct arena *a, const struct view_frame *f,
		   const struct view_site_link *v)
{
	struct view_page p;

	if (f->api)
		return json_site_link(out, v);
	p = view_page_open(a, f, v->mailed_to.n ? TPL_FILE_SITE_LINK_MAILED : TPL_FILE_SITE_LINK, true);
	tpl_set_i64(p.body, TPL_ID, v->id);
	tpl_set(p.body, TPL_LOGIN, v->login);
	tpl_set(p.body, TPL_LINK, v->link);
	tpl_set(p.body, TPL_MAIL_TO, v->mailed_to);
	tpl_set_i64(p.body, TPL_HOURS, v->hours);
	tpl_show(p.frame, TPL_SCRIPTS, true);
	return view_page_render(&p, out);
}
