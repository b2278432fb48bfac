/* deliver.h: SMTP, some deliveries at a time, none of which anybody waits for. The one file here
 * that knows libcurl. */
#ifndef MAIL_DELIVER_H
#define MAIL_DELIVER_H

#include <poll.h>

#include "mail/options.h"
#include "mail/queue.h"

enum { DELIVER_MOST = 4, DELIVER_FDS_MOST = 32 };

struct deliver;

/* How one delivery ended. */
struct delivered {
	struct letter *letter;
	bool done;	    /* the server took it */
	bool refused;	    /* for good (5xx): trying again is no use */
	long code;	    /* the server's last answer; 0: none */
	const char *reason; /* why not, in words; static */
};

/* NULL (logged): libcurl does not start, or cannot speak what the options ask for. Options are
 * borrowed. */
struct deliver *deliver_new(const struct mail_options *o);
/* Breaks off what is under way. */
void deliver_free(struct deliver *d);
bool deliver_room(const struct deliver *d);
bool deliver_busy(const struct deliver *d);
/* Begins; the letter stays where it is until deliver_next() names it. Only with deliver_room(). */
void deliver_start(struct deliver *d, struct letter *l);
/* Waits for at most `ms` until one of `fds` (at most DELIVER_FDS_MOST) is ready (their revents say
 * so) or a delivery moves, and moves it. */
void deliver_wait(struct deliver *d, struct pollfd *fds, unsigned nfds, int ms);
/* One that ended; false: none (any more). */
bool deliver_next(struct deliver *d, struct delivered *out);

#endif
