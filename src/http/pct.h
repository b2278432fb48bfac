/* pct.h: percent-escapes of paths, queries and forms. */
#ifndef HTTP_PCT_H
#define HTTP_PCT_H

#include "base/arena.h"

/* Decodes %XX (and '+' as a blank when `plus`) in place; *n becomes the new length. E_INVALID on a
 * broken escape or a NUL, written out or escaped; the bytes are then half decoded. */
int pct_decode(char *p, size_t *n, bool plus) WARN_UNUSED;
/* Decodes the path of a request in place. E_INVALID unless it begins with '/', is UTF-8 and means
 * the same to every reader: no escaped '/', no '\', no control character, no '#', no empty part but
 * the last, no part "." or "..". */
int pct_decode_path(char *p, size_t *n) WARN_UNUSED;
/* Escapes everything but letters, digits, "-._~" and '/', so that the result may stand in a path or
 * as a value in a query. In the arena. */
struct span pct_encode(struct arena *a, struct span s);

#endif
