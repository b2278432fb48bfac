/* numbered.h: the files of a folder that are called PREFIX000017.log. */
#ifndef BASE_NUMBERED_H
#define BASE_NUMBERED_H

#include "base/arena.h"

/* The numbers of those there are, ascending, in the arena. E_NOT_FOUND: the folder cannot be read.
 */
int numbered_list(struct arena *a, const char *folder, const char *prefix, int64_t **list,
		  size_t *n) WARN_UNUSED;
/* "folder/PREFIX000017.log", in the arena. */
const char *numbered_path(struct arena *a, const char *folder, const char *prefix, int64_t number);

#endif
