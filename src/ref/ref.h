/* ref.h: the reader of references: bytes of one workflow file in, every place that names an
 * integration out. It knows the YAML of workflow files and nothing of who has which integration. */
#ifndef REF_REF_H
#define REF_REF_H

#include "base/arena.h"

enum ref_kind { REF_CI, REF_RESOURCE, REF_JOB };

struct ref {
	enum ref_kind kind;
	int line, column; /* from 1, columns in characters: of the name, or of the alias or merge
			   * key by which it comes */
	bool dynamic;     /* has a `${x}` or `$x` in it: what it names shows only at run time */
	struct span consumer; /* "ci", or the `name` of the resource, job or step; may be empty */
	struct span name;     /* exactly as the file has it, never empty */
	const char *key;      /* the key that makes it a reference; static */
};

/* Why a file could not be read. */
struct ref_fault {
	int line, column;   /* from 1 */
	struct span reason; /* a sentence without its full stop, in the arena */
};

struct ref_limits {
	size_t bytes;      /* of the file */
	int nesting;       /* levels of lists and maps, those that an alias brings in counted */
	size_t references; /* before repeats are dropped */
	size_t expansion;  /* what aliases bring in: nodes, counted again for each alias */
};

/* 1 MiB, 100 levels, 10,000 references, 1,000,000 nodes. */
extern const struct ref_limits REF_LIMITS;

/* The anchors of a templates file. */
struct ref_templates;

struct ref_result {
	struct ref *at; /* by line, then kind, consumer and name; none twice but for its column */
	size_t n;
	struct ref_fault fault; /* when the return is not OK */
};

/* "ci", "resource", "job"; static. */
const char *ref_kind_text(enum ref_kind kind);

/* Reads one file. Everything in *out lies in the arena or comes from `templates` (NULL: none).
 * E_INVALID when the bytes are not YAML or an alias has no anchor, E_TOO_BIG past a limit: then
 * there are no references and out->fault says why. Time and memory grow with the bytes and with
 * limits->expansion, not with what aliases would unfold to. */
int ref_read(struct arena *a, struct span bytes, const struct ref_templates *templates,
	     const struct ref_limits *limits, struct ref_result *out) WARN_UNUSED;

/* Reads the anchors of a templates file, whatever else is in it; they live as long as the arena.
 * Errors like ref_read(). */
int ref_templates_read(struct arena *a, struct span bytes, const struct ref_limits *limits,
		       struct ref_templates **out, struct ref_fault *fault) WARN_UNUSED;

#endif
