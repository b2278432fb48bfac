/* form.c: any body, read against a form that has every kind of field. */
#include "http/form.h"
#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const struct form_field FIELDS[] = {
	{"name", FORM_TEXT, true, 20, "Name"},
	{"note", FORM_LINES, false, 40, "Note"},
	{"key", FORM_LIST, true, 8, "Key"},
	{"all", FORM_FLAG, true, 0, "All projects"},
	{"id", FORM_ID, false, 0, "Project"},
	{"value.*", FORM_TEXT, true, 30, "Value"},
	{"value.s.*", FORM_SECRET, true, 30, "Secret"},
	{"pass", FORM_SECRET, true, 16, "Password"},
};
static const struct form_def DEF = {FIELDS, COUNT(FIELDS), 1 << 16, 24};

static void look_at(struct form *f, const char *body, size_t n)
{
	for (size_t i = 0; i < f->nvalues; i++) {
		struct form_value *v = &f->values[i];
		const struct form_field *field = v->field;
		char *secret;
		size_t nsecret;
		bool given;

		ASSERT(span_is_utf8(v->name) && span_is_utf8(v->value));
		ASSERT(v->value.n == 0 || !memchr(v->value.p, '\0', v->value.n));
		ASSERT(v->value.n == 0 ||
		       (v->value.p >= body && v->value.p + v->value.n <= body + n));
		if (field->kind == FORM_SECRET) {
			ASSERT(v->value.p == NULL);
			given = v->nsecret > 0;
			ASSERT(form_secret_take(f, v->name, &secret, &nsecret) == given);
			ASSERT(!form_secret_take(f, v->name, &secret, &nsecret));
		}
		if (field->kind == FORM_TEXT && v->value.n > field->most &&
		    !span_is(v->name, "csrf"))
			ASSERT(form_message(f, v->name).p != NULL);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new();
	char *body = arena_alloc(a, n);
	struct form *f = NULL;
	int rc;

	if (n)
		memcpy(body, data, n);
	rc = form_parse(a, &DEF, body, n, &f);
	ASSERT(rc == OK || rc == E_INVALID || rc == E_TOO_BIG);
	if (rc == OK) {
		ASSERT(f->nvalues <= DEF.pairs_most);
		for (const struct form_error *e = f->errors; e; e = e->next)
			ASSERT(e->message.n > 0);
		/* what is complete has no error, and the other way round */
		if (!f->errors)
			ASSERT(form_text(f, "name").n > 0 && form_flag(f, "all"));
		look_at(f, body, n);
	}
	arena_free(a);
	return 0;
}
