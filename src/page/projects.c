/* projects.c: the list of a subscription's projects, and + Add. */
#include "core/name.h"
#include "page/project.h"
#include "page/project_place.h"
#include "page/sub.h"
#include "store/project.h"
#include "view/project.h"
#include "base/banned.h"

enum { PAGE_ROWS = 50, NAME_MOST = 320, SEARCH_MOST = 400 };

static const struct form_field NEW_FIELDS[] = {
	{"csrf", FORM_TEXT, false, 100, "Token"},
	{"name", FORM_TEXT, true, NAME_MOST, "Name"},
	{"url", FORM_TEXT, false, PROJECT_URL_MOST, "Address"},
	{"git_host", FORM_TEXT, false, 40, "Git host"},
};
const struct form_def FORM_PROJECT_NEW = {NEW_FIELDS, COUNT(NEW_FIELDS), 16384, 8};

static struct span query_text(const struct req *r, const char *name)
{
	struct span text = req_query(r, name);

	return text.p && text.n <= SEARCH_MOST ? text : SPAN("");
}

static bool may_administer(const struct req *r)
{
	return role_allows(visit_of(r)->who, scope_of(r), P_SUBSCRIPTION_ADMIN) == OK;
}

int page_projects(struct req *r, struct res *s)
{
	struct project_query q = {span_trim(query_text(r, "q")), query_text(r, "after"),
				  PAGE_ROWS + 1};
	struct view_projects v = {
		.search = q.search, .first = !q.after.n, .may_administer = may_administer(r)};
	struct view_frame f = sub_frame(r, s, SPAN("Projects"), NAV_PROJECTS, false);
	struct db *db = app_of(r)->db;
	struct project_row *list;
	size_t n;

	TRY(store_project_page(db, r->arena, scope_of(r), &q, &list, &n));
	TRY(store_project_count(db, r->arena, scope_of(r), q.search, &v.total));
	v.nrows = n > PAGE_ROWS ? PAGE_ROWS : n;
	v.rows = ARENA_ARRAY(r->arena, struct view_project_row, v.nrows + 1);
	for (size_t k = 0; k < v.nrows; k++)
		v.rows[k] = (struct view_project_row){list[k].id, list[k].name,
						      list[k].integrations, list[k].collaborators};
	if (n > PAGE_ROWS)
		v.next = list[PAGE_ROWS - 1].name;
	return view_projects(s->body, r->arena, &f, &v);
}

static const struct git_place NOWHERE = {.url = {"", 0}};

static int show_new(struct req *r, struct res *s, int status)
{
	struct view_frame f = sub_frame(r, s, SPAN("Add a project"), NAV_PROJECTS, true);
	struct view_project_new v = {
		.name = frame_typed(r, "name", SPAN("")),
		.name_error = frame_message(r, "name"),
		.error = frame_message(r, ""),
		.form = project_place_form(r, &NOWHERE),
	};

	s->status = status;
	return view_project_new(s->body, r->arena, &f, &v);
}

int page_project_new(struct req *r, struct res *s)
{
	return show_new(r, s, 200);
}

int page_project_create(struct req *r, struct res *s)
{
	struct project_change c = {.name = form_text(r->form, "name")};
	struct actor actor = actor_of(r);
	int rc;

	sub_check_name(r);
	project_place_read(r, &NOWHERE, &c.place);
	if (r->form->errors)
		return show_new(r, s, 422);
	rc = store_project_add(app_of(r)->db, r->arena, scope_of(r), &actor, &c);
	if (rc == E_CONFLICT) {
		form_fail(r->form, SPAN("name"),
			  "Another project of this subscription has this name.");
		return show_new(r, s, 422);
	}
	TRY(rc);
	frame_say(r, s, SAID_PROJECT_ADDED, sub_path(r, "/projects/%lld", (long long)c.id));
	return OK;
}
