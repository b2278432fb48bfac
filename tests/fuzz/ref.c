/* ref.c: whatever the reader takes, libyaml takes; what it finds is in the file, in order, and no
 * row is there twice; what it refuses has a place and a reason. */
#include <stdlib.h>
#include <yaml.h>

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
	return c ? c < 0 : span_cmp(a->name, b->name) < 0;
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
