/* lint_json.c: findings for programs. The shape is signet's own, and stays when the API's changes.
 */
#include "client/lint.h"

#include "client/object.h"
#include "base/banned.h"

static json_t *text_or_null(struct span s)
{
	return s.p ? object_text(s) : json_null();
}

static json_t *finding_of(const struct lint *l, const struct lint_finding *f)
{
	json_t *v = object_must(json_object());

	object_set(v, "file", object_text(span_str(l->files[f->file].name)));
	object_set(v, "line", json_integer(f->line));
	object_set(v, "column", json_integer(f->column));
	object_set(v, "reason", object_text(f->reason));
	object_set(v, "fails", json_boolean(f->fails));
	object_set(v, "advice", object_text(f->advice));
	/* null of a file that cannot be read */
	object_set(v, "name", text_or_null(f->name));
	object_set(v, "kind", text_or_null(f->kind));
	object_set(v, "consumer", text_or_null(f->consumer));
	object_set(v, "key", text_or_null(f->key));
	object_set(v, "state", text_or_null(f->state));
	object_set(v, "did_you_mean", text_or_null(f->meant));
	object_set(v, "integration", f->integration ? json_integer(f->integration) : json_null());
	return v;
}

void lint_json(const struct lint *l, struct buf *out)
{
	json_t *all = object_must(json_object()), *findings = object_must(json_array());

	for (size_t k = 0; k < l->nfindings; k++)
		object_add(findings, finding_of(l, &l->findings[k]));
	object_set(all, "project", object_text(span_str(l->o.project)));
	object_set(all, "files", json_integer((json_int_t)l->o.nfiles));
	object_set(all, "references", json_integer(l->references));
	object_set(all, "fine", json_integer(l->fine));
	object_set(all, "failing", json_integer((json_int_t)l->failing));
	object_set(all, "not_listed", json_integer(l->more));
	object_set(all, "findings", findings);
	object_write(all, out);
}
