/* integration_conflict.h: two people edited one integration, and this is the second one's form.
 * What only one of them changed is settled without asking; what both changed is asked, field by
 * field, on the form itself, which keeps everything typed. */
#ifndef PAGE_INTEGRATION_CONFLICT_H
#define PAGE_INTEGRATION_CONFLICT_H

#include "page/integration_input.h"

enum { CHOICES_MOST = 200 }; /* fields that a form can ask about */

/* After input_read() and input_check(): puts the form on top of `now`, the integration as it is
 * stored by now. Fields that only they changed get their value; those that both changed go into
 * in->v.conflict. The secrets that were typed stay typed, to be kept as boxes. */
void conflict_merge(struct input *in, const struct integration *now);
/* After input_read(), when the version is the stored one (or there is none yet): does what was
 * chosen on the page that conflict_merge() made. False: a choice is missing; it is asked again. */
bool conflict_settle(struct input *in);
/* The questions again as they stand, for a form that comes back for another reason. */
void conflict_again(struct input *in);

#endif
