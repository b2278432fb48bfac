/* token.h: a personal access token, as lists show it: all but the token itself. */
#ifndef CORE_TOKEN_H
#define CORE_TOKEN_H

#include "base/arena.h"

/* What a token may do; the numbers stand in the database. Reading and changing are apart, and
 * neither follows from sending workflow files. */
enum { TOKEN_READ = 1, TOKEN_WRITE = 2, TOKEN_WORKFLOW = 4 };
/* Days until it ends. */
enum { TOKEN_DAYS = 90, TOKEN_DAYS_MOST = 365 };
/* So that whoever scans for lost secrets recognises one. */
#define TOKEN_PREFIX "sgp_"

struct access_token {
	int64_t id;
	struct span name;
	unsigned scopes;
	int64_t created_at, expires_at;
	int64_t seen_at; /* 0: never used */
	struct span seen_address;
};

/* "read, write", in the arena. */
struct span token_scopes_text(struct arena *a, unsigned scopes);

#endif
