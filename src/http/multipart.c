/* multipart.c: strict where the standards leave room, since two readers that disagree about a body
 * are how things get past a check: what no browser sends is no form. */
#include "http/multipart.h"

#include <strings.h>

#include "base/banned.h"

enum { BOUNDARY_MOST = 70, HEADERS_MOST = 8, HEADER_BYTES_MOST = 4096 };

static bool is_folded(struct span s, const char *lower)
{
	size_t n = strlen(lower);

	return s.n == n && strncasecmp(s.p, lower, n) == 0;
}

/* The media type, without its parameters. */
static struct span first_word(struct span *rest)
{
	struct span word = SPAN_NONE;

	(void)span_cut(rest, ';', &word);
	return span_trim(word);
}

bool multipart_is(struct span content_type)
{
	struct span rest = content_type;

	return is_folded(first_word(&rest), "multipart/form-data");
}

/* RFC 2046's bchars, without the blank: a boundary with blanks in it is nobody's. */
static bool is_boundary(struct span s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool word =
			(c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
		if (!word && (c == '\0' || !strchr("'()+_,-./:=?", c)))
			return false;
	}
	return s.n >= 1 && s.n <= BOUNDARY_MOST;
}

static int read_boundary(struct span content_type, struct span *out)
{
	struct span rest = content_type, part, key;

	*out = SPAN_NONE;
	if (!is_folded(first_word(&rest), "multipart/form-data"))
		return E_INVALID;
	while (span_cut(&rest, ';', &part)) {
		if (!span_cut(&part, '=', &key) || !is_folded(span_trim(key), "boundary"))
			continue;
		if (out->p)
			return E_INVALID;
		*out = span_trim(part);
		if (out->n >= 2 && out->p[0] == '"' && out->p[out->n - 1] == '"')
			*out = span_of(out->p + 1, out->n - 2);
	}
	return is_boundary(*out) ? OK : E_INVALID;
}

static bool starts(const char *at, const char *end, struct span s)
{
	return (size_t)(end - at) >= s.n && memcmp(at, s.p, s.n) == 0;
}

static const struct span CRLF = {"\r\n", 2};

/* Behind a delimiter: the end of its line, or "--" and nothing more (browsers put a CRLF there). */
static int pass_delimiter(struct multipart *m)
{
	if (starts(m->at, m->end, CRLF)) {
		m->at += CRLF.n;
		return OK;
	}
	if (!starts(m->at, m->end, SPAN("--")))
		return E_INVALID;
	m->at += 2;
	if (m->at != m->end && !span_is(span_of(m->at, (size_t)(m->end - m->at)), "\r\n"))
		return E_INVALID;
	m->at = NULL;
	return OK;
}

int multipart_open(struct multipart *m, struct arena *a, struct span content_type, char *body,
		   size_t n)
{
	struct span boundary, first;

	*m = (struct multipart){.arena = a, .at = body, .end = body + n};
	TRY(read_boundary(content_type, &boundary));
	m->delimiter = arena_printf(a, "\r\n--%.*s", SPAN_ARG(boundary));
	first = span_of(m->delimiter.p + CRLF.n, m->delimiter.n - CRLF.n);
	if (n == 0 || !starts(m->at, m->end, first))
		return E_INVALID;
	m->at += first.n;
	return pass_delimiter(m);
}

static char *find_delimiter(const struct multipart *m, char *from)
{
	return memmem(from, (size_t)(m->end - from), m->delimiter.p, m->delimiter.n);
}

size_t multipart_count(const struct multipart *m)
{
	size_t n = 0;

	for (char *at = m->at; at && (at = find_delimiter(m, at)) != NULL; at += m->delimiter.n)
		n++;
	return n;
}

/* One line of a part's headers; an empty one ends them. */
static int next_header(struct multipart *m, size_t *room, struct span *out)
{
	char *at = m->at, *end = memmem(at, (size_t)(m->end - at), CRLF.p, CRLF.n);

	if (!end)
		return E_INVALID;
	*out = span_of(at, (size_t)(end - at));
	if (out->n > *room)
		return E_TOO_BIG;
	*room -= out->n;
	for (size_t i = 0; i < out->n; i++)
		if ((unsigned char)at[i] < 0x20 || at[i] == 0x7F)
			return E_INVALID;
	m->at = end + CRLF.n;
	return OK;
}

static int hex_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Browsers write a quote and line ends in a name as %22, %0D and %0A, and nothing else so. */
static struct span unescape(struct arena *a, struct span s)
{
	char *out = arena_str(a, s);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		int code = i + 2 < s.n && s.p[i] == '%' && hex_of(s.p[i + 1]) >= 0
				   ? hex_of(s.p[i + 1]) * 16 + hex_of(s.p[i + 2])
				   : 0;
		if (code == '"' || code == '\r' || code == '\n') {
			out[n++] = (char)code;
			i += 2;
		} else {
			out[n++] = s.p[i];
		}
	}
	return span_of(out, n);
}

/* ` name="x"` off the front of *rest, up to the next ';'. */
static int next_parameter(struct span *rest, struct span *key, struct span *value)
{
	const char *close;
	size_t n;

	*rest = span_trim(*rest);
	if (!span_cut(rest, '=', key) || rest->n < 2 || rest->p[0] != '"')
		return E_INVALID;
	close = memchr(rest->p + 1, '"', rest->n - 1);
	if (!close)
		return E_INVALID;
	*value = span_of(rest->p + 1, (size_t)(close - rest->p) - 1);
	n = rest->n - value->n - 2;
	*rest = span_trim(span_of(close + 1, n));
	if (rest->n == 0)
		return OK;
	if (rest->p[0] != ';')
		return E_INVALID;
	*rest = span_of(rest->p + 1, rest->n - 1);
	return rest->n ? OK : E_INVALID;
}

/* form-data; name="key"; filename="id_ed25519" */
static int read_disposition(struct multipart *m, struct span value, struct multipart_part *out)
{
	struct span rest = value, key, text;

	if (out->name.p || !is_folded(first_word(&rest), "form-data"))
		return E_INVALID;
	while (rest.n) {
		TRY(next_parameter(&rest, &key, &text));
		if (is_folded(key, "name") && !out->name.p)
			out->name = unescape(m->arena, text);
		else if (is_folded(key, "filename") && !out->is_file) {
			out->is_file = true;
			out->filename = unescape(m->arena, text);
		} else
			return E_INVALID; /* twice, or "filename*", which RFC 7578 forbids */
	}
	return out->name.p && span_is_utf8(out->name) && span_is_utf8(out->filename) ? OK
										       : E_INVALID;
}

static int read_header(struct multipart *m, struct span line, struct multipart_part *out,
		       bool *typed)
{
	struct span name, value = line;

	if (!span_cut(&value, ':', &name) || !value.p || name.n == 0 || memchr(name.p, ' ', name.n))
		return E_INVALID; /* folded lines begin with a blank, and end here, too */
	value = span_trim(value);
	if (is_folded(name, "content-disposition"))
		return read_disposition(m, value, out);
	if (is_folded(name, "content-type")) {
		if (*typed)
			return E_INVALID;
		*typed = true;
	}
	if (is_folded(name, "content-transfer-encoding") && !is_folded(value, "binary") &&
	    !is_folded(value, "8bit") && !is_folded(value, "7bit"))
		return E_INVALID;
	return OK;
}

static int read_headers(struct multipart *m, struct multipart_part *out)
{
	size_t room = HEADER_BYTES_MOST;
	bool typed = false;
	struct span line;

	for (int n = 0;; n++) {
		TRY(next_header(m, &room, &line));
		if (line.n == 0)
			return out->name.p ? OK : E_INVALID;
		if (n == HEADERS_MOST)
			return E_TOO_BIG;
		TRY(read_header(m, line, out, &typed));
	}
}

int multipart_next(struct multipart *m, struct multipart_part *out, bool *more)
{
	char *end;

	*out = (struct multipart_part){0};
	*more = m->at != NULL;
	if (!*more)
		return OK;
	TRY(read_headers(m, out));
	out->p = m->at;
	end = find_delimiter(m, m->at);
	if (!end)
		return E_INVALID;
	out->n = (size_t)(end - out->p);
	m->at = end + m->delimiter.n;
	return pass_delimiter(m);
}
