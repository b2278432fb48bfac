/* json_workflow.c: workflow files and what they name, for programs. */
#include "view/json.h"
#include "view/workflow.h"

#include "base/banned.h"

static json_t *reference_of(const struct view_reference *r)
{
	return json_pack(
		"{so sI sI so so so so so so so so so sb so}", "path", json_text(r->path), "line",
		(json_int_t)r->line, "column", (json_int_t)r->column, "kind", json_text(r->kind),
		"consumer", json_text(r->consumer), "key", json_text(r->key), "name",
		json_text(r->name), "state", json_text(reference_state_text(r->state)), "reason",
		json_text(reference_state_slug(r->state)), "message",
		json_text(r->advice), "did_you_mean", json_text_or_null(r->meant), "integration",
		r->target_id ? json_integer(r->target_id) : json_null(), "stale", r->stale, "link",
		json_text_or_null(r->link));
}

static json_t *references_of(const struct view_reference *list, size_t n)
{
	json_t *all = json_array();

	for (size_t k = 0; k < n; k++)
		json_array_append_new(all, reference_of(&list[k]));
	return all;
}

static json_t *fault_of(struct span fault, int64_t line)
{
	if (fault.n == 0)
		return json_null();
	return json_pack("{sI so}", "line", (json_int_t)line, "message", json_text(fault));
}

static json_t *file_of(const struct view_workflow_file *f)
{
	return json_pack("{so sI sI so so so so}", "path", json_text(f->path), "size",
			 (json_int_t)f->size, "references", (json_int_t)f->references, "synced_at",
			 json_time(f->synced_at), "synced_by", json_text(f->synced_by), "read_at",
			 json_time(f->read_at), "fault", fault_of(f->fault, f->fault_line));
}

/* The address of the page that begins at `from`; -1: there is none. */
static json_t *next_of(const struct view_frame *f, int64_t from)
{
	char text[24] = "";
	struct json_place place;

	if (from >= 0)
		snprintf(text, sizeof(text), "%lld", (long long)from);
	place = (struct json_place){"from", span_str(text)};
	return json_next(f, &place, 1);
}

int json_workflow(struct buf *out, const struct view_frame *f, const struct view_workflow *v)
{
	json_t *files = json_array();

	for (size_t k = 0; k < v->nfiles; k++)
		json_array_append_new(files, file_of(&v->files[k]));
	return json_write(out, json_pack("{so so sI sI so}", "files", files, "references",
					 references_of(v->references, v->nreferences), "total",
					 (json_int_t)v->total, "problems", (json_int_t)v->problems,
					 "next", next_of(f, v->next)));
}

static json_t *names_of(const struct span *list, size_t n)
{
	json_t *all = json_array();

	for (size_t k = 0; k < n; k++)
		json_array_append_new(all, json_text(list[k]));
	return all;
}

static json_t *synced_of(const struct view_synced_file *f)
{
	return json_pack("{so so sI so so so}", "path", json_text(f->path), "change",
			 json_text(f->change), "references", (json_int_t)f->references, "added",
			 names_of(f->added, f->nadded), "gone", names_of(f->gone, f->ngone),
			 "fault", fault_of(f->fault, f->fault_line));
}

int json_synced(struct buf *out, const struct view_synced *v)
{
	json_t *files = json_array();

	for (size_t k = 0; k < v->nfiles; k++)
		json_array_append_new(files, synced_of(&v->files[k]));
	return json_write(out, json_pack("{so so sI sI so}", "files", files, "removed",
					 names_of(v->removed, v->nremoved), "references",
					 (json_int_t)v->references, "fine", (json_int_t)v->fine,
					 "problems", references_of(v->problems, v->nproblems)));
}

static json_t *place_of(const struct view_place *p)
{
	return json_pack("{so so sI so so so sb sb so}", "project",
			 json_pack("{sI so}", "id", (json_int_t)p->project_id, "name",
				   json_text(p->project)),
			 "path", json_text(p->path), "line", (json_int_t)p->line, "kind",
			 json_text(p->kind), "consumer", json_text(p->consumer), "key",
			 json_text(p->key), "denied", p->denied, "stale", p->stale,
			 "link", json_text_or_null(p->link));
}

int json_uses(struct buf *out, const struct view_frame *f, const struct view_uses *v)
{
	json_t *places = json_array();

	for (size_t k = 0; k < v->nplaces; k++)
		json_array_append_new(places, place_of(&v->places[k]));
	return json_write(out,
			  json_pack("{so sI sI sI so}", "places", places, "total",
				    (json_int_t)v->seen, "hidden", (json_int_t)v->hidden, "dynamic",
				    (json_int_t)v->dynamic, "next", next_of(f, v->next)));
}

static json_t *project_of(const struct view_workflow_project *p)
{
	return json_pack("{sI so sI sI sI sI so so}", "id", (json_int_t)p->id, "name",
			 json_text(p->name), "files", (json_int_t)p->files, "references",
			 (json_int_t)p->references, "problems", (json_int_t)p->problems,
			 "unreadable", (json_int_t)p->unreadable, "synced_at",
			 json_time(p->synced_at), "synced_by", json_text_or_null(p->synced_by));
}

int json_workflow_list(struct buf *out, const struct view_frame *f,
		       const struct view_workflow_list *v)
{
	struct json_place after = {"after", v->next};
	json_t *list = json_array();

	for (size_t k = 0; k < v->nrows; k++)
		json_array_append_new(list, project_of(&v->rows[k]));
	return json_write(out, json_pack("{so sI so}", "projects", list, "total",
					 (json_int_t)v->total, "next", json_next(f, &after, 1)));
}
