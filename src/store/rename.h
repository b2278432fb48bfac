/* rename.h: the places in workflow files that name an integration, for giving it another name
 * (product rule 10): all that the diff of their files needs, but for the files' lines. */
#ifndef STORE_RENAME_H
#define STORE_RENAME_H

#include "core/git_host.h"
#include "core/reference.h"
#include "store/db.h"
#include "store/integration.h"

extern const struct stmt_table STORE_RENAME;

struct rename_place {
	int64_t project_id, file_id;
	struct span project, path;
	struct git_place place; /* of the project */
	bool stale;		/* of the last bytes of its file that could be read */
	struct reference reference;
};

struct rename_places {
	int64_t seen, hidden; /* in projects that the viewer sees, and in others */
	int64_t dynamic;      /* of the subscription: any of them may name it at run time */
	struct span mark;     /* of all: another one when it is named in other files, or more often
			       * or more seldom; for integration_change.places */
	struct rename_place *list; /* those from `offset` on, `limit` at most, file by file */
	size_t n;
};

/* Where exactly this name is named; what has the name, if anything, does not matter. */
int store_rename_places(struct db *db, struct arena *a, const struct scope *s, struct span name,
			int64_t offset, int64_t limit, struct rename_places *out) WARN_UNUSED;
/* The same of one project, all of them, file by file. E_NOT_FOUND: the viewer does not see it. */
int store_rename_project(struct db *db, struct arena *a, const struct scope *s, struct span name,
			 int64_t project_id, struct rename_place **list, size_t *n) WARN_UNUSED;
/* Inside store_integration_rename(), under the subscription's lock, which syncs take, too: is the
 * change what its visitor saw of `name`, the old one? */
int store_rename_check(struct db *db, struct arena *a, const struct scope *s, struct span name,
		       struct integration_change *c) WARN_UNUSED;

#endif
