/* mail.c: signet-mail: sends what signet-web hands over. It holds no key and knows no database; it
 * may speak to the mail server, which nothing else may. */
#include <grp.h>
#include <malloc.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/file.h"
#include "base/log.h"
#include "bin/program.h"
#include "mail/serve.h"
#include "proto/mail.h"
#include "base/banned.h"

enum { EXIT_CONFIG = 78, PASSWORD_MOST = 1024, FILES_MOST = 128 };

#ifdef __SANITIZE_ADDRESS__
/* The leak check at exit attaches as a debugger, which a process that is not dumpable refuses. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "detect_leaks=0";
}
#endif

__attribute__((noreturn)) static void refuse(const char *what, const char *value)
{
	log_error("[mail] %s: %s", what, value);
	exit(EXIT_CONFIG);
}

static const char *filled(const struct config *c, const char *key)
{
	const char *value = config_get(c, "mail", key, NULL);

	return value && *value ? value : NULL;
}

static uid_t web_user(const struct config *c)
{
	const char *name = filled(c, "web_user");
	const struct passwd *p = name ? getpwnam(name) : NULL;

	if (name && !p)
		refuse("no such user", name);
	return p ? p->pw_uid : geteuid();
}

static gid_t group_of(const struct config *c)
{
	const char *name = filled(c, "group");
	const struct group *g = name ? getgrnam(name) : NULL;

	if (name && !g)
		refuse("no such group", name);
	return g ? g->gr_gid : (gid_t)-1;
}

static enum mail_tls tls_of(const struct config *c)
{
	struct span tls = span_str(config_get(c, "mail", "tls", "required"));

	if (span_is(tls, "none"))
		return MAIL_TLS_NONE;
	if (span_is(tls, "try"))
		return MAIL_TLS_TRY;
	if (!span_is(tls, "required"))
		refuse("tls must be none, try or required, and is", tls.p);
	return MAIL_TLS_REQUIRED;
}

/* In the URL a password would stand in the configuration, which everybody may read. */
static void read_url(const struct config *c, struct mail_options *o)
{
	struct span url = span_str(config_need(c, "mail", "smtp_url"));
	bool always = span_starts(url, SPAN("smtps://"));

	/* first, since what follows prints the URL */
	if (memchr(url.p, '@', url.n))
		refuse("smtp_url holds no user or password; these are", "user and password_file");
	if (!always && !span_starts(url, SPAN("smtp://")))
		refuse("smtp_url must begin with smtp:// or smtps://", url.p);
	o->url = url.p;
	o->tls = always ? MAIL_TLS_REQUIRED : tls_of(c);
}

static void read_password(const struct config *c, struct arena *a, struct mail_options *o)
{
	const char *path = filled(c, "password_file");
	struct span text;

	o->user = filled(c, "user");
	if (!o->user != !path)
		refuse("a user needs a password_file, and the other way round", "one is missing");
	if (!path)
		return;
	if (o->tls != MAIL_TLS_REQUIRED)
		refuse("a password goes to a server by TLS alone", "set tls = required");
	if (file_read(a, path, PASSWORD_MOST, &text) != OK || span_trim(text).n == 0)
		refuse("cannot read the password_file", path);
	o->password = arena_str(a, span_trim(text));
}

static void options_read(const struct config *c, struct arena *a, struct mail_options *o)
{
	const char *fault;

	read_url(c, o);
	o->from = config_need(c, "mail", "from");
	fault = mail_address_fault(span_str(o->from));
	if (fault)
		refuse("from is no address", fault);
	o->socket = config_need(c, "mail", "socket");
	o->web = web_user(c);
	o->group = group_of(c);
	o->ca_file = filled(c, "ca_file");
	o->keep_ms = 1000 * config_int(c, "mail", "keep_for", 600, 1, 3600);
	read_password(c, a, o);
	if (o->web == geteuid())
		log_warn("web and mail share a user: the wall between them is off");
}

/* Mails carry one-time links: no core dump, no debugger, and freed memory is wiped. */
static void harden(void)
{
	const struct rlimit none = {0, 0}, files = {FILES_MOST, FILES_MOST};

	clearenv(); /* libraries take settings from there */
	mallopt(M_PERTURB, 0x5a);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0) != 0 ||
	    setrlimit(RLIMIT_CORE, &none) != 0 || setrlimit(RLIMIT_NOFILE, &files) != 0) {
		log_error("cannot give up what is not needed");
		exit(EXIT_FAILURE);
	}
}

int main(int argc, char **argv)
{
	struct mail_options o = {0};
	struct arena *forever;
	struct config *c;
	int status;

	log_init("signet-mail", LOG_INFO);
	if (program_config(argc, argv, &c) != OK)
		return EXIT_CONFIG;
	harden();
	forever = arena_new();
	options_read(c, forever, &o);
	status = mail_serve(&o);
	arena_free(forever);
	config_free(c);
	return status;
}
