/* message.c: header lines. */
#include "mail/message.h"

#include <stdio.h>
#include <time.h>

#include "base/buf.h"
#include "base/banned.h"

/* RFC 2047: a word has at most 75 characters, twelve of which are its frame, and holds whole
 * characters. RFC 5322: a line should have at most 78. */
enum { WORD_MOST = 75, WORD_FRAME = 12, PLAIN_MOST = 60 };

static bool is_plain(struct span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < ' ' || s.p[i] > '~')
			return false;
	/* what looks like an encoded word would be read as one */
	return s.n <= PLAIN_MOST && !memmem(s.p, s.n, "=?", 2);
}

static bool is_literal(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Bytes of the character at the start of `s`, which is UTF-8. */
static size_t char_bytes(struct span s)
{
	size_t n = 1;

	while (n < s.n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
		n++;
	return n;
}

static size_t encoded_length(struct span s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += is_literal(s.p[i]) || s.p[i] == ' ' ? 1 : 3;
	return n;
}

static void encode(struct buf *b, struct span s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (is_literal(s.p[i]))
			buf_putc(b, s.p[i]);
		else if (s.p[i] == ' ')
			buf_putc(b, '_');
		else
			buf_printf(b, "=%02X", (unsigned char)s.p[i]);
	}
}

/* Words of RFC 2047 in its Q encoding, a line each. */
static void put_words(struct buf *b, struct span s)
{
	size_t room = 0;
	bool open = false;

	while (s.n) {
		struct span one = span_of(s.p, char_bytes(s));
		size_t wanted = encoded_length(one);

		if (wanted > room) {
			buf_puts(b, open ? "?=\r\n =?UTF-8?Q?" : "=?UTF-8?Q?");
			room = WORD_MOST - WORD_FRAME;
			open = true;
		}
		encode(b, one);
		room -= wanted;
		s = span_of(s.p + one.n, s.n - one.n);
	}
	buf_puts(b, "?=");
}

static int put_subject(char *out, size_t size, struct span subject)
{
	struct buf b = BUF_INIT;
	int rc;

	buf_puts(&b, "Subject: ");
	if (is_plain(subject)) {
		buf_put(&b, subject);
	} else {
		buf_puts(&b, "\r\n ");
		put_words(&b, subject);
	}
	rc = b.err == OK && b.n < size ? OK : E_TOO_BIG;
	if (rc == OK) {
		memcpy(out, b.p, b.n);
		out[b.n] = '\0';
	}
	buf_release(&b);
	return rc;
}

/* The process has no locale, so names of days and months are English. */
static int put_date(char *out, size_t size, int64_t at)
{
	time_t t = (time_t)at;
	struct tm tm;

	if (!gmtime_r(&t, &tm) ||
	    strftime(out, size, "Date: %a, %d %b %Y %H:%M:%S +0000", &tm) == 0)
		return E_TOO_BIG;
	return OK;
}

static int put_id(char *out, size_t size, const char *from, const unsigned char *random)
{
	char hex[2 * MESSAGE_RANDOM + 1];
	int n;

	for (size_t i = 0; i < MESSAGE_RANDOM; i++)
		snprintf(hex + 2 * i, 3, "%02x", random[i]);
	n = snprintf(out, size, "Message-ID: <%s@%s>", hex, strchr(from, '@') + 1);
	return n > 0 && (size_t)n < size ? OK : E_TOO_BIG;
}

int message_headers(struct message_headers *out, const char *from, const struct mail *m, int64_t at,
		    const unsigned char random[MESSAGE_RANDOM])
{
	if (mail_check(m) != OK || mail_address_fault(span_str(from)))
		return E_INVALID;
	snprintf(out->from, sizeof(out->from), "From: Signet <%s>", from);
	snprintf(out->to, sizeof(out->to), "To: <%.*s>", SPAN_ARG(m->to));
	TRY(put_subject(out->subject, sizeof(out->subject), m->subject));
	TRY(put_date(out->date, sizeof(out->date), at));
	return put_id(out->id, sizeof(out->id), from, random);
}
