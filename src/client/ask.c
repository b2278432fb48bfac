/* ask.c: libcurl's side. */
#include "client/ask.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <string.h>

#include <curl/curl.h>

#include "base/buf.h"
#include "base/banned.h"

enum { CONNECT_SECONDS = 10, ANSWER_MOST = 16 << 20 };

#define FUNCTIONS(X)                                                                               \
	X(global_init)                                                                             \
	X(easy_init)                                                                               \
	X(easy_setopt)                                                                             \
	X(easy_perform)                                                                            \
	X(easy_getinfo)                                                                            \
	X(easy_strerror)                                                                           \
	X(easy_cleanup)                                                                            \
	X(mime_init)                                                                               \
	X(mime_addpart)                                                                            \
	X(mime_name)                                                                               \
	X(mime_filename)                                                                           \
	X(mime_type)                                                                               \
	X(mime_data)                                                                               \
	X(mime_free)                                                                               \
	X(slist_append)                                                                            \
	X(slist_free_all)                                                                          \
	X(free)                                                                                    \
	X(url)                                                                                     \
	X(url_get)                                                                                 \
	X(url_set)                                                                                 \
	X(url_cleanup)

/* The header makes some of them macros, which check types and cannot be had of a pointer. */
#undef curl_easy_setopt
#undef curl_easy_getinfo

static struct {
#define DECLARE(name) __typeof__(&curl_##name) name;
	FUNCTIONS(DECLARE)
#undef DECLARE
} curl;

struct asking {
	struct arena *a;
	const struct ask *ask;
	struct ask_answer *out;
	CURLU *url;
	CURL *easy;
	curl_mime *mime;
	struct curl_slist *headers;
	struct span host;
	bool tls;
	char error[CURL_ERROR_SIZE];
	struct buf body;
};

/* --- loading --- */

static bool load(void)
{
	void *library = dlopen("libcurl.so.4", RTLD_LAZY | RTLD_LOCAL);
	bool all = library != NULL;

#define FIND(name)                                                                                 \
	if (all) {                                                                                 \
		void *found = dlsym(library, "curl_" #name);                                       \
		all = found != NULL;                                                               \
		memcpy(&curl.name, &found, sizeof(found));                                         \
	}
	FUNCTIONS(FIND)
#undef FIND
	return all && curl.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

static int fail(struct asking *q, int rc, struct span fault)
{
	q->out->fault = fault;
	return rc;
}

/* --- the address --- */

static struct span escaped(struct arena *a, struct span text)
{
	char *p = arena_alloc(a, 3 * text.n + 1);
	size_t n = 0;

	for (size_t k = 0; k < text.n; k++) {
		unsigned char c = (unsigned char)text.p[k];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			     (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';

		if (plain)
			p[n++] = (char)c;
		else
			n += (size_t)snprintf(p + n, 4, "%%%02X", c);
	}
	return span_of(p, n);
}

/* A part of the address, or SPAN_NONE. */
static struct span part_of(struct asking *q, CURLUPart part)
{
	struct span copy = SPAN_NONE;
	char *text = NULL;

	if (curl.url_get(q->url, part, &text, 0) == CURLUE_OK)
		copy = arena_span(q->a, span_str(text));
	curl.free(text);
	return copy;
}

static bool is_loopback(struct span host)
{
	struct in_addr v4;

	if (span_is(host, "localhost") || span_is(host, "[::1]"))
		return true;
	return inet_pton(AF_INET, host.p, &v4) == 1 && ntohl(v4.s_addr) >> 24 == 127;
}

static int check_address(struct asking *q)
{
	struct span scheme;

	if (curl.url_set(q->url, CURLUPART_URL, q->ask->server, 0) != CURLUE_OK)
		return fail(q, E_INVALID,
			    SPAN("that is not the address of a Signet. Write it with its scheme: "
				 "https://signet.example.com"));
	scheme = part_of(q, CURLUPART_SCHEME);
	q->host = part_of(q, CURLUPART_HOST);
	q->tls = span_is(scheme, "https");
	if (!q->tls && !span_is(scheme, "http"))
		return fail(q, E_INVALID, SPAN("the address must begin with https://"));
	if (part_of(q, CURLUPART_USER).p || part_of(q, CURLUPART_PASSWORD).p)
		return fail(q, E_INVALID,
			    SPAN("the address must be without a name and password: the token is "
				 "who asks"));
	if (part_of(q, CURLUPART_QUERY).p || part_of(q, CURLUPART_FRAGMENT).p)
		return fail(q, E_INVALID, SPAN("the address must be without \"?\" and \"#\""));
	if (!q->tls && !q->ask->insecure_http && !is_loopback(q->host))
		return fail(q, E_INVALID,
			    SPAN("by http:// everybody on the way could read the token. Use "
				 "https://, or --insecure-http where that does not matter"));
	return OK;
}

/* What a proxy before the server takes off, a path of its own, stays in front. */
static void set_address(struct asking *q)
{
	struct span path = part_of(q, CURLUPART_PATH), sub = escaped(q->a, q->ask->sub),
		    project = escaped(q->a, q->ask->project);

	while (path.n && path.p[path.n - 1] == '/')
		path.n--;
	path = arena_printf(q->a, "%.*s/api/v1/s/%.*s/workflow/check", SPAN_ARG(path),
			    SPAN_ARG(sub));
	project = arena_printf(q->a, "project=%.*s", SPAN_ARG(project));
	ASSERT(curl.url_set(q->url, CURLUPART_PATH, path.p, 0) == CURLUE_OK);
	ASSERT(curl.url_set(q->url, CURLUPART_QUERY, project.p, 0) == CURLUE_OK);
}

/* --- the question --- */

static void set(CURLcode rc)
{
	ASSERT(rc == CURLE_OK);
}

static void add_header(struct asking *q, const char *line)
{
	struct curl_slist *longer = curl.slist_append(q->headers, line);

	ASSERT(longer != NULL);
	q->headers = longer;
}

static void set_headers(struct asking *q)
{
	struct span token = arena_printf(q->a, "Authorization: Bearer %s", q->ask->token);

	add_header(q, token.p);
	add_header(q, "Accept: application/json");
	add_header(q, "Expect:"); /* no pause before large files */
	set(curl.easy_setopt(q->easy, CURLOPT_HTTPHEADER, q->headers));
	/* a proxy is told to whom to connect, and nothing else */
	set(curl.easy_setopt(q->easy, CURLOPT_HEADEROPT, (long)CURLHEADER_SEPARATE));
	set(curl.easy_setopt(q->easy, CURLOPT_USERAGENT, "signet"));
}

static void set_parts(struct asking *q)
{
	q->mime = curl.mime_init(q->easy);
	ASSERT(q->mime != NULL);
	for (size_t k = 0; k < q->ask->nparts; k++) {
		const struct ask_part *p = &q->ask->parts[k];
		curl_mimepart *part = curl.mime_addpart(q->mime);

		ASSERT(part != NULL);
		set(curl.mime_name(part, "file"));
		set(curl.mime_filename(part, arena_str(q->a, p->path)));
		set(curl.mime_type(part, "application/octet-stream"));
		set(curl.mime_data(part, p->bytes.n ? p->bytes.p : "", p->bytes.n));
	}
	set(curl.easy_setopt(q->easy, CURLOPT_MIMEPOST, q->mime));
}

static size_t take(char *p, size_t size, size_t n, void *asking)
{
	struct asking *q = asking;

	buf_put(&q->body, span_of(p, size * n));
	return q->body.err == OK ? size * n : 0;
}

/* The environment's proxy counts for https, where it sees no more than the host's name. */
static void set_connection(struct asking *q)
{
	long most = (long)q->ask->timeout;
	long connect = most < CONNECT_SECONDS ? most : (long)CONNECT_SECONDS;

	set(curl.easy_setopt(q->easy, CURLOPT_CURLU, q->url));
	set(curl.easy_setopt(q->easy, CURLOPT_PROTOCOLS_STR, q->tls ? "https" : "http"));
	set(curl.easy_setopt(q->easy, CURLOPT_FOLLOWLOCATION, 0L));
	set(curl.easy_setopt(q->easy, CURLOPT_NOSIGNAL, 1L));
	set(curl.easy_setopt(q->easy, CURLOPT_CONNECTTIMEOUT, connect));
	set(curl.easy_setopt(q->easy, CURLOPT_TIMEOUT, most));
	set(curl.easy_setopt(q->easy, CURLOPT_ERRORBUFFER, q->error));
	set(curl.easy_setopt(q->easy, CURLOPT_WRITEFUNCTION, take));
	set(curl.easy_setopt(q->easy, CURLOPT_WRITEDATA, q));
	if (!q->tls)
		set(curl.easy_setopt(q->easy, CURLOPT_PROXY, ""));
	if (q->ask->ca_file) {
		set(curl.easy_setopt(q->easy, CURLOPT_CAINFO, q->ask->ca_file));
		set(curl.easy_setopt(q->easy, CURLOPT_CAPATH, NULL));
	}
}

/* --- what went wrong on the way --- */

static struct span no_connection(struct asking *q)
{
	long number = 0;

	set(curl.easy_getinfo(q->easy, CURLINFO_OS_ERRNO, &number));
	return arena_printf(q->a,
			    "cannot connect to it (%s): is the address right, and does it run?",
			    number ? strerror((int)number) : q->error);
}

static struct span fault_of(struct asking *q, CURLcode rc)
{
	struct arena *a = q->a;
	const char *own = q->error[0] ? q->error : curl.easy_strerror(rc);

	if (rc == CURLE_COULDNT_RESOLVE_HOST)
		return arena_printf(a, "no host is known by the name \"%.*s\"", SPAN_ARG(q->host));
	if (rc == CURLE_COULDNT_CONNECT)
		return no_connection(q);
	if (rc == CURLE_OPERATION_TIMEDOUT)
		return arena_printf(a, "no answer within %lld s", (long long)q->ask->timeout);
	if (rc == CURLE_PEER_FAILED_VERIFICATION)
		return arena_printf(a,
				    "its certificate is not trusted (%s). --ca-file names the "
				    "authority of one's own",
				    own);
	if (rc == CURLE_SSL_CACERT_BADFILE)
		return arena_printf(a, "the certificates in %s cannot be read",
				    q->ask->ca_file ? q->ask->ca_file : "the system's folder");
	if (rc == CURLE_SSL_CONNECT_ERROR)
		return arena_printf(a, "no TLS can be agreed on with it (%s)", own);
	if (rc == CURLE_WRITE_ERROR && q->body.err == E_TOO_BIG)
		return SPAN("its answer is longer than any of a Signet");
	if (rc == CURLE_GOT_NOTHING || rc == CURLE_RECV_ERROR || rc == CURLE_SEND_ERROR ||
	    rc == CURLE_PARTIAL_FILE)
		return arena_printf(a, "the connection broke off (%s)", own);
	return arena_printf(a, "there is no answer (%s)", own);
}

static int perform(struct asking *q)
{
	struct ask_answer *out = q->out;
	const char *type = NULL, *location = NULL;
	CURLcode rc = curl.easy_perform(q->easy);

	if (rc != CURLE_OK)
		return fail(q, E_UNAVAILABLE, arena_span(q->a, fault_of(q, rc)));
	set(curl.easy_getinfo(q->easy, CURLINFO_RESPONSE_CODE, &out->status));
	set(curl.easy_getinfo(q->easy, CURLINFO_CONTENT_TYPE, &type));
	set(curl.easy_getinfo(q->easy, CURLINFO_REDIRECT_URL, &location));
	out->type = arena_span(q->a, span_str(type));
	out->location = arena_span(q->a, span_str(location));
	out->body = arena_span(q->a, buf_span(&q->body));
	return OK;
}

static int put_question(struct asking *q)
{
	TRY(check_address(q));
	set_address(q);
	q->easy = curl.easy_init();
	ASSERT(q->easy != NULL);
	set_connection(q);
	set_headers(q);
	set_parts(q);
	return perform(q);
}

int ask_check(struct arena *a, const struct ask *ask, struct ask_answer *out)
{
	struct asking q = {.a = a, .ask = ask, .out = out, .body = BUF_INIT};
	int rc;

	*out = (struct ask_answer){0};
	if (!load())
		return fail(&q, E_UNAVAILABLE,
			    SPAN("libcurl is not here, by which it would be asked (on Debian: "
				 "apt-get install libcurl4)"));
	q.body.cap = ANSWER_MOST;
	q.url = curl.url();
	ASSERT(q.url != NULL);
	rc = put_question(&q);
	curl.easy_cleanup(q.easy);
	curl.mime_free(q.mime);
	curl.slist_free_all(q.headers);
	curl.url_cleanup(q.url);
	buf_release(&q.body);
	return rc;
}
