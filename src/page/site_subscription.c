/* site_subscription.c: the list of subscriptions, and + Add. */
#include "page/site.h"

#include "core/name.h"
#include "page/confirm.h"
#include "page/frame.h"
#include "page/site_subscription.h"
#include "seal/hash.h"
#include "store/account.h"
#include "store/site_account.h"
#include "store/site_subscription.h"
#include "store/subscription.h"
#include "base/banned.h"

int page_site_subscription_list(struct req *r, struct res *s)
{
	struct span after = site_query(r, "after");
	struct view_site_subscriptions v = {
		.filter = {.search = span_trim(site_query(r, "q")),
			   .no_admin = span_is(site_query(r, "show"), "no-admin")},
	};
	struct view_frame f = site_frame(r, s, SPAN("Subscriptions"), NAV_SUBSCRIPTIONS);
	struct db *db = app_of(r)->db;
	struct site_subscription *list;
	size_t n;

	TRY(store_site_subscription_list(db, r->arena, &v.filter, after, SITE_PAGE_ROWS + 1, &list,
					 &n));
	TRY(store_site_subscription_count(db, r->arena, &v.filter, &v.part.total));
	v.rows = list;
	v.nrows = n > SITE_PAGE_ROWS ? SITE_PAGE_ROWS : n;
	if (n > SITE_PAGE_ROWS)
		v.part.next = list[SITE_PAGE_ROWS - 1].slug;
	v.part.first = after.n == 0;
	return view_site_subscriptions(s->body, r->arena, &f, &v);
}

int page_site_subscription_new(struct req *r, struct res *s)
{
	struct view_frame f = site_frame(r, s, SPAN("Add a subscription"), NAV_SUBSCRIPTIONS);
	struct view_site_subscription_new v = {
		.slug = frame_typed(r, "slug", SPAN("")),
		.name = frame_typed(r, "name", SPAN("")),
		.admin = frame_typed(r, "admin", SPAN("")),
		.slug_error = frame_message(r, "slug"),
		.name_error = frame_message(r, "name"),
		.admin_error = frame_message(r, "admin"),
	};

	frame_crumb(&f, SPAN("Subscriptions"), SPAN("/admin/subscriptions"));
	s->status = site_status(r);
	return view_site_subscription_new(s->body, r->arena, &f, &v);
}

int site_admin_find(struct req *r, int64_t *account_id)
{
	struct span login = frame_typed(r, "admin", SPAN(""));
	struct site_account account;
	int rc;

	site_fault(r, "admin", name_login_fault(r->arena, login));
	if (frame_message(r, "admin").p)
		return OK;
	rc = store_account_find(app_of(r)->db, r->arena, login, account_id);
	if (rc == OK)
		rc = store_site_account_get(app_of(r)->db, r->arena, *account_id, &account);
	if (rc == E_NOT_FOUND) {
		site_fault(r, "admin",
			   SPAN("There is no account with this login. Check it, or add "
				"the account first."));
		return OK;
	}
	TRY(rc);
	if (account.disabled_at)
		site_fault(r, "admin",
			   SPAN("This account is disabled. Enable it first, or name "
				"another."));
	return OK;
}

int site_admin_grant(struct req *r, int64_t account_id, int64_t subscription_id)
{
	struct actor a = actor_of(r);
	struct vault_actor actor = {a.account_id, a.name, a.address, a.request};
	struct vault_grant g = {
		.kind = GRANT_ROLE,
		.account_id = account_id,
		.subscription_id = subscription_id,
		.role = ROLE_ADMIN,
	};

	return vault_role_grant(&app_of(r)->vault, &actor, visit_of(r)->who->token_hash, &g);
}

static int check(struct req *r, struct subscription_new *n, int64_t *admin)
{
	struct span name = frame_typed(r, "name", SPAN(""));

	n->slug = frame_typed(r, "slug", SPAN(""));
	n->name = name.n ? name : n->slug;
	site_fault(r, "slug", name_slug_fault(r->arena, n->slug));
	if (name.n)
		site_fault(r, "name", name_fault(r->arena, name));
	return site_admin_find(r, admin);
}

int page_site_subscription_create(struct req *r, struct res *s)
{
	unsigned char uid[UID_BYTES];
	struct subscription_new n = {.actor = actor_of(r)};
	int64_t id, admin = 0;
	int rc;

	random_bytes(uid, sizeof(uid));
	n.uid = span_of((const char *)uid, sizeof(uid));
	TRY(check(r, &n, &admin));
	if (r->form->errors)
		return page_site_subscription_new(r, s);
	/* before it is there: or it would be there without an admin while the question stands */
	TRY(confirm_check(r));
	rc = store_subscription_create(app_of(r)->db, r->arena, &n, &id);
	if (rc == E_CONFLICT) {
		site_fault(r, "slug", SPAN("This short name is taken. Choose another."));
		return page_site_subscription_new(r, s);
	}
	TRY(rc);
	rc = site_admin_grant(r, admin, id);
	frame_say(r, s, rc == OK ? SAID_SUBSCRIPTION_ADDED : SAID_SUBSCRIPTION_ALONE,
		  site_subscription_path(r, id));
	return OK;
}
