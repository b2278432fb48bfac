/* integration.c: small questions about an integration. */
#include "core/integration.h"

#include "base/banned.h"

bool integration_may_edit(const struct scope *s, role_set edit_roles)
{
	if (s->role == ROLE_NONE)
		return false;
	return s->role == ROLE_ADMIN || (edit_roles & ROLE_BIT(s->role)) != 0;
}

bool integration_may_count(const struct scope *s, role_set edit_roles)
{
	return s->role >= ROLE_MEMBER || integration_may_edit(s, edit_roles);
}

const struct sealed_mark *integration_sealed(const struct integration *i, struct span field)
{
	for (size_t k = 0; k < i->nsealed; k++)
		if (span_eq(i->sealed[k].field, field))
			return &i->sealed[k];
	return NULL;
}

struct span integration_value(const struct integration *i, struct span field)
{
	for (size_t k = 0; k < i->nvalues; k++)
		if (span_eq(i->values[k].field, field))
			return i->values[k].value;
	return SPAN_NONE;
}

enum secret_fate secret_fate(const struct secret_given *g, const struct origins *wanted)
{
	if (g->typed)
		return SECRET_TYPED;
	if (g->removed && !g->required)
		return SECRET_REMOVED;
	if (g->kept)
		return origins_missing(g->kept, wanted).p ? SECRET_ELSEWHERE : SECRET_KEPT;
	if (g->stored)
		return origins_missing(g->stored, wanted).p ? SECRET_ELSEWHERE : SECRET_STORED;
	return g->required ? SECRET_MISSING : SECRET_NONE;
}

struct span integration_pair_field(struct arena *a, struct span field, struct span key)
{
	return arena_printf(a, "%.*s:%.*s", SPAN_ARG(field), SPAN_ARG(key));
}
