/* workflow_list.h: the workflow files of all projects of a subscription, for its admins: which
 * projects still send them, and removing those of projects that do not (product rule 12). */
#ifndef STORE_WORKFLOW_LIST_H
#define STORE_WORKFLOW_LIST_H

#include "core/audit.h"
#include "core/reference.h"
#include "store/db.h"

extern const struct stmt_table STORE_WORKFLOW_LIST;

struct workflow_query {
	struct span search; /* part of the project's name, capitals or not; "": all */
	int64_t before;	    /* nothing was synced at this time or later, or never; 0: all */
	struct span after;  /* the name after which to go on; "": from the start */
	int64_t limit;
};

/* What there is of one project. */
struct workflow_project {
	int64_t id;
	struct span name;
	int64_t files, references, unreadable;
	int64_t synced_at; /* the newest of its files; 0: it has none */
	struct span synced_by;
};

/* A page of them, by name; for an admin. */
int store_workflow_projects(struct db *db, struct arena *a, const struct scope *s,
			    const struct workflow_query *q, struct workflow_project **list,
			    size_t *n) WARN_UNUSED;
/* How many there are, whatever `after` and `limit` say. */
int store_workflow_projects_count(struct db *db, struct arena *a, const struct scope *s,
				  const struct workflow_query *q, int64_t *total) WARN_UNUSED;
/* Those of these ids that are there, by name. */
int store_workflow_chosen(struct db *db, struct arena *a, const struct scope *s, const int64_t *ids,
			  size_t nids, struct workflow_project **list, size_t *n) WARN_UNUSED;

/* References of a project that are judged alike. */
struct workflow_group {
	struct reference reference; /* without its place */
	bool stale;
	int64_t n;
};
int store_workflow_groups(struct db *db, struct arena *a, const struct scope *s, int64_t project_id,
			  struct workflow_group **list, size_t *n) WARN_UNUSED;

/* An integration that these projects' files name and no other's. */
struct workflow_unused {
	int64_t id;
	struct span name;
};
/* The first `limit` of them, by name: what would be unused without these projects. */
int store_workflow_unused(struct db *db, struct arena *a, const struct scope *s, const int64_t *ids,
			  size_t nids, int64_t limit, struct workflow_unused **list,
			  size_t *n) WARN_UNUSED;

/* Projects whose workflow files are to be removed, as the page showed them. */
struct workflow_clear {
	const int64_t *ids;
	size_t n;
	int64_t files, references; /* together; -1: whatever there is */
};
/* Removes all their files, with an audit entry for each project that has any. E_CONFLICT: there are
 * not so many files and references by now, or one of the projects is gone; nothing is removed.
 * E_DENIED: the scope's account is not an admin any more. */
int store_workflow_clear(struct db *db, struct arena *a, const struct scope *s,
			 const struct actor *actor, const struct workflow_clear *c) WARN_UNUSED;

#endif
