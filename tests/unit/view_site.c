/* view_site.c: the pages of site administration, filled for the tests of view.c. */
#include "unit/view_site.h"

#include "view/site.h"

static int account_page(struct buf *out, struct arena *a, const struct view_frame *f, struct span h,
			bool mine, bool disabled)
{
	struct site_account account = {7, h, h, h, 1000, disabled ? 1500 : 0, 0, 1200, !mine};
	struct site_account_role roles[] = {{1, h, h, ROLE_ADMIN, true, true},
					    {2, h, h, ROLE_MEMBER, false, false}};
	struct view_site_account v = {.account = &account, .roles = roles, .nroles = mine ? 0 : 2,
				      .self = mine, .name = h, .name_error = h, .error = h,
				      .email = h, .email_error = h, .mails = !mine,
				      .now = 2000};

	return view_site_account(out, a, f, &v);
}

static int subscription_page(struct buf *out, struct arena *a, const struct view_frame *f,
			     struct span h, bool empty)
{
	struct site_subscription s = {7, h, h, 1000, empty ? 0 : 1500, 3, 2, !empty};
	struct site_subscription_admin admins[] = {{1, h, h, true}, {2, h, h, false}};
	struct view_site_subscription v = {.subscription = &s, .admins = admins,
					   .nadmins = empty ? 0 : 2, .empty = empty, .name = h,
					   .name_error = h, .admin = h, .admin_error = h,
					   .error = h};

	return view_site_subscription(out, a, f, &v);
}

static int lists(int which, struct buf *out, struct arena *a, const struct view_frame *f,
		 struct span h)
{
	struct site_account account = {7, h, h, h, 1000, 0, 1100, 0, true};
	struct site_subscription sub = {7, h, h, 1000, 0, 3, 2, false};
	struct view_site_accounts accounts = {&account, 1, {1000, h, false},
					      {h, SITE_ACCOUNT_NEW, false}, 2000};
	struct view_site_subscriptions subs = {&sub, 1, {1000, h, false}, {h, true}};

	if (which == 0)
		return view_site_accounts(out, a, f, &accounts);
	if (which == 1)
		return view_site_subscriptions(out, a, f, &subs);
	accounts.nrows = subs.nrows = 0;
	accounts.part.first = subs.part.first = true;
	if (which == 2)
		return view_site_accounts(out, a, f, &accounts);
	return view_site_subscriptions(out, a, f, &subs);
}

int view_site_sample(int which, struct buf *out, struct arena *a, const struct view_frame *f,
		     struct span h)
{
	struct view_session rows[] = {{h, h, h, 1000, 1500, true}, {h, h, h, 1000, 1500, false}};
	struct view_site_link link = {7, h, h, SPAN(""), 24}, mailed = {7, h, SPAN(""), h, 24};
	struct view_site_account_new account = {h, h, h, h, h, h, true};
	struct view_site_subscription_new sub = {h, h, h, h, h, h};

	switch (which) {
	case 0:
	case 1:
	case 2:
	case 3: return lists(which, out, a, f, h);
	case 4: return view_site_account_new(out, a, f, &account);
	case 5: return account_page(out, a, f, h, false, false);
	case 6: return account_page(out, a, f, h, true, true);
	case 7: return view_site_link(out, a, f, &link);
	case 8: return view_site_subscription_new(out, a, f, &sub);
	case 9: return subscription_page(out, a, f, h, false);
	case 10: return subscription_page(out, a, f, h, true);
	case 11: return view_site_link(out, a, f, &mailed);
	default: return view_sessions(out, a, f, &(struct view_sessions){rows, 2, 2000});
	}
}
