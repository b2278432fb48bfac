/* web_routes.c: the table. Each row says what the dispatcher demands before the handler runs. */
#include "bin/web_routes.h"

#include "core/role.h"
#include "http/front.h"
#include "page/account.h"
#include "page/audit.h"
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
	{METHOD_GET, "/account/activity", page_audit_account, P_ACCOUNT, NULL},
	{METHOD_GET, "/admin/audit", page_audit_site, P_SITE_ADMIN, NULL},
	{METHOD_GET, SUB, page_subscription, P_SUBSCRIPTION, NULL},
	{METHOD_GET, SUB "/audit", page_audit_subscription, P_SUBSCRIPTION_ADMIN, NULL},
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

static void print_fields(FILE *out, const struct form_def *form)
{
	static const char *const KINDS[] = {
		[FORM_TEXT] = "text", [FORM_LINES] = "lines", [FORM_LIST] = "list",
		[FORM_FLAG] = "flag", [FORM_ID] = "id",	      [FORM_SECRET] = "secret",
	};

	for (size_t k = 0; form && k < form->nfields; k++)
		fprintf(out, "%s%s:%s", k ? " " : "", form->fields[k].name,
			KINDS[form->fields[k].kind]);
}

void web_routes_print(FILE *out)
{
	for (size_t k = 0; k < WEB_ROUTES.n; k++) {
		const struct route *row = &WEB_ROUTES.rows[k];

		fprintf(out, "%s\t%s\t%s\t", method_name(row->method), row->pattern,
			permission_text((enum permission)row->permission));
		print_fields(out, row->form);
		fputc('\n', out);
	}
}
