/* suites.h: every store test file exports one suite; main.c runs those of the list. */
#ifndef TESTS_STORE_SUITES_H
#define TESTS_STORE_SUITES_H

#include <check.h>

#include "rows.h"

#define SUITES(X) \
	X(store_audit) \
	X(store_audit_heads) \
	X(store_audit_read) \
	X(store_binding) \
	X(store_bound_delete) \
	X(store_bound_list) \
	X(store_db) \
	X(store_db_loss) \
	X(store_db_rivals) \
	X(store_grants) \
	X(store_integration) \
	X(store_integration_change) \
	X(store_integration_rivals) \
	X(store_integration_state) \
	X(store_integration_list) \
	X(store_leaver) \
	X(store_migration) \
	X(store_name_use) \
	X(store_own) \
	X(store_query_kept) \
	X(store_people) \
	X(store_people_list) \
	X(store_project) \
	X(store_rename) \
	X(store_right) \
	X(store_session) \
	X(store_vault_account) \
	X(store_vault_acting) \
	X(store_scope_withdraw) \
	X(store_site) \
	X(store_sync_token) \
	X(store_ties_rivals) \
	X(store_token) \
	X(store_vault_check) \
	X(store_vault_consent) \
	X(store_vault_rebind) \
	X(store_vault_rows) \
	X(store_vault_scope) \
	X(store_workflow) \
	X(store_workflow_list) \
	X(store_workflow_rivals)

#define DECLARE(name) Suite *name##_suite(void);
SUITES(DECLARE)
#undef DECLARE

#endif
