/* smtp.h: one mail to the mail server, by libcurl, which only this file's .c knows. */
#ifndef MAIL_SMTP_H
#define MAIL_SMTP_H

#include "mail/options.h"
#include "mail/queue.h"

struct smtp_result {
	int error; /* libcurl's; 0: the server took the mail */
	long code; /* the server's last answer; 0: none */
};

/* Once, before any mail. E_UNAVAILABLE (logged). */
int smtp_setup(void) WARN_UNUSED;
/* Sends it and waits for the server: half a minute at most. */
void smtp_send(const struct mail_options *o, const struct letter *l, struct smtp_result *out);
/* The error in words. Static. */
const char *smtp_reason(int error);

#endif
