/* options.h: what signet-mail is told by [mail] of the configuration. */
#ifndef MAIL_OPTIONS_H
#define MAIL_OPTIONS_H

#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"

/* Encryption on smtp:// connections (smtps:// always has it). */
enum mail_tls {
	MAIL_TLS_NONE,
	MAIL_TLS_TRY, /* if the server offers it; whoever stands between can take the offer out */
	MAIL_TLS_REQUIRED, /* or the mail does not go out */
};

struct mail_options {
	const char *socket;
	uid_t web;	  /* who may ask */
	gid_t group;	  /* of the socket; (gid_t)-1 = the process's own */
	const char *url;  /* smtp://host:port or smtps://host:port */
	const char *from; /* an address */
	enum mail_tls tls;
	const char *ca_file;	     /* certificates to trust instead of the system's; or NULL */
	const char *user, *password; /* NULL: the server wants none */
	int64_t keep_ms;	     /* for how long a mail is tried */
};

#endif
