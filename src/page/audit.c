/* audit.c: one page over one chain of the audit trail. What is asked stands in the address. */
#include "page/audit.h"

#include "base/clock.h"
#include "page/frame.h"
#include "store/account.h"
#include "store/audit_read.h"
#include "view/audit.h"
#include "base/banned.h"

enum { PAGE_ROWS = 50, DAY = 86400 };

static const struct form_field FIELDS[] = {
	{"account", FORM_TEXT, false, 320, "Account"}, {"who", FORM_TEXT, false, 320, "Who"},
	{"what", FORM_TEXT, false, 40, "What"},	       {"which", FORM_TEXT, false, 320, "Which"},
	{"from", FORM_TEXT, false, 10, "From"},	       {"to", FORM_TEXT, false, 10, "To"},
};
static const struct form_def ASKED = {FIELDS, COUNT(FIELDS), 0, 0};

/* What the address asks, as people wrote it and as the store takes it. */
struct asked {
	struct audit_filter filter;
	struct audit_actions actions;
	struct view_audit view;
};

static struct span typed(struct req *r, const char *name)
{
	struct span value = req_query(r, name);

	return value.p ? span_trim(value) : SPAN("");
}

/* A day of the calendar, UTC; `otherwise` when none is given. */
static int64_t day(struct req *r, const char *name, int64_t otherwise)
{
	struct span value = typed(r, name);
	int64_t at = otherwise;

	if (value.n && clock_date(value, &at) != OK)
		form_fail(r->form, span_str(name),
			  "Write the day as year-month-day, as in 2026-11-22.");
	return at;
}

/* "1700000000.17", as a link of ours has it; anything else is the first page. */
static struct audit_place place(struct req *r)
{
	struct span rest = typed(r, "before"), at;
	struct audit_place p;

	if (rest.n && span_cut(&rest, '.', &at) && span_i64(at, &p.at) == OK &&
	    span_i64(rest, &p.seq) == OK)
		return p;
	return (struct audit_place){INT64_MAX, 0};
}

static void read_what(struct req *r, struct asked *q)
{
	enum audit_group group;

	q->view.object = typed(r, "object");
	if (q->view.object.n) {
		if (audit_thing_read(q->view.object, &q->actions, &q->filter.object_id) == OK)
			q->filter.actions = &q->actions;
		else
			q->view.object = SPAN("");
	}
	q->view.what = typed(r, "what");
	if (audit_group_find(q->view.what, &group) == OK) {
		struct audit_actions wanted = audit_group_actions(group);
		for (size_t k = 0; k < AUDIT_ACTIONS; k++)
			q->actions.has[k] =
				wanted.has[k] && (!q->filter.actions || q->actions.has[k]);
		q->filter.actions = &q->actions;
	} else {
		q->view.what = SPAN("");
	}
}

static void read_asked(struct req *r, struct asked *q)
{
	struct view_audit *v = &q->view;

	r->form = form_new(r->arena, &ASKED);
	v->who = q->filter.actor = typed(r, "who");
	v->which = q->filter.object = typed(r, "which");
	v->from = typed(r, "from");
	v->to = typed(r, "to");
	read_what(r, q);
	q->filter.from = day(r, "from", 0);
	q->filter.to = day(r, "to", INT64_MAX - DAY) + DAY;
	q->filter.before = place(r);
	v->first = q->filter.before.at == INT64_MAX;
	v->filtered = q->filter.actor.n || q->filter.object.n || q->filter.actions || v->from.n ||
		      v->to.n;
	if (!r->form->errors && q->filter.from >= q->filter.to)
		form_fail(r->form, SPAN("to"),
			  "This day is before the first one. Choose a later one.");
	v->from_error = form_message(r->form, SPAN("from"));
	v->to_error = form_message(r->form, SPAN("to"));
}

static void fill_rows(struct req *r, struct view_audit *v, const struct audit_page *page)
{
	v->rows = ARENA_ARRAY(r->arena, struct view_audit_row, page->nrows + 1);
	v->nrows = page->nrows;
	for (size_t k = 0; k < page->nrows; k++) {
		const struct audit_row *from = &page->rows[k];
		struct view_audit_row *to = &v->rows[k];
		struct span thing = SPAN("");
		enum audit_action action;
		*to = (struct view_audit_row){.at = from->at,
					      .who = from->actor,
					      .address = from->address,
					      .what = from->action,
					      .which = from->object,
					      .fields = from->fields};
		if (audit_action_find(from->action, &action) == OK) {
			to->what = span_str(audit_action_words(action));
			thing = audit_thing_of(action);
		}
		if (thing.n && from->object_id)
			to->object = arena_printf(r->arena, "%.*s:%lld", SPAN_ARG(thing),
						  (long long)from->object_id);
	}
}

static int read_page(struct req *r, struct span chain, struct asked *q)
{
	struct db *db = app_of(r)->db;
	struct view_audit *v = &q->view;
	struct audit_page page = {0};

	TRY(store_audit_total(db, r->arena, chain, &v->total));
	if (!r->form->errors && chain.n)
		TRY(store_audit_page(db, r->arena, chain, &q->filter, PAGE_ROWS, &page));
	fill_rows(r, v, &page);
	if (page.more)
		v->next = arena_printf(r->arena, "%lld.%lld", (long long)page.last.at,
				       (long long)page.last.seq);
	if (page.cut_short)
		v->searched_back_to = page.last.at;
	return OK;
}

static int show(struct req *r, struct res *s, struct view_frame *f, struct span chain,
		struct asked *q)
{
	TRY(read_page(r, chain, q));
	q->view.base = r->path;
	s->status = r->form->errors ? 422 : 200;
	return view_audit(s->body, r->arena, f, &q->view);
}

int page_audit_subscription(struct req *r, struct res *s)
{
	struct view_frame f = frame_for(r, s, SPAN("Audit trail"));
	struct asked q = {.view.kind = VIEW_AUDIT_SUBSCRIPTION};

	f.active = NAV_AUDIT;
	frame_crumb(&f, SPAN("CI/CD"), SPAN("/"));
	frame_crumb(&f, scope_of(r)->name, frame_integrations_path(r));
	read_asked(r, &q);
	return show(r, s, &f, audit_chain_subscription(r->arena, scope_of(r)->subscription_id), &q);
}

/* What somebody owns themselves is theirs alone to see (product rule 5), so what they did with it
 * and where they share it is not for site admins; nor how much of it there is. */
static void leave_out_own(struct asked *q)
{
	for (size_t k = 0; k < AUDIT_ACTIONS; k++)
		q->actions.has[k] =
			audit_group_of((enum audit_action)k) != AUDIT_GROUP_INTEGRATIONS &&
			(!q->filter.actions || q->actions.has[k]);
	q->filter.actions = &q->actions;
	q->view.partial = true;
}

/* The chain of the account that is asked for; the site's without one. */
static int site_chain(struct req *r, struct asked *q, struct span *chain)
{
	int64_t id;
	int rc;

	q->view.account = typed(r, "account");
	*chain = AUDIT_CHAIN_SITE;
	if (q->view.account.n == 0)
		return OK;
	rc = store_account_find(app_of(r)->db, r->arena, q->view.account, &id);
	if (rc == E_NOT_FOUND) {
		form_fail(r->form, SPAN("account"),
			  "There is no account with this login. Check its spelling.");
		q->view.account_error = form_message(r->form, SPAN("account"));
		return OK;
	}
	TRY(rc);
	*chain = audit_chain_account(r->arena, id);
	leave_out_own(q);
	return OK;
}

int page_audit_site(struct req *r, struct res *s)
{
	struct view_frame f = frame_for(r, s, SPAN("Audit trail of the site"));
	struct asked q = {.view.kind = VIEW_AUDIT_SITE};
	struct span chain;

	f.active = NAV_SITE_AUDIT;
	frame_crumb(&f, SPAN("Administration"), SPAN_NONE);
	read_asked(r, &q);
	TRY(site_chain(r, &q, &chain));
	return show(r, s, &f, chain, &q);
}

int page_audit_account(struct req *r, struct res *s)
{
	struct view_frame f = frame_for(r, s, SPAN("Activity of your account"));
	struct asked q = {.view.kind = VIEW_AUDIT_ACCOUNT};

	f.active = NAV_ACCOUNT;
	frame_crumb(&f, SPAN("Account"), SPAN("/account"));
	read_asked(r, &q);
	return show(r, s, &f, audit_chain_account(r->arena, visit_of(r)->who->account_id), &q);
}
