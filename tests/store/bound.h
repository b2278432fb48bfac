/* bound.h: account integrations, consents and handles, written by hand without the vault (so their MACs
 * are empty). */
#ifndef TESTS_STORE_BOUND_H
#define TESTS_STORE_BOUND_H

#include "store/fixture.h"

/* A time that has not come yet. */
enum { LATER = 2000000000 };

/* An account integration; its id. */
int64_t own_make(int64_t account, const char *name, const char *type);
/* Its owner's consent, in use, with entry 11. projects: "*" for all, or "3,17". */
void grant_make(int64_t integration, int64_t subscription, const char *projects);
/* A bound integration that leads to it, for all projects; its id. */
int64_t handle_make(int64_t integration, int64_t subscription, const char *name);
/* As if the handle had been rebound from that account integration, whose consent is released. */
void rebound_from(int64_t handle, int64_t integration);
/* The scope of what an account owns. */
struct scope own_scope(int64_t account);

#endif
