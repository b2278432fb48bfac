/* workflow.h: a project's workflow files and what they name, on its page and as a sync's answer.
 * See view.h for how pages are filled. */
#ifndef VIEW_WORKFLOW_H
#define VIEW_WORKFLOW_H

#include "core/reference.h"
#include "view/view.h"

/* A line of a file as it stands there, in three pieces: the middle one is what to look at. */
struct view_code {
	int64_t number;
	struct span before, marked, after;
	bool here;	    /* the line of the reference, not one beside it */
	bool gap;	    /* other lines stand between it and the one before */
	bool begun, broken; /* its beginning, or its end, is left out */
};
enum { VIEW_CODE_MAX = 4 };

/* A place that names an integration, judged. */
struct view_reference {
	int64_t file_id;
	struct reference_spot spot;
	struct span path;
	int64_t line, column;
	struct span kind, consumer, key, name;
	enum reference_state state;
	struct span advice;	/* what is wrong, and what to do; empty for a fine one */
	struct span meant;	/* the name that was probably meant, or empty */
	int64_t target_id;	/* of the integration, for those who see it; or 0 */
	bool stale;		/* of the last bytes of its file that could be read */
	struct span link;	/* to the line at the project's Git host, or empty */
	struct view_code *code; /* the line with one above and below, and where the name itself
				   stands if that is elsewhere; as far as it is known */
	size_t ncode;
};

struct view_workflow_file {
	struct span path;
	int64_t size, references;
	int64_t synced_at;
	struct span synced_by;
	struct span fault; /* not readable as it was sent last; else empty */
	int64_t fault_line, read_at;
};

struct view_workflow {
	int64_t project_id;
	struct view_workflow_file *files;
	size_t nfiles, nstale;
	struct view_reference *references; /* a page of them, those that need somebody first */
	size_t nreferences;
	int64_t total, problems, from; /* of all; the place of the first one of the page, from 0 */
	int64_t previous, next;	       /* where the pages beside it begin; -1: there is none */
	struct span api;	       /* "https://signet.example.com/api/v1/s/acme/projects/7" */
	struct span server, lint; /* "https://signet.example.com"; what signet lint has for --project,
				     as a shell's word */
	int64_t now;

	/* The form. */
	struct view_paste {
		struct span path, text; /* as typed */
		struct span path_error, text_error;
	} paste;
	struct span folder; /* as typed */
	struct span file_error, folder_error;
};

/* One file of a sync. */
struct view_synced_file {
	struct span path, change; /* "new", "changed", "same", "stale" */
	int64_t references;
	struct span *added, *gone; /* names that it did not have before, and has no more */
	size_t nadded, ngone;
	struct span fault;
	int64_t fault_line;
};

/* What a sync answers to programs. */
struct view_synced {
	struct view_synced_file *files;
	size_t nfiles;
	struct span *removed; /* paths */
	size_t nremoved;
	int64_t references, fine;
	struct view_reference *problems; /* the first of them */
	size_t nproblems;
};

/* What nobody could see (control characters, turned directions) as its number, \\u202E: a file may
 * name anything. In the arena, or the text itself. */
struct span view_visible(struct arena *a, struct span text);

struct tpl;
/* One of a list, into the section that stands for it. */
void view_reference(struct tpl *t, struct arena *a, const struct view_frame *f,
		    const struct view_reference *r);
/* The form for a paste, into the section that stands for it. */
void view_paste(struct tpl *t, const struct view_frame *f, int64_t project_id,
		const struct view_paste *v);
/* The cards of a project's page. */
void view_workflow(struct tpl *t, struct arena *a, const struct view_frame *f,
		   const struct view_workflow *v);
/* For programs alone. */
int view_workflow_state(struct buf *out, const struct view_frame *f, const struct view_workflow *v);
int view_synced(struct buf *out, const struct view_synced *v);

#endif
