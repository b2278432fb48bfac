/* db_private.h: the connection's inside, shared by db.c, query.c, kept.c and transaction.c alone.
 */
#ifndef STORE_DB_PRIVATE_H
#define STORE_DB_PRIVATE_H

#include <mysql.h>
#include <stdarg.h>
#include <stdio.h>

#include "store/db.h"

/* DB_PATIENCE_MS: whatever took longer than that is not tried again, so that a page still answers
 * within five seconds. DB_AWAY_MS: for so long after a server made us wait in vain nobody asks it
 * again, so that those who queued meanwhile do not wait one behind the other. */
enum { DB_CACHE = 512, DB_COLUMNS = 40, DB_TRIES = 8, DB_KEPT = 128, DB_PATIENCE_MS = 1500 };
enum { DB_AWAY_MS = 500 };

struct prepared {
	const struct stmt *stmt;
	MYSQL_STMT *handle;
};

struct parameters {
	MYSQL_BIND bind[DB_COLUMNS];
	int64_t number[DB_COLUMNS];
	unsigned long length[DB_COLUMNS];
};

struct cell {
	int64_t number;
	struct span text;
};

struct rows {
	const char *signature;
	size_t columns, count, at;
	struct cell *cells;
};

struct db {
	struct db_options options;
	MYSQL *handle; /* NULL: not connected */
	struct prepared cache[DB_CACHE];
	size_t ncached;
	struct kept *kept[DB_KEPT]; /* kept.c's; gone with the connection */
	bool in_transaction;
	bool lost;   /* the connection broke; this transaction is over */
	bool doomed; /* the server rolled back: what follows would commit alone */
	int64_t last_id, complained_ms, epoch;
	int64_t asked_ms, away_ms; /* when the server was last asked; until when it is not */
	unsigned raw_error;	   /* the server's code for the last db_raw(), 0: it worked */
	char error[512];
};

void db_disconnect(struct db *db);
/* Translates the server's code; what nobody expects is logged. */
int db_fail(struct db *db, unsigned code, const char *text, const char *sql);
/* The handle of a statement, prepared on first use on this connection. */
int db_prepared(struct db *db, const struct stmt *s, MYSQL_STMT **out) WARN_UNUSED;
void db_parameters(struct parameters *p, const char *signature, va_list ap);
int db_select_with(struct db *db, struct arena *a, const struct stmt *s, struct parameters *p,
		   struct rows **out) WARN_UNUSED;
/* All rows of a statement that was run, and then none are left with the server. */
int db_rows(struct db *db, MYSQL_STMT *h, const struct stmt *s, struct arena *a,
	    struct rows **out) WARN_UNUSED;
void db_kept_drop(struct db *db);
/* Is there still time to try again what was begun at that clock_ms()? */
bool db_has_time(int64_t began);
/* Waits up to 10 ms * 2^try, a random share of it, so that two rivals do not meet again. */
void db_back_off(int try);

#endif
