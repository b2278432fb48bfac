/* resource.c: what resources take. */
#include "core/resource.h"

#include "base/buf.h"
#include "base/banned.h"

enum takes { TAKES_UNKNOWN, TAKES_NONE, TAKES_ANY, TAKES_SOME };

static const struct {
	const char *kind;
	enum takes takes;
} KINDS[] = {
	{"integration", TAKES_ANY},
	{"params", TAKES_NONE},
	{"replicas", TAKES_NONE},
	{"dockerOptions", TAKES_NONE},
	{"state", TAKES_NONE},
	{"time", TAKES_NONE},
	{"trigger", TAKES_NONE},
	{"version", TAKES_NONE},
	{"webhook", TAKES_NONE},
	{"externalCIServer", TAKES_NONE},
	/* known, though no type of integration may be there that they take */
	{"file", TAKES_SOME},
	{"loadBalancer", TAKES_SOME},
};

static bool type_takes(const struct type *t, struct span kind)
{
	for (size_t k = 0; k < t->nresources; k++)
		if (span_eq(t->resources[k], kind))
			return true;
	return false;
}

static enum takes takes_of(const struct type_catalogue *types, struct span kind)
{
	for (size_t k = 0; k < COUNT(KINDS); k++)
		if (span_is(kind, KINDS[k].kind))
			return KINDS[k].takes;
	for (size_t k = 0; k < types->n; k++)
		if (type_takes(&types->list[k], kind))
			return TAKES_SOME;
	return TAKES_UNKNOWN;
}

bool resource_takes(const struct type_catalogue *types, struct span kind, struct span type)
{
	const struct type *t = type_find(types, type);

	switch (takes_of(types, kind)) {
	case TAKES_UNKNOWN:
	case TAKES_ANY:
		return true;
	case TAKES_NONE:
		return false;
	case TAKES_SOME:
		break;
	}
	return !t || type_takes(t, kind);
}

/* "AWS Keys or Docker Registry"; empty: nothing that is here. */
static struct span takes_text(struct arena *a, const struct type_catalogue *types, struct span kind)
{
	struct span text = SPAN("");
	const struct type *last = NULL;

	for (size_t k = 0; k < types->n; k++) {
		if (!type_takes(&types->list[k], kind))
			continue;
		if (last && text.n)
			text = arena_printf(a, "%.*s, %.*s", SPAN_ARG(text), SPAN_ARG(last->label));
		else if (last)
			text = last->label;
		last = &types->list[k];
	}
	if (!last)
		return SPAN("");
	if (text.n == 0)
		return last->label;
	return arena_printf(a, "%.*s or %.*s", SPAN_ARG(text), SPAN_ARG(last->label));
}

struct span resource_advice(struct arena *a, const struct type_catalogue *types, struct span kind,
			    struct span type)
{
	const struct type *t = type_find(types, type);
	struct span label = t ? t->label : type, takes;

	if (takes_of(types, kind) == TAKES_NONE)
		return arena_printf(a,
				    "A resource of type %.*s takes no integration: take this line "
				    "out.",
				    SPAN_ARG(kind));
	takes = takes_text(a, types, kind);
	if (takes.n == 0)
		return arena_printf(a,
				    "This is of type %.*s, which a resource of type %.*s does not "
				    "take; no type here fits.",
				    SPAN_ARG(label), SPAN_ARG(kind));
	return arena_printf(a, "This is of type %.*s; a resource of type %.*s takes %.*s.",
			    SPAN_ARG(label), SPAN_ARG(kind), SPAN_ARG(takes));
}
