/* json_form.c: walks a JSON body along the paths of its form's map. */
#include "http/json_form.h"

#include <jansson.h>
#include <malloc.h>
#include <stdlib.h>

#include "base/banned.h"

/* Deeper than any map; errors past a score help nobody; a name is repeated in an error. */
enum { DEPTH_MOST = 8, ERRORS_MOST = 20, NAME_SHOWN = 80, EXTRA_ROOM = 2 };

/* One step from the root down: a member, or a row of a list. */
struct step {
	bool is_row;
	struct span name;
	size_t row;
};

struct reader {
	struct form *form;
	struct arena *arena;
	struct json_map map;
	struct step steps[DEPTH_MOST + 1];
	size_t depth;
	size_t nerrors;
	bool full;
};

static void wiping_free(void *p)
{
	if (p)
		wipe(p, malloc_usable_size(p));
	free(p);
}

void form_json_setup(void)
{
	json_set_alloc_funcs(malloc, wiping_free);
	json_object_seed(0);
}

/* Before the library sees it: how deep it is, and how many values there can be at most. */
static void measure(struct span body, size_t *depth, size_t *values)
{
	size_t now = 0;
	bool text = false;

	*depth = *values = 0;
	for (size_t i = 0; i < body.n; i++) {
		char c = body.p[i];

		if (text && c == '\\')
			i++;
		else if (c == '"')
			text = !text;
		else if (!text && (c == '{' || c == '[')) {
			(*values)++;
			if (++now > *depth)
				*depth = now;
		} else if (!text && (c == '}' || c == ']'))
			now -= now > 0;
		else if (!text && c == ',')
			(*values)++;
	}
}

static const char *fault_of(struct arena *a, const json_error_t *e)
{
	const char *what = "The body is not JSON";

	switch ((int)json_error_code(e)) {
	case json_error_null_character:
		what = "A string of the body has U+0000 in it";
		break;
	case json_error_duplicate_key:
		what = "A member stands twice in the body";
		break;
	case json_error_numeric_overflow:
		what = "A number of the body is too large";
		break;
	case json_error_invalid_utf8:
		what = "The body is not UTF-8";
		break;
	default:
		break;
	}
	return arena_printf(a, "%s (line %d, column %d).", what, e->line, e->column).p;
}

/* "urls[0].key": where the reader stands. */
static struct span path_text(const struct reader *rd)
{
	struct span text = SPAN("");

	for (size_t i = 0; i < rd->depth; i++) {
		const struct step *s = &rd->steps[i];

		if (s->is_row)
			text = arena_printf(rd->arena, "%.*s[%zu]", SPAN_ARG(text), s->row);
		else
			text = arena_printf(
				rd->arena, "%.*s%s%.*s", SPAN_ARG(text), i ? "." : "",
				SPAN_ARG(s->name.n > NAME_SHOWN ? SPAN("(a long name)") : s->name));
	}
	return text;
}

static void fail(struct reader *rd, const char *message)
{
	if (rd->nerrors++ < ERRORS_MOST)
		form_fail(rd->form, path_text(rd), "%s", message);
}

/* What a map's path says about a place: nothing, a value, or more below it. */
enum fit { FIT_NONE, FIT_OBJECT, FIT_LIST, FIT_VALUE };

/* *rest: what of the path lies below the place. */
static enum fit fit(const struct reader *rd, const char *path, const char **rest)
{
	for (size_t i = 0; i < rd->depth; i++) {
		const struct step *s = &rd->steps[i];
		size_t n;

		if (s->is_row) {
			if (path[0] != '[')
				return FIT_NONE;
			path += 2;
			continue;
		}
		if (i && *path++ != '.')
			return FIT_NONE;
		n = strcspn(path, ".[");
		if (!(n == 1 && path[0] == '*') && !span_eq(span_of(path, n), s->name))
			return FIT_NONE;
		path += n;
	}
	*rest = path;
	if (path[0] == '\0')
		return FIT_VALUE;
	return path[0] == '[' ? FIT_LIST : FIT_OBJECT;
}

static bool is_ignored(const struct reader *rd)
{
	struct span rest = span_str(rd->map.ignored), word;

	while (rd->depth == 1 && rest.n && span_cut(&rest, ' ', &word))
		if (span_eq(word, rd->steps[0].name))
			return true;
	return false;
}

static enum fit find(const struct reader *rd, const struct form_member **out)
{
	static const struct form_member DROPPED = {"", NULL, NULL};
	const char *rest;

	for (size_t i = 0; i < rd->map.n; i++) {
		enum fit f = fit(rd, rd->map.list[i].path, &rest);

		if (f != FIT_NONE) {
			*out = &rd->map.list[i];
			return f;
		}
	}
	*out = &DROPPED;
	return is_ignored(rd) ? FIT_VALUE : FIT_NONE;
}

/* "pair_key.*.#" at pairs.envs[3].key: "pair_key.envs.3". */
static struct span field_name(const struct reader *rd, const struct form_member *m,
			      const char *pattern)
{
	struct span text = SPAN(""), name = SPAN("");
	size_t row = 0, n = 0;
	const char *path = m->path;

	for (size_t i = 0; i < rd->depth; i++) {
		if (rd->steps[i].is_row) {
			row = rd->steps[i].row;
			path += 2;
			continue;
		}
		path += i > 0;
		n = strcspn(path, ".[");
		if (n == 1 && path[0] == '*')
			name = rd->steps[i].name;
		path += n;
	}
	for (; *pattern; pattern++)
		if (*pattern == '*')
			text = arena_printf(rd->arena, "%.*s%.*s", SPAN_ARG(text), SPAN_ARG(name));
		else if (*pattern == '#')
			text = arena_printf(rd->arena, "%.*s%zu", SPAN_ARG(text), row);
		else
			text = arena_printf(rd->arena, "%.*s%c", SPAN_ARG(text), *pattern);
	return text;
}

static void put(struct reader *rd, struct span field, struct span value)
{
	struct form_value *v;

	if (rd->form->nvalues >= rd->form->def->pairs_most) {
		rd->full = true;
		return;
	}
	v = form_put(rd->form, field, arena_str(rd->arena, value), value.n);
	if (v)
		v->member = path_text(rd);
}

static const char *wrong_kind(enum form_kind kind)
{
	switch (kind) {
	case FORM_FLAG:
		return "This must be true or false.";
	case FORM_ID:
		return "This must be a whole number of at least 1.";
	case FORM_LIST:
		return "This must be a string or a whole number.";
	case FORM_TEXT:
	case FORM_LINES:
	case FORM_ANY:
	case FORM_SECRET:
	case FORM_FILE:
	case FORM_FILES:
	case FORM_RAW:
		break;
	}
	return "This must be a string.";
}

static void put_value(struct reader *rd, const struct form_member *m, const json_t *at)
{
	struct span field = field_name(rd, m, m->field);
	const struct form_field *decl = form_field_of(rd->form->def, field);
	enum form_kind kind = decl ? decl->kind : FORM_TEXT;
	bool number = kind == FORM_ID || kind == FORM_LIST;

	if (kind == FORM_FLAG && json_is_boolean(at)) {
		if (json_is_true(at))
			put(rd, field, SPAN("1"));
	} else if (number && json_is_integer(at)) {
		put(rd, field, arena_printf(rd->arena, "%lld", (long long)json_integer_value(at)));
	} else if (kind != FORM_FLAG && kind != FORM_ID && json_is_string(at)) {
		put(rd, field, span_of(json_string_value(at), json_string_length(at)));
	} else {
		fail(rd, wrong_kind(kind));
	}
}

static void put_null(struct reader *rd, enum fit f, const struct form_member *m)
{
	if (f == FIT_VALUE && m->when_null)
		put(rd, field_name(rd, m, m->when_null), SPAN("1"));
}

/* A row that lacks a member of a text list: the list must not fall out of step with its sister. */
static void fill_row(struct reader *rd, const json_t *row)
{
	const char *rest;

	for (size_t i = 0; i < rd->map.n; i++) {
		const struct form_member *m = &rd->map.list[i];
		const struct form_field *decl;

		if (!m->field || fit(rd, m->path, &rest) != FIT_OBJECT || strpbrk(rest + 1, ".["))
			continue;
		decl = form_field_of(rd->form->def, span_str(m->field));
		if (decl && decl->kind == FORM_LIST &&
		    (!json_object_get(row, rest + 1) ||
		     json_is_null(json_object_get(row, rest + 1))))
			put(rd, span_str(m->field), SPAN(""));
	}
}

static void walk(struct reader *rd, json_t *at);

static void walk_object(struct reader *rd, json_t *at)
{
	bool is_row = rd->depth && rd->steps[rd->depth - 1].is_row;
	const char *name;
	json_t *member;

	json_object_foreach(at, name, member)
	{
		rd->steps[rd->depth++] = (struct step){.name = span_str(name)};
		walk(rd, member);
		rd->depth--;
	}
	if (is_row)
		fill_row(rd, at);
}

static void walk_list(struct reader *rd, json_t *at)
{
	json_t *row;
	size_t i;

	json_array_foreach(at, i, row)
	{
		rd->steps[rd->depth++] = (struct step){.is_row = true, .row = i};
		walk(rd, row);
		rd->depth--;
	}
}

static void walk(struct reader *rd, json_t *at)
{
	const struct form_member *m = NULL;
	enum fit f = find(rd, &m);

	if (f == FIT_NONE) {
		fail(rd, "There is no member of this name here. Leave it out, or look up how it "
			 "is spelled.");
		return;
	}
	if (f == FIT_VALUE && !m->field)
		return;
	if (json_is_null(at))
		put_null(rd, f, m);
	else if (f == FIT_OBJECT && json_is_object(at))
		walk_object(rd, at);
	else if (f == FIT_LIST && json_is_array(at))
		walk_list(rd, at);
	else if (f == FIT_VALUE)
		put_value(rd, m, at);
	else
		fail(rd, f == FIT_LIST ? "This must be a list." : "This must be an object.");
}

/* Members by the fields' own names. The version travels in If-Match; a file is a secret of its
 * own, typed as text. */
static struct json_map plain_map(struct arena *a, const struct form_def *def)
{
	struct form_member *list = ARENA_ARRAY(a, struct form_member, def->nfields + 1);
	struct json_map map = {def, list, 0, NULL};

	for (size_t i = 0; i < def->nfields; i++) {
		const struct form_field *field = &def->fields[i];
		struct form_member *m = &list[map.n];

		if (span_is(span_str(field->name), "csrf") || field->kind == FORM_FILE ||
		    field->kind == FORM_FILES || field->kind == FORM_RAW)
			continue;
		*m = (struct form_member){field->name, field->name, NULL};
		if (field->kind == FORM_LIST)
			m->path = arena_printf(a, "%s[]", field->name).p;
		if (span_is(span_str(field->name), "version"))
			m->field = NULL;
		map.n++;
	}
	return map;
}

struct json_map form_json_map(struct arena *a, const struct form_def *def,
			      const struct json_map *map)
{
	struct json_map all = map && map->list ? *map : plain_map(a, def);

	all.ignored = map ? map->ignored : NULL;
	return all;
}

static int load(struct arena *a, struct span body, json_t **out, const char **fault)
{
	json_error_t e;

	*out = json_loadb(body.n ? body.p : "{}", body.n ? body.n : 2, JSON_REJECT_DUPLICATES, &e);
	if (!*out)
		*fault = fault_of(a, &e);
	else if (!json_is_object(*out))
		*fault = "The body must be a JSON object.";
	if (!*fault)
		return OK;
	json_decref(*out);
	return E_INVALID;
}

int form_json_parse(struct arena *a, const struct form_def *def, const struct json_map *map,
		    char *body, size_t n, struct form **out, bool *sound, const char **fault)
{
	struct json_map *kept = ARENA_NEW(a, struct json_map);
	size_t depth, values;
	struct reader rd;
	json_t *root;

	*fault = NULL;
	*kept = form_json_map(a, def, map);
	measure(span_of(body, n), &depth, &values);
	if (depth > DEPTH_MOST) {
		*fault = "The body is nested too deeply.";
		return E_INVALID;
	}
	/* each row may get what it lacks */
	values = 4 * values + 4;
	if (values > def->pairs_most)
		values = def->pairs_most;
	TRY(load(a, span_of(body, n), &root, fault));
	wipe(body, n);
	rd = (struct reader){
		.form = form_begin(a, def, values + EXTRA_ROOM), .arena = a, .map = *kept};
	rd.form->map = kept;
	walk_object(&rd, root);
	json_decref(root);
	*sound = rd.nerrors == 0;
	if (*sound)
		form_finish(rd.form);
	*out = rd.form;
	return rd.full ? E_TOO_BIG : OK;
}

/* Does the field's name fit the map's pattern, and what would its path be? Patterns with a row are
 * of no use here: nobody knows which. */
static struct span path_of(const struct form *f, const struct form_member *m, struct span field)
{
	const char *star = m->field ? strchr(m->field, '*') : NULL;
	const char *at = strchr(m->path, '*'), *list = strchr(m->path, '[');
	struct span name;

	if (!m->field)
		return SPAN_NONE;
	if (!star && span_is(field, m->field))
		return list ? span_of(m->path, (size_t)(list - m->path)) : span_str(m->path);
	if (!star || !at || strchr(m->field, '#') ||
	    !span_starts(field, span_of(m->field, (size_t)(star - m->field))))
		return SPAN_NONE;
	name = span_of(field.p + (star - m->field), field.n - (size_t)(star - m->field));
	return arena_printf(f->arena, "%.*s%.*s%s", (int)(at - m->path), m->path, SPAN_ARG(name),
			    at + 1);
}

struct span form_json_member(const struct form *f, struct span field)
{
	for (size_t i = 0; i < f->nvalues; i++)
		if (f->values[i].member.n && span_eq(f->values[i].name, field) &&
		    f->values[i].field->kind != FORM_LIST)
			return f->values[i].member;
	for (size_t i = 0; f->map && i < f->map->n; i++) {
		struct span path = path_of(f, &f->map->list[i], field);

		if (path.n)
			return path;
	}
	return field;
}
