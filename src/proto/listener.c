/* listener.c: binding the socket. */
#include "proto/listener.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"
#include "base/banned.h"

enum { BACKLOG = 128 };

static int address(const char *path, struct sockaddr_un *out)
{
	*out = (struct sockaddr_un){.sun_family = AF_UNIX};
	if (strlen(path) >= sizeof(out->sun_path)) {
		log_error("the socket's path is too long: %s", path);
		return E_UNAVAILABLE;
	}
	memcpy(out->sun_path, path, strlen(path) + 1);
	return OK;
}

/* Removes a socket that a program left behind when it was killed. */
static int make_way(const char *path, const struct sockaddr_un *at)
{
	struct stat st;
	int fd, rc;

	if (lstat(path, &st) != 0 || !S_ISSOCK(st.st_mode))
		return OK; /* bind() says what is wrong */
	fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return E_UNAVAILABLE;
	rc = connect(fd, (const struct sockaddr *)at, sizeof(*at));
	rc = rc == 0 || errno != ECONNREFUSED ? E_CONFLICT : OK;
	close(fd);
	if (rc == OK)
		unlink(path);
	else
		log_error("somebody listens on %s already", path);
	return rc;
}

static int bind_to(int fd, const char *path, const struct sockaddr_un *at, gid_t group)
{
	mode_t before = umask(0117);
	int rc = bind(fd, (const struct sockaddr *)at, sizeof(*at));

	umask(before);
	if (rc == 0 && group != (gid_t)-1)
		rc = chown(path, (uid_t)-1, group);
	if (rc == 0)
		rc = listen(fd, BACKLOG);
	if (rc == 0)
		return OK;
	log_error("cannot listen on %s: %s", path, strerror(errno));
	return E_UNAVAILABLE;
}

int listener_open(const char *path, gid_t group, int *out)
{
	struct sockaddr_un at;
	int rc;

	TRY(address(path, &at));
	TRY(make_way(path, &at));
	*out = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (*out < 0)
		return E_UNAVAILABLE;
	rc = bind_to(*out, path, &at, group);
	if (rc != OK)
		close(*out);
	return rc;
}
