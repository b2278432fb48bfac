/* body.c: a form in the two formats in which browsers send one. */
#include "http/body.h"

#include "http/form.h"
#include "http/multipart.h"
#include "http/route.h"
#include "base/banned.h"

static bool equals_folded(struct span s, const char *lower)
{
	size_t n = strlen(lower);

	return s.n == n && strncasecmp(s.p, lower, n) == 0;
}

/* application/x-www-form-urlencoded; a charset, if named, must be UTF-8. */
static bool is_form_type(struct span type)
{
	struct span rest = type, part, name;

	if (!span_cut(&rest, ';', &part) ||
	    !equals_folded(span_trim(part), "application/x-www-form-urlencoded"))
		return false;
	while (span_cut(&rest, ';', &part)) {
		span_cut(&part, '=', &name);
		if (equals_folded(span_trim(name), "charset") &&
		    !equals_folded(span_trim(part), "utf-8") &&
		    !equals_folded(span_trim(part), "\"utf-8\""))
			return false;
	}
	return true;
}

static bool is_readable(const struct req *r, const struct form_def *def)
{
	return is_form_type(r->content_type) ||
	       (form_takes_files(def) && multipart_is(r->content_type));
}

static int parse_form(struct req *r, const struct form_def *def, struct span body)
{
	char *bytes = (char *)body.p;

	if (multipart_is(r->content_type))
		return form_parse_multipart(r->arena, def, r->content_type, bytes, body.n,
					    &r->form);
	return form_parse(r->arena, def, bytes, body.n, &r->form);
}

int body_read_form(struct req *r)
{
	const struct form_def *def = r->route->form;
	struct span body = SPAN_NONE;
	int rc;

	if (!is_readable(r, def))
		return 415;
	if (r->content_length < 0)
		return 411;
	if ((uint64_t)r->content_length > def->body_most + FORM_CONFIRM_MOST)
		return 413;
	rc = r->read_body(r, def->body_most + FORM_CONFIRM_MOST, &body);
	if (rc == OK && body.n > def->body_most + form_confirm_bytes(body))
		rc = E_TOO_BIG;
	if (rc == OK)
		rc = parse_form(r, def, body);
	if (rc == OK)
		return 0;
	return rc == E_TOO_BIG ? 413 : 400;
}
