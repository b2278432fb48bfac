/* core_url.c: origins of URLs, checked against a third reader: libcurl, which will fetch them. */
#include "unit/suites.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <stdlib.h>
#include <strings.h>

#include "core/url.h"

static const char *const WITH_SSH[] = {"https", "ssh", "git", NULL};

#define LABEL63 "abcdefghijklmnopqrstuvwxyz-0123456789-abcdefghijklmnopqrstuvwxy"
#define HOST253 LABEL63 "." LABEL63 "." LABEL63 "." "abcdefghijklmnopqrstuvwxyz-0123456789-" \
	"abcdefghijklmnopqrstuvw"

static const struct {
	const char *url, *origin;
} ACCEPTED[] = {
	{"https://ci.example", "https://ci.example:443"},
	{"http://ci.example", "http://ci.example:80"},
	{"http://ci.example/", "http://ci.example:80"},
	{"https://ci.example/blue", "https://ci.example:443"},
	{"https://ci.example/a/../b/./c//d", "https://ci.example:443"},
	{"HTTPS://CI.Example/Blue", "https://ci.example:443"},
	{"https://ci.example:443/", "https://ci.example:443"},
	{"https://ci.example:8443/x?y=z&u=/a?b", "https://ci.example:8443"},
	{"https://ci.example?query", "https://ci.example:443"},
	{"https://ci.example:1?q", "https://ci.example:1"},
	{"http://ci.example:443", "http://ci.example:443"},
	{"http://ci.example:65535", "http://ci.example:65535"},
	{"http://localhost:8080/jenkins", "http://localhost:8080"},
	{"http://jenkins", "http://jenkins:80"},
	{"https://registry.example.com/@scope/package", "https://registry.example.com:443"},
	{"https://ci.example/?mail=a@evil.example", "https://ci.example:443"},
	{"https://ci.example?@evil.example/", "https://ci.example:443"},
	{"https://ci.example/:80", "https://ci.example:443"},
	{"https://ci.example//evil.example", "https://ci.example:443"},
	{"https://ci.example/%41%2F%40", "https://ci.example:443"},
	{"https://ci.example/~a;b=c,d!$&'()*+", "https://ci.example:443"},
	{"https://xn--bcher-kva.example/x", "https://xn--bcher-kva.example:443"},
	{"https://a--b.example", "https://a--b.example:443"},
	{"https://192.0.2.10/x", "https://192.0.2.10:443"},
	{"http://127.0.0.1:9000", "http://127.0.0.1:9000"},
	{"http://255.255.255.255", "http://255.255.255.255:80"},
	{"https://1.2.3.4.example", "https://1.2.3.4.example:443"},
	{"https://0x7f.example", "https://0x7f.example:443"},
	{"https://4a", "https://4a:443"},
	{"http://[::1]", "http://[::1]:80"},
	{"http://[2001:DB8:0:0::10]:8080/x", "http://[2001:db8::10]:8080"},
	{"http://[2001:db8:0:0:0:0:0:10]", "http://[2001:db8::10]:80"},
	{"http://[64:ff9b::192.0.2.1]", "http://[64:ff9b::c000:201]:80"},
	{"https://" HOST253, "https://" HOST253 ":443"},
};

static const struct {
	struct span url;
	const char *says;
} REFUSED[] = {
	{SPAN(""), "Write a URL"},
	/* no scheme: the host comes back, never the path */
	{SPAN("ci.example/blue"), "scheme: https://ci.example/..."},
	{SPAN("ci.example:8080/blue"), "scheme: https://ci.example/..."},
	{SPAN("//ci.example/blue"), "scheme: https://"},
	{SPAN("/blue"), "scheme: https://"},
	{SPAN("https:ci.example"), "scheme: https://"},
	{SPAN("https:/ci.example"), "scheme: https://"},
	{SPAN("://ci.example"), "scheme: https://"},
	{SPAN("user@ci.example"), "scheme: https://ci.example/..."},
	{SPAN("javascript:alert(1)"), "scheme: https://"},
	{SPAN("?https://ci.example"), "scheme: https://"},
	/* other schemes */
	{SPAN("ftp://ci.example"), "begins with http:// or https://;"},
	{SPAN("file:///etc/passwd"), "begins with http"},
	{SPAN("ssh://ci.example"), "begins with http"},
	{SPAN("httpss://ci.example"), "begins with http"},
	{SPAN("ht%74p://ci.example"), "begins with http"},
	{SPAN("view-source:https://ci.example"), "scheme: https://"},
	/* nothing to sign in with */
	{SPAN("https://user@ci.example"), "user name or password"},
	{SPAN("https://user:word@ci.example"), "user name or password"},
	{SPAN("https://@ci.example"), "user name or password"},
	{SPAN("https://ci.example:80@evil.example"), "user name or password"},
	{SPAN("https://ci.example@evil.example@third.example"), "user name or password"},
	{SPAN("https://a@[::1]/"), "user name or password"},
	/* bytes */
	{SPAN(" https://ci.example"), "blank"},
	{SPAN("https://ci.example "), "blank"},
	{SPAN("https://ci.example/a b"), "%20"},
	{SPAN("https://ci.example\n"), "control character"},
	{SPAN("https://ci.example\r\nHost: x"), "control character"},
	{SPAN("https://ci\t.example"), "control character"},
	{SPAN("https://ci.example\0.evil.example"), "control character"},
	{SPAN("https://ci.example/\x7F"), "control character"},
	{SPAN("https:\\\\ci.example"), "backslash"},
	{SPAN("https://ci.example\\@evil.example"), "backslash"},
	{SPAN("https://ci.example/\\x"), "backslash"},
	{SPAN("https://b\xC3\xBC" "cher.example"), "xn--"},
	{SPAN("https://ci.example/\xC3\xBC"), "percent-encoded"},
	{SPAN("https://evil\xE3\x80\x82" "example"), "xn--"},
	{SPAN("https://\xE2\x91\xA0.example"), "xn--"},
	{SPAN("https://ci.example/\xFF"), "percent-encoded"},
	{SPAN("https://ci.example#"), "Leave out the #"},
	{SPAN("https://ci.example#@evil.example/"), "Leave out the #"},
	{SPAN("https://ci.example/a#b"), "Leave out the #"},
	{SPAN("https://ci.example/{a}"), "Write { as %7B"},
	{SPAN("https://ci.example/a|b"), "Write | as %7C"},
	{SPAN("https://ci.example/\"'><"), "Write \" as %22"},
	{SPAN("https://ci.example/?jobs[name]"), "Write [ as %5B"},
	/* escapes */
	{SPAN("https://ci.example/%"), "%25"},
	{SPAN("https://ci.example/%4"), "%25"},
	{SPAN("https://ci.example/%zz"), "%25"},
	{SPAN("https://ci.example/?a=%%41"), "%25"},
	{SPAN("https://ci.example/%00"), "%00"},
	/* host */
	{SPAN("https://"), "host after the two slashes"},
	{SPAN("https:///ci.example"), "host after the two slashes"},
	{SPAN("https://?x"), "host after the two slashes"},
	{SPAN("https://:443"), "host after the two slashes"},
	{SPAN("https://ci.example."), "dot at the end"},
	{SPAN("https://ci.example.:443/"), "dot at the end"},
	{SPAN("https://."), "dot at the end"},
	{SPAN("https://127.0.0.1."), "dot at the end"},
	{SPAN("https://ci..example"), "letters, digits"},
	{SPAN("https://.ci.example"), "letters, digits"},
	{SPAN("https://-ci.example"), "no hyphen at either end"},
	{SPAN("https://ci-.example"), "no hyphen at either end"},
	{SPAN("https://my_jenkins"), "letters, digits"},
	{SPAN("https://ci,evil.example"), "letters, digits"},
	{SPAN("https://ci;evil.example"), "letters, digits"},
	{SPAN("https://*.example"), "letters, digits"},
	{SPAN("https://ci%2Eexample"), "without % escapes"},
	{SPAN("https://%63i.example"), "without % escapes"},
	{SPAN("https://ci.example%40evil.example"), "without % escapes"},
	{SPAN("https://ci.example%2F@evil.example"), "user name or password"},
	{SPAN("https://" LABEL63 "x.example"), "1 to 63 characters"},
	{SPAN("https://" HOST253 "x"), "253 characters"},
	/* IPv4 */
	{SPAN("http://0.0.0.0"), "0 means none"},
	{SPAN("http://0.1.2.3"), "0 means none"},
	{SPAN("http://0"), "four decimal numbers"},
	{SPAN("http://127.1"), "four decimal numbers"},
	{SPAN("http://2130706433"), "four decimal numbers"},
	{SPAN("http://0x7f000001"), "four decimal numbers"},
	{SPAN("http://0X7F.1"), "four decimal numbers"},
	{SPAN("http://127.0.0.0x1"), "four decimal numbers"},
	{SPAN("http://0x"), "four decimal numbers"},
	{SPAN("http://0177.0.0.1"), "four decimal numbers"},
	{SPAN("http://127.0.0.01"), "four decimal numbers"},
	{SPAN("http://127.0.0.256"), "four decimal numbers"},
	{SPAN("http://127.0.0.1.1"), "four decimal numbers"},
	{SPAN("http://ci.example.1"), "four decimal numbers"},
	/* IPv6 */
	{SPAN("http://::1"), "in brackets"},
	{SPAN("http://2001:db8::10:80/"), "in brackets"},
	{SPAN("http://[::1"), "Close the bracket"},
	{SPAN("http://[]"), "valid IPv6"},
	{SPAN("http://[::1]x"), "nothing but a port"},
	{SPAN("http://[::1].example"), "nothing but a port"},
	{SPAN("http://[::1]]"), "nothing but a port"},
	{SPAN("http://[fe80::1%25eth0]"), "zone"},
	{SPAN("http://[fe80::1%eth0]"), "zone"},
	{SPAN("http://[::ffff:127.0.0.1]"), "IPv4 address itself"},
	{SPAN("http://[::127.0.0.1]"), "IPv4 address itself"},
	{SPAN("http://[::7f00:1]"), "IPv4 address itself"},
	{SPAN("http://[::]"), "0 means none"},
	{SPAN("http://[0:0:0:0:0:0:0:0]"), "0 means none"},
	{SPAN("http://[v1.x]"), "valid IPv6"},
	{SPAN("http://[127.0.0.1]"), "valid IPv6"},
	{SPAN("http://[12345::1]"), "valid IPv6"},
	{SPAN("http://[ci.example]"), "valid IPv6"},
	{SPAN("http://x[::1]"), "in brackets"},
	{SPAN("http://x[1]"), "letters, digits"},
	/* port */
	{SPAN("https://ci.example:"), "1 to 65535"},
	{SPAN("https://ci.example:/x"), "1 to 65535"},
	{SPAN("https://ci.example:0"), "1 to 65535"},
	{SPAN("https://ci.example:0443"), "1 to 65535"},
	{SPAN("https://ci.example:65536"), "1 to 65535"},
	{SPAN("https://ci.example:99999999999999999999"), "1 to 65535"},
	{SPAN("https://ci.example:+443"), "1 to 65535"},
	{SPAN("https://ci.example:4a3"), "1 to 65535"},
	{SPAN("https://ci.example:%34%34%33"), "1 to 65535"},
	{SPAN("https://[::1]:"), "1 to 65535"},
	{SPAN("https://ci.example:80:90"), "one port"},
};

/* What libcurl makes of it; and the same of the origin, part by part. */
static char *part_of(const char *url, CURLUPart part)
{
	CURLU *u = curl_url();
	char *text = NULL;

	ck_assert_ptr_nonnull(u);
	ck_assert_msg(curl_url_set(u, CURLUPART_URL, url, 0) == CURLUE_OK, "libcurl: %s", url);
	ck_assert_int_eq(curl_url_get(u, part, &text, CURLU_DEFAULT_PORT), CURLUE_OK);
	curl_url_cleanup(u);
	return text;
}

static bool same_host(const char *a, const char *b)
{
	struct in6_addr x, y;
	char ours[64], theirs[64];

	if (*a != '[' || *b != '[')
		return strcasecmp(a, b) == 0;
	snprintf(ours, sizeof(ours), "%.*s", (int)strcspn(a + 1, "]"), a + 1);
	snprintf(theirs, sizeof(theirs), "%.*s", (int)strcspn(b + 1, "]"), b + 1);
	return inet_pton(AF_INET6, ours, &x) == 1 && inet_pton(AF_INET6, theirs, &y) == 1 &&
	       memcmp(&x, &y, sizeof(x)) == 0;
}

static void expect_libcurl_to_agree(const char *url, const char *origin)
{
	static const CURLUPart PARTS[] = {CURLUPART_SCHEME, CURLUPART_HOST, CURLUPART_PORT};

	for (size_t i = 0; i < COUNT(PARTS); i++) {
		char *theirs = part_of(url, PARTS[i]), *ours = part_of(origin, PARTS[i]);
		ck_assert_msg(same_host(theirs, ours), "%s: libcurl reads %s, we %s", url, theirs,
			      ours);
		curl_free(theirs);
		curl_free(ours);
	}
}

START_TEST(accepted)
{
	const char *url = ACCEPTED[_i].url;
	struct arena *a = arena_new();
	struct span origin = SPAN_NONE, again = SPAN_NONE, fault;
	int rc = url_origin(a, span_str(url), NULL, &origin, &fault);

	ck_assert_msg(rc == OK, "%s: %.*s", url, SPAN_ARG(fault));
	ck_assert_ptr_null(fault.p);
	ck_assert_str_eq(arena_str(a, origin), ACCEPTED[_i].origin);
	ck_assert_uint_le(origin.n, ORIGIN_BYTES_MAX);
	ck_assert_int_eq(url_origin(a, origin, NULL, &again, &fault), OK);
	ck_assert(span_eq(origin, again));
	expect_libcurl_to_agree(url, ACCEPTED[_i].origin);
	arena_free(a);
}
END_TEST

START_TEST(refused)
{
	const char *says = REFUSED[_i].says;
	struct arena *a = arena_new();
	struct span origin = SPAN_NONE, fault = SPAN_NONE;
	int rc = url_origin(a, REFUSED[_i].url, NULL, &origin, &fault);

	ck_assert_msg(rc == E_INVALID, "%.*s is accepted", SPAN_ARG(REFUSED[_i].url));
	ck_assert_ptr_null(origin.p);
	ck_assert_msg(memmem(fault.p, fault.n, says, strlen(says)) != NULL, "%.*s: %.*s",
		      SPAN_ARG(REFUSED[_i].url), SPAN_ARG(fault));
	for (size_t i = 0; i < fault.n; i++)
		ck_assert(fault.p[i] >= ' ' && fault.p[i] < 0x7F);
	arena_free(a);
}
END_TEST

START_TEST(length_has_an_end)
{
	char url[URL_BYTES_MAX + 1];
	struct arena *a = arena_new();
	struct span origin, fault;

	memset(url, 'x', sizeof(url));
	memcpy(url, "https://ci.example/", 19);
	ck_assert_int_eq(url_origin(a, span_of(url, URL_BYTES_MAX), NULL, &origin, &fault), OK);
	ck_assert_int_eq(url_origin(a, span_of(url, URL_BYTES_MAX + 1), NULL, &origin, &fault),
			 E_INVALID);
	ck_assert(span_is(fault, "Shorten the URL: 2000 characters are the most."));
	arena_free(a);
}
END_TEST

START_TEST(a_sentence_repeats_no_secret)
{
	static const char *const URLS[] = {
		"hooks.example/services/CANARY", "https:/hooks.example/CANARY", "CANARY",
		"xoxb-1-CANARY", "eyJh.CANARY.sig", "https://CANARY@ci.example",
		"https://u:CANARY@ci.example", "https://ci.example/CANARY#x", "CANARY://x",
		"https://ci.example/CANARY%", "https://ci.example/{CANARY", "ftp://x/CANARY",
		"https://ci.example:80/CANARY[", "https://CANARY_x/", "http://[CANARY]",
	};
	struct arena *a = arena_new();
	struct span origin, fault;

	for (size_t i = 0; i < COUNT(URLS); i++) {
		ck_assert_int_eq(url_origin(a, span_str(URLS[i]), NULL, &origin, &fault),
				 E_INVALID);
		ck_assert_msg(!strcasestr(arena_str(a, fault), "canary"), "%s", fault.p);
	}
	arena_free(a);
}
END_TEST

START_TEST(schemes_are_the_whole_list)
{
	struct arena *a = arena_new();
	struct span origin, fault;

	ck_assert_int_eq(url_origin(a, SPAN("ssh://host.example"), WITH_SSH, &origin, &fault), OK);
	ck_assert(span_is(origin, "ssh://host.example:22"));
	ck_assert_int_eq(url_origin(a, SPAN("http://x.example"), WITH_SSH, &origin, &fault),
			 E_INVALID);
	ck_assert(span_is(fault, "Use a URL that begins with https://, ssh:// or git://; "
				 "others are not supported here."));
	ck_assert_int_eq(url_origin(a, SPAN("git://x.example"), WITH_SSH, &origin, &fault),
			 E_INVALID);
	ck_assert(span_is(fault, "Write the port after the host, such as :8443."));
	ck_assert_int_eq(url_origin(a, SPAN("git://x.example:9418"), WITH_SSH, &origin, &fault),
			 OK);
	ck_assert(span_is(origin, "git://x.example:9418"));
	arena_free(a);
}
END_TEST

START_TEST(sets_of_origins)
{
	const struct span list[] = {SPAN("https://b:1"), SPAN("https://a:1"), SPAN("https://b:1")};
	struct arena *a = arena_new();
	struct origins o = origins_of(a, list, COUNT(list)), none = origins_of(a, NULL, 0), back;
	struct origins one = origins_of(a, list, 1);

	ck_assert_uint_eq(o.n, 2);
	ck_assert(span_is(o.list[0], "https://a:1") && span_is(o.list[1], "https://b:1"));
	ck_assert(origins_has(&o, SPAN("https://b:1")) && !origins_has(&o, SPAN("https://b:11")));
	ck_assert(span_is(origins_missing(&one, &o), "https://a:1"));
	ck_assert_ptr_null(origins_missing(&o, &one).p);
	ck_assert_ptr_null(origins_missing(&o, &o).p);
	ck_assert_ptr_null(origins_missing(&none, &none).p);
	ck_assert(span_is(origins_missing(&none, &one), "https://b:1"));
	ck_assert(span_is(origins_text(a, &o), "https://a:1\nhttps://b:1"));
	ck_assert_uint_eq(origins_text(a, &none).n, 0);
	ck_assert_int_eq(origins_read(a, origins_text(a, &o), &back), OK);
	ck_assert_uint_eq(back.n, 2);
	ck_assert(span_eq(back.list[0], o.list[0]) && span_eq(back.list[1], o.list[1]));
	ck_assert_int_eq(origins_read(a, origins_text(a, &none), &back), OK);
	ck_assert_uint_eq(back.n, 0);
	ck_assert_int_eq(origins_read(a, SPAN_NONE, &back), OK);
	arena_free(a);
}
END_TEST

START_TEST(text_of_no_set_is_corrupt)
{
	static const struct span TEXTS[] = {
		SPAN("\n"), SPAN("https://a:1\n"), SPAN("\nhttps://a:1"),
		SPAN("https://a:1\n\nb:1"),
		SPAN("https://b:1\nhttps://a:1"), SPAN("https://a:1\nhttps://a:1"),
		SPAN("https://A:1"), SPAN("https://a@b:1"), SPAN("https://a:1\r\nhttps://b:1"),
		SPAN("https://a\0b:1"), SPAN("https://a:1 "), SPAN("https://\xC3\xA9:1"),
	};
	struct arena *a = arena_new();
	struct origins o = {NULL, 0};

	ck_assert_int_eq(origins_read(a, TEXTS[_i], &o), E_CORRUPT);
	arena_free(a);
}
END_TEST

Suite *core_url_suite(void)
{
	Suite *s = suite_create("core_url");
	TCase *t = tcase_create("core_url");

	tcase_add_loop_test(t, accepted, 0, (int)COUNT(ACCEPTED));
	tcase_add_loop_test(t, refused, 0, (int)COUNT(REFUSED));
	tcase_add_test(t, length_has_an_end);
	tcase_add_test(t, a_sentence_repeats_no_secret);
	tcase_add_test(t, schemes_are_the_whole_list);
	tcase_add_test(t, sets_of_origins);
	tcase_add_loop_test(t, text_of_no_set_is_corrupt, 0, 12);
	suite_add_tcase(s, t);
	return s;
}
