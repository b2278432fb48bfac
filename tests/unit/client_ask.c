/* client_ask.c: addresses that are not asked, and what refusals mean. */
#include "unit/suites.h"

#include "client/ask.h"
#include "client/line.h"

/* Nothing listens on port 1 of this machine, and nothing is sent anywhere else. */
static const struct {
	const char *server;
	bool insecure;
	int rc;
	const char *fault;
} ADDRESSES[] = {
	{"signet.example.com", false, E_INVALID, "Write it with its scheme"},
	{"", false, E_INVALID, "Write it with its scheme"},
	{"https://", false, E_INVALID, "Write it with its scheme"},
	{"ftp://127.0.0.1", false, E_INVALID, "must begin with https://"},
	{"file:///etc/passwd", false, E_INVALID, "must begin with https://"},
	{"https://user@127.0.0.1:1", false, E_INVALID, "without a name and password"},
	{"https://:secret@127.0.0.1:1", false, E_INVALID, "without a name and password"},
	{"http://127.0.0.1:1/?a=b", false, E_INVALID, "without \"?\" and \"#\""},
	{"http://127.0.0.1:1/#a", false, E_INVALID, "without \"?\" and \"#\""},
	{"http://signet.example.com", false, E_INVALID, "could read the token"},
	{"http://127.0.0.1.example.com", false, E_INVALID, "could read the token"},
	{"http://128.0.0.1", false, E_INVALID, "could read the token"},
	{"http://localhost.example.com", false, E_INVALID, "could read the token"},
	{"http://127.0.0.1:1", false, E_UNAVAILABLE, "cannot connect to it"},
	{"HTTP://127.9.9.9:1/", false, E_UNAVAILABLE, "cannot connect to it"},
	{"http://localhost:1/signet/", false, E_UNAVAILABLE, "cannot connect to it"},
	{"http://0.0.0.0:1", true, E_UNAVAILABLE, "cannot connect to it"},
	{"https://127.0.0.1:1", false, E_UNAVAILABLE, "cannot connect to it"},
};

START_TEST(addresses)
{
	struct arena *a = arena_new();
	struct ask ask = {.server = ADDRESSES[_i].server,
			  .token = "sgp_x",
			  .sub = SPAN("acme"),
			  .project = SPAN("a/b c?&#%"),
			  .insecure_http = ADDRESSES[_i].insecure,
			  .timeout = 20};
	struct ask_answer answer;
	int rc = ask_check(a, &ask, &answer);

	ck_assert_int_eq(rc, ADDRESSES[_i].rc);
	ck_assert_msg(strstr(answer.fault.p, ADDRESSES[_i].fault) != NULL, "%s", answer.fault.p);
	arena_free(a);
}
END_TEST

static const struct {
	long status;
	const char *type, *body, *sentence;
} REFUSALS[] = {
	{401, "application/problem+json", "{\"detail\": \"It has ended. Make another.\"}",
	 "the token is not good here: It has ended. Make another"},
	{401, "text/html", "<h1>401", "that is no Signet, or an older one: it answers 401"},
	{403, "application/problem+json", "{\"detail\": \"Its scope is another.\"}",
	 "the token may not ask this: Its scope is another"},
	{404, "application/problem+json; charset=utf-8", "{}",
	 "this token knows no project \"web\" in a subscription \"acme\". --project is "
	 "SUBSCRIPTION/PROJECT, with the project's name as its page has it"},
	{404, "text/html", "", "that is no Signet, or an older one: it answers 404"},
	{200, "text/html", "", "that is no Signet, or an older one: it answers 200"},
	{413, "text/html", "<h1>413",
	 "that is too much at once (no reason given). Ask for fewer files"},
	{422, "application/problem+json",
	 "{\"detail\": \"d\", \"errors\": [{\"message\": \"One. \"}, {\"message\": "
	 "\"Two\\u001b[31m.\"}, 3]}",
	 "it cannot take the files: One; Two\\u001b[31m"},
	{422, "application/problem+json", "not JSON",
	 "that is no Signet, or an older one: it answers 422"},
	{429, "text/plain", "", "it has no time now (429: no reason given). Try again later"},
	{500, "application/problem+json", "{\"detail\": \"Ours.\"}",
	 "it has a fault (500: Ours). Its operator's logs say more"},
	{503, "text/html", "", "it has no time now (503: no reason given). Try again later"},
	{421, "application/problem+json", "{}",
	 "the server does not know itself by this name. Give the address that browsers use"},
	{302, "text/html", "",
	 "it sends elsewhere (302, to \"https://b.example/\\u001b\"), where the token does not go. "
	 "Give the address of the Signet itself"},
};

START_TEST(refusals)
{
	struct arena *a = arena_new();
	struct ask ask = {.sub = SPAN("acme"), .project = SPAN("web")};
	struct ask_answer answer = {.status = REFUSALS[_i].status,
				    .type = span_str(REFUSALS[_i].type),
				    .body = span_str(REFUSALS[_i].body),
				    .location = SPAN("https://b.example/\033")};

	ck_assert_str_eq(ask_refused(a, &ask, &answer).p, REFUSALS[_i].sentence);
	arena_free(a);
}
END_TEST

/* exactly; for people */
static const struct {
	struct span text;
	const char *exactly, *visible;
} LINES[] = {
	{SPAN(""), "", ""},
	{SPAN("a\\b"), "a\\b", "a\\b"},
	{SPAN("a\\\tb"), "a\\\\\\tb", "a\\\\\\tb"},
	{SPAN("\xE2\x80\xAE"
	      "a\\"),
	 "\xE2\x80\xAE"
	 "a\\",
	 "\\u202ea\\\\"},
	{SPAN("\xD8\x9C\xE2\x80\x8E\xE2\x80\x8F\xE2\x80\xAA\xE2\x81\xA6\xE2\x81\xA9"),
	 "\xD8\x9C\xE2\x80\x8E\xE2\x80\x8F\xE2\x80\xAA\xE2\x81\xA6\xE2\x81\xA9",
	 "\\u061c\\u200e\\u200f\\u202a\\u2066\\u2069"},
	/* their neighbours are fine */
	{SPAN("\xD8\x9D\xE2\x80\x8D\xE2\x80\x90\xE2\x81\xA5\xE2\x81\xAA"),
	 "\xD8\x9D\xE2\x80\x8D\xE2\x80\x90\xE2\x81\xA5\xE2\x81\xAA",
	 "\xD8\x9D\xE2\x80\x8D\xE2\x80\x90\xE2\x81\xA5\xE2\x81\xAA"},
	{SPAN("\xE2\x80"), "\xE2\x80", "\xE2\x80"},
};

START_TEST(visible)
{
	struct buf out = BUF_INIT;

	buf_puts(&out, "");
	line_put(&out, LINES[_i].text);
	ck_assert_str_eq(out.p, LINES[_i].exactly);
	buf_reset(&out);
	buf_puts(&out, "");
	line_put_visible(&out, LINES[_i].text);
	ck_assert_str_eq(out.p, LINES[_i].visible);
	buf_release(&out);
}
END_TEST

Suite *client_ask_suite(void)
{
	Suite *s = suite_create("client_ask");
	TCase *c = tcase_create("ask");

	tcase_add_loop_test(c, addresses, 0, (int)COUNT(ADDRESSES));
	tcase_add_loop_test(c, refusals, 0, (int)COUNT(REFUSALS));
	tcase_add_loop_test(c, visible, 0, (int)COUNT(LINES));
	suite_add_tcase(s, c);
	return s;
}
