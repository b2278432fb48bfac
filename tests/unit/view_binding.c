/* view_binding.c: the pages of bound integrations and of leaving, with hostile text in every place.
 */
#include "unit/suites.h"

#include "base/log.h"
#include "view/people.h"
#include "view/site.h"

static const char *const HOSTILE[] = {
	"<script>alert(1)</script>",
	"\"><script>alert(2)</script>",
	"' autofocus onfocus='alert(3)'",
	"javascript:alert(4)",
	"{{CSRF}}{{#NAV}}",
	"\xE2\x80\xAE"
	"evil",
	"&lt;b&gt;",
	"<!--",
	"\xff<b>",
};

static struct arena *arena;
static struct buf page;

struct sample {
	struct membership membership;
	struct who who;
	struct scope scope;
	struct view_frame frame;
	struct view_binding binding;
	struct view_candidate candidates[2];
	struct project project;
	struct view_reach reach[3];
	struct view_rebind rebind;
	struct view_denied denied;
	struct view_bindings_type type;
	bool ticked;
	struct view_leaver leaver;
};

static struct view_binding binding_of(struct span h)
{
	return (struct view_binding){.id = 4,
				     .name = h,
				     .type = h,
				     .type_label = h,
				     .icon = h,
				     .owner_id = 5,
				     .owner = h,
				     .state = BINDING_OWNER_LEFT,
				     .runners = h,
				     .left_at = 100,
				     .bound_at = 90,
				     .bound_by = h,
				     .projects = h,
				     .undo_until = 300,
				     .undo_owner = h};
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
	s->frame = (struct view_frame){.title = h,
				       .active = NAV_PEOPLE,
				       .who = &s->who,
				       .scope = &s->scope,
				       .csrf = h,
				       .message = h};
	s->binding = binding_of(h);
	s->candidates[0] = (struct view_candidate){6, h, h, SPAN(""), true, false, true, true};
	s->candidates[1] = (struct view_candidate){7, h, h, h, false, true, false, false};
	s->project = (struct project){8, h, true};
	s->reach[0] = (struct view_reach){h, true, true};
	s->reach[1] = (struct view_reach){h, true, false};
	s->reach[2] = (struct view_reach){h, false, true};
	s->rebind = (struct view_rebind){.binding = s->binding,
					 .version = 3,
					 .candidates = s->candidates,
					 .ncandidates = 2,
					 .chosen = &s->candidates[0],
					 .consent = {true, &s->project, 1, h},
					 .reach = s->reach,
					 .nreach = 3,
					 .more = 9,
					 .error = h,
					 .to_error = h};
	s->denied = (struct view_denied){5, h, 7};
	s->type = (struct view_bindings_type){h,
					      h,
					      h,
					      &s->binding,
					      &s->ticked,
					      1,
					      s->candidates,
					      2,
					      6,
					      true,
					      {false, &s->project, 1, h, false, h},
					      h,
					      h,
					      &s->denied,
					      1,
					      7};
	s->leaver = (struct view_leaver){9, h, 3};
	return s;
}

static int render_people(int which, struct sample *s, struct span h)
{
	struct view_person_row row = {7, h, h, ROLE_MEMBER, false, h, 100, h};
	struct view_person person = {.person = row,
				     .now = 200,
				     .bindings = &s->binding,
				     .nbindings = 1,
				     .grace_days = 30};
	struct view_people people = {
		.search = h, .first = true, .leavers = &s->leaver, .nleavers = 1};
	struct view_site_bound bound = {1, h, 2};
	struct site_account account = {.id = 5, .login = h, .name = h};
	struct view_site_account disable = {.account = &account, .bound = &bound, .nbound = 1};

	if (which == 0)
		return view_person_remove(&page, arena, &s->frame, &person);
	if (which == 1)
		return view_people(&page, arena, &s->frame, &people);
	return view_site_account_disable(&page, arena, &s->frame, &disable);
}

static int render(int which, struct sample *s, struct span h)
{
	struct view_bindings bindings = {5, h, ROLE_NONE, false, &s->type, 1, 1, 30, h};
	struct view_leave leave = {ROLE_MEMBER, false, &s->binding, 1, 30, 200, h};

	buf_reset(&page);
	switch (which) {
	case 0:
		return view_rebind(&page, arena, &s->frame, &s->rebind);
	case 1:
		s->rebind.chosen = &s->candidates[1];
		return view_rebind(&page, arena, &s->frame, &s->rebind);
	case 2:
		s->rebind.chosen = NULL;
		s->rebind.ncandidates = 0;
		return view_rebind(&page, arena, &s->frame, &s->rebind);
	case 3:
		return view_bindings(&page, arena, &s->frame, &bindings);
	case 4:
		bindings.ntypes = 0;
		return view_bindings(&page, arena, &s->frame, &bindings);
	case 5:
		return view_leave(&page, arena, &s->frame, &leave);
	default:
		return render_people(which - 6, s, h);
	}
}
enum { PAGES = 9 };

static size_t count(const char *needle)
{
	size_t n = 0;

	for (const char *p = page.p; (p = strstr(p, needle)) != NULL; p += strlen(needle))
		n++;
	return n;
}

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

/* What can be done is offered once, and what cannot is not. */
START_TEST(what_is_offered)
{
	struct sample *s = sample(SPAN("plain"));

	ck_assert_int_eq(render(0, s, SPAN("plain")), OK);
	ck_assert_uint_eq(count("Undo the rebind"), 1);
	ck_assert_uint_eq(count("name=\"to\""), 3); /* two to choose from, the chosen one */
	ck_assert_uint_eq(count("name=\"scope\""), 2);
	ck_assert_uint_eq(count(">stays<") + count(">no longer<") + count(">new<"), 3);
	ck_assert_uint_eq(count("and 9 more"), 1);
	s->rebind.binding.undo_until = 0;
	ck_assert_int_eq(render(1, s, SPAN("plain")), OK);
	ck_assert_uint_eq(count("Undo the rebind"), 0);
	ck_assert_uint_eq(count("name=\"scope\""), 0); /* its owner's consent stands */
	ck_assert_uint_eq(count("disabled by its owner"), 1);
	ck_assert_int_eq(render(2, s, SPAN("plain")), OK);
	ck_assert_uint_eq(count("Nothing to bind it to yet"), 1);
	ck_assert_uint_eq(count("name=\"to\""), 0);
	ck_assert_int_eq(render(5, s, SPAN("plain")), OK);
	ck_assert_uint_eq(count("until 1970-01-31 00:03 UTC"), 1);
	ck_assert_uint_eq(count("personal ones of yours"), 1);
	ck_assert_int_eq(render(6, s, SPAN("plain")), OK);
	ck_assert_uint_eq(count("What happens"), 1);
	ck_assert_uint_eq(count("personal ones of theirs"), 1);
	ck_assert_uint_eq(count("/people/7/bindings"), 1);
	ck_assert_int_eq(render(7, s, SPAN("plain")), OK);
	ck_assert_uint_eq(count("3 integrations need"), 1);
	ck_assert_int_eq(render(8, s, SPAN("plain")), OK);
	ck_assert_uint_eq(count("2 integrations"), 1);
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

Suite *view_binding_suite(void)
{
	Suite *s = suite_create("view_binding");
	TCase *tc = tcase_create("view_binding");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, hostile_text_stays_text, 0, COUNT(HOSTILE));
	tcase_add_test(tc, what_is_offered);
	suite_add_tcase(s, tc);
	return s;
}
