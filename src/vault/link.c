/* link.c: one-time links for a first or forgotten password. */
#include "store/link.h"

#include "base/clock.h"
#include "base/log.h"
#include "store/right.h"
#include "store/standing.h"
#include "vault/acting.h"
#include "vault/mac.h"
#include "vault/password.h"
#include "base/banned.h"

static struct span code_hash(struct vault *v, struct span code)
{
	unsigned char *sum = arena_alloc(v->arena, HASH_BYTES);

	hash_bytes(code, sum);
	return span_of((const char *)sum, HASH_BYTES);
}

struct making {
	struct vault *vault;
	unsigned peers;
	const struct vault_request *request;
	struct span code;
};

/* The link and the MAC of the password that it may replace. */
static int link_of(struct making *m, struct password_link *l)
{
	struct vault *v = m->vault;
	unsigned char *mac = arena_alloc(v->arena, HASH_BYTES);
	struct password_row password;

	TRY(store_password_by_account(v->db, v->arena, m->request->account_id, &password));
	*l = (struct password_link){
		.account_id = password.account_id,
		.code_hash = code_hash(v, m->code),
		.created_at = clock_now(),
		.password_mac = password.mac,
	};
	l->expires_at = l->created_at + VAULT_LINK_AGE;
	TRY(mac_link(v->key, l, mac));
	l->mac = span_of((const char *)mac, HASH_BYTES);
	return OK;
}

static int make(struct db *db, void *arg)
{
	const struct right site = {.table = RIGHT_SITE_ROLE};
	struct making *m = arg;
	struct vault *v = m->vault;
	struct standing account;
	struct password_link l;
	struct acting who;

	TRY(store_right_lock(db, v->arena, &site));
	TRY(acting_find(v, m->peers, m->request, &who));
	TRY(acting_site_admin(v, &who));
	TRY(store_standing_find(db, v->arena, m->request->account_id, &account));
	if (account.disabled)
		return E_CONFLICT;
	TRY(link_of(m, &l));
	return store_link_put(db, v->arena, &who.actor, &l, account.login);
}

int vault_op_link_create(struct vault *v, unsigned peers, const struct vault_request *q,
			 struct vault_answer *s)
{
	struct making m = {v, peers, q, token_new(v->arena)};

	TRY(db_transaction(v->db, make, &m));
	s->code = m.code;
	return OK;
}

/* E_NOT_FOUND whatever is wrong with the code: who has none learns nothing. */
static int find(struct vault *v, struct span code, struct password_link *out)
{
	int64_t now = clock_now();

	if (code.n != VAULT_CODE_CHARS)
		return E_NOT_FOUND;
	TRY(store_link_by_code(v->db, v->arena, code_hash(v, code), out));
	if (!mac_link_fits(v->key, out)) {
		log_error("a password link of account %lld was not written by the vault, or is for "
			  "an older password",
			  (long long)out->account_id);
		return E_NOT_FOUND;
	}
	return now < out->expires_at ? OK : E_NOT_FOUND;
}

struct using
{
	struct vault *vault;
	const struct vault_request *request;
	struct password_row *row; /* what to write; its account is the link's */
};

static int use(struct db *db, void *arg)
{
	const struct using *u = arg;
	struct vault *v = u->vault;
	const struct actor actor = {u->row->account_id, u->row->login, u->request->actor.address,
				    u->request->actor.request};
	struct password_link l;

	TRY(find(v, u->request->code, &l));
	TRY(store_password_put(db, v->arena, &actor, u->row, l.password_mac,
			       AUDIT_PASSWORD_BY_LINK));
	return store_standing_end_sessions(db, l.account_id);
}

/* Argon2 runs only for a code that is good, and outside the transaction, which looks again. */
int vault_op_link_password(struct vault *v, unsigned peers, const struct vault_request *q,
			   struct vault_answer *s)
{
	struct secret password = password_take(v, q->password);
	struct password_row row;
	struct password_link l;
	struct using u = {v, q, &row};

	(void)peers;
	TRY(find(v, q->code, &l));
	TRY(store_password_by_account(v->db, v->arena, l.account_id, &row));
	if (row.disabled)
		return E_NOT_FOUND;
	if (!password_length_fits(&password))
		return E_INVALID;
	TRY(password_make(v, &password, &row));
	TRY(db_transaction(v->db, use, &u));
	s->account_id = l.account_id;
	return OK;
}
