/* http_fcgi.c: the real loop in a child process, spoken to over its socket by a small FastCGI
 * client. */
#include "unit/suites.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "http/fcgi.h"

enum { BEGIN = 1, END = 3, PARAMS = 4, IN = 5, OUT = 6, REPLY_MOST = 200000 };

static char folder[64], path[80];
static pid_t child;
static char reply[REPLY_MOST + 1];
static int requests_seen;

static int page(struct req *r, struct res *s)
{
	buf_printf(s->body, "%s %d %zu %.*s", r->id, *(int *)r->app, arena_used(r->arena) / 4096,
		   SPAN_ARG(r->query));
	/* what one request takes must not be there for the next */
	(void)arena_alloc(r->arena, 8192);
	if (span_is(r->query, "big"))
		for (int i = 0; i < 15000; i++)
			buf_puts(s->body, "0123456789");
	if (span_is(r->query, "stop"))
		raise(SIGTERM);
	return OK;
}

static int echo(struct req *r, struct res *s)
{
	buf_put(s->body, form_text(r->form, "name"));
	return OK;
}

static const struct form_field FIELDS[] = {{"name", FORM_TEXT, true, 20000, "Name"}};
static const struct form_def FORM = {FIELDS, COUNT(FIELDS), 20000, 3};
static const struct route ROWS[] = {
	{METHOD_GET, "/", page, 1, NULL},
	{METHOD_POST, "/", echo, 1, &FORM},
};

static int session(struct req *r, struct res *s)
{
	(void)s;
	r->csrf = SPAN("tok");
	return OK;
}

static int may(struct req *r, int permission)
{
	(void)r;
	(void)permission;
	return OK;
}

static void fail_page(struct req *r, struct res *s, const char *message)
{
	(void)r;
	buf_puts(s->body, message);
}

static void count(void *app)
{
	++*(int *)app;
}

static const char *const HOSTS[] = {"ci"};
static const struct site SITE = {
	.routes = {ROWS, COUNT(ROWS)}, .hosts = HOSTS, .nhosts = COUNT(HOSTS),
	.session = session, .may = may, .fail = fail_page,
};

static void serve(int64_t most)
{
	struct fcgi_loop loop = {.site = &SITE, .app = &requests_seen, .most_requests = most,
				 .before = count};
	int fd = -1;

	ck_assert_int_eq(fcgi_listen(path, &fd), OK);
	loop.listen_fd = fd;
	child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		log_init("test", LOG_WARN);
		_exit(fcgi_serve(&loop) == OK ? 0 : 9);
	}
	close(fd);
}

static void set_up(void)
{
	snprintf(folder, sizeof(folder), "/tmp/signet-fcgi-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/web.sock", folder);
	child = 0;
}

static void tear_down(void)
{
	if (child > 0) {
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
	}
	unlink(path);
	rmdir(folder);
}

/* How the child ended: its exit status, -1 when by a signal. */
static int ended(void)
{
	int status = 0;

	ck_assert_int_eq(waitpid(child, &status, 0), child);
	child = 0;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void put_record(struct buf *b, int type, struct span content)
{
	const char head[8] = {1, (char)type, 0, 1, (char)(content.n >> 8), (char)content.n, 0, 0};

	buf_put(b, span_of(head, 8));
	buf_put(b, content);
}

static void put_params(struct buf *b, const char *const *params)
{
	struct buf pairs = BUF_INIT;

	for (; *params; params++) {
		struct span value = span_str(*params), name;

		span_cut(&value, '=', &name);
		buf_putc(&pairs, (char)name.n);
		buf_putc(&pairs, (char)value.n);
		buf_put(&pairs, name);
		buf_put(&pairs, value);
	}
	put_record(b, PARAMS, buf_span(&pairs));
	put_record(b, PARAMS, SPAN(""));
	buf_release(&pairs);
}

static int connect_there(void)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	struct timeval patience = {.tv_sec = 10};
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(at.sun_path, sizeof(at.sun_path), "%s", path);
	ck_assert_int_eq(connect(fd, (struct sockaddr *)&at, sizeof(at)), 0);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	return fd;
}

static void read_all(int fd, unsigned char *p, size_t n)
{
	while (n) {
		ssize_t got = read(fd, p, n);
		ck_assert_int_gt(got, 0);
		p += got;
		n -= (size_t)got;
	}
}

/* Collects the output records into reply[]. */
static void receive(int fd)
{
	unsigned char head[8], skipped[256];
	size_t n = 0;

	do {
		size_t length;

		read_all(fd, head, 8);
		length = (size_t)head[4] << 8 | head[5];
		if (head[1] == OUT) {
			ck_assert_uint_le(n + length, REPLY_MOST);
			read_all(fd, (unsigned char *)reply + n, length);
			n += length;
		} else {
			ck_assert_uint_le(length, sizeof(skipped));
			read_all(fd, skipped, length);
		}
		read_all(fd, skipped, head[6]);
	} while (head[1] != END);
	reply[n] = '\0';
	close(fd);
}

static void ask(const char *const *params, struct span body)
{
	struct buf b = BUF_INIT;
	int fd = connect_there();

	put_record(&b, BEGIN, SPAN("\0\1\0\0\0\0\0\0"));
	put_params(&b, params);
	while (body.n) {
		size_t n = body.n < 5000 ? body.n : 5000;
		put_record(&b, IN, span_of(body.p, n));
		body = span_of(body.p + n, body.n - n);
	}
	put_record(&b, IN, SPAN(""));
	ck_assert_int_eq(write(fd, b.p, b.n), (ssize_t)b.n);
	buf_release(&b);
	receive(fd);
}

static const char *const GET[] = {"REQUEST_METHOD=GET", "REQUEST_URI=/?q", "HTTP_HOST=CI", NULL};
static const char *const HEAD[] = {"REQUEST_METHOD=HEAD", "REQUEST_URI=/?q", "HTTP_HOST=ci", NULL};
static const char *const BIG[] = {"REQUEST_METHOD=GET", "REQUEST_URI=/?big", "HTTP_HOST=ci", NULL};

static const char *reply_body(void)
{
	const char *end = strstr(reply, "\r\n\r\n");

	ck_assert_ptr_nonnull(end);
	return end + 4;
}

START_TEST(serves_and_stops_at_its_number)
{
	char id[17];

	serve(3);
	ask(GET, SPAN(""));
	ck_assert_int_eq(strncmp(reply, "Status: 200 OK\r\n", 16), 0);
	ck_assert_ptr_nonnull(strstr(reply, "\r\nContent-Length: 22\r\n"));
	ck_assert_str_eq(reply_body() + 16, " 1 0 q");
	snprintf(id, sizeof(id), "%.16s", reply_body());
	ck_assert_uint_eq(strspn(id, "0123456789abcdef"), 16);
	ck_assert_ptr_nonnull(strstr(strstr(reply, "X-Request-Id: "), id));
	ask(HEAD, SPAN(""));
	ck_assert_ptr_nonnull(strstr(reply, "\r\nContent-Length: 22\r\n"));
	ck_assert_str_eq(reply_body(), "");
	ask(BIG, SPAN(""));
	ck_assert_int_ne(strncmp(reply_body(), id, 16), 0);
	/* the arena starts anew, the counter does not */
	ck_assert_int_eq(strncmp(reply_body() + 16, " 3 0 big01", 10), 0);
	ck_assert_uint_eq(strlen(reply_body()), 150000 + 24);
	ck_assert_int_eq(ended(), 0);
}
END_TEST

static struct span long_body(struct arena *a, size_t n)
{
	char *p = arena_alloc(a, n + 1);

	memset(p, 'x', n);
	memcpy(p, "csrf=tok&name=", 14);
	return span_of(p, n);
}

/* The announced length against what comes. */
static const struct {
	const char *length;
	size_t n;
	int status;
} BODIES[] = {
	{"CONTENT_LENGTH=16", 16, 200},     {"CONTENT_LENGTH=20000", 20000, 200},
	{"CONTENT_LENGTH=20001", 20001, 413}, {"CONTENT_LENGTH=17", 16, 400},
	{"CONTENT_LENGTH=15", 16, 400},     {"CONTENT_LENGTH=0", 16, 400},
	{"CONTENT_LENGTH=", 16, 411},       {"CONTENT_LENGTH=1e1", 16, 400},
	{"CONTENT_LENGTH=9999999999999999", 16, 413},
};

START_TEST(bodies_against_their_length)
{
	struct arena *a = arena_new();
	const char *const params[] = {
		"REQUEST_METHOD=POST", "REQUEST_URI=/", "HTTP_HOST=ci", BODIES[_i].length,
		"CONTENT_TYPE=application/x-www-form-urlencoded", NULL,
	};

	serve(0);
	ask(params, long_body(a, BODIES[_i].n));
	ck_assert_int_eq((int)strtol(reply + 8, NULL, 10), BODIES[_i].status);
	if (BODIES[_i].status == 200)
		ck_assert_uint_eq(strlen(reply_body()), BODIES[_i].n - 14);
	/* and the worker lives on */
	ask(GET, SPAN(""));
	ck_assert_int_eq(strncmp(reply, "Status: 200 OK\r\n", 16), 0);
	arena_free(a);
}
END_TEST

static const int STOPS[] = {SIGTERM, SIGINT, SIGQUIT};

START_TEST(an_idle_worker_stops_when_told)
{
	serve(0);
	ask(GET, SPAN(""));
	kill(child, STOPS[_i]);
	ck_assert_int_eq(ended(), 0);
}
END_TEST

START_TEST(a_worker_told_in_mid_request_answers_first)
{
	const char *const stop[] = {"REQUEST_METHOD=GET", "REQUEST_URI=/?stop", "HTTP_HOST=ci",
				    NULL};

	serve(0);
	ask(stop, SPAN(""));
	ck_assert_str_eq(reply_body() + 16, " 1 0 stop");
	ck_assert_int_eq(ended(), 0);
}
END_TEST

START_TEST(a_client_that_goes_away_does_no_harm)
{
	struct buf b = BUF_INIT;
	int fd;

	serve(0);
	put_record(&b, BEGIN, SPAN("\0\1\0\0\0\0\0\0"));
	put_params(&b, BIG);
	put_record(&b, IN, SPAN(""));
	for (int i = 0; i < 3; i++) {
		fd = connect_there();
		ck_assert_int_eq(write(fd, b.p, i == 1 ? 20 : b.n), i == 1 ? 20 : (ssize_t)b.n);
		close(fd);
	}
	buf_release(&b);
	ask(GET, SPAN(""));
	ck_assert_int_eq(strncmp(reply, "Status: 200 OK\r\n", 16), 0);
}
END_TEST

START_TEST(listening)
{
	char long_path[109];
	struct stat st;
	FILE *file;
	int fd, again;

	ck_assert_int_eq(fcgi_listen(path, &fd), OK);
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_int_eq(st.st_mode & 07777, 0660);
	/* an old socket is replaced */
	ck_assert_int_eq(fcgi_listen(path, &again), OK);
	close(fd);
	close(again);
	memset(long_path, 'x', 108);
	long_path[108] = '\0';
	ck_assert_int_eq(fcgi_listen(long_path, &fd), E_TOO_BIG);
	ck_assert_int_eq(fcgi_listen("/nonexistent/x", &fd), E_UNAVAILABLE);
	/* a file is not */
	unlink(path);
	file = fopen(path, "w");
	ck_assert_ptr_nonnull(file);
	fclose(file);
	ck_assert_int_eq(fcgi_listen(path, &fd), E_UNAVAILABLE);
	ck_assert_int_eq(stat(path, &st), 0);
}
END_TEST

Suite *http_fcgi_suite(void)
{
	Suite *s = suite_create("http_fcgi");
	TCase *c = tcase_create("loop");

	tcase_set_timeout(c, 30);
	tcase_add_checked_fixture(c, set_up, tear_down);
	tcase_add_test(c, serves_and_stops_at_its_number);
	tcase_add_loop_test(c, bodies_against_their_length, 0, (int)COUNT(BODIES));
	tcase_add_loop_test(c, an_idle_worker_stops_when_told, 0, (int)COUNT(STOPS));
	tcase_add_test(c, a_worker_told_in_mid_request_answers_first);
	tcase_add_test(c, a_client_that_goes_away_does_no_harm);
	tcase_add_test(c, listening);
	suite_add_tcase(s, c);
	return s;
}
