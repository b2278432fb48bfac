/* site.h: the pages of site administration, and one's own sessions. */
#ifndef VIEW_SITE_H
#define VIEW_SITE_H

#include "core/site.h"
#include "view/view.h"

/* Where a list stands. */
struct view_part {
	int64_t total;	  /* of all pages, by this filter */
	struct span next; /* ?after= of the next page, or empty */
	bool first;	  /* is this the first page? */
};

struct view_site_accounts {
	const struct site_account *rows;
	size_t nrows;
	struct view_part part;
	struct site_account_filter filter;
	int64_t now;
};

struct view_site_account_new {
	struct span login, name, email; /* as typed */
	struct span login_error, name_error, email_error;
	bool mails; /* links can be mailed */
};

/* In a subscription so many integrations take their values from the account's. */
struct view_site_bound {
	int64_t subscription_id;
	struct span name;
	int64_t bindings;
};

struct view_site_account {
	const struct site_account *account;
	const struct site_account_role *roles;
	size_t nroles;
	bool self;		      /* the visitor's own: neither disabled nor demoted here */
	struct span name, name_error; /* as typed, or as it is */
	struct span email, email_error;
	bool mails; /* links can be mailed */
	struct span error;	      /* why an act was not done: a banner */
	int64_t now;
	struct view_site_bound *bound;
	size_t nbound;
};

/* What a link to set a password is: shown once, or mailed. */
struct view_site_link {
	int64_t id;
	struct span login;
	struct span link;      /* empty: it is mailed */
	struct span mailed_to; /* an address, or empty */
	int64_t hours; /* for how long it is good */
};

struct view_site_subscriptions {
	const struct site_subscription *rows;
	size_t nrows;
	struct view_part part;
	struct site_subscription_filter filter;
};

struct view_site_subscription_new {
	struct span slug, name, admin; /* as typed */
	struct span slug_error, name_error, admin_error;
};

struct view_site_subscription {
	const struct site_subscription *subscription;
	const struct site_subscription_admin *admins;
	size_t nadmins;
	bool empty; /* may be deleted */
	struct span name, name_error, admin, admin_error;
	struct span error; /* a banner */
};

struct view_session {
	struct span handle; /* names it in the form */
	struct span address, agent;
	int64_t created_at, seen_at;
	bool here; /* the one that asks */
};
struct view_sessions {
	struct view_session *rows;
	size_t nrows;
	int64_t now;
};

struct tpl;
/* Below a list: "50 of 10000", and its pages. */
void view_part_fill(struct tpl *table, const struct view_part *part, size_t shown);

int view_site_accounts(struct buf *out, struct arena *a, const struct view_frame *f,
		       const struct view_site_accounts *v);
int view_site_account_new(struct buf *out, struct arena *a, const struct view_frame *f,
			  const struct view_site_account_new *v);
int view_site_account(struct buf *out, struct arena *a, const struct view_frame *f,
		      const struct view_site_account *v);
/* The page before it is disabled. */
int view_site_account_disable(struct buf *out, struct arena *a, const struct view_frame *f,
			      const struct view_site_account *v);
int view_site_link(struct buf *out, struct arena *a, const struct view_frame *f,
		   const struct view_site_link *v);
int view_site_subscriptions(struct buf *out, struct arena *a, const struct view_frame *f,
			    const struct view_site_subscriptions *v);
int view_site_subscription_new(struct buf *out, struct arena *a, const struct view_frame *f,
			       const struct view_site_subscription_new *v);
int view_site_subscription(struct buf *out, struct arena *a, const struct view_frame *f,
			   const struct view_site_subscription *v);
int view_sessions(struct buf *out, struct arena *a, const struct view_frame *f,
		  const struct view_sessions *v);

#endif
