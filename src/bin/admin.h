/* admin.h: signet-admin's commands, and what they share. */
#ifndef BIN_ADMIN_H
#define BIN_ADMIN_H

#include "base/config.h"
#include "core/audit.h"
#include "proto/vault.h"
#include "store/db.h"

struct admin {
	struct config *config;
	struct arena *arena;
	struct db *db;
	struct vault_client vault;
};

/* The operator, for audit rows. */
struct actor admin_actor(void);
struct vault_actor admin_vault_actor(void);

/* Each takes the arguments behind its name and answers the process's exit status. */
int admin_migrate(struct admin *a, int argc, char **argv);
int admin_keys(struct admin *a, int argc, char **argv);
int admin_account(struct admin *a, int argc, char **argv);
int admin_demo(struct admin *a, int argc, char **argv);
int admin_doctor(struct admin *a, int argc, char **argv);
int admin_audit(struct admin *a, int argc, char **argv);
int admin_status(struct admin *a, int argc, char **argv);

/* Prints "signet-admin: WHAT: error" and answers 1. */
int admin_failed(const char *what, int rc);

#endif
