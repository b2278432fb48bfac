/* trust.h: is a row one that the vault wrote, and its last word? Each has its MAC; that alone would
 * let a row count again that was taken away and put back. So the newest entry about the same thing
 * in the audit trail, to which other processes may only add, must be the one that the row was
 * written with. Whoever writes false entries can spoil a row by that, and make none. */
#ifndef VAULT_TRUST_H
#define VAULT_TRUST_H

#include "store/binding_change.h"
#include "store/departure.h"
#include "store/right.h"
#include "store/scope_grant.h"
#include "vault/vault.h"

enum trust {
	TRUST_GOOD,
	TRUST_FORGED,	/* no MAC of the vault's over this */
	TRUST_REPLAYED, /* the vault's, but not its last word */
};

/* "was not written by the vault", for the log; static. */
const char *trust_text(enum trust t);

/* E_UNAVAILABLE, E_RETRY. A collaborator's place on a project has no entry of its own: its MAC
 * counts alone. */
int trust_right(struct vault *v, const struct right *r, enum trust *out) WARN_UNUSED;
int trust_scope_grant(struct vault *v, const struct scope_grant *g, enum trust *out) WARN_UNUSED;
int trust_binding(struct vault *v, const struct binding_row *b, enum trust *out) WARN_UNUSED;
int trust_departure(struct vault *v, const struct departure *d, enum trust *out) WARN_UNUSED;

#endif
