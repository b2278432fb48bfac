/* vault.c: signet-vault: the one process that can open what is sealed. */
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/config.h"
#include "base/log.h"
#include "seal/hash.h"
#include "store/audit.h"
#include "vault/vault.h"
#include "base/banned.h"

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
	log_error("[vault] %s: %s", what, value);
	exit(VAULT_EXIT_CONFIG);
}

/* The uid of a user by name; our own when none is named. */
static uid_t user_of(const struct config *c, const char *key)
{
	const char *name = config_get(c, "vault", key, NULL);
	const struct passwd *p = name ? getpwnam(name) : NULL;

	if (name && !p)
		refuse("no such user", name);
	return p ? p->pw_uid : geteuid();
}

static gid_t group_of(const struct config *c)
{
	const char *name = config_get(c, "vault", "group", NULL);
	const struct group *g = name ? getgrnam(name) : NULL;

	if (name && !g)
		refuse("no such group", name);
	return g ? g->gr_gid : (gid_t)-1;
}

static void options_read(const struct config *c, struct vault_options *o)
{
	o->socket = config_need(c, "vault", "socket");
	o->secret_key = config_need(c, "vault", "secret_key");
	o->workers = config_int(c, "vault", "workers", 2, 1, 64);
	o->web = user_of(c, "web_user");
	o->admin = user_of(c, "admin_user");
	o->group = group_of(c);
	o->audit_log = config_get(c, "vault", "audit_log", NULL);
	o->sign_every = config_int(c, "vault", "sign_every", 60, 1, 3600);
	o->guesses = config_int(c, "vault", "guesses", VAULT_GUESS_MOST, 1, INT64_MAX);
	if (!o->audit_log)
		log_warn("[vault] audit_log is not set: the heads of the audit trail are not signed");
	db_options_read(c, "vault", &o->db);
	if (!o->db.socket)
		refuse("the vault reaches its database by [database] socket alone", "none is set");
	if (o->web == o->admin || o->web == geteuid())
		log_warn("web, admin and vault share a user: the walls between them are off");
}

int main(int argc, char **argv)
{
	struct vault_options o;
	struct config *c;
	int status;

	log_init("vault", LOG_INFO);
	if (argc != 3 || strcmp(argv[1], "--config") != 0) {
		fputs("usage: signet-vault --config FILE\n", stderr);
		return 64; /* EX_USAGE */
	}
	secret_setup();
	if (config_load(argv[2], &c) != OK)
		return VAULT_EXIT_CONFIG;
	options_read(c, &o);
	store_audit_setup(hash_bytes);
	status = vault_master(&o);
	config_free(c);
	return status;
}
