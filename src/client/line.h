/* line.h: texts from elsewhere in lines of output. */
#ifndef CLIENT_LINE_H
#define CLIENT_LINE_H

#include "base/buf.h"

/* One that has control characters or line separators is written with these as \t, \n, \r or \uXXXX,
 * and its backslashes doubled; all others exactly. */
void line_put(struct buf *out, struct span s);
/* For people: the same, and also what turns the direction of writing, since a line that seems to
 * say something else is worse than one that is hard to read. */
void line_put_visible(struct buf *out, struct span s);

#endif
