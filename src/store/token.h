/* token.h: personal access tokens: what programs sign in with. Only the hash of one is stored. */
#ifndef STORE_TOKEN_H
#define STORE_TOKEN_H

#include "core/audit.h"
#include "core/role.h"
#include "core/token.h"
#include "store/db.h"

extern const struct stmt_table STORE_TOKEN;

/* An account keeps at most so many. */
enum { TOKENS_MOST = 50 };

/* The account behind a token, with its memberships, and what the token may do, in one query.
 * E_NOT_FOUND: no such token, expired, or the account is disabled. */
int store_token_find(struct db *db, struct arena *a, struct span token_hash, int64_t now,
		     struct who **out, struct access_token *token) WARN_UNUSED;
/* Notes that it was used, and from where. Called at most once a minute a token. */
int store_token_seen(struct db *db, int64_t id, struct span address, int64_t now) WARN_UNUSED;

/* The account's tokens, newest first. */
int store_token_list(struct db *db, struct arena *a, int64_t account_id, struct access_token **list,
		     size_t *n) WARN_UNUSED;
/* One of them. E_NOT_FOUND: not the account's. */
int store_token_get(struct db *db, struct arena *a, int64_t account_id, int64_t id,
		    struct access_token *out) WARN_UNUSED;

/* Makes one for the acting account (t: name, scopes, created_at, expires_at), with its audit row in
 * the account's chain. E_CONFLICT: the account has TOKENS_MOST of them, or one of this name. */
int store_token_create(struct db *db, struct arena *a, const struct actor *actor,
		       const struct access_token *t, struct span token_hash,
		       int64_t *id) WARN_UNUSED;
/* From the next request on it is nobody's. E_NOT_FOUND: not the acting account's. */
int store_token_revoke(struct db *db, struct arena *a, const struct actor *actor,
		       int64_t id) WARN_UNUSED;

#endif
