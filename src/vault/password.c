/* password.c: checking and setting passwords. */
#include "vault/password.h"

#include "base/clock.h"
#include "base/log.h"
#include "store/confirmation.h"
#include "vault/argon2.h"
#include "vault/mac.h"
#include "base/banned.h"

enum { PASSWORD_LEAST = 12, PASSWORD_MOST = 1024 };

/* Into guarded memory; the message's bytes are wiped. They are the worker's own, hence the cast. */
struct secret password_take(struct vault *v, struct span from)
{
	return secret_take(v->arena, (char *)(uintptr_t)from.p, from.n);
}

/* Runs Argon2 exactly once, whatever `row` is: NULL, disabled, without a password or forged all
 * cost what a wrong password costs. */
static int check_once(struct vault *v, const struct password_row *row,
		      const struct secret *password)
{
	bool usable = row && !row->disabled && row->hash.n > 0;
	int rc;

	if (usable && !mac_password_fits(v->key, row)) {
		log_error("the password row of account %lld was not written by the vault",
			  (long long)row->account_id);
		usable = false;
	}
	rc = vault_argon2_check(v, usable ? row->hash : v->dummy, password);
	return usable || rc != OK ? rc : E_DENIED;
}

/* The same, unless too many were wrong lately: E_THROTTLED. `login` counts where there is no row. */
static int check(struct vault *v, const struct password_row *row, struct span login,
		 const struct secret *password)
{
	struct vault_guessed of = {row ? row->account_id : 0, login};
	struct vault_guesses *g = &v->shared->guesses;
	int rc;

	TRY(vault_guess_allowed(g, &of, clock_ms() / 1000));
	rc = check_once(v, row, password);
	if (rc == E_DENIED)
		vault_guess_failed(g, &of, clock_ms() / 1000);
	return rc;
}

static int find(struct vault *v, struct span login, struct password_row *out)
{
	if (login.n == 0 || login.n >= PROTO_LOGIN_MAX || !span_is_utf8(login))
		return E_NOT_FOUND;
	return store_password_by_login(v->db, v->arena, login, out);
}

/* Who typed the password just now may change rights from this session for a while. */
static int confirm(struct vault *v, int64_t account_id, struct span session)
{
	struct confirmation c = {session, account_id, clock_now(), SPAN_NONE};
	unsigned char mac[HASH_BYTES];

	TRY(mac_confirmation(v->key, &c, mac));
	c.mac = span_of((const char *)mac, sizeof(mac));
	return store_confirmation_put(v->db, &c, c.at - VAULT_CONFIRMED);
}

int vault_op_password_check(struct vault *v, unsigned peers, const struct vault_request *q,
			    struct vault_answer *s)
{
	struct secret password = password_take(v, q->password);
	struct password_row row;
	int rc = find(v, q->login, &row);

	(void)peers;
	if (rc != OK && rc != E_NOT_FOUND)
		return rc; /* no database: the same for every login */
	TRY(check(v, rc == OK ? &row : NULL, q->login, &password));
	s->account_id = row.account_id;
	return q->session.n ? confirm(v, row.account_id, q->session) : OK;
}

/* The web process proves that somebody knows the current password. Where all users are one, an
 * empty one means the operator's command. */
static bool needs_current(unsigned peers, const struct secret *current)
{
	return !(peers & PEER_ADMIN) || ((peers & PEER_WEB) && current->n > 0);
}

/* Fills in the row's hash, time and MAC. */
int password_make(struct vault *v, const struct secret *password, struct password_row *row)
{
	unsigned char *mac = arena_alloc(v->arena, HASH_BYTES);

	TRY(vault_argon2_make(v, password, &row->hash));
	row->set_at = clock_now();
	mac_password(v->key, row, mac);
	row->mac = span_of((const char *)mac, HASH_BYTES);
	return OK;
}

bool password_length_fits(const struct secret *password)
{
	return password->n >= PASSWORD_LEAST && password->n <= PASSWORD_MOST;
}

int vault_op_password_set(struct vault *v, unsigned peers, const struct vault_request *q,
			  struct vault_answer *s)
{
	struct secret current = password_take(v, q->current),
		      password = password_take(v, q->password);
	const struct actor actor = {q->actor.account_id, q->actor.name, q->actor.address,
				    q->actor.request};
	struct span expected = SPAN_NONE;
	struct password_row row;

	(void)s;
	if (!password_length_fits(&password))
		return E_INVALID;
	TRY(store_password_by_account(v->db, v->arena, q->account_id, &row));
	if (needs_current(peers, &current)) {
		TRY(check(v, &row, row.login, &current));
		expected = row.mac;
	}
	TRY(password_make(v, &password, &row));
	return store_password_write(v->db, v->arena, &actor, &row, expected);
}
