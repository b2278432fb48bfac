/* names_sql.h: statements about many names, a way to the server for up to NAMES_MANY of them. A
 * statement has room for NAMES_FEW or NAMES_MANY; where fewer are meant the last one stands again.
 */
#ifndef STORE_NAMES_SQL_H
#define STORE_NAMES_SQL_H

#include "store/db.h"

enum { NAMES_FEW = 20, NAMES_MANY = 200 };

#define NAMES_Q5 "?, ?, ?, ?, ?"
#define NAMES_Q20 NAMES_Q5 ", " NAMES_Q5 ", " NAMES_Q5 ", " NAMES_Q5
#define NAMES_Q100 NAMES_Q20 ", " NAMES_Q20 ", " NAMES_Q20 ", " NAMES_Q20 ", " NAMES_Q20
#define NAMES_S20 "ssssssssssssssssssss"
#define NAMES_S100 NAMES_S20 NAMES_S20 NAMES_S20 NAMES_S20 NAMES_S20

/* For "name" IN_FEW, and the letters of its parameters. */
#define IN_FEW " IN (" NAMES_Q20 ")"
#define IN_FEW_PARAMS NAMES_S20
#define IN_MANY " IN (" NAMES_Q100 ", " NAMES_Q100 ")"
#define IN_MANY_PARAMS NAMES_S100 NAMES_S100

/* How many names the statement must have room for. */
static inline size_t names_room(size_t n)
{
	return n <= NAMES_FEW ? NAMES_FEW : NAMES_MANY;
}

/* The cells of these names, of which there is at least one. */
static inline void names_fill(struct db_cell *cells, size_t room, const struct span *names,
			      size_t n)
{
	ASSERT(n > 0 && n <= room);
	for (size_t k = 0; k < room; k++)
		cells[k].text = names[k < n ? k : n - 1];
}

#endif
