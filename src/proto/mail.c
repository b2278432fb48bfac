/* mail.c: the bytes of requests to signet-mail and of its answers, and what may be in a mail. */
#include "proto/mail.h"

#include "base/banned.h"

enum { VERSION = 1 };

void mail_request_put(struct wire_out *w, const struct mail_request *q)
{
	wire_put_byte(w, VERSION);
	wire_put_byte(w, (unsigned)q->op);
	if (q->op != MAIL_SEND)
		return;
	wire_put_run(w, q->mail.to, MAIL_ADDRESS_MAX);
	wire_put_run(w, q->mail.subject, MAIL_SUBJECT_MAX);
	wire_put_run(w, q->mail.text, MAIL_TEXT_MAX);
}

int mail_request_get(struct span message, struct mail_request *out)
{
	struct wire_in r = wire_from(message);
	unsigned version = wire_get_byte(&r), op = wire_get_byte(&r);

	memset(out, 0, sizeof(*out));
	if (version != VERSION || (op != MAIL_READY && op != MAIL_SEND))
		return E_CORRUPT;
	out->op = (enum mail_op)op;
	if (op == MAIL_SEND) {
		out->mail.to = wire_get_run(&r, MAIL_ADDRESS_MAX);
		out->mail.subject = wire_get_run(&r, MAIL_SUBJECT_MAX);
		out->mail.text = wire_get_run(&r, MAIL_TEXT_MAX);
	}
	return wire_end(&r);
}

void mail_answer_put(struct wire_out *w, enum mail_op op, int err)
{
	wire_put_byte(w, VERSION);
	wire_put_byte(w, (unsigned)op);
	wire_put_byte(w, (unsigned)-err);
}

int mail_answer_get(struct span message, enum mail_op op, int *err)
{
	struct wire_in r = wire_from(message);
	unsigned version = wire_get_byte(&r), answered = wire_get_byte(&r),
		 said = wire_get_byte(&r);

	if (version != VERSION || answered != (unsigned)op || said > (unsigned)-E_BUG)
		return E_CORRUPT;
	*err = -(int)said;
	return wire_end(&r);
}

static bool is_letter_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* RFC 5322, atext */
static bool is_atext(char c)
{
	return is_letter_or_digit(c) || (c && strchr("!#$%&'*+-/=?^_`{|}~", c));
}

static bool is_label(char c)
{
	return is_letter_or_digit(c) || c == '-';
}

/* Parts of at most `most` such characters with single dots between them? */
static bool is_dotted(struct span s, bool (*is)(char), size_t most)
{
	size_t run = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '.' ? run == 0 : !is(s.p[i]))
			return false;
		run = s.p[i] == '.' ? 0 : run + 1;
		if (run > most)
			return false;
	}
	return run > 0;
}

const char *mail_address_fault(struct span address)
{
	struct span domain = address, local;

	if (address.n > MAIL_ADDRESS_MAX)
		return "A mail address has at most 254 characters. Write a shorter one.";
	if (memchr(address.n ? address.p : "", '@', address.n) == NULL)
		return "Write one mail address with an @ in it, as in ann@example.com.";
	span_cut(&domain, '@', &local);
	if (!is_dotted(local, is_atext, MAIL_LOCAL_MAX) || local.n > MAIL_LOCAL_MAX)
		return "Look at what stands before the @: 1 to 64 letters, digits and signs, "
		       "without blanks, quotes, commas and accents, and no dot at an end.";
	if (!is_dotted(domain, is_label, MAIL_LABEL_MAX))
		return "Look at what stands behind the @: the name of a mail server in letters, "
		       "digits, dots and hyphens, as in ann@example.com. Only one address fits "
		       "here.";
	return NULL;
}

int mail_check(const struct mail *m)
{
	unsigned code;
	size_t at;

	if (mail_address_fault(m->to) || !span_is_utf8(m->subject) || !span_is_utf8(m->text))
		return E_INVALID;
	if (m->subject.n == 0 || span_has_control(m->subject, false, &code, &at) ||
	    span_has_control(m->text, true, &code, &at))
		return E_INVALID;
	return OK;
}
