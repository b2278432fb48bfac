/* vault.h: the vault's protocol: messages of at most PROTO_MESSAGE_MAX bytes over a UNIX
 * SOCK_SEQPACKET socket, one request and one answer a connection. Codec and client. The vault
 * decides by the peer's uid which operations it may ask. */
#ifndef PROTO_VAULT_H
#define PROTO_VAULT_H

#include "base/arena.h"

enum { PROTO_MESSAGE_MAX = 64 * 1024, PROTO_VERSION = 2 };

enum vault_op {
	VAULT_STATUS = 1,     /* web, admin */
	VAULT_PASSWORD_CHECK, /* web */
	VAULT_PASSWORD_SET,   /* web with the current password; admin without */
	VAULT_ROLE_GRANT,     /* web for somebody who confirmed their password; admin */
	VAULT_SEALED_CHECK,   /* admin: opens sealed fields, answers counts */
	VAULT_RIGHTS_CHECK,   /* admin: checks the MACs of what the vault wrote, answers counts */
	VAULT_ACCOUNT_ENABLE, /* web for a site admin who confirmed; admin */
	VAULT_LINK_CREATE,    /* likewise */
	VAULT_LINK_PASSWORD,  /* web, for whoever has the code */
	VAULT_SCOPE_GRANT,    /* web for the owner of an account integration, who confirmed */
	VAULT_REBIND,	      /* web for an admin of the subscription, who confirmed */
};

#define VAULT_OP_LAST VAULT_REBIND

/* For how many seconds a password that somebody typed stands for changes of rights. */
enum { VAULT_CONFIRMED = 600 };
/* The code of a one-time link: characters, and for how many seconds it is good. */
enum { VAULT_CODE_CHARS = 43, VAULT_LINK_AGE = 24 * 3600 };
/* The most ids in one request. */
enum { VAULT_SCOPE_PROJECTS = 1000, VAULT_REBIND_HANDLES = 200 };

struct vault_client {
	const char *socket; /* path */
	int timeout_ms;	    /* for the whole exchange */
};

struct vault_status {
	char key_id[17];
	int64_t workers, argon2_calls, uptime_s;
};

/* Who asks, for the audit row that the vault writes. */
struct vault_actor {
	int64_t account_id; /* 0 = the operator */
	struct span name;   /* login, or "operator" */
	struct span address;
	struct span request;
};

/* All calls: E_UNAVAILABLE when the vault is not there or does not answer in time. */
int vault_status(const struct vault_client *c, struct vault_status *out) WARN_UNUSED;
/* OK with the account's id; E_DENIED for a wrong password, an unknown or a disabled account, in the
 * same time and words. The vault runs Argon2 exactly once in each case. The caller wipes the bytes.
 * E_THROTTLED: too many were wrong for this login lately (VAULT_GUESS_MOST), Argon2 was not run.
 * Success is also noted as a confirmation for `session`, the 32 bytes of a session's or an access
 * token's hash (empty: for none). */
int vault_password_check(const struct vault_client *c, struct span login, struct span password,
			 struct span session, int64_t *account_id) WARN_UNUSED;
/* `current` is needed from web and ignored from admin. E_DENIED: current is wrong; E_THROTTLED as
 * above; E_NOT_FOUND: no such account; E_INVALID: shorter than 12 or longer than 1024 bytes. */
int vault_password_set(const struct vault_client *c, const struct vault_actor *actor,
		       int64_t account_id, struct span current, struct span password) WARN_UNUSED;

enum vault_grant_kind { GRANT_SITE_ADMIN = 1, GRANT_ROLE, GRANT_COLLABORATOR };
struct vault_grant {
	enum vault_grant_kind kind;
	int64_t account_id, subscription_id, project_id; /* 0 where the kind has none */
	int64_t role;					 /* GRANT_ROLE: 1 to 3, 0 = take away */
	bool revoke;					 /* the other kinds: take away */
	int64_t expect; /* GRANT_ROLE: GRANT_EXPECT(role that the asker saw); 0: any */
};
#define GRANT_EXPECT(role) ((int64_t)(role) + 1)
/* The calls that change rights take `session` as above. The vault acts for the account that
 * confirmed its password for that session, whatever `actor` says beside address and request, and
 * goes by rights under its own MAC. signet-admin gives no session and needs none.
 * E_UNCONFIRMED: nobody confirmed for this session within VAULT_CONFIRMED; E_DENIED: somebody did,
 * but may not do this. */

/* Writes the right under the vault's MAC, with its audit row. Site admins make site admins; admins
 * of a subscription decide about its roles and collaborators; a site admin may make somebody admin
 * where no enabled account is one. Somebody who confirmed may give their own role back. Only
 * collaborators are named on projects; another role takes these places away. E_NOT_FOUND: one of
 * them is not there; E_CONFLICT: it would take the last admin from a subscription or from the site,
 * the role is not the expected one (any more), or somebody to be named on a project is no
 * collaborator. */
int vault_role_grant(const struct vault_client *c, const struct vault_actor *actor,
		     struct span session, const struct vault_grant *grant) WARN_UNUSED;
/* Site admins disable an account, which ends its sessions and tokens, and enable it again.
 * E_NOT_FOUND; E_CONFLICT: it is the last enabled site admin, or oneself. */
int vault_account_enable(const struct vault_client *c, const struct vault_actor *actor,
			 struct span session, int64_t account_id, bool enabled) WARN_UNUSED;
/* Site admins make a one-time link for a first or forgotten password: `code` is what it carries,
 * VAULT_CODE_CHARS URL-safe characters and a NUL; the caller wipes it. An older link of the account
 * is void. E_NOT_FOUND; E_CONFLICT: the account is disabled. */
int vault_link_create(const struct vault_client *c, const struct vault_actor *actor,
		      struct span session, int64_t account_id, char code[48]) WARN_UNUSED;
/* Sets the password of the account that the code was made for, once, and ends its sessions.
 * E_NOT_FOUND: an unknown, used or expired code; E_INVALID: a password shorter than 12 or longer
 * than 1024 bytes, which leaves the link as it was. Of `actor` only address and request count. */
int vault_link_password(const struct vault_client *c, const struct vault_actor *actor,
			struct span code, struct span password, int64_t *account_id) WARN_UNUSED;

/* A consent to the use of an account integration in a subscription (product rules 5 and 7). */
struct vault_scope {
	int64_t integration_id; /* the account integration */
	int64_t subscription_id;
	bool all_projects;	 /* future ones, too; `projects` counts for nothing then */
	const int64_t *projects; /* in any order; none: nothing may use it */
	size_t nprojects;	 /* at most VAULT_SCOPE_PROJECTS */
	struct span name;	 /* of the bound integration to be made; empty: none is made */
	bool keep;		 /* leave the consent as it is: only with a name */
	int64_t expect; /* scope_grant.entry that the form showed, 0: there was none; -1: any */
};

/* Writes the consent under the vault's MAC, with entries in the subscription's chain and in the
 * account's. The account that confirmed must own the integration and have a role in the
 * subscription. With a name also creates the bound integration of that name, all_projects its own
 * list, and its binding; the consent is then new, or takes a released one back into use, or changes
 * to these projects, or stays (`keep`). Without a name there must be a binding in the subscription
 * already: changes the projects, or consents again after a withdrawal.
 * *handle_id: the new bound integration, 0 for none.
 * E_NOT_FOUND: no account integration of this account, no role in the subscription, or a project
 * that is not the subscription's (for a collaborator: not one on which they are named, or all).
 * E_CONFLICT: the consent is not the expected one; `keep` without a live one; the name is taken
 * (the caller looks which of these it was); no name and no binding there. E_INVALID: a name against
 * rule 1, or more projects than VAULT_SCOPE_PROJECTS. E_UNCONFIRMED, E_DENIED: as above; E_DENIED
 * also when rows that the answer hangs on do not carry the vault's seal, or the subscription is
 * disabled. The operator has no account: E_DENIED. */
int vault_scope_grant(const struct vault_client *c, const struct vault_actor *actor,
		      struct span session, const struct vault_scope *scope,
		      int64_t *handle_id) WARN_UNUSED;

/* Which bound integrations of a subscription shall take their values from which account
 * integration (product rules 7 and 8). */
struct vault_rebind {
	int64_t subscription_id;
	int64_t to;		/* the account integration; an undo does not look at it */
	const int64_t *handles; /* bound integrations, each once; an undo has one */
	size_t nhandles;	/* 1 to VAULT_REBIND_HANDLES */
	bool undo;		/* back to what it was bound to before its last rebind */
	bool all_projects; /* this and `projects`: the consent that an own integration gets here */
	const int64_t *projects;
	size_t nprojects;
	int64_t expect; /* of one handle: integration.version that the form showed; 0: any */
};

/* Binds all of them anew in one transaction, as an admin of the subscription who confirmed. `to` is
 * the admin's own, whose consent is written unless a live one is there, or somebody's with a live
 * consent for this subscription, and of the type of every handle. What a handle was bound to is
 * noted for an undo within BINDING_UNDO_DAYS; a consent whose last binding here went is released
 * for as long. An undo goes back while that time is not over and the consent is there, live or
 * released; the consent that is left without a binding is deleted. The version of each handle is
 * raised.
 * E_NOT_FOUND: a handle that is none of the subscription's, no such account integration, or a
 * project that is not the subscription's. E_CONFLICT: another version than expected, another type,
 * bound to it already, or the undo is over. E_INVALID: too many handles or projects, or none.
 * E_UNCONFIRMED; E_DENIED: not an admin, `to` is neither one's own nor granted here, or rows that
 * the answer hangs on do not carry the vault's seal. The operator has no account: E_DENIED. */
int vault_rebind(const struct vault_client *c, const struct vault_actor *actor, struct span session,
		 const struct vault_rebind *rebind) WARN_UNUSED;

/* What a check finds wrong: which row, and why. The ids name it; 0 where its kind has none. */
enum vault_row {
	ROW_PASSWORD = 1,
	ROW_SITE_ROLE,
	ROW_ROLE,
	ROW_COLLABORATOR,
	ROW_CONFIRMATION,
	ROW_LINK,
	ROW_BINDING,	 /* integration_id: the bound one */
	ROW_SCOPE_GRANT, /* integration_id: the account integration */
	ROW_DEPARTURE,
	ROW_SEALED,
	ROW_KINDS
};
enum vault_why {
	WHY_FORGED = 1, /* its MAC does not fit */
	WHY_REPLAYED,	/* the vault's, but not its last word */
	WHY_MOVED,	/* the vault's, but does not fit the rows beside it */
	WHY_UNOPENED,	/* a box does not open, or its key is not the vault's */
	WHY_MISPLACED,	/* opens, but says other things (owner, field ...) than its row */
	WHY_ORIGINS,	/* the row's URLs reach an origin that the box does not allow */
	WHY_KINDS
};
struct vault_fault {
	enum vault_row row;
	enum vault_why why;
	int64_t account_id, subscription_id, integration_id;
};
enum { VAULT_FAULTS = 20 }; /* as many of a batch are named; all are counted */

/* One batch of a check that walks a table: from `after` (0 first), some 500 rows. */
struct vault_check {
	int64_t checked, good;
	int64_t why[WHY_KINDS]; /* how many for each reason */
	int64_t next;		/* continue from here; 0 = done */
	struct vault_fault faults[VAULT_FAULTS];
	size_t nfaults;
};
int vault_sealed_check(const struct vault_client *c, int64_t after,
		       struct vault_check *out) WARN_UNUSED;
int vault_rights_check(const struct vault_client *c, int64_t after,
		       struct vault_check *out) WARN_UNUSED;

#endif
