/* view.c: loading the templates, and the small pages. */
#include "view/frame.h"

#include "view/json.h"
#include "base/banned.h"

int view_load(const char *folder)
{
	return tpl_load(folder);
}

int view_login(struct buf *out, struct arena *a, const struct view_frame *f,
	       const struct view_login *v)
{
	struct view_page p = view_page_open(a, f, TPL_FILE_LOGIN, false);

	tpl_set(p.body, TPL_LOGIN, v->login);
	tpl_set(p.body, TPL_NEXT, v->next);
	tpl_set_show(p.body, TPL_LOGIN_ERROR, v->error);
	tpl_show(p.body, TPL_LOST, v->lost);
	tpl_show(p.body, v->login.n ? TPL_PASSWORD_FOCUS : TPL_LOGIN_FOCUS, true);
	return view_page_render(&p, out);
}

int view_error(struct buf *out, struct arena *a, const struct view_frame *f,
	       const struct view_error *v)
{
	struct view_page p = view_page_open(a, f, TPL_FILE_ERROR, false);

	tpl_set_i64(p.body, TPL_STATUS, v->status);
	tpl_set(p.body, TPL_HEADING, v->heading);
	tpl_set(p.body, TPL_WHAT, v->message);
	tpl_set_show(p.body, TPL_REQUEST, v->request);
	return view_page_render(&p, out);
}

int view_home(struct buf *out, struct arena *a, const struct view_frame *f)
{
	struct view_page p = view_page_open(a, f, TPL_FILE_HOME, true);

	if (!f->who || f->who->nmemberships == 0) {
		struct tpl *none = tpl_add(p.body, TPL_NO_ROLE);

		tpl_show(none, f->who && f->who->site_admin ? TPL_SITE : TPL_NOT_SITE, true);
		tpl_set(none, TPL_WHO_LOGIN, f->who ? f->who->login : SPAN(""));
	}
	for (size_t i = 0; f->who && i < f->who->nmemberships; i++) {
		struct tpl *card = tpl_add(p.body, TPL_HOME_SUBSCRIPTION);

		tpl_set(card, TPL_SUB_SLUG, f->who->memberships[i].slug);
		tpl_set(card, TPL_SUB_NAME, f->who->memberships[i].name);
		tpl_set(card, TPL_SUB_ROLE, role_text(f->who->memberships[i].role));
		tpl_show(card, TPL_SUB_DISABLED, f->who->memberships[i].disabled);
	}
	return view_page_render(&p, out);
}

int view_closed(struct buf *out, struct arena *a, const struct view_frame *f,
		const struct view_closed *v)
{
	struct view_page p;

	if (f->api)
		return json_closed(out, v);
	p = view_page_open(a, f, TPL_FILE_CLOSED, true);

	tpl_set(p.body, TPL_NAME, v->name);
	tpl_set(p.body, TPL_TYPE, v->type_label);
	tpl_set(p.body, TPL_ICON, v->icon);
	tpl_set(p.body, TPL_EDITORS, view_editors(v->edit_roles));
	tpl_show(p.body, v->owner.n ? TPL_PERSONAL : TPL_ORG, true);
	tpl_set(p.body, TPL_OWNER, v->owner);
	if (v->owner.n)
		tpl_set_show(p.body, TPL_STATE, binding_state_text(v->binding));
	return view_page_render(&p, out);
}

static void fill_memberships(struct tpl *body, const struct who *who)
{
	struct tpl *list;

	if (!who || who->nmemberships == 0)
		return;
	list = tpl_add(body, TPL_MEMBERSHIPS);
	for (size_t i = 0; i < who->nmemberships; i++) {
		const struct membership *m = &who->memberships[i];
		struct tpl *row = tpl_add(list, TPL_MEMBERSHIP);

		tpl_set(row, TPL_SUB_SLUG, m->slug);
		tpl_set(row, TPL_SUB_NAME, m->name);
		tpl_set(row, TPL_SUB_ROLE, role_text(m->role));
		tpl_show(row, m->disabled ? TPL_SUB_DISABLED : TPL_SUB_ENABLED, true);
	}
}

int view_account(struct buf *out, struct arena *a, const struct view_frame *f,
		 const struct view_account *v)
{
	struct view_page p;
	struct span theme = f->who ? f->who->theme : SPAN_NONE;
	bool dark = span_is(theme, "dark"), light = span_is(theme, "light");

	if (f->api)
		return json_account(out, f, v);
	p = view_page_open(a, f, TPL_FILE_ACCOUNT, true);
	tpl_show(p.body, dark ? TPL_THEME_DARK : light ? TPL_THEME_LIGHT : TPL_THEME_AUTO, true);
	tpl_set_show(p.body, TPL_CURRENT_ERROR, v->current_error);
	tpl_set_show(p.body, TPL_PASSWORD_ERROR, v->password_error);
	tpl_set(p.body, TPL_NAME, v->name);
	tpl_set_show(p.body, TPL_NAME_ERROR, v->name_error);
	tpl_set(p.body, TPL_EMAIL, v->email);
	tpl_set_show(p.body, TPL_EMAIL_ERROR, v->email_error);
	tpl_show(p.body, v->mails ? TPL_MAILS : TPL_NO_MAILS, true);
	fill_memberships(p.body, f->who);
	if (f->who)
		tpl_set(p.body, TPL_WHO_LOGIN, f->who->login);
	return view_page_render(&p, out);
}
