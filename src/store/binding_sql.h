/* binding_sql.h: what several statements ask about bound integrations, as text. */
#ifndef STORE_BINDING_SQL_H
#define STORE_BINDING_SQL_H

/* A row `g` of scope_grant that is in use for the row `b` of binding. */
#define BINDING_GRANT                                                                              \
	" g.integration_id = b.account_integration_id AND g.subscription_id = b.subscription_id"   \
	" AND g.account_id = b.account_id AND g.released_until IS NULL"

/* Of an integration `i`, when it is bound, its binding and the grant that this uses. */
#define BINDING_JOINED                                                                             \
	" LEFT JOIN binding b ON b.integration_id = i.id LEFT JOIN scope_grant g ON" BINDING_GRANT

/* account (i): an integration `i` is none that is bound, or a project on which the account is named
 * may use it: its owner allows that, and it is in the list (product rule 6). */
#define BINDING_SEEN                                                                               \
	" AND (i.bound = 0 OR EXISTS (SELECT 1 FROM binding b JOIN scope_grant g ON" BINDING_GRANT \
	" JOIN collaborator bc ON bc.subscription_id = b.subscription_id AND (g.all_projects = 1"  \
	" OR FIND_IN_SET(bc.project_id, g.projects) > 0) WHERE b.integration_id = i.id AND"        \
	" bc.account_id = ? AND (i.all_projects = 1 OR EXISTS (SELECT 1 FROM integration_project"  \
	" bx WHERE bx.integration_id = i.id AND bx.project_id = bc.project_id))))"

/* flag (i) twice: a binding of the integration `i` whose owner left, or took the consent back (also
 * by deleting what it leads to). */
enum { BINDING_FLAG_LEFT = 1, BINDING_FLAG_WITHDRAWN = 2 };
#define BINDING_FLAGGED                                                                            \
	"SELECT 1 FROM binding b JOIN account o ON o.id = b.account_id"                            \
	" LEFT JOIN scope_grant g ON" BINDING_GRANT                                                \
	" LEFT JOIN role r ON r.account_id = b.account_id AND"                                     \
	" r.subscription_id = b.subscription_id WHERE b.integration_id = i.id AND"                 \
	" ((? = 2 AND g.integration_id IS NULL) OR (? = 1 AND g.integration_id IS NOT NULL AND"    \
	" (r.role IS NULL OR o.disabled_at IS NOT NULL)))"

#endif
