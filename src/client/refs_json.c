/* refs_json.c: references for programs. */
#include "client/refs.h"

#include <stdlib.h>

#include "client/object.h"
#include "base/banned.h"

struct json {
	json_t *references, *errors;
};

struct json *refs_json_new(void)
{
	struct json *json = calloc(1, sizeof(*json));

	ASSERT(json != NULL);
	json->references = object_must(json_array());
	json->errors = object_must(json_array());
	return json;
}

static json_t *entry(const char *file, int line, int column)
{
	json_t *v = object_must(json_object());

	object_set(v, "file", object_text(span_str(file)));
	object_set(v, "line", json_integer(line));
	object_set(v, "column", json_integer(column));
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
		object_set(v, "reason", object_text(fault->reason));
		object_add(json->errors, v);
		return;
	}
	for (size_t k = 0; k < found->refs.n; k++) {
		const struct ref *ref = &found->refs.at[k];
		if (k && is_repeat(ref - 1, ref))
			continue;
		json_t *v = entry(found->file, ref->line, ref->column);
		object_set(v, "kind", json_string(ref_kind_text(ref->kind)));
		object_set(v, "consumer", object_text(ref->consumer));
		object_set(v, "name", object_text(ref->name));
		object_set(v, "key", json_string(ref->key));
		object_set(v, "dynamic", json_boolean(ref->dynamic));
		object_add(json->references, v);
	}
}

void refs_json_end(struct json *json, struct buf *out)
{
	json_t *all = object_must(json_object());

	object_set(all, "references", json->references);
	object_set(all, "errors", json->errors);
	object_write(all, out);
	free(json);
}
