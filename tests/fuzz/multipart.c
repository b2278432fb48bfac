/* multipart.c: the first line is the Content-Type, the rest the body; read part by part, and as a
 * form. */
#include "http/form.h"
#include "http/multipart.h"
#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const struct form_field FIELDS[] = {
	{"name", FORM_TEXT, true, 20, "Name"},	  {"note", FORM_LINES, false, 40, "Note"},
	{"key", FORM_LIST, false, 8, "Key"},	  {"secret.*", FORM_SECRET, false, 30, "Secret"},
	{"file.*", FORM_FILE, false, 30, "File"},
};
static const struct form_def DEF = {FIELDS, COUNT(FIELDS), 1 << 16, 24};

static bool lies_in(const char *p, size_t n, const char *body, size_t nbody)
{
	return n == 0 || (p >= body && p + n <= body + nbody);
}

/* Every part lies in the body, behind the one before, and has no delimiter in it. */
static int walk(struct arena *a, struct span type, char *body, size_t n)
{
	struct multipart m;
	struct multipart_part part;
	const char *last = body;
	size_t most, parts = 0;
	bool more;

	TRY(multipart_open(&m, a, type, body, n));
	most = multipart_count(&m);
	for (;;) {
		TRY(multipart_next(&m, &part, &more));
		if (!more)
			break;
		ASSERT(lies_in(part.p, part.n, body, n) && part.p >= last);
		ASSERT(span_is_utf8(part.name));
		ASSERT(!memmem(part.p, part.n, m.delimiter.p, m.delimiter.n));
		last = part.p + part.n;
		parts++;
	}
	ASSERT(parts <= most && !m.at);
	return OK;
}

static void look_at(struct form *f, const char *body, size_t n)
{
	for (size_t i = 0; i < f->nvalues; i++) {
		struct form_value *v = &f->values[i];
		size_t nsecret;
		char *secret;

		ASSERT(span_is_utf8(v->value));
		ASSERT(v->value.n == 0 || !memchr(v->value.p, '\0', v->value.n));
		ASSERT(lies_in(v->value.p, v->value.n, body, n));
		if (v->field->kind != FORM_SECRET && v->field->kind != FORM_FILE)
			continue;
		ASSERT(v->value.p == NULL && form_text(f, "file.a").p == NULL);
		if (form_secret_take(f, v->name, &secret, &nsecret))
			ASSERT(nsecret > 0 && lies_in(secret, nsecret, body, n));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new();
	struct span rest = arena_span(a, span_of((const char *)data, n)), type = SPAN_NONE;
	struct form *f = NULL;
	char *body;
	int walked, rc;

	(void)span_cut(&rest, '\n', &type);
	body = arena_str(a, rest);
	(void)multipart_is(type);
	walked = walk(a, type, body, rest.n);
	rc = form_parse_multipart(a, &DEF, type, body, rest.n, &f);
	ASSERT(rc == OK || rc == E_INVALID || rc == E_TOO_BIG);
	/* a form is stricter than its parts, never more lenient */
	ASSERT(rc != OK || walked == OK);
	if (rc == OK)
		look_at(f, body, rest.n);
	arena_free(a);
	return 0;
}
