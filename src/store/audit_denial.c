/* audit_denial.c: is this refusal in the chain already? */
#include "store/audit_denial.h"

#include "base/clock.h"
#include "store/audit.h"
#include "base/banned.h"

enum { HEAD_LOCK, NOTED };

static const struct stmt STMTS[] = {
	[HEAD_LOCK] = {"SELECT seq FROM audit_head WHERE chain = ? FOR UPDATE", "s", "i"},
	[NOTED] = {"SELECT COUNT(*), COUNT(CASE WHEN object = ? AND fields = ? THEN 1 END)"
		   " FROM audit FORCE INDEX (audit_actor) WHERE chain = ? AND actor = ? AND at >= ?"
		   " AND action = 'denied'",
		   "ssssi", "ii"},
};

const struct stmt_table STORE_AUDIT_DENIAL = {"audit_denial", STMTS, COUNT(STMTS)};

struct denial {
	struct arena *arena;
	struct audit_entry entry;
};

/* Behind the lock of the head, so that two requests at once see each other. */
static int write_once(struct db *db, void *arg)
{
	struct denial *d = arg;
	struct audit_entry e = d->entry;
	int64_t all = 0, same = 0;
	struct rows *rows;

	e.at = clock_now();
	store_audit_fit(&e);
	TRY(db_select(db, d->arena, &STMTS[HEAD_LOCK], &rows, e.chain));
	TRY(db_select(db, d->arena, &STMTS[NOTED], &rows, e.object, e.fields, e.chain, e.actor.name,
		      e.at - e.at % 60));
	rows_next(rows, &all, &same);
	if (same || all >= DENIALS_A_MINUTE)
		return OK;
	return store_audit_write(db, d->arena, &e);
}

int store_audit_denial(struct db *db, struct arena *a, const struct audit_entry *e)
{
	struct denial d = {a, *e};

	return db_transaction(db, write_once, &d);
}
