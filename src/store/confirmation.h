/* confirmation.h: who typed their password when, for which session or access token: each row under
 * the vault's MAC, written by signet-vault alone. */
#ifndef STORE_CONFIRMATION_H
#define STORE_CONFIRMATION_H

#include "store/db.h"

/* The vault's statements, and the one that signet-web may prepare. */
extern const struct stmt_table STORE_CONFIRMATION, STORE_CONFIRMATION_READ;

struct confirmation {
	struct span session_hash; /* 32 bytes */
	int64_t account_id, at;
	struct span mac;
};

/* Writes the row, new or over the session's old one, and drops some of those from before `edge`. */
int store_confirmation_put(struct db *db, const struct confirmation *c, int64_t edge) WARN_UNUSED;
/* In the arena. E_NOT_FOUND: nobody confirmed for this session. */
int store_confirmation_find(struct db *db, struct arena *a, struct span session_hash,
			    struct confirmation *out) WARN_UNUSED;
/* Ends all confirmations of an account; within a transaction or without one. */
int store_confirmation_drop(struct db *db, int64_t account_id) WARN_UNUSED;
/* The next rows for a check of their MACs, by account. *next: where to go on; 0 = done. */
int store_confirmation_page(struct db *db, struct arena *a, int64_t after,
			    struct confirmation **list, size_t *n, int64_t *next) WARN_UNUSED;

/* For signet-web, which asks before a change of its own: when this account confirmed for this
 * session, in *at; 0 when it did not. */
int store_confirmation_at(struct db *db, struct arena *a, struct span session_hash,
			  int64_t account_id, int64_t *at) WARN_UNUSED;

#endif
