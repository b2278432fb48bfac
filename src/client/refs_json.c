/* refs_json.c: references for programs. */
#include "client/refs.h"

#include <stdlib.h>

#include <jansson.h>

#include "base/banned.h"

struct json {
	json_t *references, *errors;
};

static json_t *must(json_t *v)
{
	ASSERT(v != NULL);
	return v;
}

static void set(json_t *object, const char *key, json_t *v)
{
	ASSERT(json_object_set_new(object, key, must(v)) == 0);
}

/* What comes from YAML is UTF-8; a file's name may be anything, and JSON has no way to say it. */
static json_t *text(struct span s)
{
	struct buf mended = BUF_INIT;
	json_t *v;

	if (span_is_utf8(s))
		return json_stringn(s.n ? s.p : "", s.n);
	for (size_t k = 0; k < s.n; k++)
		if ((unsigned char)s.p[k] < 0x80)
			buf_putc(&mended, s.p[k]);
		else
			buf_puts(&mended, "\xEF\xBF\xBD");
	v = json_stringn(mended.p, mended.n);
	buf_release(&mended);
	return v;
}

struct json *refs_json_new(void)
{
	struct json *json = calloc(1, sizeof(*json));

	ASSERT(json != NULL);
	json->references = must(json_array());
	json->errors = must(json_array());
	return json;
}

static json_t *entry(const char *file, int line, int column)
{
	json_t *v = must(json_object());

	set(v, "file", text(span_str(file)));
	set(v, "line", json_integer(line));
	set(v, "column", json_integer(column));
	return v;
}

/* Two places in one line that say the same are one here. */
static bool is_repeat(const struct ref *before, const struct ref *ref)
{
	return before->line == ref->line && before->kind == ref->kind &&
	       span_eq(before->consumer, ref->consumer) && span_eq(before->name, ref->name);
}

void refs_json_add(struct json *json, const struct found *found)
{
	const struct ref_fault *fault = &found->refs.fault;

	if (found->rc != OK) {
		json_t *v = entry(found->file, fault->line, fault->column);
		set(v, "reason", text(fault->reason));
		ASSERT(json_array_append_new(json->errors, v) == 0);
		return;
	}
	for (size_t k = 0; k < found->refs.n; k++) {
		const struct ref *ref = &found->refs.at[k];
		if (k && is_repeat(ref - 1, ref))
			continue;
		json_t *v = entry(found->file, ref->line, ref->column);
		set(v, "kind", json_string(ref_kind_text(ref->kind)));
		set(v, "consumer", text(ref->consumer));
		set(v, "name", text(ref->name));
		set(v, "key", json_string(ref->key));
		set(v, "dynamic", json_boolean(ref->dynamic));
		ASSERT(json_array_append_new(json->references, v) == 0);
	}
}

static int put(const char *p, size_t n, void *out)
{
	buf_put(out, span_of(p, n));
	return 0;
}

void refs_json_end(struct json *json, struct buf *out)
{
	json_t *all = must(json_object());

	set(all, "references", json->references);
	set(all, "errors", json->errors);
	ASSERT(json_dump_callback(all, put, out, JSON_INDENT(2)) == 0);
	buf_putc(out, '\n');
	json_decref(all);
	free(json);
}
