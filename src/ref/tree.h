/* tree.h: libyaml's events made into nodes, a document at a time, within limits. */
#ifndef REF_TREE_H
#define REF_TREE_H

#include <yaml.h>

#include "ref/anchor.h"
#include "ref/text.h"

struct frame; /* an open list or map */

struct tree {
	struct arena *arena;
	const struct ref_limits *limits;
	const struct anchors *templates; /* NULL: none */
	struct anchors anchors;		 /* of the current document */
	bool keep_anchors;		 /* of all documents: this is a templates file */
	struct ref_fault *fault;
	struct text text;
	yaml_parser_t parser;
	struct frame *stack;
	int depth;
	size_t expanded;
	struct node *root;
};

/* Opens the bytes; ref_tree_close() whatever it returns. */
int ref_tree_open(struct tree *t, struct span bytes) WARN_UNUSED;
/* The next document's root, in the arena; NULL at the end, and for a document without content.
 * *end tells these apart. */
int ref_tree_next(struct tree *t, const struct node **root, bool *end) WARN_UNUSED;
void ref_tree_close(struct tree *t);
/* Where libyaml's mark is, in lines as people count them. */
struct place ref_tree_place(struct tree *t, const yaml_mark_t *mark);

/* fault.c: what libyaml says, as a sentence with its place. Returns the error. */
int ref_fault_syntax(struct tree *t);
int ref_fault_at(struct tree *t, int err, struct place at, struct span reason);

#endif
