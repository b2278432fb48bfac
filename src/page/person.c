/* person.c: one person of a subscription: their role, a collaborator's projects, removing them. */
#include "base/clock.h"
#include "page/binding_page.h"
#include "page/people.h"
#include "page/sub.h"
#include "store/people.h"
#include "store/project.h"
#include "view/people.h"
#include "base/banned.h"

enum { NAME_MOST = 320, KNOWN_MOST = 200 };

static const struct form_field ROLE_FIELDS[] = {
	{"csrf", FORM_TEXT, false, 100, "Token"},
	{"was", FORM_TEXT, false, 20, "Role"},
	{"role", FORM_TEXT, false, 20, "Role"},
};
const struct form_def FORM_PERSON_ROLE = {ROLE_FIELDS, COUNT(ROLE_FIELDS), 4096, 8};
const struct form_def FORM_PERSON_REMOVE = {ROLE_FIELDS, 2, 4096, 8};

static const struct form_field PROJECTS_FIELDS[] = {
	{"csrf", FORM_TEXT, false, 100, "Token"},
	{"project", FORM_TEXT, false, NAME_MOST, "Project"},
	{"remove", FORM_ID, false, 20, "Project"},
};
const struct form_def FORM_PERSON_PROJECTS = {PROJECTS_FIELDS, COUNT(PROJECTS_FIELDS), 4096, 8};

/* The person of ":id" as the database has them now. */
struct shown {
	struct person person;
	struct person_project *projects;
	size_t nprojects;
	bool last_admin;
	struct view_binding *bindings; /* what takes its values from integrations of theirs */
	size_t nbindings;
	int64_t grace_days;
};

static int read_bindings(struct req *r, struct shown *p)
{
	struct binding_world w;
	struct binding *list;

	TRY(store_binding_of_owner(app_of(r)->db, r->arena, scope_of(r), p->person.account_id,
				   &list, &p->nbindings));
	TRY(binding_world_read(r, &w));
	p->bindings = binding_views(r, &w, list, p->nbindings);
	p->grace_days = w.grace_days;
	return OK;
}

static int open_person(struct req *r, struct shown *p)
{
	struct db *db = app_of(r)->db;
	const struct scope *scope = scope_of(r);
	int64_t id, others = 0;

	*p = (struct shown){0};
	TRY(req_param_id(r, "id", &id));
	TRY(store_person_get(db, r->arena, scope, id, &p->person));
	TRY(store_person_projects(db, r->arena, scope, id, &p->projects, &p->nprojects));
	TRY(read_bindings(r, p));
	if (p->person.role != ROLE_ADMIN)
		return OK;
	TRY(store_people_other_admins(db, r->arena, scope, id, &others));
	p->last_admin = others == 0;
	return OK;
}

static bool is_self(const struct req *r, const struct shown *p)
{
	return p->person.account_id == visit_of(r)->who->account_id;
}

static struct span path_of(const struct req *r, const struct shown *p)
{
	return sub_path(r, "/people/%lld", (long long)p->person.account_id);
}

static struct view_person view_of(struct req *r, const struct shown *p)
{
	const struct person *who = &p->person;
	struct view_person v = {
		.person = {who->account_id, who->name, who->login, who->role, who->disabled,
			   who->source, who->granted_at, sub_names(r->arena, who->projects)},
		.now = clock_now(),
		.last_admin = p->last_admin,
		.self = is_self(r, p),
		.error = frame_message(r, ""),
		.role_error = frame_message(r, "role"),
		.project_error = frame_message(r, "project"),
		.nprojects = p->nprojects,
		.bindings = p->bindings,
		.nbindings = p->nbindings,
		.grace_days = p->grace_days,
	};

	v.projects = ARENA_ARRAY(r->arena, struct view_named, p->nprojects + 1);
	for (size_t k = 0; k < p->nprojects; k++)
		v.projects[k] =
			(struct view_named){p->projects[k].id, p->projects[k].name,
					    p->projects[k].source, p->projects[k].granted_at};
	return v;
}

/* Names to choose from; whoever has more projects types the rest. */
static int add_known(struct req *r, struct view_person *v)
{
	struct project_query q = {.search = SPAN(""), .after = SPAN(""), .limit = KNOWN_MOST};
	struct project_row *list;

	TRY(store_project_page(app_of(r)->db, r->arena, scope_of(r), &q, &list, &v->nknown));
	v->known = ARENA_ARRAY(r->arena, struct span, v->nknown + 1);
	for (size_t k = 0; k < v->nknown; k++)
		v->known[k] = list[k].name;
	return OK;
}

static struct span title_of(const struct shown *p)
{
	return p->person.name.n ? p->person.name : p->person.login;
}

static int show(struct req *r, struct res *s, int status, const struct shown *p)
{
	struct view_frame f = sub_frame(r, s, title_of(p), NAV_PEOPLE, true);
	struct view_person v = view_of(r, p);
	struct span role = role_text(p->person.role);

	v.chosen = sub_role(frame_typed(r, "role", SPAN("")));
	if (v.chosen == ROLE_NONE)
		v.chosen = p->person.role;
	v.project = frame_typed(r, "project", SPAN(""));
	if (p->person.role == ROLE_COLLABORATOR)
		TRY(add_known(r, &v));
	s->status = status;
	frame_was(r, s, &role, 1);
	return view_person(s->body, r->arena, &f, &v);
}

int page_person(struct req *r, struct res *s)
{
	struct shown p;

	TRY(open_person(r, &p));
	return show(r, s, 200, &p);
}

static void fail_last_admin(struct req *r, const char *field)
{
	form_fail(r->form, span_str(field),
		  "Nobody else could act as admin then. Make somebody else an admin first.");
}

/* Is the role another one than that which the form showed? Then a message says so. */
static bool is_stale(struct req *r, const struct shown *p)
{
	enum role was = sub_role(form_text(r->form, "was"));

	if (was == ROLE_NONE || was == p->person.role)
		return false;
	r->stale = r->if_match.n > 0;
	form_fail(r->form, SPAN(""),
		  "Nothing is changed: somebody else made this person %s %s in the meantime. Look "
		  "again, then decide.",
		  p->person.role == ROLE_ADMIN ? "an" : "a", role_text(p->person.role).p);
	return true;
}

/* Why the vault said E_CONFLICT: one of two admins was quicker. */
static int explain_conflict(struct req *r, struct shown *p, const char *field)
{
	TRY(open_person(r, p));
	if (!is_stale(r, p))
		fail_last_admin(r, field);
	return OK;
}

int page_person_role(struct req *r, struct res *s)
{
	enum role role = sub_role(form_text(r->form, "role"));
	struct shown p;
	int rc;

	TRY(open_person(r, &p));
	if (role == ROLE_NONE)
		form_fail(r->form, SPAN("role"), "Choose one of the three roles.");
	else if (is_stale(r, &p))
		return show(r, s, 409, &p);
	else if (p.last_admin && role != ROLE_ADMIN)
		fail_last_admin(r, "role");
	if (r->form->errors)
		return show(r, s, 422, &p);
	rc = role == p.person.role
		     ? OK
		     : sub_grant(r, (struct vault_grant){.kind = GRANT_ROLE,
							 .account_id = p.person.account_id,
							 .role = role,
							 .expect = GRANT_EXPECT(p.person.role)});
	if (rc == E_CONFLICT) {
		TRY(explain_conflict(r, &p, "role"));
		return show(r, s, 409, &p);
	}
	TRY(rc);
	/* whoever is no admin any more may not see people */
	frame_say(r, s, SAID_SAVED,
		  is_self(r, &p) && role != ROLE_ADMIN ? frame_integrations_path(r)
						       : path_of(r, &p));
	return OK;
}

static bool is_named(const struct shown *p, int64_t project)
{
	for (size_t k = 0; k < p->nprojects; k++)
		if (p->projects[k].id == project)
			return true;
	return false;
}

/* The project that is meant; else a message beside it. */
static int find_project(struct req *r, const struct shown *p, int64_t *id)
{
	struct span name = form_text(r->form, "project");
	int rc = store_project_find(app_of(r)->db, r->arena, scope_of(r), name, id);

	if (rc != OK && rc != E_NOT_FOUND)
		return rc;
	if (!name.n)
		form_fail(r->form, SPAN("project"), "Write the name of a project.");
	else if (p->person.role != ROLE_COLLABORATOR)
		form_fail(r->form, SPAN("project"),
			  "Only collaborators are named on projects; %ss see all of them.",
			  role_text(p->person.role).p);
	else if (rc == E_NOT_FOUND)
		form_fail(r->form, SPAN("project"),
			  "%.*s has no project of exactly this name. Choose one of the list.",
			  SPAN_ARG(scope_of(r)->name));
	else if (is_named(p, *id))
		form_fail(r->form, SPAN("project"), "They are named on this project already.");
	return OK;
}

int page_person_projects(struct req *r, struct res *s)
{
	struct vault_grant g = {.kind = GRANT_COLLABORATOR,
				.project_id = form_id(r->form, "remove")};
	struct shown p;
	int rc;

	TRY(open_person(r, &p));
	g.account_id = p.person.account_id;
	g.revoke = g.project_id != 0;
	if (!g.revoke && !r->form->errors)
		TRY(find_project(r, &p, &g.project_id));
	if (r->form->errors)
		return show(r, s, 422, &p);
	rc = sub_grant(r, g);
	if (rc == E_CONFLICT) {
		TRY(open_person(r, &p));
		form_fail(r->form, SPAN(""),
			  "Nothing is changed: somebody else changed this person's role in the "
			  "meantime. Look again, then decide.");
		return show(r, s, 409, &p);
	}
	if (rc != E_NOT_FOUND ||
	    !g.revoke) /* taken off by somebody else: that is what was wanted */
		TRY(rc);
	frame_say(r, s, g.revoke ? SAID_TAKEN_OFF : SAID_NAMED, path_of(r, &p));
	return OK;
}

static int show_remove(struct req *r, struct res *s, int status, const struct shown *p)
{
	struct span title = arena_printf(r->arena, "Remove %.*s", SPAN_ARG(title_of(p)));
	struct view_frame f = sub_frame(r, s, title, NAV_PEOPLE, true);
	struct view_person v = view_of(r, p);

	frame_crumb(&f, title_of(p), path_of(r, p));
	s->status = status;
	return view_person_remove(s->body, r->arena, &f, &v);
}

int page_person_remove_ask(struct req *r, struct res *s)
{
	struct shown p;

	TRY(open_person(r, &p));
	return show_remove(r, s, 200, &p);
}

int page_person_remove(struct req *r, struct res *s)
{
	struct shown p;
	int rc;

	TRY(open_person(r, &p));
	if (is_stale(r, &p))
		return show_remove(r, s, 409, &p);
	if (p.last_admin)
		fail_last_admin(r, "");
	if (r->form->errors)
		return show_remove(r, s, 422, &p);
	rc = sub_grant(r, (struct vault_grant){.kind = GRANT_ROLE,
					       .account_id = p.person.account_id,
					       .role = ROLE_NONE,
					       .expect = GRANT_EXPECT(p.person.role)});
	if (rc == E_CONFLICT) {
		TRY(explain_conflict(r, &p, ""));
		return show_remove(r, s, 409, &p);
	}
	TRY(rc);
	frame_say(r, s, is_self(r, &p) ? SAID_LEFT : SAID_PERSON_REMOVED,
		  is_self(r, &p) ? SPAN("/") : sub_path(r, "/people"));
	return OK;
}
