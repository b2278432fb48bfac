/* site.h: accounts and subscriptions as site administration sees them: who they are and who can
 * act, never what is in them (product rule 2). Texts are in the request's arena; times are seconds
 * since the epoch, 0: never. */
#ifndef CORE_SITE_H
#define CORE_SITE_H

#include "core/role.h"

struct site_account {
	int64_t id;
	struct span login, name;
	struct span email; /* empty: none is noted */
	int64_t created_at, disabled_at, signed_in_at, password_at;
	bool site_admin;
};

/* The numbers stand in a statement. */
enum site_account_state {
	SITE_ACCOUNT_ANY,
	SITE_ACCOUNT_ACTIVE,
	SITE_ACCOUNT_DISABLED,
	SITE_ACCOUNT_NEW /* never signed in, not disabled */
};

struct site_account_filter {
	struct span search; /* somewhere in login or name, small or capital; empty: all */
	enum site_account_state state;
	bool site_admins; /* those alone */
};

/* A subscription in which an account has a role. */
struct site_account_role {
	int64_t subscription_id;
	struct span slug, name;
	enum role role;
	bool disabled;	 /* the subscription */
	bool only_admin; /* nobody else can act there */
};

struct site_subscription {
	int64_t id;
	struct span slug, name;
	int64_t created_at, disabled_at;
	int64_t people, projects;
	bool can_act; /* an enabled account is admin */
};

struct site_subscription_filter {
	struct span search; /* somewhere in slug or name, small or capital; empty: all */
	bool no_admin;	    /* those alone in which nobody can act */
};

/* An admin of a subscription. */
struct site_subscription_admin {
	int64_t account_id;
	struct span login, name;
	bool disabled; /* the account */
};

#endif
