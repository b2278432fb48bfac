/* site_account.c: the list of accounts, + Add, and one account's page. */
#include "page/site.h"

#include "base/clock.h"
#include "core/name.h"
#include "page/frame.h"
#include "page/profile.h"
#include "seal/hash.h"
#include "store/account.h"
#include "store/binding.h"
#include "store/site_account.h"
#include "base/banned.h"

static struct site_account_filter filter_of(const struct req *r)
{
	struct span show = site_query(r, "show");
	struct site_account_filter f = {.search = span_trim(site_query(r, "q"))};

	if (span_is(show, "active"))
		f.state = SITE_ACCOUNT_ACTIVE;
	else if (span_is(show, "disabled"))
		f.state = SITE_ACCOUNT_DISABLED;
	else if (span_is(show, "new"))
		f.state = SITE_ACCOUNT_NEW;
	f.site_admins = span_is(show, "site-admins");
	return f;
}

int page_site_account_list(struct req *r, struct res *s)
{
	struct span after = site_query(r, "after");
	struct view_site_accounts v = {.filter = filter_of(r), .now = clock_now()};
	struct view_frame f = site_frame(r, s, SPAN("Accounts"), NAV_ACCOUNTS);
	struct db *db = app_of(r)->db;
	struct site_account *list;
	size_t n;

	TRY(store_site_account_list(db, r->arena, &v.filter, after, SITE_PAGE_ROWS + 1, &list, &n));
	TRY(store_site_account_count(db, r->arena, &v.filter, &v.part.total));
	v.rows = list;
	v.nrows = n > SITE_PAGE_ROWS ? SITE_PAGE_ROWS : n;
	if (n > SITE_PAGE_ROWS)
		v.part.next = list[SITE_PAGE_ROWS - 1].login;
	v.part.first = after.n == 0;
	return view_site_accounts(s->body, r->arena, &f, &v);
}

int page_site_account_new(struct req *r, struct res *s)
{
	struct view_frame f = site_frame(r, s, SPAN("Add an account"), NAV_ACCOUNTS);
	struct view_site_account_new v = {
		.login = frame_typed(r, "login", SPAN("")),
		.name = frame_typed(r, "name", SPAN("")),
		.email = frame_typed(r, "email", SPAN("")),
		.login_error = frame_message(r, "login"),
		.name_error = frame_message(r, "name"),
		.email_error = frame_message(r, "email"),
		.mails = app_of(r)->mail.socket != NULL,
	};

	frame_crumb(&f, SPAN("Accounts"), SPAN("/admin/accounts"));
	s->status = site_status(r);
	return view_site_account_new(s->body, r->arena, &f, &v);
}

int page_site_account_create(struct req *r, struct res *s)
{
	unsigned char uid[UID_BYTES];
	struct account_new n = {.login = frame_typed(r, "login", SPAN("")), .actor = actor_of(r)};
	int64_t id;
	int rc;

	random_bytes(uid, sizeof(uid));
	n.uid = span_of((const char *)uid, sizeof(uid));
	n.name = frame_typed(r, "name", SPAN("")).n ? frame_typed(r, "name", SPAN("")) : n.login;
	n.email = profile_email(r);
	if (n.email.n)
		site_fault(r, "email", span_str(mail_address_fault(n.email)));
	site_fault(r, "login", name_login_fault(r->arena, n.login));
	if (frame_typed(r, "name", SPAN("")).n)
		site_fault(r, "name", name_fault(r->arena, n.name));
	if (r->form->errors)
		return page_site_account_new(r, s);
	rc = store_account_create(app_of(r)->db, r->arena, &n, &id);
	if (rc == E_CONFLICT) {
		site_fault(r, "login", SPAN("This login is taken. Choose another."));
		return page_site_account_new(r, s);
	}
	TRY(rc);
	frame_say(r, s, SAID_ACCOUNT_ADDED, site_account_path(r, id));
	return OK;
}

/* How many integrations hang on it, and where: site admins see none of them. */
static int read_bound(struct req *r, int64_t id, struct view_site_account *v)
{
	struct binding_touched *list;

	TRY(store_binding_touched(app_of(r)->db, r->arena, id, &list, &v->nbound));
	v->bound = ARENA_ARRAY(r->arena, struct view_site_bound, v->nbound + 1);
	for (size_t k = 0; k < v->nbound; k++)
		v->bound[k] = (struct view_site_bound){list[k].subscription_id,
						       list[k].subscription, list[k].bindings};
	return OK;
}

int site_account_read(struct req *r, int64_t id, struct view_site_account *v)
{
	struct site_account *account = ARENA_NEW(r->arena, struct site_account);
	struct site_account_role *roles;

	TRY(store_site_account_get(app_of(r)->db, r->arena, id, account));
	TRY(store_site_account_roles(app_of(r)->db, r->arena, id, &roles, &v->nroles));
	TRY(read_bound(r, id, v));
	v->account = account;
	v->roles = roles;
	v->now = clock_now();
	v->self = visit_of(r)->who->account_id == id;
	v->error = frame_message(r, "");
	if (!v->error.p)
		v->error = frame_message(r, "mail"); /* a hidden value: no field shows it */
	v->name_error = frame_message(r, "name");
	v->email_error = frame_message(r, "email");
	v->mails = app_of(r)->mail.socket != NULL;
	v->name = account->name;
	v->email = account->email;
	if (v->name_error.p || v->email_error.p) {
		v->name = frame_typed(r, "name", SPAN(""));
		v->email = frame_typed(r, "email", SPAN(""));
	}
	return OK;
}

int site_account_show(struct req *r, struct res *s, int64_t id)
{
	struct view_site_account v = {0};
	struct view_frame f;

	TRY(site_account_read(r, id, &v));
	f = site_frame(r, s, v.account->name, NAV_ACCOUNTS);
	frame_crumb(&f, SPAN("Accounts"), SPAN("/admin/accounts"));
	s->status = site_status(r);
	return view_site_account(s->body, r->arena, &f, &v);
}

int page_site_account(struct req *r, struct res *s)
{
	int64_t id;

	TRY(req_param_id(r, "id", &id));
	return site_account_show(r, s, id);
}

int page_site_account_name(struct req *r, struct res *s)
{
	int64_t id;

	TRY(req_param_id(r, "id", &id));
	profile_check(r);
	if (r->form->errors)
		return site_account_show(r, s, id);
	TRY(profile_save(r, AUDIT_CHAIN_SITE, id));
	frame_say(r, s, SAID_PROFILE, site_account_path(r, id));
	return OK;
}
