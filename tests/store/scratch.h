/* scratch.h: a table of the tests' own, for what is about the connection and not about Signet's rows. */
#ifndef TESTS_STORE_SCRATCH_H
#define TESTS_STORE_SCRATCH_H

#include "store/fixture.h"

/* Fixtures: the common ones, and the table scratch(id, text, bytes, n, parent). scratch_db is an
 * account's that may do anything. */
void scratch_set_up(void);
void scratch_tear_down(void);
extern struct db *scratch_db;

enum { PUT, GET, RAISE, FIND, SCRATCH_STMTS };
/* PUT: id, text, bytes, n (NULL: none), parent (likewise). GET by id: text, bytes, n.
 * RAISE: n = n + 1 by id. FIND: n by id. */
extern const struct stmt SCRATCH[SCRATCH_STMTS];

int scratch_put(struct db *db, int64_t id);

#endif
