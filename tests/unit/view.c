/* view.c: every page with hostile text in every place, and the names that forms send. */
#include "unit/suites.h"

#include <stdio.h>

#include "base/log.h"
#include "unit/view_site.h"
#include "view/view.h"

/* those of this file; the others are in view_site.c */
enum { OWN_PAGES = 13 };

static const char *const HOSTILE[] = {
	"<script>alert(1)</script>",
	"\"><script>alert(2)</script>",
	"' onfocus='alert(3)' autofocus='",
	"\" onfocus=\"alert(4)\" autofocus=\"",
	"javascript:alert(5)",
	"</title></textarea></style><script>alert(6)</script>",
	"{{CSRF}}{{#NAV}}{{>BODY}}{{%AUTOESCAPE context=\"JSON\"}}",
	"\xE2\x80\xAE" "evil <img src=x onerror=alert(8)>",
	"&lt;script&gt;alert(9)&#x3c;/script&#x3e;",
	"//evil.example/?a=b&c=d#e",
	"<!--", "-->", "]]>", "`${alert(12)}`", "\xff\xfe<b>not utf-8", "",
};

/* One page's worth of structs, every span of which is `h`. */
struct sample {
	struct membership membership;
	struct who who;
	struct scope scope;
	struct view_frame frame;
	struct type_field fields[6];
	struct type_url urls[1];
	struct type type;
	struct type_catalogue types;
	struct view_url_row url_rows[2];
	struct view_secret secret;
	struct view_conflict_row ask;
	struct view_conflict conflict;
	struct view_change change;
	struct view_details details;
	struct view_pair pair;
	struct view_field view_fields[6];
	struct project projects[2];
	struct view_form form;
	struct integration_url stored_urls[1];
	struct integration_value values[1];
	struct sealed_mark sealed[2];
	struct integration integration;
};

static struct arena *arena;
static struct buf page;

static int list_page(const struct view_frame *f, const struct view_list *v)
{
	TRY(view_list_head(&page, arena, f, v->may_add));
	TRY(view_list_body(&page, arena, f, v));
	return view_list_foot(&page, arena);
}

static void fill_frame(struct sample *s, struct span h)
{
	s->membership = (struct membership){1, h, h, h, ROLE_ADMIN, 0, false};
	s->who = (struct who){1, h, h, h, h, true, &s->membership, 1, h, 0};
	s->scope = (struct scope){.subscription_id = 1,
				  .subscription_uid = h,
				  .slug = h,
				  .name = h,
				  .account_id = 1,
				  .role = ROLE_ADMIN};
	s->frame = (struct view_frame){
		.title = h, .ncrumbs = 4, .active = NAV_INTEGRATIONS, .who = &s->who,
		.scope = &s->scope, .csrf = h, .message = h,
	};
	for (size_t i = 0; i < 4; i++)
		s->frame.crumbs[i] = (struct view_crumb){h, h};
}

static void fill_type(struct sample *s, struct span h)
{
	for (unsigned i = 0; i < 6; i++)
		s->fields[i] = (struct type_field){h, h, h, h, (enum field_kind)i, true, 100};
	s->urls[0] = (struct type_url){h, h, h, h, true};
	s->type = (struct type){h, h, h, h, h, s->fields, 6, s->urls, 1, true, h, h, &s->type.label, 1};
	s->types = (struct type_catalogue){&s->type, 1};
}

static void fill_form(struct sample *s, struct span h)
{
	s->url_rows[0] = (struct view_url_row){h, h, h, h, h, h, true, true};
	s->url_rows[1] = (struct view_url_row){h, h, h, h, h, h, false, false};
	s->secret = (struct view_secret){h, h, h, true, true, true};
	s->pair = (struct view_pair){h, h, s->secret};
	for (size_t i = 0; i < 6; i++)
		s->view_fields[i] = (struct view_field){&s->fields[i], h, h, s->secret, &s->pair, 1};
	s->projects[0] = (struct project){7, h, true};
	s->projects[1] = (struct project){8, h, false};
	s->ask = (struct view_conflict_row){h, h, h, h, CHOICE_MINE};
	s->conflict = (struct view_conflict){h, h, h, &s->ask, 1, &s->ask, 1};
	s->form = (struct view_form){
		.opened = h, .conflict = &s->conflict,
		.type = &s->type, .is_new = true, .id = 42, .version = 3, .uid = h, .error = h,
		.name = h, .name_error = h, .urls = s->url_rows, .nurls = 2, .urls_error = h,
		.may_add_url = true, .fields = s->view_fields, .nfields = 6,
		.may_edit_roles = true, .edit_roles = ROLE_SET_ALL, .may_choose_all = true,
		.projects = s->projects, .nprojects = 2, .hidden_projects = 5,
		.projects_error = h, .submit = h, .may_delete = true,
	};
}

static void fill_integration(struct sample *s, struct span h)
{
	s->stored_urls[0] = (struct integration_url){h, h, h};
	s->values[0] = (struct integration_value){h, h};
	/* A colon sets off the key of a pair: always one, so that all texts give as many elements. */
	s->sealed[0] = (struct sealed_mark){arena_printf(arena, "f:%.*s", SPAN_ARG(h)), h, 100, h};
	s->sealed[1] = (struct sealed_mark){SPAN("<script>"), h, 100, h};
	s->integration = (struct integration){
		.id = 42, .uid = h, .name = h, .type = h, .url = h, .edit_roles = 6,
		.created_by = h, .changed_by = h, .urls = s->stored_urls, .nurls = 1,
		.values = s->values, .nvalues = 1, .sealed = s->sealed, .nsealed = 2,
		.projects = s->projects, .nprojects = 2, .hidden_projects = 3,
		.disabled_at = 500, .disabled_by = h, .disabled_reason = h,
	};
	s->change = (struct view_change){h, h, 800};
	s->details = (struct view_details){
		.i = &s->integration, .type = &s->type, .may_edit = true, .now = 900,
		.uses = {{h, h, h}}, .nuses = 1, .dynamic = true, .changes = &s->change,
		.nchanges = 1, .may_see_audit = true, .error = h, .reason = h,
		.reason_error = h,
	};
}

static struct sample *sample(struct span h)
{
	struct sample *s = ARENA_NEW(arena, struct sample);

	fill_frame(s, h);
	fill_type(s, h);
	fill_form(s, h);
	fill_integration(s, h);
	return s;
}

/* Every page, numbered; -1 past the last. */
static int render(int which, struct sample *s, struct span h)
{
	struct view_row row = {.id = 42, .name = h, .type_label = h, .icon = h, .url = h,
			       .projects = h, .may_edit = true, .disabled = true};
	struct view_list list = {.rows = &row, .nrows = 1, .total = 1000, .next = h, .may_add = true,
				 .matches = 7, .previous = h, .search = h, .type = h, .state = h,
				 .sort = h, .filtered = true, .types = &s->types},
			 nothing = {.total = 9, .first = true, .search = h, .filtered = true},
			 none = {.next = h, .first = true, .may_add = true};

	buf_reset(&page);
	switch (which) {
	case 0:
		return view_login(&page, arena, &s->frame, &(struct view_login){h, h, h, true});
	case 1:
		return view_error(&page, arena, &s->frame, &(struct view_error){404, h, h, h});
	case 2:
		return view_home(&page, arena, &s->frame);
	case 3:
		return list_page(&s->frame, &list);
	case 4:
		return list_page(&s->frame, &none);
	case 5:
		return view_types(&page, arena, &s->frame, &(struct view_types){&s->types, h, h});
	case 6:
		return view_form(&page, arena, &s->frame, &s->form);
	case 7:
		s->form.is_new = s->form.may_edit_roles = s->form.may_choose_all = false;
		s->form.all_projects = true;
		return view_form(&page, arena, &s->frame, &s->form);
	case 8:
		return view_details(&page, arena, &s->frame,
				    &s->details);
	case 9:
		s->details.type = NULL;
		s->details.may_edit = false;
		s->integration.disabled_at = 0;
		return view_details(&page, arena, &s->frame, &s->details);
	case 10:
		return view_closed(&page, arena, &s->frame, &(struct view_closed){.name = h, .type_label = h, .icon = h, .edit_roles = 7});
	case 11:
		return view_account(&page, arena, &s->frame, &(struct view_account){h, h, h, h, h, h, true});
	case 12:
		return list_page(&s->frame, &nothing);
	default:
		if (which >= OWN_PAGES + VIEW_SITE_PAGES)
			return -1;
		return view_site_sample(which - OWN_PAGES, &page, arena, &s->frame, h);
	}
}
enum { PAGES = OWN_PAGES + VIEW_SITE_PAGES };

static size_t count(const char *needle)
{
	size_t n = 0;

	for (const char *p = page.p; (p = strstr(p, needle)) != NULL; p += strlen(needle))
		n++;
	return n;
}

/* The same page with plain text has as many of the characters that make tags and attributes: nothing
 * that was shown became markup. */
static void check_same_skeleton(int which, struct span text)
{
	static const char *const MARKS[] = {"<", ">", "\"", "'"};
	size_t plain[COUNT(MARKS)];

	ck_assert_int_eq(render(which, sample(SPAN("plain")), SPAN("plain")), OK);
	for (size_t i = 0; i < COUNT(MARKS); i++)
		plain[i] = count(MARKS[i]);
	ck_assert_int_eq(render(which, sample(text), text), OK);
	for (size_t i = 0; text.n && i < COUNT(MARKS); i++)
		ck_assert_msg(count(MARKS[i]) == plain[i], "page %d, %.*s: %zu x %s, not %zu",
			      which, SPAN_ARG(text), count(MARKS[i]), MARKS[i], plain[i]);
	ck_assert_msg(count("<script>") == 0, "page %d", which);
	ck_assert_msg(count("=\"javascript:") == count("value=\"javascript:") +
						       count("placeholder=\"javascript:"),
		      "page %d: a javascript: link", which);
	ck_assert_msg(count("</html>") == 1, "page %d is cut", which);
}

START_TEST(hostile_text_stays_text)
{
	for (int which = 0; which < PAGES; which++)
		check_same_skeleton(which, span_str(HOSTILE[_i]));
}
END_TEST

START_TEST(nobody_signed_in)
{
	for (int which = 0; which < PAGES; which++) {
		struct sample *s = sample(SPAN("plain"));

		s->frame.who = NULL;
		s->frame.scope = NULL;
		ck_assert_int_eq(render(which, s, SPAN("plain")), OK);
		ck_assert_uint_eq(count("/logout"), 0);
	}
	ck_assert_int_eq(render(PAGES, sample(SPAN("x")), SPAN("x")), -1);
}
END_TEST

START_TEST(fifty_rows)
{
	struct sample *s = sample(SPAN("acme"));
	struct view_row rows[50];
	struct view_list v = {.rows = rows, .nrows = 50, .total = 1000, .matches = 1000, .first = true,
			      .next = SPAN("b c&d/\xC3\xA9"), .may_add = true};

	for (int i = 0; i < 50; i++)
		rows[i] = (struct view_row){.id = 1000 + i, .name = SPAN("jenkins"),
					    .type_label = SPAN("Jenkins"), .icon = SPAN("rocket"),
					    .url = SPAN("https://ci.example.com"),
					    .projects = SPAN("All projects"), .may_edit = i % 2 == 0};
	ck_assert_int_eq(list_page(&s->frame, &v), OK);
	ck_assert_uint_eq(count("href=\"integrations/10"), 75);
	ck_assert_uint_eq(count("/edit\""), 25);
	ck_assert_uint_eq(count("<tr><td class=\"i-rocket\">"), 50);
	ck_assert_uint_eq(count("50 of 1000 integrations"), 1);
	ck_assert_uint_eq(count("?after=b+c%26d/%C3%A9\""), 1);
	ck_assert_uint_eq(count("First page"), 0);
	/* A buffer that is too small gets nothing, not a piece of a part. */
	buf_release(&page);
	page.cap = 4096;
	buf_puts(&page, "before");
	ck_assert_int_eq(list_page(&s->frame, &v), E_TOO_BIG);
	ck_assert_uint_eq(page.n, 6);
	buf_release(&page);
	page = (struct buf)BUF_INIT;
}
END_TEST

/* What a form sends is what the page's names say: the contract with the handlers. */
START_TEST(form_names)
{
	static const char *const NAMES[] = {
		"name=\"csrf\" value=\"tok\"", "name=\"version\" value=\"3\"", "name=\"name\"",
		"name=\"url_key\" value=\"k\" readonly", "name=\"url_key\" value=\"k\" placeholder",
		"name=\"add_url\" value=\"1\"", "name=\"remove_url\" value=\"2\"",
		"name=\"value.user\"", "name=\"secret.token\"", "name=\"kept.token\" value=\"box\"",
		"name=\"remove.token\"", "name=\"pair_key.envs.0\"", "name=\"secret.envs.0\"",
		"name=\"kept.envs.0\" value=\"box\"", "name=\"add_pair\" value=\"envs\"",
		"name=\"remove_pair\" value=\"envs.0\"", "name=\"role_member\" value=\"1\" checked",
		"name=\"role_collaborator\" value=\"1\">", "name=\"scope\" value=\"some\" checked",
		"name=\"project\" value=\"7\" checked", "name=\"project\" value=\"8\">",
		"and 5 more", "name=\"confirm\" value=\"1\" required", "action=\"/s/acme/x\"",
		"action=\"/s/acme/integrations/42/delete\"", "line 1\nline 2</textarea>",
	};
	struct sample *s = sample(SPAN("k"));

	s->frame.csrf = SPAN("tok");
	s->scope.slug = SPAN("acme");
	s->form.submit = SPAN("/s/acme/x");
	s->form.is_new = false;
	s->form.edit_roles = ROLE_SET_NEW;
	s->fields[FIELD_TEXT].name = SPAN("user");
	s->view_fields[FIELD_LINES].value = SPAN("line 1\nline 2");
	s->fields[FIELD_SECRET].name = SPAN("token");
	s->fields[FIELD_PAIRS].name = SPAN("envs");
	s->view_fields[FIELD_SECRET].secret.kept = SPAN("box");
	s->pair.secret.kept = SPAN("box");
	ck_assert_int_eq(view_form(&page, arena, &s->frame, &s->form), OK);
	for (size_t i = 0; i < COUNT(NAMES); i++)
		ck_assert_msg(count(NAMES[i]) > 0, "the form lacks %s", NAMES[i]);
	ck_assert_uint_eq(count("name=\"uid\""), 0);
	/* Enter saves: the first submit button has no name. */
	ck_assert_ptr_eq(strstr(strstr(page.p, "class=\"form-grid\""), "<button"),
			 strstr(page.p, "<button class=\"visually-hidden\" type=\"submit\""));
}
END_TEST

START_TEST(themes)
{
	static const char *const GIVEN[] = {"auto", "light", "dark", "", "\"><script>"};
	static const char *const THEME[] = {"auto", "light", "dark", "auto", "auto"};

	for (size_t i = 0; i < COUNT(GIVEN); i++) {
		struct sample *s = sample(SPAN("plain"));
		char want[64];

		s->who.theme = span_str(GIVEN[i]);
		ck_assert_int_eq(render(11, s, SPAN("")), OK);
		snprintf(want, sizeof(want), "<html lang=\"en\" data-bs-theme=\"%s\">", THEME[i]);
		ck_assert_uint_eq(count(want), 1);
		snprintf(want, sizeof(want), "value=\"%s\" checked", THEME[i]);
		ck_assert_uint_eq(count(want), 1);
		ck_assert_uint_eq(count(" checked"), 1);
	}
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

Suite *view_suite(void)
{
	Suite *s = suite_create("view");
	TCase *tc = tcase_create("view");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, hostile_text_stays_text, 0, COUNT(HOSTILE));
	tcase_add_test(tc, nobody_signed_in);
	tcase_add_test(tc, fifty_rows);
	tcase_add_test(tc, form_names);
	tcase_add_test(tc, themes);
	suite_add_tcase(s, tc);
	return s;
}
