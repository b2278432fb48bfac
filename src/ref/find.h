/* find.h: the grammar: where in a document an integration is named. */
#ifndef REF_FIND_H
#define REF_FIND_H

#include "ref/node.h"

struct found {
	struct ref ref; /* yet without its spot */
	const struct node *as;
};

struct finder {
	struct arena *arena;
	const struct ref_limits *limits;
	struct ref_fault *fault;
	struct found *at; /* found so far, in the arena */
	size_t n, room;
};

/* Adds what the document names. E_TOO_BIG past the limit. */
int ref_find(struct finder *f, const struct node *root) WARN_UNUSED;

#endif
