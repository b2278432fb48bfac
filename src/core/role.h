/* role.h: roles, who a request comes from, and which permission each role has (product rule 2). */
#ifndef CORE_ROLE_H
#define CORE_ROLE_H

#include "base/err.h"
#include "base/span.h"

/* The numbers stand in the database. */
enum role { ROLE_NONE = 0, ROLE_COLLABORATOR = 1, ROLE_MEMBER = 2, ROLE_ADMIN = 3 };

/* A set of roles: bit 1 << (role - 1). */
typedef unsigned role_set;
#define ROLE_BIT(role) (1u << ((unsigned)(role)-1u))
enum { ROLE_SET_NEW = 6, ROLE_SET_ALL = 7 }; /* admin and member; all three */

/* "admin"; "" for none. Static. */
struct span role_text(enum role r);

/* What a row of the route table demands. */
enum permission {
	P_PUBLIC = 1,        /* anybody, signed in or not */
	P_ACCOUNT,           /* anybody signed in */
	P_SUBSCRIPTION,      /* any role in the subscription of the address */
	P_INTEGRATION_ADD,   /* + Add: admin, member */
	P_INTEGRATION_VIEW,  /* any role; the handler then asks integration_may_*() about the one */
	P_WORKFLOW_SYNC,     /* any role; the project says who sees it. A token needs its own scope */
	P_SUBSCRIPTION_ADMIN,
	P_SITE_ADMIN,
};

/* "subscription admin"; what `signet-web --routes` prints. Static. */
const char *permission_text(enum permission p);

/* A subscription as one account sees it. */
struct membership {
	int64_t subscription_id;
	struct span subscription_uid; /* 16 bytes */
	struct span slug, name;
	enum role role;
	int64_t revision;             /* of the subscription, as this request found it */
	bool disabled;                /* the subscription: nobody gets in */
};

/* Instead of an account's id where none is behind a request: no row has it, and unlike 0, which
 * stands for the operator, it opens nothing. */
enum { ACCOUNT_NONE = -1 };

/* The account behind a request. ACCOUNT_NONE: a project's sync token, which `login` names. */
struct who {
	int64_t account_id;
	struct span uid;              /* 16 bytes */
	struct span login, name, theme;
	bool site_admin;
	struct membership *memberships; /* sorted by name */
	size_t nmemberships;
	struct span token_hash;       /* of the session */
	int64_t people_revision;      /* as this request found it; 0: nobody looked */
};

/* Whose things a query may touch. Every tenant query takes one. Account integrations belong to no
 * subscription: their scope is scope_own(). */
struct scope {
	int64_t subscription_id;      /* 0: the account's own things */
	struct span subscription_uid; /* the owner's: of the account where subscription_id is 0 */
	struct span slug, name;
	int64_t account_id;           /* who looks: it decides what a collaborator sees */
	enum role role;
	int64_t revision;             /* as this request found it; 0: nobody looked */
	bool disabled;                /* the subscription: its people are E_DENIED everywhere */
	/* Of a sync token, else 0: it acts for this one project, with no account and no role. */
	int64_t sync_token_id, project_id;
};

/* What an account owns itself: it may do everything with it, and nobody else sees it. */
struct scope scope_own(const struct who *who);
/* The owner as two columns of a row, of which one is NULL; for "a <=> ? AND b <=> ?". Both point
 * into the scope. */
const int64_t *scope_subscription(const struct scope *s);
const int64_t *scope_account(const struct scope *s);

/* OK; E_DENIED: the role is there but not enough, or the subscription is disabled; E_NOT_FOUND: no
 * role in the subscription, so it does not exist for this visitor. A sync token gets P_WORKFLOW_SYNC
 * in its own subscription and is E_DENIED all else, wherever that is. `scope` is NULL where the address
 * names no subscription; `who` is NULL for an anonymous visitor (E_DENIED for anything but
 * P_PUBLIC). */
int role_allows(const struct who *who, const struct scope *scope, enum permission p) WARN_UNUSED;

#endif
