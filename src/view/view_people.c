/* view_people.c: a subscription's people: the list, one person, + Add, and the page before a
 * removal. */
#include "view/people.h"

#include "base/clock.h"
#include "view/frame.h"
#include "view/json.h"
#include "base/banned.h"

struct span view_source(struct span source)
{
	return span_is(source, "hand") ? SPAN("By hand") : source;
}

static struct view_page open_page(struct arena *a, const struct view_frame *f, enum tpl_file file)
{
	struct view_page p = view_page_open(a, f, file, true);

	if (f->scope)
		tpl_set(p.body, TPL_SUB_NAME, f->scope->name);
	return p;
}

static struct span shown_name(const struct view_person_row *r)
{
	return r->name.n ? r->name : r->login;
}

static void fill_person(struct arena *a, struct tpl *t, const struct view_person_row *r,
			int64_t now)
{
	tpl_set_i64(t, TPL_ID, r->id);
	tpl_set(t, TPL_NAME, shown_name(r));
	tpl_set(t, TPL_LOGIN, r->login);
	tpl_set(t, TPL_ROLE, role_text(r->role));
	tpl_show(t, r->role == ROLE_ADMIN ? TPL_IS_ADMIN : TPL_IS_OTHER, true);
	tpl_show(t, TPL_IS_DISABLED, r->disabled);
	tpl_set(t, TPL_SOURCE, view_source(r->source));
	tpl_set(t, TPL_GRANTED_AGO, clock_ago(a, r->granted_at, now));
	tpl_set(t, TPL_PROJECTS, r->projects);
}

static void fill_table(struct arena *a, struct tpl *body, const struct view_people *v)
{
	struct tpl *table = tpl_add(body, TPL_TABLE), *pages;

	for (size_t i = 0; i < v->nrows; i++)
		fill_person(a, tpl_add(table, TPL_ROW), &v->rows[i], v->now);
	tpl_set_i64(table, TPL_SHOWN, (int64_t)v->nrows);
	tpl_set_i64(table, TPL_TOTAL, v->total);
	if (v->first && !v->after_login.n)
		return;
	pages = tpl_add(table, TPL_PAGES);
	tpl_show(pages, TPL_FIRST_PAGE, !v->first);
	tpl_set(pages, TPL_AFTER, v->after_name);
	tpl_set(pages, TPL_AFTER_LOGIN, v->after_login);
	tpl_show(pages, TPL_NEXT_PAGE, v->after_login.n > 0);
}

int view_people(struct buf *out, struct arena *a, const struct view_frame *f,
		const struct view_people *v)
{
	struct view_page p;

	if (f->api)
		return json_people(out, f, v);
	p = open_page(a, f, TPL_FILE_PEOPLE);
	view_page_action(&p, TPL_ACTION_ADD, view_scope_href(a, f, "/people/new"));
	view_leavers(a, p.body, f, v->leavers, v->nleavers);
	tpl_set(p.body, TPL_SEARCH, v->search);
	tpl_set(p.body, TPL_ONLY_ROLE, role_text(v->only));
	tpl_show(p.body, TPL_ONLY_ADMIN, v->only == ROLE_ADMIN);
	tpl_show(p.body, TPL_ONLY_MEMBER, v->only == ROLE_MEMBER);
	tpl_show(p.body, TPL_ONLY_COLLABORATOR, v->only == ROLE_COLLABORATOR);
	if (v->nrows || !v->first)
		fill_table(a, p.body, v);
	else
		tpl_show(p.body, TPL_NO_MATCH, true);
	return view_page_render(&p, out);
}

/* The three roles with what they mean; `fixed`: shown, but not to be changed. */
static void fill_roles(struct tpl *body, enum role chosen, bool fixed, struct span error)
{
	static const struct {
		enum role role;
		const char *label, *help;
	} ROLES[] = {
		{ROLE_ADMIN, "Admin",
		 "Everything: people and their roles, projects, settings, and who may edit which "
		 "integration."},
		{ROLE_MEMBER, "Member",
		 "Sees all integrations and adds new ones; edits those whose edit permissions name "
		 "members."},
		{ROLE_COLLABORATOR, "Collaborator",
		 "Is named on projects and sees only what these may use; adds none."},
	};
	struct tpl *t = tpl_include(body, TPL_ROLES, TPL_FILE_ROLE_CHOICE);

	for (size_t i = 0; i < COUNT(ROLES); i++) {
		struct tpl *option = tpl_add(t, TPL_ROLE_OPTION);

		tpl_set(option, TPL_ROLE_VALUE, role_text(ROLES[i].role));
		tpl_set(option, TPL_ROLE_LABEL, span_str(ROLES[i].label));
		tpl_set(option, TPL_ROLE_HELP, span_str(ROLES[i].help));
		tpl_show(option, TPL_ROLE_CHECKED, ROLES[i].role == chosen);
		tpl_show(option, TPL_ROLE_FIXED, fixed);
	}
	tpl_set_show(t, TPL_ROLE_ERROR, error);
}

int view_person_new(struct buf *out, struct arena *a, const struct view_frame *f,
		    const struct view_person_new *v)
{
	struct view_page p;

	if (f->api)
		return OK;
	p = open_page(a, f, TPL_FILE_PERSON_NEW);
	tpl_set_show(p.body, TPL_BANNER, v->error);
	tpl_set(p.body, TPL_LOGIN, v->login);
	tpl_show(p.body, TPL_LOGIN_FOCUS, true);
	tpl_set_i64(p.body, TPL_ID, v->there_already);
	tpl_show(p.body, TPL_THERE_ALREADY, v->there_already != 0);
	tpl_set_show(p.body, TPL_LOGIN_ERROR, v->login_error);
	fill_roles(p.body, v->role, false, v->role_error);
	return view_page_render(&p, out);
}

static void fill_projects(struct arena *a, struct tpl *body, const struct view_person *v)
{
	struct tpl *card = tpl_add(body, TPL_PROJECTS_CARD), *list;

	tpl_show(card, TPL_NO_PROJECT, v->nprojects == 0);
	tpl_set(card, TPL_PROJECT_TYPED, v->project);
	tpl_set_show(card, TPL_PROJECT_ERROR, v->project_error);
	for (size_t i = 0; i < v->nknown; i++)
		tpl_set(tpl_add(card, TPL_KNOWN), TPL_KNOWN_NAME, v->known[i]);
	if (v->nprojects == 0)
		return;
	list = tpl_add(card, TPL_PROJECTS_LIST);
	for (size_t i = 0; i < v->nprojects; i++) {
		struct tpl *row = tpl_add(list, TPL_PROJECT);

		tpl_set_i64(row, TPL_PROJECT_ID, v->projects[i].id);
		tpl_set(row, TPL_PROJECT_NAME, v->projects[i].name);
		tpl_set(row, TPL_SOURCE, view_source(v->projects[i].source));
		tpl_set(row, TPL_GRANTED_AGO, clock_ago(a, v->projects[i].granted_at, v->now));
	}
}

static void fill_standing(struct tpl *body, const struct view_person *v)
{
	struct tpl *last;

	tpl_show(body, v->self ? TPL_IS_SELF : TPL_IS_SOMEBODY, true);
	tpl_show(body, TPL_MAY_CHANGE, !v->last_admin);
	if (!v->last_admin)
		return;
	last = tpl_add(body, TPL_LAST_ADMIN);
	tpl_set(last, TPL_WHO, v->self ? SPAN("You are") : SPAN("This is"));
}

int view_person(struct buf *out, struct arena *a, const struct view_frame *f,
		const struct view_person *v)
{
	const struct view_person_row *r = &v->person;
	struct view_page p;

	if (f->api)
		return json_person(out, v);
	p = open_page(a, f, TPL_FILE_PERSON);
	fill_person(a, p.body, r, v->now);
	tpl_set(p.body, TPL_SOURCE_WORDS, view_source(r->source));
	tpl_set(p.body, TPL_GRANTED_AT, clock_text(a, r->granted_at));
	tpl_set_show(p.body, TPL_BANNER, v->error);
	fill_roles(p.body, v->chosen, v->last_admin, v->role_error);
	fill_standing(p.body, v);
	if (v->nbindings)
		tpl_set_show(p.body, TPL_BINDINGS_COUNT,
			     arena_printf(a, "%zu integration%s", v->nbindings,
					  v->nbindings == 1 ? "" : "s"));
	tpl_show(p.body, TPL_LOSES_PROJECTS, r->role == ROLE_COLLABORATOR && v->nprojects > 0);
	if (r->role == ROLE_COLLABORATOR)
		fill_projects(a, p.body, v);
	return view_page_render(&p, out);
}

int view_person_remove(struct buf *out, struct arena *a, const struct view_frame *f,
		       const struct view_person *v)
{
	struct view_touched touched = {v->bindings, v->nbindings, v->grace_days, v->now,
				       v->self ? 0 : v->person.id};
	struct view_page p;

	if (f->api)
		return OK;
	p = open_page(a, f, TPL_FILE_PERSON_REMOVE);
	fill_person(a, p.body, &v->person, v->now);
	tpl_set_show(p.body, TPL_BANNER, v->error);
	fill_standing(p.body, v);
	tpl_show(p.body, TPL_PROJECTS_GO, v->nprojects > 0);
	view_touched(a, p.body, f, &touched);
	return view_page_render(&p, out);
}
