/* workflow_may.c: a request knew that its visitor may; asks again. */
#include "store/workflow_may.h"

#include "store/sync_token.h"
#include "base/banned.h"

enum { ACCOUNT };

static const struct stmt STMTS[] = {
	[ACCOUNT] = {"SELECT p.name, COALESCE(r.role, 0), n.account_id IS NOT NULL FROM project p"
		     " LEFT JOIN account a ON a.id = ? AND a.disabled_at IS NULL"
		     " LEFT JOIN role r ON r.account_id = a.id AND r.subscription_id = "
		     "p.subscription_id"
		     " LEFT JOIN collaborator n ON n.account_id = a.id AND n.project_id = p.id"
		     " WHERE p.subscription_id = ? AND p.id = ?",
		     "iii", "sii"},
};

const struct stmt_table STORE_WORKFLOW_MAY = {"workflow_may", STMTS, COUNT(STMTS)};

int store_workflow_may(struct db *db, struct arena *a, const struct scope *s, int64_t project_id,
		       int64_t now, struct span *project)
{
	int64_t role, named;
	struct rows *rows;

	if (s->sync_token_id)
		return store_sync_token_may(db, a, s, project_id, now, project);
	TRY(db_select(db, a, &STMTS[ACCOUNT], &rows, s->account_id, s->subscription_id,
		      project_id));
	if (!rows_next(rows, project, &role, &named))
		return E_NOT_FOUND;
	if (s->account_id && role < ROLE_MEMBER && !(role == ROLE_COLLABORATOR && named))
		return E_NOT_FOUND;
	return OK;
}
