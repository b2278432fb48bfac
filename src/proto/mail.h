/* mail.h: handing a mail to signet-mail: codec and client. A request is a version, an operation
 * and, for MAIL_SEND, the mail; an answer repeats version and operation and says whether it was
 * taken. It comes at once: delivering is signet-mail's business from then on. */
#ifndef PROTO_MAIL_H
#define PROTO_MAIL_H

#include "base/wire.h"

enum {
	MAIL_ADDRESS_MAX = 254, /* RFC 5321: a path has 256 bytes with its < and > */
	MAIL_LOCAL_MAX = 64,
	MAIL_LABEL_MAX = 63,
	MAIL_SUBJECT_MAX = 200,
	MAIL_TEXT_MAX = 4000,
	MAIL_ROOM = 8192, /* no request or answer is longer */
};

enum mail_op {
	MAIL_READY = 1, /* is there room for another mail? */
	MAIL_SEND,
};

/* Lines of the text end with "\n". */
struct mail {
	struct span to, subject, text;
};

struct mail_request {
	enum mail_op op;
	struct mail mail; /* MAIL_SEND; spans are borrowed from the message */
};

/* Appends to w; look at w->err. */
void mail_request_put(struct wire_out *w, const struct mail_request *q);
/* E_CORRUPT for anything that is not one whole request of this version. */
int mail_request_get(struct span message, struct mail_request *out) WARN_UNUSED;
void mail_answer_put(struct wire_out *w, enum mail_op op, int err);
/* E_CORRUPT, also for the answer to another operation; else what the answer says, in *err. */
int mail_answer_get(struct span message, enum mail_op op, int *err) WARN_UNUSED;

/* What is wrong with a mail address, as a sentence that says what to do; NULL: nothing. One address
 * of at most MAIL_ADDRESS_MAX bytes, a dot-atom of RFC 5322 on each side of its '@': what needs
 * quotes, a comment or more than ASCII is refused, and so is all that could begin another address
 * or another header. Static. */
const char *mail_address_fault(struct span address);
/* E_INVALID unless the address is one, the subject a line and all of it UTF-8 without control
 * characters (lines of the text may end). */
int mail_check(const struct mail *m) WARN_UNUSED;

struct mail_client {
	const char *socket; /* path; NULL: no mail is sent from here */
	int timeout_ms;	    /* for the whole exchange */
};

/* OK: a mail would be taken now. E_UNAVAILABLE: signet-mail is not there, does not answer in time,
 * or has no room for another. */
int mail_ready(const struct mail_client *c) WARN_UNUSED;
/* OK: taken, and tried for some minutes. E_UNAVAILABLE as above; E_INVALID: see mail_check(). */
int mail_send(const struct mail_client *c, const struct mail *m) WARN_UNUSED;

#endif
