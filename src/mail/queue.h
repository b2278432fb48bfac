/* queue.h: mails that are taken and not delivered yet: in memory alone, since a one-time link must
 * not lie on a disk, and few. Times are milliseconds of clock_ms(). */
#ifndef MAIL_QUEUE_H
#define MAIL_QUEUE_H

#include "proto/mail.h"

enum { QUEUE_MOST = 64 };

struct letter {
	int64_t id;   /* 0: the place is free */
	bool sending; /* somebody is at it */
	int64_t taken_ms, due_ms;
	int64_t tries;
	char to[MAIL_ADDRESS_MAX + 1];
	char subject[MAIL_SUBJECT_MAX + 1];
	char text[MAIL_TEXT_MAX + 1];
};

struct queue {
	struct letter letters[QUEUE_MOST];
	int64_t last_id, keep_ms;
};

bool queue_full(const struct queue *q);
/* Copies the mail, due at once. E_UNAVAILABLE: full. */
int queue_put(struct queue *q, const struct mail *m, int64_t now, struct letter **out) WARN_UNUSED;
/* The one that is due for longest and not being sent; NULL: none. */
struct letter *queue_due(struct queue *q, int64_t now);
/* Milliseconds until one is due; -1: none waits. */
int64_t queue_wait(const struct queue *q, int64_t now);
/* After a try that failed: due again after 1, 2, 4 ... 60 s. False: it would be past keep_ms then,
 * so it is to be dropped. */
bool queue_again(const struct queue *q, struct letter *l, int64_t now);
/* Wipes it; the place is free. */
void queue_drop(struct letter *l);
/* The next one in any state after `l` (NULL: the first); NULL at the end. */
struct letter *queue_next(struct queue *q, const struct letter *l);

#endif
