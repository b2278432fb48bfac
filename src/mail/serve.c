/* serve.c: one process and one loop: requests, deliveries and the time of the next try. */
#include "mail/serve.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "mail/deliver.h"
#include "mail/peers.h"
#include "mail/smtp.h"
#include "proto/listener.h"
#include "base/banned.h"

enum { GRACE_MS = 5000, LONGEST_WAIT_MS = 1000, LAST_WAIT_MS = 100 };

struct server {
	struct queue queue;
	struct peers peers;
	struct deliver deliver;
	int signals;
	int64_t end_ms; /* 0: not told to end */
};

/* As a descriptor, so that no signal falls between two waits. */
static int signals_open(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGQUIT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void drop(struct letter *l, const char *why)
{
	log_error("mail %lld to %s is dropped after %lld tries: %s", (long long)l->id, l->to,
		  (long long)l->tries, why);
	queue_drop(l);
}

static void settle(struct server *s, const struct delivered *d)
{
	struct letter *l = d->letter;

	if (d->done) {
		log_info("mail %lld to %s is delivered at try %lld", (long long)l->id, l->to,
			 (long long)l->tries);
		queue_drop(l);
		return;
	}
	log_warn("mail %lld to %s: %s (the server's last answer: %ld)", (long long)l->id, l->to,
		 d->reason, d->code);
	if (d->refused)
		drop(l, "the server refuses it");
	else if (s->end_ms)
		drop(l, "the program ends");
	else if (!queue_again(&s->queue, l, clock_ms()))
		drop(l, "it was tried for long enough");
}

static int wait_ms(const struct server *s)
{
	int64_t ms = deliver_room(&s->deliver) ? queue_wait(&s->queue, clock_ms()) : -1;

	if (s->end_ms)
		return LAST_WAIT_MS;
	/* peers that say nothing are looked at each second, too */
	return (int)(ms < 0 || ms > LONGEST_WAIT_MS ? LONGEST_WAIT_MS : ms);
}

static void start_due(struct server *s)
{
	struct letter *l;

	while (deliver_room(&s->deliver) && (l = queue_due(&s->queue, clock_ms())) != NULL)
		if (deliver_start(&s->deliver, &s->queue, l) != OK &&
		    !queue_again(&s->queue, l, clock_ms()))
			drop(l, "it was tried for long enough");
}

static void turn(struct server *s)
{
	struct pollfd fds[1 + DELIVER_MOST + PEERS_MOST + 1] = {
		{.fd = s->signals, .events = POLLIN}};
	unsigned n = 1, peers;
	struct delivered d;

	n += deliver_wait(&s->deliver, fds + n);
	peers = n;
	if (!s->end_ms)
		n += peers_wait(&s->peers, fds + n);
	if (poll(fds, n, wait_ms(s)) < 0)
		return;
	if (!s->end_ms && fds[0].revents)
		s->end_ms = clock_ms() + GRACE_MS;
	if (!s->end_ms)
		peers_serve(&s->peers, &s->queue, fds + peers, n - peers, clock_ms());
	while (deliver_next(&s->deliver, &d))
		settle(s, &d);
	if (!s->end_ms)
		start_due(s);
}

static void run(struct server *s, const struct mail_options *o)
{
	while (!s->end_ms)
		turn(s);
	close(s->peers.listener);
	unlink(o->socket);
	while (deliver_busy(&s->deliver) && clock_ms() < s->end_ms)
		turn(s);
	deliver_stop(&s->deliver);
	for (struct letter *l = NULL; (l = queue_next(&s->queue, l)) != NULL;)
		drop(l, "the program ends");
}

int mail_serve(const struct mail_options *o)
{
	static struct server s;

	s.queue.keep_ms = o->keep_ms;
	s.peers.web = o->web;
	s.signals = signals_open();
	s.deliver.options = o;
	if (s.signals < 0 || smtp_setup() != OK ||
	    listener_open(o->socket, o->group, &s.peers.listener) != OK)
		return EXIT_FAILURE;
	log_info("ready: mail goes to %s", o->url);
	run(&s, o);
	log_info("stopped");
	return EXIT_SUCCESS;
}
