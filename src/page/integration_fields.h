/* integration_fields.h: an integration as a flat list of fields that can be compared one by one: as
 * it is stored, and as somebody typed it. A form carries a sum of each field as it was opened, so
 * that a save that comes second can tell who changed what. */
#ifndef PAGE_INTEGRATION_FIELDS_H
#define PAGE_INTEGRATION_FIELDS_H

#include "page/integration_input.h"

enum { FIELDS_TEXT_MAX = 32 * 1024 };

struct field_state {
	struct span name;  /* "name", "url.apiUrl", "value.username", "secret.envs:KEY", "roles",
			    * "projects" */
	struct span label; /* as on the form: "URL apiUrl" */
	struct span text;  /* what people may see of it; SPAN_NONE: it is not there */
	struct span sum;   /* what is compared; SPAN_NONE: it is not there */
	bool untouched;	   /* a secret of which the form says nothing: it is as it was opened */
};

struct field_states {
	struct field_state *list;
	size_t n;
};

struct field_states fields_stored(const struct input *in, const struct integration *i);
struct field_states fields_typed(const struct input *in);
/* NULL: there is no such field. */
const struct field_state *fields_find(const struct field_states *f, struct span name);

/* The hidden input of the form, in the arena: name=sum, with blanks between. A sum is of what the
 * form shows anyway; of a secret, of when and by whom it was sealed. It is the visitor's own
 * business: one who tampers with it misleads themselves alone. */
struct span fields_text(struct arena *a, const struct field_states *f);
/* The sum that such a text has for a name; SPAN_NONE: it was not there. */
struct span fields_text_find(struct span text, struct span name);

#endif
