/* sync_token.h: sync tokens of projects. Only the hash of one is stored. */
#ifndef STORE_SYNC_TOKEN_H
#define STORE_SYNC_TOKEN_H

#include "core/audit.h"
#include "core/role.h"
#include "core/sync_token.h"
#include "store/db.h"

extern const struct stmt_table STORE_SYNC_TOKEN;

/* The scope of a token: its project, no account, no role. `t`: its id, name and seen_at.
 * E_NOT_FOUND: no such token, ended, its project gone, or its subscription disabled. */
int store_sync_token_find(struct db *db, struct arena *a, struct span token_hash, int64_t now,
			  struct scope *scope, struct sync_token *t) WARN_UNUSED;
/* Notes that it was used, and from where. Called at most once a minute a token. */
int store_sync_token_seen(struct db *db, int64_t id, struct span address, int64_t now) WARN_UNUSED;
/* Inside a transaction that holds the subscription's lock: is the scope's token still good, and for
 * this project? Its project's name. E_NOT_FOUND: revoked or ended meanwhile, or another's project.
 */
int store_sync_token_may(struct db *db, struct arena *a, const struct scope *s, int64_t project_id,
			 int64_t now, struct span *project) WARN_UNUSED;

/* The project's tokens, newest first; also those that ended. */
int store_sync_token_list(struct db *db, struct arena *a, const struct scope *s, int64_t project_id,
			  struct sync_token **list, size_t *n) WARN_UNUSED;

/* One to be made: name, created_at and expires_at of `token`. */
struct sync_token_new {
	int64_t project_id;
	struct sync_token token;
	struct span hash;

	bool name_taken, too_many; /* why it was E_CONFLICT */
};
/* With its audit row. *id: the token's. E_CONFLICT: see there. E_DENIED: the account of the scope
 * is no admin any more. E_NOT_FOUND: the project is gone. */
int store_sync_token_create(struct db *db, struct arena *a, const struct scope *s,
			    const struct actor *actor, struct sync_token_new *n,
			    int64_t *id) WARN_UNUSED;
/* With its audit row; from then on it is good for nothing, also where a request with it has begun.
 * E_DENIED as above. E_NOT_FOUND: none of this project. */
int store_sync_token_revoke(struct db *db, struct arena *a, const struct scope *s,
			    const struct actor *actor, int64_t project_id, int64_t id) WARN_UNUSED;

#endif
