/* reference.h: what workflow files name: writing it with its file, and reading it by project or by
 * the name of an integration. */
#ifndef STORE_REFERENCE_H
#define STORE_REFERENCE_H

#include "core/git_host.h"
#include "core/reference.h"
#include "store/db.h"

extern const struct stmt_table STORE_REFERENCE, STORE_REFERENCE_TARGET;

/* Inside the transaction that writes the file: its references, which has none yet. Texts are cut by
 * reference_cut(). */
int store_reference_write(struct db *db, struct arena *a, const struct scope *s, int64_t project_id,
			  int64_t file_id, const struct reference *list, size_t n) WARN_UNUSED;

/* Those of a project that the viewer sees, in no order. file_id: of that file alone, as they stand
 * in it; 0: all. */
int store_reference_list(struct db *db, struct arena *a, const struct scope *s, int64_t project_id,
			 int64_t file_id, struct reference **list, size_t *n) WARN_UNUSED;
/* What these references of a project, stored or not, lead to, sorted for store_reference_target(). */
struct reference_targets {
	struct reference_target *list;
	size_t n;
};
int store_reference_targets(struct db *db, struct arena *a, const struct scope *s,
			    int64_t project_id, const struct reference *list, size_t n,
			    struct reference_targets *out) WARN_UNUSED;
/* The one of exactly that name, or NULL. */
const struct reference_target *store_reference_target(const struct reference_targets *all,
						      struct span name);
/* The names of all integrations that the viewer sees, for reference_alike(). */
int store_reference_names(struct db *db, struct arena *a, const struct scope *s, struct span **list,
			  size_t *n) WARN_UNUSED;

/* One place that names an integration. */
struct reference_use {
	int64_t project_id;
	struct span project, path;
	struct git_place place; /* of the project */
	bool stale;  /* of the last bytes of its file that could be read */
	bool denied; /* the project may not use it */
	struct reference reference;
};

struct reference_uses {
	int64_t seen, hidden; /* in projects that the viewer sees, and in others */
	int64_t dynamic;      /* of the subscription: any of them may name it at run time */
	struct reference_use
		*list; /* those from `offset` on, `limit` at most, project by project */
	size_t n;
};

/* Where the integration of that id and name, which it has, is named. A name alone finds nothing by variables:
 * these are counted. */
int store_reference_uses(struct db *db, struct arena *a, const struct scope *s,
			 int64_t integration_id, struct span name, int64_t offset, int64_t limit,
			 struct reference_uses *out) WARN_UNUSED;
/* Inside a transaction that holds the subscription's lock: does any reference of any project have
 * the name of this integration? Syncs take the same lock, so the answer is true until the commit.
 */
int store_reference_blocks(struct db *db, struct arena *a, int64_t subscription_id,
			   int64_t integration_id, bool *blocks) WARN_UNUSED;

#endif
