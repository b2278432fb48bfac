/* integration.h: integrations of a subscription, or of an account (scope_own()): reading them
 * within their scope, and what changes them. */
#ifndef STORE_INTEGRATION_H
#define STORE_INTEGRATION_H

#include "core/audit.h"
#include "core/integration.h"
#include "store/db.h"

extern const struct stmt_table STORE_INTEGRATION, STORE_INTEGRATION_PARTS;

/* One, whole. E_NOT_FOUND when it is not in the scope. */
int store_integration_get(struct db *db, struct arena *a, const struct scope *s, int64_t id,
			  struct integration **out) WARN_UNUSED;

/* The same, by its exact name. */
int store_integration_named(struct db *db, struct arena *a, const struct scope *s, struct span name,
			    struct integration **out) WARN_UNUSED;

/* Which one has this uid. E_NOT_FOUND: none in the scope. */
int store_integration_of_uid(struct db *db, struct arena *a, const struct scope *s, struct span uid,
			     int64_t *id, struct span *name) WARN_UNUSED;

/* A secret that was sealed in this request (or kept, sealed, from the one before). */
struct sealed_new {
	struct span field, key_id, box, origins;
	int64_t sealed_at;
};

/* What a form made of an integration: everything but the secrets is given whole; of the secrets
 * only what is new and what goes. */
struct integration_change {
	int64_t id, version;          /* 0 for a new one */
	struct span uid;              /* new: 16 random bytes */
	struct span name, type, url;
	struct integration_url *urls;
	size_t nurls;
	struct integration_value *values;
	size_t nvalues;
	struct sealed_new *sealed;
	size_t nsealed;
	struct span *unsealed;        /* fields whose sealed value is removed */
	size_t nunsealed;
	bool all_projects;
	role_set edit_roles;
	struct project *projects;     /* those that the editor sees; `chosen`: is in the list */
	size_t nprojects;
	struct span fields;           /* names of what changed, for the audit row */
	struct span places;           /* store_integration_rename() */
	bool sure;                    /* the same */

	bool name_taken, stale;       /* why it was E_CONFLICT */
	bool in_use;                  /* the same, of a deletion, or of an edit with another name: workflow files
				       * name it (product rules 9 and 10) */
	bool moved;                   /* the same, of a rename: c->places is not what names it now */
	bool refused;                 /* why it was E_DENIED: rights, not the key */
};

/* All changes ask again, in their transaction, what `s` says of the visitor: E_NOT_FOUND when the
 * role is gone or a collaborator does not see it any more, E_DENIED with c->refused when the role
 * is another now or may not do this. A scope of account 0 is the operator's, who may. Of an
 * account's own there are no rights to ask for; E_NOT_FOUND there also: the account is disabled. */

/* Creates it, with its audit row. E_CONFLICT: name_taken. E_DENIED: the key that sealed is not
 * active any more: read the public key file again. */
int store_integration_create(struct db *db, struct arena *a, const struct scope *s,
			     const struct actor *actor, struct integration_change *c,
			     int64_t *id) WARN_UNUSED;
/* E_CONFLICT: name_taken, stale (its version is another now), or in_use: what workflow files name
 * gets another name by store_integration_rename() alone. E_NOT_FOUND: gone meanwhile. */
int store_integration_edit(struct db *db, struct arena *a, const struct scope *s,
			   const struct actor *actor, struct integration_change *c) WARN_UNUSED;
/* Gives the integration c->id of a subscription, of version c->version, the name c->name, although
 * workflow files name it (product rule 10). c->places: which places do, as store_rename_places()
 * said; SPAN_NONE: whichever. c->sure: that they will not resolve any more is wanted. E_CONFLICT:
 * stale, name_taken, moved (they are others now), or in_use (there are some, and nobody is sure). */
int store_integration_rename(struct db *db, struct arena *a, const struct scope *s,
			     const struct actor *actor, struct integration_change *c) WARN_UNUSED;
/* One of a subscription: other subscriptions hang on an account's own (store_own_delete()). Needs
 * c->id and c->version. E_CONFLICT: stale, or in_use. E_NOT_FOUND: gone already. */
int store_integration_delete(struct db *db, struct arena *a, const struct scope *s,
			     const struct actor *actor, struct integration_change *c) WARN_UNUSED;
/* Disables the integration c->id with a reason (one line, at most INTEGRATION_REASON_CHARS_MAX
 * characters), or enables it when the reason is empty: whatever its version is, since stopping
 * something must not wait. E_CONFLICT: it is so already. */
int store_integration_disable(struct db *db, struct arena *a, const struct scope *s,
			      const struct actor *actor, struct integration_change *c,
			      struct span reason) WARN_UNUSED;

/* Inside the transactions above: urls, values, sealed fields, projects of one integration. */
int store_integration_parts_write(struct db *db, struct arena *a, const struct scope *s,
				  const struct actor *actor, int64_t id,
				  const struct integration_change *c) WARN_UNUSED;
int store_integration_parts_read(struct db *db, struct arena *a, const struct scope *s,
				 struct integration *i) WARN_UNUSED;

#endif
