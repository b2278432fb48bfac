/* view_project.c: a subscription's projects: the list, one project, + Add, and the page before a
 * deletion; and the subscription's settings. */
#include "view/project.h"

#include "base/clock.h"
#include "core/binding.h"
#include "view/frame.h"
#include "view/json.h"
#include "base/banned.h"

static struct view_page open_page(struct arena *a, const struct view_frame *f, enum tpl_file file)
{
	struct view_page p = view_page_open(a, f, file, true);

	if (f->scope)
		tpl_set(p.body, TPL_SUB_NAME, f->scope->name);
	return p;
}

static void fill_table(struct tpl *list, const struct view_projects *v)
{
	struct tpl *table = tpl_add(list, TPL_TABLE), *pages;

	for (size_t i = 0; i < v->nrows; i++) {
		struct tpl *row = tpl_add(table, TPL_ROW);

		tpl_set_i64(row, TPL_ID, v->rows[i].id);
		tpl_set(row, TPL_NAME, v->rows[i].name);
		tpl_set_i64(row, TPL_INTEGRATIONS, v->rows[i].integrations);
		tpl_set_i64(row, TPL_COLLABORATORS, v->rows[i].collaborators);
		tpl_show(row, TPL_MAY_EDIT, v->may_administer);
	}
	tpl_set_i64(table, TPL_SHOWN, (int64_t)v->nrows);
	tpl_set_i64(table, TPL_TOTAL, v->total);
	if (v->first && !v->next.n)
		return;
	pages = tpl_add(table, TPL_PAGES);
	tpl_show(pages, TPL_FIRST_PAGE, !v->first);
	tpl_set(pages, TPL_AFTER, v->next);
	tpl_show(pages, TPL_NEXT_PAGE, v->next.n > 0);
}

/* Somebody who is named on none has another reason to see nothing than somebody who sees all. */
static void fill_empty(struct tpl *body, const struct view_frame *f, const struct view_projects *v)
{
	struct tpl *empty = tpl_add(body, TPL_EMPTY);
	bool named = f->scope && f->scope->role == ROLE_COLLABORATOR;

	tpl_show(empty,
		 v->may_administer ? TPL_EMPTY_ADD
		 : named	   ? TPL_EMPTY_NAMED
				   : TPL_EMPTY_WAIT,
		 true);
}

int view_projects(struct buf *out, struct arena *a, const struct view_frame *f,
		  const struct view_projects *v)
{
	struct view_page p;
	struct tpl *list;

	if (f->api)
		return json_projects(out, f, v);
	p = open_page(a, f, TPL_FILE_PROJECTS);
	if (v->may_administer)
		view_page_action(&p, TPL_ACTION_ADD, view_scope_href(a, f, "/projects/new"));
	if (!v->nrows && v->first && !v->search.n) {
		fill_empty(p.body, f, v);
		return view_page_render(&p, out);
	}
	list = tpl_add(p.body, TPL_LIST);
	tpl_set(list, TPL_SEARCH, v->search);
	tpl_show(list, TPL_MAY_LOOK_OVER, v->may_administer);
	if (v->nrows || !v->first)
		fill_table(list, v);
	else
		tpl_show(list, TPL_NO_MATCH, true);
	return view_page_render(&p, out);
}

static void fill_place(struct tpl *t, const struct view_place_form *f)
{
	struct tpl *place = tpl_include(t, TPL_PLACE_FIELDS, TPL_FILE_PLACE_FIELDS);

	tpl_set(place, TPL_URL_TYPED, f->url);
	tpl_set_show(place, TPL_URL_ERROR, f->url_error);
	tpl_set_show(place, TPL_HOST_ERROR, f->host_error);
	for (int k = 0; k < GIT_HOSTS; k++) {
		struct tpl *row = tpl_add(place, TPL_GIT_HOST);

		tpl_set(row, TPL_GIT_HOST_WORD, git_host_word((enum git_host)k));
		tpl_set(row, TPL_GIT_HOST_TEXT, git_host_text((enum git_host)k));
		tpl_show(row, TPL_GIT_HOST_CHOSEN, k == (int)f->host);
	}
}

int view_project_new(struct buf *out, struct arena *a, const struct view_frame *f,
		     const struct view_project_new *v)
{
	struct view_page p;

	if (f->api)
		return OK;
	p = open_page(a, f, TPL_FILE_PROJECT_NEW);
	tpl_set_show(p.body, TPL_BANNER, v->error);
	tpl_set(p.body, TPL_NAME_TYPED, v->name);
	tpl_set_show(p.body, TPL_NAME_ERROR, v->name_error);
	fill_place(p.body, &v->form);
	return view_page_render(&p, out);
}

static void fill_people(struct tpl *body, const struct view_project *v)
{
	struct tpl *list, *pages;

	if (v->npeople == 0 && v->first) {
		tpl_show(body, TPL_NOBODY, true);
		return;
	}
	list = tpl_add(body, TPL_PEOPLE_LIST);
	for (size_t i = 0; i < v->npeople; i++) {
		const struct view_project_person *r = &v->people[i];
		struct tpl *row = tpl_add(list, TPL_PERSON);

		tpl_set_i64(row, TPL_PERSON_ID, r->id);
		tpl_set(row, TPL_NAME, r->name.n ? r->name : r->login);
		tpl_set(row, TPL_LOGIN, r->login);
		tpl_show(row, v->may_administer ? TPL_MAY_REMOVE : TPL_MAY_LOOK, true);
	}
	if (v->first && !v->after_login.n)
		return;
	pages = tpl_add(body, TPL_PAGES);
	tpl_set_i64(pages, TPL_SHOWN, (int64_t)v->npeople);
	tpl_set_i64(pages, TPL_TOTAL, v->project.collaborators);
	tpl_show(pages, TPL_FIRST_PAGE, !v->first);
	tpl_set(pages, TPL_AFTER, v->after_name);
	tpl_set(pages, TPL_AFTER_LOGIN, v->after_login);
	tpl_show(pages, TPL_NEXT_PAGE, v->after_login.n > 0);
}

static void fill_integrations(struct tpl *list, const struct view_project *v)
{
	int64_t more = v->project.integrations - (int64_t)v->nintegrations;

	for (size_t i = 0; i < v->nintegrations; i++) {
		struct tpl *row = tpl_add(list, TPL_INTEGRATION);

		tpl_set_i64(row, TPL_INTEGRATION_ID, v->integrations[i].id);
		tpl_set(row, TPL_INTEGRATION_NAME, v->integrations[i].name);
		tpl_show(row, TPL_ALONE, v->integrations[i].alone);
	}
	if (more > 0)
		tpl_set_i64(tpl_add(list, TPL_MORE), TPL_MORE, more);
}

int view_project(struct buf *out, struct arena *a, const struct view_frame *f,
		 const struct view_project *v)
{
	struct view_page p;

	if (f->api)
		return json_project(out, f, v);
	p = open_page(a, f, TPL_FILE_PROJECT);
	tpl_set_i64(p.body, TPL_ID, v->project.id);
	tpl_set_show(p.body, TPL_BANNER, v->error);
	tpl_set(p.body, TPL_CREATED_AT, clock_text(a, v->created_at));
	if (v->may_administer) {
		struct tpl *t = tpl_add(p.body, TPL_ADMINISTER);

		tpl_set(t, TPL_WAS, v->project.name);
		tpl_set(t, TPL_NAME_TYPED, v->name);
		tpl_set_show(t, TPL_NAME_ERROR, v->name_error);
		tpl_set(t, TPL_LOGIN_TYPED, v->login);
		tpl_set_show(t, TPL_LOGIN_ERROR, v->login_error);
		tpl_set(t, TPL_WAS_URL, v->form.was);
		fill_place(t, &v->form);
	}
	if (v->place.url.n)
		tpl_set_show(p.body, TPL_REPOSITORY_URL, v->place.url);
	tpl_show(p.frame, TPL_SCRIPTS, true);
	if (v->workflow)
		view_workflow(tpl_include(p.body, TPL_WORKFLOW, TPL_FILE_WORKFLOW), a, f,
			      v->workflow);
	fill_people(p.body, v);
	if (v->nintegrations)
		fill_integrations(tpl_add(p.body, TPL_INTEGRATIONS_LIST), v);
	else
		tpl_show(p.body, TPL_NO_INTEGRATION, true);
	return view_page_render(&p, out);
}

/* "3 admins", "1 member". */
static struct span many(struct arena *a, int64_t n, const char *noun)
{
	return arena_printf(a, "%lld %s%s", (long long)n, noun, n == 1 ? "" : "s");
}

int view_project_delete(struct buf *out, struct arena *a, const struct view_frame *f,
			const struct view_project *v)
{
	struct view_page p;
	struct tpl *t;

	if (f->api)
		return OK;
	p = open_page(a, f, TPL_FILE_PROJECT_DELETE);
	tpl_set_i64(p.body, TPL_ID, v->project.id);
	tpl_set(p.body, TPL_WAS, v->project.name);
	tpl_set_show(p.body, TPL_BANNER, v->error);
	tpl_set_i64(p.body, TPL_INTEGRATIONS, v->project.integrations);
	tpl_set_i64(p.body, TPL_COLLABORATORS, v->project.collaborators);
	if (v->project.integrations) {
		t = tpl_add(p.body, TPL_INTEGRATIONS_GO);
		tpl_show(t, v->project.integrations == 1 ? TPL_ONE : TPL_SEVERAL, true);
		fill_integrations(t, v);
	} else {
		tpl_show(p.body, TPL_INTEGRATIONS_STAY, true);
	}
	if (v->files) {
		t = tpl_add(p.body, TPL_FILES_GO);
		tpl_set(t, TPL_FILES_TEXT, many(a, v->files, "workflow file"));
		tpl_set(t, TPL_REFERENCES_TEXT, many(a, v->references, "reference"));
		view_unused(t, a, f->scope ? f->scope->slug : SPAN(""), &v->unused);
	} else {
		tpl_show(p.body, TPL_NO_FILES, true);
	}
	if (v->project.collaborators) {
		t = tpl_add(p.body, TPL_PEOPLE_GO);
		tpl_show(t, v->project.collaborators == 1 ? TPL_ONE_PERSON : TPL_PEOPLE, true);
	} else {
		tpl_show(p.body, TPL_PEOPLE_STAY, true);
	}
	return view_page_render(&p, out);
}

int view_settings(struct buf *out, struct arena *a, const struct view_frame *f,
		  const struct view_settings *v)
{
	struct view_page p;

	if (f->api)
		return json_settings(out, v);
	p = open_page(a, f, TPL_FILE_SETTINGS);
	tpl_set_show(p.body, TPL_BANNER, v->error);
	tpl_set(p.body, TPL_WAS, v->name_now);
	tpl_set(p.body, TPL_NAME_TYPED, v->name);
	tpl_set_show(p.body, TPL_NAME_ERROR, v->name_error);
	tpl_set_i64(p.body, TPL_WAS_GRACE, v->grace_now);
	tpl_set(p.body, TPL_GRACE_TYPED, v->grace);
	tpl_set_i64(p.body, TPL_GRACE_MOST, BINDING_GRACE_MOST);
	tpl_set_show(p.body, TPL_GRACE_ERROR, v->grace_error);
	tpl_set(p.body, TPL_CREATED_AT, clock_text(a, v->created_at));
	tpl_set(p.body, TPL_PEOPLE_COUNT,
		arena_printf(a, "%s, %s, %s", many(a, v->admins, "admin").p,
			     many(a, v->members, "member").p,
			     many(a, v->collaborators, "collaborator").p));
	tpl_set_i64(p.body, TPL_PROJECTS_COUNT, v->projects);
	tpl_set_i64(p.body, TPL_INTEGRATIONS_COUNT, v->integrations);
	return view_page_render(&p, out);
}
