/* session.h: who is signed in. Only the hash of a session's token is ever stored. */
#ifndef STORE_SESSION_H
#define STORE_SESSION_H

#include "core/audit.h"
#include "core/role.h"
#include "store/db.h"

extern const struct stmt_table STORE_SESSION;

/* Seconds: a session ends after so long without a request, and after so long in any case. */
enum { SESSION_IDLE = 12 * 3600, SESSION_AGE = 30 * 86400 };

/* The account behind a token, with its memberships; *seen_at is when it was last noted.
 * E_NOT_FOUND: no such session, too old, or the account is disabled.
 * `slug`: the subscription that the request is about; empty where it is about none: then all is read
 * now. With one, the session, that subscription's revision and the role in it are read now, and the
 * rest (who it is, the other memberships, site administration, names) was read under the same
 * people_revision: whatever disables an account raises that, and ends its sessions. Of these other
 * memberships `revision` is 0. */
int store_session_find(struct db *db, struct arena *a, struct span token_hash, struct span slug,
		       int64_t now, struct who **out, int64_t *seen_at) WARN_UNUSED;
/* An account with its memberships, whose session is over: no right follows from it. E_NOT_FOUND: there
 * is none, or it is disabled. */
int store_session_account(struct db *db, struct arena *a, int64_t account_id,
			  struct who **out) WARN_UNUSED;
/* Puts the memberships into the order of struct who. */
void store_session_sort(struct who *w);
/* Notes that the session was used. Called at most once a minute a session. */
int store_session_seen(struct db *db, struct span token_hash, int64_t now) WARN_UNUSED;

struct session_start {
	struct span token_hash, agent;
	struct actor actor; /* account_id, name: who signs in */
	struct span old_hash; /* the session that this one replaces, or empty */
};
/* Starts a session (and ends the old one), with its audit row in the account's chain; drops
 * sessions that are over. */
int store_session_create(struct db *db, struct arena *a, const struct session_start *s) WARN_UNUSED;
/* Ends it, with its audit row. OK also when it was over already. */
int store_session_end(struct db *db, struct arena *a, struct span token_hash,
		      const struct actor *actor) WARN_UNUSED;
/* Ends all sessions of an account but that of `keep` (empty: all of them), with an audit row in the
 * account's chain when there were any: a new password shuts out whoever had the old one. */
int store_session_end_others(struct db *db, struct arena *a, int64_t account_id, struct span keep,
			     const struct actor *actor) WARN_UNUSED;

/* One's own sessions that are not over, last used first, at most 100. */
struct session_row {
	struct span token_hash, address, agent;
	int64_t created_at, seen_at;
};
int store_session_list(struct db *db, struct arena *a, int64_t account_id, int64_t now,
		       struct session_row **list, size_t *n) WARN_UNUSED;
/* Ends one session of the actor's own, with its audit row. E_NOT_FOUND: the actor has no such
 * session (any more). */
int store_session_end_one(struct db *db, struct arena *a, struct span token_hash,
			  const struct actor *actor) WARN_UNUSED;

#endif
