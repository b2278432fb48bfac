/* page_login.c: by what failed sign-ins are counted. */
#include "suites.h"

#include "page/login.h"

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
	struct span found = login_network(a, span_str(NETWORKS[_i].address));

	ck_assert_str_eq(arena_str(a, found), NETWORKS[_i].network);
	arena_free(a);
}
END_TEST

Suite *page_login_suite(void)
{
	Suite *s = suite_create("page_login");
	TCase *c = tcase_create("page_login");

	tcase_add_loop_test(c, networks, 0, (int)COUNT(NETWORKS));
	suite_add_tcase(s, c);
	return s;
}
