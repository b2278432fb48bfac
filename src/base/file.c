/* file.c: reading a small file in one go. */
#include "base/file.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/banned.h"

static int read_all(int fd, char *p, size_t room, size_t *n)
{
	*n = 0;
	while (*n < room) {
		ssize_t got = read(fd, p + *n, room - *n);
		if (got < 0)
			return E_UNAVAILABLE;
		if (got == 0)
			return OK;
		*n += (size_t)got;
	}
	return E_TOO_BIG;
}

int file_read(struct arena *a, const char *path, size_t most, struct span *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t n = 0;
	char *p;
	int rc;

	if (fd < 0)
		return E_NOT_FOUND;
	p = arena_alloc(a, most + 2);
	rc = read_all(fd, p, most + 1, &n);
	close(fd);
	p[n] = '\0';
	*out = span_of(p, n);
	return rc;
}
