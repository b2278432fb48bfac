/* bearer.c: access tokens as programs send them (RFC 6750, the header alone: a token in an address
 * would end in logs). */
#include "page/bearer.h"

#include "base/clock.h"
#include "http/route.h"
#include "store/sync_token.h"
#include "store/token.h"
#include "base/banned.h"

enum { TOKEN_CHARS = sizeof(TOKEN_PREFIX) - 1 + 43, NOTE_SEEN_AFTER = 60 };
_Static_assert(sizeof(SYNC_TOKEN_PREFIX) == sizeof(TOKEN_PREFIX), "tokens are of one length");

/* "Bearer" in any case, blanks, the token of that prefix. */
static struct span token_of(const struct req *r, const char *prefix)
{
	struct span rest = r->authorization, scheme;

	if (!span_cut(&rest, ' ', &scheme) || scheme.n != 6 ||
	    strncasecmp(scheme.p, "Bearer", 6) != 0)
		return SPAN_NONE;
	rest = span_trim(rest);
	return rest.n == TOKEN_CHARS && span_starts(rest, span_str(prefix)) ? rest : SPAN_NONE;
}

static struct span hash_of(struct arena *a, struct span token)
{
	unsigned char *sum = arena_alloc(a, HASH_BYTES);

	hash_bytes(token, sum);
	return span_of((const char *)sum, HASH_BYTES);
}

void bearer_new(struct arena *a, const char *prefix, struct span *text, struct span *hash)
{
	*text = arena_printf(a, "%s%.*s", prefix, SPAN_ARG(token_new(a)));
	*hash = hash_of(a, *text);
}

/* Nobody is behind a sync token, so that nothing which asks for an account finds one. */
static int lookup_sync_token(struct req *r, struct visit *v, struct span token)
{
	struct who *who = ARENA_NEW(r->arena, struct who);
	struct scope *scope = ARENA_NEW(r->arena, struct scope);
	struct sync_token t = {0};
	int64_t now = clock_now();
	int rc = store_sync_token_find(app_of(r)->db, r->arena, hash_of(r->arena, token), now,
				       scope, &t);

	if (rc == E_NOT_FOUND)
		r->refusal = "This sync token is unknown, ended or revoked. Admins of the "
			     "subscription make a new one on the project's page.";
	TRY(rc);
	who->account_id = ACCOUNT_NONE;
	who->login = who->name = arena_printf(r->arena, "token %.*s", SPAN_ARG(t.name));
	who->uid = who->theme = who->token_hash = SPAN("");
	v->who = who;
	v->sync = scope;
	v->token = token;
	v->scopes = TOKEN_WORKFLOW;
	v->bearer = true;
	if (now - t.seen_at >= NOTE_SEEN_AFTER)
		return store_sync_token_seen(app_of(r)->db, t.id, r->remote, now);
	return OK;
}

int bearer_lookup(struct req *r, struct visit *v)
{
	struct span token = token_of(r, TOKEN_PREFIX), sync = token_of(r, SYNC_TOKEN_PREFIX);
	struct access_token t = {0};
	struct who *who;
	int64_t now = clock_now();
	int rc = E_NOT_FOUND;

	if (sync.n)
		return lookup_sync_token(r, v, sync);
	if (token.n)
		rc = store_token_find(app_of(r)->db, r->arena, hash_of(r->arena, token), now, &who,
				      &t);
	if (rc == E_NOT_FOUND && r->authorization.n)
		r->refusal = "This access token is unknown, expired or revoked. Make a new one at "
			     "/account/tokens.";
	TRY(rc);
	v->who = who;
	v->token = token;
	v->scopes = t.scopes;
	v->bearer = true;
	if (now - t.seen_at >= NOTE_SEEN_AFTER)
		return store_token_seen(app_of(r)->db, t.id, r->remote, now);
	return OK;
}

int bearer_may(struct req *r)
{
	const struct visit *v = visit_of(r);
	bool reads = r->method == METHOD_GET || r->method == METHOD_HEAD;
	bool sends = r->route->permission == P_WORKFLOW_SYNC;

	if (!v || !v->bearer ||
	    v->scopes & (sends ? TOKEN_WORKFLOW : reads ? TOKEN_READ : TOKEN_WRITE))
		return OK;
	if (sends)
		r->refusal = "This access token may not send workflow files: it has not the scope "
			     "\"workflow\".";
	else
		r->refusal = reads ? "This access token may not read: it has not the scope \"read\"."
				   : "This access token may not change anything: it has not the scope "
				     "\"write\".";
	return E_DENIED;
}
