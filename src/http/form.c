/* form.c: reads a body against the declaration of its form. */
#include "http/form.h"

#include <stdarg.h>
#include <stdio.h>

#include "http/multipart.h"
#include "http/pct.h"
#include "base/banned.h"

/* Every form may carry it, so that no declaration has to remember; csrf.c judges it. */
static const struct form_field CSRF = {"csrf", FORM_TEXT, false, 200, "The form's token"};

struct form *form_new(struct arena *a, const struct form_def *def)
{
	struct form *f = ARENA_NEW(a, struct form);

	f->arena = a;
	f->def = def;
	f->last_error = &f->errors;
	return f;
}

void form_fail(struct form *f, struct span name, const char *format, ...)
{
	struct form_error *e = ARENA_NEW(f->arena, struct form_error);
	va_list ap, again;
	char *text;
	int n;

	va_start(ap, format);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, format, ap);
	va_end(ap);
	ASSERT(n >= 0);
	text = arena_alloc(f->arena, (size_t)n + 1);
	vsnprintf(text, (size_t)n + 1, format, again);
	va_end(again);
	e->name = arena_span(f->arena, name);
	e->message = span_of(text, (size_t)n);
	*f->last_error = e;
	f->last_error = &e->next;
}

struct span form_message(const struct form *f, struct span name)
{
	for (const struct form_error *e = f->errors; e; e = e->next)
		if (span_eq(e->name, name))
			return e->message;
	return SPAN_NONE;
}

/* "value.*" declares a prefix. */
static bool is_prefix(struct span declared)
{
	return declared.n && declared.p[declared.n - 1] == '*';
}

/* The declaration that fits best: the whole name before a prefix, a longer prefix before a shorter
 * one. NULL: not declared. */
const struct form_field *form_field_of(const struct form_def *def, struct span name)
{
	const struct form_field *best = NULL;
	size_t best_n = 0;

	for (size_t i = 0; i < def->nfields; i++) {
		struct span declared = span_str(def->fields[i].name);

		if (!is_prefix(declared)) {
			if (span_eq(declared, name))
				return &def->fields[i];
		} else if (declared.n > best_n &&
			   span_starts(name, span_of(declared.p, declared.n - 1))) {
			best = &def->fields[i];
			best_n = declared.n;
		}
	}
	if (!best && span_is(name, CSRF.name))
		return &CSRF;
	return best;
}

static struct form_value *find_value(const struct form *f, struct span name)
{
	for (size_t i = 0; i < f->nvalues; i++)
		if (span_eq(f->values[i].name, name))
			return &f->values[i];
	return NULL;
}

/* CRLF, as browsers send it, and a lone CR become LF; in place. */
static size_t lines_normalise(char *p, size_t n)
{
	size_t out = 0;

	for (size_t i = 0; i < n; i++) {
		if (p[i] == '\r') {
			if (i + 1 < n && p[i + 1] == '\n')
				continue;
			p[i] = '\n';
		}
		p[out++] = p[i];
	}
	return out;
}

static bool is_too_long(const struct form_field *field, size_t n)
{
	return n > field->most && field->kind != FORM_FLAG && field->kind != FORM_ID;
}

/* What is wrong with one value stands beside it; the value is kept as typed. */
static void check_value(struct form *f, const struct form_value *v, size_t n)
{
	const struct form_field *field = v->field;
	bool one_line = field->kind == FORM_TEXT || field->kind == FORM_LIST;
	unsigned code;
	size_t at;
	int64_t id = 0;

	if (field == &CSRF)
		return;
	if (field->kind == FORM_FILE && n > field->most)
		form_fail(f, v->name,
			  "The file is too large: at most %zu bytes, this one has %zu. Choose "
			  "another.",
			  field->most, n);
	else if (is_too_long(field, n))
		form_fail(f, v->name, "%s is too long: at most %zu bytes, this is %zu",
			  field->label, field->most, n);
	else if (one_line && span_has_control(v->value, false, &code, &at))
		form_fail(f, v->name,
			  "%s must be one line without control characters: take out U+%04X "
			  "(character %zu)",
			  field->label, code, at);
	else if (field->kind == FORM_ID && n && (span_i64(v->value, &id) != OK || id < 1))
		form_fail(f, v->name, "%s must be a whole number of at least 1", field->label);
	else if (n == 0 && field->required && is_prefix(span_str(field->name)))
		form_fail(f, v->name, "%s must be filled in", field->label);
}

static bool is_hidden(const struct form_field *field)
{
	return field->kind == FORM_SECRET || field->kind == FORM_FILE || field->kind == FORM_RAW;
}

static struct form_value *add_value(struct form *f, const struct form_field *field,
				    struct span name, char *p, size_t n)
{
	struct form_value *v;

	bool several = field && (field->kind == FORM_LIST || field->kind == FORM_ANY ||
				 field->kind == FORM_FILES);

	if (!field || (!several && find_value(f, name)))
		return NULL;
	if (field->kind == FORM_LINES)
		n = lines_normalise(p, n);
	v = &f->values[f->nvalues++];
	*v = (struct form_value){.name = name, .value = span_of(p, n), .field = field};
	if (is_hidden(field)) {
		v->value = SPAN_NONE;
		v->secret = p;
		v->nsecret = n;
	}
	check_value(f, v, n);
	return v;
}

struct form *form_begin(struct arena *a, const struct form_def *def, size_t room)
{
	struct form *f = form_new(a, def);

	f->values = ARENA_ARRAY(a, struct form_value, room + 1);
	f->room = room;
	return f;
}

struct form_value *form_put(struct form *f, struct span name, char *p, size_t n)
{
	ASSERT(f->nvalues < f->room);
	return add_value(f, form_field_of(f->def, name), name, p, n);
}

static int decode_text(char *p, size_t *n)
{
	TRY(pct_decode(p, n, true));
	return span_is_utf8(span_of(p, *n)) ? OK : E_INVALID;
}

static int add_pair(struct form *f, char *p, size_t n)
{
	const struct form_field *field;
	char *mark = memchr(p, '=', n), *value = mark ? mark + 1 : p + n;
	size_t nname = mark ? (size_t)(mark - p) : n;
	size_t nvalue = mark ? n - nname - 1 : 0;

	TRY(decode_text(p, &nname));
	TRY(decode_text(value, &nvalue));
	field = form_field_of(f->def, span_of(p, nname));
	if (field && field->kind != FORM_FILE && field->kind != FORM_FILES)
		add_value(f, field, span_of(p, nname), value, nvalue);
	else
		wipe(value, nvalue); /* it may be a password that was meant for another page */
	return OK;
}

/* One of several files, by its own name; one that is empty is one, too. */
static void add_file(struct form *f, const struct form_field *field,
		     const struct multipart_part *part)
{
	struct form_value *v = &f->values[f->nvalues++];

	*v = (struct form_value){.name = part->name,
				 .value = part->filename,
				 .field = field,
				 .secret = part->p,
				 .nsecret = part->n};
	if (part->n > field->most)
		form_fail(f, v->name, "%.*s is too large: at most %zu bytes, this one has %zu.",
			  SPAN_ARG(v->value), field->most, part->n);
}

/* A file input in which nothing was chosen sends a file without a name or a byte. */
static int add_part(struct form *f, const struct multipart_part *part)
{
	const struct form_field *field = form_field_of(f->def, part->name);
	bool several = field && field->kind == FORM_FILES;
	bool file = field && field->kind == FORM_FILE;

	if (part->is_file && field && !file && !several)
		return E_INVALID;
	if (several) {
		if (part->is_file && (part->filename.n || part->n))
			add_file(f, field, part);
		return OK;
	}
	if (!part->is_file &&
	    (memchr(part->p, '\0', part->n) || !span_is_utf8(span_of(part->p, part->n))))
		return E_INVALID;
	if (field && part->is_file == file && (!file || part->n))
		add_value(f, field, part->name, part->p, part->n);
	return OK;
}

/* Present and not empty. Of a list one such value is enough. */
static bool is_filled(const struct form *f, const struct form_field *field)
{
	for (size_t i = 0; i < f->nvalues; i++) {
		const struct form_value *v = &f->values[i];

		if (v->field == field && (v->value.n || v->nsecret || field->kind == FORM_FLAG))
			return true;
	}
	return false;
}

void form_finish(struct form *f)
{
	for (size_t i = 0; i < f->def->nfields; i++) {
		const struct form_field *field = &f->def->fields[i];
		size_t at = 0;
		struct form_value *v;

		if (!field->required || is_filled(f, field))
			continue;
		/* an empty one of a prefix has its message already, under its whole name */
		if (is_prefix(span_str(field->name)) && form_next(f, field->name, &at, &v))
			continue;
		form_fail(f, span_str(field->name), "%s must be %s", field->label,
			  field->kind == FORM_FLAG ? "ticked" : "filled in");
	}
}

static bool is_confirm(struct span piece)
{
	return span_starts(piece, SPAN(FORM_CONFIRM_TO "=")) ||
	       span_starts(piece, SPAN(FORM_CONFIRM_PASSWORD "="));
}

/* Each of them comes once, so more of the same is counted like anything else. */
size_t form_confirm_bytes(struct span body)
{
	struct span piece;
	size_t bytes = 0, n = 0;

	while (span_cut(&body, '&', &piece))
		if (is_confirm(piece) && n++ < 2)
			bytes += piece.n + 1;
	return bytes;
}

static size_t count_pairs(struct span body)
{
	struct span piece;
	size_t n = 0, confirm = 0;

	while (span_cut(&body, '&', &piece)) {
		n += piece.n > 0;
		confirm += is_confirm(piece);
	}
	return n - (confirm < 2 ? confirm : 2);
}

int form_parse(struct arena *a, const struct form_def *def, char *body, size_t n, struct form **out)
{
	struct span rest = span_of(body, n), piece;
	struct form *f = form_new(a, def);
	size_t pairs = count_pairs(rest);

	if (pairs > def->pairs_most)
		return E_TOO_BIG;
	f->values = ARENA_ARRAY(a, struct form_value, pairs + 2);
	while (span_cut(&rest, '&', &piece))
		if (piece.n)
			TRY(add_pair(f, body + (piece.p - body), piece.n));
	form_finish(f);
	*out = f;
	return OK;
}

int form_parse_multipart(struct arena *a, const struct form_def *def, struct span content_type,
			 char *body, size_t n, struct form **out)
{
	struct form *f = form_new(a, def);
	struct multipart_part part;
	struct multipart m;
	bool more;

	TRY(multipart_open(&m, a, content_type, body, n));
	if (multipart_count(&m) > def->pairs_most)
		return E_TOO_BIG;
	f->values = ARENA_ARRAY(a, struct form_value, multipart_count(&m) + 1);
	for (;;) {
		TRY(multipart_next(&m, &part, &more));
		if (!more)
			break;
		TRY(add_part(f, &part));
	}
	form_finish(f);
	*out = f;
	return OK;
}

bool form_has_kind(const struct form_def *def, enum form_kind kind)
{
	for (size_t i = 0; i < def->nfields; i++)
		if (def->fields[i].kind == kind)
			return true;
	return false;
}

bool form_takes_files(const struct form_def *def)
{
	return form_has_kind(def, FORM_FILE) || form_has_kind(def, FORM_FILES);
}

struct span form_bytes(const struct form_value *v)
{
	ASSERT(v->field->kind == FORM_FILES || v->field->kind == FORM_RAW);
	return span_of(v->secret, v->nsecret);
}

struct span form_text(const struct form *f, const char *name)
{
	const struct form_value *v = find_value(f, span_str(name));

	return v && !is_hidden(v->field) ? v->value : SPAN_NONE;
}

bool form_flag(const struct form *f, const char *name)
{
	return find_value(f, span_str(name)) != NULL;
}

int64_t form_id(const struct form *f, const char *name)
{
	int64_t id;

	return span_i64(form_text(f, name), &id) == OK && id >= 1 ? id : 0;
}

bool form_next(const struct form *f, const char *declared, size_t *at, struct form_value **out)
{
	struct span wanted = span_str(declared);

	while (*at < f->nvalues) {
		struct form_value *v = &f->values[(*at)++];

		if (span_eq(span_str(v->field->name), wanted)) {
			*out = v;
			return true;
		}
	}
	return false;
}

bool form_secret_take(struct form *f, struct span name, char **out, size_t *n)
{
	struct form_value *v = find_value(f, name);

	if (!v || !is_hidden(v->field) || v->nsecret == 0)
		return false;
	*out = v->secret;
	*n = v->nsecret;
	v->secret = NULL;
	v->nsecret = 0;
	return true;
}
