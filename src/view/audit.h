/* audit.h: what the audit trail's page shows. */
#ifndef VIEW_AUDIT_H
#define VIEW_AUDIT_H

#include "view/view.h"

struct view_audit_row {
	int64_t at;
	struct span who, address;
	struct span what;   /* "changed integration" */
	struct span which;  /* the thing's name at that time */
	struct span object; /* "integration:42", or empty */
	struct span fields; /* names of what changed; the method of what was refused */
};

struct view_audit {
	enum { VIEW_AUDIT_SUBSCRIPTION, VIEW_AUDIT_SITE, VIEW_AUDIT_ACCOUNT } kind;
	struct span base; /* the page's path */
	struct span account, who, what, which, from,
		to;	    /* as asked; `what` is an audit_group_text() */
	struct span object; /* "integration:42": of this one thing alone; or empty */
	struct span account_error, from_error, to_error;
	struct view_audit_row *rows;
	size_t nrows;
	int64_t total; /* entries of the chain, whatever is asked */
	bool first, filtered;
	bool partial; /* of somebody else's account: without what they own, and without `total` */
	struct span next;	  /* ?before= of the next page, or empty */
	int64_t searched_back_to; /* when not all was looked at for a full page; or 0 */
};

int view_audit(struct buf *out, struct arena *a, const struct view_frame *f,
	       const struct view_audit *v) WARN_UNUSED;

#endif
