/* db_private.h: the connection's inside, shared by db.c and transaction.c alone. */
#ifndef STORE_DB_PRIVATE_H
#define STORE_DB_PRIVATE_H

#include <mysql.h>
#include <stdio.h>

#include "store/db.h"

enum { DB_CACHE = 256, DB_COLUMNS = 24 };

struct prepared {
	const struct stmt *stmt;
	MYSQL_STMT *handle;
};

struct db {
	struct db_options options;
	MYSQL *handle;              /* NULL: not connected */
	struct prepared cache[DB_CACHE];
	size_t ncached;
	bool in_transaction;
	bool lost;                  /* the connection broke; nothing more may run in this transaction */
	int64_t last_id, complained_ms;
	char error[512];
};

void db_disconnect(struct db *db);
int db_fail(struct db *db, unsigned code, const char *text, const char *sql);
/* After E_UNAVAILABLE of what began at since_ms: was the connection just an old one that the server had
 * dropped, so that a new one may do? After a silence it will not, and a visitor has waited enough. */
bool db_try_again(const struct db *db, int64_t since_ms);

#endif
