/* front.c: reads the web server's variables. REQUEST_URI is what the client sent; the normalised
 * variants of the web server lose what must be refused. */
#include "http/front.h"

#include "http/pct.h"
#include "base/banned.h"

enum {
	REQUEST_METHOD, REQUEST_URI, HOST, REMOTE, HTTPS, AGENT, COOKIE, ORIGIN, FETCH_SITE,
	CONTENT_TYPE, CONTENT_LENGTH, SENT_LENGTH, SENT_CODING, HX_REQUEST, VARIABLES,
};

enum { AGENT_MOST = 300 };

static const struct span NAMES[VARIABLES] = {
	[REQUEST_METHOD] = {"REQUEST_METHOD", 14},
	[REQUEST_URI] = {"REQUEST_URI", 11},
	[HOST] = {"HTTP_HOST", 9},
	[REMOTE] = {"REMOTE_ADDR", 11},
	[HTTPS] = {"HTTPS", 5},
	[AGENT] = {"HTTP_USER_AGENT", 15},
	[COOKIE] = {"HTTP_COOKIE", 11},
	[ORIGIN] = {"HTTP_ORIGIN", 11},
	[FETCH_SITE] = {"HTTP_SEC_FETCH_SITE", 19},
	[CONTENT_TYPE] = {"CONTENT_TYPE", 12},
	[CONTENT_LENGTH] = {"CONTENT_LENGTH", 14},
	[SENT_LENGTH] = {"HTTP_CONTENT_LENGTH", 19},
	[SENT_CODING] = {"HTTP_TRANSFER_ENCODING", 22},
	[HX_REQUEST] = {"HTTP_HX_REQUEST", 15},
};

static const char *const METHODS[] = {
	[METHOD_GET] = "GET", [METHOD_HEAD] = "HEAD", [METHOD_POST] = "POST",
	[METHOD_PUT] = "PUT", [METHOD_DELETE] = "DELETE", [METHOD_OTHER] = "OTHER",
};

const char *method_name(enum method m)
{
	return METHODS[m];
}

static enum method method_read(struct span s)
{
	for (int m = METHOD_GET; m < METHOD_OTHER; m++)
		if (span_is(s, METHODS[m]))
			return (enum method)m;
	return METHOD_OTHER;
}

/* One pass over all variables. False when one of ours comes twice with two values: two readers
 * could each believe another one. */
static bool collect(char *const *envp, struct span *v)
{
	bool sound = true;

	for (; *envp; envp++) {
		struct span value = span_str(*envp), name;

		span_cut(&value, '=', &name);
		for (int i = 0; i < VARIABLES; i++) {
			if (!span_eq(name, NAMES[i]))
				continue;
			if (v[i].p && !span_eq(v[i], value))
				sound = false;
			else
				v[i] = value;
			break;
		}
	}
	return sound;
}

static int read_uri(struct req *r, struct span uri)
{
	const char *mark = uri.n ? memchr(uri.p, '?', uri.n) : NULL;
	size_t n = mark ? (size_t)(mark - uri.p) : uri.n;
	char *path = arena_str(r->arena, span_of(uri.p, n));

	if (mark)
		r->query = arena_span(r->arena, span_of(mark + 1, uri.n - n - 1));
	for (size_t i = 0; i < r->query.n; i++)
		if ((unsigned char)r->query.p[i] <= ' ' || r->query.p[i] == 0x7F)
			return E_INVALID;
	TRY(pct_decode_path(path, &n));
	path[n] = '\0';
	r->path = span_of(path, n);
	return OK;
}

static struct span lower(struct arena *a, struct span s)
{
	char *p = arena_str(a, s);

	for (size_t i = 0; i < s.n; i++)
		if (p[i] >= 'A' && p[i] <= 'Z')
			p[i] = (char)(p[i] - 'A' + 'a');
	return span_of(p, s.n);
}

/* Cut between characters, so that a long one stays text. */
static struct span read_agent(struct arena *a, struct span s)
{
	if (s.n > AGENT_MOST) {
		s.n = AGENT_MOST;
		while (s.n && ((unsigned char)s.p[s.n] & 0xC0) == 0x80)
			s.n--;
	}
	return span_is_utf8(s) ? arena_span(a, s) : SPAN("");
}

static int read_length(struct req *r, const struct span *v)
{
	const struct span *said = &v[CONTENT_LENGTH], *sent = &v[SENT_LENGTH];

	r->content_length = -1;
	if (sent->n && (v[SENT_CODING].n || (said->n && !span_eq(*said, *sent))))
		return E_INVALID;
	if (said->n == 0)
		return OK;
	return span_i64(*said, &r->content_length);
}

void front_read(struct req *r, char *const *envp)
{
	struct span v[VARIABLES] = {{NULL, 0}};
	bool sound = collect(envp, v);

	r->path = SPAN("/");
	r->query = SPAN("");
	r->method = method_read(v[REQUEST_METHOD]);
	r->host = lower(r->arena, v[HOST]);
	r->remote = arena_span(r->arena, v[REMOTE]);
	r->agent = read_agent(r->arena, v[AGENT]);
	r->cookies = arena_span(r->arena, v[COOKIE]);
	r->origin = arena_span(r->arena, v[ORIGIN]);
	r->fetch_site = arena_span(r->arena, v[FETCH_SITE]);
	r->content_type = arena_span(r->arena, v[CONTENT_TYPE]);
	r->https = span_is(v[HTTPS], "on");
	r->htmx = span_is(v[HX_REQUEST], "true");
	if (read_uri(r, v[REQUEST_URI]) != OK)
		sound = false;
	if (read_length(r, v) != OK)
		sound = false;
	r->malformed = !sound;
}
