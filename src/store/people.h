/* people.h: the people of a subscription: the accounts with a role in it, as its admins see them.
 * Roles themselves are the vault's to write (proto/vault.h). An account without a role in the scope
 * is "not found", whatever it is elsewhere. */
#ifndef STORE_PEOPLE_H
#define STORE_PEOPLE_H

#include "core/role.h"
#include "store/db.h"

extern const struct stmt_table STORE_PEOPLE;

struct person {
	int64_t account_id;
	struct span login, name;
	enum role role;
	struct span source; /* of the role: "hand" */
	int64_t granted_at;
	bool disabled;	      /* the account cannot sign in */
	struct span projects; /* names of those on which a collaborator is named, "\n" between */
};

struct people_query {
	struct span search;		     /* part of name or login, capitals or not; "": all */
	enum role role;			     /* ROLE_NONE: any */
	int64_t project_id;		     /* collaborators named on it; 0: everybody */
	struct span after_name, after_login; /* of the last one before; "": from the start */
	int64_t limit;
};

/* A page of them, by name, then login. */
int store_people_list(struct db *db, struct arena *a, const struct scope *s,
		      const struct people_query *q, struct person **list, size_t *n) WARN_UNUSED;
/* How many the query finds in all; `after` and limit do not count. */
int store_people_count(struct db *db, struct arena *a, const struct scope *s,
		       const struct people_query *q, int64_t *total) WARN_UNUSED;
/* One. E_NOT_FOUND: no role in the scope. */
int store_person_get(struct db *db, struct arena *a, const struct scope *s, int64_t account_id,
		     struct person *out) WARN_UNUSED;

/* A project on which somebody is named. */
struct person_project {
	int64_t id;
	struct span name, source;
	int64_t granted_at;
};
/* By name. */
int store_person_projects(struct db *db, struct arena *a, const struct scope *s, int64_t account_id,
			  struct person_project **list, size_t *n) WARN_UNUSED;

/* Whose login is exactly this, and their role in the scope (ROLE_NONE: none). E_NOT_FOUND: nobody,
 * or an account that is disabled. This tells an admin which logins exist: callers count the misses.
 */
int store_person_find(struct db *db, struct arena *a, const struct scope *s, struct span login,
		      int64_t *account_id, enum role *role) WARN_UNUSED;
/* How many admins other than this account can act. */
int store_people_other_admins(struct db *db, struct arena *a, const struct scope *s,
			      int64_t account_id, int64_t *n) WARN_UNUSED;

#endif
