/* json_rename.c: what a rename would leave behind, for programs. */
#include "view/json.h"
#include "view/rename.h"

#include <stdio.h>

#include "base/banned.h"

static json_t *place_of(const struct view_rename_file *f, const struct view_rename_place *p)
{
	return json_pack("{so so sI so so so sb so so}", "project",
			 json_pack("{sI so}", "id", (json_int_t)f->project_id, "name",
				   json_text(f->project)),
			 "path", json_text(f->path), "line", (json_int_t)p->line, "kind",
			 json_text(p->kind), "consumer", json_text(p->consumer), "key",
			 json_text(p->key), "stale", f->stale, "by_hand",
			 json_text_or_null(p->by_hand), "link", json_text_or_null(p->link));
}

static json_t *places_of(const struct view_rename *v)
{
	json_t *all = json_array();

	for (size_t k = 0; k < v->nfiles; k++)
		for (size_t m = 0; m < v->files[k].nplaces; m++)
			json_array_append_new(all, place_of(&v->files[k], &v->files[k].places[m]));
	return all;
}

/* The addresses from which each project's diff comes, if its new name is known. */
static json_t *diffs_of(const struct view_rename *v)
{
	json_t *all = json_array();

	for (size_t k = 0; k < v->nfiles; k++) {
		const struct view_rename_file *f = &v->files[k];

		if (!f->project_href.n || (k && f[-1].project_id == f->project_id))
			continue;
		json_array_append_new(all, json_pack("{s{sI so} so}", "project", "id",
						     (json_int_t)f->project_id, "name",
						     json_text(f->project), "diff",
						     json_text(f->project_href)));
	}
	return all;
}

static json_t *next_of(const struct view_frame *f, int64_t from)
{
	char text[24] = "";
	struct json_place place;

	if (from >= 0)
		snprintf(text, sizeof(text), "%lld", (long long)from);
	place = (struct json_place){"from", span_str(text)};
	return json_next(f, &place, 1);
}

int json_rename(struct buf *out, const struct view_frame *f, const struct view_rename *v)
{
	json_t *all = json_pack(
		"{sI so so so so so so}", "id", (json_int_t)v->id, "name", json_text(v->name),
		"was", json_text_or_null(v->was), "to", json_text_or_null(v->to), "message",
		json_text_or_null(v->name_error), "mark", json_text(v->mark), "diffs", diffs_of(v));
	json_t *places = json_pack("{so sI sI sI sI so}", "places", places_of(v), "total",
				   (json_int_t)v->seen, "hidden", (json_int_t)v->hidden, "dynamic",
				   (json_int_t)v->dynamic, "already", (json_int_t)v->already,
				   "next", next_of(f, v->next_from));

	if (!all || !places || json_object_update(all, places) != 0) {
		json_decref(all);
		all = NULL;
	}
	json_decref(places);
	return json_write(out, all);
}
