/* parse.c: one type file; its layout is told at the top of read.c. */
#include "types/parse.h"

#include <ini.h>
#include <strings.h>

#include "base/file.h"
#include "base/log.h"
#include "core/name.h"
#include "core/url.h"
#include "base/banned.h"

enum {
	FILE_BYTES_MAX = 32768,
	LINE_BYTES_MAX = 4000,
	SECTION_BYTES_MAX = 48, /* the library cuts longer ones short without a word */
	LABEL_BYTES_MAX = 60,
	FIELDS_MAX = 32,
	URLS_MAX = 16,
	FIELD_BYTES_MAX = 65536,
	RESOURCES_MAX = 16,
};

enum section { IN_NOTHING, IN_TYPE, IN_URL, IN_FIELD };

enum key {
	NAME, LABEL, FAMILY, ICON, HELP, MORE_URLS, CI_FAMILY, CI_TYPE, RESOURCE, REQUIRED, EXAMPLE,
	PRESET, KIND, MOST, KEYS
};

#define IN(section) (1U << (section))

static const struct {
	const char *text;
	unsigned in, needed; /* sections that may hold it; those that must */
} KEY[KEYS] = {
	[NAME] = {"name", IN(IN_TYPE), IN(IN_TYPE)},
	[LABEL] = {"label", IN(IN_TYPE) | IN(IN_FIELD), IN(IN_TYPE) | IN(IN_FIELD)},
	[FAMILY] = {"family", IN(IN_TYPE), IN(IN_TYPE)},
	[ICON] = {"icon", IN(IN_TYPE), IN(IN_TYPE)},
	[HELP] = {"help", IN(IN_TYPE) | IN(IN_URL) | IN(IN_FIELD), IN(IN_TYPE)},
	[MORE_URLS] = {"more_urls", IN(IN_TYPE), 0},
	[CI_FAMILY] = {"ci_family", IN(IN_TYPE), 0},
	[CI_TYPE] = {"ci_type", IN(IN_TYPE), 0},
	[RESOURCE] = {"resource", IN(IN_TYPE), 0},
	[REQUIRED] = {"required", IN(IN_URL) | IN(IN_FIELD), 0},
	[EXAMPLE] = {"example", IN(IN_URL) | IN(IN_FIELD), 0},
	[PRESET] = {"preset", IN(IN_URL), 0},
	[KIND] = {"kind", IN(IN_FIELD), IN(IN_FIELD)},
	[MOST] = {"most", IN(IN_FIELD), 0},
};

static const struct {
	const char *text;
	size_t most; /* bytes, where the file says nothing */
} KINDS[] = {
	[FIELD_TEXT] = {"text", 255},
	[FIELD_LINES] = {"lines", 16384},
	[FIELD_SECRET] = {"secret", 1024},
	[FIELD_SECRET_LINES] = {"secret-lines", 32768},
	[FIELD_SECRET_URL] = {"secret-url", URL_BYTES_MAX},
	[FIELD_PAIRS] = {"pairs", 8192},
};

/* One file being read. The values of a section are collected and taken at its end. */
struct reader {
	struct arena *a;
	const char *path;
	struct type *t;
	size_t types;   /* [type] sections seen */
	size_t headers; /* lines that begin a section; `begun` of them held a key */
	size_t begun;
	enum section in;
	struct span section; /* "field password" */
	struct span subject; /* "password" */
	struct span value[KEYS];
};

#define FAULT(r, format, ...)                                                                      \
	(log_error("%s: [%.*s] " format, (r)->path, SPAN_ARG((r)->section), ##__VA_ARGS__),        \
	 E_INVALID)

static int read_bool(const struct reader *r, enum key k, bool *out)
{
	struct span v = r->value[k];

	*out = span_is(v, "yes");
	if (v.p && !*out && !span_is(v, "no"))
		return FAULT(r, "%s is neither yes nor no", KEY[k].text);
	return OK;
}

static int check_url(const struct reader *r, enum key k)
{
	struct span origin, fault;

	if (r->value[k].p && url_origin(r->a, r->value[k], NULL, &origin, &fault) != OK)
		return FAULT(r, "%s: %.*s", KEY[k].text, SPAN_ARG(fault));
	return OK;
}

static bool is_icon(struct span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789-", s.p[i]))
			return false;
	return s.n <= LABEL_BYTES_MAX;
}

/* Words that a page writes into lines of YAML without quotes. */
static int check_word(const struct reader *r, struct span word)
{
	if (word.p && name_pair_key_fault(r->a, word).p)
		return FAULT(r, "%.*s is no word of a workflow file", SPAN_ARG(word));
	return OK;
}

static int take_resources(struct reader *r)
{
	struct span rest = r->value[RESOURCE], word;
	struct type *t = r->t;

	t->resources = ARENA_ARRAY(r->a, struct span, RESOURCES_MAX);
	while (span_cut(&rest, ' ', &word)) {
		if (word.n == 0)
			continue;
		TRY(check_word(r, word));
		if (t->nresources == RESOURCES_MAX)
			return FAULT(r, "one resource too many: %d is the most", RESOURCES_MAX);
		t->resources[t->nresources++] = word;
	}
	return OK;
}

static int take_uses(struct reader *r)
{
	TRY(check_word(r, r->value[CI_FAMILY]));
	TRY(check_word(r, r->value[CI_TYPE]));
	if (r->value[CI_TYPE].p && !r->value[CI_FAMILY].p)
		return FAULT(r, "ci_type, but no ci_family");
	r->t->ci_family = r->value[CI_FAMILY];
	r->t->ci_type = r->value[CI_TYPE];
	return take_resources(r);
}

static int take_type(struct reader *r)
{
	struct type *t = r->t;
	const char *file = strrchr(r->path, '/') + 1;

	if (r->types++ > 0)
		return FAULT(r, "stands twice");
	t->name = r->value[NAME];
	t->label = r->value[LABEL];
	t->family = r->value[FAMILY];
	t->icon = r->value[ICON];
	t->help = r->value[HELP];
	if (!span_is(t->name, arena_str(r->a, span_of(file, strlen(file) - strlen(".ini")))))
		return FAULT(r, "name %.*s is not the file's", SPAN_ARG(t->name));
	if (name_pair_key_fault(r->a, t->name).p)
		return FAULT(r, "the name needs letters, digits and underscores only");
	if (t->label.n > LABEL_BYTES_MAX || t->family.n > LABEL_BYTES_MAX)
		return FAULT(r, "label or family is longer than %d bytes", LABEL_BYTES_MAX);
	if (!is_icon(t->icon))
		return FAULT(r, "the icon needs small letters, digits and hyphens only");
	TRY(take_uses(r));
	return read_bool(r, MORE_URLS, &t->more_urls);
}

/* Fields and URLs share their names; see above. */
static bool is_taken(const struct type *t, struct span name)
{
	for (size_t i = 0; i < t->nfields; i++)
		if (t->fields[i].name.n == name.n &&
		    strncasecmp(t->fields[i].name.p, name.p, name.n) == 0)
			return true;
	for (size_t i = 0; i < t->nurls; i++)
		if (t->urls[i].key.n == name.n &&
		    strncasecmp(t->urls[i].key.p, name.p, name.n) == 0)
			return true;
	return false;
}

static int take_url(struct reader *r)
{
	struct type *t = r->t;
	struct type_url u = {
		.key = r->subject,
		.help = r->value[HELP],
		.example = r->value[EXAMPLE],
		.preset = r->value[PRESET],
	};

	TRY(read_bool(r, REQUIRED, &u.required));
	TRY(check_url(r, EXAMPLE));
	TRY(check_url(r, PRESET));
	if (name_url_key_fault(r->a, u.key).p)
		return FAULT(r, "no key of a URL");
	if (is_taken(t, u.key))
		return FAULT(r, "the name is taken");
	if (t->nurls == URLS_MAX)
		return FAULT(r, "one URL too many: %d is the most", URLS_MAX);
	t->urls[t->nurls++] = u;
	return OK;
}

static int read_kind(const struct reader *r, enum field_kind *out)
{
	for (size_t i = 0; i < COUNT(KINDS); i++) {
		if (span_is(r->value[KIND], KINDS[i].text)) {
			*out = (enum field_kind)i;
			return OK;
		}
	}
	return FAULT(r, "there is no kind %.*s", SPAN_ARG(r->value[KIND]));
}

static int read_most(const struct reader *r, enum field_kind kind, size_t *out)
{
	int64_t v = (int64_t)KINDS[kind].most;
	int64_t limit = kind == FIELD_SECRET_URL ? URL_BYTES_MAX : FIELD_BYTES_MAX;

	if (r->value[MOST].p && (span_i64(r->value[MOST], &v) != OK || v < 1 || v > limit))
		return FAULT(r, "most is no number from 1 to %d", (int)limit);
	*out = (size_t)v;
	return OK;
}

static int take_field(struct reader *r)
{
	struct type *t = r->t;
	struct type_field f = {
		.name = r->subject,
		.label = r->value[LABEL],
		.help = r->value[HELP],
		.example = r->value[EXAMPLE],
	};

	TRY(read_kind(r, &f.kind));
	TRY(read_bool(r, REQUIRED, &f.required));
	TRY(read_most(r, f.kind, &f.most));
	if (f.kind == FIELD_SECRET_URL)
		TRY(check_url(r, EXAMPLE));
	if (name_pair_key_fault(r->a, f.name).p)
		return FAULT(r, "a field's name needs letters, digits and underscores only");
	if (is_taken(t, f.name))
		return FAULT(r, "the name is taken");
	if (f.label.n > LABEL_BYTES_MAX)
		return FAULT(r, "the label is longer than %d bytes", LABEL_BYTES_MAX);
	if (t->nfields == FIELDS_MAX)
		return FAULT(r, "one field too many: %d is the most", FIELDS_MAX);
	t->fields[t->nfields++] = f;
	return OK;
}

static int section_end(struct reader *r)
{
	for (size_t k = 0; k < KEYS; k++)
		if ((KEY[k].needed & IN(r->in)) && !r->value[k].p)
			return FAULT(r, "%s is missing", KEY[k].text);
	switch (r->in) {
	case IN_NOTHING:
		return OK;
	case IN_TYPE:
		return take_type(r);
	case IN_URL:
		return take_url(r);
	case IN_FIELD:
		return take_field(r);
	}
	return E_BUG;
}

static int section_begin(struct reader *r, const char *section)
{
	static const struct {
		const char *word;
		enum section in;
	} WORDS[] = {{"type", IN_TYPE}, {"url", IN_URL}, {"field", IN_FIELD}};
	struct span rest, word;

	r->section = arena_span(r->a, span_str(section));
	r->subject = SPAN_NONE;
	r->in = IN_NOTHING;
	r->begun++;
	memset(r->value, 0, sizeof(r->value));
	rest = r->section;
	if (r->section.n > SECTION_BYTES_MAX)
		return FAULT(r, "longer than %d bytes", SECTION_BYTES_MAX);
	(void)span_cut(&rest, ' ', &word);
	for (size_t i = 0; i < COUNT(WORDS); i++)
		if (span_is(word, WORDS[i].word))
			r->in = WORDS[i].in;
	if (r->in == IN_NOTHING || (r->in == IN_TYPE) != (rest.p == NULL))
		return FAULT(r, "no [type], [url KEY] or [field NAME]");
	r->subject = rest;
	return OK;
}

static int take_line(struct reader *r, const char *section, const char *key, const char *value)
{
	if (!span_is(r->section, section)) {
		TRY(section_end(r));
		TRY(section_begin(r, section));
	}
	for (size_t k = 0; k < KEYS; k++) {
		if (strcmp(key, KEY[k].text) != 0 || !(KEY[k].in & IN(r->in)))
			continue;
		if (r->value[k].p)
			return FAULT(r, "%s stands twice", key);
		if (!*value)
			return FAULT(r, "%s is empty", key);
		r->value[k] = arena_span(r->a, span_str(value));
		return OK;
	}
	return FAULT(r, "there is no key %s", key);
}

/* The library's callback: nonzero = go on. */
static int on_line(void *user, const char *section, const char *key, const char *value)
{
	return take_line(user, section, key, value) == OK;
}

/* The library's limits are process-wide: set for this call, then as they were. Its defaults cut
 * lines at 200 bytes, and values at " ;". */
static int parse(struct reader *r, const char *text)
{
	int initial = ini_initial_alloc, line = ini_max_line, rc;
	bool stack = ini_use_stack, grow = ini_allow_realloc, many = ini_allow_multiline;
	bool inline_comments = ini_allow_inline_comments, stop = ini_stop_on_first_error;

	ini_initial_alloc = ini_max_line = LINE_BYTES_MAX + 100;
	ini_use_stack = ini_allow_multiline = ini_allow_inline_comments = false;
	ini_allow_realloc = ini_stop_on_first_error = true;
	rc = ini_parse_string(text, on_line, r);
	ini_initial_alloc = initial;
	ini_max_line = line;
	ini_use_stack = stack;
	ini_allow_realloc = grow;
	ini_allow_multiline = many;
	ini_allow_inline_comments = inline_comments;
	ini_stop_on_first_error = stop;
	if (rc != 0)
		log_error("%s: line %d is wrong", r->path, rc);
	return rc == 0 ? OK : E_INVALID;
}

/* What the library would pass over in silence: long lines, odd bytes, text behind a header, and
 * headers without keys (their count is compared at the end). */
static int check_lines(struct reader *r, struct span text)
{
	struct span line;

	if (!span_is_utf8(text))
		return FAULT(r, "no UTF-8");
	while (span_cut(&text, '\n', &line)) {
		if (line.n > LINE_BYTES_MAX)
			return FAULT(r, "a line is longer than %d bytes", LINE_BYTES_MAX);
		for (size_t i = 0; i < line.n; i++)
			if (((unsigned char)line.p[i] < 0x20 && line.p[i] != '\t') ||
			    line.p[i] == 0x7F)
				return FAULT(r, "a control character");
		line = span_trim(line);
		if (line.n == 0 || line.p[0] != '[')
			continue;
		r->headers++;
		if (memchr(line.p, ']', line.n) != line.p + line.n - 1)
			return FAULT(r, "text behind a section's header, or no end of it");
	}
	return OK;
}

static int check_whole(struct reader *r)
{
	r->section = SPAN("whole file");
	if (r->headers != r->begun)
		return FAULT(r, "a section is empty or stands twice");
	if (r->types != 1)
		return FAULT(r, "no [type]");
	if (r->t->nfields + r->t->nurls == 0)
		return FAULT(r, "neither a field nor a URL");
	if (r->t->more_urls && r->t->nurls == 0)
		return FAULT(r, "more_urls, but no [url KEY] to begin with");
	return OK;
}

int type_parse(struct arena *a, struct arena *scratch, const char *path, struct type *t)
{
	struct reader r = {.a = a, .path = path, .t = t};
	struct span text;
	int rc = file_read(scratch, path, FILE_BYTES_MAX, &text);

	if (rc != OK) {
		log_error("%s: %s", path, err_text(rc));
		return E_INVALID;
	}
	t->fields = ARENA_ARRAY(a, struct type_field, FIELDS_MAX);
	t->urls = ARENA_ARRAY(a, struct type_url, URLS_MAX);
	TRY(check_lines(&r, text));
	TRY(parse(&r, text.p));
	TRY(section_end(&r));
	return check_whole(&r);
}
