/* queue.c: places for mails. */
#include "mail/queue.h"

#include "base/arena.h"
#include "base/banned.h"

enum { FIRST_MS = 1000, LONGEST_MS = 60 * 1000 };

static struct letter *place(struct queue *q)
{
	for (size_t i = 0; i < QUEUE_MOST; i++)
		if (q->letters[i].id == 0)
			return &q->letters[i];
	return NULL;
}

bool queue_full(const struct queue *q)
{
	for (size_t i = 0; i < QUEUE_MOST; i++)
		if (q->letters[i].id == 0)
			return false;
	return true;
}

static void copy(char *out, size_t most, struct span s)
{
	ASSERT(s.n <= most);
	if (s.n)
		memcpy(out, s.p, s.n);
	out[s.n] = '\0';
}

int queue_put(struct queue *q, const struct mail *m, int64_t now, struct letter **out)
{
	struct letter *l = place(q);

	if (!l)
		return E_UNAVAILABLE;
	*l = (struct letter){.id = ++q->last_id, .taken_ms = now, .due_ms = now};
	copy(l->to, MAIL_ADDRESS_MAX, m->to);
	copy(l->subject, MAIL_SUBJECT_MAX, m->subject);
	copy(l->text, MAIL_TEXT_MAX, m->text);
	*out = l;
	return OK;
}

static const struct letter *first(const struct queue *q)
{
	const struct letter *found = NULL;

	for (size_t i = 0; i < QUEUE_MOST; i++) {
		const struct letter *l = &q->letters[i];
		if (l->id && !l->sending && (!found || l->due_ms < found->due_ms))
			found = l;
	}
	return found;
}

struct letter *queue_due(struct queue *q, int64_t now)
{
	const struct letter *l = first(q);

	return l && l->due_ms <= now ? &q->letters[l - q->letters] : NULL;
}

int64_t queue_wait(const struct queue *q, int64_t now)
{
	const struct letter *l = first(q);

	if (!l)
		return -1;
	return l->due_ms > now ? l->due_ms - now : 0;
}

bool queue_again(const struct queue *q, struct letter *l, int64_t now)
{
	int64_t wait = FIRST_MS;

	for (int64_t i = 1; i < l->tries && wait < LONGEST_MS; i++)
		wait *= 2;
	l->due_ms = now + (wait < LONGEST_MS ? wait : LONGEST_MS);
	l->sending = false;
	return l->due_ms - l->taken_ms <= q->keep_ms;
}

void queue_drop(struct letter *l)
{
	wipe(l, sizeof(*l));
}

struct letter *queue_next(struct queue *q, const struct letter *l)
{
	for (size_t i = l ? (size_t)(l - q->letters) + 1 : 0; i < QUEUE_MOST; i++)
		if (q->letters[i].id)
			return &q->letters[i];
	return NULL;
}
