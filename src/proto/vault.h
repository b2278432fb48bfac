/* vault.h: the vault's protocol: messages of at most PROTO_MESSAGE_MAX bytes over a UNIX
 * SOCK_SEQPACKET socket, one request and one answer a connection. Codec and client. The vault
 * decides by the peer's uid which operations it may ask. */
#ifndef PROTO_VAULT_H
#define PROTO_VAULT_H

#include "base/arena.h"

enum { PROTO_MESSAGE_MAX = 64 * 1024, PROTO_VERSION = 1 };

enum vault_op {
	VAULT_STATUS = 1,     /* web, admin */
	VAULT_PASSWORD_CHECK, /* web */
	VAULT_PASSWORD_SET,   /* web with the current password; admin without */
	VAULT_ROLE_GRANT,     /* admin */
	VAULT_SEALED_CHECK,   /* admin: opens sealed fields, answers counts */
	VAULT_RIGHTS_CHECK,   /* admin: checks the MACs of passwords and roles, answers counts */
};

struct vault_client {
	const char *socket;   /* path */
	int timeout_ms;       /* for the whole exchange */
};

struct vault_status {
	char key_id[17];
	int64_t workers, argon2_calls, uptime_s;
};

/* Who asks, for the audit row that the vault writes. */
struct vault_actor {
	int64_t account_id;   /* 0 = the operator */
	struct span name;     /* login, or "operator" */
	struct span address;
	struct span request;
};

/* All calls: E_UNAVAILABLE when the vault is not there or does not answer in time. */
int vault_status(const struct vault_client *c, struct vault_status *out) WARN_UNUSED;
/* OK with the account's id; E_DENIED for a wrong password, an unknown or a disabled account, in the
 * same time and words. The vault runs Argon2 exactly once in each case. The caller wipes the bytes.
 */
int vault_password_check(const struct vault_client *c, struct span login, struct span password,
			 int64_t *account_id) WARN_UNUSED;
/* `current` is needed from web and ignored from admin. E_DENIED: current is wrong; E_NOT_FOUND: no
 * such account; E_INVALID: shorter than 12 or longer than 1024 bytes. */
int vault_password_set(const struct vault_client *c, const struct vault_actor *actor,
		       int64_t account_id, struct span current, struct span password) WARN_UNUSED;

enum vault_grant_kind { GRANT_SITE_ADMIN = 1, GRANT_ROLE, GRANT_COLLABORATOR };
struct vault_grant {
	enum vault_grant_kind kind;
	int64_t account_id, subscription_id, project_id; /* 0 where the kind has none */
	int64_t role;                                    /* GRANT_ROLE: 1 to 3, 0 = take away */
	bool revoke;                                     /* the other kinds: take away */
};
/* Writes the right under the vault's MAC, with its audit row. E_NOT_FOUND: one of them is not
 * there; E_CONFLICT: it would take the last admin from a subscription. */
int vault_role_grant(const struct vault_client *c, const struct vault_actor *actor,
		     const struct vault_grant *grant) WARN_UNUSED;

/* One batch of a check that walks a table: from `after` (0 first), up to 500 rows. */
struct vault_check {
	int64_t checked, good;
	int64_t unopened;   /* box does not open, or its key is not the vault's */
	int64_t misplaced;  /* opens, but says other things (owner, field ...) than its row */
	int64_t origins;    /* the row's URLs reach an origin that the box does not allow */
	int64_t bad_mac;    /* rights: MAC does not fit */
	int64_t next;       /* continue from here; 0 = done */
};
int vault_sealed_check(const struct vault_client *c, int64_t after,
		       struct vault_check *out) WARN_UNUSED;
int vault_rights_check(const struct vault_client *c, int64_t after,
		       struct vault_check *out) WARN_UNUSED;

#endif
