/* view_form.c: + Add (second step) and Edit. */
#include "view/bound.h"
#include "view/frame.h"
#include "view/uses.h"

#include "base/banned.h"

static void fill_urls(struct tpl *body, const struct view_form *v)
{
	struct tpl *urls;

	if (v->nurls == 0 && !v->may_add_url && v->urls_error.n == 0)
		return;
	urls = tpl_add(body, TPL_URLS);
	tpl_set_show(urls, TPL_URLS_ERROR, v->urls_error);
	tpl_show(urls, TPL_ADD_URL, v->may_add_url);
	for (size_t i = 0; i < v->nurls; i++) {
		const struct view_url_row *r = &v->urls[i];
		struct tpl *row = tpl_add(urls, TPL_URL_ROW);

		tpl_set_i64(row, TPL_N, (int64_t)i + 1);
		tpl_set(row, TPL_KEY, r->key);
		tpl_show(row, r->key_fixed ? TPL_KEY_FIXED : TPL_KEY_FREE, true);
		tpl_set_show(row, TPL_KEY_ERROR, r->key_error);
		tpl_set(row, TPL_URL, r->url);
		tpl_set_show(row, TPL_URL_ERROR, r->url_error);
		tpl_set(row, TPL_URL_EXAMPLE, r->example);
		tpl_set(row, TPL_URL_HELP, r->help);
		tpl_show(row, TPL_URL_REQUIRED, r->required);
		tpl_show(row, TPL_URL_OPTIONAL, r->key_fixed && !r->required);
	}
}

/* Fields of several lines hold keys mostly, which lie in files. */
static bool takes_file(const struct view_field *f)
{
	return f->field->kind == FIELD_LINES || f->field->kind == FIELD_SECRET_LINES;
}

static void fill_plain(struct tpl *t, const struct view_field *f)
{
	struct tpl *field = tpl_add(t, TPL_PLAIN_FIELD);

	tpl_set(field, TPL_VALUE, f->value);
	tpl_set_show(field, TPL_FIELD_ERROR, f->error);
	tpl_show(field, f->field->kind == FIELD_LINES ? TPL_LINES : TPL_TEXT, true);
}

static void fill_secret(struct tpl *t, const struct view_field *f)
{
	const struct view_secret *s = &f->secret;
	struct tpl *field = tpl_add(t, TPL_SECRET_FIELD);

	tpl_show(field, f->field->kind == FIELD_SECRET_LINES ? TPL_SECRET_LINES : TPL_SECRET, true);
	tpl_show(field, TPL_STORED, s->note.n || s->kept.n);
	tpl_set_show(field, TPL_NOTE, s->note);
	tpl_set_show(field, TPL_KEPT, s->kept);
	tpl_set_show(field, TPL_SECRET_ERROR, s->error);
	if (!s->removable)
		return;
	field = tpl_add(field, TPL_REMOVABLE);
	tpl_show(field, TPL_REMOVED, s->removed);
	tpl_show(field, s->is_stored ? TPL_REMOVE_STORED : TPL_REMOVE_KEPT, true);
}

static void fill_pairs(struct tpl *t, const struct view_field *f)
{
	struct tpl *field = tpl_add(t, TPL_PAIRS_FIELD);

	tpl_show(field, TPL_FIELD_HELP_LINE, f->field->help.n > 0);
	tpl_set_show(field, TPL_FIELD_ERROR, f->error);
	for (size_t i = 0; i < f->npairs; i++) {
		const struct view_pair *r = &f->pairs[i];
		struct tpl *row = tpl_add(field, TPL_PAIR);

		tpl_set_i64(row, TPL_R, (int64_t)i);
		tpl_set_i64(row, TPL_ROW_NUMBER, (int64_t)i + 1);
		tpl_set(row, TPL_PAIR_KEY, r->key);
		tpl_set_show(row, TPL_PAIR_KEY_ERROR, r->key_error);
		tpl_show(row, TPL_PAIR_STORED, r->secret.note.n || r->secret.kept.n);
		tpl_set_show(row, TPL_PAIR_NOTE, r->secret.note);
		tpl_set_show(row, TPL_PAIR_KEPT, r->secret.kept);
		tpl_set_show(row, TPL_PAIR_ERROR, r->secret.error);
	}
}

static void fill_field(struct tpl *credentials, const struct view_field *f)
{
	struct tpl *t = tpl_add(credentials, TPL_FIELD);

	tpl_set(t, TPL_FIELD_NAME, f->field->name);
	tpl_set(t, TPL_FIELD_LABEL, f->field->label);
	tpl_set(t, TPL_FIELD_HELP, f->field->help);
	tpl_set(t, TPL_FIELD_EXAMPLE, f->field->example);
	tpl_show(t, TPL_REQUIRED, f->field->required);
	tpl_show(t, TPL_FILE, takes_file(f));
	tpl_set_i64(t, TPL_FIELD_MOST, (int64_t)f->field->most);
	if (f->field->kind == FIELD_PAIRS)
		fill_pairs(t, f);
	else if (field_is_secret(f->field->kind))
		fill_secret(t, f);
	else
		fill_plain(t, f);
}

static bool has_files(const struct view_form *v)
{
	for (size_t i = 0; i < v->nfields; i++)
		if (takes_file(&v->fields[i]))
			return true;
	return false;
}

static void fill_fields(struct tpl *body, const struct view_form *v)
{
	struct tpl *credentials;
	bool any_secret = false;

	if (v->nfields == 0)
		return;
	credentials = tpl_add(body, TPL_CREDENTIALS);
	for (size_t i = 0; i < v->nfields; i++) {
		fill_field(credentials, &v->fields[i]);
		any_secret |= field_is_secret(v->fields[i].field->kind);
	}
	if (any_secret)
		tpl_show(tpl_add(credentials, TPL_ANY_SECRET), TPL_HAS_URLS, v->nurls > 0);
}

static void fill_roles(struct tpl *sharing, const struct view_form *v)
{
	struct tpl *t = tpl_add(sharing, v->may_edit_roles ? TPL_ROLES_ASKED : TPL_ROLES_SHOWN);

	tpl_show(t, TPL_ROLE_MEMBER, v->edit_roles & ROLE_BIT(ROLE_MEMBER));
	tpl_show(t, TPL_ROLE_COLLABORATOR, v->edit_roles & ROLE_BIT(ROLE_COLLABORATOR));
	tpl_set(t, TPL_EDITORS, view_editors(v->edit_roles));
}

static void fill_scope(struct arena *a, struct tpl *body, const struct view_form *v)
{
	struct tpl *some;

	tpl_set_show(body, TPL_PROJECTS_ERROR, v->projects_error);
	/* "All" set by somebody who sees all is not narrowed by somebody who does not. */
	tpl_show(body, TPL_NOT_BOUND, v->bound == NULL);
	if (v->all_projects && !v->may_choose_all) {
		tpl_show(body, TPL_SCOPE_ALL_ONLY, true);
		return;
	}
	if (v->may_choose_all)
		tpl_show(tpl_add(body, TPL_SCOPE_ALL), TPL_ALL_CHOSEN, v->all_projects);
	some = tpl_add(body, TPL_SCOPE_SOME);
	tpl_show(some, TPL_SOME_CHOSEN, !v->all_projects);
	tpl_show(some, TPL_NO_PROJECT, v->nprojects == 0 && !v->bound);
	for (size_t i = 0; i < v->nprojects; i++) {
		struct tpl *row = tpl_add(some, TPL_PROJECT);

		tpl_set_i64(row, TPL_PROJECT_ID, v->projects[i].id);
		tpl_set(row, TPL_PROJECT_NAME, v->projects[i].name);
		tpl_show(row, TPL_PROJECT_CHOSEN, v->projects[i].chosen);
	}
	if (v->hidden_projects > 0)
		tpl_set_show(some, TPL_HIDDEN, view_number(a, v->hidden_projects));
}

static void fill_delete(struct arena *a, struct tpl *body, const struct view_frame *f,
			const struct view_form *v)
{
	struct tpl *card = tpl_add(body, TPL_DELETE), *panel;

	if (v->used && v->used->seen + v->used->hidden) {
		view_uses_list(tpl_add(card, TPL_IN_USE), a, v->used);
		return;
	}
	if (v->own && v->own->nnamed) {
		view_blockers(tpl_add(card, TPL_OWN_IN_USE), a, v->own->named, v->own->nnamed);
		return;
	}
	panel = tpl_add(card, TPL_MAY_DELETE);

	tpl_set(panel, TPL_DELETE_HREF, view_integration_href(a, f, v->id, "/delete"));
	tpl_set(panel, TPL_STORED_NAME, f->title); /* the name box may hold another */
	tpl_show(panel, TPL_AND_VALUES, v->bound == NULL);
	if (v->own)
		view_own_delete(panel, v->own);
	else if (v->bound)
		view_bound_delete(panel, f, v->bound);
	else
		tpl_show(panel, TPL_ORG, true);
}

int view_form(struct buf *out, struct arena *a, const struct view_frame *f,
	      const struct view_form *v)
{
	struct tpl *sharing;
	struct view_page p;

	if (f->api)
		return OK; /* programs have no use for an empty form, and errors are a problem document */
	p = view_page_open(a, f, TPL_FILE_FORM, true);

	tpl_show(p.frame, TPL_SCRIPTS, true);
	tpl_set(p.body, TPL_SUBMIT, v->submit);
	tpl_show(p.body, TPL_WITH_FILES, has_files(v));
	tpl_set(p.body, TPL_OPENED, v->opened);
	if (v->conflict)
		view_conflict(tpl_add(p.body, TPL_CONFLICT), v->conflict);
	tpl_show(p.body, v->is_new ? TPL_IS_NEW : TPL_IS_EDIT, true);
	tpl_set(p.body, TPL_UID, v->uid);
	tpl_set_i64(p.body, TPL_VERSION, v->version);
	tpl_set_show(p.body, TPL_BANNER, v->error);
	if (v->used_href.n) {
		struct tpl *used = tpl_add(p.body, TPL_USED);

		tpl_set(used, TPL_USED_NAME, v->used_name);
		tpl_set(used, TPL_USED_HREF, v->used_href);
	}
	tpl_set(p.body, TPL_TYPE_NAME, v->type->name);
	tpl_set(p.body, TPL_TYPE_ICON, v->type->icon);
	tpl_set(p.body, TPL_TYPE_LABEL, v->type->label);
	tpl_set(p.body, TPL_TYPE_HELP, v->type->help);
	tpl_set(p.body, TPL_NAME, v->name);
	tpl_set_show(p.body, TPL_NAME_ERROR, v->name_error);
	tpl_set_show(p.body, TPL_RENAME_HREF, v->rename_href);
	fill_urls(p.body, v);
	fill_fields(p.body, v);
	if (f->own) {
		tpl_show(p.body, TPL_OWN_SIDE, true);
	} else {
		sharing = tpl_add(p.body, TPL_SHARING);
		fill_roles(sharing, v);
		fill_scope(a, sharing, v);
		if (v->bound)
			view_bound_form(a, p.body, sharing, f, v->bound);
	}
	if (v->is_new && !f->own)
		view_add_tabs(p.body, f, false);
	tpl_set_show(p.body, TPL_BACK, v->back);
	tpl_set(p.body, TPL_CANCEL,
		v->back.n   ? v->back_path
		: v->is_new ? view_integrations_href(a, f, "")
			  : view_integration_href(a, f, v->id, ""));
	if (v->may_delete)
		fill_delete(a, p.body, f, v);
	return view_page_render(&p, out);
}
