/* node.h: a YAML document as far as references need it. An alias is a node of its own that shares
 * what it points to, so a document takes no more memory than its file, whatever it unfolds to. */
#ifndef REF_NODE_H
#define REF_NODE_H

#include "ref/ref.h"

enum node_kind { NODE_SCALAR, NODE_LIST, NODE_MAP, NODE_ALIAS };

struct place {
	int line, column; /* from 1; line 0 = none */
};

struct node {
	struct node *next; /* in the same list; in a map keys and values take turns */
	struct place place;
	uint32_t n;	    /* bytes of text */
	unsigned char kind; /* enum node_kind */
	bool null;	    /* a scalar that stands for nothing */
	bool merge;	    /* a plain `<<` */
	bool foreign;	    /* of a templates file */
	uint32_t from, to; /* of a scalar or alias: characters of the text before it, anchor and tag
			    * not yet passed, and before its end */
	union {
		const char *text;	   /* of a scalar; right behind the node, or static */
		struct node *first;	   /* of a list or map */
		const struct node *target; /* of an alias; never an alias itself */
	};
};

static inline struct span ref_node_text(const struct node *scalar)
{
	return span_of(scalar->text, scalar->n);
}

/* A node where it is used: `via` is the outermost alias or merge key that brought it there. */
struct value {
	const struct node *node; /* NULL = absent; never an alias */
	struct place via;
	const struct node *as; /* the node as it stands there: itself, or an alias of it */
};

/* The keys that have a meaning anywhere in the grammar. */
#define FIELDS(X)                                                                                  \
	X(bastionIntegrationName)                                                                  \
	X(configuration)                                                                           \
	X(integration)                                                                             \
	X(integrationName)                                                                         \
	X(integrations)                                                                            \
	X(jobs)                                                                                    \
	X(name)                                                                                    \
	X(notifications)                                                                           \
	X(pipelines)                                                                               \
	X(requires)                                                                                \
	X(resources)                                                                               \
	X(runtime)                                                                                 \
	X(steps)                                                                                   \
	X(triggers)                                                                                \
	X(type)

enum field {
#define FIELD(name) FIELD_##name,
	FIELDS(FIELD)
#undef FIELD
		FIELD_COUNT,
	FIELD_NONE = FIELD_COUNT
};

/* FIELD_NONE for any other key. */
enum field ref_field_of(struct span key);
struct span ref_field_name(enum field field);
/* The node itself, or what it is an alias of. */
struct value ref_value_of(const struct node *n, struct place via);
/* Where to send somebody who looks for this value. */
struct place ref_value_place(struct value v);
bool ref_value_is(struct value v, enum node_kind kind);

/* Calls visit() for each pair of a map, merge keys followed, weakest first: of two calls with the
 * same key the later one counts. `key` may be a list or map. */
typedef void ref_visit(void *data, const struct node *key, struct value v);
void ref_map_visit(struct arena *a, struct value map, ref_visit *visit, void *data);
/* The fields of a map; those that it has not are absent. Nothing from another kind of node. */
void ref_map_fields(struct arena *a, struct value map, struct value out[FIELD_COUNT]);

#endif
