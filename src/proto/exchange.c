/* exchange.c: one connection, one request, one answer, within a time limit. */
#include "proto/exchange.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/banned.h"

/* Milliseconds left, at least 0. */
static int left(int64_t deadline)
{
	int64_t ms = deadline - clock_ms();

	return ms > 0 ? (int)ms : 0;
}

static int wait_for(int fd, short events, int64_t deadline)
{
	struct pollfd p = {.fd = fd, .events = events};
	int n;

	do {
		n = poll(&p, 1, left(deadline));
	} while (n < 0 && errno == EINTR && left(deadline) > 0);
	return n > 0 ? OK : E_UNAVAILABLE;
}

/* A full backlog answers EAGAIN at once, and poll() knows nothing about it: ask again soon. */
static int connect_to(int fd, const char *path, int64_t deadline)
{
	const struct timespec pause = {.tv_nsec = 5 * 1000 * 1000};
	struct sockaddr_un to = {.sun_family = AF_UNIX};

	if (strlen(path) >= sizeof(to.sun_path))
		return E_UNAVAILABLE;
	memcpy(to.sun_path, path, strlen(path) + 1);
	while (connect(fd, (struct sockaddr *)&to, sizeof(to)) != 0) {
		if ((errno != EAGAIN && errno != EINTR) || left(deadline) == 0)
			return E_UNAVAILABLE;
		if (errno == EAGAIN)
			nanosleep(&pause, NULL);
	}
	return OK;
}

static int talk(int fd, const char *path, int timeout_ms, struct span message, struct iovec *answer)
{
	int64_t deadline = clock_ms() + timeout_ms;
	struct msghdr head = {.msg_iov = answer, .msg_iovlen = 1};
	ssize_t n;

	TRY(connect_to(fd, path, deadline));
	TRY(wait_for(fd, POLLOUT, deadline));
	if (send(fd, message.p, message.n, MSG_NOSIGNAL) != (ssize_t)message.n)
		return E_UNAVAILABLE;
	TRY(wait_for(fd, POLLIN, deadline));
	n = recvmsg(fd, &head, 0);
	if (n <= 0 || (head.msg_flags & MSG_TRUNC))
		return E_UNAVAILABLE;
	answer->iov_len = (size_t)n;
	return OK;
}

int proto_exchange(const char *path, int timeout_ms, struct span message, char *room, size_t size,
		   struct span *answer)
{
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), rc;
	struct iovec into = {room, size};

	if (fd < 0)
		return E_UNAVAILABLE;
	rc = talk(fd, path, timeout_ms, message, &into);
	close(fd);
	if (rc == OK)
		*answer = span_of(room, into.iov_len);
	return rc;
}
