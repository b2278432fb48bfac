/* http_route.c: which row a path finds, and what is wrong with a table. */
#include "unit/suites.h"

#include "http/res.h"
#include "http/route.h"

static struct arena *a;

static void set_up(void)
{
	a = arena_new();
}

static void tear_down(void)
{
	arena_free(a);
}

static int page(struct req *r, struct res *s)
{
	(void)r;
	(void)s;
	return OK;
}

static const struct form_def FORM = {NULL, 0, 10, 1};
static const struct route ROWS[] = {
	{METHOD_GET, "/", page, 1, NULL},                        /* 0 */
	{METHOD_GET, "/s/:sub/things/:id", page, 1, NULL},       /* 1 */
	{METHOD_GET, "/s/:sub/things/new", page, 1, NULL},       /* 2 */
	{METHOD_POST, "/s/:sub/things/:thing", page, 1, &FORM},  /* 3 */
	{METHOD_DELETE, "/s/:sub/things/:id", page, 1, &FORM},   /* 4 */
	{METHOD_GET, "/s/:sub/:what/new", page, 1, NULL},        /* 5 */
	{METHOD_POST, "/login", page, 1, &FORM},                 /* 6 */
	{METHOD_GET, "/:a/:b/:c/:d", page, 1, NULL},             /* 7 */
};
static const struct route_table TABLE = {ROWS, COUNT(ROWS)};

static const struct {
	enum method method;
	const char *path;
	int row;           /* -1: not found; -2: another method */
	const char *first; /* the first param, or Allow */
} FINDS[] = {
	{METHOD_GET, "/", 0, NULL},
	{METHOD_HEAD, "/", 0, NULL},
	{METHOD_GET, "/s/acme/things/7", 1, "acme"},
	{METHOD_GET, "/s/acme/things/new", 2, "acme"},
	{METHOD_POST, "/s/acme/things/7", 3, "acme"},
	{METHOD_DELETE, "/s/a b/things/7", 4, "a b"},
	{METHOD_GET, "/s/acme/else/new", 5, "acme"},
	{METHOD_GET, "/x/acme/things/7", 7, "x"},
	{METHOD_GET, "/s/acme/things", -1, NULL},
	{METHOD_GET, "/s/acme/things/", -1, NULL},
	{METHOD_GET, "/s//things/7", -1, NULL},
	{METHOD_GET, "/s/acme/things/7/", -1, NULL},
	{METHOD_GET, "/s/acme/things/7/x", -1, NULL},
	{METHOD_GET, "/Login", -1, NULL},
	{METHOD_GET, "/login/", -1, NULL},
	{METHOD_GET, "/login", -2, "POST"},
	{METHOD_HEAD, "/login", -2, "POST"},
	{METHOD_OTHER, "/", -2, "GET, HEAD"},
	{METHOD_PUT, "/s/acme/things/7", -2, "GET, HEAD, POST, DELETE"},
	{METHOD_POST, "/s/acme/things/new", -2, "GET, HEAD"},
};

START_TEST(finds)
{
	struct req r = {.arena = a, .method = FINDS[_i].method, .path = span_str(FINDS[_i].path)};
	const struct route *row = NULL;
	struct span allow = SPAN_NONE;
	int rc = route_find(&TABLE, &r, &row, &allow);

	if (FINDS[_i].row >= 0) {
		ck_assert_int_eq(rc, OK);
		ck_assert_msg(row == &ROWS[FINDS[_i].row], "%s", FINDS[_i].path);
		ck_assert(span_is(r.params[0], FINDS[_i].first));
		return;
	}
	ck_assert_int_eq(rc, FINDS[_i].row == -1 ? E_NOT_FOUND : E_INVALID);
	ck_assert_msg(span_is(allow, FINDS[_i].first), "%.*s", SPAN_ARG(allow));
}
END_TEST

static const struct {
	struct route rows[2];
	const char *fault; /* NULL: sound */
} TABLES[] = {
	{{{METHOD_GET, "/a", page, 1, NULL}, {METHOD_POST, "/a", page, 1, &FORM}}, NULL},
	{{{METHOD_GET, "/:a/b", page, 1, NULL}, {METHOD_GET, "/:a/:b", page, 1, NULL}}, NULL},
	{{{METHOD_GET, "/:a/:b/:c/:d", page, 1, NULL}, {METHOD_GET, "/", page, 1, NULL}}, NULL},
	{{{METHOD_GET, "/a", page, 0, NULL}, {METHOD_GET, "/b", page, 1, NULL}}, "permission"},
	{{{METHOD_GET, "/a", page, 1, NULL}, {METHOD_GET, "/b", NULL, 1, NULL}}, "handler"},
	{{{METHOD_GET, "/a", page, 1, NULL}, {METHOD_GET, "/a", page, 2, NULL}}, "alike"},
	{{{METHOD_GET, "/:a/x", page, 1, NULL}, {METHOD_GET, "/:b/x", page, 1, NULL}}, "alike"},
	{{{METHOD_GET, "a", page, 1, NULL}, {METHOD_GET, "/a", page, 1, NULL}}, "begin"},
	{{{METHOD_GET, NULL, page, 1, NULL}, {METHOD_GET, "/a", page, 1, NULL}}, "begin"},
	{{{METHOD_GET, "/:a/:b/:c/:d/:e", page, 1, NULL}, {.pattern = "/"}}, "many"},
	{{{METHOD_GET, "/:", page, 1, NULL}, {METHOD_GET, "/a", page, 1, NULL}}, "needs a name"},
	{{{METHOD_POST, "/a", page, 1, NULL}, {METHOD_GET, "/b", page, 1, NULL}}, "needs a form"},
	{{{METHOD_DELETE, "/a", page, 1, NULL}, {METHOD_GET, "/b", page, 1, NULL}}, "needs a form"},
	{{{METHOD_GET, "/a", page, 1, &FORM}, {METHOD_GET, "/b", page, 1, NULL}}, "no form"},
	{{{METHOD_HEAD, "/a", page, 1, NULL}, {METHOD_GET, "/b", page, 1, NULL}}, "method"},
	{{{METHOD_OTHER, "/a", page, 1, &FORM}, {METHOD_GET, "/b", page, 1, NULL}}, "method"},
};

START_TEST(tables)
{
	struct route_table t = {TABLES[_i].rows, 2};
	const char *fault = route_table_fault(&t);

	if (!TABLES[_i].fault)
		ck_assert_ptr_null(fault);
	else
		ck_assert_msg(fault && strstr(fault, TABLES[_i].fault), "%s", fault);
}
END_TEST

START_TEST(this_table_is_sound)
{
	ck_assert_ptr_null(route_table_fault(&TABLE));
}
END_TEST

START_TEST(redirects_are_short)
{
	struct buf body = BUF_INIT;
	char text[2001];
	struct res s;

	memset(text, 'x', sizeof(text));
	text[0] = '/';
	for (size_t n = 2000; n <= sizeof(text); n++) {
		res_init(&s, a, &body);
		res_redirect(&s, 303, span_of(text, n));
		ck_assert_uint_eq(res_header_value(&s, "Location").n, n == 2000 ? n : 1);
	}
	buf_release(&body);
}
END_TEST

Suite *http_route_suite(void)
{
	Suite *s = suite_create("http_route");
	TCase *c = tcase_create("route");

	tcase_add_checked_fixture(c, set_up, tear_down);
	tcase_add_test(c, redirects_are_short);
	tcase_add_loop_test(c, finds, 0, (int)COUNT(FINDS));
	tcase_add_loop_test(c, tables, 0, (int)COUNT(TABLES));
	tcase_add_test(c, this_table_is_sound);
	suite_add_tcase(s, c);
	return s;
}
