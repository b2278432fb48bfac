/* merge.c: three states of a field. */
#include "core/merge.h"

#include "base/banned.h"

enum merge merge_of(bool known, struct span opened, struct span mine, struct span theirs)
{
	if (span_eq(mine, theirs))
		return MERGE_SAME;
	if (!known)
		return MERGE_ASK;
	if (span_eq(mine, opened))
		return MERGE_THEIRS;
	return span_eq(theirs, opened) ? MERGE_MINE : MERGE_ASK;
}
