/* integration.h: a subscription integration that owns its values ("org"), and the rules about it:
 * who may see and edit it, what a form's input makes of it. */
#ifndef CORE_INTEGRATION_H
#define CORE_INTEGRATION_H

#include "core/role.h"
#include "core/type.h"
#include "core/url.h"

enum { INTEGRATION_URLS_MAX = 20, INTEGRATION_PAIRS_MAX = 100 };
enum { INTEGRATION_REASON_CHARS_MAX = 200 }; /* why it is disabled */

struct integration_url {
	struct span key, url, origin;
};

struct integration_value {
	struct span field, value;
};

/* That a secret is there, never what it is. */
struct sealed_mark {
	struct span field;     /* "apiToken", "envs:KEY" */
	struct span origins;   /* origins_text() */
	int64_t sealed_at;
	struct span sealed_by; /* the person's name, or "the operator" */
};

struct project {
	int64_t id;
	struct span name;
	bool chosen;           /* in the integration's list */
};

struct integration {
	int64_t id;
	struct span uid;       /* 16 bytes */
	struct span name, type;
	struct span url;       /* what lists show */
	bool all_projects;
	bool bound;            /* its values are those of an account integration (core/binding.h) */
	role_set edit_roles;
	int64_t version;
	int64_t created_at, changed_at;
	struct span created_by, changed_by; /* names, or "the operator" */
	int64_t disabled_at;   /* 0: it is enabled, and the next two are empty */
	struct span disabled_by, disabled_reason;

	/* Not in lists. */
	struct integration_url *urls;
	size_t nurls;
	struct integration_value *values;
	size_t nvalues;
	struct sealed_mark *sealed;
	size_t nsealed;

	/* Those of its projects that the viewer sees; the rest only as a number. */
	struct project *projects;
	size_t nprojects;
	int64_t hidden_projects;
};

/* Product rule 3. Whoever can see it at all (the query's business) and whose role is in the set may
 * view details, edit and delete. */
bool integration_may_edit(const struct scope *s, role_set edit_roles);
/* In how many places workflow files name it is for those to know who may edit it (rule 9 counts for
 * them what they do not see), and for those who see all projects. */
bool integration_may_count(const struct scope *s, role_set edit_roles);

const struct sealed_mark *integration_sealed(const struct integration *i, struct span field);
struct span integration_value(const struct integration *i, struct span field);
/* What a form says about one secret. */
struct secret_given {
	bool typed;             /* something stands in the input now */
	bool removed;           /* its "Remove" box is ticked */
	bool required;
	const struct origins *kept;   /* sealed in a request before this one; NULL: nothing kept */
	const struct origins *stored; /* in the database; NULL: nothing stored */
};

/* What becomes of it (product rule 14). */
enum secret_fate {
	SECRET_TYPED,     /* seal what was typed */
	SECRET_KEPT,      /* store the box that came with the form */
	SECRET_STORED,    /* leave the stored one alone */
	SECRET_REMOVED,
	SECRET_NONE,      /* optional and absent */
	SECRET_MISSING,   /* required and absent: ask for it */
	SECRET_ELSEWHERE, /* there is one, but it was given for other hosts: ask for it again */
};

/* `wanted`: where it may be sent after this change. An origin that the kept or stored one was not
 * sealed for is never added behind its owner's back. */
enum secret_fate secret_fate(const struct secret_given *g, const struct origins *wanted);

/* "envs:KEY", in the arena. */
struct span integration_pair_field(struct arena *a, struct span field, struct span key);

#endif
