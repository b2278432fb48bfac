/* web_routes.c: the table. Each row says what the dispatcher demands before the handler runs. */
#include "bin/web_routes.h"

#include "core/role.h"
#include "http/front.h"
#include "page/api.h"
#include "page/account.h"
#include "page/audit.h"
#include "page/confirm.h"
#include "page/home.h"
#include "page/integration.h"
#include "page/integration_uses.h"
#include "page/link.h"
#include "page/login.h"
#include "page/own.h"
#include "page/people.h"
#include "page/resume.h"
#include "page/project.h"
#include "page/rebind.h"
#include "page/rename.h"
#include "page/scope.h"
#include "page/settings.h"
#include "page/sync_token.h"
#include "page/token.h"
#include "page/type.h"
#include "page/workflow.h"
#include "page/workflow_list.h"
#include "page/session_list.h"
#include "page/site.h"

#define SUB "/s/:sub"
#define INTEGRATIONS SUB "/integrations"
#define INTEGRATION INTEGRATIONS "/:id"
#define PEOPLE SUB "/people"
#define PERSON PEOPLE "/:id"
#define PROJECTS SUB "/projects"
#define PROJECT PROJECTS "/:id"
#define OWN "/integrations"
#define OWN_ONE OWN "/:id"
#define SCOPE OWN_ONE "/scope"
#define SCOPE_ONE SCOPE "/:subscription"
#define WORKFLOW PROJECT "/workflow"
#define SYNC_TOKENS PROJECT "/tokens"
#define SYNC_TOKEN SYNC_TOKENS "/:token"
#define API "/api/v1"
#define TOKENS "/account/tokens"
#define TOKEN TOKENS "/:id"
#define ACCOUNTS "/admin/accounts"
#define ACCOUNT ACCOUNTS "/:id"
#define SUBSCRIPTIONS "/admin/subscriptions"
#define SUBSCRIPTION SUBSCRIPTIONS "/:id"

static const struct route ROWS[] = {
	/* For programs: the noun's address, a method that says what is done, and the page's handler. */
	{METHOD_POST, API "/confirm", page_confirm, P_ACCOUNT, &FORM_CONFIRM},
	{METHOD_GET, API "/account", page_account, P_ACCOUNT, NULL},
	{METHOD_PUT, API "/account", page_account_name, P_ACCOUNT, &FORM_NAME},
	{METHOD_GET, API TOKENS, page_token_list, P_ACCOUNT, NULL},
	{METHOD_POST, API TOKENS, page_token_create, P_ACCOUNT, &FORM_TOKEN},
	{METHOD_DELETE, API TOKEN, page_token_revoke, P_ACCOUNT, &FORM_EMPTY},
	{METHOD_GET, API "/types", page_types, P_ACCOUNT, NULL},
	{METHOD_GET, API INTEGRATIONS, page_integration_list, P_INTEGRATION_VIEW, NULL},
	{METHOD_POST, API INTEGRATIONS, page_integration_create, P_INTEGRATION_ADD,
	 &FORM_INTEGRATION_NEW},
	{METHOD_GET, API INTEGRATION, page_integration_details, P_INTEGRATION_VIEW, NULL},
	{METHOD_PUT, API INTEGRATION, page_integration_save, P_INTEGRATION_VIEW, &FORM_INTEGRATION},
	{METHOD_GET, API INTEGRATION "/uses", page_integration_uses, P_INTEGRATION_VIEW, NULL},
	{METHOD_DELETE, API INTEGRATION, page_integration_delete, P_INTEGRATION_VIEW,
	 &FORM_INTEGRATION_DELETE},
	{METHOD_POST, API INTEGRATION "/disable", page_integration_disable, P_INTEGRATION_VIEW,
	 &FORM_INTEGRATION_DISABLE},
	{METHOD_POST, API INTEGRATION "/enable", page_integration_enable, P_INTEGRATION_VIEW,
	 &FORM_INTEGRATION_ENABLE},
	{METHOD_GET, API OWN, page_own_list, P_ACCOUNT, NULL},
	{METHOD_POST, API OWN, page_integration_create, P_ACCOUNT, &FORM_OWN_INTEGRATION},
	{METHOD_GET, API OWN_ONE, page_integration_details, P_ACCOUNT, NULL},
	{METHOD_PUT, API OWN_ONE, page_integration_save, P_ACCOUNT, &FORM_OWN_INTEGRATION},
	{METHOD_DELETE, API OWN_ONE, page_integration_delete, P_ACCOUNT, &FORM_OWN_DELETE},
	{METHOD_POST, API OWN_ONE "/disable", page_integration_disable, P_ACCOUNT,
	 &FORM_INTEGRATION_DISABLE},
	{METHOD_POST, API OWN_ONE "/enable", page_integration_enable, P_ACCOUNT,
	 &FORM_INTEGRATION_ENABLE},
	{METHOD_GET, API INTEGRATION "/rename", page_rename, P_INTEGRATION_VIEW, NULL},
	{METHOD_GET, API INTEGRATION "/rename/diff", page_rename_diff, P_INTEGRATION_VIEW, NULL},
	{METHOD_POST, API INTEGRATION "/rename", page_rename_save, P_INTEGRATION_VIEW, &FORM_RENAME},
	{METHOD_GET, API INTEGRATION "/rebind", page_rebind, P_SUBSCRIPTION_ADMIN, NULL},
	{METHOD_PUT, API INTEGRATION "/rebind", page_rebind_save, P_SUBSCRIPTION_ADMIN,
	 &FORM_REBIND},
	{METHOD_DELETE, API INTEGRATION "/rebind", page_rebind_undo, P_SUBSCRIPTION_ADMIN,
	 &FORM_REBIND_UNDO},
	{METHOD_GET, API PERSON "/bindings", page_bindings, P_SUBSCRIPTION_ADMIN, NULL},
	{METHOD_POST, API PERSON "/bindings", page_bindings_save, P_SUBSCRIPTION_ADMIN,
	 &FORM_BINDINGS},
	{METHOD_POST, API SUB "/leave", page_leave, P_SUBSCRIPTION, &FORM_LEAVE},
	{METHOD_GET, API SCOPE, page_scope, P_ACCOUNT, NULL},
	{METHOD_GET, API SCOPE_ONE, page_scope_one, P_ACCOUNT, NULL},
	{METHOD_PUT, API SCOPE_ONE, page_scope_grant, P_ACCOUNT, &FORM_SCOPE},
	{METHOD_POST, API SCOPE_ONE "/withdraw", page_scope_withdraw, P_ACCOUNT, &FORM_EMPTY},
	{METHOD_DELETE, API SCOPE_ONE, page_scope_remove, P_ACCOUNT, &FORM_SCOPE_REMOVE},
	{METHOD_GET, API PEOPLE, page_people, P_SUBSCRIPTION_ADMIN, NULL},
	{METHOD_POST, API PEOPLE, page_person_create, P_SUBSCRIPTION_ADMIN, &FORM_PERSON_NEW},
	{METHOD_GET, API PERSON, page_person, P_SUBSCRIPTION_ADMIN, NULL},
	{METHOD_PUT, API PERSON, page_person_role, P_SUBSCRIPTION_ADMIN, &FORM_PERSON_ROLE},
	{METHOD_DELETE, API PERSON, page_person_remove, P_SUBSCRIPTION_ADMIN, &FORM_PERSON_REMOVE},
	{METHOD_POST, API PERSON "/projects", page_person_projects, P_SUBSCRIPTION_ADMIN,
	 &FORM_PERSON_PROJECTS},
	{METHOD_GET, API PROJECTS, page_projects, P_SUBSCRIPTION, NULL},
	{METHOD_POST, API PROJECTS, page_project_create, P_SUBSCRIPTION_ADMIN, &FORM_PROJECT_NEW},
	{METHOD_GET, API PROJECT, page_project, P_SUBSCRIPTION, NULL},
	{METHOD_PUT, API PROJECT, page_project_save, P_SUBSCRIPTION_ADMIN, &FORM_PROJECT_NAME},
	{METHOD_DELETE, API PROJECT, page_project_delete, P_SUBSCRIPTION_ADMIN,
	 &FORM_PROJECT_DELETE},
	{METHOD_POST, API PROJECT "/people", page_project_people, P_SUBSCRIPTION_ADMIN,
	 &FORM_PROJECT_PEOPLE},
	{METHOD_GET, API WORKFLOW, page_workflow, P_SUBSCRIPTION, NULL},
	{METHOD_PUT, API WORKFLOW, page_workflow_put, P_WORKFLOW_SYNC, &FORM_WORKFLOW_RAW},
	{METHOD_DELETE, API WORKFLOW, page_workflow_delete, P_WORKFLOW_SYNC, &FORM_EMPTY},
	{METHOD_PUT, API PROJECT "/workflows", page_workflow_put_all, P_WORKFLOW_SYNC,
	 &FORM_WORKFLOW_FILES},
	{METHOD_GET, API SYNC_TOKENS, page_sync_tokens, P_SUBSCRIPTION_ADMIN, NULL},
	{METHOD_POST, API SYNC_TOKENS, page_sync_token_create, P_SUBSCRIPTION_ADMIN,
	 &FORM_SYNC_TOKEN},
	{METHOD_DELETE, API SYNC_TOKEN, page_sync_token_revoke, P_SUBSCRIPTION_ADMIN, &FORM_EMPTY},
	{METHOD_POST, API WORKFLOW "/check", page_workflow_check, P_WORKFLOW_SYNC,
	 &FORM_WORKFLOW_FILES},
	{METHOD_POST, API SUB "/workflow/check", page_workflow_check_named, P_WORKFLOW_SYNC,
	 &FORM_WORKFLOW_FILES},
	{METHOD_GET, API SUB "/workflow", page_workflow_list, P_SUBSCRIPTION_ADMIN, NULL},
	{METHOD_POST, API SUB "/workflow/remove", page_workflow_clear, P_SUBSCRIPTION_ADMIN,
	 &FORM_WORKFLOW_CLEAR},
	{METHOD_GET, API SUB "/settings", page_settings, P_SUBSCRIPTION_ADMIN, NULL},
	{METHOD_PUT, API SUB "/settings", page_settings_save, P_SUBSCRIPTION_ADMIN, &FORM_SETTINGS},
	{METHOD_GET, API SUB "/audit", page_audit_subscription, P_SUBSCRIPTION_ADMIN, NULL},
	{METHOD_GET, API ACCOUNTS, page_site_account_list, P_SITE_ADMIN, NULL},
	{METHOD_POST, API ACCOUNTS, page_site_account_create, P_SITE_ADMIN, &FORM_SITE_ACCOUNT},
	{METHOD_GET, API ACCOUNT, page_site_account, P_SITE_ADMIN, NULL},
	{METHOD_PUT, API ACCOUNT, page_site_account_name, P_SITE_ADMIN, &FORM_SITE_PROFILE},
	{METHOD_POST, API ACCOUNT "/disable", page_site_account_disable, P_SITE_ADMIN, &FORM_EMPTY},
	{METHOD_POST, API ACCOUNT "/enable", page_site_account_enable, P_SITE_ADMIN, &FORM_EMPTY},
	{METHOD_POST, API ACCOUNT "/site-admin", page_site_account_admin, P_SITE_ADMIN,
	 &FORM_EMPTY},
	{METHOD_POST, API ACCOUNT "/site-admin-end", page_site_account_admin_end, P_SITE_ADMIN,
	 &FORM_EMPTY},
	{METHOD_POST, API ACCOUNT "/link", page_site_account_link, P_SITE_ADMIN, &FORM_SITE_LINK},
	{METHOD_GET, API SUBSCRIPTIONS, page_site_subscription_list, P_SITE_ADMIN, NULL},
	{METHOD_POST, API SUBSCRIPTIONS, page_site_subscription_create, P_SITE_ADMIN,
	 &FORM_SITE_SUBSCRIPTION},
	{METHOD_GET, API SUBSCRIPTION, page_site_subscription, P_SITE_ADMIN, NULL},
	{METHOD_PUT, API SUBSCRIPTION, page_site_subscription_name, P_SITE_ADMIN, &FORM_SITE_NAME},
	{METHOD_POST, API SUBSCRIPTION "/admin", page_site_subscription_admin, P_SITE_ADMIN,
	 &FORM_SITE_ADMIN},
	{METHOD_POST, API SUBSCRIPTION "/disable", page_site_subscription_disable, P_SITE_ADMIN,
	 &FORM_EMPTY},
	{METHOD_POST, API SUBSCRIPTION "/enable", page_site_subscription_enable, P_SITE_ADMIN,
	 &FORM_EMPTY},
	{METHOD_DELETE, API SUBSCRIPTION, page_site_subscription_delete, P_SITE_ADMIN,
	 &FORM_SITE_CONFIRM},
	{METHOD_GET, API "/account/activity", page_audit_account, P_ACCOUNT, NULL},
	{METHOD_GET, API "/admin/audit", page_audit_site, P_SITE_ADMIN, NULL},

	/* Pages. */
	{METHOD_GET, "/healthz", page_healthz, P_PUBLIC, NULL},
	{METHOD_GET, "/readyz", page_readyz, P_PUBLIC, NULL},
	{METHOD_GET, "/login", page_login_form, P_PUBLIC, NULL},
	{METHOD_POST, "/login", page_login, P_PUBLIC, &FORM_LOGIN},
	{METHOD_POST, "/login/form", page_resume, P_PUBLIC, &FORM_RESUME},
	{METHOD_GET, "/password", page_link_form, P_PUBLIC, NULL},
	{METHOD_POST, "/password", page_link, P_PUBLIC, &FORM_LINK},
	{METHOD_GET, "/confirm", page_confirm_form, P_ACCOUNT, NULL},
	{METHOD_POST, "/confirm", page_confirm, P_ACCOUNT, &FORM_CONFIRM},
	{METHOD_POST, "/logout", page_logout, P_ACCOUNT, &FORM_EMPTY},
	{METHOD_GET, "/", page_home, P_ACCOUNT, NULL},
	{METHOD_POST, "/account/name", page_account_name, P_ACCOUNT, &FORM_NAME},
	{METHOD_GET, "/account/sessions", page_sessions, P_ACCOUNT, NULL},
	{METHOD_POST, "/account/sessions/end", page_session_end, P_ACCOUNT, &FORM_SESSION},
	{METHOD_POST, "/account/sessions/end-others", page_sessions_end_others, P_ACCOUNT,
	 &FORM_EMPTY},
	{METHOD_GET, ACCOUNTS, page_site_account_list, P_SITE_ADMIN, NULL},
	{METHOD_GET, ACCOUNTS "/new", page_site_account_new, P_SITE_ADMIN, NULL},
	{METHOD_POST, ACCOUNTS "/new", page_site_account_create, P_SITE_ADMIN, &FORM_SITE_ACCOUNT},
	{METHOD_GET, ACCOUNT, page_site_account, P_SITE_ADMIN, NULL},
	{METHOD_POST, ACCOUNT "/name", page_site_account_name, P_SITE_ADMIN, &FORM_SITE_PROFILE},
	{METHOD_GET, ACCOUNT "/disable", page_site_account_disable_ask, P_SITE_ADMIN, NULL},
	{METHOD_POST, ACCOUNT "/disable", page_site_account_disable, P_SITE_ADMIN, &FORM_EMPTY},
	{METHOD_POST, ACCOUNT "/enable", page_site_account_enable, P_SITE_ADMIN, &FORM_EMPTY},
	{METHOD_POST, ACCOUNT "/site-admin", page_site_account_admin, P_SITE_ADMIN, &FORM_EMPTY},
	{METHOD_POST, ACCOUNT "/site-admin-end", page_site_account_admin_end, P_SITE_ADMIN,
	 &FORM_EMPTY},
	{METHOD_POST, ACCOUNT "/link", page_site_account_link, P_SITE_ADMIN, &FORM_SITE_LINK},
	{METHOD_GET, SUBSCRIPTIONS, page_site_subscription_list, P_SITE_ADMIN, NULL},
	{METHOD_GET, SUBSCRIPTIONS "/new", page_site_subscription_new, P_SITE_ADMIN, NULL},
	{METHOD_POST, SUBSCRIPTIONS "/new", page_site_subscription_create, P_SITE_ADMIN,
	 &FORM_SITE_SUBSCRIPTION},
	{METHOD_GET, SUBSCRIPTION, page_site_subscription, P_SITE_ADMIN, NULL},
	{METHOD_POST, SUBSCRIPTION "/name", page_site_subscription_name, P_SITE_ADMIN,
	 &FORM_SITE_NAME},
	{METHOD_POST, SUBSCRIPTION "/admin", page_site_subscription_admin, P_SITE_ADMIN,
	 &FORM_SITE_ADMIN},
	{METHOD_POST, SUBSCRIPTION "/disable", page_site_subscription_disable, P_SITE_ADMIN,
	 &FORM_EMPTY},
	{METHOD_POST, SUBSCRIPTION "/enable", page_site_subscription_enable, P_SITE_ADMIN,
	 &FORM_EMPTY},
	{METHOD_POST, SUBSCRIPTION "/delete", page_site_subscription_delete, P_SITE_ADMIN,
	 &FORM_SITE_CONFIRM},
	{METHOD_GET, "/account", page_account, P_ACCOUNT, NULL},
	{METHOD_POST, "/account/theme", page_account_theme, P_ACCOUNT, &FORM_THEME},
	{METHOD_POST, "/account/password", page_account_password, P_ACCOUNT, &FORM_PASSWORD},
	{METHOD_GET, TOKENS, page_token_list, P_ACCOUNT, NULL},
	{METHOD_POST, TOKENS, page_token_create, P_ACCOUNT, &FORM_TOKEN},
	{METHOD_POST, TOKEN "/delete", page_token_revoke, P_ACCOUNT, &FORM_EMPTY},
	{METHOD_GET, "/account/activity", page_audit_account, P_ACCOUNT, NULL},
	{METHOD_GET, "/admin/audit", page_audit_site, P_SITE_ADMIN, NULL},
	{METHOD_GET, SUB, page_subscription, P_SUBSCRIPTION, NULL},
	{METHOD_GET, SUB "/audit", page_audit_subscription, P_SUBSCRIPTION_ADMIN, NULL},
	{METHOD_GET, INTEGRATIONS, page_integration_list, P_INTEGRATION_VIEW, NULL},
	{METHOD_GET, INTEGRATIONS "/new", page_integration_new, P_INTEGRATION_ADD, NULL},
	{METHOD_POST, INTEGRATIONS "/new", page_integration_create, P_INTEGRATION_ADD,
	 &FORM_INTEGRATION_NEW},
	{METHOD_GET, INTEGRATION, page_integration_details, P_INTEGRATION_VIEW, NULL},
	{METHOD_GET, INTEGRATION "/uses", page_integration_uses, P_INTEGRATION_VIEW, NULL},
	{METHOD_GET, INTEGRATION "/edit", page_integration_edit, P_INTEGRATION_VIEW, NULL},
	{METHOD_POST, INTEGRATION "/edit", page_integration_save, P_INTEGRATION_VIEW,
	 &FORM_INTEGRATION},
	{METHOD_POST, INTEGRATION "/disable", page_integration_disable, P_INTEGRATION_VIEW,
	 &FORM_INTEGRATION_DISABLE},
	{METHOD_POST, INTEGRATION "/enable", page_integration_enable, P_INTEGRATION_VIEW,
	 &FORM_INTEGRATION_ENABLE},
	{METHOD_POST, INTEGRATION "/delete", page_integration_delete, P_INTEGRATION_VIEW,
	 &FORM_INTEGRATION_DELETE},
	{METHOD_GET, OWN, page_own_list, P_ACCOUNT, NULL},
	{METHOD_GET, OWN "/new", page_integration_new, P_ACCOUNT, NULL},
	{METHOD_POST, OWN "/new", page_integration_create, P_ACCOUNT, &FORM_OWN_INTEGRATION},
	{METHOD_GET, OWN_ONE, page_integration_details, P_ACCOUNT, NULL},
	{METHOD_GET, OWN_ONE "/edit", page_integration_edit, P_ACCOUNT, NULL},
	{METHOD_POST, OWN_ONE "/edit", page_integration_save, P_ACCOUNT, &FORM_OWN_INTEGRATION},
	{METHOD_POST, OWN_ONE "/disable", page_integration_disable, P_ACCOUNT,
	 &FORM_INTEGRATION_DISABLE},
	{METHOD_POST, OWN_ONE "/enable", page_integration_enable, P_ACCOUNT,
	 &FORM_INTEGRATION_ENABLE},
	{METHOD_POST, OWN_ONE "/delete", page_integration_delete, P_ACCOUNT, &FORM_OWN_DELETE},
	{METHOD_GET, INTEGRATION "/rename", page_rename, P_INTEGRATION_VIEW, NULL},
	{METHOD_GET, INTEGRATION "/rename/diff", page_rename_diff, P_INTEGRATION_VIEW, NULL},
	{METHOD_POST, INTEGRATION "/rename", page_rename_save, P_INTEGRATION_VIEW, &FORM_RENAME},
	{METHOD_GET, INTEGRATION "/rebind", page_rebind, P_SUBSCRIPTION_ADMIN, NULL},
	{METHOD_POST, INTEGRATION "/rebind", page_rebind_save, P_SUBSCRIPTION_ADMIN, &FORM_REBIND},
	{METHOD_POST, INTEGRATION "/rebind/undo", page_rebind_undo, P_SUBSCRIPTION_ADMIN,
	 &FORM_REBIND_UNDO},
	{METHOD_GET, PERSON "/bindings", page_bindings, P_SUBSCRIPTION_ADMIN, NULL},
	{METHOD_POST, PERSON "/bindings", page_bindings_save, P_SUBSCRIPTION_ADMIN, &FORM_BINDINGS},
	{METHOD_GET, SUB "/leave", page_leave_ask, P_SUBSCRIPTION, NULL},
	{METHOD_POST, SUB "/leave", page_leave, P_SUBSCRIPTION, &FORM_LEAVE},
	{METHOD_GET, SCOPE, page_scope, P_ACCOUNT, NULL},
	{METHOD_GET, SCOPE_ONE, page_scope_one, P_ACCOUNT, NULL},
	{METHOD_POST, SCOPE_ONE, page_scope_grant, P_ACCOUNT, &FORM_SCOPE},
	{METHOD_POST, SCOPE_ONE "/withdraw", page_scope_withdraw, P_ACCOUNT, &FORM_EMPTY},
	{METHOD_GET, SCOPE_ONE "/remove", page_scope_remove_ask, P_ACCOUNT, NULL},
	{METHOD_POST, SCOPE_ONE "/remove", page_scope_remove, P_ACCOUNT, &FORM_SCOPE_REMOVE},
	{METHOD_GET, PEOPLE, page_people, P_SUBSCRIPTION_ADMIN, NULL},
	{METHOD_GET, PEOPLE "/new", page_person_new, P_SUBSCRIPTION_ADMIN, NULL},
	{METHOD_POST, PEOPLE "/new", page_person_create, P_SUBSCRIPTION_ADMIN, &FORM_PERSON_NEW},
	{METHOD_GET, PERSON, page_person, P_SUBSCRIPTION_ADMIN, NULL},
	{METHOD_POST, PERSON, page_person_role, P_SUBSCRIPTION_ADMIN, &FORM_PERSON_ROLE},
	{METHOD_POST, PERSON "/projects", page_person_projects, P_SUBSCRIPTION_ADMIN,
	 &FORM_PERSON_PROJECTS},
	{METHOD_GET, PERSON "/remove", page_person_remove_ask, P_SUBSCRIPTION_ADMIN, NULL},
	{METHOD_POST, PERSON "/remove", page_person_remove, P_SUBSCRIPTION_ADMIN,
	 &FORM_PERSON_REMOVE},
	{METHOD_GET, PROJECTS, page_projects, P_SUBSCRIPTION, NULL},
	{METHOD_GET, PROJECTS "/new", page_project_new, P_SUBSCRIPTION_ADMIN, NULL},
	{METHOD_POST, PROJECTS "/new", page_project_create, P_SUBSCRIPTION_ADMIN,
	 &FORM_PROJECT_NEW},
	{METHOD_GET, PROJECT, page_project, P_SUBSCRIPTION, NULL},
	{METHOD_POST, PROJECT, page_project_save, P_SUBSCRIPTION_ADMIN, &FORM_PROJECT_NAME},
	{METHOD_POST, PROJECT "/people", page_project_people, P_SUBSCRIPTION_ADMIN,
	 &FORM_PROJECT_PEOPLE},
	{METHOD_GET, PROJECT "/delete", page_project_delete_ask, P_SUBSCRIPTION_ADMIN, NULL},
	{METHOD_POST, PROJECT "/delete", page_project_delete, P_SUBSCRIPTION_ADMIN,
	 &FORM_PROJECT_DELETE},
	{METHOD_POST, WORKFLOW, page_workflow_send, P_WORKFLOW_SYNC, &FORM_WORKFLOW},
	{METHOD_POST, WORKFLOW "/remove", page_workflow_remove, P_WORKFLOW_SYNC,
	 &FORM_WORKFLOW_REMOVE},
	{METHOD_GET, SYNC_TOKENS, page_sync_tokens, P_SUBSCRIPTION_ADMIN, NULL},
	{METHOD_POST, SYNC_TOKENS, page_sync_token_create, P_SUBSCRIPTION_ADMIN, &FORM_SYNC_TOKEN},
	{METHOD_POST, SYNC_TOKEN "/delete", page_sync_token_revoke, P_SUBSCRIPTION_ADMIN,
	 &FORM_EMPTY},
	{METHOD_GET, SUB "/workflow", page_workflow_list, P_SUBSCRIPTION_ADMIN, NULL},
	{METHOD_GET, SUB "/workflow/remove", page_workflow_clear_ask, P_SUBSCRIPTION_ADMIN, NULL},
	{METHOD_POST, SUB "/workflow/remove", page_workflow_clear, P_SUBSCRIPTION_ADMIN,
	 &FORM_WORKFLOW_CLEAR},
	{METHOD_GET, SUB "/settings", page_settings, P_SUBSCRIPTION_ADMIN, NULL},
	{METHOD_POST, SUB "/settings", page_settings_save, P_SUBSCRIPTION_ADMIN, &FORM_SETTINGS},
};

const struct route_table WEB_ROUTES = {ROWS, COUNT(ROWS)};

static void print_fields(FILE *out, const struct form_def *form)
{
	static const char *const KINDS[] = {
		[FORM_TEXT] = "text", [FORM_LINES] = "lines", [FORM_LIST] = "list",
		[FORM_FLAG] = "flag", [FORM_ANY] = "any", [FORM_FILE] = "file", [FORM_FILES] = "files", [FORM_RAW] = "raw", [FORM_ID] = "id",	      [FORM_SECRET] = "secret",
	};

	for (size_t k = 0; form && k < form->nfields; k++)
		fprintf(out, "%s%s:%s", k ? " " : "", form->fields[k].name,
			KINDS[form->fields[k].kind]);
}

static const struct json_map *map_of(const struct form_def *form)
{
	for (size_t k = 0; k < API_MAPS_N; k++)
		if (API_MAPS[k]->def == form)
			return API_MAPS[k];
	return NULL;
}

/* "name urls[].key": what a program may send. */
static void print_members(FILE *out, const struct route *row)
{
	struct arena *a = arena_new();
	struct json_map map = {0};
	const char *blank = "";

	if (row->form && span_starts(span_str(row->pattern), SPAN(API "/")))
		map = form_json_map(a, row->form, map_of(row->form));
	for (size_t k = 0; k < map.n; k++) {
		if (!map.list[k].field)
			continue;
		fprintf(out, "%s%s", blank, map.list[k].path);
		blank = " ";
	}
	arena_free(a);
}

void web_routes_print(FILE *out)
{
	for (size_t k = 0; k < WEB_ROUTES.n; k++) {
		const struct route *row = &WEB_ROUTES.rows[k];

		fprintf(out, "%s\t%s\t%s\t", method_name(row->method), row->pattern,
			permission_text((enum permission)row->permission));
		print_fields(out, row->form);
		fputc('\t', out);
		print_members(out, row);
		fputc('\n', out);
	}
}
