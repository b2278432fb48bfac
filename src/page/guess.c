/* guess.c: guesses at a password. */
#include "page/guess.h"

#include <arpa/inet.h>

#include "base/clock.h"
#include "base/log.h"
#include "http/form.h"
#include "store/throttle.h"
#include "base/banned.h"

/* Failures within THROTTLE_WINDOW after which we do not ask the vault any more: for one login from
 * one network (low, since that is where a guesser sits), for one login from anywhere (high, or
 * anybody could lock anybody out), for one network and all logins. */
enum { MOST_FROM_NETWORK = 10, MOST_BY_ACCOUNT = 100, MOST_BY_NETWORK = 50 };

static struct span subject(const struct guess *g, int by)
{
	return span_of((const char *)g->sum[by], HASH_BYTES);
}

struct span guess_network(struct arena *a, struct span address)
{
	char text[INET6_ADDRSTRLEN];
	struct in6_addr ip;

	if (inet_pton(AF_INET6, arena_str(a, address), &ip) != 1 || IN6_IS_ADDR_V4MAPPED(&ip))
		return address;
	memset(&ip.s6_addr[8], 0, 8);
	ASSERT(inet_ntop(AF_INET6, &ip, text, sizeof(text)) != NULL);
	return arena_printf(a, "%s/64", text);
}

void guess_init(const struct req *r, struct span login, struct guess *out)
{
	struct span network = guess_network(r->arena, r->remote);

	hash_bytes(arena_printf(r->arena, "both:%.*s:%.*s", SPAN_ARG(network), SPAN_ARG(login)),
		   out->sum[GUESS_BY_BOTH]);
	hash_bytes(arena_printf(r->arena, "account:%.*s", SPAN_ARG(login)),
		   out->sum[GUESS_BY_ACCOUNT]);
	hash_bytes(arena_printf(r->arena, "address:%.*s", SPAN_ARG(network)),
		   out->sum[GUESS_BY_NETWORK]);
}

int guess_check(struct req *r, const struct guess *g)
{
	static const int64_t MOST[GUESS_SUBJECTS] = {MOST_FROM_NETWORK, MOST_BY_ACCOUNT,
						     MOST_BY_NETWORK};
	int64_t now = clock_now(), failures;

	for (int by = 0; by < GUESS_SUBJECTS; by++) {
		TRY(store_throttle_failures(app_of(r)->db, r->arena, subject(g, by), now,
					    &failures));
		if (failures >= MOST[by])
			return E_THROTTLED;
	}
	return OK;
}

/* The log says that and from where; what was typed as a login may be a password. */
int guess_failed(struct req *r, const struct guess *g)
{
	int64_t now = clock_now();

	log_warn("a password typed at %.*s was refused", SPAN_ARG(r->remote));
	for (int by = 0; by < GUESS_SUBJECTS; by++)
		TRY(store_throttle_failed(app_of(r)->db, subject(g, by), now));
	return OK;
}

int guess_right(struct req *r, const struct guess *g)
{
	TRY(store_throttle_clear(app_of(r)->db, subject(g, GUESS_BY_BOTH)));
	return store_throttle_clear(app_of(r)->db, subject(g, GUESS_BY_ACCOUNT));
}

static int ask_vault(struct req *r, struct span login, const char *field, struct span session,
		     int64_t *account_id)
{
	char *bytes = NULL;
	size_t n = 0;
	int rc;

	form_secret_take(r->form, span_str(field), &bytes, &n);
	rc = vault_password_check(&app_of(r)->vault, login, span_of(bytes, n), session, account_id);
	wipe(bytes, n);
	return rc;
}

int guess_password(struct req *r, struct span login, const char *field, struct span session,
		   int64_t *account_id)
{
	struct guess g;
	int rc;

	guess_init(r, login, &g);
	TRY(guess_check(r, &g));
	rc = ask_vault(r, login, field, session, account_id);
	if (rc == E_UNAVAILABLE)
		return E_RETRY;
	if (rc == E_DENIED)
		TRY(guess_failed(r, &g));
	TRY(rc);
	return guess_right(r, &g);
}
