/* peers.h: the socket on which signet-web hands mails over. A peer sends its request at once; one
 * that does not keeps nobody waiting, and is sent away after a second. */
#ifndef MAIL_PEERS_H
#define MAIL_PEERS_H

#include <poll.h>
#include <sys/types.h>

#include "mail/queue.h"

enum { PEERS_MOST = 16 };

struct peer {
	int fd; /* 0: the place is free */
	int64_t until_ms;
};

struct peers {
	int listener;
	uid_t web; /* nobody else is answered */
	struct peer list[PEERS_MOST];
};

/* Appends what to wait for to `fds`, which has room for PEERS_MOST + 1; answers how many. */
unsigned peers_wait(const struct peers *p, struct pollfd *fds);
/* Takes new ones, answers those of `fds` that are ready, sends away the late ones. */
void peers_serve(struct peers *p, struct queue *q, const struct pollfd *fds, unsigned nfds,
		 int64_t now);

#endif
