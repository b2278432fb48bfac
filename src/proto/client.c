/* client.c: what the vault can be asked. */
#include "base/log.h"
#include "proto/codec.h"
#include "proto/exchange.h"
#include "base/banned.h"

/* The answer stays in `room`. */
static int send_and_receive(const struct vault_client *c, struct span message, enum vault_op op,
			    char room[PROTO_ROOM], struct vault_answer *out)
{
	struct span answer;

	TRY(proto_exchange(c->socket, c->timeout_ms, message, room, PROTO_ROOM, &answer));
	if (proto_answer_get(answer, op, out) != OK) {
		log_error("the vault's answer is not one of this version");
		return E_UNAVAILABLE;
	}
	return OK;
}

/* The result of the operation, or why there is none. `reply` (may be NULL) takes the answer's
 * bytes, for a caller who needs its spans. */
static int ask_into(const struct vault_client *c, const struct vault_request *q,
		    char reply[PROTO_ROOM], struct vault_answer *out)
{
	char room[PROTO_ROOM], own[PROTO_ROOM];
	struct wire_out w = wire_into(room, sizeof(room));
	int rc;

	proto_request_put(&w, q);
	rc = w.err;
	if (rc == OK)
		rc = send_and_receive(c, span_of(room, w.n), q->op, reply ? reply : own, out);
	wipe(room, sizeof(room));
	return rc == OK ? out->err : rc;
}

static int ask(const struct vault_client *c, const struct vault_request *q,
	       struct vault_answer *out)
{
	return ask_into(c, q, NULL, out);
}

/* What is too long can fit nothing that is stored; the vault shall answer it like any other. */
static struct span at_most(struct span s, size_t n)
{
	return span_of(s.p, s.n < n ? s.n : n);
}

int vault_status(const struct vault_client *c, struct vault_status *out)
{
	struct vault_request q = {.op = VAULT_STATUS};
	struct vault_answer s;

	TRY(ask(c, &q, &s));
	*out = s.status;
	return OK;
}

int vault_password_check(const struct vault_client *c, struct span login, struct span password,
			 struct span session, int64_t *account_id)
{
	struct vault_request q = {
		.op = VAULT_PASSWORD_CHECK,
		.session = session,
		.login = at_most(login, PROTO_LOGIN_MAX),
		.password = at_most(password, PROTO_PASSWORD_MAX),
	};
	struct vault_answer s;

	TRY(ask(c, &q, &s));
	*account_id = s.account_id;
	return OK;
}

int vault_password_set(const struct vault_client *c, const struct vault_actor *actor,
		       int64_t account_id, struct span current, struct span password)
{
	struct vault_request q = {
		.op = VAULT_PASSWORD_SET,
		.actor = *actor,
		.account_id = account_id,
		.current = at_most(current, PROTO_PASSWORD_MAX),
		.password = at_most(password, PROTO_PASSWORD_MAX),
	};
	struct vault_answer s;

	return ask(c, &q, &s);
}

int vault_role_grant(const struct vault_client *c, const struct vault_actor *actor,
		     struct span session, const struct vault_grant *grant)
{
	struct vault_request q = {
		.op = VAULT_ROLE_GRANT, .actor = *actor, .session = session, .grant = *grant};
	struct vault_answer s;

	return ask(c, &q, &s);
}

int vault_account_enable(const struct vault_client *c, const struct vault_actor *actor,
			 struct span session, int64_t account_id, bool enabled)
{
	struct vault_request q = {
		.op = VAULT_ACCOUNT_ENABLE,
		.actor = *actor,
		.session = session,
		.account_id = account_id,
		.enabled = enabled,
	};
	struct vault_answer s;

	return ask(c, &q, &s);
}

int vault_link_create(const struct vault_client *c, const struct vault_actor *actor,
		      struct span session, int64_t account_id, char code[48])
{
	struct vault_request q = {
		.op = VAULT_LINK_CREATE,
		.actor = *actor,
		.session = session,
		.account_id = account_id,
	};
	char room[PROTO_ROOM];
	struct vault_answer s;
	int rc = ask_into(c, &q, room, &s);

	memset(code, 0, 48);
	if (rc == OK && s.code.n != VAULT_CODE_CHARS)
		rc = E_UNAVAILABLE;
	if (rc == OK)
		memcpy(code, s.code.p, s.code.n);
	wipe(room, sizeof(room));
	return rc;
}

int vault_link_password(const struct vault_client *c, const struct vault_actor *actor,
			struct span code, struct span password, int64_t *account_id)
{
	struct vault_request q = {
		.op = VAULT_LINK_PASSWORD,
		.actor = *actor,
		.code = at_most(code, PROTO_CODE_MAX),
		.password = at_most(password, PROTO_PASSWORD_MAX),
	};
	struct vault_answer s;

	TRY(ask(c, &q, &s));
	*account_id = s.account_id;
	return OK;
}

int vault_scope_grant(const struct vault_client *c, const struct vault_actor *actor,
		      struct span session, const struct vault_scope *scope, int64_t *handle_id)
{
	struct vault_request q = {
		.op = VAULT_SCOPE_GRANT, .actor = *actor, .session = session, .scope = *scope};
	struct vault_answer s;

	if (scope->nprojects > VAULT_SCOPE_PROJECTS)
		return E_INVALID;
	q.scope.name = at_most(scope->name, PROTO_NAME_MAX);
	TRY(ask(c, &q, &s));
	*handle_id = s.handle_id;
	return OK;
}

int vault_rebind(const struct vault_client *c, const struct vault_actor *actor, struct span session,
		 const struct vault_rebind *rebind)
{
	struct vault_request q = {
		.op = VAULT_REBIND, .actor = *actor, .session = session, .rebind = *rebind};
	struct vault_answer s;

	if (rebind->nprojects > VAULT_SCOPE_PROJECTS || rebind->nhandles > VAULT_REBIND_HANDLES)
		return E_INVALID;
	return ask(c, &q, &s);
}

static int check(const struct vault_client *c, enum vault_op op, int64_t after,
		 struct vault_check *out)
{
	struct vault_request q = {.op = op, .after = after};
	struct vault_answer s;

	TRY(ask(c, &q, &s));
	*out = s.check;
	return OK;
}

int vault_sealed_check(const struct vault_client *c, int64_t after, struct vault_check *out)
{
	return check(c, VAULT_SEALED_CHECK, after, out);
}

int vault_rights_check(const struct vault_client *c, int64_t after, struct vault_check *out)
{
	return check(c, VAULT_RIGHTS_CHECK, after, out);
}
