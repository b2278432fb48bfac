/* csrf.c: refuses requests that another site made the browser send. */
#include "http/csrf.h"

#include "base/banned.h"

/* Takes the same time wherever the first difference is. Lengths are no secret. */
static bool same_bytes(struct span a, struct span b)
{
	volatile unsigned char differ = 0;

	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		differ = (unsigned char)(differ | (a.p[i] ^ b.p[i]));
	return differ == 0;
}

static bool origin_is_ours(const struct req *r, bool secure)
{
	struct span scheme = secure ? SPAN("https://") : SPAN("http://");
	struct span o = r->origin;

	if (!span_starts(o, scheme))
		return false;
	return span_eq(span_of(o.p + scheme.n, o.n - scheme.n), r->host);
}

bool csrf_same_origin(const struct req *r, bool secure)
{
	if (r->origin.n && !origin_is_ours(r, secure))
		return false;
	if (r->fetch_site.n)
		return span_is(r->fetch_site, "same-origin");
	return r->origin.n > 0;
}

int csrf_check(const struct req *r, const struct form *f, bool secure)
{
	struct span site = r->fetch_site;

	if (site.n && !span_is(site, "same-origin") && !span_is(site, "none"))
		return E_DENIED;
	if (r->origin.n && !origin_is_ours(r, secure))
		return E_DENIED;
	if (r->csrf.n == 0 || !same_bytes(form_text(f, "csrf"), r->csrf))
		return E_DENIED;
	return OK;
}
