/* project.h: the projects of a subscription. Admins and members see all of them, collaborators
 * those on which they are named, a sync token its own; another one is "not found". */
#ifndef STORE_PROJECT_H
#define STORE_PROJECT_H

#include "core/audit.h"
#include "core/git_host.h"
#include "core/integration.h"
#include "store/db.h"

extern const struct stmt_table STORE_PROJECT, STORE_PROJECT_CHANGE;

/* All projects that the viewer sees, by name; *total counts all of the subscription's. */
int store_project_list(struct db *db, struct arena *a, const struct scope *s, struct project **list,
		       size_t *n, int64_t *total) WARN_UNUSED;
/* The project of exactly that name, if the viewer sees it. E_NOT_FOUND. */
int store_project_find(struct db *db, struct arena *a, const struct scope *s, struct span name,
		       int64_t *id) WARN_UNUSED;

enum { PROJECT_INTEGRATIONS_MAX = 1000 };

struct project_query {
	struct span search; /* part of the name, capitals or not; "": all */
	struct span after;  /* the name after which to go on; "": from the start */
	int64_t limit;
};

struct project_row {
	int64_t id;
	struct span name;
	int64_t created_at;
	int64_t integrations;  /* limited to a list that has this project */
	int64_t collaborators; /* named on it */
	struct git_place place;
};

/* A page of those that the viewer sees, by name. */
int store_project_page(struct db *db, struct arena *a, const struct scope *s,
		       const struct project_query *q, struct project_row **list,
		       size_t *n) WARN_UNUSED;
/* How many the viewer sees whose name has `search` in it. */
int store_project_count(struct db *db, struct arena *a, const struct scope *s, struct span search,
			int64_t *total) WARN_UNUSED;
/* One. E_NOT_FOUND when it is not in the scope. */
int store_project_get(struct db *db, struct arena *a, const struct scope *s, int64_t id,
		      struct project_row *out) WARN_UNUSED;

/* An integration that is limited to a list of projects. */
struct project_integration {
	int64_t id;
	struct span name, type;
	bool alone; /* this project is the only one of the list */
};
/* The first `limit` integrations, by name, whose list has the project. Only for a project that the
 * viewer sees: whoever sees it sees these, but for bound ones that their owner keeps from it. */
int store_project_integrations(struct db *db, struct arena *a, const struct scope *s, int64_t id,
			       int64_t limit, struct project_integration **list,
			       size_t *n) WARN_UNUSED;

/* A project to be added, changed or deleted, as the form or page showed it. */
struct project_change {
	int64_t id;		/* add: of the new one, afterwards */
	struct span was;	/* its name */
	struct span was_url;	/* SPAN_NONE: whatever it is */
	struct span name;	/* add, change: the new one */
	struct git_place place; /* likewise; its url SPAN_NONE: it stays as it is */
	int64_t integrations, collaborators; /* delete: what was said to be concerned */

	bool name_taken, stale; /* why it was E_CONFLICT */
};
/* This and the other changes: E_DENIED when the account of the scope is not an admin any more.
 * E_CONFLICT: name_taken. */
int store_project_add(struct db *db, struct arena *a, const struct scope *s,
		      const struct actor *actor, struct project_change *c) WARN_UNUSED;
/* The same with nothing but a name. */
int store_project_create(struct db *db, struct arena *a, const struct scope *s,
			 const struct actor *actor, struct span name, int64_t *id) WARN_UNUSED;
/* E_CONFLICT: name_taken, or stale (somebody changed it). E_NOT_FOUND: gone meanwhile. */
int store_project_set(struct db *db, struct arena *a, const struct scope *s,
		      const struct actor *actor, struct project_change *c) WARN_UNUSED;
/* Takes it off the lists of integrations (each of which is changed by that, with an entry of its
 * own) and its collaborators off it. An emptied list stays a list: no project may use the
 * integration then. E_CONFLICT: stale (renamed, or other integrations or people are concerned).
 * E_NOT_FOUND: gone. E_TOO_BIG: more than PROJECT_INTEGRATIONS_MAX are limited to it. */
int store_project_delete(struct db *db, struct arena *a, const struct scope *s,
			 const struct actor *actor, struct project_change *c) WARN_UNUSED;

#endif
