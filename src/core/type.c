/* type.c: finding a type and its fields by name. */
#include "core/type.h"

#include <strings.h>

#include "base/banned.h"

const struct type *type_find(const struct type_catalogue *c, struct span name)
{
	for (size_t i = 0; i < c->n; i++)
		if (span_eq(c->list[i].name, name))
			return &c->list[i];
	return NULL;
}

const struct type_field *type_field_find(const struct type *t, struct span name)
{
	for (size_t i = 0; i < t->nfields; i++)
		if (span_eq(t->fields[i].name, name))
			return &t->fields[i];
	return NULL;
}

static bool holds(struct span text, struct span word)
{
	for (size_t k = 0; k + word.n <= text.n; k++)
		if (strncasecmp(text.p + k, word.p, word.n) == 0)
			return true;
	return false;
}

bool type_fits(const struct type *t, struct span q)
{
	struct span word;

	while (span_cut(&q, ' ', &word))
		if (!holds(t->label, word) && !holds(t->name, word) && !holds(t->family, word) &&
		    !holds(t->help, word))
			return false;
	return true;
}
