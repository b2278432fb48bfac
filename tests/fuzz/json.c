/* json.c: any body as JSON, read against a form that has every kind of field, by its own names and
 * by a map with every shape. */
#include "http/json_form.h"
#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const struct form_field FIELDS[] = {
	{"name", FORM_TEXT, true, 20, "Name"},	    {"note", FORM_LINES, false, 40, "Note"},
	{"key", FORM_LIST, false, 8, "Key"},	    {"url", FORM_LIST, false, 8, "URL"},
	{"all", FORM_FLAG, false, 0, "All"},	    {"id", FORM_ID, false, 0, "Project"},
	{"value.*", FORM_TEXT, false, 30, "Value"}, {"secret.*", FORM_SECRET, false, 30, "Secret"},
	{"pair.*", FORM_TEXT, false, 30, "Key"},    {"remove.*", FORM_FLAG, false, 1, "Remove"},
};
static const struct form_def DEF = {FIELDS, COUNT(FIELDS), 1 << 16, 24};

static const struct form_member MEMBERS[] = {
	{"name", "name", NULL},
	{"urls[].key", "key", NULL},
	{"urls[].url", "url", NULL},
	{"values.*", "value.*", NULL},
	{"secrets.*", "secret.*", "remove.*"},
	{"pairs.*[].key", "pair.*.#", NULL},
	{"pairs.*[].value", "secret.*.#", NULL},
	{"all", "all", NULL},
	{"ids[]", "id", NULL},
};
static const struct json_map MAP = {&DEF, MEMBERS, COUNT(MEMBERS), "id made_at"};

static void look_at(struct form *f)
{
	size_t keys = 0, urls = 0, nsecret;
	char *secret;

	ASSERT(f->nvalues <= DEF.pairs_most);
	for (size_t i = 0; i < f->nvalues; i++) {
		struct form_value *v = &f->values[i];

		ASSERT(span_is_utf8(v->name) && span_is_utf8(v->value) && v->member.n > 0);
		ASSERT(v->value.n == 0 || !memchr(v->value.p, '\0', v->value.n));
		keys += span_is(v->name, "key");
		urls += span_is(v->name, "url");
		if (v->field->kind != FORM_LIST)
			ASSERT(span_eq(form_json_member(f, v->name), v->member));
		if (v->field->kind == FORM_SECRET) {
			ASSERT(v->value.p == NULL);
			while (form_secret_take(f, v->name, &secret, &nsecret))
				ASSERT(nsecret > 0 && !memchr(secret, '\0', nsecret));
		}
	}
	if (f->map->list == MEMBERS)
		ASSERT(keys == urls);
}

static void read_with(const struct json_map *map, const uint8_t *data, size_t n)
{
	struct arena *a = arena_new();
	char *body = arena_alloc(a, n);
	struct form *f = NULL;
	const char *fault = NULL;
	bool sound = true;
	int rc;

	if (n)
		memcpy(body, data, n);
	rc = form_json_parse(a, &DEF, map, body, n, &f, &sound, &fault);
	ASSERT(rc == OK || rc == E_INVALID || rc == E_TOO_BIG);
	ASSERT((rc == E_INVALID) == (fault != NULL));
	if (rc == OK) {
		for (const struct form_error *e = f->errors; e; e = e->next)
			ASSERT(e->message.n > 0 && span_is_utf8(e->name));
		ASSERT(sound || f->errors);
		if (sound)
			look_at(f);
		if (!f->errors)
			ASSERT(form_text(f, "name").n > 0);
	}
	arena_free(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static bool ready;

	if (!ready)
		form_json_setup();
	ready = true;
	read_with(NULL, data, n);
	read_with(&MAP, data, n);
	return 0;
}
