/* workflow.h: an integration's name as a workflow file writes it. The reader of such files is
 * src/ref/. */
#ifndef CORE_WORKFLOW_H
#define CORE_WORKFLOW_H

#include "base/arena.h"

/* The scalar that every reader of YAML, 1.1 or 1.2, reads as exactly this name, on one line, in a
 * list or behind a key: as it is where that is safe, else in double quotes. In the arena. */
struct span workflow_name_text(struct arena *a, struct span name);
/* The same in the place of another scalar, whose quotes it keeps (a JSON file stays one); in that
 * of an alias like workflow_name_text(). */
struct span workflow_name_text_as(struct arena *a, struct span name, struct span before);
/* Would a workflow file take part of it for a variable ("$HOME", "${x}")? No quoting helps then. */
bool workflow_name_is_dynamic(struct span name);

#endif
