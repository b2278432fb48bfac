/* message.h: the headers of a mail as RFC 5322 has them. Nothing of what is put in can end a line:
 * addresses are checked (mail_check()), and a subject that is not plain is encoded. */
#ifndef MAIL_MESSAGE_H
#define MAIL_MESSAGE_H

#include "proto/mail.h"

enum { MESSAGE_RANDOM = 16 };

/* Each a whole header, "Name: value", without the line's end; a long subject goes on after "\r\n ".
 */
struct message_headers {
	char from[MAIL_ADDRESS_MAX + 32], to[MAIL_ADDRESS_MAX + 16], subject[2048], date[64],
		id[MAIL_ADDRESS_MAX + 64];
};

/* `from`: an address. `at`: seconds since the epoch. `random` makes the Message-ID, whose domain is
 * that of `from`. E_INVALID: mail_check() would refuse the mail; E_TOO_BIG. */
int message_headers(struct message_headers *out, const char *from, const struct mail *m, int64_t at,
		    const unsigned char random[MESSAGE_RANDOM]) WARN_UNUSED;

#endif
