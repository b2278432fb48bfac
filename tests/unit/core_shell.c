/* core_shell.c: words for a shell, as a shell reads them. */
#include "unit/suites.h"

#include "core/shell.h"

static const struct {
	const char *text, *word;
} WORDS[] = {
	{"acme/web-2_x.y", "acme/web-2_x.y"},
	{"", "''"},
	{"a b", "'a b'"},
	{"it's", "'it'\\''s'"},
	{"'", "''\\'''"},
	{"$x `y` \\ \"z\" !", "'$x `y` \\ \"z\" !'"},
	{"~", "'~'"},
	{"\xC3\xA4", "'\xC3\xA4'"},
};

START_TEST(words)
{
	struct arena *a = arena_new();
	struct span word = shell_word(a, span_str(WORDS[_i].text));

	ck_assert_msg(span_is(word, WORDS[_i].word), "%.*s", SPAN_ARG(word));
	arena_free(a);
}
END_TEST

Suite *core_shell_suite(void)
{
	Suite *s = suite_create("core_shell");
	TCase *c = tcase_create("shell");

	tcase_add_loop_test(c, words, 0, (int)COUNT(WORDS));
	suite_add_tcase(s, c);
	return s;
}
