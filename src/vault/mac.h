/* mac.h: the MACs that make a row a right: over its table's name and all of its content, under the
 * vault's key. */
#ifndef VAULT_MAC_H
#define VAULT_MAC_H

#include "seal/open.h"
#include "store/binding_change.h"
#include "store/confirmation.h"
#include "store/departure.h"
#include "store/link.h"
#include "store/password.h"
#include "store/right.h"
#include "store/scope_grant.h"

/* Of the row's account_id, hash and set_at. */
void mac_password(const struct open_key *k, const struct password_row *r,
		  unsigned char out[HASH_BYTES]);
/* Of all columns but the MAC. E_TOO_BIG when `source` is longer than its column. */
int mac_right(const struct open_key *k, const struct right *r,
	      unsigned char out[HASH_BYTES]) WARN_UNUSED;
/* Of all columns but the MAC. E_TOO_BIG when a hash is not one. */
int mac_confirmation(const struct open_key *k, const struct confirmation *c,
		     unsigned char out[HASH_BYTES]) WARN_UNUSED;
/* Likewise, and of the MAC of the account's password row (SPAN_NONE: it has none): the link fits no
 * other password, so that a row that was kept and put back after its use does not come alive. */
int mac_link(const struct open_key *k, const struct password_link *l,
	     unsigned char out[HASH_BYTES]) WARN_UNUSED;
/* Of all columns but the MAC. */
void mac_scope_grant(const struct open_key *k, const struct scope_grant *g,
		     unsigned char out[HASH_BYTES]);
void mac_binding(const struct open_key *k, const struct binding_row *b,
		 unsigned char out[HASH_BYTES]);
void mac_departure(const struct open_key *k, const struct departure *d,
		   unsigned char out[HASH_BYTES]);
/* Does the row carry the MAC that belongs to it? */
bool mac_password_fits(const struct open_key *k, const struct password_row *r);
bool mac_right_fits(const struct open_key *k, const struct right *r);
bool mac_confirmation_fits(const struct open_key *k, const struct confirmation *c);
bool mac_link_fits(const struct open_key *k, const struct password_link *l);
bool mac_scope_grant_fits(const struct open_key *k, const struct scope_grant *g);
bool mac_binding_fits(const struct open_key *k, const struct binding_row *b);
bool mac_departure_fits(const struct open_key *k, const struct departure *d);

#endif
