/* diff.h: a unified diff of a file of which only some lines are known: those that change and those
 * near them. Its format is git's, which "git apply" and "patch -p1" take
 * (https://git-scm.com/docs/diff-format; https://www.gnu.org/software/diffutils/manual/, "Detailed
 * Description of Unified Format"). */
#ifndef CORE_DIFF_H
#define CORE_DIFF_H

#include "base/buf.h"
#include "core/workflow_lines.h"

enum { DIFF_CONTEXT = 3 }; /* lines around a change, where they are known */

/* What becomes of an edit. */
enum diff_fate {
	DIFF_DONE,
	DIFF_UNKNOWN, /* its line is not known whole, or it does not fit there */
	DIFF_CUT_OFF, /* the line after it is not known whole, and git takes a change without a line
		       * after it for one at the end of the file */
};

/* Bytes [at, at + bytes) of a line (both from 0, the line from 1) become `text`, one line. */
struct diff_edit {
	int64_t line, at, bytes;
	struct span text;
	enum diff_fate fate; /* told by diff_make() */
};

/* A line of the diff. '@': a hunk's head; ' ' the same in both files, '-' in the old one, '+' in
 * the new one; '\\': git's words for "no newline behind the line before". */
struct diff_line {
	char sign;
	struct span text; /* without the sign and the newline; a CR stays */
	int64_t number; /* in the old file; of '+': in the new one, where it is the same; else 0 */
};

struct diff {
	struct diff_line *list;
	size_t n;
	int64_t changed; /* lines */
};

/* The diff of these edits, in any order; the same edit twice counts once, and one that overlaps
 * another is DIFF_UNKNOWN. Everything lies in the arena or in what was given. */
void diff_make(struct arena *a, const struct workflow_lines *file, struct diff_edit *edits,
	       size_t n, struct diff *out);
/* Appends it with git's head of the file, its path quoted as git does; nothing when it is empty. */
void diff_put(struct buf *out, struct span path, const struct diff *d);

#endif
