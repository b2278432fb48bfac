/* worker.c: one connection after the other, one message each. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "vault/sandbox.h"
#include "vault/vault.h"
#include "base/banned.h"

/* A peer sends its request at once; one that does not must not keep the worker. */
enum { RECEIVE_MS = 1000 };

static volatile sig_atomic_t stopping;
static char message[PROTO_MESSAGE_MAX];

static void on_term(int sig)
{
	(void)sig;
	stopping = 1;
}

/* SIGTERM stays blocked but while waiting for work, so that no request is cut in half. */
static void signals_setup(sigset_t *while_waiting)
{
	struct sigaction act = {.sa_handler = on_term};
	sigset_t term;

	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	sigprocmask(SIG_SETMASK, &term, NULL);
	sigaction(SIGTERM, &act, NULL);
	act.sa_handler = SIG_DFL;
	sigaction(SIGCHLD, &act, NULL);
	act.sa_handler = SIG_IGN;
	sigaction(SIGINT, &act, NULL); /* Ctrl-C reaches all of the terminal; the master tells us */
	sigaction(SIGPIPE, &act, NULL);
	sigemptyset(while_waiting);
}

/* The message's length, or 0 when there is none to answer. */
static size_t receive(int fd)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};
	struct iovec into = {message, sizeof(message)};
	struct msghdr head = {.msg_iov = &into, .msg_iovlen = 1};
	ssize_t n;

	if (poll(&p, 1, RECEIVE_MS) != 1)
		return 0;
	n = recvmsg(fd, &head, MSG_CMSG_CLOEXEC);
	if (n > 0 && (head.msg_flags & MSG_TRUNC)) {
		wipe(message, (size_t)n < sizeof(message) ? (size_t)n : sizeof(message));
		return 1; /* too long: what is left of it is malformed, and answered as that */
	}
	return n > 0 ? (size_t)n : 0;
}

static void serve(struct vault *v, int fd)
{
	char room[PROTO_ROOM];
	struct wire_out out = wire_into(room, sizeof(room));
	struct ucred peer;
	socklen_t size = sizeof(peer);
	unsigned peers;
	size_t n;

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0)
		return;
	peers = vault_peers(v->options, peer.uid);
	if (!peers) {
		log_warn("refused a connection of uid %u", (unsigned)peer.uid);
		return;
	}
	n = receive(fd);
	if (n == 0) {
		log_warn("a connection of uid %u without a request", (unsigned)peer.uid);
		return;
	}
	vault_dispatch(v, peers, span_of(message, n), &out);
	wipe(message, n);
	if (send(fd, room, out.n, MSG_NOSIGNAL) < 0)
		log_warn("the peer did not wait for the answer");
	arena_reset(v->arena);
}

static void wait_and_serve(struct vault *v, int listener, const sigset_t *mask)
{
	struct pollfd p = {.fd = listener, .events = POLLIN};
	int fd;

	if (ppoll(&p, 1, NULL, mask) < 0 || stopping)
		return;
	fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	if (fd < 0)
		return; /* another worker was faster */
	serve(v, fd);
	close(fd);
}

void vault_worker(struct vault *v, int listener)
{
	sigset_t mask;
	int rc;

	signals_setup(&mask);
	prctl(PR_SET_DUMPABLE, 0);
	open_key_lock(v->key);
	v->arena = arena_new();
	v->db = db_new(&v->options->db);
	rc = vault_db_ready(v);
	if (rc != OK && rc != E_UNAVAILABLE)
		_exit(VAULT_EXIT_CONFIG);
	/* Without a database now: the filter covers connecting later, and `status` can be asked. */
	arena_reset(v->arena);
	if (sandbox_worker() != OK)
		_exit(VAULT_EXIT_CONFIG);
	while (!stopping)
		wait_and_serve(v, listener, &mask);
	db_close(v->db);
	arena_free(v->arena);
	exit(EXIT_SUCCESS);
}
