/* password.h: password hashes, each row under the vault's MAC. Only signet-vault uses this file. */
#ifndef STORE_PASSWORD_H
#define STORE_PASSWORD_H

#include "core/audit.h"
#include "store/db.h"

extern const struct stmt_table STORE_PASSWORD;

struct password_row {
	int64_t account_id;
	bool disabled; /* the account */
	struct span login;
	struct span hash, mac; /* SPAN_NONE while the account has no password */
	int64_t set_at;
};

/* Both E_NOT_FOUND when there is no such account; in the arena. The login must fit byte for byte
 * (the database would take "ann " for "ann"). */
int store_password_by_login(struct db *db, struct arena *a, struct span login,
			    struct password_row *out) WARN_UNUSED;
int store_password_by_account(struct db *db, struct arena *a, int64_t account_id,
			      struct password_row *out) WARN_UNUSED;
/* Inside a transaction: writes row's hash, set_at and mac, with the audit row in the account's
 * chain. What rests on the old password ends: the account's confirmations and its one-time link.
 * `expected`: the mac that the row had when the current password was checked; SPAN_NONE = whatever
 * is there. E_CONFLICT: the password was changed meanwhile. */
int store_password_put(struct db *db, struct arena *a, const struct actor *actor,
		       const struct password_row *row, struct span expected,
		       enum audit_action action) WARN_UNUSED;
/* The same in a transaction of its own, as AUDIT_PASSWORD_SET. */
int store_password_write(struct db *db, struct arena *a, const struct actor *actor,
			 const struct password_row *row, struct span expected) WARN_UNUSED;
/* The next rows for a check of their MACs, by account. *next: where to go on; 0 = done. */
int store_password_page(struct db *db, struct arena *a, int64_t after, struct password_row **list,
			size_t *n, int64_t *next) WARN_UNUSED;

#endif
