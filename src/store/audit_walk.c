/* audit_walk.c: reading chains whole. */
#include "store/audit_walk.h"

#include "core/audit_group.h"
#include "base/banned.h"

enum { ENTRIES, HASH, HEAD, NEXT_CHAIN, BROKEN };

static const struct stmt STMTS[] = {
	[ENTRIES] =
		{"SELECT chain, seq, at, actor_id, actor, address, request, action, object_id, "
		 "object,"
		 " fields, prev, hash FROM audit WHERE chain = ? AND seq > ? ORDER BY seq LIMIT ?",
		 "sii", "siiIssssissbb"},
	[HASH] = {"SELECT hash FROM audit WHERE chain = ? AND seq = ?", "si", "b"},
	[HEAD] = {"SELECT chain, seq, hash FROM audit_head WHERE chain = ?", "s", "sib"},
	[NEXT_CHAIN] = {"SELECT chain FROM audit FORCE INDEX (PRIMARY) WHERE chain > ?"
			" ORDER BY chain, seq LIMIT 1",
			"s", "s"},
	[BROKEN] = {"SELECT COUNT(*), COUNT(CASE WHEN a.hash = h.hash AND b.seq IS NULL THEN NULL"
		    " ELSE 1 END) FROM audit_head h"
		    " LEFT JOIN audit a ON a.chain = h.chain AND a.seq = h.seq"
		    " LEFT JOIN audit b ON b.chain = h.chain AND b.seq = h.seq + 1",
		    "", "ii"},
};

const struct stmt_table STORE_AUDIT_WALK = {"audit_walk", STMTS, COUNT(STMTS)};

int store_audit_entries(struct db *db, struct arena *a, struct span chain, int64_t after,
			size_t limit, struct audit_stored **list, size_t *n)
{
	struct audit_stored *s;
	struct rows *rows;
	struct span action;

	TRY(db_select(db, a, &STMTS[ENTRIES], &rows, chain, after, (int64_t)limit));
	*n = rows_count(rows);
	*list = s = ARENA_ARRAY(a, struct audit_stored, *n + 1);
	for (; rows_next(rows, &s->e.chain, &s->e.seq, &s->e.at, &s->e.actor.account_id,
			 &s->e.actor.name, &s->e.actor.address, &s->e.actor.request, &action,
			 &s->e.object_id, &s->e.object, &s->e.fields, &s->prev, &s->hash);
	     s++)
		s->known = audit_action_find(action, &s->e.action) == OK;
	return OK;
}

int store_audit_hash(struct db *db, struct arena *a, struct span chain, int64_t seq,
		     struct span *hash)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[HASH], &rows, chain, seq));
	return rows_next(rows, hash) ? OK : E_NOT_FOUND;
}

int store_audit_head(struct db *db, struct arena *a, struct span chain, struct audit_head *out)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[HEAD], &rows, chain));
	return rows_next(rows, &out->chain, &out->seq, &out->hash) ? OK : E_NOT_FOUND;
}

int store_audit_next_chain(struct db *db, struct arena *a, struct span after, struct span *chain)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[NEXT_CHAIN], &rows, after));
	return rows_next(rows, chain) ? OK : E_NOT_FOUND;
}

int store_audit_heads_broken(struct db *db, struct arena *a, int64_t *heads, int64_t *broken)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[BROKEN], &rows));
	return rows_next(rows, heads, broken) ? OK : E_BUG;
}
