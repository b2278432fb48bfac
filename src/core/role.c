/* role.c: the table of roles and permissions. */
#include "core/role.h"

#include "base/banned.h"

struct span role_text(enum role r)
{
	switch (r) {
	case ROLE_NONE: return SPAN("");
	case ROLE_COLLABORATOR: return SPAN("collaborator");
	case ROLE_MEMBER: return SPAN("member");
	case ROLE_ADMIN: return SPAN("admin");
	}
	return SPAN("");
}

const char *permission_text(enum permission p)
{
	switch (p) {
	case P_PUBLIC: return "public";
	case P_ACCOUNT: return "account";
	case P_SUBSCRIPTION: return "subscription";
	case P_INTEGRATION_ADD: return "integration add";
	case P_INTEGRATION_VIEW: return "integration view";
	case P_WORKFLOW_SYNC: return "workflow sync";
	case P_SUBSCRIPTION_ADMIN: return "subscription admin";
	case P_SITE_ADMIN: return "site admin";
	}
	return "";
}

static int at_least(const struct scope *scope, enum role least)
{
	if (!scope || scope->role == ROLE_NONE)
		return E_NOT_FOUND;
	return scope->role >= least && !scope->disabled ? OK : E_DENIED;
}

struct scope scope_own(const struct who *who)
{
	return (struct scope){.subscription_uid = who->uid,
			      .account_id = who->account_id,
			      .role = ROLE_ADMIN};
}

const int64_t *scope_subscription(const struct scope *s)
{
	return s->subscription_id ? &s->subscription_id : NULL;
}

const int64_t *scope_account(const struct scope *s)
{
	return s->subscription_id ? NULL : &s->account_id;
}

static int sync_token_allows(const struct scope *scope, enum permission p)
{
	if (p != P_WORKFLOW_SYNC)
		return E_DENIED;
	return scope && scope->sync_token_id && !scope->disabled ? OK : E_NOT_FOUND;
}

int role_allows(const struct who *who, const struct scope *scope, enum permission p)
{
	if (p == P_PUBLIC)
		return OK;
	if (!who)
		return E_DENIED;
	if (who->account_id == ACCOUNT_NONE)
		return sync_token_allows(scope, p);
	switch (p) {
	case P_PUBLIC:
	case P_ACCOUNT: return OK;
	case P_SUBSCRIPTION:
	case P_WORKFLOW_SYNC:
	case P_INTEGRATION_VIEW: return at_least(scope, ROLE_COLLABORATOR);
	case P_INTEGRATION_ADD: return at_least(scope, ROLE_MEMBER);
	case P_SUBSCRIPTION_ADMIN: return at_least(scope, ROLE_ADMIN);
	case P_SITE_ADMIN: return who->site_admin ? OK : E_DENIED;
	}
	return E_BUG;
}
