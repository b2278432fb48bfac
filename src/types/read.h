/* read.h: reads the type files (INI, one a type) into a catalogue, once at start. */
#ifndef TYPES_READ_H
#define TYPES_READ_H

#include "base/arena.h"
#include "core/type.h"

/* Reads every *.ini of the folder. All memory from `a`, which must live as long as the catalogue.
 * Any fault (unknown key, unknown kind, a missing label, a field named twice, no field and no URL,
 * a file whose name is not the type's) is logged with file and reason and gives E_INVALID: a typing
 * error in a type file must not silently make a secret public. E_NOT_FOUND: no such folder or no
 * file in it. */
int types_read(struct arena *a, const char *folder, struct type_catalogue *out) WARN_UNUSED;

#endif
