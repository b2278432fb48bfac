/* view_details.c: one integration, for those who may edit it. */
#include "view/frame.h"

#include "base/clock.h"
#include "view/bound.h"
#include "view/json.h"
#include "view/uses.h"
#include "base/banned.h"

/* The label that the type's file gives; the bare name when type or field is gone. */
static struct span field_label(const struct type *type, struct span name)
{
	for (size_t i = 0; type && i < type->nfields; i++)
		if (span_eq(type->fields[i].name, name))
			return type->fields[i].label;
	return name;
}

static struct span person(struct span name)
{
	return name.n ? name : SPAN("the operator");
}

static void fill_urls(struct tpl *body, const struct integration *i)
{
	struct tpl *urls;

	if (i->nurls == 0)
		return;
	urls = tpl_add(body, TPL_URLS);
	for (size_t k = 0; k < i->nurls; k++) {
		struct tpl *row = tpl_add(urls, TPL_URL_ROW);

		tpl_set(row, TPL_KEY, i->urls[k].key);
		tpl_set(row, TPL_URL, i->urls[k].url);
	}
}

static void fill_values(struct tpl *body, const struct view_details *v)
{
	struct tpl *values;

	if (v->i->nvalues == 0)
		return;
	values = tpl_add(body, TPL_VALUES);
	for (size_t k = 0; k < v->i->nvalues; k++) {
		struct tpl *row = tpl_add(values, TPL_VALUE_ROW);

		tpl_set(row, TPL_FIELD_LABEL, field_label(v->type, v->i->values[k].field));
		tpl_set(row, TPL_VALUE, v->i->values[k].value);
	}
}

static void fill_sealed(struct arena *a, struct tpl *body, const struct view_details *v)
{
	struct tpl *sealed;

	if (v->i->nsealed == 0)
		return;
	sealed = tpl_add(body, TPL_SEALED);
	for (size_t k = 0; k < v->i->nsealed; k++) {
		const struct sealed_mark *mark = &v->i->sealed[k];
		struct tpl *row = tpl_add(sealed, TPL_SEALED_ROW);
		struct span key = mark->field, name;

		/* "envs:KEY" is one key of a field of pairs. */
		if (!span_cut(&key, ':', &name))
			name = mark->field;
		tpl_set_show(row, TPL_SEALED_LABEL, field_label(v->type, name));
		tpl_set_show(row, TPL_SEALED_KEY, key);
		tpl_set(row, TPL_SEALED_AT, clock_text(a, mark->sealed_at));
		tpl_set(row, TPL_SEALED_AGO, clock_ago(a, mark->sealed_at, v->now));
		tpl_set(row, TPL_SEALED_BY, person(mark->sealed_by));
	}
}

static void fill_projects(struct arena *a, struct tpl *body, const struct integration *i)
{
	struct tpl *list;

	if (i->all_projects) {
		tpl_show(body, TPL_ALL_PROJECTS, true);
		return;
	}
	tpl_show(body, TPL_NO_PROJECT, i->nprojects == 0 && i->hidden_projects == 0);
	if (i->nprojects) {
		list = tpl_add(body, TPL_PROJECTS_LIST);
		for (size_t k = 0; k < i->nprojects; k++)
			tpl_set(tpl_add(list, TPL_PROJECT), TPL_PROJECT_NAME, i->projects[k].name);
	}
	if (i->hidden_projects > 0)
		tpl_set_show(body, TPL_HIDDEN, view_number(a, i->hidden_projects));
}

static void fill_uses(struct tpl *body, const struct view_details *v)
{
	for (size_t k = 0; k < v->nuses; k++) {
		struct tpl *row = tpl_add(body, TPL_USE);

		tpl_set_i64(row, TPL_N, (int64_t)k + 1);
		tpl_set(row, TPL_USE_WHERE, v->uses[k].where);
		tpl_set(row, TPL_USE_KEY, v->uses[k].key);
		tpl_set(row, TPL_USE_TEXT, v->uses[k].text);
	}
	tpl_show(body, TPL_DYNAMIC, v->dynamic);
}

static void fill_changes(struct arena *a, struct tpl *body, const struct view_frame *f,
			 const struct view_details *v)
{
	struct tpl *list;

	if (v->nchanges == 0)
		return;
	list = tpl_add(body, TPL_CHANGES);
	for (size_t k = 0; k < v->nchanges; k++) {
		struct tpl *row = tpl_add(list, TPL_CHANGE);

		tpl_set(row, TPL_CHANGE_WHAT, v->changes[k].what);
		tpl_set(row, TPL_CHANGE_WHO, person(v->changes[k].who));
		tpl_set(row, TPL_CHANGE_AT, clock_text(a, v->changes[k].at));
		tpl_set(row, TPL_CHANGE_AGO, clock_ago(a, v->changes[k].at, v->now));
	}
	tpl_set_i64(body, TPL_AUDIT_ID, v->i->id);
	if (f->own)
		tpl_show(body, TPL_AUDIT_OWN, true);
	else if (v->may_see_audit && f->scope)
		tpl_set_show(body, TPL_AUDIT_SLUG, f->scope->slug);
}

static void fill_disabling(struct arena *a, struct tpl *body, const struct view_frame *f,
			   const struct view_details *v)
{
	const struct integration *i = v->i;
	struct tpl *part = tpl_add(body, i->disabled_at ? TPL_DISABLED : TPL_ENABLED);

	tpl_set(part, TPL_CSRF, f->csrf);
	tpl_show(part, f->own ? TPL_PERSONAL : TPL_ORG, true);
	if (!i->disabled_at) {
		tpl_set(part, TPL_DISABLE_HREF, view_integration_href(a, f, i->id, "/disable"));
		tpl_set(part, TPL_REASON, v->reason);
		tpl_set_show(part, TPL_REASON_ERROR, v->reason_error);
		return;
	}
	tpl_set(part, TPL_ENABLE_HREF, view_integration_href(a, f, i->id, "/enable"));
	tpl_set(part, TPL_DISABLED_AT, clock_text(a, i->disabled_at));
	tpl_set(part, TPL_DISABLED_AGO, clock_ago(a, i->disabled_at, v->now));
	tpl_set(part, TPL_DISABLED_BY, person(i->disabled_by));
	tpl_set(part, TPL_DISABLED_REASON, i->disabled_reason);
}

/* What a subscription's has: who shares it, and how its workflow files name it. */
static void fill_sharing(struct arena *a, struct tpl *body, const struct view_frame *f,
			 const struct view_details *v)
{
	struct tpl *sharing = tpl_add(body, TPL_SHARING), *named = tpl_add(body, TPL_IN_WORKFLOWS);

	tpl_show(body, v->bound ? TPL_BOUND : TPL_ORG, true);
	fill_uses(named, v);
	if (v->may_edit)
		tpl_set_show(named, TPL_RENAME_HREF,
			     view_integration_href(a, f, v->i->id, "/rename"));
	tpl_set(sharing, TPL_EDITORS, view_editors(v->i->edit_roles));
	if (v->bound) {
		view_bound_details(a, body, f, v->bound);
		return;
	}
	fill_projects(a, tpl_add(sharing, TPL_PROJECTS_CARD), v->i);
}

int view_details(struct buf *out, struct arena *a, const struct view_frame *f,
		 const struct view_details *v)
{
	struct view_page p;

	if (f->api)
		return json_details(out, v); /* of both kinds */
	p = view_page_open(a, f, TPL_FILE_DETAILS, true);

	if (v->may_edit)
		view_page_action(&p, TPL_ACTION_EDIT,
				 view_integration_href(a, f, v->i->id, "/edit"));
	tpl_set(p.body, TPL_TYPE, v->type ? v->type->label : v->i->type);
	tpl_set(p.body, TPL_ICON, v->type ? v->type->icon : SPAN("plug"));
	tpl_set(p.body, TPL_TYPE_HELP, v->type ? v->type->help : SPAN_NONE);
	tpl_set_show(p.body, TPL_BANNER, v->error);
	tpl_show(p.frame, TPL_SCRIPTS, true);
	fill_disabling(a, p.body, f, v);
	if (v->used)
		view_uses_card(p.body, a, v->used);
	fill_changes(a, p.body, f, v);
	fill_urls(p.body, v->i);
	fill_values(p.body, v);
	fill_sealed(a, p.body, v);
	if (v->own)
		view_own_uses(a, p.body, f, v);
	else
		fill_sharing(a, p.body, f, v);
	tpl_set(p.body, TPL_CREATED_AT, clock_text(a, v->i->created_at));
	tpl_set(p.body, TPL_CREATED_BY, person(v->i->created_by));
	return view_page_render(&p, out);
}
