/* head_check.h: reading the files of signed heads line by line, in order: is each line signed, does
 * each follow the one before, is none missing? What to do with a good head is the caller's. */
#ifndef CORE_HEAD_CHECK_H
#define CORE_HEAD_CHECK_H

#include "core/head_line.h"

struct head_check {
	/* Set by the caller. */
	void (*hash)(struct span data, unsigned char out[HEAD_HASH]);
	bool (*is_signed)(void *arg, struct span text,
			  const unsigned char signature[HEAD_SIGNATURE]);
	/* `n`: the line's number; `what`: a sentence. */
	void (*fault)(void *arg, int64_t n, const char *what);
	/* Nothing wrong in itself. */
	void (*note)(void *arg, int64_t n, const char *what);
	/* A signed head. OK to go on. */
	int (*head)(void *arg, const struct head_line *l);
	void *arg;
	int64_t gap; /* seconds without a line that are worth a note */

	/* Where it stands. */
	int64_t file, lines, n, at;
	unsigned char before[HEAD_HASH];
	bool any, file_begins;
	int64_t damaged; /* number of a line that is none; 0: none waits to be told */
};

/* The file of that number comes next; files come in their order. */
void head_check_file(struct head_check *c, int64_t number);
/* One line without its end. What the head callback says, else OK. */
int head_check_line(struct head_check *c, struct span line) WARN_UNUSED;
/* No more lines come. */
void head_check_end(struct head_check *c);

#endif
