/* res.c: the answer under construction. */
#include "http/res.h"

#include "base/banned.h"

static const char COOKIE[] = "Set-Cookie";
/* A web server has little room for headers: a longer target would end as its 502. */
enum { TARGET_MOST = 2000 };

static const char PAGE[] = "text/html; charset=utf-8";

void res_init(struct res *s, struct arena *a, struct buf *body)
{
	memset(s, 0, sizeof(*s));
	s->arena = a;
	s->status = 200;
	s->body = body;
	s->content_type = PAGE;
	buf_reset(body);
}

bool res_is_page(const struct res *s)
{
	return s->content_type == PAGE;
}

void res_header(struct res *s, const char *name, struct span value)
{
	for (size_t i = 0; i < value.n; i++)
		ASSERT(value.p[i] != '\r' && value.p[i] != '\n' && value.p[i] != '\0');
	ASSERT(s->nheaders < RES_HEADERS_MAX);
	s->headers[s->nheaders++] = (struct res_header){name, value};
}

/* RFC 6265's cookie-octet. */
static bool is_cookie_value(struct span s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c <= ' ' || c > '~' || c == '"' || c == ',' || c == ';' || c == '\\')
			return false;
	}
	return true;
}

void res_cookie(struct res *s, const char *name, struct span value, int64_t max_age, bool secure)
{
	const char *tail = secure ? "; Secure" : "";
	struct span text;

	ASSERT(is_cookie_value(value));
	if (max_age < 0)
		text = arena_printf(s->arena, "%s=%.*s; Path=/; HttpOnly; SameSite=Lax%s", name,
				    SPAN_ARG(value), tail);
	else
		text = arena_printf(s->arena,
				    "%s=%.*s; Path=/; Max-Age=%lld; HttpOnly; SameSite=Lax%s", name,
				    SPAN_ARG(value), (long long)max_age, tail);
	res_header(s, COOKIE, text);
}

/* Browsers read '\' as '/' and drop tabs and line ends, so "/\x" and "/<tab>/x" lead elsewhere. */
static bool is_local(struct span target)
{
	if (target.n == 0 || target.n > TARGET_MOST || target.p[0] != '/' ||
	    (target.n > 1 && target.p[1] == '/'))
		return false;
	for (size_t i = 0; i < target.n; i++) {
		unsigned char c = (unsigned char)target.p[i];
		if (c <= ' ' || c == 0x7F || c == '\\')
			return false;
	}
	return true;
}

void res_redirect(struct res *s, int status, struct span target)
{
	s->status = status;
	res_header(s, "Location", is_local(target) ? arena_span(s->arena, target) : SPAN("/"));
}

void res_clear(struct res *s)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->nheaders; i++)
		if (span_is(span_str(s->headers[i].name), COOKIE))
			s->headers[kept++] = s->headers[i];
	s->nheaders = kept;
	s->status = 200;
	s->content_type = PAGE;
	buf_reset(s->body);
}

struct span res_header_value(const struct res *s, const char *name)
{
	for (size_t i = 0; i < s->nheaders; i++)
		if (span_is(span_str(s->headers[i].name), name))
			return s->headers[i].value;
	return SPAN_NONE;
}

static const struct {
	int status;
	const char *reason;
} REASONS[] = {
	{200, "OK"},
	{201, "Created"},
	{202, "Accepted"},
	{204, "No Content"},
	{303, "See Other"},
	{304, "Not Modified"},
	{307, "Temporary Redirect"},
	{400, "Bad Request"},
	{401, "Unauthorized"},
	{403, "Forbidden"},
	{404, "Not Found"},
	{410, "Gone"},
	{405, "Method Not Allowed"},
	{409, "Conflict"},
	{411, "Length Required"},
	{412, "Precondition Failed"},
	{413, "Content Too Large"},
	{415, "Unsupported Media Type"},
	{421, "Misdirected Request"},
	{422, "Unprocessable Content"},
	{428, "Precondition Required"},
	{429, "Too Many Requests"},
	{500, "Internal Server Error"},
	{503, "Service Unavailable"},
};

const char *res_reason(int status)
{
	for (size_t i = 0; i < COUNT(REASONS); i++)
		if (REASONS[i].status == status)
			return REASONS[i].reason;
	return "";
}

static void put_header(struct buf *out, const char *name, struct span value)
{
	buf_puts(out, name);
	buf_put(out, SPAN(": "));
	buf_put(out, value);
	buf_put(out, SPAN("\r\n"));
}

void res_head(const struct res *s, struct buf *out)
{
	buf_printf(out, "Status: %d %s\r\n", s->status, res_reason(s->status));
	if (s->body->n)
		put_header(out, "Content-Type", span_str(s->content_type));
	if (s->status != 204 && s->status != 304)
		buf_printf(out, "Content-Length: %zu\r\n", s->body->n);
	for (size_t i = 0; i < s->nheaders; i++)
		put_header(out, s->headers[i].name, s->headers[i].value);
	buf_put(out, SPAN("\r\n"));
}
