/* deliver.h: some deliveries at a time, each in a process of its own: libcurl waits for the
 * server's answer to a mail, and nobody shall wait with it; and what a mail server makes of one
 * delivery touches no other. */
#ifndef MAIL_DELIVER_H
#define MAIL_DELIVER_H

#include <poll.h>

#include "mail/options.h"
#include "mail/queue.h"

enum { DELIVER_MOST = 4 };

struct delivery {
	pid_t pid; /* 0: the place is free */
	int fd;	   /* where its result comes */
	struct letter *letter;
};

struct deliver {
	const struct mail_options *options;
	struct delivery list[DELIVER_MOST];
};

/* How one ended. */
struct delivered {
	struct letter *letter;
	bool done;	    /* the server took it */
	bool refused;	    /* for good (5xx): trying again is no use */
	long code;	    /* the server's last answer; 0: none */
	const char *reason; /* why not, in words; static */
};

bool deliver_room(const struct deliver *d);
bool deliver_busy(const struct deliver *d);
/* Begins, with deliver_room() alone; `l` stays where it is in `q` until deliver_next() names it.
 * The new process forgets all other mails. E_UNAVAILABLE (logged): no process can be started now.
 */
int deliver_start(struct deliver *d, struct queue *q, struct letter *l) WARN_UNUSED;
/* Appends what to wait for to `fds`, which has room for DELIVER_MOST; answers how many. */
unsigned deliver_wait(const struct deliver *d, struct pollfd *fds);
/* One that ended; false: none (any more). Never waits. */
bool deliver_next(struct deliver *d, struct delivered *out);
/* Breaks off what is under way. */
void deliver_stop(struct deliver *d);

#endif
