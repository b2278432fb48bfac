/* admin.c: signet-admin, the operator's command. */
#include "bin/admin.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "bin/program.h"
#include "seal/hash.h"
#include "seal/keygen.h"
#include "store/audit.h"
#include "store/migration.h"
#include "store/seal_key.h"
#include "base/banned.h"

/* A migration may take its time; a page's query may not. */
enum { DATABASE_TIMEOUT_S = 3600, VAULT_TIMEOUT_MS = 30000 };

static const struct {
	const char *name;
	int (*run)(struct admin *, int, char **);
	const char *help;
} COMMANDS[] = {
	{"migrate", admin_migrate, "bring the database's schema and grants up to date"},
	{"keys", admin_keys, "keys init: make the vault's keys, if there are none"},
	{"account", admin_account,
	 "account create [--site-admin] LOGIN [NAME] | account password LOGIN (both ask, or read a "
	 "line) | account link LOGIN (prints a one-time link for a password) | account disable "
	 "LOGIN | account enable LOGIN"},
	{"demo", admin_demo, "fill an empty installation with demo data; print its sign-ins"},
	{"doctor", admin_doctor,
	 "ask the vault whether every sealed field and every right is whole"},
	{"audit", admin_audit,
	 "audit verify [--chain CHAIN] [--log FOLDER] ...: is the audit trail whole?"},
	{"status", admin_status, "ask the vault for its key, workers, Argon2 calls and uptime"},
};

static int usage(void)
{
	fprintf(stderr, "usage: signet-admin --config FILE COMMAND\n");
	for (size_t k = 0; k < COUNT(COMMANDS); k++)
		fprintf(stderr, "  %-8s %s\n", COMMANDS[k].name, COMMANDS[k].help);
	return 2;
}

struct actor admin_actor(void)
{
	return (struct actor){0, SPAN("operator"), SPAN(""), SPAN("")};
}

struct vault_actor admin_vault_actor(void)
{
	return (struct vault_actor){0, SPAN("operator"), SPAN(""), SPAN("")};
}

int admin_failed(const char *what, int rc)
{
	fprintf(stderr, "signet-admin: %s: %s\n", what, err_text(rc));
	return EXIT_FAILURE;
}

int admin_migrate(struct admin *a, int argc, char **argv)
{
	const char *name = config_get(a->config, "database", "name", "signet");
	int rc;

	(void)argv;
	if (argc != 0)
		return usage();
	rc = store_migrate(a->db, a->arena, config_need(a->config, "admin", "sql"), name,
			   hash_bytes);
	return rc == OK ? EXIT_SUCCESS : admin_failed("migrate", rc);
}

int admin_keys(struct admin *a, int argc, char **argv)
{
	const char *secret = config_need(a->config, "vault", "secret_key");
	const char *public = config_need(a->config, "web", "public_key");
	struct seal_key key;
	int rc;

	if (argc != 1 || strcmp(argv[0], "init") != 0)
		return usage();
	rc = access(secret, F_OK) == 0 ? E_CONFLICT : keygen_write(secret, public, &key);
	if (rc == E_CONFLICT) {
		rc = seal_key_read(public, &key);
		if (rc == OK)
			printf("keys are there already: %s\n", key.id);
	} else if (rc == OK) {
		printf("made key %s: keep a copy of %s where no one else reads it\n", key.id,
		       secret);
	}
	if (rc == OK)
		rc = store_seal_key_add(
			a->db, a->arena, span_str(key.id),
			span_of((const char *)key.public_key, sizeof(key.public_key)));
	return rc == OK ? EXIT_SUCCESS : admin_failed("keys init", rc);
}

static int run(struct admin *a, int argc, char **argv)
{
	if (argc < 1)
		return usage();
	for (size_t k = 0; k < COUNT(COMMANDS); k++)
		if (strcmp(argv[0], COMMANDS[k].name) == 0)
			return COMMANDS[k].run(a, argc - 1, argv + 1);
	return usage();
}

int main(int argc, char **argv)
{
	struct admin a = {0};
	struct db_options options;
	int status;

	log_init("signet-admin", LOG_INFO);
	secret_setup();
	store_audit_setup(hash_bytes);
	if (program_config(argc, argv, &a.config) != OK)
		return 2;
	a.arena = arena_new();
	db_options_read(a.config, "admin", &options);
	options.timeout_s = DATABASE_TIMEOUT_S;
	a.db = db_new(&options);
	a.vault.socket = config_need(a.config, "vault", "socket");
	a.vault.timeout_ms = VAULT_TIMEOUT_MS;
	status = run(&a, argc - optind, argv + optind);
	db_close(a.db);
	config_free(a.config);
	arena_free(a.arena);
	return status;
}
