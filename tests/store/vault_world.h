/* vault_world.h: the world with a vault in it: operations are asked as the vault's dispatcher would, on
 * the real database. */
#ifndef TESTS_STORE_VAULT_WORLD_H
#define TESTS_STORE_VAULT_WORLD_H

#include "store/fixture.h"

#include "base/clock.h"
#include "seal/pwhash.h"
#include "vault/argon2.h"
#include "vault/mac.h"

extern struct world w;
extern struct vault v;
extern struct vault_answer answer;
extern int64_t sid; /* a site admin without a role anywhere */

/* ann administers acme, sid the site, both under the vault's MAC, and both have confirmed: sessions
 * 'a' and 's'. Everybody else's role has no MAC. */
void vault_world_set_up(void);

/* A hash that is all `c`. */
struct span session_of(char c);
/* A request of signet-web for this account from the session of that hash; and one of signet-admin. */
struct vault_request from(int64_t account, char c);
extern const struct vault_request OPERATOR;
/* The row that a right password leaves, as if typed at that time. */
void confirmed_at(int64_t account, char c, int64_t at);

struct vault_grant role_grant(int64_t account, int64_t role);
struct vault_grant site_grant(int64_t account, bool revoke);
int grant_by(unsigned peers, struct vault_request q, struct vault_grant g);
void as_operator(struct vault_grant g);
/* The role in acme. */
int64_t role_of(int64_t account);

#endif
