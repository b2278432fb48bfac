/* api.c: JSON in, JSON out. */
#include "http/api.h"

#include "base/log.h"
#include "http/json_form.h"
#include "http/multipart.h"
#include "http/pct.h"
#include "base/banned.h"

static const struct {
	int status;
	const char *message;
} MESSAGES[] = {
	{400, "The request could not be understood. See what it sends."},
	{401, "Send an access token: \"Authorization: Bearer sgp_...\". People make them at "
	      "/account/tokens."},
	{403, "You do not have the right to do this. An admin can give it to you."},
	{404, "There is nothing at this address, or it is not visible to you."},
	{405, "This address does not take this method. The header Allow says which it takes."},
	{409, "Somebody changed this in the meantime, or it stands in the way of something. Read "
	      "how it is now, then try again."},
	{411, "The request did not say how long it is. Send it with a Content-Length."},
	{412, "This was changed since you read it, or If-Match is not the ETag that you got with "
	      "it. Read it again, then decide."},
	{413, "What was sent is too large."},
	{415, "Send JSON: \"Content-Type: application/json\"."},
	{422, "Nothing was changed. See errors for what to mend."},
	{428, "Name what you change: send the ETag that you got with it as If-Match."},
};

const char *api_message(int status)
{
	for (size_t i = 0; i < COUNT(MESSAGES); i++)
		if (MESSAGES[i].status == status)
			return MESSAGES[i].message;
	return NULL;
}

bool api_path(struct span path)
{
	return span_starts(path, SPAN(API_ROOT "/")) || span_is(path, API_ROOT);
}

static bool is_word(struct span s, const char *lower)
{
	return s.n == strlen(lower) && strncasecmp(s.p, lower, s.n) == 0;
}

/* application/json; a charset, if named, must be UTF-8. */
static bool is_json(struct span type)
{
	struct span rest = type, part, name;

	if (!span_cut(&rest, ';', &part) || !is_word(span_trim(part), "application/json"))
		return false;
	while (span_cut(&rest, ';', &part)) {
		span_cut(&part, '=', &name);
		if (is_word(span_trim(name), "charset") && !is_word(span_trim(part), "utf-8"))
			return false;
	}
	return true;
}

/* Without a Content-Length there may be no body: programs leave it out when they send none. */
static int read_body(struct req *r, const struct form_def *def, struct span *body)
{
	int rc;

	if (r->content_length > 0 && !is_json(r->content_type))
		return 415;
	if (r->content_length > 0 && (uint64_t)r->content_length > def->body_most)
		return 413;
	rc = r->read_body(r, def->body_most, body);
	if (rc == OK)
		return 0;
	return rc == E_TOO_BIG ? 413 : r->content_length < 0 ? 411 : 400;
}

static int too_large(struct req *r, const char *what, size_t most)
{
	r->refusal = arena_printf(r->arena, "%s too large: at most %zu bytes.", what, most).p;
	return 413;
}

/* A body that is no JSON: the file itself, or files as parts. */
static int read_bytes(struct req *r, const struct form_def *def)
{
	bool raw = form_has_kind(def, FORM_RAW);
	const char *what = raw ? "The file is" : "All files together are";
	struct span body = SPAN_NONE;
	int rc;

	if (!raw && !multipart_is(r->content_type)) {
		r->refusal =
			"Send the files as multipart/form-data, a part each, whose file name is "
			"the path.";
		return 415;
	}
	if (r->content_length > 0 && (uint64_t)r->content_length > def->body_most)
		return too_large(r, what, def->body_most);
	rc = r->read_body(r, def->body_most, &body);
	if (rc != OK)
		return rc == E_TOO_BIG	       ? too_large(r, what, def->body_most)
		       : r->content_length < 0 ? 411
					       : 400;
	if (!raw) {
		rc = form_parse_multipart(r->arena, def, r->content_type, (char *)body.p, body.n,
					  &r->form);
		return rc == OK ? 0 : rc == E_TOO_BIG ? 413 : 400;
	}
	r->form = form_begin(r->arena, def, 1);
	form_put(r->form, span_str(def->fields[0].name), (char *)body.p, body.n);
	return 0;
}

static const struct json_map *map_of(const struct site *site, const struct form_def *def)
{
	for (size_t i = 0; i < site->nmaps; i++)
		if (site->maps[i]->def == def)
			return site->maps[i];
	return NULL;
}

static const struct form_field *declared(const struct form_def *def, const char *name)
{
	for (size_t i = 0; i < def->nfields; i++)
		if (span_is(span_str(def->fields[i].name), name))
			return &def->fields[i];
	return NULL;
}

static void put_text(struct form *f, struct span name, struct span value)
{
	form_put(f, name, arena_str(f->arena, value), value.n);
}

/* A strong ETag of ours is a version in quotes (RFC 9110 section 8.8.3). "*" would overwrite what
 * nobody has read. */
static int put_version(struct req *r)
{
	struct span tag = span_trim(r->if_match);
	int64_t version;

	if (!declared(r->route->form, "version") ||
	    (r->method != METHOD_PUT && r->method != METHOD_DELETE))
		return 0;
	if (tag.n == 0)
		return 428;
	if (tag.n < 3 || tag.p[0] != '"' || tag.p[1] == '0' || tag.p[tag.n - 1] != '"' ||
	    span_i64(span_of(tag.p + 1, tag.n - 2), &version) != OK || version < 1)
		return 412;
	put_text(r->form, SPAN("version"), span_of(tag.p + 1, tag.n - 2));
	return 0;
}

/* Such a tag says what the fields "was..." of a change say, in their order; those that the body has
 * itself stay. */
static int put_was(struct req *r)
{
	const struct form_def *def = r->route->form;
	struct span tag = span_trim(r->if_match), part;

	if (tag.n == 0 || !declared(def, "was") || declared(def, "version"))
		return 0;
	if (tag.n <= sizeof(API_WAS) || !span_starts(tag, SPAN(API_WAS)) || tag.p[tag.n - 1] != '"')
		return 412;
	tag = span_of(tag.p + sizeof(API_WAS) - 1, tag.n - sizeof(API_WAS));
	for (size_t i = 0; i < def->nfields; i++) {
		struct span name = span_str(def->fields[i].name);
		size_t n;
		char *text;

		if (!span_starts(name, SPAN("was")) || !span_cut(&tag, ';', &part))
			continue;
		text = arena_str(r->arena, part);
		n = part.n;
		if (pct_decode(text, &n, false) != OK)
			return 412;
		if (!form_text(r->form, def->fields[i].name).p)
			form_put(r->form, name, text, n);
	}
	return 0;
}

static void put_confirmation(struct req *r)
{
	const struct form_field *field = declared(r->route->form, "confirm");

	if (r->method == METHOD_DELETE && field && field->kind == FORM_FLAG &&
	    !form_flag(r->form, "confirm"))
		put_text(r->form, SPAN("confirm"), SPAN("1"));
}

int api_read(const struct site *site, struct req *r)
{
	const struct form_def *def = r->route->form;
	struct span body = SPAN_NONE;
	bool sound = true;
	int status, rc;

	if (form_has_kind(def, FORM_RAW) || form_has_kind(def, FORM_FILES))
		return read_bytes(r, def);
	status = read_body(r, def, &body);
	if (status)
		return status;
	rc = form_json_parse(r->arena, def, map_of(site, def), (char *)body.p, body.n, &r->form,
			     &sound, &r->refusal);
	if (rc != OK)
		return rc == E_TOO_BIG ? 413 : 400;
	if (!sound)
		return 422;
	put_confirmation(r);
	status = put_was(r);
	return status ? status : put_version(r);
}

static bool is_below(struct span path, struct span parent)
{
	return path.n > parent.n + 1 && span_starts(path, parent) && path.p[parent.n] == '/';
}

/* The request as a GET of `path`, its visitor looked up anew: the change may have moved the
 * revision of what is shown, or taken the visitor's own right to see it. */
static int show(const struct site *site, struct req *r, struct res *s)
{
	struct span allow;

	r->method = METHOD_GET;
	r->form = NULL;
	r->who = NULL;
	memset(r->params, 0, sizeof(r->params));
	TRY(route_find(&site->routes, r, &r->route, &allow));
	TRY(site->session(r, s));
	if (!r->who)
		return E_DENIED;
	TRY(site->may(r, r->route->permission));
	TRY(r->route->handler(r, s));
	return s->status == 200 && s->body->err == OK && s->body->n ? OK : E_NOT_FOUND;
}

void api_follow(const struct site *site, struct req *r, struct res *s)
{
	struct span to = res_header_value(s, "Location"), at;
	struct req was = *r;
	bool created;
	int rc = E_NOT_FOUND;

	to = arena_printf(r->arena, API_ROOT "%.*s", SPAN_ARG(to));
	at = r->method == METHOD_PUT ? r->path : to;
	created = r->method == METHOD_POST && is_below(to, r->path);
	res_clear(s);
	if (r->method != METHOD_DELETE) {
		r->query = at;
		(void)span_cut(&r->query, '?', &r->path);
		if (!r->query.p)
			r->query = SPAN("");
		rc = show(site, r, s);
		if (rc != OK)
			res_clear(s);
	}
	/* the log speaks of what was asked */
	*r = was;
	s->status = created ? 201 : rc == OK ? 200 : 204;
	if (created)
		res_header(s, "Location", to);
}
