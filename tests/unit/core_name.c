/* core_name.c: names and keys. */
#include "unit/suites.h"

#include "core/name.h"

#define TEN "0123456789"
#define SEVENTY_NINE TEN TEN TEN TEN TEN TEN TEN "012345678"

/* `says`: a piece of the sentence; NULL = the name is fine. */
static const struct {
	struct span name;
	const char *says;
} NAMES[] = {
	{SPAN("jenkins"), NULL},
	{SPAN("docker hub"), NULL},
	{SPAN("DC/OS"), NULL},
	{SPAN("Slack (DevTac)"), NULL},
	{SPAN("<b>&'\"$x;"), NULL},
	{SPAN("a"), NULL},
	{SPAN("caf\xC3\xA9"), NULL},
	{SPAN("\xE6\x9D\xB1\xE4\xBA\xAC \xF0\x9F\x9A\x80"), NULL},
	{SPAN(SEVENTY_NINE "9"), NULL},
	{SPAN(SEVENTY_NINE "\xF0\x9F\x9A\x80"), NULL},
	{SPAN_NONE, "Give it a name"},
	{SPAN(""), "Give it a name"},
	{SPAN(SEVENTY_NINE "90"), "it has 81 characters"},
	{SPAN(SEVENTY_NINE "\xF0\x9F\x9A\x80x"), "it has 81 characters"},
	{SPAN(" x"), "space at the beginning"},
	{SPAN("x "), "space at the beginning or the end"},
	{SPAN(" "), "space"},
	{SPAN("x\xC2\xA0"), "space"},               /* no-break space */
	{SPAN("\xE3\x80\x80x"), "space"},           /* ideographic space */
	{SPAN("a\nb"), "U+000A (character 2)"},
	{SPAN("a\tb"), "U+0009"},
	{SPAN("a\0b"), "U+0000"},
	{SPAN("a\x7F"), "U+007F"},
	{SPAN("a\xC2\x85" "b"), "U+0085"},          /* Cc beyond ASCII */
	{SPAN("a\xC2\xAD" "b"), "U+00AD"},          /* Cf: soft hyphen */
	{SPAN("a\xE2\x80\x8B" "b"), "U+200B"},      /* Cf: zero width space */
	{SPAN("x\xE2\x80\xAEy"), "U+202E"},         /* Cf: right-to-left override */
	{SPAN("\xEF\xBB\xBFx"), "U+FEFF"},          /* Cf: byte order mark */
	{SPAN("x\xF3\xA0\x81\x81"), "U+E0041"},     /* Cf: tag */
	{SPAN("x\xE2\x80\xA8y"), "U+2028"},         /* Zl */
	{SPAN("x\xE2\x80\xA9y"), "U+2029"},         /* Zp */
	{SPAN("x\xEE\x80\x80"), "U+E000"},          /* Co */
	{SPAN("x\xF4\x8F\xBF\xBD"), "U+10FFFD"},    /* Co */
	{SPAN("cafe\xCC\x81"), "NFC"},              /* e and accent apart */
	{SPAN("\xE2\x84\xAB"), "NFC"},              /* angstrom sign for A with ring */
	{SPAN("\xE1\x84\x80\xE1\x85\xA1"), "NFC"},  /* Hangul in pieces */
	{SPAN("\xFF"), "UTF-8"},
	{SPAN("x\xC3"), "UTF-8"},
	{SPAN("\xED\xA0\x80"), "UTF-8"},            /* Cs can come only like this */
	{SPAN("\xC0\xA0"), "UTF-8"},
};

/* ASCII without control characters: then it repeats nothing odd. */
static void expect(struct span fault, const char *says)
{
	if (!says) {
		ck_assert_msg(fault.p == NULL, "%.*s", SPAN_ARG(fault));
		return;
	}
	ck_assert(fault.p != NULL);
	ck_assert_msg(memmem(fault.p, fault.n, says, strlen(says)) != NULL, "%.*s is not about %s",
		      SPAN_ARG(fault), says);
	for (size_t i = 0; i < fault.n; i++)
		ck_assert_msg(fault.p[i] >= ' ' && fault.p[i] < 0x7F, "byte %zu of %s", i, fault.p);
}

START_TEST(names)
{
	struct arena *a = arena_new();

	expect(name_fault(a, NAMES[_i].name), NAMES[_i].says);
	arena_free(a);
}
END_TEST

START_TEST(a_huge_name_is_refused_soon)
{
	struct arena *a = arena_new();
	struct span name = span_of(arena_alloc(a, 1000000), 1000000);

	memset((char *)name.p, 'x', name.n);
	expect(name_fault(a, name), "it has 1000000 characters");
	arena_free(a);
}
END_TEST

/* What may stand in a URL's key, and in a pair's. */
static const struct {
	struct span key;
	const char *url_says, *pair_says;
} KEYS[] = {
	{SPAN("apiUrl"), NULL, NULL},
	{SPAN("_x9"), NULL, NULL},
	{SPAN("web.url-2"), NULL, "U+002E"},
	{SPAN("a-b"), NULL, "U+002D"},
	{SPAN("9a"), "digit", "digit"},
	{SPAN(""), "Give it a key", "Give it a key"},
	{SPAN("a b"), "a blank", "a blank"},
	{SPAN("a\0b"), "U+0000", "U+0000"},
	{SPAN("a="), "U+003D", "U+003D"},
	{SPAN("a$b"), "U+0024", "U+0024"},
	{SPAN("caf\xC3\xA9"), "U+00E9", "U+00E9"},
	{SPAN("a\xE2\x80\xAE"), "U+202E", "U+202E"},
	{SPAN("a\xFF"), "UTF-8", "UTF-8"},
	{SPAN("a\n"), "U+000A", "U+000A"},
	{SPAN("a" SEVENTY_NINE), NULL, NULL},
	{SPAN("ab" SEVENTY_NINE), "it has 81 characters", "it has 81 characters"},
};

START_TEST(keys)
{
	struct arena *a = arena_new();

	expect(name_url_key_fault(a, KEYS[_i].key), KEYS[_i].url_says);
	expect(name_pair_key_fault(a, KEYS[_i].key), KEYS[_i].pair_says);
	arena_free(a);
}
END_TEST

static const struct {
	struct span slug;
	const char *says;
} SLUGS[] = {
	{SPAN("acme"), NULL},
	{SPAN("a"), NULL},
	{SPAN("9"), NULL},
	{SPAN("acme-2-eu"), NULL},
	{SPAN("0123456789012345678901234567890123456789"), NULL},
	{SPAN("01234567890123456789012345678901234567890"), "it has 41 characters"},
	{SPAN(""), "Give it a short name"},
	{SPAN("Acme"), "U+0041"},
	{SPAN("ac me"), "a blank"},
	{SPAN("acme "), "a blank"},
	{SPAN("-acme"), "Begin and end"},
	{SPAN("acme-"), "Begin and end"},
	{SPAN("-"), "Begin and end"},
	{SPAN("a/b"), "U+002F"},
	{SPAN(".."), "U+002E"},
	{SPAN("a\0b"), "U+0000"},
	{SPAN("caf\xC3\xA9"), "U+00E9"},
	{SPAN("a\xFF"), "UTF-8"},
};

START_TEST(slugs)
{
	struct arena *a = arena_new();

	expect(name_slug_fault(a, SLUGS[_i].slug), SLUGS[_i].says);
	arena_free(a);
}
END_TEST

START_TEST(logins)
{
	struct arena *a = arena_new();

	expect(name_login_fault(a, SPAN("")), "Give it a login");
	for (size_t k = 0; k < COUNT(NAMES); k++)
		if (NAMES[k].name.n)
			expect(name_login_fault(a, NAMES[k].name), NAMES[k].says);
	/* nobody passes for a sync token in an audit trail */
	expect(name_login_fault(a, SPAN("token nightly")), "sync token");
	expect(name_login_fault(a, SPAN("Token nightly")), "sync token");
	expect(name_login_fault(a, SPAN("token")), NULL);
	expect(name_login_fault(a, SPAN("tokenist")), NULL);
	arena_free(a);
}
END_TEST

Suite *core_name_suite(void)
{
	Suite *s = suite_create("core_name");
	TCase *t = tcase_create("core_name");

	tcase_add_loop_test(t, names, 0, (int)COUNT(NAMES));
	tcase_add_test(t, a_huge_name_is_refused_soon);
	tcase_add_loop_test(t, keys, 0, (int)COUNT(KEYS));
	tcase_add_loop_test(t, slugs, 0, (int)COUNT(SLUGS));
	tcase_add_test(t, logins);
	suite_add_tcase(s, t);
	return s;
}
