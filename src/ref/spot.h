/* spot.h: where the names that were found stand in the bytes of their file. */
#ifndef REF_SPOT_H
#define REF_SPOT_H

#include "ref/find.h"
#include "ref/text.h"

/* Fills in the spots of those found in this text; changes their order. */
void ref_spots(const struct text *text, struct found *list, size_t n);

#endif
