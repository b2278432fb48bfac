/* integration_list.h: lists of the integrations of a scope: searched, filtered, in some order,
 * page by page. A page begins at a place in the order, not at a number, so rows that come and go
 * elsewhere move nothing. */
#ifndef STORE_INTEGRATION_LIST_H
#define STORE_INTEGRATION_LIST_H

#include "core/binding.h"
#include "core/integration.h"
#include "store/db.h"

extern const struct stmt_table STORE_INTEGRATION_LIST, STORE_INTEGRATION_ROWS;

struct integration_row {
	int64_t id;
	struct span name, type, url;
	bool all_projects; /* may use it: of a bound one, as far as its owner allows */
	role_set edit_roles;
	bool disabled;
	int64_t changed_at;
	struct span projects; /* names that the viewer sees, "\n" between, by name; empty: none */
	int64_t handles, subscriptions; /* of an account's own: bound to it, and where these are */
	bool bound; /* takes its values from an account integration; else the rest is "" */
	int64_t owner_id;
	struct span owner; /* ACCOUNT_WHO */
	enum binding_state binding;
	int64_t uses;	 /* places in workflow files that name it, whoever sees them; of an
			  * account's own those that name its handles where its owner has a role */
	int64_t used_at; /* when the last one went; 0: none ever did */
};

/* By name; by type, then name; the last changed first. Each puts any two rows in an order. */
enum integration_sort { SORT_NAME, SORT_TYPE, SORT_CHANGED, SORTS };
/* The last two: of a bound one, its owner left; took the consent back, or deleted it. */
enum integration_state {
	STATE_ANY,
	STATE_ENABLED,
	STATE_DISABLED,
	STATE_LEFT,
	STATE_WITHDRAWN,
	STATES
};
/* Named in workflow files, or not. Only what the viewer may know counts as either: see
 * integration_may_count(). */
enum integration_use { USE_ANY, USE_SOME, USE_NONE, USE_KINDS };
/* The subscription's own; bound ones; those bound to the viewer's. */
enum integration_owner { OWNER_ANY, OWNER_ORG, OWNER_PERSONAL, OWNER_MINE, OWNERS };

struct integration_query {
	struct span search; /* stands in the name, or in a URL that the viewer may see,
			     * (of which the first 500 characters count), in capitals
			     * or not; every character means itself; empty: all */
	struct span type;   /* empty: all */
	enum integration_state state;
	enum integration_owner owner;
	enum integration_use use;
	int64_t since; /* with USE_NONE: made before this second, and no place has named it since
			* then; 0: whenever */
	enum integration_sort sort;
	/* A place in the order, that of a row there or once there; NULL: the start. Of it only
	 * what `sort` looks at is read: name; type and name; changed_at and id. */
	const struct integration_row *from;
	bool back; /* the rows before `from`, not those behind it */
	int64_t limit;
};

/* Up to `limit` integrations that the viewer sees and the query means, next to `from`, in the
 * query's order (also when going back). */
int store_integration_list(struct db *db, struct arena *a, const struct scope *s,
			   const struct integration_query *q, struct integration_row **list,
			   size_t *n) WARN_UNUSED;
/* How many of them there are in all, wherever a page begins. */
int store_integration_count(struct db *db, struct arena *a, const struct scope *s,
			    const struct integration_query *q, int64_t *total) WARN_UNUSED;

/* What hangs on rows that were found: their projects, and of bound ones owner and state. */
int store_integration_rows_fill(struct db *db, struct arena *a, const struct scope *s,
				struct integration_row *list, size_t n) WARN_UNUSED;

#endif
