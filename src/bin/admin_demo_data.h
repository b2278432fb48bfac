/* admin_demo_data.h: what `signet-admin demo` makes. */
#ifndef BIN_ADMIN_DEMO_DATA_H
#define BIN_ADMIN_DEMO_DATA_H

#include "core/role.h"

struct demo_account {
	const char *login, *name;
	bool site_admin;
};

struct demo_subscription {
	const char *slug;
	const char *projects[6]; /* NULL ends */
};

struct demo_role {
	const char *login, *slug;
	enum role role;
	const char *project; /* a collaborator's */
};

struct demo_integration {
	const char *slug, *name, *type, *url;
	const char *projects; /* blanks between; NULL: all */
	role_set edit_roles;
};

/* An account's own. */
struct demo_own {
	const char *login, *name, *type, *url;
};

#define TABLE(type, name) extern const struct type name[]; extern const size_t name##_N
TABLE(demo_account, DEMO_ACCOUNTS);
TABLE(demo_subscription, DEMO_SUBSCRIPTIONS);
TABLE(demo_role, DEMO_ROLES);
TABLE(demo_integration, DEMO_INTEGRATIONS);
TABLE(demo_own, DEMO_OWN);
#undef TABLE

#endif
