/* page_confirm.c: the page "Confirm it's you" keeps a form whole, but for its secrets. */
#include "suites.h"

#include "page/app.h"
#include "page/confirm.h"
#include "view/view.h"

static const struct form_field FIELDS[] = {
	{"name", FORM_TEXT, false, 100, "Name"},     {"note", FORM_LINES, false, 100, "Note"},
	{"role", FORM_LIST, false, 100, "Role"},     {"all", FORM_FLAG, false, 0, "All"},
	{"value.*", FORM_TEXT, false, 100, "Value"}, {"secret", FORM_SECRET, false, 100, "Secret"},
};
static const struct form_def DEF = {FIELDS, COUNT(FIELDS), 1000, 20};

static struct arena *a;
static struct buf page;
static struct app app;
static struct who who;
static struct visit visit;
static struct req req;
static struct res res;

static void set_up(void)
{
	a = arena_new();
	ck_assert_int_eq(view_load("templates"), OK);
	who = (struct who){.account_id = 7, .login = SPAN("ann"), .name = SPAN("Ann"),
			   .theme = SPAN("auto")};
	visit = (struct visit){.who = &who, .token = SPAN("t")};
	req = (struct req){.arena = a, .id = "0123456789abcdef", .method = METHOD_POST,
			   .path = SPAN("/s/acme/people/8"), .query = SPAN(""), .csrf = SPAN("tok"),
			   .cookies = SPAN(""), .who = &visit, .app = &app};
	res_init(&res, a, &page);
}

static void tear_down(void)
{
	buf_release(&page);
	arena_free(a);
}

static void form(const char *text)
{
	char *body = arena_str(a, span_str(text));

	ck_assert_int_eq(form_parse(a, &DEF, body, strlen(text), &req.form), OK);
}

static bool has(const char *text)
{
	return memmem(page.p, page.n, text, strlen(text)) != NULL;
}

START_TEST(the_form_is_kept)
{
	form("csrf=old&name=a%22%3Cb%3E&note=one%0D%0A+two&role=1&role=2&all=on&value.x=%26&"
	     "secret=do+not+show&other=dropped");
	ck_assert_int_eq(confirm_ask(&req, &res), OK);
	ck_assert_int_eq(res.status, 403);
	ck_assert(has("action=\"/confirm\""));
	ck_assert(has("name=\"confirm_to\" value=\"/s/acme/people/8\""));
	ck_assert(has("name=\"csrf\" value=\"tok\"") && !has("old"));
	ck_assert(has("name=\"name\" value=\"a&quot;&lt;b&gt;\""));
	ck_assert(has("<textarea name=\"note\" hidden>\none\n two</textarea>"));
	ck_assert(has("name=\"role\" value=\"1\"") && has("name=\"role\" value=\"2\""));
	ck_assert(has("name=\"all\" value=\"on\"") && has("name=\"value.x\" value=\"&amp;\""));
	ck_assert(!has("do not show") && !has("name=\"secret\"") && !has("dropped"));
	ck_assert(has("value=\"ann\"") && has("name=\"confirm_password\""));
}
END_TEST

START_TEST(the_address_is_kept)
{
	form("name=x");
	req.path = SPAN("/s/a b/x\"y");
	req.query = SPAN("after=1&q=%22");
	ck_assert_int_eq(confirm_ask(&req, &res), OK);
	ck_assert(has("name=\"confirm_to\" value=\"/s/a%20b/x%22y?after=1&amp;q=%22\""));
}
END_TEST

/* Without a form there is nothing to keep but where one was. */
START_TEST(no_form)
{
	req.form = NULL;
	req.method = METHOD_GET;
	req.path = SPAN("/account/tokens");
	req.query = SPAN("new=1");
	ck_assert_int_eq(confirm_ask(&req, &res), OK);
	ck_assert_int_eq(res.status, 303);
	ck_assert(span_is(res_header_value(&res, "Location"),
			  "/confirm?next=/account/tokens%3Fnew%3D1"));
}
END_TEST

Suite *page_confirm_suite(void)
{
	Suite *s = suite_create("page_confirm");
	TCase *c = tcase_create("page_confirm");

	tcase_add_checked_fixture(c, set_up, tear_down);
	tcase_add_test(c, the_form_is_kept);
	tcase_add_test(c, the_address_is_kept);
	tcase_add_test(c, no_form);
	suite_add_tcase(s, c);
	return s;
}
