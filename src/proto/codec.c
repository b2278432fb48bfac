/* codec.c: the bytes of requests and answers. */
#include "proto/codec.h"

#include "base/banned.h"

static void actor_put(struct wire_out *w, const struct vault_actor *a)
{
	wire_put_i64(w, a->account_id);
	wire_put_run(w, a->name, PROTO_LOGIN_MAX);
	wire_put_run(w, a->address, PROTO_ADDRESS_MAX);
	wire_put_run(w, a->request, PROTO_REQUEST_ID_MAX);
}

static void actor_get(struct wire_in *r, struct vault_actor *a)
{
	a->account_id = wire_get_i64(r);
	a->name = wire_get_run(r, PROTO_LOGIN_MAX);
	a->address = wire_get_run(r, PROTO_ADDRESS_MAX);
	a->request = wire_get_run(r, PROTO_REQUEST_ID_MAX);
}

static bool flag_get(struct wire_in *r)
{
	unsigned flag = wire_get_byte(r);

	if (flag > 1)
		r->err = E_CORRUPT;
	return flag == 1;
}

static void grant_put(struct wire_out *w, const struct vault_grant *g)
{
	wire_put_byte(w, (unsigned)g->kind);
	wire_put_i64(w, g->account_id);
	wire_put_i64(w, g->subscription_id);
	wire_put_i64(w, g->project_id);
	wire_put_i64(w, g->role);
	wire_put_i64(w, g->expect);
	wire_put_byte(w, g->revoke);
}

static void grant_get(struct wire_in *r, struct vault_grant *g)
{
	unsigned kind = wire_get_byte(r);

	g->account_id = wire_get_i64(r);
	g->subscription_id = wire_get_i64(r);
	g->project_id = wire_get_i64(r);
	g->role = wire_get_i64(r);
	g->expect = wire_get_i64(r);
	g->revoke = flag_get(r);
	if (kind < GRANT_SITE_ADMIN || kind > GRANT_COLLABORATOR)
		r->err = E_CORRUPT;
	g->kind = (enum vault_grant_kind)kind;
}

/* A hash is whole or not there. */
static void session_get(struct wire_in *r, struct span *session)
{
	*session = wire_get_run(r, PROTO_SESSION_MAX);
	if (session->n && session->n != PROTO_SESSION_MAX)
		r->err = E_CORRUPT;
}

static void ids_put(struct wire_out *w, const int64_t *ids, size_t n, size_t most)
{
	if (n > most) {
		w->err = E_TOO_BIG;
		return;
	}
	wire_put_i64(w, (int64_t)n);
	for (size_t k = 0; k < n; k++)
		wire_put_i64(w, ids[k]);
}

/* The count is believed only as far as there are bytes for it. */
static const int64_t *ids_get(struct arena *a, struct wire_in *r, size_t *n, size_t most)
{
	int64_t count = wire_get_i64(r), *ids;

	*n = 0;
	if (count < 0 || (uint64_t)count > most || (uint64_t)count > r->left / sizeof(int64_t)) {
		r->err = E_CORRUPT;
		return NULL;
	}
	ids = ARENA_ARRAY(a, int64_t, (size_t)count + 1);
	while (*n < (size_t)count)
		ids[(*n)++] = wire_get_i64(r);
	return ids;
}

static void scope_put(struct wire_out *w, const struct vault_scope *s)
{
	wire_put_i64(w, s->integration_id);
	wire_put_i64(w, s->subscription_id);
	wire_put_byte(w, s->all_projects);
	ids_put(w, s->projects, s->nprojects, VAULT_SCOPE_PROJECTS);
	wire_put_run(w, s->name, PROTO_NAME_MAX);
	wire_put_byte(w, s->keep);
	wire_put_i64(w, s->expect);
}

static void scope_get(struct arena *a, struct wire_in *r, struct vault_scope *s)
{
	s->integration_id = wire_get_i64(r);
	s->subscription_id = wire_get_i64(r);
	s->all_projects = flag_get(r);
	s->projects = ids_get(a, r, &s->nprojects, VAULT_SCOPE_PROJECTS);
	s->name = wire_get_run(r, PROTO_NAME_MAX);
	s->keep = flag_get(r);
	s->expect = wire_get_i64(r);
}

static void rebind_put(struct wire_out *w, const struct vault_rebind *b)
{
	wire_put_i64(w, b->subscription_id);
	wire_put_i64(w, b->to);
	ids_put(w, b->handles, b->nhandles, VAULT_REBIND_HANDLES);
	wire_put_byte(w, b->undo);
	wire_put_byte(w, b->all_projects);
	ids_put(w, b->projects, b->nprojects, VAULT_SCOPE_PROJECTS);
	wire_put_i64(w, b->expect);
}

static void rebind_get(struct arena *a, struct wire_in *r, struct vault_rebind *b)
{
	b->subscription_id = wire_get_i64(r);
	b->to = wire_get_i64(r);
	b->handles = ids_get(a, r, &b->nhandles, VAULT_REBIND_HANDLES);
	b->undo = flag_get(r);
	b->all_projects = flag_get(r);
	b->projects = ids_get(a, r, &b->nprojects, VAULT_SCOPE_PROJECTS);
	b->expect = wire_get_i64(r);
}

/* What needs an actor who confirmed. */
static void act_put(struct wire_out *w, const struct vault_request *q)
{
	actor_put(w, &q->actor);
	wire_put_run(w, q->session, PROTO_SESSION_MAX);
	if (q->op == VAULT_ROLE_GRANT)
		grant_put(w, &q->grant);
	else if (q->op == VAULT_SCOPE_GRANT)
		scope_put(w, &q->scope);
	else if (q->op == VAULT_REBIND)
		rebind_put(w, &q->rebind);
	else
		wire_put_i64(w, q->account_id);
	if (q->op == VAULT_ACCOUNT_ENABLE)
		wire_put_byte(w, q->enabled);
}

static void act_get(struct arena *a, struct wire_in *r, unsigned op, struct vault_request *q)
{
	actor_get(r, &q->actor);
	session_get(r, &q->session);
	if (op == VAULT_ROLE_GRANT)
		grant_get(r, &q->grant);
	else if (op == VAULT_SCOPE_GRANT)
		scope_get(a, r, &q->scope);
	else if (op == VAULT_REBIND)
		rebind_get(a, r, &q->rebind);
	else
		q->account_id = wire_get_i64(r);
	if (op == VAULT_ACCOUNT_ENABLE)
		q->enabled = flag_get(r);
}

void proto_request_put(struct wire_out *w, const struct vault_request *q)
{
	wire_put_byte(w, PROTO_VERSION);
	wire_put_byte(w, (unsigned)q->op);
	switch (q->op) {
	case VAULT_STATUS:
		break;
	case VAULT_PASSWORD_CHECK:
		wire_put_run(w, q->login, PROTO_LOGIN_MAX);
		wire_put_run(w, q->password, PROTO_PASSWORD_MAX);
		wire_put_run(w, q->session, PROTO_SESSION_MAX);
		break;
	case VAULT_PASSWORD_SET:
		actor_put(w, &q->actor);
		wire_put_i64(w, q->account_id);
		wire_put_run(w, q->current, PROTO_PASSWORD_MAX);
		wire_put_run(w, q->password, PROTO_PASSWORD_MAX);
		break;
	case VAULT_ROLE_GRANT:
	case VAULT_ACCOUNT_ENABLE:
	case VAULT_LINK_CREATE:
	case VAULT_SCOPE_GRANT:
	case VAULT_REBIND:
		act_put(w, q);
		break;
	case VAULT_LINK_PASSWORD:
		actor_put(w, &q->actor);
		wire_put_run(w, q->code, PROTO_CODE_MAX);
		wire_put_run(w, q->password, PROTO_PASSWORD_MAX);
		break;
	case VAULT_SEALED_CHECK:
	case VAULT_RIGHTS_CHECK:
		wire_put_i64(w, q->after);
		break;
	}
}

static void request_body(struct arena *a, struct wire_in *r, unsigned op, struct vault_request *q)
{
	switch (op) {
	case VAULT_STATUS:
		break;
	case VAULT_PASSWORD_CHECK:
		q->login = wire_get_run(r, PROTO_LOGIN_MAX);
		q->password = wire_get_run(r, PROTO_PASSWORD_MAX);
		session_get(r, &q->session);
		break;
	case VAULT_PASSWORD_SET:
		actor_get(r, &q->actor);
		q->account_id = wire_get_i64(r);
		q->current = wire_get_run(r, PROTO_PASSWORD_MAX);
		q->password = wire_get_run(r, PROTO_PASSWORD_MAX);
		break;
	case VAULT_ROLE_GRANT:
	case VAULT_ACCOUNT_ENABLE:
	case VAULT_LINK_CREATE:
	case VAULT_SCOPE_GRANT:
	case VAULT_REBIND:
		act_get(a, r, op, q);
		break;
	case VAULT_LINK_PASSWORD:
		actor_get(r, &q->actor);
		q->code = wire_get_run(r, PROTO_CODE_MAX);
		q->password = wire_get_run(r, PROTO_PASSWORD_MAX);
		break;
	case VAULT_SEALED_CHECK:
	case VAULT_RIGHTS_CHECK:
		q->after = wire_get_i64(r);
		break;
	default:
		r->err = E_CORRUPT;
	}
}

int proto_request_get(struct arena *a, struct span message, struct vault_request *out)
{
	struct wire_in r = wire_from(message);
	unsigned version = wire_get_byte(&r), op = wire_get_byte(&r);

	memset(out, 0, sizeof(*out));
	if (message.n > PROTO_MESSAGE_MAX || version != PROTO_VERSION)
		return E_CORRUPT;
	request_body(a, &r, op, out);
	TRY(wire_end(&r));
	out->op = (enum vault_op)op;
	return OK;
}

static void status_put(struct wire_out *w, const struct vault_status *s)
{
	wire_put_run(w, span_str(s->key_id), sizeof(s->key_id) - 1);
	wire_put_i64(w, s->workers);
	wire_put_i64(w, s->argon2_calls);
	wire_put_i64(w, s->uptime_s);
}

static void status_get(struct wire_in *r, struct vault_status *s)
{
	struct span id = wire_get_run(r, sizeof(s->key_id) - 1);

	memcpy(s->key_id, id.p, id.n);
	s->workers = wire_get_i64(r);
	s->argon2_calls = wire_get_i64(r);
	s->uptime_s = wire_get_i64(r);
}

static void fault_put(struct wire_out *w, const struct vault_fault *f)
{
	wire_put_byte(w, (unsigned)f->row);
	wire_put_byte(w, (unsigned)f->why);
	wire_put_i64(w, f->account_id);
	wire_put_i64(w, f->subscription_id);
	wire_put_i64(w, f->integration_id);
}

static void fault_get(struct wire_in *r, struct vault_fault *f)
{
	unsigned row = wire_get_byte(r), why = wire_get_byte(r);

	if (row == 0 || row >= ROW_KINDS || why == 0 || why >= WHY_KINDS)
		r->err = E_CORRUPT;
	f->row = (enum vault_row)row;
	f->why = (enum vault_why)why;
	f->account_id = wire_get_i64(r);
	f->subscription_id = wire_get_i64(r);
	f->integration_id = wire_get_i64(r);
}

static void check_put(struct wire_out *w, const struct vault_check *c)
{
	wire_put_i64(w, c->checked);
	wire_put_i64(w, c->good);
	for (size_t i = 1; i < WHY_KINDS; i++)
		wire_put_i64(w, c->why[i]);
	wire_put_i64(w, c->next);
	wire_put_byte(w, (unsigned)c->nfaults);
	for (size_t i = 0; i < c->nfaults; i++)
		fault_put(w, &c->faults[i]);
}

static void check_get(struct wire_in *r, struct vault_check *c)
{
	size_t n;

	c->checked = wire_get_i64(r);
	c->good = wire_get_i64(r);
	for (size_t i = 1; i < WHY_KINDS; i++)
		c->why[i] = wire_get_i64(r);
	c->next = wire_get_i64(r);
	n = wire_get_byte(r);
	if (n > VAULT_FAULTS)
		r->err = E_CORRUPT;
	for (size_t i = 0; r->err == OK && i < n; i++)
		fault_get(r, &c->faults[c->nfaults++]);
}

void proto_answer_put(struct wire_out *w, enum vault_op op, const struct vault_answer *s)
{
	wire_put_byte(w, PROTO_VERSION);
	wire_put_byte(w, (unsigned)op & 0xFF);
	wire_put_byte(w, (unsigned)-s->err);
	if (s->err != OK)
		return;
	if (op == VAULT_STATUS)
		status_put(w, &s->status);
	else if (op == VAULT_PASSWORD_CHECK || op == VAULT_LINK_PASSWORD)
		wire_put_i64(w, s->account_id);
	else if (op == VAULT_SEALED_CHECK || op == VAULT_RIGHTS_CHECK)
		check_put(w, &s->check);
	else if (op == VAULT_LINK_CREATE)
		wire_put_run(w, s->code, PROTO_CODE_MAX);
	else if (op == VAULT_SCOPE_GRANT)
		wire_put_i64(w, s->handle_id);
}

static void result_get(struct wire_in *r, enum vault_op op, struct vault_answer *out)
{
	if (op == VAULT_STATUS)
		status_get(r, &out->status);
	else if (op == VAULT_PASSWORD_CHECK || op == VAULT_LINK_PASSWORD)
		out->account_id = wire_get_i64(r);
	else if (op == VAULT_SEALED_CHECK || op == VAULT_RIGHTS_CHECK)
		check_get(r, &out->check);
	else if (op == VAULT_LINK_CREATE)
		out->code = wire_get_run(r, PROTO_CODE_MAX);
	else if (op == VAULT_SCOPE_GRANT)
		out->handle_id = wire_get_i64(r);
}

int proto_answer_get(struct span message, enum vault_op op, struct vault_answer *out)
{
	struct wire_in r = wire_from(message);
	unsigned version = wire_get_byte(&r), answered = wire_get_byte(&r), err = wire_get_byte(&r);

	memset(out, 0, sizeof(*out));
	if (version != PROTO_VERSION || answered != (unsigned)op || err > (unsigned)-E_BUG)
		return E_CORRUPT;
	out->err = -(int)err;
	if (out->err == OK)
		result_get(&r, op, out);
	return wire_end(&r);
}
