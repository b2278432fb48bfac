/* mail.c: what is handed to signet-mail. */
#include "unit/suites.h"

#include "proto/mail.h"

#define PLAIN                                                                                      \
	{                                                                                          \
		{"ann@example.com", 15}, {"Hello", 5},                                             \
		{                                                                                  \
			"One\nTwo\n", 8                                                            \
		}                                                                                  \
	}

static const struct mail_request REQUESTS[] = {
	{.op = MAIL_READY},
	{.op = MAIL_SEND, .mail = PLAIN},
	{.op = MAIL_SEND, .mail = {{"", 0}, {"", 0}, {"", 0}}},
};
static char room[MAIL_ROOM];

static struct span bytes_of(const struct mail_request *q)
{
	struct wire_out w = wire_into(room, sizeof(room));

	mail_request_put(&w, q);
	ck_assert_int_eq(w.err, OK);
	return span_of(room, w.n);
}

START_TEST(request_there_and_back)
{
	const struct mail_request *q = &REQUESTS[_i];
	struct mail_request r;

	ck_assert_int_eq(mail_request_get(bytes_of(q), &r), OK);
	ck_assert_int_eq(r.op, q->op);
	ck_assert(span_eq(r.mail.to, q->mail.to));
	ck_assert(span_eq(r.mail.subject, q->mail.subject));
	ck_assert(span_eq(r.mail.text, q->mail.text));
}
END_TEST

START_TEST(request_must_be_whole)
{
	struct span s = bytes_of(&REQUESTS[_i]);
	struct mail_request r;

	for (size_t n = 0; n < s.n; n++)
		ck_assert_int_eq(mail_request_get(span_of(s.p, n), &r), E_CORRUPT);
	ck_assert_int_eq(mail_request_get(span_of(s.p, s.n + 1), &r), E_CORRUPT);
	room[0]++;
	ck_assert_int_eq(mail_request_get(s, &r), E_CORRUPT);
	room[0]--;
	room[1] = 9;
	ck_assert_int_eq(mail_request_get(s, &r), E_CORRUPT);
}
END_TEST

/* The longest of each fits into one message, one byte more does not. */
START_TEST(request_has_caps)
{
	static char big[MAIL_TEXT_MAX + 1];
	struct mail_request q = {
		.op = MAIL_SEND,
		.mail = {{big, MAIL_ADDRESS_MAX}, {big, MAIL_SUBJECT_MAX}, {big, MAIL_TEXT_MAX}}};
	size_t *const lengths[] = {&q.mail.to.n, &q.mail.subject.n, &q.mail.text.n};
	struct mail_request r;

	memset(big, 'x', sizeof(big));
	ck_assert_int_eq(mail_request_get(bytes_of(&q), &r), OK);
	for (size_t i = 0; i < COUNT(lengths); i++) {
		struct wire_out w = wire_into(room, sizeof(room));

		++*lengths[i];
		mail_request_put(&w, &q);
		ck_assert_int_eq(w.err, E_TOO_BIG);
		--*lengths[i];
	}
}
END_TEST

START_TEST(answer_there_and_back)
{
	struct wire_out w = wire_into(room, sizeof(room));
	int err = 1;

	mail_answer_put(&w, MAIL_SEND, E_UNAVAILABLE);
	ck_assert_int_eq(mail_answer_get(span_of(room, w.n), MAIL_SEND, &err), OK);
	ck_assert_int_eq(err, E_UNAVAILABLE);
	ck_assert_int_eq(mail_answer_get(span_of(room, w.n), MAIL_READY, &err), E_CORRUPT);
	ck_assert_int_eq(mail_answer_get(span_of(room, w.n - 1), MAIL_SEND, &err), E_CORRUPT);
	ck_assert_int_eq(mail_answer_get(span_of(room, w.n + 1), MAIL_SEND, &err), E_CORRUPT);
	room[w.n - 1] = 99;
	ck_assert_int_eq(mail_answer_get(span_of(room, w.n), MAIL_SEND, &err), E_CORRUPT);
}
END_TEST

START_TEST(client_without_a_server)
{
	struct mail_client nowhere = {"/tmp/signet-no-such-socket", 500}, none = {NULL, 500};
	struct mail m = PLAIN;

	ck_assert_int_eq(mail_ready(&nowhere), E_UNAVAILABLE);
	ck_assert_int_eq(mail_send(&nowhere, &m), E_UNAVAILABLE);
	ck_assert_int_eq(mail_ready(&none), E_UNAVAILABLE);
	m.to = SPAN("nobody");
	ck_assert_int_eq(mail_send(&nowhere, &m), E_INVALID);
}
END_TEST

/* --- addresses ----------------------------------------------------------------------------------
 */

#define L64 "0123456789012345678901234567890123456789012345678901234567890123"
#define L63 "012345678901234567890123456789012345678901234567890123456789012"

static const char *const GOOD[] = {
	"ann@example.com",
	"a@b",
	"ann.b+tag@mail.example.com",
	"O'Neil=x@example.com",
	L64 "@" L63 ".example",
	"ann@192.0.2.1",
	"!#$%&'*+-/=?^_`{|}~@x",
	L64 "@" L63 "." L63 ".01234567890123456789012345678901234567890123456789012345678.x",
};
static const char *const BAD[] = {
	"",
	"@",
	"ann",
	"ann@",
	"@example.com",
	"ann@@example.com",
	"a@b@c",
	".a@b",
	"a.@b",
	"a..b@c",
	"a@.b",
	"a@b.",
	"a@b..c",
	"a b@c",
	"a@b c",
	" a@b",
	"a@b ",
	"a@b,c@d",
	"a@b;c@d",
	"<a@b>",
	"Ann <a@b>",
	"\"a b\"@c",
	"a(b)@c",
	"a@[192.0.2.1]",
	"a@b\r\nBcc: c@d",
	"a\n@b",
	"a@b\n",
	"a\t@b",
	"a@b\\c",
	"\xC3\xA4nn@example.com",
	"ann@ex\xC3\xA4mple.com",
	"a@b_c",
	"a@b>",
	"a\x7F@b",
	L64 "x@b",
	"a@" L63 "x.b",
	L64 "@" L63 "." L63 ".01234567890123456789012345678901234567890123456789012345678.xy",
};

START_TEST(address_good)
{
	ck_assert_msg(!mail_address_fault(span_str(GOOD[_i])), "%s: %s", GOOD[_i],
		      mail_address_fault(span_str(GOOD[_i])));
}
END_TEST

START_TEST(address_bad)
{
	const char *fault = mail_address_fault(span_str(BAD[_i]));
	struct mail m = {span_str(BAD[_i]), SPAN("s"), SPAN("t")};

	ck_assert_msg(fault != NULL, "%s is taken for an address", BAD[_i]);
	ck_assert_int_eq(mail_check(&m), E_INVALID);
}
END_TEST

START_TEST(address_with_nul)
{
	ck_assert_ptr_nonnull(mail_address_fault(SPAN("a\0@b")));
	ck_assert_ptr_nonnull(mail_address_fault(SPAN("a@b\0")));
	ck_assert_ptr_nonnull(mail_address_fault(SPAN_NONE));
}
END_TEST

Suite *mail_suite(void)
{
	Suite *s = suite_create("mail");
	TCase *t = tcase_create("mail");

	tcase_add_loop_test(t, request_there_and_back, 0, (int)COUNT(REQUESTS));
	tcase_add_loop_test(t, request_must_be_whole, 0, (int)COUNT(REQUESTS));
	tcase_add_test(t, request_has_caps);
	tcase_add_test(t, answer_there_and_back);
	tcase_add_test(t, client_without_a_server);
	tcase_add_loop_test(t, address_good, 0, (int)COUNT(GOOD));
	tcase_add_loop_test(t, address_bad, 0, (int)COUNT(BAD));
	tcase_add_test(t, address_with_nul);
	suite_add_tcase(s, t);
	return s;
}
