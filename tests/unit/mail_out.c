/* mail_out.c: the headers that signet-mail makes, and its queue. */
#include "unit/suites.h"

#include <stdio.h>

#include "base/buf.h"
#include "mail/message.h"
#include "mail/queue.h"

/* --- headers ------------------------------------------------------------------------------------
 */

static const unsigned char RANDOM[MESSAGE_RANDOM] = "0123456789abcde";

static void headers_of(struct span subject, struct message_headers *h)
{
	struct mail m = {SPAN("ann@example.com"), subject, SPAN("text\n")};

	ck_assert_int_eq(message_headers(h, "signet@ci.example.com", &m, 1763800000, RANDOM), OK);
}

START_TEST(headers_plain)
{
	struct message_headers h;

	headers_of(SPAN("Set your password (1/2): now?"), &h);
	ck_assert_str_eq(h.from, "From: Signet <signet@ci.example.com>");
	ck_assert_str_eq(h.to, "To: <ann@example.com>");
	ck_assert_str_eq(h.subject, "Subject: Set your password (1/2): now?");
	ck_assert_str_eq(h.date, "Date: Sat, 22 Nov 2025 08:26:40 +0000");
	ck_assert_str_eq(h.id, "Message-ID: <30313233343536373839616263646500@ci.example.com>");
}
END_TEST

START_TEST(headers_encoded)
{
	struct message_headers h;

	headers_of(SPAN("Gr\xC3\xBC\xC3\x9F"
			"e"),
		   &h);
	ck_assert_str_eq(h.subject, "Subject: \r\n =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=");
	headers_of(SPAN("=?x?Q?y?= z"), &h);
	ck_assert_str_eq(h.subject, "Subject: \r\n =?UTF-8?Q?=3D=3Fx=3FQ=3Fy=3F=3D_z?=");
}
END_TEST

/* The subject's text again, as a reader of RFC 2047 decodes it. */
static struct buf decoded(const char *s)
{
	struct buf b = BUF_INIT;

	for (const char *line = strstr(s, "\r\n "); line; line = strstr(line, "\r\n ")) {
		const char *at = line + 3, *end = strstr(at + 10, "?=");
		size_t length = (size_t)(end + 2 - at);

		ck_assert_uint_le(length, 75);
		ck_assert(strncmp(at, "=?UTF-8?Q?", 10) == 0);
		ck_assert(end[2] == '\0' || strncmp(end + 2, "\r\n ", 3) == 0);
		for (at += 10; at < end; at++) {
			unsigned code = (unsigned char)*at;

			if (*at == '=') {
				ck_assert_int_eq(sscanf(at + 1, "%2X", &code), 1);
				at += 2;
			}
			buf_putc(&b, *at == '_' ? ' ' : (char)code);
		}
		line = end;
	}
	return b;
}

static const char *const SUBJECTS[] = {
	"An ASCII subject that is longer than one line should be, so it goes on in words",
	"\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F"
	"\x98\x80\xF0\x9F\x98\x80",
	"x\xC3\xA4 _y_ =41 "
	"?\xC3\xA4x\xC3\xA4xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\xC3\xA4\xC3\xA4\xC3"
	"\xA4",
	"\xC3\xA4 and exactly one word of sixty-three bytes, no more xxxxxx",
};

START_TEST(headers_of_many_words)
{
	struct span subject = span_str(SUBJECTS[_i]);
	struct message_headers h;
	struct buf back;

	headers_of(subject, &h);
	back = decoded(h.subject);
	ck_assert_msg(span_eq(buf_span(&back), subject), "%s", h.subject);
	buf_release(&back);
}
END_TEST

START_TEST(headers_longest)
{
	char subject[MAIL_SUBJECT_MAX], from[MAIL_ADDRESS_MAX + 1];
	struct mail m = {span_of(from, MAIL_ADDRESS_MAX), span_of(subject, sizeof(subject)),
			 SPAN("")};
	struct message_headers h;

	for (size_t i = 0; i < sizeof(subject); i++)
		subject[i] = i % 2 ? '\xA4' : '\xC3';
	memset(from, 'x', sizeof(from));
	from[1] = '@';
	for (size_t i = 50; i < MAIL_ADDRESS_MAX - 1; i += 50)
		from[i] = '.';
	from[MAIL_ADDRESS_MAX] = '\0';
	ck_assert_int_eq(message_headers(&h, from, &m, INT32_MAX, RANDOM), OK);
	ck_assert_uint_eq(strlen(h.to), MAIL_ADDRESS_MAX + strlen("To: <>"));
	ck_assert_uint_eq(strlen(h.from), MAIL_ADDRESS_MAX + strlen("From: Signet <>"));
}
END_TEST

static const struct {
	const char *to, *subject, *text;
} HOSTILE[] = {
	{"a@b\r\nBcc: c@d", "s", "t"},
	{"a@b", "s\r\nBcc: c@d", "t"},
	{"a@b", "s\nx", "t"},
	{"a@b", "s\rx", "t"},
	{"a@b", "", "t"},
	{"a@b", "s\x7F", "t"},
	{"a@b", "s", "t\r\n.\r\n"},
	{"a@b", "\xC3", "t"},
	{"a@b", "s", "\xFF"},
	{"a@b", "s\xE2\x80\xAE", "t"},
	{"a@b", "s", "t\x1B[2J"},
};

START_TEST(headers_hostile)
{
	struct mail m = {span_str(HOSTILE[_i].to), span_str(HOSTILE[_i].subject),
			 span_str(HOSTILE[_i].text)};
	struct message_headers h;

	ck_assert_int_eq(message_headers(&h, "signet@example.com", &m, 0, RANDOM), E_INVALID);
	m = (struct mail){SPAN("a@b"), SPAN("s\0t"), SPAN("t")};
	ck_assert_int_eq(message_headers(&h, "signet@example.com", &m, 0, RANDOM), E_INVALID);
	m = (struct mail){SPAN("a@b"), SPAN("s"), SPAN("t")};
	ck_assert_int_eq(message_headers(&h, "x", &m, 0, RANDOM), E_INVALID);
	ck_assert_int_eq(message_headers(&h, "signet@example.com", &m, 0, RANDOM), OK);
}
END_TEST

/* --- the queue ----------------------------------------------------------------------------------
 */

static struct queue queue;

static struct letter *put(int64_t now)
{
	const struct mail m = {SPAN("ann@example.com"), SPAN("Hello"), SPAN("One\nTwo\n")};
	struct letter *l;

	return queue_put(&queue, &m, now, &l) == OK ? l : NULL;
}

START_TEST(queue_keeps_and_wipes)
{
	struct letter *l, empty = {0};

	queue = (struct queue){.keep_ms = 1000};
	ck_assert_ptr_null(queue_due(&queue, 99));
	ck_assert_int_eq(queue_wait(&queue, 99), -1);
	l = put(5);
	ck_assert_ptr_nonnull(l);
	ck_assert_str_eq(l->to, "ann@example.com");
	ck_assert_str_eq(l->subject, "Hello");
	ck_assert_str_eq(l->text, "One\nTwo\n");
	ck_assert_int_eq(queue_wait(&queue, 2), 3);
	ck_assert_ptr_null(queue_due(&queue, 4));
	ck_assert_ptr_eq(queue_due(&queue, 5), l);
	l->sending = true;
	ck_assert_ptr_null(queue_due(&queue, 5));
	ck_assert_ptr_eq(queue_next(&queue, NULL), l);
	queue_drop(l);
	ck_assert_mem_eq(l, &empty, sizeof(empty));
	ck_assert_ptr_null(queue_next(&queue, NULL));
}
END_TEST

START_TEST(queue_has_an_end)
{
	queue = (struct queue){.keep_ms = 1000};
	for (int64_t i = 0; i < QUEUE_MOST; i++) {
		ck_assert(!queue_full(&queue));
		ck_assert_ptr_nonnull(put(100 - i));
	}
	ck_assert(queue_full(&queue));
	ck_assert_ptr_null(put(1));
	/* the one that is due for longest */
	ck_assert_int_eq(queue_due(&queue, 100)->id, QUEUE_MOST);
	queue_drop(queue_due(&queue, 100));
	ck_assert(!queue_full(&queue));
	ck_assert_int_eq(put(1)->id, QUEUE_MOST + 1);
}
END_TEST

START_TEST(queue_backs_off)
{
	static const int64_t WAITS[] = {1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000};
	int64_t now = 0;
	struct letter *l;

	queue = (struct queue){.keep_ms = 200000};
	l = put(0);
	for (size_t i = 0; i < COUNT(WAITS); i++) {
		l->sending = true;
		l->tries++;
		ck_assert(queue_again(&queue, l, now) == (now + WAITS[i] <= 200000));
		ck_assert_int_eq(queue_wait(&queue, now), WAITS[i]);
		now += WAITS[i];
		ck_assert_ptr_eq(queue_due(&queue, now), l);
	}
	l->tries = INT64_MAX;
	ck_assert(!queue_again(&queue, l, now));
}
END_TEST

Suite *mail_out_suite(void)
{
	Suite *s = suite_create("mail_out");
	TCase *t = tcase_create("mail_out");

	tcase_add_test(t, headers_plain);
	tcase_add_test(t, headers_encoded);
	tcase_add_loop_test(t, headers_of_many_words, 0, (int)COUNT(SUBJECTS));
	tcase_add_test(t, headers_longest);
	tcase_add_loop_test(t, headers_hostile, 0, (int)COUNT(HOSTILE));
	tcase_add_test(t, queue_keeps_and_wipes);
	tcase_add_test(t, queue_has_an_end);
	tcase_add_test(t, queue_backs_off);
	suite_add_tcase(s, t);
	return s;
}
