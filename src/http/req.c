/* req.c: what a handler asks of a request. */
#include "http/req.h"

#include "http/pct.h"
#include "http/route.h"
#include "base/banned.h"

struct span req_param(const struct req *r, const char *name)
{
	struct span rest, part;
	size_t at = 0;

	if (!r->route)
		return SPAN_NONE;
	rest = span_str(r->route->pattern);
	while (at < REQ_PARAMS_MAX && span_cut(&rest, '/', &part)) {
		if (part.n == 0 || part.p[0] != ':')
			continue;
		if (span_is(span_of(part.p + 1, part.n - 1), name))
			return r->params[at];
		at++;
	}
	return SPAN_NONE;
}

int req_param_id(const struct req *r, const char *name, int64_t *out)
{
	struct span text = req_param(r, name);
	int64_t id;

	/* one thing has one address: "007" is not 7 */
	if (text.n == 0 || text.p[0] == '0' || span_i64(text, &id) != OK)
		return E_NOT_FOUND;
	*out = id;
	return OK;
}

/* A decoded copy; false when it cannot be decoded to text. */
static bool decode_text(struct arena *a, struct span raw, struct span *out)
{
	size_t n = raw.n;
	char *p = arena_str(a, raw);

	if (pct_decode(p, &n, true) != OK || !span_is_utf8(span_of(p, n)))
		return false;
	p[n] = '\0';
	*out = span_of(p, n);
	return true;
}

static bool has_escapes(struct span s)
{
	return s.n && (memchr(s.p, '%', s.n) || memchr(s.p, '+', s.n));
}

struct span req_query(const struct req *r, const char *name)
{
	struct span rest = r->query, value;

	while (span_cut(&rest, '&', &value)) {
		struct span key = SPAN_NONE, out;

		if (value.n == 0)
			continue;
		span_cut(&value, '=', &key);
		if (has_escapes(key) && !decode_text(r->arena, key, &key))
			continue;
		if (span_is(key, name))
			return decode_text(r->arena, value, &out) ? out : SPAN_NONE;
	}
	return SPAN_NONE;
}

struct span req_cookie(const struct req *r, const char *name)
{
	struct span rest = r->cookies, value;

	while (span_cut(&rest, ';', &value)) {
		struct span key;

		value = span_trim(value);
		if (value.n == 0)
			continue;
		span_cut(&value, '=', &key);
		/* without '=' it is no cookie of ours */
		if (value.p && span_eq(span_trim(key), span_str(name)))
			return span_trim(value);
	}
	return SPAN_NONE;
}
