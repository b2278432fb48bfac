/* serve.h: the life of signet-mail. */
#ifndef MAIL_SERVE_H
#define MAIL_SERVE_H

#include "mail/options.h"

/* Takes mails and delivers them until SIGTERM, SIGINT or SIGQUIT; then finishes what is under way,
 * for a few seconds, and drops the rest. The program's exit status. */
int mail_serve(const struct mail_options *o);

#endif
