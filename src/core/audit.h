/* audit.h: entries of the audit trail and the bytes that their hash covers (product rule 18). */
#ifndef CORE_AUDIT_H
#define CORE_AUDIT_H

#include "base/arena.h"
#include "base/buf.h"
#include "core/role.h"

enum audit_action {
#define AUDIT(id, text, words) AUDIT_##id,
#include "core/audit.def"
#undef AUDIT
	AUDIT_ACTIONS
};

/* Who does something, and from where: the same for all entries of one request. */
struct actor {
	int64_t account_id;   /* 0: the operator, nobody signed in, or a sync token */
	struct span name;     /* login at that time; "operator"; "token NAME" */
	struct span address;
	struct span request;  /* request id, or "" */
};

struct audit_entry {
	struct span chain;    /* audit_chain_*() */
	int64_t seq, at;
	struct actor actor;
	enum audit_action action;
	int64_t object_id;
	struct span object;   /* its name at that time */
	struct span fields;   /* names of what changed, ", " between; never values */
};

const char *audit_action_text(enum audit_action a);
const char *audit_action_words(enum audit_action a);
/* "sub:7", "account:3", "site", in the arena. */
struct span audit_chain_subscription(struct arena *a, int64_t subscription_id);
struct span audit_chain_account(struct arena *a, int64_t account_id);
/* The chain of what belongs to the scope: its subscription's, or its account's own. */
struct span audit_chain_of(struct arena *a, const struct scope *s);
#define AUDIT_CHAIN_SITE SPAN("site")

/* What the hash covers: the hash before it (32 bytes; zeros for the first) and every column, each
 * with its length before it, so that no two entries have the same bytes. Appended to `out`. */
void audit_bytes(const struct audit_entry *e, struct span prev, struct buf *out);

#endif
