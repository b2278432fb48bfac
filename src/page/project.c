/* project.c: one project of a subscription: its name, its collaborators, deleting it. */
#include "page/project.h"

#include "page/project_place.h"
#include "page/sub.h"
#include "page/workflow.h"
#include "page/workflow_list.h"
#include "store/people.h"
#include "store/project.h"
#include "store/workflow_list.h"
#include "view/project.h"
#include "base/banned.h"

enum { PEOPLE_ROWS = 50, REFERENCE_ROWS = 50, INTEGRATIONS_ROWS = 50, NAME_MOST = 320 };

static const struct form_field NAME_FIELDS[] = {
	{"csrf", FORM_TEXT, false, 100, "Token"},
	{"was", FORM_TEXT, false, NAME_MOST, "Name"},
	{"name", FORM_TEXT, true, NAME_MOST, "Name"},
	{"was_url", FORM_TEXT, false, PROJECT_URL_MOST, "Address"},
	{"url", FORM_TEXT, false, PROJECT_URL_MOST, "Address"},
	{"git_host", FORM_TEXT, false, 40, "Git host"},
};
const struct form_def FORM_PROJECT_NAME = {NAME_FIELDS, COUNT(NAME_FIELDS), 16384, 12};

static const struct form_field PEOPLE_FIELDS[] = {
	{"csrf", FORM_TEXT, false, 100, "Token"},
	{"login", FORM_TEXT, false, NAME_MOST, "Login"},
	{"remove", FORM_ID, false, 20, "Person"},
};
const struct form_def FORM_PROJECT_PEOPLE = {PEOPLE_FIELDS, COUNT(PEOPLE_FIELDS), 4096, 8};

static const struct form_field DELETE_FIELDS[] = {
	{"csrf", FORM_TEXT, false, 100, "Token"},
	{"was", FORM_TEXT, false, NAME_MOST, "Name"},
	{"integrations", FORM_TEXT, false, 20, "Integrations"},
	{"collaborators", FORM_TEXT, false, 20, "Collaborators"},
};
const struct form_def FORM_PROJECT_DELETE = {DELETE_FIELDS, COUNT(DELETE_FIELDS), 4096, 8};

static int open_project(struct req *r, struct project_row *p)
{
	int64_t id;

	TRY(req_param_id(r, "id", &id));
	return store_project_get(app_of(r)->db, r->arena, scope_of(r), id, p);
}

static struct span path_of(const struct req *r, const struct project_row *p)
{
	return sub_path(r, "/projects/%lld", (long long)p->id);
}

static int add_people(struct req *r, struct view_project *v)
{
	struct span name = req_query(r, "after"), login = req_query(r, "login");
	struct people_query q = {
		.search = SPAN(""),
		.project_id = v->project.id,
		.after_name = name.p ? name : SPAN(""),
		.after_login = login.p ? login : SPAN(""),
		.limit = PEOPLE_ROWS + 1,
	};
	struct person *list;
	size_t n;

	TRY(store_people_list(app_of(r)->db, r->arena, scope_of(r), &q, &list, &n));
	v->first = !q.after_login.n;
	v->npeople = n > PEOPLE_ROWS ? PEOPLE_ROWS : n;
	v->people = ARENA_ARRAY(r->arena, struct view_project_person, v->npeople + 1);
	for (size_t k = 0; k < v->npeople; k++)
		v->people[k] = (struct view_project_person){list[k].account_id, list[k].name,
							    list[k].login};
	if (n > PEOPLE_ROWS) {
		v->after_name = list[PEOPLE_ROWS - 1].name;
		v->after_login = list[PEOPLE_ROWS - 1].login;
	}
	return OK;
}

static int add_integrations(struct req *r, struct view_project *v)
{
	struct project_integration *list;

	TRY(store_project_integrations(app_of(r)->db, r->arena, scope_of(r), v->project.id,
				       INTEGRATIONS_ROWS, &list, &v->nintegrations));
	v->integrations =
		ARENA_ARRAY(r->arena, struct view_project_integration, v->nintegrations + 1);
	for (size_t k = 0; k < v->nintegrations; k++)
		v->integrations[k] =
			(struct view_project_integration){list[k].id, list[k].name, list[k].alone};
	return OK;
}

static struct view_project view_of(const struct req *r, const struct project_row *p)
{
	return (struct view_project){
		.project = {p->id, p->name, p->integrations, p->collaborators},
		.created_at = p->created_at,
		.place = p->place,
		.form = project_place_form(r, &p->place),
		.may_administer =
			role_allows(visit_of(r)->who, scope_of(r), P_SUBSCRIPTION_ADMIN) == OK,
		.error = frame_message(r, ""),
		.name = p->name,
		.name_error = frame_message(r, "name"),
		.login = frame_typed(r, "login", SPAN("")),
		.login_error = frame_message(r, "login"),
	};
}

static int show(struct req *r, struct res *s, int status, const struct project_row *p)
{
	struct view_frame f = sub_frame(r, s, p->name, NAV_PROJECTS, true);
	struct view_project v = view_of(r, p);

	if (r->form && r->route->form == &FORM_PROJECT_NAME)
		v.name = form_text(r->form, "name");
	TRY(add_people(r, &v));
	TRY(add_integrations(r, &v));
	if (!r->api) {
		v.workflow = ARENA_NEW(r->arena, struct view_workflow);
		TRY(workflow_show(r, p, REFERENCE_ROWS, v.workflow));
	}
	s->status = status;
	frame_was(r, s, (struct span[]){p->name, p->place.url}, 2);
	return view_project(s->body, r->arena, &f, &v);
}

int page_project(struct req *r, struct res *s)
{
	struct project_row p;

	TRY(open_project(r, &p));
	return show(r, s, 200, &p);
}

int page_project_again(struct req *r, struct res *s, int status)
{
	struct project_row p;

	TRY(open_project(r, &p));
	return show(r, s, status, &p);
}

/* A missing "was" (a program's) stands for the present name. */
static struct project_change change_of(const struct req *r, const struct project_row *p)
{
	struct span was = form_text(r->form, "was");

	return (struct project_change){
		.id = p->id,
		.was = was.p ? was : p->name,
		.integrations = p->integrations,
		.collaborators = p->collaborators,
	};
}

static void fail_stale(struct req *r, const char *what)
{
	r->stale = r->if_match.n > 0;
	form_fail(r->form, SPAN(""),
		  "Nothing is %s: somebody else changed this project in the meantime. Look again, "
		  "then decide.",
		  what);
}

/* What came back from the store, as a message; `rc` if it is none of the two. */
static int show_conflict(struct req *r, struct res *s, int rc, const struct project_change *c,
			 struct project_row *p)
{
	if (rc != E_CONFLICT)
		return rc;
	TRY(open_project(r, p));
	if (c->name_taken) {
		form_fail(r->form, SPAN("name"),
			  "Another project of this subscription has this name.");
		return show(r, s, 422, p);
	}
	fail_stale(r, "changed");
	return show(r, s, 409, p);
}

static bool changes(const struct project_change *c, const struct project_row *p)
{
	if (!span_eq(c->name, p->name) || !span_eq(c->was, p->name))
		return true;
	return c->place.url.p &&
	       (!span_eq(c->place.url, p->place.url) || c->place.host != p->place.host);
}

int page_project_save(struct req *r, struct res *s)
{
	struct actor actor = actor_of(r);
	struct project_change c;
	struct project_row p;
	int rc = OK;

	TRY(open_project(r, &p));
	c = change_of(r, &p);
	c.name = form_text(r->form, "name");
	c.was_url = form_text(r->form, "was_url");
	sub_check_name(r);
	project_place_read(r, &p.place, &c.place);
	if (r->form->errors)
		return show(r, s, 422, &p);
	if (changes(&c, &p))
		rc = store_project_set(app_of(r)->db, r->arena, scope_of(r), &actor, &c);
	if (rc != OK)
		return show_conflict(r, s, rc, &c, &p);
	frame_say(r, s, SAID_SAVED, path_of(r, &p));
	return OK;
}

/* The collaborator that is meant; else a message beside the login. */
static int find_collaborator(struct req *r, int64_t *account_id)
{
	struct span login = form_text(r->form, "login");
	enum role role = ROLE_NONE;
	int rc;

	if (!login.n) {
		form_fail(r->form, SPAN("login"), "Write the login of a collaborator.");
		return OK;
	}
	rc = sub_find_login(r, login, account_id, &role);
	if (rc != E_NOT_FOUND)
		TRY(rc);
	if (role ==
	    ROLE_NONE) /* whether there is such an account is asked where people are added */
		form_fail(r->form, SPAN("login"),
			  "Nobody of this subscription has exactly this login. Add the person as a "
			  "collaborator first.");
	else if (role != ROLE_COLLABORATOR)
		form_fail(r->form, SPAN("login"),
			  "%.*s is %s %s and sees all projects; only collaborators are named on "
			  "one.",
			  SPAN_ARG(login), role == ROLE_ADMIN ? "an" : "a", role_text(role).p);
	return OK;
}

int page_project_people(struct req *r, struct res *s)
{
	struct vault_grant g = {.kind = GRANT_COLLABORATOR,
				.account_id = form_id(r->form, "remove")};
	struct project_row p;
	int rc;

	TRY(open_project(r, &p));
	g.project_id = p.id;
	g.revoke = g.account_id != 0;
	if (!g.revoke && !r->form->errors)
		TRY(find_collaborator(r, &g.account_id));
	if (r->form->errors)
		return show(r, s, 422, &p);
	rc = sub_grant(r, g);
	if (rc == E_CONFLICT) {
		fail_stale(r, "changed");
		return show(r, s, 409, &p);
	}
	if (rc != E_NOT_FOUND ||
	    !g.revoke) /* taken off by somebody else: that is what was wanted */
		TRY(rc);
	frame_say(r, s, g.revoke ? SAID_TAKEN_OFF : SAID_NAMED, path_of(r, &p));
	return OK;
}

/* What of workflow files goes with it. */
static int add_files(struct req *r, struct view_project *v)
{
	const int64_t id = v->project.id;
	struct workflow_project *one;
	size_t n;

	TRY(store_workflow_chosen(app_of(r)->db, r->arena, scope_of(r), &id, 1, &one, &n));
	v->files = n ? one->files : 0;
	v->references = n ? one->references : 0;
	return workflow_unused(r, &id, 1, &v->unused);
}

static int show_delete(struct req *r, struct res *s, int status, const struct project_row *p)
{
	struct span title = arena_printf(r->arena, "Delete %.*s", SPAN_ARG(p->name));
	struct view_frame f = sub_frame(r, s, title, NAV_PROJECTS, true);
	struct view_project v = view_of(r, p);

	frame_crumb(&f, p->name, path_of(r, p));
	TRY(add_integrations(r, &v));
	TRY(add_files(r, &v));
	s->status = status;
	return view_project_delete(s->body, r->arena, &f, &v);
}

int page_project_delete_ask(struct req *r, struct res *s)
{
	struct project_row p;

	TRY(open_project(r, &p));
	return show_delete(r, s, 200, &p);
}

/* What the page said was concerned: without it nobody has seen the page. Programs may leave it
 * out: they have none. */
static int read_concerned(struct req *r, struct project_change *c)
{
	if (r->api && !form_text(r->form, "integrations").p &&
	    !form_text(r->form, "collaborators").p)
		return OK;
	TRY(span_i64(form_text(r->form, "integrations"), &c->integrations));
	return span_i64(form_text(r->form, "collaborators"), &c->collaborators);
}

int page_project_delete(struct req *r, struct res *s)
{
	struct actor actor = actor_of(r);
	struct project_change c;
	struct project_row p;
	int rc;

	TRY(open_project(r, &p));
	c = change_of(r, &p);
	if (read_concerned(r, &c) != OK)
		form_fail(r->form, SPAN(""),
			  "Nothing is deleted: this page first says what it means.");
	if (r->form->errors)
		return show_delete(r, s, 422, &p);
	rc = store_project_delete(app_of(r)->db, r->arena, scope_of(r), &actor, &c);
	if (rc == E_CONFLICT && c.stale) {
		TRY(open_project(r, &p));
		fail_stale(r, "deleted");
		return show_delete(r, s, 409, &p);
	}
	if (rc == E_TOO_BIG) {
		form_fail(r->form, SPAN(""),
			  "Nothing is deleted: more than %d integrations are limited to this "
			  "project. Take it off some of their lists first.",
			  PROJECT_INTEGRATIONS_MAX);
		return show_delete(r, s, 422, &p);
	}
	TRY(rc);
	frame_say(r, s, SAID_PROJECT_DELETED, sub_path(r, "/projects"));
	return OK;
}
