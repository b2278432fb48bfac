/* bound.c: account integrations, consents and handles for tests. */
#include "store/bound.h"

static const char *uid_text(void)
{
	static int uids = 1000;

	return arena_printf(t.a, "own-%012d", ++uids).p;
}

int64_t own_make(int64_t account, const char *name, const char *type)
{
	sql_run("INSERT INTO integration (uid, account_id, name, type, url, all_projects, edit_roles,"
		" created_at, changed_at) VALUES ('%.16s', %ld, '%s', '%s', 'https://secret.example/', 1, 4,"
		" 1, 1)",
		uid_text(), account, name, type);
	return (int64_t)mysql_insert_id(t.sql);
}

void grant_make(int64_t integration, int64_t subscription, const char *projects)
{
	sql_run("INSERT INTO scope_grant (integration_id, subscription_id, account_id, all_projects,"
		" projects, granted_at, entry, mac) SELECT id, %ld, account_id, %d, '%s', 7, 11, ''"
		" FROM integration WHERE id = %ld",
		subscription, projects[0] == '*', projects[0] == '*' ? "" : projects, integration);
}

int64_t handle_make(int64_t integration, int64_t subscription, const char *name)
{
	int64_t id;

	sql_run("INSERT INTO integration (uid, subscription_id, name, type, url, all_projects, edit_roles,"
		" bound, created_at, changed_at) SELECT '%.16s', %ld, '%s', type, '', 1, 4, 1, 1, 1"
		" FROM integration WHERE id = %ld",
		uid_text(), subscription, name, integration);
	id = (int64_t)mysql_insert_id(t.sql);
	sql_run("INSERT INTO binding (integration_id, subscription_id, account_integration_id, account_id,"
		" bound_at, bound_by, entry, mac) SELECT %ld, %ld, id, account_id, 5, account_id, 12, ''"
		" FROM integration WHERE id = %ld",
		id, subscription, integration);
	return id;
}

void rebound_from(int64_t handle, int64_t integration)
{
	sql_run("UPDATE binding SET undo_integration_id = %ld, undo_until = %d, undo_account_id ="
		" (SELECT account_id FROM integration WHERE id = %ld) WHERE integration_id = %ld",
		integration, LATER, integration, handle);
	sql_run("UPDATE scope_grant SET released_until = %d WHERE integration_id = %ld AND"
		" subscription_id = (SELECT subscription_id FROM binding WHERE integration_id = %ld)",
		LATER, integration, handle);
}

struct scope own_scope(int64_t account)
{
	return (struct scope){.account_id = account, .role = ROLE_ADMIN};
}
