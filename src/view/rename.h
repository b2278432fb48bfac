/* rename.h: giving an integration another name: which lines of workflow files say the old one, and
 * what would make them say the new one. See view.h for how pages are filled. */
#ifndef VIEW_RENAME_H
#define VIEW_RENAME_H

#include "core/diff.h"
#include "view/view.h"

struct view_rename_place {
	int64_t line;
	struct span link; /* to that line at its Git host; or empty */
	struct span kind, consumer, key;
	struct span by_hand; /* why the diff does not change it; empty: it does, or there is none */
};

/* The places of a file, or those of them that the page has room for. */
struct view_rename_file {
	int64_t project_id;
	struct span project, path;
	bool stale; /* of the last bytes of the file that could be read */
	struct view_rename_place *places;
	size_t nplaces;
	struct diff diff;
	struct span href, project_href; /* the whole diff as a file, of this and of its project */
};

struct view_rename {
	int64_t id, version;
	struct span name;	  /* as it is */
	struct span typed, again; /* as typed */
	struct span to;		  /* what was typed, when it can be the new name; else empty */
	struct span was;  /* it is done: this is the old name, `name` the new one; or empty */
	bool was_taken;	  /* something else has the old name by now */
	int64_t already;  /* places that say `to`, but mean nothing yet */
	struct span mark; /* what the form brings back */
	struct view_rename_file *files; /* a page of them, project by project */
	size_t nfiles;
	int64_t seen, hidden, dynamic; /* places: as in struct view_uses */
	int64_t from, last;	       /* the page's first and behind its last place, from 0 */
	struct span previous, next;    /* addresses of the pages beside it, or empty */
	int64_t next_from;	       /* -1: none */
	struct span error, name_error, again_error;
};

int view_rename(struct buf *out, struct arena *a, const struct view_frame *f,
		const struct view_rename *v);

#endif
