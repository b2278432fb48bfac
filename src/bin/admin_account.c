/* admin_account.c: signet-admin account: the first people of an installation. */
#include "bin/admin.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include "core/name.h"
#include "seal/hash.h"
#include "store/account.h"
#include "store/session.h"
#include "base/banned.h"

enum { PASSWORD_MOST = 1024 };

/* One line from standard input, without echo when that is a terminal. The caller wipes it. */
static int read_password(char *out, size_t room, size_t *n)
{
	struct termios old, quiet;
	bool terminal = tcgetattr(STDIN_FILENO, &old) == 0;
	ssize_t got = 0;

	if (terminal) {
		quiet = old;
		quiet.c_lflag &= ~(tcflag_t)ECHO;
		fprintf(stderr, "Password (12 characters or more): ");
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
	}
	*n = 0;
	while (*n < room && (got = read(STDIN_FILENO, out + *n, 1)) == 1 && out[*n] != '\n')
		(*n)++;
	if (terminal) {
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &old);
		fprintf(stderr, "\n");
	}
	return got < 0 ? E_UNAVAILABLE : OK;
}

static int set_password(struct admin *a, int64_t account)
{
	struct vault_actor actor = admin_vault_actor();
	struct actor operator = admin_actor();
	char password[PASSWORD_MOST + 1];
	size_t n;
	int rc = read_password(password, sizeof(password), &n);

	if (rc == OK)
		rc = vault_password_set(&a->vault, &actor, account, SPAN(""), span_of(password, n));
	wipe(password, sizeof(password));
	if (rc == E_INVALID)
		fprintf(stderr, "signet-admin: a password has 12 to 1024 characters\n");
	if (rc == OK)
		rc = store_session_end_others(a->db, a->arena, account, SPAN(""), &operator);
	return rc;
}

static int grant_site(struct admin *a, int64_t account)
{
	struct vault_actor actor = admin_vault_actor();
	struct vault_grant grant = {.kind = GRANT_SITE_ADMIN, .account_id = account, .role = 1};

	return vault_role_grant(&a->vault, &actor, SPAN(""), &grant);
}

/* The vault is asked first: an account without a password would be half of one. */
static int create(struct admin *a, struct span login, struct span name, bool site)
{
	struct vault_status status;
	unsigned char uid[UID_BYTES];
	struct account_new new = {.login = login, .name = name, .actor = admin_actor()};
	struct span fault = name_login_fault(a->arena, login);
	int64_t id;
	int rc;

	if (fault.p) {
		fprintf(stderr, "signet-admin: %.*s\n", SPAN_ARG(fault));
		return EXIT_FAILURE;
	}
	rc = vault_status(&a->vault, &status);
	if (rc != OK)
		return admin_failed("the vault", rc);
	random_bytes(uid, sizeof(uid));
	new.uid = span_of((const char *)uid, sizeof(uid));
	rc = store_account_create(a->db, a->arena, &new, &id);
	if (rc == E_CONFLICT)
		fprintf(stderr,
			"signet-admin: there is an account of that name; to set its password: "
			"account password\n");
	if (rc == OK)
		rc = set_password(a, id);
	if (rc == OK && site)
		rc = grant_site(a, id);
	if (rc != OK)
		return admin_failed("account create", rc);
	printf("created %.*s%s\n", SPAN_ARG(login), site ? ", a site admin" : "");
	return EXIT_SUCCESS;
}

/* Printed once and kept nowhere: for somebody who has no password, or forgot it. */
static int link_make(struct admin *a, int64_t account)
{
	struct span hosts = span_str(config_need(a->config, "site", "hosts")), host = hosts;
	struct vault_actor actor = admin_vault_actor();
	char code[48];

	TRY(vault_link_create(&a->vault, &actor, SPAN(""), account, code));
	hosts = span_trim(hosts);
	span_cut(&hosts, ' ', &host);
	printf("http%s://%.*s/password?code=%s\ngood once, for 24 hours; an older link of this "
	       "account is void\n",
	       config_bool(a->config, "site", "secure", true) ? "s" : "", SPAN_ARG(host), code);
	wipe(code, sizeof(code));
	return OK;
}

static int disable(struct admin *a, int64_t account)
{
	struct vault_actor actor = admin_vault_actor();

	return vault_account_enable(&a->vault, &actor, SPAN(""), account, false);
}

static int enable(struct admin *a, int64_t account)
{
	struct vault_actor actor = admin_vault_actor();

	return vault_account_enable(&a->vault, &actor, SPAN(""), account, true);
}

static const struct {
	const char *name;
	int (*run)(struct admin *, int64_t account);
	const char *conflict; /* what E_CONFLICT means */
} VERBS[] = {
	{"password", set_password, "it was changed meanwhile"},
	{"link", link_make, "this account is disabled"},
	{"disable", disable, "this is the last site admin who can act"},
	{"enable", enable, "it was changed meanwhile"},
};

static int run_verb(struct admin *a, size_t k, const char *login)
{
	const char *what = arena_printf(a->arena, "account %s", VERBS[k].name).p;
	int64_t id;
	int rc = store_account_find(a->db, a->arena, span_str(login), &id);

	if (rc == OK)
		rc = VERBS[k].run(a, id);
	if (rc == E_CONFLICT)
		fprintf(stderr, "signet-admin: %s\n", VERBS[k].conflict);
	return rc == OK ? EXIT_SUCCESS : admin_failed(what, rc);
}

int admin_account(struct admin *a, int argc, char **argv)
{
	bool site = argc > 1 && strcmp(argv[1], "--site-admin") == 0;
	int at = site ? 2 : 1;

	if (argc > at && strcmp(argv[0], "create") == 0)
		return create(a, span_str(argv[at]),
			      span_str(argc > at + 1 ? argv[at + 1] : argv[at]), site);
	for (size_t k = 0; argc == 2 && k < COUNT(VERBS); k++)
		if (strcmp(argv[0], VERBS[k].name) == 0)
			return run_verb(a, k, argv[1]);
	fprintf(stderr, "usage: account create [--site-admin] LOGIN [NAME] | account "
			"password|link|disable|enable LOGIN\n");
	return 2;
}
