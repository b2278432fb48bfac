/* view_frame.c: the key under which a list's upper part is kept: whatever changes what it shows
 * changes the key, too. */
#include "unit/suites.h"

#include "base/log.h"
#include "view/view.h"

static struct arena *arena;

struct sample {
	struct membership memberships[2];
	struct who who;
	struct scope scope;
	struct view_frame frame;
	bool may_add;
};

static struct sample sample(void)
{
	return (struct sample){
		.memberships = {{.slug = SPAN("acme"), .name = SPAN("Acme"), .role = ROLE_MEMBER},
				{.slug = SPAN("globex"), .name = SPAN("Globex"), .role = ROLE_MEMBER}},
		.who = {.login = SPAN("ann"), .name = SPAN("Ann"), .theme = SPAN("dark"),
			.nmemberships = 2},
		.scope = {.slug = SPAN("globex"), .role = ROLE_MEMBER},
		.frame = {.title = SPAN("Integrations"), .csrf = SPAN("token"), .message = SPAN(""),
			  .active = NAV_INTEGRATIONS, .ncrumbs = 1,
			  .crumbs = {{SPAN("CI/CD"), SPAN("/")}, {SPAN("Acme"), SPAN("/s/acme")}}},
	};
}

/* The parts of a frame that differ, one by one. */
static void change(struct sample *s, int which)
{
	switch (which) {
	case 0: s->frame.title = SPAN("Other"); break;
	case 1: s->frame.csrf = SPAN("other"); break;
	case 2: s->frame.message = SPAN("Saved."); break;
	case 3: s->frame.active = NAV_PROJECTS; break;
	case 4: s->frame.ncrumbs = 2; break;
	case 5: s->frame.crumbs[0].label = SPAN("CD"); break;
	case 6: s->frame.crumbs[0].href = SPAN("/cd"); break;
	case 7: s->frame.who = NULL; break;
	case 8: s->frame.scope = NULL; break;
	case 9: s->who.name = SPAN("Anna"); break;
	case 10: s->who.name = SPAN(""); break;
	case 11: s->who.theme = SPAN("light"); break;
	case 12: s->who.site_admin = true; break;
	case 13: s->who.nmemberships = 1; break;
	case 14: s->memberships[1].slug = SPAN("initech"); break;
	case 15: s->memberships[1].name = SPAN("Initech"); break;
	case 16: s->memberships[1].role = ROLE_ADMIN; break;
	case 17: s->memberships[1].disabled = true; break;
	case 18: s->scope.slug = SPAN("acme"); break;
	case 19: s->scope.role = ROLE_ADMIN; break;
	case 20: s->may_add = true; break;
	case 21: s->frame.own = s->may_add = true; break;
	default: break;
	}
}
enum { CHANGES = 22 };

/* The pointers are set where it lies now. */
static void render(struct sample *s, struct buf *head, struct span *key)
{
	s->who.memberships = s->memberships;
	s->frame.who = s->frame.who ? &s->who : NULL;
	s->frame.scope = s->frame.scope ? &s->scope : NULL;
	*key = view_list_head_key(arena, &s->frame, s->may_add);
	ck_assert_int_eq(view_list_head(head, arena, &s->frame, s->may_add), OK);
}

static void made(int which, struct buf *head, struct span *key)
{
	struct sample s = sample();

	s.frame.who = &s.who;
	s.frame.scope = &s.scope;
	change(&s, which);
	render(&s, head, key);
}

START_TEST(another_key)
{
	struct buf one = BUF_INIT, other = BUF_INIT;
	struct span key, other_key;

	made(CHANGES, &one, &key);
	made(_i, &other, &other_key);
	ck_assert(!span_eq(buf_span(&one), buf_span(&other)));
	ck_assert(!span_eq(key, other_key));
	buf_release(&one);
	buf_release(&other);
}
END_TEST

START_TEST(the_same_key)
{
	struct buf one = BUF_INIT, other = BUF_INIT;
	struct span key, other_key;

	made(CHANGES, &one, &key);
	made(CHANGES, &other, &other_key);
	ck_assert(span_eq(buf_span(&one), buf_span(&other)));
	ck_assert(span_eq(key, other_key));
	ck_assert_int_eq(key.p[0], ' ');
	buf_release(&one);
	buf_release(&other);
}
END_TEST

/* What stands beside each other does not run together. */
START_TEST(parts_stay_apart)
{
	struct sample one = sample(), other = sample();

	one.frame.title = SPAN("ab");
	one.frame.message = SPAN("c");
	other.frame.title = SPAN("a");
	other.frame.message = SPAN("bc");
	ck_assert(!span_eq(view_list_head_key(arena, &one.frame, false),
			   view_list_head_key(arena, &other.frame, false)));
}
END_TEST

static void setup(void)
{
	log_init("check", LOG_ERROR);
	arena = arena_new();
	ck_assert_int_eq(view_load("templates"), OK);
}

static void teardown(void)
{
	arena_free(arena);
}

Suite *view_frame_suite(void)
{
	Suite *s = suite_create("view_frame");
	TCase *tc = tcase_create("view_frame");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, another_key, 0, CHANGES);
	tcase_add_test(tc, the_same_key);
	tcase_add_test(tc, parts_stay_apart);
	suite_add_tcase(s, tc);
	return s;
}
