/* guess.h: wrong passwords, counted by whose they were, in memory of all workers. The web process
 * counts, too, and by address; this is for when it is not to be trusted. */
#ifndef VAULT_GUESS_H
#define VAULT_GUESS_H

#include <pthread.h>

#include "seal/hash.h"

/* Seconds; wrong passwords within them before no more are tried; and how many accounts, and other
 * logins, are counted at a time. One Argon2 at a time leaves the window no room for so many. */
enum { VAULT_GUESS_WINDOW = 15 * 60, VAULT_GUESS_MOST = 100, VAULT_GUESS_ROOM = 32768 };

struct vault_guess {
	uint64_t key;  /* of one account, or of a login that none has; 0: free */
	int64_t since; /* the first failure of those counted */
	int64_t failures;
};

struct vault_guesses {
	pthread_mutex_t lock; /* robust */
	int64_t most;
	unsigned char seed[HASH_BYTES];
	/* apart, so that logins which nobody has cannot push an account out */
	struct vault_guess accounts[VAULT_GUESS_ROOM], others[VAULT_GUESS_ROOM];
};

/* Whose password is guessed: an account's (id), or else that of a login which no account has. To a
 * peer both look alike: each is counted by itself, and to the same limit. */
struct vault_guessed {
	int64_t account_id; /* 0: none */
	struct span login;
};

/* `now`: seconds of a clock that only goes on. */
void vault_guesses_init(struct vault_guesses *g);
/* E_THROTTLED: as many were wrong within the window as may be; Argon2 is not asked. */
int vault_guess_allowed(struct vault_guesses *g, const struct vault_guessed *of,
			int64_t now) WARN_UNUSED;
/* One more was wrong. Logged when it is the last one that is tried. A right one in between forgets
 * nothing: who guesses could wait for it. Where there is no room, the one with the fewest failures
 * nearby is forgotten, and never a fuller one for an emptier. */
void vault_guess_failed(struct vault_guesses *g, const struct vault_guessed *of, int64_t now);

#endif
