/* frame.h: the frame around a page, messages after an act, and error pages. */
#ifndef PAGE_FRAME_H
#define PAGE_FRAME_H

#include "http/res.h"
#include "page/app.h"
#include "view/view.h"

enum said {
	SAID_NOTHING,
	SAID_ADDED,
	SAID_SAVED,
	SAID_RENAMED,
	SAID_DISABLED,
	SAID_ENABLED,
	SAID_DELETED,
	SAID_SIGNED_OUT,
	SAID_THEME,
	SAID_PASSWORD,
	SAID_PERSON_ADDED,
	SAID_COLLABORATOR_ADDED,
	SAID_PERSON_REMOVED,
	SAID_LEFT,
	SAID_REBOUND,
	SAID_REBOUND_ALL,
	SAID_REBIND_UNDONE,
	SAID_NAMED,
	SAID_TAKEN_OFF,
	SAID_PROJECT_ADDED,
	SAID_PROJECT_DELETED,
	SAID_REVOKED,
	SAID_NAME,
	SAID_PROFILE,
	SAID_SESSION_ENDED,
	SAID_SESSIONS_ENDED,
	SAID_ACCOUNT_ADDED,
	SAID_ACCOUNT_DISABLED,
	SAID_ACCOUNT_ENABLED,
	SAID_SITE_ADMIN,
	SAID_SITE_ADMIN_END,
	SAID_SUBSCRIPTION_ADDED,
	SAID_SUBSCRIPTION_ALONE,
	SAID_SUBSCRIPTION_DISABLED,
	SAID_SUBSCRIPTION_ENABLED,
	SAID_SUBSCRIPTION_DELETED,
	SAID_APPOINTED,
	SAID_PASSWORD_SET,
	SAID_SCOPE_GRANTED,
	SAID_WITHDRAWN,
	SAID_SCOPE_REMOVED,
	SAID_SYNCED,
	SAID_SYNCED_STALE,
	SAID_UNSYNCED,
	SAID_SYNC_TOKEN_REVOKED,
};

/* The frame of this visitor's page; takes the message that waits and clears it. */
struct view_frame frame_for(struct req *r, struct res *s, struct span title);
/* Adds a crumb ("CI/CD" and the subscription's stand before those of its integrations). */
void frame_crumb(struct view_frame *f, struct span label, struct span href);
void frame_crumbs_integrations(struct req *r, struct view_frame *f, bool link_list);
/* The message beside a field of the form that was sent, or about the whole form (""); SPAN_NONE:
 * there is none, or no form yet. */
struct span frame_message(const struct req *r, const char *field);
/* What was typed into a field; `first` before a form was sent. */
struct span frame_typed(const struct req *r, const char *field, struct span first);
/* 303 to `to`, where `said` will stand above the page. */
void frame_say(const struct req *r, struct res *s, enum said said, struct span to);
/* The thing's version, for programs: an ETag, which a change has to name. */
void frame_version(const struct req *r, struct res *s, int64_t version);
/* The same for a thing without one: what the fields "was..." of its change say (http/api.h). */
void frame_was(const struct req *r, struct res *s, const struct span *was, size_t n);
/* "/s/acme/integrations", or "/integrations" of owner_of(), in the arena. */
struct span frame_integrations_path(const struct req *r);

/* Why everything in the address's subscription is refused: a sentence for people; NULL: it is not
 * disabled, or not the visitor's. Static. */
const char *frame_disabled(const struct req *r);

/* The dispatcher's error page. */
void frame_fail(struct req *r, struct res *s, const char *message);

#endif
