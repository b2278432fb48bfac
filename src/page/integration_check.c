/* integration_check.c: what is wrong with a form, field by field, and the change that it makes when
 * nothing is. */
#include "page/integration_input.h"

#include "core/name.h"
#include "page/app.h"
#include "page/bound.h"
#include "base/banned.h"

struct span input_text_fault(struct arena *a, struct span value, size_t most, bool lines)
{
	unsigned code;
	size_t at;

	if (value.n > most)
		return arena_printf(a, "This is longer than %zu bytes.", most);
	if (!span_has_control(value, lines, &code, &at))
		return SPAN_NONE;
	if (code == '\n')
		return SPAN("This must be one line.");
	return arena_printf(a, "Take out U+%04X (character %zu): it is a control character.", code,
			    at);
}

static void fail(struct input *in, struct span *where, struct span message)
{
	if (!where->n)
		*where = message;
	in->failed = true;
}

static void check_name(struct input *in)
{
	struct span fault = name_fault(in->r->arena, in->v.name);

	if (in->v.name.n == 0)
		fail(in, &in->v.name_error,
		     SPAN("Give the integration a name: workflow files use it."));
	else if (fault.p)
		fail(in, &in->v.name_error, fault);
	in->c.name = in->v.name;
}

static bool key_taken(const struct input *in, size_t row)
{
	for (size_t k = 0; k < row; k++)
		if (span_eq(in->v.urls[k].key, in->v.urls[row].key))
			return true;
	return false;
}

static void check_key(struct input *in, size_t row)
{
	struct view_url_row *u = &in->v.urls[row];
	struct span fault = name_url_key_fault(in->r->arena, u->key);

	if (u->key.n == 0)
		fail(in, &u->key_error, SPAN("Give this URL a key, such as apiUrl."));
	else if (fault.p)
		fail(in, &u->key_error, fault);
	else if (key_taken(in, row))
		fail(in, &u->key_error, SPAN("This key stands twice. Each URL needs its own."));
	else if (!u->key_fixed && !in->type->more_urls)
		fail(in, &u->key_error, SPAN("Integrations of this type have no further URLs."));
}

/* A URL with a fault often names its host all the same: it lacks its scheme, or has a blank in its
 * path. What is sealed meanwhile is sealed for that host, so that mending the URL does not cost the
 * secret. */
static struct span guess_origin(struct input *in, struct span typed)
{
	struct span scheme = SPAN("https://"), http = SPAN("http://"), origin, fault;
	size_t n = 0;

	if (span_starts(typed, http))
		scheme = http;
	if (span_starts(typed, scheme))
		typed = span_of(typed.p + scheme.n, typed.n - scheme.n);
	while (n < typed.n && !memchr("/?#\\ ", typed.p[n], 5))
		n++;
	if (url_origin(in->r->arena,
		       arena_printf(in->r->arena, "%.*s%.*s", SPAN_ARG(scheme),
				    SPAN_ARG(span_of(typed.p, n))),
		       NULL, &origin, &fault) == OK)
		return origin;
	return SPAN_NONE;
}

static void check_url(struct input *in, size_t row, struct span *origin)
{
	struct view_url_row *u = &in->v.urls[row];
	struct span fault;

	check_key(in, row);
	*origin = SPAN_NONE;
	if (u->url.n == 0) {
		fail(in, &u->url_error,
		     u->required ? SPAN("This URL must be filled in.")
				 : SPAN("Write the URL, or remove this row."));
		return;
	}
	if (url_origin(in->r->arena, u->url, NULL, origin, &fault) != OK) {
		fail(in, &u->url_error, fault);
		*origin = guess_origin(in, u->url);
	}
}

/* A row that was left empty: the type's own optional key, or an added row without key and URL. */
static bool row_is_unused(const struct view_url_row *u)
{
	return u->url.n == 0 && !u->required && (u->key_fixed || u->key.n == 0);
}

static bool has_row(const struct input *in, struct span key)
{
	for (size_t k = 0; k < in->v.nurls; k++)
		if (span_eq(in->v.urls[k].key, key))
			return true;
	return false;
}

/* A form that lacks the type's own row (made by hand, or its row "removed") is told so. */
static void check_required_rows(struct input *in)
{
	for (size_t k = 0; k < in->type->nurls; k++)
		if (in->type->urls[k].required && !has_row(in, in->type->urls[k].key))
			fail(in, &in->v.urls_error,
			     arena_printf(in->r->arena, "The URL %.*s must be filled in.",
					  SPAN_ARG(in->type->urls[k].key)));
}

static void check_urls(struct input *in)
{
	struct arena *a = in->r->arena;
	struct span *origins = ARENA_ARRAY(a, struct span, in->v.nurls + 1);
	size_t n = 0;

	in->c.urls = ARENA_ARRAY(a, struct integration_url, in->v.nurls + 1);
	check_required_rows(in);
	for (size_t k = 0; k < in->v.nurls; k++) {
		struct view_url_row *u = &in->v.urls[k];
		struct span origin;
		if (row_is_unused(u))
			continue;
		check_url(in, k, &origin);
		if (origin.p)
			origins[n++] = origin;
		in->c.urls[in->c.nurls++] = (struct integration_url){u->key, u->url, origin};
	}
	if (in->c.nurls > INTEGRATION_URLS_MAX)
		fail(in, &in->v.urls_error, SPAN("An integration has at most 20 URLs."));
	in->wanted = origins_of(a, origins, n);
}

static void check_values(struct input *in)
{
	in->c.values = ARENA_ARRAY(in->r->arena, struct integration_value, in->v.nfields + 1);
	for (size_t k = 0; k < in->v.nfields; k++) {
		struct view_field *f = &in->v.fields[k];
		struct span fault;
		if (field_is_secret(f->field->kind))
			continue;
		fault = input_text_fault(in->r->arena, f->value, f->field->most,
					 f->field->kind == FIELD_LINES);
		if (f->field->required && span_trim(f->value).n == 0)
			fail(in, &f->error, arena_printf(in->r->arena, "%.*s must be filled in.",
							 SPAN_ARG(f->field->label)));
		else if (fault.p)
			fail(in, &f->error, fault);
		else if (input_left_behind(in, f->field->name))
			fail(in, &f->error, SPAN("The file could not be kept: choose it again."));
		if (f->value.n)
			in->c.values[in->c.nvalues++] =
				(struct integration_value){f->field->name, f->value};
	}
}

static bool pair_taken(const struct view_field *f, size_t row)
{
	for (size_t k = 0; k < row; k++)
		if (span_eq(f->pairs[k].key, f->pairs[row].key))
			return true;
	return false;
}

static void check_pair(struct input *in, struct view_field *f, size_t row, size_t *used)
{
	struct view_pair *p = &f->pairs[row];
	const struct input_slot *slot = NULL;
	struct span fault;

	for (size_t k = 0; k < in->nslots; k++)
		if (in->slots[k].view == &p->secret)
			slot = &in->slots[k];
	if (p->key.n == 0 && !(slot && (slot->typed.n || p->secret.kept.n)))
		return;
	(*used)++;
	fault = name_pair_key_fault(in->r->arena, p->key);
	if (p->key.n == 0)
		fail(in, &p->key_error, SPAN("Give this value a key, such as API_TOKEN."));
	else if (fault.p)
		fail(in, &p->key_error, fault);
	else if (pair_taken(f, row))
		fail(in, &p->key_error, SPAN("This key stands twice. Each value needs its own."));
}

static void check_pairs(struct input *in)
{
	for (size_t k = 0; k < in->v.nfields; k++) {
		struct view_field *f = &in->v.fields[k];
		size_t used = 0;
		if (f->field->kind != FIELD_PAIRS)
			continue;
		for (size_t row = 0; row < f->npairs; row++)
			check_pair(in, f, row, &used);
		if (f->field->required && used == 0)
			fail(in, &f->error, SPAN("Add at least one key and its value."));
		if (used > INTEGRATION_PAIRS_MAX)
			fail(in, &f->error, SPAN("An integration has at most 100 pairs."));
	}
}

static void check_projects(struct input *in)
{
	in->c.all_projects = in->v.all_projects;
	in->c.projects = in->v.projects;
	in->c.nprojects = in->v.nprojects;
	/* "All" makes the list meaningless; it is emptied, so that it cannot come back by surprise
	 */
	for (size_t k = 0; in->v.all_projects && k < in->c.nprojects; k++)
		in->c.projects[k].chosen = false;
}

/* What lists show as the integration's URL: the first, or the host of a URL that is itself secret.
 */
static struct span shown_url(struct input *in)
{
	if (in->c.nurls)
		return in->c.urls[0].url;
	return in->wanted.n ? origin_short(in->r->arena, in->wanted.list[0]) : SPAN("");
}

static void note(struct buf *out, struct span what)
{
	buf_puts(out, out->n ? ", " : "");
	buf_put(out, what);
}

static bool urls_changed(const struct input *in)
{
	if (in->old->nurls != in->c.nurls)
		return true;
	for (size_t k = 0; k < in->c.nurls; k++)
		if (!span_eq(in->old->urls[k].key, in->c.urls[k].key) ||
		    !span_eq(in->old->urls[k].url, in->c.urls[k].url))
			return true;
	return false;
}

static bool is_listed(const struct integration *i, int64_t project)
{
	for (size_t k = 0; k < i->nprojects; k++)
		if (i->projects[k].id == project)
			return true;
	return false;
}

static bool projects_changed(const struct input *in)
{
	if (in->old->all_projects != in->c.all_projects)
		return true;
	for (size_t k = 0; k < in->c.nprojects; k++)
		if (in->c.projects[k].chosen != is_listed(in->old, in->c.projects[k].id))
			return true;
	return false;
}

/* The names of what changed, for the audit trail; all of them for a new one. */
static void note_changes(struct input *in)
{
	struct buf out = BUF_INIT;
	const struct integration *old = in->old;

	if (!old || !span_eq(old->name, in->c.name))
		note(&out, SPAN("name"));
	if (!old || urls_changed(in))
		note(&out, SPAN("urls"));
	for (size_t k = 0; k < in->v.nfields; k++) {
		const struct view_field *f = &in->v.fields[k];
		if (!field_is_secret(f->field->kind) &&
		    !span_eq(old ? integration_value(old, f->field->name) : SPAN(""), f->value))
			note(&out, f->field->name);
	}
	for (size_t k = 0; k < in->nslots; k++)
		if (in->slots[k].fate == SECRET_TYPED || in->slots[k].fate == SECRET_KEPT ||
		    in->slots[k].fate == SECRET_REMOVED)
			note(&out, in->slots[k].name);
	if (!old || old->edit_roles != in->c.edit_roles)
		note(&out, SPAN("edit permissions"));
	if (!old || projects_changed(in))
		note(&out, SPAN("projects"));
	in->c.fields = arena_span(in->r->arena, buf_span(&out));
	buf_release(&out);
}

void input_check(struct input *in)
{
	in->c.id = in->v.id;
	in->c.version = in->v.version;
	/* Rights and secrets are judged by what we read: the transaction must find just that, also
	 * when the form names a version that another save is about to make. */
	in->c.stale = in->old && in->v.version != in->old->version;
	in->c.uid = in->uid;
	in->c.type = in->type->name;
	in->c.edit_roles = in->v.edit_roles;
	check_name(in);
	check_urls(in);
	check_values(in);
	check_pairs(in);
	input_check_secrets(in);
	check_projects(in);
	bound_form_check(in);
	in->c.url = shown_url(in);
	note_changes(in);
}

void input_forgive(struct input *in)
{
	in->failed = false;
	in->v.name_error = in->v.urls_error = in->v.projects_error = SPAN("");
	for (size_t k = 0; k < in->v.nurls; k++)
		in->v.urls[k].key_error = in->v.urls[k].url_error = SPAN("");
	for (size_t k = 0; k < in->v.nfields; k++) {
		struct view_field *f = &in->v.fields[k];
		f->error = f->secret.error = SPAN("");
		for (size_t row = 0; row < f->npairs; row++)
			f->pairs[row].key_error = f->pairs[row].secret.error = SPAN("");
	}
}
