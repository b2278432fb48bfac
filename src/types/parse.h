/* parse.h: one type file; read.c's own. */
#ifndef TYPES_PARSE_H
#define TYPES_PARSE_H

#include "base/arena.h"
#include "core/type.h"

/* Reads the file at `path` (which has a '/' and ends in ".ini") into *t, whose memory is from `a`;
 * what is needed meanwhile from `scratch`. A fault is logged and gives E_INVALID. */
int type_parse(struct arena *a, struct arena *scratch, const char *path,
	       struct type *t) WARN_UNUSED;

#endif
