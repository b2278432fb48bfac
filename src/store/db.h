/* db.h: a connection to MySQL/MariaDB, prepared statements with signatures, transactions.
 *
 * A statement names its parameters and results by one letter each:
 *   i  int64_t            s  struct span (text)       b  struct span (bytes)
 *   I  const int64_t * / int64_t, NULL or 0 = SQL NULL (parameters: pointer; results: 0)
 * Results of s and b are SPAN_NONE for NULL; otherwise copied into the arena of the query. */
#ifndef STORE_DB_H
#define STORE_DB_H

#include "base/arena.h"
#include "base/config.h"

struct db; /* one connection; not shared between processes */

struct stmt {
	const char *sql;
	const char *params;  /* signature, "" for none */
	const char *results; /* signature, "" for none */
};

/* Each file of store/ registers its table of statements here, so that db_self_test() can prepare
 * all on the live schema. Lives forever. */
struct stmt_table {
	const char *name; /* "integration" */
	const struct stmt *list;
	size_t n;
};

struct db_options {
	const char *socket;        /* UNIX socket; or NULL and host + port */
	const char *host;
	int64_t port;
	const char *database, *user;
	const char *password_file; /* NULL: the server trusts the socket's peer */
	unsigned timeout_s;        /* for one answer of the server; a page answers within five */
};

/* Fills options from [database] and the program's section ("web": user, password_file). */
void db_options_read(const struct config *c, const char *section, struct db_options *out);

/* A handle that is not connected yet: connecting happens at first use and again after a loss.
 * Options are borrowed. Call after fork. */
struct db *db_new(const struct db_options *o);
void db_close(struct db *db);
/* Makes sure there is a live connection; E_UNAVAILABLE (logged, at most once a second) otherwise.
 */
int db_ready(struct db *db) WARN_UNUSED;

/* The number of this connection: another one after each loss. What somebody keeps under a revision
 * hangs on it, too: the next server may have lost our last commits, and count on from there. */
int64_t db_epoch(const struct db *db);

/* Runs a statement without results. The arguments follow the signature. *affected (may be NULL):
 * rows matched by the WHERE. E_CONFLICT: a unique key or a foreign key stands against it; E_RETRY:
 * deadlock or lock timeout, only within db_transaction(), where every further statement answers the
 * same; E_UNAVAILABLE: connection lost. */
int db_run(struct db *db, const struct stmt *s, int64_t *affected, ...) WARN_UNUSED;
/* The id that the last INSERT made. */
int64_t db_last_id(struct db *db);

/* One parameter of a statement with many: a number or a text, as the signature ("i" and "s" alone)
 * says. */
struct db_cell {
	int64_t number;
	struct span text;
};
/* db_run() for such a statement, inside a transaction: an INSERT of many rows is one way to the server
 * instead of many. The cells follow the signature. */
int db_run_cells(struct db *db, struct arena *a, const struct stmt *s,
		 const struct db_cell *cells) WARN_UNUSED;

/* Runs a SELECT and keeps all its rows in the arena. */
struct rows;
int db_select(struct db *db, struct arena *a, const struct stmt *s, struct rows **out,
	      ...) WARN_UNUSED;
/* The same for a statement with many parameters. */
int db_select_cells(struct db *db, struct arena *a, const struct stmt *s,
		    const struct db_cell *cells, struct rows **out) WARN_UNUSED;
/* The same for a statement whose answer hangs on its parameters and on what one revision stands for
 * (a subscription's things, or memberships), which this request has read before: each change of
 * those raises it, so an answer that was kept under the same revision is still true and is given
 * again. 0: no revision, ask. */
int db_select_kept(struct db *db, struct arena *a, const struct stmt *s, int64_t revision,
		   struct rows **out, ...) WARN_UNUSED;
size_t rows_count(const struct rows *r);
/* The next row into pointers by the result signature (int64_t *, struct span *); false at the end.
 */
bool rows_next(struct rows *r, ...);

/* Runs fn in a transaction and commits when it answers OK, else rolls back. On E_RETRY the whole is
 * run again after a short random wait, at most 8 times and not after 1.5 s, so that a page still
 * answers in time; then E_UNAVAILABLE. When the connection is lost before the
 * commit was sent: E_UNAVAILABLE. fn must have no effect outside the database. Not nested. */
int db_transaction(struct db *db, int (*fn)(struct db *, void *), void *arg) WARN_UNUSED;
/* True inside db_transaction(); writers of audit rows assert it. */
bool db_in_transaction(const struct db *db);

/* Prepares every registered statement of the given tables on the live schema; each fault is logged.
 * OK or E_BUG. */
int db_self_test(struct db *db, const struct stmt_table *const *tables, size_t n) WARN_UNUSED;

/* For migrations alone: one statement as text, no parameters, results dropped. */
int db_raw(struct db *db, const char *sql) WARN_UNUSED;
/* Did the last db_raw() fail because the column or index that it adds is there already, or the one
 * that it drops is gone? */
bool db_raw_repeated(const struct db *db);
/* The server's last error text, for signet-admin; never shown in a page. */
const char *db_error(const struct db *db);

#endif
