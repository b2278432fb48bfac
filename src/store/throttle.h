/* throttle.h: counting failed sign-ins by account name and by address. */
#ifndef STORE_THROTTLE_H
#define STORE_THROTTLE_H

#include "store/db.h"

extern const struct stmt_table STORE_THROTTLE;

/* Seconds after which failures are forgotten. */
enum { THROTTLE_WINDOW = 15 * 60 };

/* `subject`: 32 bytes, a hash of what is counted. Failures within the window; 0 when none. */
int store_throttle_failures(struct db *db, struct arena *a, struct span subject, int64_t now,
			    int64_t *failures) WARN_UNUSED;
/* One more failure; begins a new window when the old one is over. Outside a transaction. */
int store_throttle_failed(struct db *db, struct span subject, int64_t now) WARN_UNUSED;
int store_throttle_clear(struct db *db, struct span subject) WARN_UNUSED;

#endif
