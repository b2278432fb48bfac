/* ties.h: what changes of consents and of bindings share: the locks, who acts, reading rows that
 * can be believed, and writing them with their entries and MACs. All of it inside one transaction.
 */
#ifndef VAULT_TIES_H
#define VAULT_TIES_H

#include "vault/acting.h"
#include "vault/trust.h"

struct tie_note;

struct ties {
	struct vault *vault;
	struct acting who;
	int64_t now;
	int64_t subscription_id;
	struct binding_place place;
	struct integration_head own; /* the account integration that is locked; id 0: no such one */
	struct tie_note *notes;	     /* entries for accounts' chains: ties_end() writes them */
};

/* Locks the account integrations, those that are there, by ascending id, then the subscription;
 * then finds who acts, which is never the operator. `ids` are put in order; own_id must be one of
 * them. E_UNCONFIRMED, E_DENIED; E_NOT_FOUND: no such subscription. */
struct ties_wanted {
	int64_t *ids;
	size_t n;
	int64_t own_id, subscription_id;
};
int ties_begin(struct vault *v, unsigned peers, const struct vault_request *q,
	       const struct ties_wanted *w, struct ties *out) WARN_UNUSED;
/* The last step: entries in the chains of accounts, in one order for all transactions. */
int ties_end(struct ties *t) WARN_UNUSED;

/* The subscription's consent to an account integration, as far as it can be believed; one that was
 * released and whose time is over counts as none. E_NOT_FOUND; E_DENIED: not the vault's last word
 * (logged); *out is filled then, too. */
int ties_grant_find(struct ties *t, int64_t integration_id, struct scope_grant *out) WARN_UNUSED;
/* The binding of a handle. E_NOT_FOUND; E_DENIED: likewise. */
int ties_binding_find(struct ties *t, int64_t handle_id, struct binding_row *out) WARN_UNUSED;

/* Writes the row; its entries say what became of it. `name`: the account integration's. */
int ties_grant_write(struct ties *t, enum audit_action action, struct span name,
		     struct scope_grant *g) WARN_UNUSED;
/* A consent to the use of t->own in these projects, from now on. */
int ties_grant_new(struct ties *t, enum audit_action action,
		   const struct project_set *projects) WARN_UNUSED;
/* Binds the handle to t->own from now on, by who acts. `was`: its binding until now (NULL: none);
 * b->undo_* are the caller's. */
int ties_binding_write(struct ties *t, enum audit_action action,
		       const struct integration_head *handle, const struct binding_row *was,
		       struct binding_row *b) WARN_UNUSED;
/* After bindings moved away from or to these account integrations: a consent that no binding uses
 * any more is released as long as an undo may go back to it, and else deleted. */
int ties_settle(struct ties *t, const int64_t *integration_ids, size_t n) WARN_UNUSED;

/* The projects of a request as a set, in the arena. E_INVALID: too many; E_NOT_FOUND: one is not of
 * the subscription (`role` is a collaborator: not one of theirs, or all: under a name that others'
 * workflow files use, their values would reach projects in which they have no say). */
int ties_projects(struct ties *t, enum role role, bool all, const int64_t *ids, size_t n,
		  struct project_set *out) WARN_UNUSED;

#endif
