/* fixture.h: what every store test has at hand: an emptied database, connections of each program's
 * account, plain SQL as an account that may do anything, and children to race with.
 *
 * The server is that of SIGNET_TEST_SOCKET, the database SIGNET_TEST_DB, with accounts signet_web,
 * signet_vault, signet_admin and signet_test that need no password. */
#ifndef TESTS_STORE_FIXTURE_H
#define TESTS_STORE_FIXTURE_H

#include <mysql.h>

#include "core/audit.h"
#include "core/integration.h"
#include "store/db.h"
#include "store/suites.h"

struct fixture {
	struct arena *a;
	struct db *web, *vault; /* under the grants of these programs */
	MYSQL *sql;             /* may do anything */
};

extern struct fixture t;

/* Checked fixtures: connections are opened in the test's own process. */
void store_set_up(void);
void store_tear_down(void);

/* Where the server is; for connections of one's own. The user is kept, not copied. */
struct db_options options_of(const char *user);
struct db *connect_as(const char *user);
/* A plain connection; the test fails when there is none. */
MYSQL *sql_connect(const char *user);
/* Runs SQL and expects it to work; the number or text in the first row's first column, 0 or "". */
void sql_run(const char *format, ...) __attribute__((format(printf, 1, 2)));
int64_t sql_number(const char *format, ...) __attribute__((format(printf, 1, 2)));
const char *sql_text(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The server's number of a connection, to kill it by. */
int64_t connection_of(struct db *db);

/* Runs fn(k, arg) in n children at once, each in its own process without any connection, and waits.
 * codes[k]: what fn answered (0 to -100), or 1 when the child died. */
enum { CHILDREN_MAX = 8 };
void children_run(int n, int (*fn)(int k, void *arg), void *arg, int codes[CHILDREN_MAX]);
/* `size` zeroed bytes that children share with the test. */
void *shared_new(size_t size);
/* Waits until *at reaches `least`, at most five seconds. */
void wait_for(const volatile int *at, int least);
void sleep_ms(int64_t ms);

/* 16 bytes, made of a number. */
struct span uid_of(int n);

/* Two subscriptions with people and projects, written without the vault (so their MACs are zeros). */
struct world {
	int64_t acme, globex;
	int64_t ann, mem, col, eve;      /* admin, member, collaborator of acme; admin of globex */
	int64_t api, web, ops;           /* projects of acme; col is named on api */
	int64_t store;                   /* of globex */
	struct scope admin, member, collaborator, foreign;
	struct actor actor;              /* ann */
};

void world_make(struct world *w);
#define KEY_ACTIVE SPAN("0123456789abcdef")
#define KEY_RETIRED SPAN("fedcba9876543210")

/* A new integration of that name with one URL and nothing else, for all projects. */
struct integration_change;
struct integration_change change_named(const char *name);
/* Creates it; its id. */
int64_t integration_make(const struct world *w, const char *name);
/* Deletes the version that is there now; what the store answers. */
int integration_delete(const struct world *w, const struct scope *s, int64_t id);
/* The first `limit` by name behind `after`, as lists read them. */
struct integration_row;
int list_by_name(const struct scope *s, struct span after, int64_t limit, struct integration_row **list,
		 size_t *n);
/* How many the viewer sees. */
int64_t list_count(const struct scope *s);
/* Entries in the chain of a subscription. */
int64_t entries_of(int64_t subscription);
/* Walks every chain: numbers without a gap, links, hashes of what the rows say, heads. The number of
 * entries; -1 where a chain is broken. */
int64_t chains_check(void);

#endif
