/* node.c: looking into maps: duplicate keys, aliases, merge keys. */
#include "ref/node.h"

#include "base/banned.h"

static const struct span FIELD_NAMES[] = {
#define NAME(name) SPAN(#name),
	FIELDS(NAME)
#undef NAME
};

enum field ref_field_of(struct span key)
{
	for (size_t k = 0; k < COUNT(FIELD_NAMES); k++)
		if (span_eq(key, FIELD_NAMES[k]))
			return (enum field)k;
	return FIELD_NONE;
}

struct span ref_field_name(enum field field)
{
	return FIELD_NAMES[field];
}

struct value ref_value_of(const struct node *n, struct place via)
{
	if (n->kind != NODE_ALIAS)
		return (struct value){n, via, n};
	return (struct value){n->target, via.line ? via : n->place, n};
}

struct place ref_value_place(struct value v)
{
	return v.via.line ? v.via : v.node->place;
}

bool ref_value_is(struct value v, enum node_kind kind)
{
	return v.node && v.node->kind == kind;
}

/* `<<: [*a, *b]`: *a counts before *b, so it is visited after it. */
static void list_merge(struct arena *a, struct value list, ref_visit *visit, void *data)
{
	const struct node **items;
	size_t n = 0;

	for (const struct node *item = list.node->first; item; item = item->next)
		n++;
	items = ARENA_ARRAY(a, const struct node *, n);
	n = 0;
	for (const struct node *item = list.node->first; item; item = item->next)
		items[n++] = item;
	while (n > 0)
		ref_map_visit(a, ref_value_of(items[--n], list.via), visit, data);
}

void ref_map_visit(struct arena *a, struct value map, ref_visit *visit, void *data)
{
	const struct node *key;

	if (!ref_value_is(map, NODE_MAP))
		return;
	for (key = map.node->first; key; key = key->next->next) {
		struct value from;

		if (!key->merge)
			continue;
		from = ref_value_of(key->next, map.via.line ? map.via : key->place);
		if (from.node->kind == NODE_LIST)
			list_merge(a, from, visit, data);
		else
			ref_map_visit(a, from, visit, data);
	}
	for (key = map.node->first; key; key = key->next->next)
		if (!key->merge)
			visit(data, ref_value_of(key, map.via).node,
			      ref_value_of(key->next, map.via));
}

static void take_field(void *data, const struct node *key, struct value v)
{
	struct value *out = data;
	enum field field;

	if (key->kind != NODE_SCALAR)
		return;
	field = ref_field_of(ref_node_text(key));
	if (field != FIELD_NONE)
		out[field] = v;
}

void ref_map_fields(struct arena *a, struct value map, struct value out[FIELD_COUNT])
{
	memset(out, 0, FIELD_COUNT * sizeof(*out));
	ref_map_visit(a, map, take_field, out);
}
