/* workflow_file.h: the workflow files of a project: not their bytes, but what they name with the
 * lines around it (store/workflow_lines.h), by a hash of the bytes (product rule 12). */
#ifndef STORE_WORKFLOW_FILE_H
#define STORE_WORKFLOW_FILE_H

#include "core/audit.h"
#include "core/reference.h"
#include "store/db.h"

extern const struct stmt_table STORE_WORKFLOW_FILE;

struct workflow_file {
	int64_t id;
	struct span path, hash; /* 32 bytes */
	int64_t size, references, dynamic;
	int64_t synced_at;
	struct span synced_by; /* "Name (login)", "token NAME" */
	/* Not readable as it was sent last ("stale"): where and why; its references are those of
	 * read_at (0: it never was readable, it has none). */
	struct span fault;
	int64_t fault_line, read_at;
};

/* All of a project that the viewer sees, by path. */
int store_workflow_files(struct db *db, struct arena *a, const struct scope *s, int64_t project_id,
			 struct workflow_file **list, size_t *n) WARN_UNUSED;

/* What a sync made of a file. */
enum workflow_change {
	WORKFLOW_SAME, /* the same bytes as before */
	WORKFLOW_NEW,
	WORKFLOW_CHANGED,
	WORKFLOW_STALE /* not readable: the references of before stay */
};

/* One file that was sent. */
struct workflow_sent {
	struct span path, hash;
	int64_t size;
	bool read; /* false: its bytes are believed to be those of before, so nobody read them */
	bool again; /* the same bytes may say something else than before: anchors changed */
	struct reference *references;
	size_t nreferences;
	struct span lines; /* workflow_lines_pack() */
	struct span fault; /* why they could not be read, else empty */
	int64_t fault_line;

	/* What became of it. */
	int64_t id;
	enum workflow_change change;
	struct span *was; /* of a changed one: the names of its references before */
	size_t nwas;
};

struct workflow_sync {
	int64_t project_id;
	struct workflow_sent *files; /* no path twice */
	size_t n;
	bool whole; /* these are all: what else there was is gone */

	struct span *removed; /* their paths */
	size_t nremoved;
	bool unread; /* why it was E_CONFLICT: one that was not read is another now; read them all
		      */
	bool too_many_files, too_many_references; /* why it was E_TOO_BIG */
};

/* Replaces the references of these files, in one transaction that first locks the subscription,
 * with one audit entry if anything changed. Asks again for the rights: admins and members,
 * collaborators of the project; else, and when the project is gone, E_NOT_FOUND. */
int store_workflow_sync(struct db *db, struct arena *a, const struct scope *s,
			const struct actor *actor, struct workflow_sync *sync) WARN_UNUSED;
/* Removes one file with its references, or for an empty path all of the project; *n: how many.
 * Within a transaction of the caller it is a part of that.
 * E_NOT_FOUND: there is none, or as above. */
int store_workflow_remove(struct db *db, struct arena *a, const struct scope *s,
			  const struct actor *actor, int64_t project_id, struct span path,
			  int64_t *n) WARN_UNUSED;

#endif
