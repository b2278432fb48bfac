/* app.h: what a web worker has at hand, and what a handler can ask about its visitor. */
#ifndef PAGE_APP_H
#define PAGE_APP_H

#include "core/audit.h"
#include "core/role.h"
#include "core/type.h"
#include "http/req.h"
#include "page/rendered.h"
#include "proto/mail.h"
#include "proto/vault.h"
#include "seal/seal.h"
#include "store/db.h"

struct app {
	struct db *db;
	const struct type_catalogue *types;
	const char *key_path;      /* the vault's public key: read again when it is retired */
	struct seal_key key;
	struct vault_client vault;
	struct mail_client mail;   /* its socket is NULL where no mail is sent */
	bool secure;               /* served over TLS */
	const char *address;       /* of the site, as links in mails say it: "https://signet.example.com" */
	struct rendered rendered;  /* parts of lists, by what they hang on */
};

/* r->who of a signed-in visitor. */
struct visit {
	const struct who *who;
	struct span token;         /* made of the session's: the key of what it may bring back */
	struct span was;           /* the same of the session before in this browser; or none */
	struct scope *scope;       /* the subscription that the address names; NULL: none */
	struct scope own;          /* what the account owns itself */
	const struct scope *last;  /* for navigation alone: the last visited one, or NULL */
	bool bearer;               /* an access token, which has these scopes, not a session */
	struct scope *sync;        /* a sync token's own scope, whatever the address names; or NULL */
	unsigned scopes;
};

static inline struct app *app_of(const struct req *r)
{
	return r->app;
}

/* NULL for an anonymous visitor. */
static inline const struct visit *visit_of(const struct req *r)
{
	return r->who;
}

/* The scope of a row whose pattern has ":sub" and whose permission needs a role there. */
static inline const struct scope *scope_of(const struct req *r)
{
	const struct visit *v = r->who;

	ASSERT(v && v->scope);
	return v->scope;
}

/* Whose integrations the address is about: the subscription's that it names; where its row's
 * pattern has no ":sub", the visitor's own. */
static inline const struct scope *owner_of(const struct req *r)
{
	const struct visit *v = r->who;

	return req_param(r, "sub").p ? scope_of(r) : &v->own;
}

/* Are they the visitor's own? */
static inline bool owner_is_visitor(const struct req *r)
{
	return owner_of(r)->subscription_id == 0;
}

/* Who acts, for audit rows. */
struct actor actor_of(const struct req *r);

#endif
