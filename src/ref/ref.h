/* ref.h: the reader of references: bytes of one workflow file in, every place that names an
 * integration out. It knows the YAML of workflow files and nothing of who has which integration. */
#ifndef REF_REF_H
#define REF_REF_H

#include "base/arena.h"

enum ref_kind { REF_CI, REF_RESOURCE, REF_JOB };

/* Which bytes of the file that was read must change for a reference to name something else: the
 * scalar, with its quotes, or the alias if it stands right there (its anchor may have other uses;
 * of a scalar that has an anchor itself, these change along). Of a name that comes by a merge key,
 * or in an aliased list or map, it is where the anchor has it, so that several references may share
 * one. */
struct ref_spot {
	int line;    /* from 1, as Git counts, which is by line feeds alone; 0: there is none, for
		      * it stands in the templates file, goes over several lines, what comes next
		      * touches it, or the file is not UTF-8 or has carriage returns alone */
	uint32_t at; /* bytes before it in its line, a byte order mark counted */
	uint32_t bytes;
};

struct ref {
	enum ref_kind kind;
	int line, column; /* from 1, columns in characters: of the name, or of the alias or merge
			   * key by which it comes */
	bool dynamic;	  /* has a `${x}` or `$x` in it: what it names shows only at run time */
	struct span consumer; /* "ci", or the `name` of the resource, job or step; may be empty */
	struct span name;     /* exactly as the file has it, never empty */
	const char *key;      /* the key that makes it a reference; static */
	struct span resource_type; /* the `type` of a resource, or empty */
	struct ref_spot spot;
};

/* Why a file could not be read. */
struct ref_fault {
	int line, column;   /* from 1 */
	struct span reason; /* a sentence without its full stop, in the arena */
};

struct ref_limits {
	size_t bytes;	   /* of the file */
	int nesting;	   /* levels of lists and maps, those that an alias brings in counted */
	size_t references; /* before repeats are dropped */
	size_t expansion;  /* what aliases bring in: nodes, counted again for each alias */
};

/* 1 MiB, 100 levels, 10,000 references, 1,000,000 nodes. */
extern const struct ref_limits REF_LIMITS;

/* The anchors of a templates file. */
struct ref_templates;

struct ref_result {
	struct ref *at; /* by line, then kind, consumer, name and column; none twice but for its
			 * column, unless they have other spots */
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
