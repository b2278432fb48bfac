/* db_loss.c: connections that break: idle, inside a transaction, for good; and servers that hang. */
#include "store/scratch.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"

static void kill_connection(struct db *db)
{
	int64_t id = connection_of(db);

	sql_run("KILL %ld", id);
	while (sql_number("SELECT COUNT(*) FROM information_schema.processlist WHERE id = %ld", id))
		sleep_ms(5);
}

static int64_t find(int64_t id)
{
	struct rows *rows;
	int64_t n = -1;

	ck_assert_int_eq(db_select(scratch_db, t.a, &SCRATCH[FIND], &rows, id), OK);
	rows_next(rows, &n);
	return n;
}

/* Statements are prepared anew on the new connection. */
START_TEST(idle_read)
{
	int64_t before = connection_of(scratch_db);

	ck_assert_int_eq(scratch_put(scratch_db, 1), OK);
	ck_assert_int_eq(find(1), 0);
	for (int k = 0; k < 3; k++) {
		kill_connection(scratch_db);
		ck_assert_int_eq(find(1), 0);
	}
	ck_assert_int_ne(connection_of(scratch_db), before);
	ck_assert_int_eq(scratch_put(scratch_db, 2), OK);
}
END_TEST

/* A write is not: nobody knows whether it happened. The next one works. */
START_TEST(idle_write)
{
	ck_assert_int_eq(scratch_put(scratch_db, 1), OK);
	kill_connection(scratch_db);
	ck_assert_int_eq(scratch_put(scratch_db, 2), E_UNAVAILABLE);
	ck_assert_int_eq(scratch_put(scratch_db, 3), OK);
	ck_assert_int_eq(sql_number("SELECT SUM(id) FROM scratch"), 4);
}
END_TEST

struct plan {
	bool kill_first, kill_last, swallow;
	int end;       /* what fn answers */
	int calls;
};

static int put_three(struct db *db, void *arg)
{
	struct plan *p = arg;
	int rc;

	p->calls++;
	ck_assert(db_in_transaction(db));
	TRY(scratch_put(db, 1));
	if (p->kill_first)
		kill_connection(db);
	rc = scratch_put(db, 2);
	if (rc != OK && !p->swallow)
		return rc;
	rc = scratch_put(db, 3);
	if (p->kill_last)
		kill_connection(db);
	return p->swallow || rc == OK ? p->end : rc;
}

START_TEST(transaction_commits)
{
	struct plan p = {.end = OK};

	ck_assert(!db_in_transaction(scratch_db));
	ck_assert_int_eq(db_transaction(scratch_db, put_three, &p), OK);
	ck_assert(!db_in_transaction(scratch_db));
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM scratch"), 3);
	ck_assert_int_eq(p.calls, 1);
}
END_TEST

static const int ENDS[] = {E_NOT_FOUND, E_DENIED, E_CONFLICT, E_INVALID, E_UNAVAILABLE, E_BUG};

START_TEST(transaction_rolls_back)
{
	struct plan p = {.end = ENDS[_i]};

	ck_assert_int_eq(db_transaction(scratch_db, put_three, &p), ENDS[_i]);
	ck_assert_int_eq(p.calls, 1);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM scratch"), 0);
	ck_assert_int_eq(scratch_put(scratch_db, 9), OK);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM scratch"), 1);
}
END_TEST

/* A transaction on a connection that was dropped meanwhile begins on a new one. */
START_TEST(transaction_after_idle)
{
	struct plan p = {.end = OK};

	kill_connection(scratch_db);
	ck_assert_int_eq(db_transaction(scratch_db, put_three, &p), OK);
	ck_assert_int_eq(p.calls, 1);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM scratch"), 3);
}
END_TEST

static const struct plan KILLED[] = {
	{.kill_first = true},
	{.kill_first = true, .swallow = true}, /* code that overlooks the error must not commit a half */
	{.kill_last = true},
	{.kill_last = true, .end = E_CONFLICT},
	{.kill_first = true, .swallow = true, .end = E_DENIED},
};

START_TEST(transaction_killed)
{
	struct plan p = KILLED[_i];
	int rc = db_transaction(scratch_db, put_three, &p);

	ck_assert_int_eq(rc, p.end ? p.end : E_UNAVAILABLE);
	ck_assert_int_eq(p.calls, 1);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM scratch"), 0);
	/* and the next transaction is a whole one */
	p = (struct plan){.end = OK};
	ck_assert_int_eq(db_transaction(scratch_db, put_three, &p), OK);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM scratch"), 3);
}
END_TEST

static int read_after_kill(struct db *db, void *arg)
{
	struct rows *rows;

	TRY(scratch_put(db, 1));
	kill_connection(db);
	*(int *)arg = db_select(db, t.a, &SCRATCH[FIND], &rows, (int64_t)1);
	return OK;
}

/* On a new connection it would not see what the transaction had done. */
START_TEST(read_inside_is_not_retried)
{
	int rc = OK;

	ck_assert_int_eq(db_transaction(scratch_db, read_after_kill, &rc), E_UNAVAILABLE);
	ck_assert_int_eq(rc, E_UNAVAILABLE);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM scratch"), 0);
}
END_TEST

/* --- a server that goes away, or hangs: a listener of our own in front of the real one --- */

static char front_path[64];

static int listen_at(void)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(front_path, sizeof(front_path), "/tmp/signet-front-%d", (int)getpid());
	snprintf(at.sun_path, sizeof(at.sun_path), "%s", front_path);
	unlink(front_path);
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&at, sizeof(at)), 0);
	ck_assert_int_eq(listen(fd, 8), 0);
	return fd;
}

static int real_server(void)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(at.sun_path, sizeof(at.sun_path), "%s", getenv("SIGNET_TEST_SOCKET"));
	return connect(fd, (struct sockaddr *)&at, sizeof(at)) == 0 ? fd : -1;
}

static void pump(int from, int to)
{
	char bytes[4096];
	ssize_t n;

	while ((n = read(from, bytes, sizeof(bytes))) > 0)
		if (write(to, bytes, (size_t)n) != n)
			break;
	shutdown(to, SHUT_RDWR);
	_exit(0);
}

/* One connection at a time is enough. Ending its group ends the pumps, too. */
static pid_t relay_start(int fd)
{
	pid_t pid = fork();
	int in, out;

	ck_assert_int_ge(pid, 0);
	if (pid) {
		setpgid(pid, pid);
		return pid;
	}
	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	while ((in = accept(fd, NULL, NULL)) >= 0) {
		out = real_server();
		if (fork() == 0)
			pump(in, out);
		if (fork() == 0)
			pump(out, in);
		close(in);
		close(out);
	}
	_exit(0);
}

static void relay_stop(pid_t pid)
{
	ck_assert_int_eq(kill(-pid, SIGKILL), 0);
	waitpid(pid, NULL, 0);
}

static struct db *behind_front(void)
{
	static struct db_options o;

	o = options_of("signet_test");
	o.socket = front_path;
	o.timeout_s = 1;
	return db_new(&o);
}

START_TEST(server_gone)
{
	int fd = listen_at();
	pid_t relay = relay_start(fd);
	struct db *db = behind_front();
	struct plan p = {.end = OK};

	ck_assert_int_eq(scratch_put(db, 10), OK);
	relay_stop(relay);
	close(fd);
	ck_assert_int_eq(scratch_put(db, 11), E_UNAVAILABLE);
	ck_assert_int_eq(db_ready(db), E_UNAVAILABLE);
	ck_assert_int_eq(db_transaction(db, put_three, &p), E_UNAVAILABLE);
	ck_assert_int_eq(p.calls, 0);
	ck_assert_ptr_nonnull(strstr(db_error(db), "connect"));
	/* and back */
	fd = listen_at();
	relay = relay_start(fd);
	ck_assert_int_eq(db_transaction(db, put_three, &p), OK);
	ck_assert_int_eq(sql_number("SELECT SUM(id) FROM scratch"), 16);
	db_close(db);
	relay_stop(relay);
	unlink(front_path);
}
END_TEST

/* A server that takes the connection and never says a word. */
START_TEST(server_mute)
{
	int fd = listen_at();
	struct db *db = behind_front();
	int64_t began = clock_ms();

	ck_assert_int_eq(db_ready(db), E_UNAVAILABLE);
	ck_assert_int_lt(clock_ms() - began, 3000);
	began = clock_ms();
	ck_assert_int_eq(db_ready(db), E_UNAVAILABLE);
	ck_assert_int_lt(clock_ms() - began, 400);
	db_close(db);
	close(fd);
	unlink(front_path);
}
END_TEST

/* One that stops in the middle: not asked a second time, since the page must answer in time. */
START_TEST(server_slow)
{
	static const struct stmt SLEEP = {"SELECT SLEEP(5)", "", "i"};
	struct db_options o = options_of("signet_test");
	struct rows *rows;
	int64_t began;
	struct db *db;

	o.timeout_s = 2;
	db = db_new(&o);
	ck_assert_int_eq(db_ready(db), OK);
	began = clock_ms();
	ck_assert_int_eq(db_select(db, t.a, &SLEEP, &rows), E_UNAVAILABLE);
	ck_assert_int_lt(clock_ms() - began, 3500);
	ck_assert_int_ge(clock_ms() - began, 1500);
	/* those who queued behind it are told at once; soon after, the server is asked again */
	began = clock_ms();
	ck_assert_int_eq(scratch_put(db, 1), E_UNAVAILABLE);
	ck_assert_int_lt(clock_ms() - began, 400);
	while (scratch_put(db, 1) != OK)
		ck_assert_int_lt(clock_ms() - began, 3000);
	db_close(db);
}
END_TEST

START_TEST(never_connected)
{
	struct db_options o = options_of("signet_test");
	struct plan p = {.end = OK};
	struct rows *rows;
	struct db *db;

	o.socket = "/nonexistent/socket";
	db = db_new(&o);
	ck_assert_int_eq(db_ready(db), E_UNAVAILABLE);
	ck_assert_int_eq(scratch_put(db, 1), E_UNAVAILABLE);
	ck_assert_int_eq(db_select(db, t.a, &SCRATCH[FIND], &rows, (int64_t)1), E_UNAVAILABLE);
	ck_assert_int_eq(db_transaction(db, put_three, &p), E_UNAVAILABLE);
	ck_assert_int_eq(p.calls, 0);
	db_close(db);
	db_close(NULL);
}
END_TEST

/* A refused password or account is no database, too, and nothing is said of it in a page. */
START_TEST(unknown_account)
{
	struct db_options o = options_of("signet_nobody");
	struct db *db = db_new(&o);

	ck_assert_int_eq(db_ready(db), E_UNAVAILABLE);
	db_close(db);
	o = options_of("signet_test");
	o.password_file = "/nonexistent/password";
	db = db_new(&o);
	ck_assert_int_eq(db_ready(db), E_UNAVAILABLE);
	db_close(db);
}
END_TEST

Suite *store_db_loss_suite(void)
{
	Suite *s = suite_create("store_db_loss");
	TCase *c = tcase_create("loss");

	tcase_add_checked_fixture(c, scratch_set_up, scratch_tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, idle_read);
	tcase_add_test(c, idle_write);
	tcase_add_test(c, transaction_commits);
	tcase_add_loop_test(c, transaction_rolls_back, 0, (int)COUNT(ENDS));
	tcase_add_test(c, transaction_after_idle);
	tcase_add_loop_test(c, transaction_killed, 0, (int)COUNT(KILLED));
	tcase_add_test(c, read_inside_is_not_retried);
	tcase_add_test(c, server_gone);
	tcase_add_test(c, server_mute);
	tcase_add_test(c, server_slow);
	tcase_add_test(c, never_connected);
	tcase_add_test(c, unknown_account);
	suite_add_tcase(s, c);
	return s;
}
