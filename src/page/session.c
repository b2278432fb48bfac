/* session.c: a session is a random token in a cookie; the database knows its hash. */
#include "page/session.h"

#include "base/clock.h"
#include "base/log.h"
#include "http/form.h"
#include "http/front.h"
#include "page/bearer.h"
#include "store/audit_denial.h"
#include "store/session.h"
#include "base/banned.h"

enum { TOKEN_CHARS = 43, NOTE_SEEN_AFTER = 60, WAS_AGE = 86400 };

/* Over TLS the prefix makes browsers refuse the cookie from anywhere but this host over TLS. */
static const char *cookie_name(const struct req *r)
{
	return app_of(r)->secure ? "__Host-signet" : "signet";
}

/* Before anybody signs in, a random value ties the sign-in form to the browser that asked for it.
 */
static const char *visitor_cookie(const struct req *r)
{
	return app_of(r)->secure ? "__Host-signet-visitor" : "signet-visitor";
}

static const char *last_cookie(const struct req *r)
{
	return app_of(r)->secure ? "__Host-signet-last" : "signet-last";
}

/* The token of the session before, which opens nothing any more: what that session gave to its
 * forms is known again by it. */
static const char *was_cookie(const struct req *r)
{
	return app_of(r)->secure ? "__Host-signet-was" : "signet-was";
}

/* As token_new() makes them; else none. */
static struct span token_in(const struct req *r, const char *cookie)
{
	struct span token = req_cookie(r, cookie), bytes;

	if (token.n != TOKEN_CHARS || base64_read(r->arena, token, TOKEN_BYTES, &bytes) != OK)
		return SPAN_NONE;
	return token;
}

static struct span hash_of(struct arena *a, struct span s)
{
	unsigned char *sum = arena_alloc(a, HASH_BYTES);

	hash_bytes(s, sum);
	return span_of((const char *)sum, HASH_BYTES);
}

/* Under the session's token, and over the account's uid, which no page shows. A browser can send
 * any token as one that it once had; without the uid it could make up forms of everybody. */
static void csrf_mac(struct arena *a, struct span token, int64_t account_id, struct span uid,
		     unsigned char out[HASH_BYTES])
{
	struct span whose = base64_text(a, uid);

	mac_bytes(token, arena_printf(a, "csrf:%lld:%.*s", (long long)account_id, SPAN_ARG(whose)),
		  out);
}

/* "7-" and a MAC: a form says whose it is, also when it comes back after its session. */
static struct span csrf_of(struct arena *a, struct span token, int64_t account_id, struct span uid)
{
	unsigned char sum[HASH_BYTES];
	struct span text;

	csrf_mac(a, token, account_id, uid, sum);
	text = base64_text(a, span_of((const char *)sum, sizeof(sum)));
	return arena_printf(a, "%lld-%.*s", (long long)account_id, SPAN_ARG(text));
}

/* What signs the boxes of kept.h: of no use to another account that has the token. */
static struct span kept_key(struct arena *a, struct span token, int64_t account_id)
{
	unsigned char *sum = arena_alloc(a, HASH_BYTES);

	mac_bytes(token, arena_printf(a, "kept:%lld", (long long)account_id), sum);
	return span_of((const char *)sum, HASH_BYTES);
}

static struct scope *scope_new(struct arena *a, const struct who *who, const struct membership *m)
{
	struct scope *s = ARENA_NEW(a, struct scope);

	*s = (struct scope){
		.subscription_id = m->subscription_id,
		.subscription_uid = m->subscription_uid,
		.slug = m->slug,
		.name = m->name,
		.account_id = who->account_id,
		.role = m->role,
		.revision = m->revision,
		.disabled = m->disabled,
	};
	return s;
}

static struct scope *scope_find(struct arena *a, const struct who *who, struct span slug)
{
	for (size_t k = 0; k < who->nmemberships; k++)
		if (span_eq(who->memberships[k].slug, slug))
			return scope_new(a, who, &who->memberships[k]);
	return NULL;
}

const struct scope *session_scope(const struct req *r, int64_t subscription_id)
{
	const struct who *who = visit_of(r)->who;

	for (size_t k = 0; k < who->nmemberships; k++)
		if (who->memberships[k].subscription_id == subscription_id)
			return scope_new(r->arena, who, &who->memberships[k]);
	return NULL;
}

/* The first that is not disabled; else the first; NULL: there is none. */
static struct scope *scope_first(struct arena *a, const struct who *who)
{
	for (size_t k = 0; k < who->nmemberships; k++)
		if (!who->memberships[k].disabled)
			return scope_new(a, who, &who->memberships[k]);
	return who->nmemberships ? scope_new(a, who, &who->memberships[0]) : NULL;
}

static void visit_fill(struct req *r, struct visit *v)
{
	struct span sub = req_param(r, "sub");

	if (v->sync) { /* it owns nothing, and is of one subscription alone */
		v->own = (struct scope){.account_id = ACCOUNT_NONE};
		v->scope = span_eq(v->sync->slug, sub) ? v->sync : NULL;
		return;
	}
	v->own = scope_own(v->who);
	if (sub.p)
		v->scope = scope_find(r->arena, v->who, sub);
	v->last = v->scope;
	if (v->bearer)
		return; /* a program's cookies count for nothing */
	if (!v->last)
		v->last = scope_find(r->arena, v->who, req_cookie(r, last_cookie(r)));
	if (!v->last || v->last->disabled)
		v->last = scope_first(r->arena, v->who);
}

static void anonymous(struct req *r, struct res *s)
{
	struct span token = req_cookie(r, visitor_cookie(r));

	if (token.n != TOKEN_CHARS) {
		token = token_new(r->arena);
		res_cookie(s, visitor_cookie(r), token, -1, app_of(r)->secure);
	}
	r->csrf = csrf_of(r->arena, token, 0, SPAN(""));
}

/* The operator's probes have no visitor, and must answer while the database is down. */
static bool is_probe(const struct req *r)
{
	return span_is(r->path, "/healthz") || span_is(r->path, "/readyz");
}

static int program_lookup(struct req *r)
{
	struct visit *v = ARENA_NEW(r->arena, struct visit);
	int rc = bearer_lookup(r, v);

	if (rc == E_NOT_FOUND)
		return OK;
	TRY(rc);
	visit_fill(r, v);
	r->who = v;
	return OK;
}

static void keys_fill(struct req *r, struct visit *v, struct span token)
{
	struct span was = token_in(r, was_cookie(r));
	int64_t id = v->who->account_id;

	v->token = kept_key(r->arena, token, id);
	v->was = was.n ? kept_key(r->arena, was, id) : SPAN_NONE;
}

int session_lookup(struct req *r, struct res *s)
{
	struct span token = token_in(r, cookie_name(r));
	int64_t now = clock_now(), seen_at;
	struct visit *v;
	struct who *who;
	int rc = E_NOT_FOUND;

	if (is_probe(r))
		return OK;
	if (r->api)
		return program_lookup(r);
	if (token.n)
		rc = store_session_find(app_of(r)->db, r->arena, hash_of(r->arena, token),
					req_param(r, "sub"), now, &who, &seen_at);
	if (rc == E_NOT_FOUND) {
		anonymous(r, s);
		return OK;
	}
	TRY(rc);
	v = ARENA_NEW(r->arena, struct visit);
	v->who = who;
	keys_fill(r, v, token);
	visit_fill(r, v);
	r->who = v;
	r->csrf = csrf_of(r->arena, token, who->account_id, who->uid);
	if (now - seen_at >= NOTE_SEEN_AFTER)
		return store_session_seen(app_of(r)->db, who->token_hash, now);
	return OK;
}

int session_note_denial(struct req *r)
{
	const struct visit *v = visit_of(r);
	/* what a sync token tries elsewhere is for those to know who made it */
	const struct scope *scope = v->sync ? v->sync : v->scope;
	struct audit_entry e = {
		.chain = scope ? audit_chain_subscription(r->arena, scope->subscription_id)
			       : AUDIT_CHAIN_SITE,
		.actor = actor_of(r),
		.action = AUDIT_DENIED,
		.object = r->path,
		.fields = span_str(method_name(r->method)),
	};

	log_warn("refused: %s %lld may not %.*s", v->sync ? "sync token" : "account",
		 (long long)(v->sync ? v->sync->sync_token_id : v->who->account_id),
		 SPAN_ARG(r->path));
	return store_audit_denial(app_of(r)->db, r->arena, &e);
}

int session_may(struct req *r, int permission)
{
	const struct visit *v = visit_of(r);
	int rc = role_allows(v ? v->who : NULL, v ? v->scope : NULL, (enum permission)permission);

	if (rc == OK)
		rc = bearer_may(r);
	else if (rc == E_DENIED && v && v->sync)
		r->refusal = "A sync token may send and remove the workflow files of its project, "
			     "and have files checked. For all else use a person's access token.";
	/* a disabled subscription refuses its own people at every step: that is no trespass */
	if (rc == E_DENIED && v && !(v->scope && v->scope->disabled))
		TRY(session_note_denial(r));
	return rc;
}

struct actor actor_of(const struct req *r)
{
	const struct visit *v = visit_of(r);

	return (struct actor){
		.account_id = v && !v->sync ? v->who->account_id : 0,
		.name = v ? v->who->login : SPAN(""),
		.address = r->remote,
		.request = span_str(r->id),
	};
}

/* Is it the MAC of csrf_of(), under this token? */
static bool is_csrf_of(struct arena *a, struct span token, const struct who *who, struct span text)
{
	unsigned char sum[HASH_BYTES];
	struct span mac;

	if (!token.n || base64_read(a, text, HASH_BYTES, &mac) != OK)
		return false;
	csrf_mac(a, token, who->account_id, who->uid, sum);
	return mac_equal(sum, mac);
}

int session_former(struct req *r, struct former *out)
{
	struct span mac = form_text(r->form, "csrf"), live = token_in(r, cookie_name(r)), id;
	const struct span tokens[] = {visit_of(r) ? SPAN_NONE : live, token_in(r, was_cookie(r))};

	if ((!tokens[0].n && !tokens[1].n) || !span_cut(&mac, '-', &id) ||
	    span_i64(id, &out->account_id) != OK || out->account_id < 1)
		return E_NOT_FOUND;
	TRY(store_session_account(app_of(r)->db, r->arena, out->account_id, &out->who));
	for (size_t k = 0; k < COUNT(tokens); k++) {
		out->token = tokens[k];
		if (is_csrf_of(r->arena, out->token, out->who, mac))
			return OK;
	}
	return E_NOT_FOUND;
}

struct visit *session_former_visit(struct req *r, const struct former *f)
{
	struct visit *v = ARENA_NEW(r->arena, struct visit);

	v->who = f->who;
	v->token = kept_key(r->arena, f->token, f->account_id);
	visit_fill(r, v);
	return v;
}

struct session_new session_prepare(const struct req *r)
{
	struct span token = token_new(r->arena);

	return (struct session_new){token, hash_of(r->arena, token), token_in(r, cookie_name(r))};
}

int session_start(struct req *r, struct res *s, const struct session_new *n, int64_t account_id,
		  struct span login)
{
	struct session_start start = {
		.token_hash = n->token_hash,
		.agent = r->agent,
		.actor = actor_of(r),
		.old_hash = visit_of(r) ? visit_of(r)->who->token_hash : SPAN_NONE,
	};

	start.actor.account_id = account_id;
	start.actor.name = login;
	TRY(store_session_create(app_of(r)->db, r->arena, &start));
	res_cookie(s, cookie_name(r), n->token, SESSION_AGE, app_of(r)->secure);
	res_cookie(s, visitor_cookie(r), SPAN(""), 0, app_of(r)->secure);
	if (n->was.n)
		res_cookie(s, was_cookie(r), n->was, WAS_AGE, app_of(r)->secure);
	return OK;
}

int session_end(struct req *r, struct res *s)
{
	const struct visit *v = visit_of(r);
	struct actor actor = actor_of(r);

	TRY(store_session_end(app_of(r)->db, r->arena, v->who->token_hash, &actor));
	res_cookie(s, was_cookie(r), token_in(r, cookie_name(r)), WAS_AGE, app_of(r)->secure);
	res_cookie(s, cookie_name(r), SPAN(""), 0, app_of(r)->secure);
	return OK;
}

void session_remember(const struct req *r, struct res *s)
{
	const struct visit *v = visit_of(r);

	if (v && v->scope && !span_eq(req_cookie(r, last_cookie(r)), v->scope->slug))
		res_cookie(s, last_cookie(r), v->scope->slug, SESSION_AGE, app_of(r)->secure);
}
