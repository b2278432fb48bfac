/* source.c: whole files, from a path or standard input. */
#include "client/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "ref/ref.h"
#include "base/banned.h"

#define BYTES_MAX (REF_LIMITS.bytes + 1)

struct source source_new(void)
{
	struct source in = {malloc(BYTES_MAX), 0};

	ASSERT(in.p != NULL);
	return in;
}

void source_free(struct source *in)
{
	free(in->p);
	in->p = NULL;
}

static int read_fd(int fd, struct source *in)
{
	while (in->n < BYTES_MAX) {
		ssize_t n = read(fd, in->p + in->n, BYTES_MAX - in->n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno;
		if (n == 0)
			return 0;
		in->n += (size_t)n;
	}
	return 0;
}

int source_read(const char *path, struct source *in)
{
	int fd, rc;

	in->n = 0;
	if (strcmp(path, "-") == 0)
		return read_fd(STDIN_FILENO, in);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return errno;
	rc = read_fd(fd, in);
	close(fd);
	return rc;
}
