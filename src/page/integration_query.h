/* integration_query.h: what the address of a list asks for, and back into addresses.
 * ?q= search, type=, owner=org|personal|mine, state=enabled|disabled|left|withdrawn,
 * use=used|unused, since= a day as 2026-11-22 (unused ones alone: made before it and not used since),
 * sort=type|changed, after= or before= a place. */
#ifndef PAGE_INTEGRATION_QUERY_H
#define PAGE_INTEGRATION_QUERY_H

#include "http/req.h"
#include "store/integration_list.h"
#include "view/view.h"

/* Reads the query; what it does not know is as if it were not there. `from` is filled and pointed
 * at where the address names a place. */
void integration_query_read(const struct req *r, struct integration_query *q,
			    struct integration_row *from);
/* The place of a row in that order, for after= and before=. In the arena. */
struct span integration_query_place(struct arena *a, enum integration_sort sort,
				    const struct integration_row *row);
/* The page of owner_of()'s list that the query means, all of `v` but its rows, of which v->nrows is
 * how many `list` has. The query is turned round where it leads back before the start. */
int integration_query_run(const struct req *r, struct integration_query *q, struct view_list *v,
			  struct integration_row **list) WARN_UNUSED;
/* "type"; "" for the usual ones. Static. */
struct span integration_query_sort(enum integration_sort sort);
struct span integration_query_state(enum integration_state state);
struct span integration_query_owner(enum integration_owner owner);
struct span integration_query_use(enum integration_use use);

#endif
