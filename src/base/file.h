/* file.h: whole small files. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/arena.h"

/* Reads the file into the arena. E_NOT_FOUND when it cannot be opened, E_TOO_BIG past `most` bytes,
 * E_UNAVAILABLE on a read error. */
int file_read(struct arena *a, const char *path, size_t most, struct span *out) WARN_UNUSED;

#endif
