/* json_audit.c: entries of the audit trail. */
#include "view/json.h"

#include "base/banned.h"

int json_audit(struct buf *out, const struct view_frame *f, const struct view_audit *v)
{
	struct json_place before = {"before", v->next};
	json_t *list = json_array();

	for (size_t i = 0; i < v->nrows; i++) {
		const struct view_audit_row *r = &v->rows[i];

		json_array_append_new(
			list,
			json_pack("{so so so so so so so}", "at", json_time(r->at), "who",
				  json_text(r->who), "address", json_text(r->address), "what",
				  json_text(r->what), "which", json_text(r->which), "object",
				  json_text_or_null(r->object), "fields", json_text(r->fields)));
	}
	return json_write(out,
			  json_pack("{so so so so}", "entries", list, "total",
				    v->partial ? json_null() : json_integer((json_int_t)v->total),
				    "searched_back_to", json_time(v->searched_back_to), "next",
				    json_next(f, &before, 1)));
}
