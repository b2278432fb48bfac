/* peers.c: requests and their answers. */
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "mail/peers.h"
#include "base/banned.h"

enum { RECEIVE_MS = 1000 };

unsigned peers_wait(const struct peers *p, struct pollfd *fds)
{
	unsigned n = 0, room = 0;

	for (size_t i = 0; i < PEERS_MOST; i++) {
		if (p->list[i].fd)
			fds[n++] = (struct pollfd){.fd = p->list[i].fd, .events = POLLIN};
		else
			room++;
	}
	if (room)
		fds[n++] = (struct pollfd){.fd = p->listener, .events = POLLIN};
	return n;
}

static void leave(struct peer *peer)
{
	close(peer->fd);
	*peer = (struct peer){0};
}

static bool is_web(int fd, uid_t web)
{
	struct ucred who;
	socklen_t size = sizeof(who);

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &size) != 0)
		return false;
	if (who.uid != web)
		log_warn("refused a connection of uid %u", (unsigned)who.uid);
	return who.uid == web;
}

static void greet(struct peers *p, int64_t now)
{
	struct peer *place = NULL;
	int fd;

	for (size_t i = 0; i < PEERS_MOST && !place; i++)
		if (!p->list[i].fd)
			place = &p->list[i];
	if (!place)
		return;
	fd = accept4(p->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	if (fd <= 0)
		return;
	if (is_web(fd, p->web))
		*place = (struct peer){fd, now + RECEIVE_MS};
	else
		close(fd);
}

static int take(struct queue *q, const struct mail_request *r, int64_t now)
{
	struct letter *l;

	if (r->op == MAIL_READY)
		return queue_full(q) ? E_UNAVAILABLE : OK;
	TRY(mail_check(&r->mail));
	if (queue_put(q, &r->mail, now, &l) != OK) {
		log_error("the queue is full: a mail to %.*s is not taken", SPAN_ARG(r->mail.to));
		return E_UNAVAILABLE;
	}
	log_info("mail %lld to %s is taken", (long long)l->id, l->to);
	return OK;
}

static void answer(int fd, struct queue *q, int64_t now)
{
	char message[MAIL_ROOM], room[16];
	struct iovec into = {message, sizeof(message)};
	struct msghdr head = {.msg_iov = &into, .msg_iovlen = 1};
	struct wire_out out = wire_into(room, sizeof(room));
	ssize_t n = recvmsg(fd, &head, MSG_CMSG_CLOEXEC);
	struct mail_request r;
	int rc;

	if (n <= 0)
		return;
	rc = head.msg_flags & MSG_TRUNC ? E_CORRUPT
					: mail_request_get(span_of(message, (size_t)n), &r);
	if (rc == OK) {
		mail_answer_put(&out, r.op, take(q, &r, now));
		if (send(fd, room, out.n, MSG_NOSIGNAL) < 0)
			log_warn("the peer did not wait for the answer");
	} else {
		log_warn("a request that makes no sense");
	}
	wipe(message, sizeof(message));
}

static struct peer *peer_of(struct peers *p, int fd)
{
	for (size_t i = 0; i < PEERS_MOST; i++)
		if (p->list[i].fd == fd)
			return &p->list[i];
	return NULL;
}

void peers_serve(struct peers *p, struct queue *q, const struct pollfd *fds, unsigned nfds,
		 int64_t now)
{
	for (unsigned i = 0; i < nfds; i++) {
		struct peer *peer = fds[i].revents ? peer_of(p, fds[i].fd) : NULL;

		if (peer) {
			answer(peer->fd, q, now);
			leave(peer);
		} else if (fds[i].revents && fds[i].fd == p->listener) {
			greet(p, now);
		}
	}
	for (size_t i = 0; i < PEERS_MOST; i++)
		if (p->list[i].fd && p->list[i].until_ms <= now)
			leave(&p->list[i]);
}
