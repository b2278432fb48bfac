/* check.h: the walk over all that the vault wrote: what its parts share. */
#ifndef VAULT_CHECK_H
#define VAULT_CHECK_H

#include "vault/trust.h"

/* Counts a row; 0 for `why`: it is good. What is wrong is also named, as long as there is room. */
void check_note(struct vault_check *c, enum vault_row row, enum vault_why why, int64_t account_id,
		int64_t subscription_id, int64_t integration_id);
/* 0 for a good one. */
enum vault_why check_why(enum trust t);

/* A batch each, inside a transaction. */
int check_bindings(struct vault *v, int64_t after, struct vault_check *c) WARN_UNUSED;
int check_grants(struct vault *v, int64_t after, struct vault_check *c) WARN_UNUSED;
int check_departures(struct vault *v, int64_t after, struct vault_check *c) WARN_UNUSED;

#endif
