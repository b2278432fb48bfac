/* guess.h: guesses at a password, counted by what was typed and from where, wherever the vault is
 * asked whether it is right. */
#ifndef PAGE_GUESS_H
#define PAGE_GUESS_H

#include "page/app.h"

/* What a guess is counted by: the login from this network, the login, the network. */
enum { GUESS_BY_BOTH, GUESS_BY_ACCOUNT, GUESS_BY_NETWORK, GUESS_SUBJECTS };

struct guess {
	unsigned char sum[GUESS_SUBJECTS][HASH_BYTES];
};

void guess_init(const struct req *r, struct span login, struct guess *out);
/* E_THROTTLED: too many failures lately; the vault is not to be asked. */
int guess_check(struct req *r, const struct guess *g) WARN_UNUSED;
/* One more failure. */
int guess_failed(struct req *r, const struct guess *g) WARN_UNUSED;
/* It was right: the login's failures are forgotten, the network's are not. */
int guess_right(struct req *r, const struct guess *g) WARN_UNUSED;
/* Asks the vault whether the form's field holds the password of this login, and counts. `session`: see
 * vault_password_check(). E_THROTTLED: too many failures, the vault was not asked; E_DENIED: wrong;
 * E_RETRY: the vault does not answer. */
int guess_password(struct req *r, struct span login, const char *field, struct span session,
		   int64_t *account_id) WARN_UNUSED;
/* The network of an address: an IPv4 address itself; of an IPv6 address the first 64 bits, since
 * everybody who has one address has 2^64 of them. Anything else as it is. In the arena. */
struct span guess_network(struct arena *a, struct span address);

/* For people, instead of an answer of the vault. */
#define GUESS_TOO_MANY SPAN("Too many failed tries. Wait 15 minutes and try again.")
#define GUESS_NO_VAULT                                                                             \
	SPAN("This does not work at the moment: the vault does not answer. Try again in a minute.")

#endif
