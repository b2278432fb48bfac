/* view_people.c: the pages of people, projects and settings, with hostile text in every place. */
#include "unit/suites.h"

#include "base/log.h"
#include "view/people.h"
#include "view/project.h"

static const char *const HOSTILE[] = {
	"<script>alert(1)</script>", "\"><script>alert(2)</script>", "' autofocus onfocus='alert(3)'",
	"javascript:alert(4)", "{{CSRF}}{{#NAV}}", "\xE2\x80\xAE" "evil", "&lt;b&gt;", "<!--", "\xff<b>",
};

static struct arena *arena;
static struct buf page;

struct sample {
	struct membership membership;
	struct who who;
	struct scope scope;
	struct view_frame frame;
	struct view_person_row row;
	struct view_named named;
	struct view_person person;
	struct view_project_row project_row;
	struct view_project_person on_it;
	struct view_project_integration integration;
	struct view_project project;
};

static void fill_project(struct sample *s, struct span h)
{
	s->project_row = (struct view_project_row){3, h, 70, 60};
	s->on_it = (struct view_project_person){4, h, h};
	s->integration = (struct view_project_integration){5, h, true};
	s->project = (struct view_project){
		.place = {h, GIT_HOST_GITEA}, .form = {h, h, h, GIT_HOST_GITEA, h},
		.project = s->project_row, .may_administer = true, .error = h, .name = h,
		.name_error = h, .login = h, .login_error = h, .people = &s->on_it, .npeople = 1,
		.after_name = h, .after_login = h, .integrations = &s->integration,
		.nintegrations = 1,
	};
}

static struct sample *sample(struct span h)
{
	struct sample *s = ARENA_NEW(arena, struct sample);

	s->membership = (struct membership){1, h, h, h, ROLE_ADMIN, 0, false};
	s->who = (struct who){1, h, h, h, h, true, &s->membership, 1, h, 0};
	s->scope = (struct scope){.subscription_id = 1,
				  .subscription_uid = h,
				  .slug = h,
				  .name = h,
				  .account_id = 1,
				  .role = ROLE_ADMIN};
	s->frame = (struct view_frame){.title = h, .active = NAV_PEOPLE, .who = &s->who,
				       .scope = &s->scope, .csrf = h, .message = h};
	s->row = (struct view_person_row){7, h, h, ROLE_COLLABORATOR, true, h, 100, h};
	s->named = (struct view_named){8, h, h, 100};
	s->person = (struct view_person){
		.person = s->row, .now = 200, .chosen = ROLE_MEMBER, .error = h, .role_error = h,
		.projects = &s->named, .nprojects = 1, .known = &s->row.name, .nknown = 1,
		.project = h, .project_error = h,
	};
	fill_project(s, h);
	return s;
}

static int render(int which, struct sample *s, struct span h)
{
	struct view_people people = {&s->row, 1, 1000, 200, h, ROLE_MEMBER, h, h, false,
				     NULL, 0};
	struct view_projects projects = {&s->project_row, 1, 1000, h, h, false, true};
	struct view_frame *f = &s->frame;

	buf_reset(&page);
	switch (which) {
	case 0: return view_people(&page, arena, f, &people);
	case 1: return view_person_new(&page, arena, f,
				       &(struct view_person_new){h, h, h, h, ROLE_ADMIN, 9});
	case 2: return view_person(&page, arena, f, &s->person);
	case 3: s->person.last_admin = true;
		s->person.person.role = ROLE_ADMIN;
		return view_person(&page, arena, f, &s->person);
	case 4: return view_person_remove(&page, arena, f, &s->person);
	case 5: return view_projects(&page, arena, f, &projects);
	case 6: return view_project_new(&page, arena, f, &(struct view_project_new){h, h, h,
						{h, h, h, GIT_HOST_OTHER, h}});
	case 7: return view_project(&page, arena, f, &s->project);
	case 8: s->project.may_administer = false;
		return view_project(&page, arena, f, &s->project);
	case 9: return view_project_delete(&page, arena, f, &s->project);
	case 10: return view_settings(&page, arena, f,
				      &(struct view_settings){.name_now = h, .name = h,
							      .name_error = h, .error = h,
							      .grace = h, .grace_error = h});
	default: return -1;
	}
}
enum { PAGES = 11 };

static size_t count(const char *needle)
{
	size_t n = 0;

	for (const char *p = page.p; (p = strstr(p, needle)) != NULL; p += strlen(needle))
		n++;
	return n;
}

/* As many of the characters that make tags and attributes as with plain text. */
START_TEST(hostile_text_stays_text)
{
	static const char *const MARKS[] = {"<", ">", "\"", "'"};
	struct span text = span_str(HOSTILE[_i]);
	size_t plain[COUNT(MARKS)];

	for (int which = 0; which < PAGES; which++) {
		ck_assert_int_eq(render(which, sample(SPAN("plain")), SPAN("plain")), OK);
		for (size_t k = 0; k < COUNT(MARKS); k++)
			plain[k] = count(MARKS[k]);
		ck_assert_uint_eq(count("</html>"), 1);
		ck_assert_int_eq(render(which, sample(text), text), OK);
		for (size_t k = 0; k < COUNT(MARKS); k++)
			ck_assert_msg(count(MARKS[k]) == plain[k], "page %d, %s: %zu x %s", which,
				      HOSTILE[_i], count(MARKS[k]), MARKS[k]);
		ck_assert_uint_eq(count("href=\"javascript:"), 0);
	}
}
END_TEST

/* What only admins get is not on the page of others: no form, no login, no way to the people. */
START_TEST(others_look)
{
	struct sample *s = sample(SPAN("plain"));

	s->on_it.login = SPAN("the-login");
	s->frame.who = NULL;
	ck_assert_int_eq(render(7, s, SPAN("plain")), OK);
	ck_assert_uint_gt(count("<form"), 0);
	ck_assert_uint_gt(count("the-login"), 0);
	s = sample(SPAN("plain"));
	s->on_it.login = SPAN("the-login");
	s->frame.who = NULL;
	ck_assert_int_eq(render(8, s, SPAN("plain")), OK);
	ck_assert_uint_eq(count("<form"), 0);
	ck_assert_uint_eq(count("<button"), 0);
	ck_assert_uint_eq(count("the-login"), 0);
	ck_assert_uint_eq(count("/people/"), 0);
	ck_assert_uint_eq(count("/delete"), 0);
}
END_TEST

/* The last admin: said, and nothing to press. */
START_TEST(last_admin)
{
	struct sample *s = sample(SPAN("plain"));

	ck_assert_int_eq(render(2, s, SPAN("plain")), OK);
	ck_assert_uint_eq(count("Save role"), 1);
	ck_assert_uint_eq(count("only admin who can act"), 0);
	ck_assert_int_eq(render(3, s, SPAN("plain")), OK);
	ck_assert_uint_eq(count("Save role"), 0);
	ck_assert_uint_eq(count("/remove\""), 0);
	ck_assert_uint_eq(count("only admin who can act"), 2);
	ck_assert_uint_eq(count("name=\"role\""), 3);
	ck_assert_uint_eq(count(" disabled>"), 3);
	ck_assert_int_eq(render(4, s, SPAN("plain")), OK);
	ck_assert_uint_eq(count("btn-danger"), 0);
}
END_TEST

/* Why somebody sees no project depends on who they are. */
START_TEST(no_projects)
{
	struct view_projects v = {.search = SPAN(""), .next = SPAN(""), .first = true};
	struct sample *s = sample(SPAN("plain"));

	s->scope.role = ROLE_COLLABORATOR;
	ck_assert_int_eq(view_projects(&page, arena, &s->frame, &v), OK);
	ck_assert_uint_eq(count("You are on no project"), 1);
	s->scope.role = ROLE_MEMBER;
	buf_reset(&page);
	ck_assert_int_eq(view_projects(&page, arena, &s->frame, &v), OK);
	ck_assert_uint_eq(count("No projects yet"), 1);
	ck_assert_uint_eq(count("/projects/new"), 0);
	v.may_administer = true;
	buf_reset(&page);
	ck_assert_int_eq(view_projects(&page, arena, &s->frame, &v), OK);
	ck_assert_uint_eq(count("/projects/new"), 2);
	v.search = SPAN("x");
	buf_reset(&page);
	ck_assert_int_eq(view_projects(&page, arena, &s->frame, &v), OK);
	ck_assert_uint_eq(count("No project matches"), 1);
}
END_TEST

static void setup(void)
{
	log_init("check", LOG_ERROR);
	arena = arena_new();
	page = (struct buf)BUF_INIT;
	ck_assert_int_eq(view_load("templates"), OK);
}

static void teardown(void)
{
	buf_release(&page);
	arena_free(arena);
}

Suite *view_people_suite(void)
{
	Suite *s = suite_create("view_people");
	TCase *tc = tcase_create("view_people");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, hostile_text_stays_text, 0, COUNT(HOSTILE));
	tcase_add_test(tc, others_look);
	tcase_add_test(tc, last_admin);
	tcase_add_test(tc, no_projects);
	suite_add_tcase(s, tc);
	return s;
}
