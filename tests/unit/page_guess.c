/* page_guess.c: by what wrong passwords are counted. */
#include "suites.h"

#include "page/guess.h"

static const struct {
	const char *address, *network;
} NETWORKS[] = {
	{"192.0.2.7", "192.0.2.7"},
	{"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"},
	{"2001:db8:1:2::1", "2001:db8:1:2::/64"},
	{"2001:DB8:1:2:ffff::", "2001:db8:1:2::/64"},
	{"2001:db8:1:3::1", "2001:db8:1:3::/64"},
	{"::ffff:192.0.2.7", "::ffff:192.0.2.7"},
	{"::1", "::/64"},
	{"unix:", "unix:"},
	{"", ""},
};

START_TEST(networks)
{
	struct arena *a = arena_new();
	struct span found = guess_network(a, span_str(NETWORKS[_i].address));

	ck_assert_str_eq(arena_str(a, found), NETWORKS[_i].network);
	arena_free(a);
}
END_TEST

Suite *page_guess_suite(void)
{
	Suite *s = suite_create("page_guess");
	TCase *c = tcase_create("page_guess");

	tcase_add_loop_test(c, networks, 0, (int)COUNT(NETWORKS));
	suite_add_tcase(s, c);
	return s;
}
