/* web_routes.c: the table. Each row says what the dispatcher demands before the handler runs. */
#include "bin/web_routes.h"

#include "core/role.h"
#include "page/account.h"
#include "page/home.h"
#include "page/integration.h"
#include "page/login.h"

#define SUB "/s/:sub"
#define INTEGRATIONS SUB "/integrations"
#define INTEGRATION INTEGRATIONS "/:id"

static const struct route ROWS[] = {
	{METHOD_GET, "/healthz", page_healthz, P_PUBLIC, NULL},
	{METHOD_GET, "/readyz", page_readyz, P_PUBLIC, NULL},
	{METHOD_GET, "/login", page_login_form, P_PUBLIC, NULL},
	{METHOD_POST, "/login", page_login, P_PUBLIC, &FORM_LOGIN},
	{METHOD_POST, "/logout", page_logout, P_ACCOUNT, &FORM_EMPTY},
	{METHOD_GET, "/", page_home, P_ACCOUNT, NULL},
	{METHOD_GET, "/account", page_account, P_ACCOUNT, NULL},
	{METHOD_POST, "/account/theme", page_account_theme, P_ACCOUNT, &FORM_THEME},
	{METHOD_POST, "/account/password", page_account_password, P_ACCOUNT, &FORM_PASSWORD},
	{METHOD_GET, SUB, page_subscription, P_SUBSCRIPTION, NULL},
	{METHOD_GET, INTEGRATIONS, page_integration_list, P_INTEGRATION_VIEW, NULL},
	{METHOD_GET, INTEGRATIONS "/new", page_integration_new, P_INTEGRATION_ADD, NULL},
	{METHOD_POST, INTEGRATIONS "/new", page_integration_create, P_INTEGRATION_ADD,
	 &FORM_INTEGRATION},
	{METHOD_GET, INTEGRATION, page_integration_details, P_INTEGRATION_VIEW, NULL},
	{METHOD_GET, INTEGRATION "/edit", page_integration_edit, P_INTEGRATION_VIEW, NULL},
	{METHOD_POST, INTEGRATION "/edit", page_integration_save, P_INTEGRATION_VIEW,
	 &FORM_INTEGRATION},
	{METHOD_POST, INTEGRATION "/delete", page_integration_delete, P_INTEGRATION_VIEW,
	 &FORM_INTEGRATION_DELETE},
};

const struct route_table WEB_ROUTES = {ROWS, COUNT(ROWS)};
