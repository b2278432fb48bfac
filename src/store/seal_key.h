/* seal_key.h: the vault's public keys as the database knows them. */
#ifndef STORE_SEAL_KEY_H
#define STORE_SEAL_KEY_H

#include "store/db.h"

extern const struct stmt_table STORE_SEAL_KEY;

/* Makes the key known, active. OK also when it is there already. */
int store_seal_key_add(struct db *db, struct arena *a, struct span id,
		       struct span public_key) WARN_UNUSED;

#endif
