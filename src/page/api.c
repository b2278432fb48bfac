/* api.c: programs may read a thing, change a member and send it whole: what else the answer had is
 * ignored. */
#include "page/api.h"

#include "page/account.h"
#include "page/confirm.h"
#include "page/integration_api.h"
#include "page/people.h"
#include "page/project.h"
#include "page/rebind.h"
#include "page/rename.h"
#include "page/scope.h"
#include "page/settings.h"
#include "page/site.h"
#include "page/workflow_list.h"
#include "base/banned.h"

static const struct form_member CONFIRM_MEMBERS[] = {{"password", FORM_CONFIRM_PASSWORD, NULL}};
static const struct json_map CONFIRM = {&FORM_CONFIRM, CONFIRM_MEMBERS, COUNT(CONFIRM_MEMBERS),
					NULL};
static const struct json_map PERSON = {
	&FORM_PERSON_ROLE, NULL, 0,
	"id login name disabled source granted_at last_admin projects bindings grace_days"};
static const struct json_map PROJECT = {
	&FORM_PROJECT_NAME, NULL, 0,
	"id integrations collaborators created_at people integration_list next"};
static const struct form_member SETTINGS_MEMBERS[] = {
	{"name", "name", NULL},
	{"was", "was", NULL},
	{"grace_days", "grace_days", NULL},
	{"was_grace_days", "was_grace_days", NULL},
};
static const struct json_map SETTINGS = {
	&FORM_SETTINGS, SETTINGS_MEMBERS, COUNT(SETTINGS_MEMBERS),
	"created_at admins members collaborators projects integrations"};

static const struct json_map NAME = {&FORM_NAME, NULL, 0,
				     "id login theme site_admin subscriptions"};
static const struct json_map SITE_PROFILE = {
	&FORM_SITE_PROFILE, NULL, 0,
	"id login site_admin created_at disabled_at signed_in_at password_at subscriptions "
	"bound_integrations"};
static const struct json_map SITE_NAME = {
	&FORM_SITE_NAME, NULL, 0,
	"id slug created_at disabled_at people projects can_act empty admins"};

const struct json_map *const API_MAPS[] = {&NAME,     &SITE_NAME, &SITE_PROFILE,
					   &CONFIRM,  &PERSON,	  &JSON_INTEGRATION,
					   &PROJECT,  &SETTINGS,  &JSON_OWN_INTEGRATION,
					   &JSON_RENAME, &JSON_REBIND, &JSON_BINDINGS, &JSON_SCOPE,
					   &JSON_INTEGRATION_NEW, &JSON_WORKFLOW_CLEAR};
const size_t API_MAPS_N = COUNT(API_MAPS);
