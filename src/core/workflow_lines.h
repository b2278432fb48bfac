/* workflow_lines.h: what is kept of a workflow file's text: the lines that name an integration and
 * those around them, so that a page can show them and a rename can be written as a diff. */
#ifndef CORE_WORKFLOW_LINES_H
#define CORE_WORKFLOW_LINES_H

#include "base/arena.h"
#include "core/reference.h"

enum {
	WORKFLOW_LINES_AROUND = 3,	/* before and after one that is wanted */
	WORKFLOW_LINE_BYTES_MAX = 2000, /* a longer one is kept cut */
};

struct workflow_line {
	int64_t number;	  /* from 1, as Git counts: by line feeds alone */
	struct span text; /* as it stands there, without its line feed: a carriage return stays, and
			   * in line 1 the byte order mark */
	bool cut;	  /* only its beginning: no part of a diff */
};

struct workflow_lines {
	struct workflow_line *at; /* by number, none twice */
	size_t n;
	int64_t total; /* lines of the file; 0: nothing is known of it */
	bool open_end; /* the last one ends without a line feed */
};

/* The lines of these bytes that lie within WORKFLOW_LINES_AROUND of a reference's line or spot, as
 * they are stored. Empty (nothing is known then) when the bytes are not UTF-8 or have carriage
 * returns alone, which YAML counts and Git does not. In the arena. */
struct span workflow_lines_pack(struct arena *a, struct span bytes, const struct reference *list,
				size_t n);
/* Reads what that made; the texts lie in `packed`. E_BUG: it is nothing of the kind. */
int workflow_lines_unpack(struct arena *a, struct span packed,
			  struct workflow_lines *out) WARN_UNUSED;
/* NULL: it is not kept. */
const struct workflow_line *workflow_line_find(const struct workflow_lines *lines, int64_t number);

#endif
