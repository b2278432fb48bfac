/* core_git_host.c: addresses of repositories, and links to a line of a file there. */
#include "unit/suites.h"

#include "core/git_host.h"

static struct arena *arena;

static void set_up(void)
{
	arena = arena_new();
}

static void tear_down(void)
{
	arena_free(arena);
}

/* --- links --- */

static const struct {
	const char *url;
	enum git_host host;
	const char *path, *link;
} LINKS[] = {
	{"https://github.com/acme/web", GIT_HOST_AUTO, "shippable.yml",
	 "https://github.com/acme/web/blob/HEAD/shippable.yml#L12"},
	{"https://github.com/acme/web.git", GIT_HOST_AUTO, "shippable.yml",
	 "https://github.com/acme/web/blob/HEAD/shippable.yml#L12"},
	{"https://github.com/acme/web/", GIT_HOST_AUTO, "ci/a b#%?.yml",
	 "https://github.com/acme/web/blob/HEAD/ci/a%20b%23%25%3F.yml#L12"},
	{"https://github.acme.example:8443/acme/web", GIT_HOST_AUTO, "\xC3\xBC/+&\"<.yml",
	 "https://github.acme.example:8443/acme/web/blob/HEAD/%C3%BC/%2B%26%22%3C.yml#L12"},
	{"https://gitlab.com/acme/tools/web.git", GIT_HOST_AUTO, "ci/a.yml",
	 "https://gitlab.com/acme/tools/web/-/blob/HEAD/ci/a.yml#L12"},
	{"http://GitLab.acme.example/web/x", GIT_HOST_AUTO, "a.yml",
	 "http://GitLab.acme.example/web/x/-/blob/HEAD/a.yml#L12"},
	{"https://bitbucket.org/acme/web", GIT_HOST_AUTO, "a.yml",
	 "https://bitbucket.org/acme/web/src/HEAD/a.yml#lines-12"},
	{"https://bitbucket.acme.example/projects/AC/repos/web", GIT_HOST_AUTO, "ci/a.yml",
	 "https://bitbucket.acme.example/projects/AC/repos/web/browse/ci/a.yml#12"},
	{"https://bitbucket.acme.example/projects/AC/repos/web/browse", GIT_HOST_AUTO, "a.yml",
	 "https://bitbucket.acme.example/projects/AC/repos/web/browse/a.yml#12"},
	{"https://code.acme.example/git/scm/ac/web.git", GIT_HOST_AUTO, "a.yml",
	 "https://code.acme.example/git/projects/ac/repos/web/browse/a.yml#12"},
	{"https://code.acme.example/scm/~ann/web.git", GIT_HOST_AUTO, "a.yml",
	 "https://code.acme.example/users/ann/repos/web/browse/a.yml#12"},
	{"https://codeberg.org/acme/web", GIT_HOST_AUTO, "a.yml",
	 "https://codeberg.org/acme/web/src/branch/HEAD/a.yml#L12"},
	{"https://gitea.acme.example/sub/acme/web.git/", GIT_HOST_AUTO, "a.yml",
	 "https://gitea.acme.example/sub/acme/web/src/branch/HEAD/a.yml#L12"},
	/* what was chosen counts, whatever the host is called */
	{"https://code.acme.example/acme/web", GIT_HOST_GITEA, "a.yml",
	 "https://code.acme.example/acme/web/src/branch/HEAD/a.yml#L12"},
	{"https://github.com/acme/web", GIT_HOST_GITLAB, "a.yml",
	 "https://github.com/acme/web/-/blob/HEAD/a.yml#L12"},
	{"https://code.acme.example/acme/web", GIT_HOST_BITBUCKET_SERVER, "a.yml",
	 "https://code.acme.example/acme/web/browse/a.yml#12"},
	/* nobody knows */
	{"https://code.acme.example/acme/web", GIT_HOST_AUTO, "a.yml", NULL},
	{"https://github.com/acme/web", GIT_HOST_OTHER, "a.yml", NULL},
	{"", GIT_HOST_AUTO, "a.yml", NULL},
	{"", GIT_HOST_GITHUB, "a.yml", NULL},
};

START_TEST(links)
{
	struct git_place place = {span_str(LINKS[_i].url), LINKS[_i].host};
	struct span link = git_line_url(arena, &place, span_str(LINKS[_i].path), 12);

	if (place.url.n)
		ck_assert(!git_url_fault(arena, place.url).p);
	ck_assert_pstr_eq(link.p, LINKS[_i].link);
}
END_TEST

/* --- what is wrong --- */

static const struct {
	const char *url, *sentence; /* a part of it */
} FAULTS[] = {
	{"", "Write a URL"},
	{"github.com/acme/web", "with its scheme"},
	{"ftp://github.com/acme/web", "https://"},
	{"javascript:alert(1)//github.com/acme", "scheme"},
	{"https://ann:s3cret@github.com/acme/web", "Take out the user name or password"},
	{"https://token@github.com/acme/web", "Take out the user name or password"},
	{"https://github.com", "of the repository, not of its host"},
	{"https://github.com//", "of the repository, not of its host"},
	{"https://github.com/acme/web?token=s3cret", "Leave out the ?"},
	{"https://github.com/acme/web#readme", "Leave out the #"},
	{"https://github.com/acme/my web", "%20"},
	{"git@github.com:acme/web.git", "opens: https://github.com/acme/web"},
	{"ssh://git@git.acme.example/acme/web.git", "opens: https://git.acme.example/acme/web"},
	{"ssh://git@git.acme.example:7999/ac/web.git", "such as https://github.com/acme/web"},
	{"git@github.com", "such as https://github.com/acme/web"},
	{"git@:x", "such as https://github.com/acme/web"},
	{"git@h\xC3\xBC:a b", "such as https://github.com/acme/web"},
	{"https://github.com/acme/web/blob/main/shippable.yml",
	 "itself: https://github.com/acme/web"},
	{"https://bitbucket.org/acme/web/src", "itself: https://bitbucket.org/acme/web"},
	{"https://gitlab.com/a/b/c/-/tree/main", "itself: https://gitlab.com/a/b/c"},
};

START_TEST(faults)
{
	struct span fault = git_url_fault(arena, span_str(FAULTS[_i].url));

	ck_assert_ptr_nonnull(fault.p);
	ck_assert_msg(strstr(fault.p, FAULTS[_i].sentence), "%s", fault.p);
	/* whatever stands there for a password is not said again */
	ck_assert_ptr_null(strstr(fault.p, "s3cret"));
	ck_assert_ptr_null(strstr(fault.p, "token"));
}
END_TEST

START_TEST(too_long)
{
	char url[GIT_URL_CHARS_MAX + 2];

	memset(url, 'a', sizeof(url));
	memcpy(url, "https://github.com/", 19);
	url[sizeof(url) - 1] = '\0';
	ck_assert_ptr_nonnull(strstr(git_url_fault(arena, span_str(url)).p, "500 characters"));
	url[sizeof(url) - 2] = '\0';
	ck_assert(!git_url_fault(arena, span_str(url)).p);
}
END_TEST

START_TEST(words)
{
	enum git_host host;

	for (int k = 0; k < GIT_HOSTS; k++) {
		ck_assert_int_eq(git_host_read(git_host_word((enum git_host)k), &host), OK);
		ck_assert_int_eq(host, k);
		ck_assert(git_host_text((enum git_host)k).n);
	}
	ck_assert_int_eq(git_host_read(SPAN("Github"), &host), E_INVALID);
	ck_assert_int_eq(git_host_read(SPAN(""), &host), E_INVALID);
	ck_assert(span_is(git_url_host(SPAN("http://a.example:8080/x")), "a.example:8080"));
}
END_TEST

Suite *core_git_host_suite(void)
{
	Suite *s = suite_create("core_git_host");
	TCase *t = tcase_create("git_host");

	tcase_add_checked_fixture(t, set_up, tear_down);
	tcase_add_loop_test(t, links, 0, COUNT(LINKS));
	tcase_add_loop_test(t, faults, 0, COUNT(FAULTS));
	tcase_add_test(t, too_long);
	tcase_add_test(t, words);
	suite_add_tcase(s, t);
	return s;
}
