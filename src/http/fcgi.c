/* fcgi.c: serves requests that arrive by FastCGI. Of libfcgi only fcgiapp.h, and never its printf,
 * which cuts the output at formats that it does not know. */
#include "http/fcgi.h"

#include <errno.h>
#include <fastcgi.h>
#include <fcgiapp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "http/front.h"
#include "http/pct.h"
#include "base/banned.h"

/* A page that needed more than BODY_KEPT gives its memory back; BODY_MOST is a page gone wrong. */
enum {
	BACKLOG = 511,
	BODY_KEPT = 512 * 1024,
	BODY_MOST = 32 * 1024 * 1024,
	PATH_LOGGED = 400,
	RECORD_MOST = 65528,
	RECORDS = 8
};

/* What a worker keeps from request to request. */
struct worker {
	const struct fcgi_loop *loop;
	FCGX_Request request;
	struct arena *arena;
	struct buf head, body;
	char id[REQ_ID_LENGTH + 1];
};

static int listen_fault(const char *path, int fd)
{
	log_error("cannot listen at %s: %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return E_UNAVAILABLE;
}

int fcgi_listen(const char *path, int *out)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	size_t n = strlen(path);
	struct stat st;
	mode_t mask;
	int fd, rc;

	if (n >= sizeof(at.sun_path))
		return E_TOO_BIG;
	memcpy(at.sun_path, path, n);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return listen_fault(path, fd);
	/* only a socket is removed; a file of that name is somebody's */
	if (lstat(path, &st) == 0 && S_ISSOCK(st.st_mode))
		unlink(path);
	mask = umask(0117);
	rc = bind(fd, (const struct sockaddr *)&at, sizeof(at));
	umask(mask);
	if (rc != 0 || listen(fd, BACKLOG) != 0)
		return listen_fault(path, fd);
	*out = fd;
	return OK;
}

static volatile sig_atomic_t stopping;

static void on_stop(int number)
{
	(void)number;
	stopping = 1;
	FCGX_ShutdownPending();
}

/* After FCGX_Init(), which installs its own. USR1 is libfcgi's second way to stop. */
static void install_handlers(void)
{
	static const int STOP[] = {SIGTERM, SIGINT, SIGQUIT, SIGUSR1};
	struct sigaction stop = {.sa_handler = on_stop}, ignore = {.sa_handler = SIG_IGN};

	sigemptyset(&stop.sa_mask);
	sigemptyset(&ignore.sa_mask);
	for (size_t i = 0; i < COUNT(STOP); i++)
		sigaction(STOP[i], &stop, NULL);
	sigaction(SIGPIPE, &ignore, NULL);
}

/* The announced length is the client's word: fewer bytes and more are both an error. */
static int read_body(struct req *r, size_t most, struct span *out)
{
	FCGX_Stream *in = ((FCGX_Request *)r->front)->in;
	size_t n = 0, length = r->content_length > 0 ? (size_t)r->content_length : 0;
	char *p;

	if (length > most)
		return E_TOO_BIG;
	p = arena_alloc(r->arena, length + 1);
	while (n < length) {
		int got = FCGX_GetStr(p + n, (int)(length - n < 65536 ? length - n : 65536), in);
		if (got <= 0)
			return E_INVALID;
		n += (size_t)got;
	}
	if (FCGX_GetChar(in) != -1)
		return E_INVALID;
	*out = span_of(p, n);
	return OK;
}

static void make_id(char *id)
{
	static const char HEX[] = "0123456789abcdef";
	unsigned char random[REQ_ID_LENGTH / 2];

	ASSERT(getrandom(random, sizeof(random), 0) == (ssize_t)sizeof(random));
	for (size_t i = 0; i < sizeof(random); i++) {
		id[2 * i] = HEX[random[i] >> 4];
		id[2 * i + 1] = HEX[random[i] & 15];
	}
	id[REQ_ID_LENGTH] = '\0';
}

/* Writes all of it; false when the front server has gone away. */
static bool write_all(int fd, struct iovec *v, int n)
{
	while (n > 0) {
		ssize_t put = writev(fd, v, n);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return false;
		for (; n > 0 && (size_t)put >= v->iov_len; v++, n--)
			put -= (ssize_t)v->iov_len;
		if (n > 0)
			*v = (struct iovec){(char *)v->iov_base + put, v->iov_len - (size_t)put};
	}
	return true;
}

/* Records on their way out, in as few system calls as may be: the reader wakes up for each. */
struct out {
	int fd;
	bool broken; /* the front server went away */
	int n;
	struct iovec v[2 * RECORDS];
	FCGI_Header headers[RECORDS];
	int nheaders;
};

static void out_flush(struct out *o)
{
	if (!o->broken && o->n)
		o->broken = !write_all(o->fd, o->v, o->n);
	o->n = o->nheaders = 0;
}

static void out_record(struct out *o, int request, unsigned char type, struct span content)
{
	FCGI_Header *h;

	if (o->nheaders == RECORDS)
		out_flush(o);
	h = &o->headers[o->nheaders++];
	*h = (FCGI_Header){
		.version = FCGI_VERSION_1,
		.type = type,
		.requestIdB1 = (unsigned char)(request >> 8),
		.requestIdB0 = (unsigned char)request,
		.contentLengthB1 = (unsigned char)(content.n >> 8),
		.contentLengthB0 = (unsigned char)content.n,
	};
	o->v[o->n++] = (struct iovec){h, sizeof(*h)};
	if (content.n)
		o->v[o->n++] = (struct iovec){(char *)(uintptr_t)content.p, content.n};
}

static void out_stream(struct out *o, int request, struct span s)
{
	for (size_t at = 0; at < s.n; at += RECORD_MOST)
		out_record(o, request, FCGI_STDOUT,
			   span_of(s.p + at, s.n - at < RECORD_MOST ? s.n - at : RECORD_MOST));
}

/* The whole answer, its end included, and the connection with it. FCGX_PutStr() would make a record
 * and a system call of each 8 KiB, FCGX_Finish_r() two more. */
static void send_answer(FCGX_Request *q, const struct req *r, struct span head, struct span body)
{
	static const FCGI_EndRequestBody DONE = {.protocolStatus = FCGI_REQUEST_COMPLETE};
	struct out o = {.fd = q->ipcFd};

	ASSERT(body.n <= BODY_MOST);
	out_stream(&o, q->requestId, head);
	out_stream(&o, q->requestId, body);
	out_record(&o, q->requestId, FCGI_STDOUT, SPAN(""));
	out_record(&o, q->requestId, FCGI_END_REQUEST, span_of((const char *)&DONE, sizeof(DONE)));
	out_flush(&o);
	/* one who may still be sending a body is waited for; else closing at once is enough */
	q->detached = r->content_length <= 0;
	FCGX_Free(q, 1);
}

/* The path escaped again, so that a blank in it cannot forge the columns that follow. */
static void log_access(const struct req *r, const struct res *s)
{
	struct span path = pct_encode(r->arena, r->path);

	if (path.n > PATH_LOGGED)
		path.n = PATH_LOGGED;
	log_info("%s %.*s %d %lld ms", method_name(r->method),
		 SPAN_ARG(r->malformed ? SPAN("(malformed)") : path), s->status,
		 (long long)(clock_ms() - r->started_ms));
}

static void serve_one(struct worker *w)
{
	struct req *r = ARENA_NEW(w->arena, struct req);
	struct res *s = ARENA_NEW(w->arena, struct res);

	make_id(w->id);
	log_request(w->id);
	r->arena = w->arena;
	r->id = w->id;
	r->started_ms = clock_ms();
	r->read_body = read_body;
	r->front = &w->request;
	r->app = w->loop->app;
	front_read(r, w->request.envp);
	res_init(s, w->arena, &w->body);
	if (w->loop->before)
		w->loop->before(w->loop->app);
	dispatch(w->loop->site, r, s);
	res_head(s, &w->head);
	send_answer(&w->request, r, buf_span(&w->head),
		    r->method == METHOD_HEAD ? SPAN("") : buf_span(&w->body));
	log_access(r, s);
	/* defers may log, too */
	arena_reset(w->arena);
	buf_reset(&w->head);
	buf_reset(&w->body);
	if (w->body.size > BODY_KEPT)
		buf_release(&w->body);
	log_request(NULL);
}

static int accept_all(struct worker *w)
{
	int64_t served = 0, most = w->loop->most_requests;

	while (!stopping && (most == 0 || served < most)) {
		int rc = FCGX_Accept_r(&w->request);

		/* told to stop on its way into accept, libfcgi answers with a stale errno */
		if (rc < 0 && (stopping || rc == -EINTR || rc == -ECONNABORTED))
			continue;
		if (rc < 0) {
			log_error("accept failed: %s", strerror(-rc));
			return E_UNAVAILABLE;
		}
		serve_one(w);
		served++;
	}
	return OK;
}

int fcgi_serve(const struct fcgi_loop *loop)
{
	struct worker *w;
	int rc;

	if (FCGX_Init() != 0) {
		log_error("libfcgi cannot start");
		return E_UNAVAILABLE;
	}
	install_handlers();
	w = calloc(1, sizeof(*w));
	ASSERT(w != NULL);
	w->loop = loop;
	w->arena = arena_new();
	w->body.cap = BODY_MOST;
	FCGX_InitRequest(&w->request, loop->listen_fd, FCGI_FAIL_ACCEPT_ON_INTR);
	rc = accept_all(w);
	buf_release(&w->head);
	buf_release(&w->body);
	arena_free(w->arena);
	free(w);
	return rc;
}
