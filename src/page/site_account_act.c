/* site_account_act.c: what the vault does about an account for a site admin who confirmed their
 * password: disable and enable it, make it a site admin. */
#include "page/site.h"

#include "page/frame.h"
#include "base/banned.h"

static struct vault_actor vault_actor_of(const struct req *r)
{
	struct actor a = actor_of(r);

	return (struct vault_actor){a.account_id, a.name, a.address, a.request};
}

/* After an act: on with `said`, or the page again with why it was not done. */
static int done(struct req *r, struct res *s, int64_t id, int rc, enum said said, const char *why)
{
	if (rc == E_CONFLICT) {
		form_fail(r->form, SPAN(""), "%s", why);
		return site_account_show(r, s, id);
	}
	TRY(rc);
	frame_say(r, s, said, site_account_path(r, id));
	return OK;
}

static int enable(struct req *r, struct res *s, bool enabled)
{
	struct vault_actor actor = vault_actor_of(r);
	int64_t id;
	int rc;

	TRY(req_param_id(r, "id", &id));
	rc = vault_account_enable(&app_of(r)->vault, &actor, visit_of(r)->who->token_hash, id,
				  enabled);
	return done(r, s, id, rc, enabled ? SAID_ACCOUNT_ENABLED : SAID_ACCOUNT_DISABLED,
		    "This account cannot be disabled: it is your own, or nobody else could "
		    "administer this site afterwards.");
}

int page_site_account_disable_ask(struct req *r, struct res *s)
{
	struct view_site_account v = {0};
	struct view_frame f;
	int64_t id;

	TRY(req_param_id(r, "id", &id));
	TRY(site_account_read(r, id, &v));
	f = site_frame(r, s, arena_printf(r->arena, "Disable %.*s", SPAN_ARG(v.account->name)),
		       NAV_ACCOUNTS);
	frame_crumb(&f, SPAN("Accounts"), SPAN("/admin/accounts"));
	frame_crumb(&f, v.account->name, site_account_path(r, id));
	return view_site_account_disable(s->body, r->arena, &f, &v);
}

int page_site_account_disable(struct req *r, struct res *s)
{
	return enable(r, s, false);
}

int page_site_account_enable(struct req *r, struct res *s)
{
	return enable(r, s, true);
}

static int grant(struct req *r, struct res *s, bool revoke)
{
	struct vault_actor actor = vault_actor_of(r);
	struct vault_grant g = {.kind = GRANT_SITE_ADMIN, .role = 1, .revoke = revoke};
	int rc;

	TRY(req_param_id(r, "id", &g.account_id));
	rc = vault_role_grant(&app_of(r)->vault, &actor, visit_of(r)->who->token_hash, &g);
	return done(r, s, g.account_id, rc, revoke ? SAID_SITE_ADMIN_END : SAID_SITE_ADMIN,
		    "This is the last site admin who can sign in. Make somebody else one first.");
}

int page_site_account_admin(struct req *r, struct res *s)
{
	return grant(r, s, false);
}

int page_site_account_admin_end(struct req *r, struct res *s)
{
	return grant(r, s, true);
}
