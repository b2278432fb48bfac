/* ties_world.h: the vault's world with account integrations in it, and asking the vault to consent to their
 * use and to rebind. */
#ifndef TESTS_STORE_TIES_WORLD_H
#define TESTS_STORE_TIES_WORLD_H

#include "store/vault_world.h"

/* ann (admin), mem (member) and col (collaborator on api) of acme, eve (admin) of globex, all under the
 * vault's MAC and confirmed: sessions 'a', 'm', 'c', 'e'. mem owns "jenkins", ann "ann's". */
void ties_world_set_up(void);
extern int64_t jenkins, anns;

/* An account integration of type jenkins; its id. */
int64_t own_new(int64_t account, const char *name);

/* Consent to all projects of acme, whatever was before, and a bound integration of that name ("": none). */
struct vault_scope scope_of(int64_t own, const char *name);
/* The same for these projects, 0 at the end. */
struct vault_scope scope_listed(int64_t own, const char *name, int64_t one, int64_t two);
int scope_by(struct vault_request q, struct vault_scope s);
/* It must work; the new bound integration's id. */
int64_t bound_make(struct vault_request q, struct vault_scope s);

/* Of acme, one handle, all projects for an own one. */
struct vault_rebind rebind_of(int64_t handle, int64_t to);
struct vault_rebind undo_of(int64_t handle);
int rebind_by(struct vault_request q, struct vault_rebind r);
/* Takes the role in acme away. */
int leave(struct vault_request q, int64_t account);

/* "live all", "live 3,4", "released", or "none": of acme. */
const char *grant_of(int64_t own);
/* To which account integration. */
int64_t bound_to(int64_t handle);
/* The newest entries of a chain, oldest first: "action object fields" with "; " between. */
const char *newest_of(const char *chain, int n);

/* Adds an entry to its chain, as any process may. */
void audit_append(struct audit_entry *e);

/* A MAC as SQL has it. */
const char *hex(const unsigned char mac[HASH_BYTES]);

/* The whole walk of the doctor over what the vault wrote. */
struct vault_check check_all(void);

/* A row that is kept, and put back in place of what is there then. */
void keep_rows(const char *table);
void put_back(const char *table);

#endif
