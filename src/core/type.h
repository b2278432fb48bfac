/* type.h: a kind of integration, as its file in src/types/ describes it. The form, its validation,
 * labels and secrecy come from here alone; no code knows a type by name. */
#ifndef CORE_TYPE_H
#define CORE_TYPE_H

#include "base/span.h"

enum { FIELD_PAIRS_MAX = 100 }; /* rows of a FIELD_PAIRS */

enum field_kind {
	FIELD_TEXT,       /* one line, shown to those who may view details */
	FIELD_LINES,      /* several lines, shown (a public key) */
	FIELD_SECRET,     /* one line, sealed */
	FIELD_SECRET_LINES, /* several lines, sealed (a private key) */
	FIELD_SECRET_URL, /* a URL that is itself a credential (chat webhook): sealed; its origin is
	                   * kept in clear and counts among the origins */
	FIELD_PAIRS,      /* rows of key and value; keys shown, every value sealed */
};

struct type_field {
	struct span name;      /* "apiToken": the name that runners see */
	struct span label;     /* "API token" */
	struct span help;      /* a sentence, or empty */
	struct span example;   /* placeholder, or empty */
	enum field_kind kind;
	bool required;
	size_t most;           /* bytes (of FIELD_PAIRS: of each value); a default by kind when the
	                        * file says nothing */
};

struct type_url {
	struct span key;       /* "apiUrl" */
	struct span help;
	struct span example;
	struct span preset;    /* filled in on + Add, or empty */
	bool required;
};

struct type {
	struct span name;      /* "jenkins": what rows and workflow tools say */
	struct span label;     /* "Jenkins" */
	struct span family;    /* "CI tools": groups the picker */
	struct span icon;      /* a symbol of static/vendor/icons.svg: "rocket" */
	struct span help;      /* what it is for, a sentence or two */
	struct type_field *fields;
	size_t nfields;
	struct type_url *urls; /* the keys its form shows first; empty: the type has no URLs */
	size_t nurls;
	bool more_urls;        /* may further URLs with keys of one's own be added? */

	/* How workflow files name one, besides in a job; empty: not in this way. */
	struct span ci_family; /* "hub": its list under `integrations:` */
	struct span ci_type;   /* "dockerRegistryLogin": the entry's `type:`; empty: it needs none */
	struct span *resources; /* "image", "cliConfig": the `type:` of resources that take one, the
				 * most usual first; core/resource.h has those that take any */
	size_t nresources;
};

/* All types, sorted by label. */
struct type_catalogue {
	struct type *list;
	size_t n;
};

static inline bool field_is_secret(enum field_kind kind)
{
	return kind != FIELD_TEXT && kind != FIELD_LINES;
}

/* NULL when there is none of that name. Borrowed from the catalogue. */
const struct type *type_find(const struct type_catalogue *c, struct span name);
/* Does each word of `q` stand somewhere in its label, name, family or help? Case does not matter (of
 * ASCII letters); nothing typed fits every type. */
bool type_fits(const struct type *t, struct span q);
const struct type_field *type_field_find(const struct type *t, struct span name);

#endif
