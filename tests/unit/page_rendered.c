/* page_rendered.c: parts of pages that are kept: found under their key and under no other, and never
 * many. */
#include "unit/suites.h"

#include <stdio.h>

#include "page/rendered.h"

static struct rendered r;
static char large[RENDERED_MOST + 1];

static void set_up(void)
{
	memset(large, 'x', sizeof(large));
}

static void tear_down(void)
{
	rendered_drop(&r);
}

START_TEST(found_under_its_key)
{
	struct span body;

	ck_assert(!rendered_find(&r, SPAN("a"), &body));
	rendered_keep(&r, SPAN("a"), SPAN("<p>one"));
	ck_assert(rendered_find(&r, SPAN("a"), &body) && span_is(body, "<p>one"));
	rendered_keep(&r, SPAN("a"), SPAN("two"));
	ck_assert(rendered_find(&r, SPAN("a"), &body) && span_is(body, "two"));
	ck_assert(!rendered_find(&r, SPAN("a "), &body));
	ck_assert(!rendered_find(&r, SPAN(""), &body));
	rendered_drop(&r);
	ck_assert(!rendered_find(&r, SPAN("a"), &body));
}
END_TEST

START_TEST(not_kept)
{
	struct span body;

	rendered_keep(&r, SPAN(""), SPAN("no key"));
	ck_assert(!rendered_find(&r, SPAN(""), &body));
	rendered_keep(&r, SPAN("large"), span_of(large, RENDERED_MOST + 1));
	ck_assert(!rendered_find(&r, SPAN("large"), &body));
	rendered_keep(&r, span_of(large, RENDERED_KEY_MOST + 1), SPAN("long key"));
	ck_assert(!rendered_find(&r, span_of(large, RENDERED_KEY_MOST + 1), &body));
	rendered_keep(&r, span_of(large, RENDERED_KEY_MOST), span_of(large, RENDERED_MOST));
	ck_assert(rendered_find(&r, span_of(large, RENDERED_KEY_MOST), &body));
	ck_assert_uint_eq(body.n, RENDERED_MOST);
}
END_TEST

/* Keys share places; whatever is found is its own. */
START_TEST(many)
{
	char key[32], text[32];
	struct span body;
	int found = 0;

	for (int k = 0; k < 1000; k++) {
		snprintf(key, sizeof(key), "key %d", k);
		snprintf(text, sizeof(text), "body %d", k);
		rendered_keep(&r, span_str(key), span_str(text));
		ck_assert(rendered_find(&r, span_str(key), &body) && span_is(body, text));
	}
	for (int k = 0; k < 1000; k++) {
		snprintf(key, sizeof(key), "key %d", k);
		snprintf(text, sizeof(text), "body %d", k);
		if (!rendered_find(&r, span_str(key), &body))
			continue;
		ck_assert(span_is(body, text));
		found++;
	}
	ck_assert_int_eq(found, RENDERED_SLOTS);
}
END_TEST

/* Whatever its revision, a page has one place: what is out of date takes no memory beside it. */
START_TEST(one_place_a_page)
{
	char key[32];
	struct span body;

	for (int k = 0; k < 100; k++) {
		snprintf(key, sizeof(key), "1.%d a page", k);
		rendered_keep(&r, span_str(key), SPAN("body"));
		ck_assert(rendered_find(&r, span_str(key), &body));
		snprintf(key, sizeof(key), "1.%d a page", k - 1);
		ck_assert(!rendered_find(&r, span_str(key), &body));
	}
}
END_TEST

static int made;

static int make(struct buf *out, void *arg)
{
	made++;
	buf_puts(out, "part");
	return *(int *)arg;
}

/* What could not be made is made again; what was there before stays before. */
START_TEST(made_once)
{
	struct buf out = BUF_INIT;
	int fails = E_UNAVAILABLE, works = OK;

	buf_puts(&out, "before ");
	ck_assert_int_eq(rendered_put(&r, SPAN("a"), &out, make, &fails), E_UNAVAILABLE);
	buf_reset(&out);
	buf_puts(&out, "before ");
	ck_assert_int_eq(rendered_put(&r, SPAN("a"), &out, make, &works), OK);
	ck_assert_int_eq(rendered_put(&r, SPAN("a"), &out, make, &works), OK);
	ck_assert(span_is(buf_span(&out), "before partpart"));
	ck_assert_int_eq(made, 2);
	ck_assert_int_eq(rendered_put(&r, SPAN(""), &out, make, &works), OK);
	ck_assert_int_eq(rendered_put(&r, SPAN(""), &out, make, &works), OK);
	ck_assert_int_eq(made, 4);
	out.cap = out.n + 1;
	ck_assert_int_eq(rendered_put(&r, SPAN("b"), &out, make, &works), E_TOO_BIG);
	ck_assert(!rendered_find(&r, SPAN("b"), &(struct span){0}));
	buf_release(&out);
}
END_TEST

Suite *page_rendered_suite(void)
{
	Suite *s = suite_create("page_rendered");
	TCase *c = tcase_create("rendered");

	tcase_add_checked_fixture(c, set_up, tear_down);
	tcase_add_test(c, found_under_its_key);
	tcase_add_test(c, not_kept);
	tcase_add_test(c, many);
	tcase_add_test(c, one_place_a_page);
	tcase_add_test(c, made_once);
	suite_add_tcase(s, c);
	return s;
}
