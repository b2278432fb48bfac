/* page_bind.c: what was typed into "Use an account integration", as a word of an address. */
#include "suites.h"

#include "page/bind_typed.h"
#include "seal/hash.h"

static struct arena *a;

static void set_up(void)
{
	a = arena_new();
}

static void tear_down(void)
{
	arena_free(a);
}

static struct bind_typed there_and_back(struct bind_typed t)
{
	struct bind_typed got;
	struct span word;

	ck_assert_int_eq(bind_typed_text(a, &t, &word), OK);
	ck_assert_uint_le(word.n, BIND_TYPED_MOST);
	ck_assert_int_eq(bind_typed_read(a, word, &got), OK);
	ck_assert(span_eq(got.slug, t.slug) && span_eq(got.name, t.name));
	ck_assert_int_eq(got.chose, t.chose);
	ck_assert_int_eq(got.all, t.chose && t.all);
	return got;
}

START_TEST(kept)
{
	static const int64_t IDS[] = {1, 2, 130, 131, 40000, INT64_C(1) << 40};
	struct bind_typed t = {.slug = SPAN("acme"), .name = SPAN("docker hub/\xC3\xA9 ")}, got;

	there_and_back(t);
	t.chose = t.all = true;
	there_and_back(t);
	t.all = false;
	ck_assert_uint_eq(there_and_back(t).n, 0);
	t.ids = IDS;
	t.n = COUNT(IDS);
	got = there_and_back(t);
	ck_assert_uint_eq(got.n, COUNT(IDS));
	ck_assert(memcmp(got.ids, IDS, sizeof(IDS)) == 0);
}
END_TEST

START_TEST(thousand)
{
	int64_t ids[1000];
	struct bind_typed t = {.slug = SPAN("acme"), .name = SPAN("x"), .chose = true, .ids = ids, .n = 1000};
	struct span word;

	for (int k = 0; k < 1000; k++)
		ids[k] = 5000 + 100 * k;
	ck_assert_uint_eq(there_and_back(t).n, 1000);
	for (int k = 0; k < 1000; k++)
		ids[k] = 5000 + 1000 * k;
	ck_assert_int_eq(bind_typed_text(a, &t, &word), E_TOO_BIG);
}
END_TEST

START_TEST(path)
{
	struct bind_typed t = {.slug = SPAN("acme"), .name = SPAN("x")};
	struct span word, to;

	ck_assert_int_eq(bind_typed_text(a, &t, &word), OK);
	to = bind_typed_path(a, word, 42);
	ck_assert(span_starts(to, SPAN("/s/acme/integrations/new?tab=own&use=42&typed=")));
	ck_assert_uint_lt(to.n, 2000);
}
END_TEST

/* Whatever somebody writes into an address: it leads nowhere else. */
static void leads_nowhere(struct span word)
{
	struct bind_typed t;

	ck_assert_int_eq(bind_typed_read(a, word, &t), E_INVALID);
	ck_assert(!bind_typed_path(a, word, 1).p);
}

static struct span word_of(const char *bytes, size_t n)
{
	return base64_text(a, span_of(bytes, n));
}
#define WORD(literal) word_of(literal, sizeof(literal) - 1)

START_TEST(forged)
{
	struct bind_typed t = {.slug = SPAN("acme"), .name = SPAN("x")};
	struct span word;
	char *long_word = arena_alloc(a, BIND_TYPED_MOST + 1);

	leads_nowhere(SPAN_NONE);
	leads_nowhere(SPAN(""));
	leads_nowhere(SPAN("//evil.example/"));
	leads_nowhere(SPAN("/s/acme/integrations/new"));
	leads_nowhere(WORD("\0\0\0\x0e//evil.example\0\0\0\0\0"));
	leads_nowhere(WORD("\0\0\0\x06../../\0\0\0\0\0"));
	leads_nowhere(WORD("\0\0\0\x04" "acme\0\0\0\x01\n\0"));
	leads_nowhere(WORD("\0\0\0\x04" "acme\0\0\0\x01\xff\0"));
	leads_nowhere(WORD("\0\0\0\x04" "acme\0\0\0\0\x03"));
	leads_nowhere(WORD("\0\0\0\x04" "acme\0\0\0\0\x01\x01"));
	leads_nowhere(WORD("\0\0\0\x04" "acme\0\0\0\0\x02\x01\0"));
	leads_nowhere(WORD("\0\0\0\x04" "acme\0\0\0\0\x02\x80"));
	leads_nowhere(WORD("\0\0\0\x04" "acme\0\0\0\0\x02\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f"));
	leads_nowhere(WORD("\0\0\0\xff" "acme"));
	t.slug = SPAN("Not/A/Slug");
	ck_assert_int_eq(bind_typed_text(a, &t, &word), OK);
	leads_nowhere(word);
	memset(long_word, 'A', BIND_TYPED_MOST + 1);
	leads_nowhere(span_of(long_word, BIND_TYPED_MOST + 1));
}
END_TEST

Suite *page_bind_suite(void)
{
	Suite *s = suite_create("page_bind");
	TCase *c = tcase_create("typed");

	tcase_add_checked_fixture(c, set_up, tear_down);
	tcase_add_test(c, kept);
	tcase_add_test(c, thousand);
	tcase_add_test(c, path);
	tcase_add_test(c, forged);
	suite_add_tcase(s, c);
	return s;
}
