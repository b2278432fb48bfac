/* reference.h: a place in a project's workflow files that names an integration, and what that name
 * leads to at this moment (product rules 4, 9 and 12). The reader of such files is src/ref/. */
#ifndef CORE_REFERENCE_H
#define CORE_REFERENCE_H

#include "core/binding.h"
#include "core/type.h"

enum {
	WORKFLOW_FILE_BYTES = 1 << 20,	 /* of one file */
	WORKFLOW_FILES_MAX = 200,	 /* of a project */
	WORKFLOW_REFERENCES_MAX = 10000, /* of a project */
	WORKFLOW_PATH_CHARS_MAX = 300,
	WORKFLOW_FAULT_CHARS_MAX = 300, /* of the sentence why one cannot be read */
	REFERENCE_TEXT_CHARS_MAX = 100, /* of a name or consumer that is kept: a name may have 80,
					 * so a longer one leads nowhere, cut or whole */
};

/* The numbers stand in the database; src/ref/ has the same. */
enum reference_kind { REFERENCE_CI, REFERENCE_RESOURCE, REFERENCE_JOB, REFERENCE_KINDS };

/* "ci", "resource", "job"; static. */
struct span reference_kind_text(enum reference_kind kind);

/* Which bytes of its file must change for a reference to name something else: see struct ref_spot in
 * src/ref/ref.h. */
struct reference_spot {
	int64_t line, at, bytes; /* line 0: there is none */
};

struct reference {
	int64_t file_id;
	enum reference_kind kind;
	int64_t line, column; /* from 1 */
	bool dynamic;	      /* named by a variable: shows only at run time */
	struct span consumer, key, name;
	struct span resource_type; /* of a resource, as its file says it; or empty */
	struct reference_spot spot;
};

/* What has the name, as the project that names it finds it. */
struct reference_target {
	int64_t id;
	struct span name, type;
	bool allowed; /* the project may use it: own list, and for a bound one also the owner's
			 consent */
	bool disabled;
	bool seen; /* by the viewer: only then a page leads there */
	bool bound;
	enum binding_state binding; /* of a bound one */
};

/* What becomes of a reference, the most urgent first. */
enum reference_state {
	REFERENCE_MISSING, /* "dangling": nothing has the name */
	REFERENCE_DENIED,
	REFERENCE_WRONG_TYPE, /* the resource that names it takes no such thing */
	REFERENCE_ERASED,
	REFERENCE_WITHDRAWN,
	REFERENCE_DISABLED,
	REFERENCE_PAUSED,
	REFERENCE_OWNER_LEFT,
	REFERENCE_DYNAMIC,
	REFERENCE_FINE,
	REFERENCE_STATES
};

/* `target` NULL: there is none of that name. */
enum reference_state reference_judge(const struct type_catalogue *types, const struct reference *r,
				     const struct reference_target *target);
/* "missing", "wrong type" ...; what lists say. Static. */
struct span reference_state_text(enum reference_state s);
/* "missing", "wrong-type" ...: a word for programs, which stays what it is; "not-connected" is kept
 * for when checks exist. Static. */
struct span reference_state_slug(enum reference_state s);
/* A sentence: what is wrong, and what to do. Empty for a fine one. Static. */
struct span reference_advice(enum reference_state s);

/* Of these names the one that was probably meant: the same but for capitals, blanks, '-', '_' and
 * '.', else the one with the fewest typing errors (a letter wrong, missing, too many, two swapped),
 * if these are few for its length. SPAN_NONE: none is like it. */
struct span reference_alike(struct arena *a, struct span name, const struct span *names, size_t n);

/* What is wrong with the path of a workflow file, as a sentence that says what to do; SPAN_NONE
 * when it is fine: as its repository has it, "ci/shippable.yml", at most WORKFLOW_PATH_CHARS_MAX
 * characters, no
 * "." or ".." and no blank at either end. */
struct span workflow_path_fault(struct arena *a, struct span path);

/* The first `most` characters of it, as a column takes them. */
struct span reference_cut(struct span text, size_t most);

/* The names of `list` that `other` does not have, each once, by bytes. In the arena. */
struct span *reference_names_less(struct arena *a, const struct span *list, size_t n,
				  const struct span *other, size_t nother, size_t *nout);

#endif
