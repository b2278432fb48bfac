/* dispatch.c: which operation, whether this peer may ask it, and the line in the log. The log never
 * has what a message says: no login, no password, no address. */
#include "base/clock.h"
#include "base/log.h"
#include "store/audit.h"
#include "store/audit_heads.h"
#include "store/audit_newest.h"
#include "store/binding_change.h"
#include "store/confirmation.h"
#include "store/departure.h"
#include "store/link.h"
#include "store/password.h"
#include "store/right.h"
#include "store/schema.h"
#include "store/scope_grant.h"
#include "store/sealed_check.h"
#include "store/standing.h"
#include "vault/argon2.h"
#include "base/banned.h"

static int status(struct vault *v, unsigned peers, const struct vault_request *q,
		  struct vault_answer *s)
{
	(void)peers;
	(void)q;
	memcpy(s->status.key_id, open_key_public(v->key)->id, sizeof(s->status.key_id));
	s->status.workers = v->options->workers;
	s->status.argon2_calls = vault_argon2_calls(v);
	s->status.uptime_s = (clock_ms() - v->started_ms) / 1000;
	return OK;
}

static const struct op {
	const char *name;
	unsigned peers; /* who may ask */
	bool database;	/* is of no use without one */
	int (*run)(struct vault *, unsigned, const struct vault_request *, struct vault_answer *);
} OPS[] = {
	[VAULT_STATUS] = {"status", PEER_WEB | PEER_ADMIN, false, status},
	[VAULT_PASSWORD_CHECK] = {"password_check", PEER_WEB, true, vault_op_password_check},
	[VAULT_PASSWORD_SET] = {"password_set", PEER_WEB | PEER_ADMIN, true, vault_op_password_set},
	[VAULT_ROLE_GRANT] = {"role_grant", PEER_WEB | PEER_ADMIN, true, vault_op_role_grant},
	[VAULT_SEALED_CHECK] = {"sealed_check", PEER_ADMIN, true, vault_op_sealed_check},
	[VAULT_RIGHTS_CHECK] = {"rights_check", PEER_ADMIN, true, vault_op_rights_check},
	[VAULT_ACCOUNT_ENABLE] = {"account_enable", PEER_WEB | PEER_ADMIN, true,
				  vault_op_account_enable},
	[VAULT_LINK_CREATE] = {"link_create", PEER_WEB | PEER_ADMIN, true, vault_op_link_create},
	[VAULT_LINK_PASSWORD] = {"link_password", PEER_WEB, true, vault_op_link_password},
	[VAULT_SCOPE_GRANT] = {"scope_grant", PEER_WEB, true, vault_op_scope_grant},
	[VAULT_REBIND] = {"rebind", PEER_WEB, true, vault_op_rebind},
};

unsigned vault_peers(const struct vault_options *o, uid_t uid)
{
	return (uid == o->web ? PEER_WEB : 0u) | (uid == o->admin || uid == 0 ? PEER_ADMIN : 0u);
}

static const char *peers_text(unsigned peers)
{
	static const char *const TEXT[] = {"stranger", "web", "admin", "web+admin"};

	return TEXT[peers & (PEER_WEB | PEER_ADMIN)];
}

int vault_db_ready(struct vault *v)
{
	static const struct stmt_table *const TABLES[] = {
		&STORE_AUDIT,	     &STORE_CONFIRMATION,   &STORE_LINK,	 &STORE_PASSWORD,
		&STORE_RIGHT,	     &STORE_STANDING,	    &STORE_SEALED_CHECK, &STORE_AUDIT_HEADS,
		&STORE_AUDIT_NEWEST, &STORE_BINDING_CHANGE, &STORE_DEPARTURE,	 &STORE_SCOPE_GRANT,
	};

	TRY(db_ready(v->db));
	if (v->db_checked)
		return OK;
	TRY(store_schema_check(v->db, v->arena));
	TRY(db_self_test(v->db, TABLES, COUNT(TABLES)));
	v->db_checked = true;
	return OK;
}

static int run(struct vault *v, unsigned peers, const struct vault_request *q,
	       struct vault_answer *s)
{
	const struct op *op = &OPS[q->op];

	if (!(op->peers & peers))
		return E_DENIED;
	if (op->database && vault_db_ready(v) != OK)
		return E_UNAVAILABLE;
	return op->run(v, peers, q, s);
}

/* A message that is no request still gets an answer, to the operation that it seems to mean. */
static enum vault_op op_of(struct span message)
{
	return (enum vault_op)(message.n > 1 ? (unsigned char)message.p[1] : 0);
}

void vault_dispatch(struct vault *v, unsigned peers, struct span message, struct wire_out *out)
{
	enum vault_op op = op_of(message);
	struct vault_answer s = {0};
	struct vault_request q;
	int64_t from = clock_ms();
	int rc = proto_request_get(v->arena, message, &q);
	const char *name = rc == OK ? OPS[op].name : "malformed";

	if (rc == OK)
		rc = run(v, peers, &q, &s);
	s.err = rc;
	proto_answer_put(out, op, &s);
	ASSERT(out->err == OK);
	log_line(rc == E_UNAVAILABLE || rc == E_CORRUPT || rc == E_BUG ? LOG_WARN : LOG_INFO,
		 "op=%s peer=%s result=%s ms=%lld", name, peers_text(peers), err_text(rc),
		 (long long)(clock_ms() - from));
}
