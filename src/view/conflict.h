/* conflict.h: the panel above an integration's form when somebody else saved it meanwhile. */
#ifndef VIEW_CONFLICT_H
#define VIEW_CONFLICT_H

#include "base/span.h"

struct view_conflict_row {
	struct span name, label;  /* of the field */
	struct span mine, theirs; /* empty: not there */
	enum { CHOICE_NONE, CHOICE_MINE, CHOICE_THEIRS } choice;
};

struct view_conflict {
	struct span heading; /* "Ann changed this 2 minutes ago, while you were editing it." */
	struct span disabled; /* why it is disabled by now; or empty */
	struct span error;   /* a choice is missing */
	struct view_conflict_row *asks; /* both changed it: one of the two has to be chosen */
	size_t nasks;
	struct view_conflict_row *taken; /* only they changed it: the form has theirs now */
	size_t ntaken;
};

#endif
