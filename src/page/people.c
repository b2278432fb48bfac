/* people.c: the list of a subscription's people, and + Add. */
#include "page/people.h"

#include "base/clock.h"
#include "page/binding_page.h"
#include "page/sub.h"
#include "store/people.h"
#include "view/people.h"
#include "base/banned.h"

enum { PAGE_ROWS = 50, LOGIN_MOST = 320, SEARCH_MOST = 400 };

static const struct form_field NEW_FIELDS[] = {
	{"csrf", FORM_TEXT, false, 100, "Token"},
	{"login", FORM_TEXT, true, LOGIN_MOST, "Login"},
	{"role", FORM_TEXT, false, 20, "Role"},
};
const struct form_def FORM_PERSON_NEW = {NEW_FIELDS, COUNT(NEW_FIELDS), 8 * 1024, 8};

static struct view_person_row row_of(struct arena *a, const struct person *p)
{
	return (struct view_person_row){
		.id = p->account_id,
		.name = p->name,
		.login = p->login,
		.role = p->role,
		.disabled = p->disabled,
		.source = p->source,
		.granted_at = p->granted_at,
		.projects = p->role == ROLE_COLLABORATOR ? sub_names(a, p->projects) : SPAN("All"),
	};
}

static struct span query_text(const struct req *r, const char *name)
{
	struct span text = req_query(r, name);

	return text.p && text.n <= SEARCH_MOST ? text : SPAN("");
}

static struct people_query query_of(const struct req *r)
{
	return (struct people_query){
		.search = span_trim(query_text(r, "q")),
		.role = sub_role(query_text(r, "role")),
		.after_name = query_text(r, "after"),
		.after_login = query_text(r, "login"),
		.limit = PAGE_ROWS + 1,
	};
}

int page_people(struct req *r, struct res *s)
{
	struct people_query q = query_of(r);
	struct db *db = app_of(r)->db;
	struct view_people v = {
		.now = clock_now(), .search = q.search, .only = q.role, .first = !q.after_login.n};
	struct view_frame f = sub_frame(r, s, SPAN("People"), NAV_PEOPLE, false);
	struct person *list;
	size_t n;

	TRY(store_people_list(db, r->arena, scope_of(r), &q, &list, &n));
	TRY(store_people_count(db, r->arena, scope_of(r), &q, &v.total));
	TRY(binding_leavers(r, &v.leavers, &v.nleavers));
	v.nrows = n > PAGE_ROWS ? PAGE_ROWS : n;
	v.rows = ARENA_ARRAY(r->arena, struct view_person_row, v.nrows + 1);
	for (size_t k = 0; k < v.nrows; k++)
		v.rows[k] = row_of(r->arena, &list[k]);
	if (n > PAGE_ROWS) {
		v.after_name = list[PAGE_ROWS - 1].name;
		v.after_login = list[PAGE_ROWS - 1].login;
	}
	return view_people(s->body, r->arena, &f, &v);
}

static int show_new(struct req *r, struct res *s, int status, int64_t there_already)
{
	struct view_frame f = sub_frame(r, s, SPAN("Add a person"), NAV_PEOPLE, true);
	struct view_person_new v = {
		.login = frame_typed(r, "login", SPAN("")),
		.role = sub_role(frame_typed(r, "role", SPAN("member"))),
		.error = frame_message(r, ""),
		.login_error = frame_message(r, "login"),
		.role_error = frame_message(r, "role"),
		.there_already = there_already,
	};

	s->status = status;
	return view_person_new(s->body, r->arena, &f, &v);
}

int page_person_new(struct req *r, struct res *s)
{
	return show_new(r, s, 200, 0);
}

/* The account that is meant, if it may be added; else a message beside the login. */
static int find_new(struct req *r, int64_t *account_id, int64_t *there_already)
{
	struct span login = form_text(r->form, "login");
	enum role has = ROLE_NONE;
	int rc = sub_find_login(r, login, account_id, &has);

	*there_already = 0;
	if (rc == E_NOT_FOUND) {
		form_fail(r->form, SPAN("login"),
			  "No account that can sign in has exactly this login. Check it, or ask a "
			  "site admin to make the account first.");
		return OK;
	}
	TRY(rc);
	if (has == ROLE_NONE)
		return OK;
	*there_already = *account_id;
	form_fail(r->form, SPAN("login"), "%.*s is %s %s here already. Change that on their page.",
		  SPAN_ARG(login), has == ROLE_ADMIN ? "an" : "a", role_text(has).p);
	return OK;
}

int page_person_create(struct req *r, struct res *s)
{
	enum role role = sub_role(form_text(r->form, "role"));
	int64_t account = 0, there_already = 0;
	int rc;

	if (role == ROLE_NONE)
		form_fail(r->form, SPAN("role"), "Choose one of the three roles.");
	if (!r->form->errors)
		TRY(find_new(r, &account, &there_already));
	if (r->form->errors)
		return show_new(r, s, 422, there_already);
	rc = sub_grant(r, (struct vault_grant){.kind = GRANT_ROLE,
					       .account_id = account,
					       .role = role,
					       .expect = GRANT_EXPECT(ROLE_NONE)});
	if (rc == E_CONFLICT) { /* somebody else has just added them */
		TRY(find_new(r, &account, &there_already));
		return show_new(r, s, 409, there_already);
	}
	TRY(rc);
	/* a collaborator's next step is there: the projects */
	frame_say(r, s, role == ROLE_COLLABORATOR ? SAID_COLLABORATOR_ADDED : SAID_PERSON_ADDED,
		  role == ROLE_COLLABORATOR || r->api
			  ? sub_path(r, "/people/%lld", (long long)account)
			  : sub_path(r, "/people"));
	return OK;
}
