/* label.h: the inside of a box, for seal.c and open.c alone:
 *   byte version, run key id, owner uid, thing uid, run field, run type, i64 time, run origins,
 *   run value; then sodium_pad() to a multiple of LABEL_BLOCK. */
#ifndef SEAL_LABEL_H
#define SEAL_LABEL_H

#include "base/wire.h"
#include "seal/seal.h"

enum {
	LABEL_VERSION = 1,
	LABEL_BLOCK = 64,
	LABEL_FIELD_MAX = 170, /* sealed.field has room for that many */
	LABEL_TYPE_MAX = 40,
	LABEL_ORIGINS_MAX = 32 * 1024,
};

#endif
