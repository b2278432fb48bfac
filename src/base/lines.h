/* lines.h: a file of any length, line by line. */
#ifndef BASE_LINES_H
#define BASE_LINES_H

#include "base/err.h"
#include "base/span.h"

enum { LINES_LONGEST = 1 << 20 };

/* Reads from where `fd` stands to its end and calls fn for each line, without its '\n'; `ended` is
 * false for what stands behind the last '\n', if anything does. What fn says when it is not OK;
 * E_TOO_BIG: a line past LINES_LONGEST; E_UNAVAILABLE: a read error. */
int lines_each(int fd, int (*fn)(void *arg, struct span line, bool ended), void *arg) WARN_UNUSED;

#endif
