/* binding.h: the pages of bound integrations: rebinding one, what an account's bindings are in a
 * subscription, leaving it. See view.h for how pages are filled. */
#ifndef VIEW_BINDING_H
#define VIEW_BINDING_H

#include "core/binding.h"
#include "view/view.h"

/* A bound integration: of the account integration behind it, no more than its owner and state. */
struct view_binding {
	int64_t id;
	struct span name, type, type_label, icon;
	int64_t owner_id;
	struct span owner; /* "Maya (maya)" */
	enum binding_state state;
	struct span runners; /* binding_runners_text() */
	int64_t left_at;     /* 0: the owner has not left */
	int64_t bound_at;
	struct span bound_by;
	struct span projects; /* that can use it: "All projects", "web, api" */
	int64_t undo_until;   /* 0: nothing to undo */
	struct span undo_owner;
};

/* An account integration to which it could be bound. */
struct view_candidate {
	int64_t id;
	struct span name, owner;
	struct span projects; /* that its owner's consent has; empty: there is none yet */
	bool own, granted, owner_here, enabled;
};

/* Which projects a consent that is yet to be written shall have. */
struct view_consent {
	bool all;
	struct project *projects; /* `chosen`: ticked */
	size_t nprojects;
	struct span error;
	bool named_only; /* there is no "all projects": a collaborator's */
	struct span place; /* the subscription, where the page is not about one */
};

/* A project that can use it before the rebind, after it, or both. */
struct view_reach {
	struct span name;
	bool before, after;
};

struct view_uses;
struct view_rebind {
	struct view_binding binding;
	int64_t version;
	struct view_candidate *candidates;
	size_t ncandidates;
	const struct view_candidate *chosen; /* NULL: none yet */
	struct view_consent consent;	     /* for one's own that has none here */
	struct view_reach *reach;
	size_t nreach;
	bool all_before, all_after; /* all projects, also future ones */
	int64_t more;		    /* projects beyond those of `reach` */
	const struct view_uses *denied; /* places of projects that could not use it any more */
	int64_t ndenied;
	bool more_denied; /* than were counted */
	struct span error, to_error;
};

/* All bound integrations of one account in a subscription, by type. */
/* A handle, and how many places in workflow files would be denied. */
struct view_denied {
	int64_t id;
	struct span name;
	int64_t places;
};

struct view_bindings_type {
	struct span type, label, icon;
	const struct view_binding *list;
	const bool *ticked;
	size_t n;
	const struct view_candidate *candidates;
	size_t ncandidates;
	int64_t chosen; /* a candidate's id; 0: none yet */
	bool asks;	/* a candidate is one's own without a consent here */
	struct view_consent consent;
	struct span error, to_error;
	const struct view_denied *denied; /* by what was asked for; the next time it is done */
	size_t ndenied;
	int64_t places; /* of all of them */
};
struct view_bindings {
	int64_t account_id;
	struct span who;
	enum role role; /* in the subscription; ROLE_NONE: left */
	bool disabled;	/* the account */
	struct view_bindings_type *types;
	size_t ntypes, total;
	int64_t grace_days;
	struct span error;
};

/* Giving up one's own role: the page before. */
struct view_leave {
	enum role role;
	bool last_admin;
	const struct view_binding *list; /* those of one's own integrations */
	size_t n;
	int64_t grace_days, now;
	struct span error;
};

/* Somebody whose integrations in this subscription need another owner. */
struct view_leaver {
	int64_t id;
	struct span who;
	int64_t bindings;
};

int view_rebind(struct buf *out, struct arena *a, const struct view_frame *f,
		const struct view_rebind *v);
int view_bindings(struct buf *out, struct arena *a, const struct view_frame *f,
		  const struct view_bindings *v);
int view_leave(struct buf *out, struct arena *a, const struct view_frame *f,
	       const struct view_leave *v);

struct tpl;
/* The card of a bound integration's details page, into {{>BINDING_CARD}}: whose it is, how it
 * stands, what runners get; for admins also the way to rebind it and until when the last rebind can
 * be undone. */
void view_binding_card(struct arena *a, struct tpl *body, const struct view_frame *f,
		       const struct view_binding *v, bool may_rebind);
/* How it stands, into {{>STATE}}: a badge, and below it what runners get. */
void view_binding_state(struct arena *a, struct tpl *parent, const struct view_binding *v);
/* "3 integrations need a rebind", into {{>LEAVERS}}: for admins, with a link to each leaver.
 * Nothing when there are none. */
void view_leavers(struct arena *a, struct tpl *body, const struct view_frame *f,
		  const struct view_leaver *list, size_t n);
/* What happens to these bound integrations when their owner leaves, into {{>TOUCHED}}. */
struct view_touched {
	const struct view_binding *list;
	size_t n;
	int64_t grace_days, now;
	int64_t account_id; /* of the owner; 0: it is the reader */
};
void view_touched(struct arena *a, struct tpl *body, const struct view_frame *f,
		  const struct view_touched *v);

#endif
