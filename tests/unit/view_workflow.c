/* view_workflow.c: the pages of workflow files, with hostile text in every place: whoever may push to a
 * repository writes paths, names and lines as they like. */
#include "unit/suites.h"

#include "base/log.h"
#include "view/project.h"
#include "view/uses.h"
#include "view/workflow_list.h"

static const char *const HOSTILE[] = {
	"<script>alert(1)</script>", "\"><script>alert(2)</script>", "' autofocus onfocus='alert(3)'",
	"javascript:alert(4)", "{{CSRF}}{{#NAV}}", "\xE2\x80\xAE" "evil", "&lt;b&gt;", "<!--",
	"</pre></mark><b>", "\x1b[31m\r\n",
};

static struct arena *arena;
static struct buf page;

static struct view_frame frame_of(struct span h)
{
	struct membership *m = ARENA_NEW(arena, struct membership);
	struct scope *scope = ARENA_NEW(arena, struct scope);
	struct who *who = ARENA_NEW(arena, struct who);

	*m = (struct membership){1, h, h, h, ROLE_ADMIN, 0, false};
	*who = (struct who){1, h, h, h, h, true, m, 1, h, 0};
	*scope = (struct scope){.subscription_id = 1, .slug = h, .name = h, .role = ROLE_ADMIN};
	return (struct view_frame){.title = h, .active = NAV_PROJECTS, .who = who, .scope = scope,
				   .csrf = h, .message = h};
}

static struct view_workflow *workflow_of(struct span h)
{
	struct view_workflow *v = ARENA_NEW(arena, struct view_workflow);
	struct view_code *code = ARENA_ARRAY(arena, struct view_code, 2);

	code[0] = (struct view_code){.number = 3, .before = h, .begun = true};
	code[1] = (struct view_code){.number = 7, .before = h, .marked = h, .after = h, .here = true,
				     .gap = true, .broken = true};
	*v = (struct view_workflow){.project_id = 3, .total = 2, .problems = 1, .nfiles = 1,
				    .nstale = 1, .nreferences = 2, .previous = -1, .next = -1,
				    .api = h, .now = 900, .paste = {h, h, h, h}, .folder = h,
				    .file_error = h, .folder_error = h};
	v->files = ARENA_NEW(arena, struct view_workflow_file);
	*v->files = (struct view_workflow_file){h, 10, 2, 100, h, h, 4, 90};
	v->references = ARENA_ARRAY(arena, struct view_reference, 2);
	v->references[0] = (struct view_reference){
		.path = h, .line = 7, .kind = h, .consumer = SPAN("job"), .key = h, .name = h,
		.state = REFERENCE_MISSING, .advice = h, .meant = h, .stale = true, .link = h,
		.code = code, .ncode = 2};
	v->references[1] = (struct view_reference){.path = h, .line = 7, .kind = h, .key = h,
						   .name = h, .state = REFERENCE_FINE,
						   .target_id = 9, .code = code, .ncode = 1};
	return v;
}

static struct view_unused unused_of(struct span h)
{
	struct view_unused_row *row = ARENA_NEW(arena, struct view_unused_row);

	*row = (struct view_unused_row){8, h};
	return (struct view_unused){row, 1, true};
}

static int render(int which, struct span h)
{
	struct view_workflow_project row = {5, h, 2, 30, 1, 4, 100, h};
	struct view_workflow_list list = {&row, 1, 1000, 200, h, h, h, h, false};
	struct view_workflow_clear clear = {&row, 1, 2, 30, 200, unused_of(h), h};
	struct view_place place = {.project_id = 3, .line = 7, .project = h, .path = h, .kind = h,
				   .consumer = SPAN("job"), .key = h, .link = h, .denied = true,
				   .stale = true};
	struct view_uses uses = {.slug = h, .places = &place, .nplaces = 1, .seen = 3, .hidden = 2,
				 .dynamic = 1, .previous = -1, .next = 1, .integration_id = 9};
	struct view_project project = {.project = {3, h, 0, 0}, .may_administer = true, .name = h,
				       .place = {h, GIT_HOST_OTHER},
				       .form = {h, h, h, GIT_HOST_AUTO, h}, .files = 2,
				       .references = 30, .unused = unused_of(h), .first = true};
	struct view_frame f = frame_of(h);

	buf_reset(&page);
	switch (which) {
	case 0: return view_workflow_list(&page, arena, &f, &list);
	case 1: return view_workflow_clear(&page, arena, &f, &clear);
	case 2: return view_uses(&page, arena, &f, &uses);
	case 3: project.workflow = workflow_of(h);
		return view_project(&page, arena, &f, &project);
	case 4: return view_project_delete(&page, arena, &f, &project);
	default: return -1;
	}
}
enum { PAGES = 5 };

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
		ck_assert_int_eq(render(which, SPAN("plain")), OK);
		for (size_t k = 0; k < COUNT(MARKS); k++)
			plain[k] = count(MARKS[k]);
		ck_assert_uint_eq(count("</html>"), 1);
		ck_assert_int_eq(render(which, text), OK);
		for (size_t k = 0; k < COUNT(MARKS); k++)
			ck_assert_msg(count(MARKS[k]) == plain[k], "page %d, %s: %zu x %s", which,
				      HOSTILE[_i], count(MARKS[k]), MARKS[k]);
		ck_assert_uint_eq(count("href=\"javascript:"), 0);
	}
}
END_TEST

/* A line as it stands there: blanks stay, control characters are numbers, the name is marked. */
START_TEST(lines)
{
	struct view_project v = {.project = {3, SPAN("web"), 0, 0}, .first = true};
	struct view_frame f = frame_of(SPAN("plain"));
	struct view_code *c;

	v.workflow = workflow_of(SPAN("plain"));
	c = v.workflow->references[0].code;
	c[1].before = SPAN("  - \x1b&");
	c[1].marked = SPAN("\"a\xE2\x80\xAE" "b\"");
	c[1].after = SPAN("\t# x");
	ck_assert_int_eq(view_project(&page, arena, &f, &v), OK);
	ck_assert_ptr_nonnull(strstr(page.p, "<span class=\"code-number\">7</span><span>  - \\u001B&amp;"
					     "<mark>&quot;a\\u202Eb&quot;</mark>\\u0009# x\xE2\x80\xA6</span>"));
	ck_assert_uint_eq(count("code-line code-gap code-here"), 1);
	ck_assert_uint_eq(count("<pre class=\"code-lines\">"), 2);
}
END_TEST

/* Only with an address is there a link; without one the place is text. */
START_TEST(links)
{
	struct view_project v = {.project = {3, SPAN("web"), 0, 0}, .first = true};
	struct view_frame f = frame_of(SPAN("plain"));

	v.workflow = workflow_of(SPAN("plain"));
	v.workflow->references[0].link = SPAN("https://git.example/a%20b/c.yml?x=1&y#L7");
	ck_assert_int_eq(view_project(&page, arena, &f, &v), OK);
	ck_assert_uint_eq(count("href=\"https://git.example/a%20b/c.yml?x=1&amp;y#L7\""), 1);
	ck_assert_uint_eq(count("<bdi>plain</bdi>:7</a>"), 1);
	ck_assert_uint_eq(count("<bdi>plain</bdi>:7</span>"), 1);
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

Suite *view_workflow_suite(void)
{
	Suite *s = suite_create("view_workflow");
	TCase *tc = tcase_create("view_workflow");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, hostile_text_stays_text, 0, COUNT(HOSTILE));
	tcase_add_test(tc, lines);
	tcase_add_test(tc, links);
	suite_add_tcase(s, tc);
	return s;
}
