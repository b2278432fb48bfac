/* audit_heads.c: reading heads in pages. */
#include "store/audit_heads.h"

#include "base/banned.h"

enum { HEADS };

static const struct stmt STMTS[] = {
	[HEADS] = {"SELECT chain, seq, hash FROM audit_head WHERE chain > ? ORDER BY chain LIMIT ?",
		   "si", "sib"},
};

const struct stmt_table STORE_AUDIT_HEADS = {"audit_heads", STMTS, COUNT(STMTS)};

int store_audit_heads(struct db *db, struct arena *a, struct span after, size_t limit,
		      struct audit_head **list, size_t *n)
{
	struct audit_head h;
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[HEADS], &rows, after, (int64_t)limit));
	*list = ARENA_ARRAY(a, struct audit_head, rows_count(rows) + 1);
	*n = 0;
	while (rows_next(rows, &h.chain, &h.seq, &h.hash))
		(*list)[(*n)++] = h;
	return OK;
}
