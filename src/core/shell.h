/* shell.h: lines that people copy into a shell. */
#ifndef CORE_SHELL_H
#define CORE_SHELL_H

#include "base/arena.h"

/* The word that a POSIX shell reads as exactly this text: as it is where that is safe, else in
 * single quotes. In the arena, or the text itself. */
struct span shell_word(struct arena *a, struct span text);

#endif
