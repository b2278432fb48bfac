/* account.h: accounts, without their passwords, which are the vault's. */
#ifndef STORE_ACCOUNT_H
#define STORE_ACCOUNT_H

#include "core/audit.h"
#include "store/db.h"

/* SQL: how pages name who did something, by the LEFT JOINed account `a`: with the login, since people choose
 * their names themselves and could choose another's. */
#define ACCOUNT_WHO(a)                                                                             \
	" CASE WHEN " a ".id IS NULL THEN 'the operator' WHEN " a ".name = " a ".login THEN " a    \
	".login ELSE CONCAT(" a ".name, ' (', " a ".login, ')') END"

extern const struct stmt_table STORE_ACCOUNT;

struct account_new {
	struct span uid;   /* 16 random bytes */
	struct span login, name;
	struct span email; /* empty: none */
	struct actor actor;
};
/* Creates it, with its audit row in the site's chain. E_CONFLICT: the login is taken. */
int store_account_create(struct db *db, struct arena *a, const struct account_new *n,
			 int64_t *id) WARN_UNUSED;
/* E_NOT_FOUND. */
int store_account_find(struct db *db, struct arena *a, struct span login, int64_t *id) WARN_UNUSED;
/* E_NOT_FOUND. */
int store_account_login(struct db *db, struct arena *a, int64_t id, struct span *login) WARN_UNUSED;
/* 16 bytes, under which its own integrations are sealed. E_NOT_FOUND. */
int store_account_uid(struct db *db, struct arena *a, int64_t id, struct span *uid) WARN_UNUSED;
/* "auto", "light" or "dark", with its audit row in the account's chain. */
int store_account_theme(struct db *db, struct arena *a, const struct actor *actor,
			struct span theme) WARN_UNUSED;

#endif
