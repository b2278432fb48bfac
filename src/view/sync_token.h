/* sync_token.h: the page of a project's sync tokens. See view.h for how pages are filled. */
#ifndef VIEW_SYNC_TOKEN_H
#define VIEW_SYNC_TOKEN_H

#include "core/sync_token.h"
#include "view/view.h"

/* The tokens, and the form for another. */
struct view_sync_tokens {
	int64_t project_id;
	struct span project;
	const struct sync_token *list;
	size_t n;
	int64_t now;
	struct span made, made_name; /* the token just made, this once; or empty */
	struct span error;	     /* about the whole form */
	struct span name, days;	     /* as typed */
	struct span name_error, days_error;
};

/* E_BUG when the template fails. */
int view_sync_tokens(struct buf *out, struct arena *a, const struct view_frame *f,
		     const struct view_sync_tokens *v);
/* The same for programs. */
int json_sync_tokens(struct buf *out, const struct view_sync_tokens *v) WARN_UNUSED;

#endif
