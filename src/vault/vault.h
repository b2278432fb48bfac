/* vault.h: what the parts of the vault share. The master reads the key and forks the workers; each
 * worker has a database connection and an arena of its own and answers one request at a time. */
#ifndef VAULT_VAULT_H
#define VAULT_VAULT_H

#include <pthread.h>
#include <sys/types.h>

#include "proto/codec.h"
#include "seal/open.h"
#include "store/db.h"
#include "vault/guess.h"

/* Memory of all workers. */
struct vault_shared {
	pthread_mutex_t argon2; /* robust: a worker that dies in Argon2 must not stop the others */
	int64_t argon2_calls;	/* atomic */
	struct vault_guesses guesses;
};

struct vault_options {
	const char *socket, *secret_key;
	uid_t web, admin; /* who may ask; root counts as admin */
	gid_t group;	  /* of the socket; (gid_t)-1 = the process's own */
	int64_t workers;
	const char *audit_log; /* the folder of signed heads; NULL: they are not signed */
	int64_t sign_every;    /* seconds */
	int64_t guesses;       /* wrong passwords of an account in VAULT_GUESS_WINDOW; 0: the usual */
	struct db_options db;
};

struct vault {
	const struct vault_options *options;
	const struct open_key *key;
	struct vault_shared *shared;
	struct span dummy; /* a hash that no password fits, for unknown accounts */
	int64_t started_ms;
	struct db *db;	     /* the worker's; NULL in the master */
	struct arena *arena; /* reset after each request */
	bool db_checked;     /* schema and statements fit, seen on a live connection */
};

/* Who is at the other end, as a set. */
enum vault_peer { PEER_WEB = 1, PEER_ADMIN = 2 };
unsigned vault_peers(const struct vault_options *o, uid_t uid);

/* Answers one message of a peer into `out` (room: PROTO_ROOM) and logs a line. Whatever comes in,
 * something goes out. */
void vault_dispatch(struct vault *v, unsigned peers, struct span message, struct wire_out *out);

/* The operations: results into `s`, errors returned. */
int vault_op_password_check(struct vault *v, unsigned peers, const struct vault_request *q,
			    struct vault_answer *s) WARN_UNUSED;
int vault_op_password_set(struct vault *v, unsigned peers, const struct vault_request *q,
			  struct vault_answer *s) WARN_UNUSED;
int vault_op_role_grant(struct vault *v, unsigned peers, const struct vault_request *q,
			struct vault_answer *s) WARN_UNUSED;
int vault_op_account_enable(struct vault *v, unsigned peers, const struct vault_request *q,
			    struct vault_answer *s) WARN_UNUSED;
int vault_op_link_create(struct vault *v, unsigned peers, const struct vault_request *q,
			 struct vault_answer *s) WARN_UNUSED;
int vault_op_link_password(struct vault *v, unsigned peers, const struct vault_request *q,
			   struct vault_answer *s) WARN_UNUSED;
int vault_op_scope_grant(struct vault *v, unsigned peers, const struct vault_request *q,
			 struct vault_answer *s) WARN_UNUSED;
int vault_op_rebind(struct vault *v, unsigned peers, const struct vault_request *q,
		    struct vault_answer *s) WARN_UNUSED;
int vault_op_sealed_check(struct vault *v, unsigned peers, const struct vault_request *q,
			  struct vault_answer *s) WARN_UNUSED;
int vault_op_rights_check(struct vault *v, unsigned peers, const struct vault_request *q,
			  struct vault_answer *s) WARN_UNUSED;

/* A connection that works and a schema that fits. E_UNAVAILABLE; E_CONFLICT: another version;
 * E_BUG: a statement does not fit or is not granted. Logged. */
int vault_db_ready(struct vault *v) WARN_UNUSED;

/* A worker's life: serves `listener` until SIGTERM. Ends the process. */
__attribute__((noreturn)) void vault_worker(struct vault *v, int listener);
/* The master's: binds, forks, restarts, until SIGTERM or SIGINT. The program's exit status. */
int vault_master(const struct vault_options *o);

enum { VAULT_EXIT_CONFIG = 78 }; /* a worker that no restart can help */

#endif
