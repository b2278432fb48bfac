/* workflow.h: a project's workflow files: sending them, as a program or a person, removing them,
 * and what they name. Everybody who sees the project may. */
#ifndef PAGE_WORKFLOW_H
#define PAGE_WORKFLOW_H

#include "core/workflow_lines.h"
#include "http/route.h"
#include "store/project.h"
#include "store/reference.h"
#include "store/workflow_file.h"
#include "view/workflow.h"

extern const struct form_def FORM_WORKFLOW_RAW, FORM_WORKFLOW_FILES, FORM_WORKFLOW,
	FORM_WORKFLOW_REMOVE;

/* For programs: what is there; one file as the body, ?path=; all files as parts; one file gone. */
int page_workflow(struct req *r, struct res *s);
int page_workflow_put(struct req *r, struct res *s);
int page_workflow_put_all(struct req *r, struct res *s);
int page_workflow_delete(struct req *r, struct res *s);
/* Files as parts, judged and not stored; of the project by id, or by ?project= its name. */
int page_workflow_check(struct req *r, struct res *s);
int page_workflow_check_named(struct req *r, struct res *s);
/* On the project's page: a paste, or chosen files; one file gone, or all. */
int page_workflow_send(struct req *r, struct res *s);
int page_workflow_remove(struct req *r, struct res *s);

/* For these. */

/* What the project's page shows of them: `limit` references from ?from= on. */
int workflow_show(struct req *r, const struct project_row *p, int64_t limit,
		  struct view_workflow *out) WARN_UNUSED;
/* Judges references of a project's files, the most urgent first. */
int workflow_judge(struct req *r, int64_t project_id, const struct workflow_file *files,
		   size_t nfiles, const struct reference *list, size_t n,
		   struct view_reference **out) WARN_UNUSED;

/* Links these references to their lines at the project's Git host, if that is known. */
void workflow_link(const struct req *r, const struct project_row *p, struct view_reference *list,
		   size_t n);

/* Shows them with the lines around them. */
int workflow_context(const struct req *r, struct view_reference *list, size_t n) WARN_UNUSED;
/* One of a file whose lines are these. */
void workflow_context_of(struct arena *a, struct view_reference *r,
			 const struct workflow_lines *lines);

/* A file as it was sent. */
struct workflow_bytes {
	struct span path, bytes;
};
/* Syncs them: reads what is not known by its hash, and stores it. Messages about what cannot be
 * taken are in the form afterwards, and *sync is to be used only if there is none. */
int workflow_take(struct req *r, const struct project_row *p, const struct workflow_bytes *list,
		  size_t n, bool whole, struct workflow_sync *sync) WARN_UNUSED;
/* The same, but stores nothing: a sync of them, not whole, as it would be read now, and the files
 * that are stored. E_TOO_BIG: *sync says what there is too much of. */
int workflow_look(struct req *r, const struct project_row *p, const struct workflow_bytes *list,
		  size_t n, struct workflow_sync *sync, struct workflow_file **known,
		  size_t *nknown) WARN_UNUSED;
/* The parts of a form that are files, in its order, each under that folder, with room for so many
 * more at the end. */
struct workflow_bytes *workflow_parts(struct req *r, struct span folder, size_t room, size_t *n);
/* One file of an answer; its references are counted elsewhere. */
void workflow_file_answer(struct arena *a, const struct workflow_sent *f,
			  struct view_synced_file *v);
/* A check instead of a sync, answered as a page with what it found. */
int workflow_check_show(struct req *r, struct res *s, const struct project_row *p,
			const struct workflow_bytes *list, size_t n) WARN_UNUSED;

#endif
