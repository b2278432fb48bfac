/* fixture.c: connections, plain SQL, children. What stands in the database is in world.c. */
#include "store/fixture.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { DB_SECONDS = 4 };

struct fixture t;

struct db_options options_of(const char *user)
{
	return (struct db_options){
		.socket = getenv("SIGNET_TEST_SOCKET"),
		.database = getenv("SIGNET_TEST_DB"),
		.user = user,
		.timeout_s = DB_SECONDS,
	};
}

struct db *connect_as(const char *user)
{
	struct db_options o = options_of(user);
	struct db *db = db_new(&o);

	ck_assert_int_eq(db_ready(db), OK);
	return db;
}

MYSQL *sql_connect(const char *user)
{
	struct db_options o = options_of(user);
	MYSQL *h = mysql_init(NULL);

	mysql_options(h, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	if (!mysql_real_connect(h, NULL, user, "", o.database, 0, o.socket, 0))
		ck_abort_msg("%s", mysql_error(h));
	return h;
}

static MYSQL_RES *query(const char *format, va_list ap)
{
	char *text;

	ck_assert_int_ge(vasprintf(&text, format, ap), 0);
	if (mysql_query(t.sql, text) != 0)
		ck_abort_msg("%s: %s", text, mysql_error(t.sql));
	free(text);
	return mysql_store_result(t.sql);
}

void sql_run(const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	mysql_free_result(query(format, ap));
	va_end(ap);
}

/* The first cell, in the arena; "" for NULL or no row. */
static const char *cell(MYSQL_RES *r)
{
	MYSQL_ROW row = mysql_fetch_row(r);
	const char *text = "";

	if (row && row[0])
		text = arena_str(t.a, span_of(row[0], mysql_fetch_lengths(r)[0]));
	mysql_free_result(r);
	return text;
}

int64_t sql_number(const char *format, ...)
{
	const char *text;
	va_list ap;

	va_start(ap, format);
	text = cell(query(format, ap));
	va_end(ap);
	return strtoll(text, NULL, 10);
}

const char *sql_text(const char *format, ...)
{
	const char *text;
	va_list ap;

	va_start(ap, format);
	text = cell(query(format, ap));
	va_end(ap);
	return text;
}

int64_t connection_of(struct db *db)
{
	static const struct stmt ID = {"SELECT CONNECTION_ID()", "", "i"};
	struct rows *rows;
	int64_t id = 0;

	ck_assert_int_eq(db_select(db, t.a, &ID, &rows), OK);
	ck_assert(rows_next(rows, &id));
	return id;
}

/* All tables but the record of migrations. */
static void empty(void)
{
	MYSQL_RES *tables;
	MYSQL_ROW row;

	sql_run("SET FOREIGN_KEY_CHECKS = 0");
	ck_assert_int_eq(mysql_query(t.sql, "SELECT table_name FROM information_schema.tables WHERE"
					    " table_schema = DATABASE() AND table_name <> 'migration'"),
			 0);
	tables = mysql_store_result(t.sql);
	while ((row = mysql_fetch_row(tables)))
		sql_run("DELETE FROM `%s`", row[0]);
	mysql_free_result(tables);
	sql_run("SET FOREIGN_KEY_CHECKS = 1");
}

void store_set_up(void)
{
	t.a = arena_new();
	t.sql = sql_connect("signet_test");
	empty();
	t.web = connect_as("signet_web");
	t.vault = connect_as("signet_vault");
}

void store_tear_down(void)
{
	db_close(t.web);
	db_close(t.vault);
	mysql_close(t.sql);
	arena_free(t.a);
}

/* The parent's connections are not touched: closing one here would end the parent's session. */
__attribute__((noreturn)) static void child(int k, int (*fn)(int, void *), void *arg)
{
	int rc;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	t.a = arena_new();
	t.web = t.vault = NULL;
	t.sql = NULL;
	rc = fn(k, arg);
	_exit(rc <= 0 && rc > -100 ? -rc : 255);
}

void children_run(int n, int (*fn)(int k, void *arg), void *arg, int codes[CHILDREN_MAX])
{
	pid_t pids[CHILDREN_MAX];

	ck_assert_int_le(n, CHILDREN_MAX);
	fflush(NULL);
	for (int k = 0; k < n; k++) {
		pids[k] = fork();
		ck_assert_int_ge(pids[k], 0);
		if (pids[k] == 0)
			child(k, fn, arg);
	}
	for (int k = 0; k < n; k++) {
		int status;
		ck_assert_int_eq(waitpid(pids[k], &status, 0), pids[k]);
		codes[k] = WIFEXITED(status) && WEXITSTATUS(status) < 100 ? -WEXITSTATUS(status) : 1;
	}
}

void *shared_new(size_t size)
{
	void *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	ck_assert_ptr_ne(p, MAP_FAILED);
	return p;
}

void sleep_ms(int64_t ms)
{
	nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}, NULL);
}

void wait_for(const volatile int *at, int least)
{
	for (int k = 0; k < 500 && *at < least; k++)
		sleep_ms(10);
}
