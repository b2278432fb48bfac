/* head_table.c: an open hash table; chains are never taken out. */
#include "core/head_table.h"

#include <stdlib.h>

#include "base/banned.h"

static size_t slot_of(const struct head_known *slots, size_t size, struct span chain)
{
	uint32_t h = 2166136261u; /* FNV-1a */
	size_t at;

	for (size_t k = 0; k < chain.n; k++)
		h = (h ^ (unsigned char)chain.p[k]) * 16777619u;
	for (at = h % size; slots[at].name[0]; at = (at + 1) % size)
		if (span_is(chain, slots[at].name))
			break;
	return at;
}

static void grow(struct head_table *t)
{
	size_t size = t->size ? t->size * 2 : 64;
	struct head_known *slots = calloc(size, sizeof(*slots));

	ASSERT(slots != NULL);
	for (size_t k = 0; k < t->size; k++)
		if (t->slots[k].name[0])
			slots[slot_of(slots, size, span_str(t->slots[k].name))] = t->slots[k];
	free(t->slots);
	t->slots = slots;
	t->size = size;
}

struct head_known *head_table_find(const struct head_table *t, struct span chain)
{
	struct head_known *k;

	if (t->size == 0)
		return NULL;
	k = &t->slots[slot_of(t->slots, t->size, chain)];
	return k->name[0] ? k : NULL;
}

struct head_known *head_table_at(struct head_table *t, struct span chain)
{
	struct head_known *k = head_table_find(t, chain);

	if (k)
		return k;
	ASSERT(head_chain_ok(chain));
	if (t->n * 2 >= t->size)
		grow(t);
	k = &t->slots[slot_of(t->slots, t->size, chain)];
	memcpy(k->name, chain.p, chain.n);
	t->n++;
	return k;
}

struct head_known *head_table_next(const struct head_table *t, size_t *at)
{
	while (*at < t->size)
		if (t->slots[(*at)++].name[0])
			return &t->slots[*at - 1];
	return NULL;
}

void head_table_release(struct head_table *t)
{
	free(t->slots);
	*t = (struct head_table){0};
}
