/* audit_newest.c: the last word of a chain about one thing. */
#include "store/audit_newest.h"

#include "base/banned.h"

/* The highest number by the key of the thing's id; ORDER BY ... LIMIT 1 would tempt the server to
 * walk the chain backwards instead. */
#define NEWEST(actions)                                                                            \
	{                                                                                          \
		"SELECT a.seq, a.at, a.action, a.fields FROM audit a JOIN (SELECT MAX(seq) AS seq" \
		" FROM audit WHERE chain = ? AND object_id = ? AND (" actions                      \
		")) m ON m.seq = a.seq"                                                            \
		" WHERE a.chain = ?",                                                              \
			"sis", "iiss"                                                              \
	}

static const struct stmt STMTS[ABOUT_KINDS] = {
	[ABOUT_SCOPE] = NEWEST("action LIKE 'scope.%'"),
	[ABOUT_BINDING] = NEWEST("action LIKE 'binding.%' OR action = 'integration.delete'"),
	[ABOUT_ROLE] = NEWEST("action LIKE 'role.%'"),
	[ABOUT_SITE_ROLE] = NEWEST("action LIKE 'site_admin.%'"),
};

const struct stmt_table STORE_AUDIT_NEWEST = {"audit_newest", STMTS, COUNT(STMTS)};

int store_audit_newest(struct db *db, struct arena *a, struct span chain, enum audit_about about,
		       int64_t object_id, struct audit_newest *out)
{
	struct rows *rows;

	*out = (struct audit_newest){.action = SPAN(""), .fields = SPAN("")};
	TRY(db_select(db, a, &STMTS[about], &rows, chain, object_id, chain));
	rows_next(rows, &out->seq, &out->at, &out->action, &out->fields);
	return OK;
}
