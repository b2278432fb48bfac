/* codec.h: requests and answers of the vault's protocol as bytes. A request is a version, an
 * operation and what belongs to it; an answer repeats both, then an error, then, when that is OK,
 * the result. Nothing is left over at the end, and every length has a cap. */
#ifndef PROTO_CODEC_H
#define PROTO_CODEC_H

#include "base/wire.h"
#include "proto/vault.h"

enum {
	PROTO_LOGIN_MAX = 321,	   /* one byte more than any login has */
	PROTO_PASSWORD_MAX = 1025, /* one byte more than any password has */
	PROTO_SESSION_MAX = 32,	   /* a hash, or nothing */
	PROTO_CODE_MAX = 64,
	PROTO_ADDRESS_MAX = 64,
	PROTO_REQUEST_ID_MAX = 64,
	PROTO_NAME_MAX = 321,	/* one byte more than any name has */
	PROTO_ROOM = 12 * 1024, /* no request or answer of ours is longer */
};

/* One request; what its operation does not have is zero. Spans are borrowed from the message, lists
 * of ids lie in the arena. */
struct vault_request {
	enum vault_op op;
	struct span login;	    /* PASSWORD_CHECK */
	struct span password;	    /* PASSWORD_CHECK, PASSWORD_SET, LINK_PASSWORD */
	struct span current;	    /* PASSWORD_SET */
	struct span session;	    /* PASSWORD_CHECK, and where an actor confirmed */
	struct span code;	    /* LINK_PASSWORD */
	int64_t account_id;	    /* PASSWORD_SET, ACCOUNT_ENABLE, LINK_CREATE */
	struct vault_actor actor;   /* PASSWORD_SET, ROLE_GRANT and all behind RIGHTS_CHECK */
	struct vault_grant grant;   /* ROLE_GRANT */
	struct vault_scope scope;   /* SCOPE_GRANT */
	struct vault_rebind rebind; /* REBIND */
	bool enabled;		    /* ACCOUNT_ENABLE */
	int64_t after;		    /* SEALED_CHECK, RIGHTS_CHECK */
};

struct vault_answer {
	int err; /* enum err; what follows is there when it is OK */
	struct vault_status status;
	int64_t account_id; /* PASSWORD_CHECK, LINK_PASSWORD */
	struct vault_check check;
	struct span code;  /* LINK_CREATE; borrowed from the message */
	int64_t handle_id; /* SCOPE_GRANT */
};

/* Appends to w; look at w->err. */
void proto_request_put(struct wire_out *w, const struct vault_request *q);
/* E_CORRUPT for anything that is not one whole request of this version. */
int proto_request_get(struct arena *a, struct span message, struct vault_request *out) WARN_UNUSED;
void proto_answer_put(struct wire_out *w, enum vault_op op, const struct vault_answer *s);
/* E_CORRUPT, also for the answer to another operation. */
int proto_answer_get(struct span message, enum vault_op op, struct vault_answer *out) WARN_UNUSED;

#endif
