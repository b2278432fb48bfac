/* guess.c: counters of wrong passwords. A key has NEAR places where it may lie, from one that a
 * keyed hash chooses: which keys share their places cannot be told from outside. */
#include "vault/guess.h"

#include <errno.h>

#include "base/log.h"
#include "base/banned.h"

enum { NEAR = 32 };

void vault_guesses_init(struct vault_guesses *g)
{
	pthread_mutexattr_t attr;

	ASSERT(pthread_mutexattr_init(&attr) == 0);
	ASSERT(pthread_mutexattr_setpshared(&attr, PTHREAD_PROCESS_SHARED) == 0);
	ASSERT(pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST) == 0);
	ASSERT(pthread_mutex_init(&g->lock, &attr) == 0);
	pthread_mutexattr_destroy(&attr);
	random_bytes(g->seed, sizeof(g->seed));
	g->most = VAULT_GUESS_MOST;
}

/* A worker that died with the lock leaves at worst one counter that is off by one. */
static void lock(struct vault_guesses *g)
{
	int rc = pthread_mutex_lock(&g->lock);

	if (rc == EOWNERDEAD)
		rc = pthread_mutex_consistent(&g->lock);
	ASSERT(rc == 0);
}

static void unlock(struct vault_guesses *g)
{
	ASSERT(pthread_mutex_unlock(&g->lock) == 0);
}

/* The database takes "ann " for "ann". */
static struct span without_blanks(struct span login)
{
	while (login.n && login.p[login.n - 1] == ' ')
		login.n--;
	return login;
}

static uint64_t key_of(const struct vault_guesses *g, const struct vault_guessed *of)
{
	struct span data = of->account_id
				   ? span_of((const char *)&of->account_id, sizeof(of->account_id))
				   : without_blanks(of->login);
	unsigned char sum[HASH_BYTES];
	uint64_t key;

	mac_bytes(span_of((const char *)g->seed, sizeof(g->seed)), data, sum);
	memcpy(&key, sum, sizeof(key));
	return key ? key : 1;
}

static bool is_over(const struct vault_guess *at, int64_t now)
{
	return at->key == 0 || now - at->since >= VAULT_GUESS_WINDOW;
}

static struct vault_guess *place(struct vault_guesses *g, const struct vault_guessed *of,
				 uint64_t key, size_t k)
{
	struct vault_guess *table = of->account_id ? g->accounts : g->others;

	return &table[(key + k) % VAULT_GUESS_ROOM];
}

static struct vault_guess *find(struct vault_guesses *g, const struct vault_guessed *of,
				uint64_t key, int64_t now)
{
	for (size_t k = 0; k < NEAR; k++) {
		struct vault_guess *at = place(g, of, key, k);
		if (at->key == key && !is_over(at, now))
			return at;
	}
	return NULL;
}

/* The first that is free or over; else the one that knows least, the oldest of those. */
static struct vault_guess *room_for(struct vault_guesses *g, const struct vault_guessed *of,
				    uint64_t key, int64_t now)
{
	struct vault_guess *least = NULL;

	for (size_t k = 0; k < NEAR; k++) {
		struct vault_guess *at = place(g, of, key, k);
		if (is_over(at, now))
			return at;
		if (!least || at->failures < least->failures ||
		    (at->failures == least->failures && at->since < least->since))
			least = at;
	}
	return least;
}

int vault_guess_allowed(struct vault_guesses *g, const struct vault_guessed *of, int64_t now)
{
	struct vault_guess *at;
	bool full;

	lock(g);
	at = find(g, of, key_of(g, of), now);
	full = at && at->failures >= g->most;
	unlock(g);
	return full ? E_THROTTLED : OK;
}

/* What was typed as a login may be a password. */
static void say_full(const struct vault_guessed *of, int64_t most)
{
	if (of->account_id)
		log_warn("%lld wrong passwords for account %lld within %d s: no more are tried",
			 (long long)most, (long long)of->account_id, VAULT_GUESS_WINDOW);
	else
		log_warn("%lld wrong passwords for a login that no account has within %d s: no "
			 "more are "
			 "tried",
			 (long long)most, VAULT_GUESS_WINDOW);
}

void vault_guess_failed(struct vault_guesses *g, const struct vault_guessed *of, int64_t now)
{
	uint64_t key = key_of(g, of);
	struct vault_guess *at;
	bool full;

	lock(g);
	at = find(g, of, key, now);
	if (!at) {
		at = room_for(g, of, key, now);
		*at = (struct vault_guess){.key = key, .since = now};
	}
	full = ++at->failures == g->most;
	unlock(g);
	if (full)
		say_full(of, g->most);
}
