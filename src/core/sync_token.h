/* sync_token.h: what a project's CI sends its workflow files with: all but the token itself. */
#ifndef CORE_SYNC_TOKEN_H
#define CORE_SYNC_TOKEN_H

#include "base/arena.h"
#include "core/token.h"

/* So that whoever scans for lost secrets recognises one, and tells it from a person's. */
#define SYNC_TOKEN_PREFIX "sgs_"

/* A project has at most so many. A name is shorter than others, so that "token NAME" fits where
 * audit trails have a login. */
enum { SYNC_TOKENS_MOST = 20, SYNC_TOKEN_NAME_CHARS = 60 };

struct sync_token {
	int64_t id;
	struct span name;
	int64_t created_at, expires_at;
	struct span created_by; /* "Name (login)" */
	bool maker_left;	/* has no role any more, but may still have the token */
	int64_t seen_at;	/* 0: never used */
	struct span seen_address;
};

#endif
