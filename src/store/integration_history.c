/* integration_history.c: reading the entries of one integration. */
#include "store/integration_history.h"

#include "store/account.h"
#include "base/banned.h"

enum { ENTRIES, DELETION, WAS };

/* An account has an id of its own kind, so the action says of what an entry speaks. */
static const struct stmt STMTS[] = {
	[ENTRIES] = {"SELECT t.at, t.action," ACCOUNT_WHO("a") ", t.fields FROM audit t"
		     " LEFT JOIN account a ON a.id = t.actor_id"
		     " WHERE t.chain = ? AND t.object_id = ? AND t.action IN ('integration.create',"
		     " 'integration.edit', 'integration.rename', 'integration.disable',"
		     " 'integration.enable', 'scope.grant',"
		     " 'scope.change', 'scope.release', 'scope.restore', 'scope.withdraw',"
		     " 'binding.create', 'binding.rebind', 'binding.undo', 'binding.delete')"
		     " ORDER BY t.at DESC, t.seq DESC LIMIT ?",
		     "sii", "isss"},
	[DELETION] = {"SELECT t.at," ACCOUNT_WHO("a") ", t.object FROM audit t"
		      " LEFT JOIN account a ON a.id = t.actor_id"
		      " WHERE t.chain = ? AND t.object_id = ? AND t.action = 'integration.delete'"
		      " ORDER BY t.at DESC, t.seq DESC LIMIT 1",
		      "si", "iss"},
	/* as store_integration_rename() notes it */
	[WAS] = {"SELECT t.seq FROM audit t WHERE t.chain = ? AND t.object_id = ? AND"
		 " t.action = 'integration.rename' AND t.fields = CONCAT('before: ', ?) LIMIT 1",
		 "sis", "i"},
};

const struct stmt_table STORE_INTEGRATION_HISTORY = {"integration_history", STMTS, COUNT(STMTS)};

static enum audit_action action_of(struct span text)
{
	int k = 0;

	while (k < AUDIT_ACTIONS && !span_is(text, audit_action_text((enum audit_action)k)))
		k++;
	return (enum audit_action)k;
}

int store_integration_history(struct db *db, struct arena *a, const struct scope *s, int64_t id,
			      int64_t limit, struct integration_entry **list, size_t *n)
{
	struct integration_entry *e;
	struct span action;
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[ENTRIES], &rows,
		      audit_chain_of(a, s), id, limit));
	*list = e = ARENA_ARRAY(a, struct integration_entry, rows_count(rows) + 1);
	for (; rows_next(rows, &e->at, &action, &e->who, &e->fields); e++)
		e->action = action_of(action);
	*n = (size_t)(e - *list);
	return OK;
}

int store_integration_deletion(struct db *db, struct arena *a, const struct scope *s, int64_t id,
			       struct integration_entry *out, struct span *name)
{
	struct rows *rows;

	*out = (struct integration_entry){.action = AUDIT_INTEGRATION_DELETE, .fields = SPAN("")};
	TRY(db_select(db, a, &STMTS[DELETION], &rows, audit_chain_of(a, s), id));
	return rows_next(rows, &out->at, &out->who, name) ? OK : E_NOT_FOUND;
}

int store_integration_was_named(struct db *db, struct arena *a, const struct scope *s, int64_t id,
				struct span name, bool *was)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[WAS], &rows, audit_chain_of(a, s), id, name));
	*was = rows_count(rows) > 0;
	return OK;
}
