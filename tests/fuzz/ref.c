/* ref.c: whatever the reader takes, libyaml takes; what it finds is in the file, in order, and no
 * row is there twice but for another spot; a scalar in the place of a spot renames; what it refuses
 * has a place and a reason. */
#include <stdlib.h>
#include <yaml.h>

#include "base/buf.h"
#include "ref/ref.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_yaml(struct span bytes)
{
	yaml_parser_t parser;
	yaml_event_t event;
	bool end = false, fine = true;

	ASSERT(yaml_parser_initialize(&parser));
	yaml_parser_set_input_string(&parser, (const unsigned char *)(bytes.n ? bytes.p : ""),
				     bytes.n);
	while (fine && !end) {
		fine = yaml_parser_parse(&parser, &event);
		if (!fine)
			break;
		end = event.type == YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	return fine;
}

static bool says(struct span s, const char *piece)
{
	return memmem(s.p, s.n, piece, strlen(piece)) != NULL;
}

static bool is_before(const struct ref *a, const struct ref *b)
{
	int c;

	if (a->line != b->line)
		return a->line < b->line;
	if (a->kind != b->kind)
		return a->kind < b->kind;
	c = span_cmp(a->consumer, b->consumer);
	if (c == 0)
		c = span_cmp(a->name, b->name);
	if (c != 0)
		return c < 0;
	if (a->column != b->column)
		return a->column < b->column;
	return a->spot.line != b->spot.line ? a->spot.line < b->spot.line : a->spot.at < b->spot.at;
}

/* The line as Git sees it; the whole of a line must be in the file. */
static struct span line_of(struct span bytes, int line)
{
	struct span rest = bytes, one = SPAN_NONE;

	for (int k = 0; k < line; k++)
		ASSERT(span_cut(&rest, '\n', &one));
	return one;
}

static void check_spot(const struct ref *ref, struct span bytes)
{
	const struct ref_spot *s = &ref->spot;
	struct span line, text;

	if (s->line == 0)
		return;
	line = line_of(bytes, s->line);
	ASSERT(s->bytes > 0 && (size_t)s->at + s->bytes <= line.n);
	text = span_of(line.p + s->at, s->bytes);
	if (text.p[0] == '"' || text.p[0] == '\'')
		ASSERT(text.n > 2 && text.p[text.n - 1] == text.p[0]);
	else if (text.p[0] != '*')
		ASSERT(span_eq(text, ref->name));
}

/* With another scalar there, the file names that. */
static void check_rename(struct arena *a, const struct ref_result *r, struct span bytes,
			 const struct ref_limits *limits, size_t which)
{
	const struct ref_spot *s = &r->at[which].spot;
	struct buf out = BUF_INIT;
	struct ref_result after;
	size_t from, past;
	bool found = false;

	if (s->line == 0)
		return;
	from = (size_t)(line_of(bytes, s->line).p - bytes.p) + s->at;
	past = from + s->bytes;
	buf_put(&out, span_of(bytes.p, from));
	buf_puts(&out, "\"z: #\"");
	buf_put(&out, span_of(bytes.p + past, bytes.n - past));
	if (out.n <= limits->bytes) {
		ASSERT(ref_read(a, buf_span(&out), NULL, limits, &after) == OK);
		for (size_t k = 0; k < after.n; k++)
			found = found || span_is(after.at[k].name, "z: #");
		ASSERT(found);
	}
	buf_release(&out);
}

static void check_found(const struct ref_result *r, struct span bytes)
{
	for (size_t k = 0; k < r->n; k++) {
		const struct ref *ref = &r->at[k];
		ASSERT(ref->line >= 1 && ref->column >= 1);
		/* a line takes a byte at least, but for the last */
		ASSERT((size_t)ref->line <= bytes.n + 1 && (size_t)ref->column <= bytes.n + 1);
		ASSERT(ref->name.n > 0 && span_is_utf8(ref->name) && span_is_utf8(ref->consumer));
		ASSERT(ref->kind != REF_CI || span_is(ref->consumer, "ci"));
		ASSERT(k == 0 || is_before(ref - 1, ref));
		ASSERT(span_is_utf8(ref->resource_type));
		check_spot(ref, bytes);
	}
}

static void check_fault(const struct ref_result *r, int rc, bool yaml)
{
	const struct ref_fault *f = &r->fault;

	ASSERT(rc == E_INVALID || rc == E_TOO_BIG);
	ASSERT(r->n == 0 && f->line >= 1 && f->column >= 1 && f->reason.n > 0);
	ASSERT(span_is_utf8(f->reason));
	/* an alias without anchor is not libyaml's business */
	ASSERT(rc == E_TOO_BIG || !yaml || says(f->reason, "its anchor is"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct ref_limits SMALL = {2000, 8, 20, 200};
	struct span bytes = span_of((const char *)data, size);
	const struct ref_limits *limits = size % 2 ? &SMALL : &REF_LIMITS;
	struct arena *a = arena_new();
	struct ref_templates *templates = NULL;
	struct ref_result alone, with;
	struct ref_fault fault;
	int rc = ref_read(a, bytes, NULL, limits, &alone);
	bool yaml = is_yaml(bytes);

	if (rc == OK) {
		ASSERT(yaml);
		check_found(&alone, bytes);
		if (alone.n)
			check_rename(a, &alone, bytes, limits, size % alone.n);
	} else {
		check_fault(&alone, rc, yaml);
	}
	/* a file whose own anchors come from a templates file says the same */
	if (ref_templates_read(a, bytes, limits, &templates, &fault) == OK) {
		int again = ref_read(a, bytes, templates, limits, &with);
		ASSERT(rc != OK || (again == OK && with.n == alone.n));
	} else {
		ASSERT(fault.line >= 1 && fault.reason.n > 0);
	}
	arena_free(a);
	return 0;
}
